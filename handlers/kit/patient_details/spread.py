"""Ten-digit numbers whose groups are cut by unusual marks, told from lists, times, scores and sums.

Between two groups of one number any one to five characters may stand but a to z, digits, %, £, $, € and °.
The rules, where no word names the number (each also asks for a valid check digit):
- the same mark throughout, as 3-3-4 (or, for CHI, 6-4), and the row of that mark holds nothing but such numbers;
- the same mark with no space, in groups of three digits or more, or digit by digit, or as a CHI date (2-2-2-4);
- differing marks as 3-3-4 where no further number stands beside it and the number is in an issued range.
Not a number: money, percentages, a sum, and with spaces a year, a round clock time or three round counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from handlers.kit.patient_details.digits import SIZE, Number, Run, groups_in, holds_year, is_run, may_be_one, number

_ROW = re.compile(r"\d+(?:[^a-z\d%£$€°]{1,5}\d+)*")
_BETWEEN = re.compile(r"\D+")
_USUAL = re.compile(r"[ ._\-/\\()\[\]~·•]{1,3}")
_THREE = (3, 3, 4)
_TWO = (6, 4)
_SHORT_DATE = (2, 2, 2, 4)
_SINGLE = (1,) * SIZE
_ROUND_TIME = re.compile(r"(?:0[6-9]|1\d|2[0-2])(?:00|15|30|45)")
_HIGHEST_OF_FIVE = "5"


@dataclass(frozen=True, slots=True)
class Row:
    """A longest row of groups, with what stands between each two."""

    groups: Run
    between: list[str]


def rows_in(text: str) -> Iterator[Row]:
    """Each row with an unusual mark in it and ten digits or more; linear in the length of `text`."""
    for match in _ROW.finditer(text):
        start, end = match.span()
        if end - start > SIZE and not is_run(text, start, end):
            between = _BETWEEN.findall(text, start, end)
            if end - start - sum(map(len, between)) >= SIZE:
                yield Row(groups_in(text, start, end), between)


def is_number_shape(found: Number) -> bool:
    """Whether ten digits that a word names are grouped as people group a number, and not as a list of small counts."""
    if found.grouping in (_THREE, _TWO, _SINGLE, _SHORT_DATE):
        return True
    return min(found.grouping) >= 3 and not holds_year(found)


def is_three(found: Number) -> bool:
    """Whether it is grouped 3-3-4."""
    return found.grouping == _THREE


def numbers_in(text: str, row: Row) -> Iterator[Number]:
    """The numbers in `row` that no word names."""
    if len(row.groups) == 3 and _mark(row.between[0]) != _mark(row.between[1]):
        mixed = number(text, row.groups)
        if is_three(mixed) and _is_issued(mixed.digits) and _stands_out(mixed, spaced=True):
            yield mixed
    for first, last in _stretches(row.between):
        if row.groups[last][1] - row.groups[first][0] > SIZE and _is_odd(row, first, last):
            spaced = _is_spaced(row, first, last)
            if not _is_part(text, row, first, last, spaced=spaced):
                yield from _same_mark(text, row.groups[first : last + 1], spaced=spaced)


def chi_dated(digits: str) -> bool:
    """Whether it opens as a CHI number does, with a day and a month."""
    return "01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12"


def _mark(between: str) -> str:
    return between.replace(" ", "")


def _stretches(between: list[str]) -> Iterator[tuple[int, int]]:
    """The first and last group of each longest stretch with one mark."""
    marks = list(map(_mark, between))
    first = 0
    for here, (mark, following) in enumerate(pairwise(marks), 1):
        if mark != following:
            yield first, here
            first = here
    yield first, len(marks)


def _is_odd(row: Row, first: int, last: int) -> bool:
    """Whether an unusual mark joins it; numbers.py reads the others more freely."""
    return any(_USUAL.fullmatch(gap) is None for gap in row.between[first:last])


def _is_spaced(row: Row, first: int, last: int) -> bool:
    return any(" " in gap for gap in row.between[first:last])


def _is_part(text: str, row: Row, first: int, last: int, *, spaced: bool) -> bool:
    """Whether its end groups belong to something else: money, a percentage, or a date or time in a spaced list."""
    start, end = row.groups[first][0], row.groups[last][1]
    if text[max(0, start - 1) : start] in ("£", "$", "€") or text[end : end + 1] == "%":
        return True
    outside = row.between[max(0, first - 1) : first] + row.between[last : last + 1]
    return spaced and any(" " not in gap for gap in outside)


def _same_mark(text: str, groups: Run, *, spaced: bool) -> Iterator[Number]:
    shape = tuple(end - start for start, end in groups)
    for official in (_THREE, _TWO):
        count, rest = divmod(len(shape), len(official))
        if rest == 0 and shape == official * count:
            width = len(official)
            found = [number(text, groups[place : place + width]) for place in range(0, len(groups), width)]
            if all(_stands_out(each, spaced=spaced) for each in found):
                yield from found
            return
    if not spaced and sum(shape) == SIZE:
        whole = number(text, groups)
        if _is_unspaced_number(whole) and _stands_out(whole, spaced=False):
            yield whole


def _is_unspaced_number(whole: Number) -> bool:
    if whole.grouping == _SINGLE:
        return max(whole.digits) > _HIGHEST_OF_FIVE and _is_issued(whole.digits)
    if whole.grouping == _SHORT_DATE:
        return chi_dated(whole.digits) and not holds_year(whole)
    return min(whole.grouping) >= 3 and not holds_year(whole)


def _stands_out(found: Number, *, spaced: bool) -> bool:
    if not may_be_one(found.digits):
        return False
    if found.grouping == _TWO:
        dated = chi_dated(found.digits) or not spaced
        return dated and not _ROUND_TIME.fullmatch(found.digits[6:]) and not (spaced and holds_year(found))
    if not is_three(found):
        return True
    return not _adds_up(found.digits) and not (spaced and (holds_year(found) or _round(found.digits)))


def _adds_up(digits: str) -> bool:
    """Whether the first two groups add up to the third."""
    return int(digits[:3]) + int(digits[3:6]) == int(digits[6:])


def _round(digits: str) -> bool:
    return digits[2] == digits[5] == digits[9] == "0"


def _is_issued(digits: str) -> bool:
    """Whether it is in a range that is issued or used to show how a number looks (NHS Data Dictionary)."""
    return digits[0] in "4679" or "32" <= digits[:2] <= "39" or chi_dated(digits)
