"""Groups of digits, the runs that they stand in, and the check digit that NHS, CHI and H&C numbers share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
Run = list[Span]
"""Where neighbouring groups of digits stand, in order."""

SIZE = 10
_GROUP = re.compile(r"\d+")
_RUN = re.compile(r"\d+(?:[ ._\-/\\()\[\]~·•]{1,3}\d+)*")
_WEIGHTS = range(10, 1, -1)


@dataclass(frozen=True, slots=True)
class Number:
    """Neighbouring groups that are read as one number: where it stands, its digits, and how it was spaced."""

    start: int
    end: int
    digits: str
    grouping: tuple[int, ...]


def groups_in(text: str, start: int, end: int) -> Run:
    """Each group of digits between two places in `text`."""
    return [group.span() for group in _GROUP.finditer(text, start, end)]


def runs_in(text: str) -> Iterator[Run]:
    """Each longest row of groups, at most three joining characters between two, that holds ten digits or more."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start >= SIZE:
            run = groups_in(text, start, end)
            if size_of(run) >= SIZE:
                yield run


def is_run(text: str, start: int, end: int) -> bool:
    """Whether what stands there is one row as runs_in reads it."""
    return _RUN.fullmatch(text, start, end) is not None


def size_of(run: Run) -> int:
    """How many digits it holds."""
    return sum(end - start for start, end in run)


def opening(run: Run, size: int = SIZE) -> Run | None:
    """The whole groups at its beginning that hold exactly `size` digits; None where no cut falls there."""
    total = 0
    for count, (start, end) in enumerate(run, 1):
        total += end - start
        if total >= size:
            return run[:count] if total == size else None
    return None


def ending(run: Run) -> Run | None:
    """The whole groups at its end that hold exactly ten digits."""
    tail = opening(run[: -SIZE - 1 : -1])
    return None if tail is None else tail[::-1]


def number(text: str, run: Run) -> Number:
    """`run` read as one number."""
    groups = [text[start:end] for start, end in run]
    return Number(run[0][0], run[-1][1], "".join(groups), tuple(map(len, groups)))


def has_valid_check_digit(digits: str) -> bool:
    """Modulus 11 over ten digits, weights 10 to 2 (NHS Data Dictionary, NHS NUMBER)."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:9], strict=True)) % 11
    return (11 - remainder) % 11 == int(digits[9])


def may_be_one(digits: str) -> bool:
    """A valid check digit, and not ten digits that are all alike, which are filler."""
    return has_valid_check_digit(digits) and len(set(digits)) > 1


def holds_year(found: Number) -> bool:
    """Whether one of its groups reads as a year."""
    place = 0
    for length in found.grouping:
        if length == 4 and found.digits[place : place + 2] in ("19", "20"):
            return True
        place += length
    return False
