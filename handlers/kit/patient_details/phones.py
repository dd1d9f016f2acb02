"""Phone numbers: UK and international by their shape, others by the words beside them."""

import re
from collections.abc import Iterator

from handlers.kit.patient_details.digits import Number, Run, Span, has_valid_check_digit, number, opening, size_of

_JOIN = r"[ ._\-/()]{0,3}"
# E.164: at most 15 digits with the country code. 00 counts only where no digit group stands right before it.
_INTERNATIONAL = re.compile(
    rf"(?:\+ ?|(?<![\d.])(?<!\d[ \-])00 ?)(?:44{_JOIN}0?{_JOIN}[1-9](?:{_JOIN}\d){{8,9}}"
    rf"|(?!44)[1-9](?:{_JOIN}\d){{7,14}})(?!\d)"
    rf"|(?<![\d.])(?<!\d[ \-])44{_JOIN}0?{_JOIN}[1237](?:{_JOIN}\d){{9}}(?!\d)"
)
_LABEL = (
    r"(?:tel|telephone|phone|mob|mobile|cell|landline|whatsapp|fax|contact (?:no|number)"
    r"|(?:call|ring)"
    r"|(?:call|ring|phone|text|reach|contact)(?: (?:me|us|him|her|them|mum|dad|home|back))?(?: (?:on|at)))"
)
_SAID = re.compile(
    rf"\b{_LABEL}(?: ?(?:no|num|number|is|was|on|:|#|=|\.|-)){{0,3}} ?(\(?\d(?:[ .\-()]{{0,2}}\d){{5,10}})"
    r"(?!\d|[,.]\d|%| (?:people|patients|members|staff|calls|a|per|times)\b)"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?[-/]? ?(?:19|20)?\d\d)?|\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d\d){1,2}")
_AMERICAN = re.compile(r"\(\d{3}\) ?\d{3}[-. ]\d{4}(?!\d)")
_NOT_DIGIT = re.compile(r"\D")
_AS_NHS_NUMBER = re.compile(r"\d{3}[ .-]\d{3}[ .-]\d{4}")
_DIAL_CODES = ("01", "02", "03", "05", "07", "08", "09")
_MONEY_OR_CODE = re.compile(r"[£$€#]$|\d[.,:/]$|(?<!\b[tmphf])[a-z]/?$")


def international_in(lower: str) -> list[Span]:
    """Where numbers with a country code stand."""
    found: list[Span] = []
    if "+" in lower or "00" in lower or "44" in lower:
        found += [match.span() for match in _INTERNATIONAL.finditer(lower)]
    if "(" in lower:
        found += [match.span() for match in _AMERICAN.finditer(lower) if not _is_patient_number(match[0])]
    return found


def national_in(lower: str, runs: list[Run]) -> list[Span]:
    """Where UK numbers stand: eleven digits from a 0, or ten where they are spaced as an old area code."""
    found: list[Span] = []
    for run in runs:
        for row in [run] if size_of(run) in (10, 11) else _from_dial_code(lower, run):
            start, end = row[0][0], row[-1][1]
            if _is_national(lower, number(lower, row)) and not (found and start < found[-1][1]):
                found.append((start, end))
    return found


def _is_patient_number(number: str) -> bool:
    return has_valid_check_digit(_NOT_DIGIT.sub("", number))


def _from_dial_code(lower: str, run: Run) -> Iterator[Run]:
    """The eleven digits from each group in a longer run that can be a dialling code."""
    for place, (start, end) in enumerate(run):
        if lower[start] == "0" and end - start >= 3:
            row = opening(run[place : place + 11], 11)
            if row is not None:
                yield row


def _is_national(lower: str, found: Number) -> bool:
    before = lower[max(0, found.start - 2) : found.start]
    if not found.digits.startswith(_DIAL_CODES) or _MONEY_OR_CODE.search(before):
        return False
    if len(set(found.digits)) <= 2:
        return False
    return len(found.digits) == 11 or (found.grouping in {(5, 5), (4, 6), (4, 3, 3)} and found.digits[1] == "1")


def said_in(lower: str) -> list[Span]:
    """Where numbers of six to eleven digits follow words such as "phone" or "call me on"."""
    return [match.span(1) for match in _SAID.finditer(lower) if _is_said(match[1])]


def _is_said(number: str) -> bool:
    digits = _NOT_DIGIT.sub("", number)
    if _YEARS.fullmatch(number.strip()):
        return False
    # With its 0 gone no UK phone number opens with 4, 6 or 9, nor is it spaced 3-3-4: those stay NHS numbers.
    return len(digits) != 10 or (digits[0] not in "469" and not _AS_NHS_NUMBER.fullmatch(number))
