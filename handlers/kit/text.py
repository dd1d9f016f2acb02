"""Small words: dates and lists as people in Britain write them."""

from collections.abc import Sequence
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONG_WORD = 24
"""Characters: a text is cut in the middle of what has no space for so long."""
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


def days_in_words(first_on: date, last_on: date) -> str:
    """The days as people say them: "January 2027", "October to December 2026", "1 to 12 January 2027"."""
    whole = first_on.day == 1 and (last_on + timedelta(days=1)).day == 1
    same_year, same_month = (
        first_on.year == last_on.year,
        (first_on.year, first_on.month) == (last_on.year, last_on.month),
    )
    if whole and same_month:
        return f"{MONTHS[first_on.month - 1]} {first_on.year}"
    if whole and same_year:
        return f"{MONTHS[first_on.month - 1]} to {MONTHS[last_on.month - 1]} {last_on.year}"
    if first_on == last_on:
        return day(first_on)
    if same_month:
        return f"{first_on.day} to {day(last_on)}"
    return (
        f"{first_on.day} {MONTHS[first_on.month - 1]} to {day(last_on)}"
        if same_year
        else f"{day(first_on)} to {day(last_on)}"
    )


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
    """The text, visibly cut where it has more than `most` characters: after a whole word, if it has any near there."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ", max(0, len(cut) - _LONG_WORD))
    if space > 0 and not text[most - 1].isspace():
        cut = cut[:space]
    return cut.rstrip(" ,;:.") + "…"


def if_then(when: str, then: str) -> str:
    """A first step, however it was typed: "When the rota is out, I will ring the ward."; "" where nothing is done."""
    begins = when.strip().rstrip(".,;")
    begins = begins[len("when ") :] if begins.casefold().startswith("when ") else begins
    does = then.strip().rstrip(".")
    does = does[len("i will ") :] if does.casefold().startswith("i will ") else does
    if not does:
        return ""
    return f"When {begins}, I will {does}." if begins else f"I will {does}."
