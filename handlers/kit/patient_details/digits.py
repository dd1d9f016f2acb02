"""Groups of digits, the runs that they stand in, and the check digit that NHS, CHI and H&C numbers share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GROUP = re.compile(r"\d+")
_BETWEEN = re.compile(r"[ ._\-/\\()\[\]~·•]{1,3}")
_WEIGHTS = range(10, 1, -1)


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring groups that are read as one number: where it stands, its digits, and how it was spaced."""

    start: int
    end: int
    digits: str
    grouping: tuple[int, ...]
    whole_run: bool
    """No other group stands right beside it."""

    def overlaps(self, spans: list[tuple[int, int]]) -> bool:
        """Whether any of it lies in one of `spans`."""
        return any(self.start < end and start < self.end for start, end in spans)


Run = list[re.Match[str]]


def runs_in(text: str) -> Iterator[Run]:
    """Each longest row of digit groups with at most three joining characters between two groups."""
    run: Run = []
    for group in _GROUP.finditer(text):
        if run and not _BETWEEN.fullmatch(text, run[-1].end(), group.start()):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def windows(run: Run, size: int) -> Iterator[Window]:
    """Each row of whole groups in `run` that holds exactly `size` digits; at most `size` steps a group."""
    lengths = [group.end() - group.start() for group in run]
    for first in range(len(run)):
        total, last = 0, first
        while last < len(run) and total < size:
            total += lengths[last]
            last += 1
        if total == size:
            yield _window(run, first, last)


def _window(run: Run, first: int, last: int) -> Window:
    groups = [group[0] for group in run[first:last]]
    return Window(
        run[first].start(),
        run[last - 1].end(),
        "".join(groups),
        tuple(map(len, groups)),
        whole_run=first == 0 and last == len(run),
    )


def has_valid_check_digit(digits: str) -> bool:
    """Modulus 11 over ten digits, weights 10 to 2 (NHS Data Dictionary, NHS NUMBER)."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:9], strict=True)) % 11
    return (11 - remainder) % 11 == int(digits[9])
