"""The dates of a text, whole or in part, and whether a source has them."""

import re
from dataclasses import dataclass
from datetime import date

from prompts.claims.vocabulary import listed
from prompts.claims.words import folded

_MONTHS = listed("january february march april may june july august september october november december")
_DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_MONTH = r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH += r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b",
        r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>(?:19|20)?\d\d)\b",
        rf"\b{_DAY.format('day')}(?:\s+of)?\s+{_MONTH.format('month')}(?:,?\s+{_YEAR.format('year')})?",
        rf"\b{_MONTH.format('month')}\s+{_DAY.format('day')}\b(?!\s+(?:people|members))(?:,?\s+{_YEAR.format('year')})?",
        rf"\b{_MONTH.format('month')}(?:\s+{_YEAR.format('year')})?",
        rf"\b(?<![\d,.£]){_YEAR.format('year')}(?![,.]\d)",
    )
)
_WEEKDAY = re.compile(r"(?i)\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b")
SEASONS = frozenset(listed("spring summer autumn winter easter christmas ramadan eid diwali new-year midsummer"))
_MODAL = re.compile(r"(?:^|[.!?:;]\s+)(?:May|March)\s+(?!\d)")


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is told; `weekday` counts from Monday as 0."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


def dates(text: str) -> tuple[tuple[When, ...], str]:
    """The dates in the text, and the text without them (but with its weekdays)."""
    rest = folded(text)
    found = [When(weekday=_DAYS.index(day.lower())) for day in _WEEKDAY.findall(rest)]
    rest = _MODAL.sub(lambda modal: modal[0].lower(), rest)
    for pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            found.append(_when(match.groupdict()))
        rest = pattern.sub(" ", rest)
    return tuple(found), rest


def _when(parts: dict[str, str | None]) -> When:
    name = (parts.get("month") or "").lower()
    month = _SHORT[name[:4] if name == "sept" else name[:3]] if name else int(parts.get("number") or 0) or None
    day, year = int(parts.get("day") or 0) or None, int(parts.get("year") or 0) or None
    return When(day, month, year + 2000 if year and year < 100 else year)


def of_source(on: date, text: str) -> tuple[When, ...]:
    """The dates that a source of that day with that text has."""
    told = (_filled(each, on) for each in dates(text)[0])
    return (When(on.day, on.month, on.year, on.weekday()), *told)


def _filled(told: When, on: date) -> When:
    """A date of the source's text, in the source's own year where it names none, and with its weekday."""
    year = told.year or (on.year if told.month else None)
    weekday = told.weekday
    if told.day and told.month and year:
        try:
            weekday = date(year, told.month, told.day).weekday()
        except ValueError:
            weekday = None
    return When(told.day, told.month, year, weekday)


def fits(wanted: When, told: When) -> bool:
    """True if all that is asked of a date is so in the other."""
    pairs = ((wanted.day, told.day), (wanted.month, told.month), (wanted.year, told.year))
    return all(asked is None or asked == there for asked, there in (*pairs, (wanted.weekday, told.weekday)))
