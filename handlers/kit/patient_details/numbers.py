"""NHS, CHI and Health and Care numbers: ten digits in any spacing, by check digit or by the words around."""

import re

from handlers.kit.patient_details.digits import Run, Window, has_valid_check_digit, windows
from handlers.kit.patient_details.kinds import Kind

_NO = r"(?: ?(?:(?:no|nos|num|number|numbers|id|ref)(?![a-z])|n°|#))"
_HC = r"(?:h ?(?:&|and|\+|/) ?c(?: ?n)?|hcn|health (?:and|&) (?:social )?care)"
_LINK = r"[^a-z\d]{0,5}(?:(?:is|was|are|of|for|no|num|number|id|patient|pt|her|his|their|the)\b[^a-z\d]{0,4}){0,4}"
_BEFORE = (
    (Kind.NHS_NUMBER, re.compile(rf"\bnhs{_NO}[^\d]{{0,35}}$|\bnhs{_LINK}$")),
    (
        Kind.CHI_NUMBER,
        re.compile(rf"\bc\.?h\.?i\.?{_NO}[^\d]{{0,35}}$|\bc\.?h\.?i\.?{_LINK}$|community health index{_LINK}$"),
    ),
    (Kind.HC_NUMBER, re.compile(rf"\b{_HC}{_NO}[^\d]{{0,35}}$|\b{_HC}{_LINK}$")),
)
_AFTER = (
    (Kind.NHS_NUMBER, re.compile(rf"[^a-z\d]{{0,4}}(?:is |was )?(?:the |her |his |their )?nhs{_NO}")),
    (Kind.CHI_NUMBER, re.compile(rf"[^a-z\d]{{0,4}}(?:is |was )?(?:the |her |his |their )?c\.?h\.?i(?:{_NO}|\b)")),
    (Kind.HC_NUMBER, re.compile(rf"[^a-z\d]{{0,4}}(?:is |was )?(?:the |her |his |their )?{_HC}{_NO}")),
)
_PATIENT = re.compile(rf"\b(?:patient|pt|px|client|service user|baby|mum|lady|gentleman)(?:'s)?{_LINK}$")
# Numbers with a name of their own. ISBN-10 has the very check digit of an NHS number, so each one would pass.
_EXCUSED = re.compile(
    r"\b(?:isbn|issn|order|invoice|po|grant|award|meeting|webinar|conference|zoom|pmid|account|acct|ticket|charity"
    r"|company|serial|asset|tracking|barcode|case|purchase order|job|card|passcode|licence|contract|project)"
    r"[^a-z\d]{0,4}(?:(?:no|num|number|id|ref|reference|code|is|10)\b[^a-z\d]{0,4}){0,3}$"
)
_MISCOUNTED = re.compile(
    rf"\b(nhs|c\.?h\.?i\.?|{_HC}){_NO}[^a-z\d]{{0,5}}(?:is |was )?([1-9](?:[ .,\-/_]{{0,2}}\d){{7,10}})(?!\d)"
)
_MISCOUNTED_KIND = {"nhs": Kind.NHS_NUMBER, "chi": Kind.CHI_NUMBER}
_EPOCH_FRACTION = re.compile(r"\.\d{6}\b")
_OFFICIAL_GROUPING = {(10,), (3, 3, 4), (6, 4)}
_LOOK_BACK = 60


def kinds_in(lower: str, runs: list[Run], taken: list[tuple[int, int]]) -> set[Kind]:
    """The kinds of ten-digit patient number in `lower`; `taken` are the spans of phone numbers."""
    found = {_MISCOUNTED_KIND.get(match[1].replace(".", ""), Kind.HC_NUMBER) for match in _MISCOUNTED.finditer(lower)}
    for run in runs:
        for window in windows(run, 10):
            kind = _kind_of(lower, window, taken)
            if kind is not None:
                found.add(kind)
    return found


def _kind_of(lower: str, window: Window, taken: list[tuple[int, int]]) -> Kind | None:
    before = lower[max(0, window.start - _LOOK_BACK) : window.start]
    label = _label(before, lower[window.end : window.end + 30])
    if label is not None:
        return label
    if window.overlaps(taken):
        return None
    about_patient = _PATIENT.search(before) is not None
    if about_patient and window.grouping in _OFFICIAL_GROUPING:
        return _kind_by_shape(window.digits)
    if _stands_out(lower, window) and (about_patient or not _EXCUSED.search(before)):
        return _kind_by_shape(window.digits)
    return None


def _label(before: str, after: str) -> Kind | None:
    for kind, pattern in _BEFORE:
        if pattern.search(before):
            return kind
    return next((kind for kind, pattern in _AFTER if pattern.match(after)), None)


def _stands_out(lower: str, window: Window) -> bool:
    """A valid check digit, in a spacing that is no year, time stamp, filler or part of a longer list of numbers."""
    if not has_valid_check_digit(window.digits) or len(set(window.digits)) == 1:
        return False
    if window.grouping in _OFFICIAL_GROUPING:
        return not (window.digits.startswith("1") and _EPOCH_FRACTION.match(lower, window.end))
    return window.whole_run and not _holds_year(window)


def _holds_year(window: Window) -> bool:
    place = 0
    for length in window.grouping:
        if length == 4 and window.digits[place : place + 2] in ("19", "20"):
            return True
        place += length
    return False


def _kind_by_shape(digits: str) -> Kind:
    """CHI opens with DDMMYY; Health and Care numbers run from 320 000 001 to 399 999 999, then the check digit."""
    if digits[:2] >= "32" and digits[0] == "3":
        return Kind.HC_NUMBER
    if "01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12":
        return Kind.CHI_NUMBER
    return Kind.NHS_NUMBER
