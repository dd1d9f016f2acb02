"""NHS, CHI and Health and Care numbers: ten digits in any spacing, by check digit or by the words around."""

import re
from collections.abc import Iterator

from handlers.kit.patient_details import spread
from handlers.kit.patient_details.digits import SIZE, Number, Run, ending, holds_year, may_be_one, number, opening
from handlers.kit.patient_details.kinds import Kind
from handlers.kit.patient_details.labels import Labels, has_own_name, labels_in, miscounted_in

_EPOCH_FRACTION = re.compile(r"\.\d{6}\b")
_OFFICIAL_GROUPING = ((10,), (3, 3, 4), (6, 4))


def kinds_in(lower: str, runs: list[Run], taken: bytearray) -> set[Kind]:
    """The kinds of ten-digit patient number in `lower`; `taken` is 1 wherever a phone number stands."""
    found = miscounted_in(lower)
    rows = list(spread.rows_in(lower))
    if not runs and not rows:
        return found
    labels = labels_in(lower)
    for run in runs:
        found |= _kinds_in_run(lower, run, labels, taken)
    for row in rows:
        found |= _kinds_in_row(lower, row, labels, taken)
    return found


def _kinds_in_run(lower: str, run: Run, labels: Labels, taken: bytearray) -> set[Kind]:
    found = _named(lower, run, labels)
    for each in _candidates(lower, run):
        if not labels.has_named(each) and _stands_out(lower, each, labels) and not _is_taken(each, taken):
            found.add(_kind_by_shape(each.digits))
    return found


def _named(lower: str, run: Run, labels: Labels) -> set[Kind]:
    """The kinds that a word names: it can only stand before the first group of a run or after its last."""
    found: set[Kind] = set()
    if run[0][0] in labels.before and opening(run):
        found.add(labels.before[run[0][0]])
    if run[-1][1] in labels.after and ending(run):
        found.add(labels.after[run[-1][1]])
    return found


def _candidates(lower: str, run: Run) -> Iterator[Number]:
    """Each row of groups that is spaced as a number is, or all of `run` where it holds ten digits."""
    shape = [end - start for start, end in run]
    if len(run) <= SIZE and sum(shape) == SIZE:
        yield number(lower, run)
        return
    for first, length in enumerate(shape):
        for official in _OFFICIAL_GROUPING:
            if length == official[0] and tuple(shape[first : first + len(official)]) == official:
                yield number(lower, run[first : first + len(official)])


def _stands_out(lower: str, found: Number, labels: Labels) -> bool:
    """A number right after a word for a patient, or a valid one in a spacing that is no year or time stamp."""
    official = found.grouping in _OFFICIAL_GROUPING
    about_patient = found.start in labels.patients
    if about_patient and official:
        return True
    if not may_be_one(found.digits):
        return False
    if official and found.digits.startswith("1") and _EPOCH_FRACTION.match(lower, found.end):
        return False
    return (official or not holds_year(found)) and (about_patient or not has_own_name(lower, found.start))


def _kinds_in_row(lower: str, row: spread.Row, labels: Labels, taken: bytearray) -> set[Kind]:
    found: set[Kind] = set()
    head, tail = opening(row.groups), ending(row.groups)
    first, last = row.groups[0][0], row.groups[-1][1]
    if head and (first in labels.before or first in labels.patients):
        named = number(lower, head)
        if first in labels.before and spread.is_number_shape(named):
            found.add(labels.before[first])
        elif first in labels.patients and spread.is_three(named):
            found.add(_kind_by_shape(named.digits))
    if tail and last in labels.after and spread.is_number_shape(number(lower, tail)):
        found.add(labels.after[last])
    for each in spread.numbers_in(lower, row):
        if not (labels.has_named(each) or has_own_name(lower, each.start) or _is_taken(each, taken)):
            found.add(_kind_by_shape(each.digits))
    return found


def _is_taken(found: Number, taken: bytearray) -> bool:
    return taken.find(1, found.start, found.end) >= 0


def _kind_by_shape(digits: str) -> Kind:
    """CHI opens with DDMMYY; Health and Care numbers run from 320 000 001 to 399 999 999, then the check digit."""
    if digits[:2] >= "32" and digits[0] == "3":
        return Kind.HC_NUMBER
    return Kind.CHI_NUMBER if spread.chi_dated(digits) else Kind.NHS_NUMBER
