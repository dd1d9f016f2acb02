"""Dates of birth: a full date where the words beside it say birth, or where it stands right by an age."""

import re

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_J = r"[ ./\-_,]{1,3}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"(?:(?:19|20)\d\d{_J}\d{{1,2}}{_J}\d{{1,2}}"
    rf"|{_DAY}{_J}(?:0?[1-9]|1[0-2]|[ivx]{{1,4}}){_J}'?(?:(?:19|20)\d\d|\d\d)"
    rf"|(?:0?[1-9]|1[0-2]){_J}{_DAY}{_J}(?:19|20)\d\d"
    rf"|{_DAY}(?:st|nd|rd|th)?[ ./\-_]{{0,2}}(?:of )?{_MONTH}[ ./\-_,']{{0,3}}(?:(?:19|20)\d\d|\d\d)"
    rf"|{_MONTH}[ .\-]{{0,2}}{_DAY}(?:st|nd|rd|th)?[ ,.\-']{{1,3}}(?:(?:19|20)\d\d|\d\d))(?!\d)"
)
_SOLID = r"(?:\d{8}|\d{6})(?!\d)"
_LABEL = r"(?:\bd ?[./\-]? ?o ?[./\-]? ?b(?![a-z])\.?|\b(?:date|day) of birth\b|\bbirth ?-?(?:date|day)\b|\bdobs\b)"
_LINK = r"(?:[^a-z\d]{0,6}(?:(?:is|was|of|on|as|the|a|patient|her|his|their|given)\b[^a-z\d]{0,3}){0,4})"
_LABELLED = re.compile(
    rf"{_LABEL}{_LINK}(?:{_DATE}|{_SOLID}|(?:{_MONTH}[ .,\-/]{{0,2}})?(?:19|20)\d\d\b(?! ?(?:-|to|\d)))"
)
_ANY_LABEL = re.compile(_LABEL)
_BORN = re.compile(
    rf"(?:\bborn\b|\bb\.|\bborn:)(?: (?:on|at|in|by|prem(?:ature)?ly|today|here|the|at home|in hospital)\b){{0,3}}"
    rf"[^a-z\d]{{0,4}}(?:the )?{_DATE}"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:network|idea|project|programme|group|charity|nhs|service|initiative|campaign|team|forum|collaborative|trust"
    r"|movement|partnership|pilot|app|bot|it|this)\b[a-z' ]{0,20}$"
)
_DATE_THEN_LABEL = re.compile(
    rf"(?<!\d){_DATE}[^a-z\d]{{0,4}}(?:is |was |= ?)?(?:the |her |his |their )?(?:patient's )?{_LABEL}"
)
_AGE = r"(?:\baged?|\bage:) ?\d{1,3}|\b\d{1,3} ?(?:yo\b|y/o\b|yrs?\b|years old\b|year old\b)"
_ANY_AGE = re.compile(_AGE)
_AGED = re.compile(rf"(?:{_AGE})[ ,;:(/\-]{{1,4}}({_DATE})|(?<!\d)({_DATE})[ ,;:(/\-]{{1,4}}(?:{_AGE})")
_PATIENT = re.compile(rf"\b(?:pt|patient)\b[ ,;:(/\-]{{1,4}}(?:[mf]\b|male|female)?[ ,;:(/\-]{{0,4}}({_DATE})")
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_LAST_LIKELY_YEAR = 2015


def holds_one(folded: str) -> bool:
    """Whether `folded` (see spelling.plain) holds a date of birth."""
    lower = folded.lower()
    if _ANY_LABEL.search(lower) and (_LABELLED.search(lower) or _DATE_THEN_LABEL.search(lower)):
        return True
    if ("born" in lower or "b." in lower) and any(_is_persons(lower, born) for born in _BORN.finditer(lower)):
        return True
    by_age = [match[1] or match[2] for match in _AGED.finditer(lower)] if _ANY_AGE.search(lower) else []
    by_patient = [match[1] for match in _PATIENT.finditer(lower)] if "pt" in lower or "patient" in lower else []
    return any(_long_ago(date) for date in by_age + by_patient)


def _is_persons(lower: str, born: re.Match[str]) -> bool:
    return not _NOT_A_PERSON.search(lower[max(0, born.start() - 45) : born.start()])


def _long_ago(date: str) -> bool:
    """Whether a date that no word calls a birth is too old for an event to come: its year is short or long past."""
    year = _FOUR_DIGITS.search(date)
    return year is None or int(year[0]) <= _LAST_LIKELY_YEAR
