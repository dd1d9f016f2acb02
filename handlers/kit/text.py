"""Small words: dates and lists as people in Britain write them."""

from collections.abc import Sequence
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(on: date) -> str:
    """The date as "6 August 2018" (NHS style)."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: date) -> str:
    """The date as "6 Aug"."""
    return f"{on.day} {MONTHS[on.month - 1][:3]}"


def weekday(on: date) -> str:
    """The date as "Monday 6 August"."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def week_of(on: date) -> date:
    """The Monday of that week."""
    return on - timedelta(days=on.weekday())


def listed(words: Sequence[str], last: str = "and") -> str:
    """The words as "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def counted(number: int, singular: str, plural: str) -> str:
    """ "1 person" or "3 people"."""
    return f"{number:,} {singular if number == 1 else plural}"


def shortened(text: str, most: int) -> str:
    """The text, visibly cut where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
