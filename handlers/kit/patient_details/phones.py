"""Phone numbers: UK and international by their shape, others by the words beside them."""

import re

from handlers.kit.patient_details.digits import Run, Window, has_valid_check_digit, windows

Span = tuple[int, int]

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
    return [match.span() for match in _INTERNATIONAL.finditer(lower)] + [
        match.span() for match in _AMERICAN.finditer(lower) if not has_valid_check_digit(_NOT_DIGIT.sub("", match[0]))
    ]


def national_in(lower: str, runs: list[Run]) -> list[Span]:
    """Where UK numbers stand: eleven digits from a 0, or ten where they are spaced as an old area code."""
    found: list[Span] = []
    for run in runs:
        for window in (*windows(run, 11), *windows(run, 10)):
            if _is_national(lower, window) and not window.overlaps(found):
                found.append((window.start, window.end))
    return found


def _is_national(lower: str, window: Window) -> bool:
    if not window.digits.startswith(_DIAL_CODES) or _MONEY_OR_CODE.search(
        lower[max(0, window.start - 2) : window.start]
    ):
        return False
    if len(set(window.digits)) <= 2:
        return False
    if len(window.digits) == 10:
        return window.whole_run and window.grouping in {(5, 5), (4, 6), (4, 3, 3)} and window.digits[1] == "1"
    return window.whole_run or window.grouping[0] >= 3


def said_in(lower: str) -> list[Span]:
    """Where numbers of six to eleven digits follow words such as "phone" or "call me on"."""
    return [match.span(1) for match in _SAID.finditer(lower) if _is_said(match[1])]


def _is_said(number: str) -> bool:
    digits = _NOT_DIGIT.sub("", number)
    if _YEARS.fullmatch(number.strip()):
        return False
    # With its 0 gone no UK phone number opens with 4, 6 or 9, nor is it spaced 3-3-4: those stay NHS numbers.
    return len(digits) != 10 or (digits[0] not in "469" and not _AS_NHS_NUMBER.fullmatch(number))
