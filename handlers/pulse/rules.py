"""Decisions about pulses: when one may begin, on which days it is asked, and what of its answers may be shown.

A pulse closes by itself and is counted once, so no two outputs can be subtracted from each other. Of each statement the
lowest level, the highest, the middle one and how many answered are shown; no mean, since whoever knows the mean and
their own answer knows the sum of all others. A statement is shown only

- if five people or more answered it, and
- if at least two of them chose something else than the level that most chose. Then the answers of the others are not
  all alike for anyone who knows their own: whatever one of the others answered, another could have answered it in their
  place, and nothing that is shown would be different.

Whatever the reason, what is not shown reads the same. That the lowest level was chosen by somebody can be seen, and
that is said before anyone answers; by whom it was chosen can not. While a pulse is open not even its count is shown:
whoever looks often would see who has just answered.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers.kit.figures import FEWEST, middle
from handlers.kit.text import week_of
from prompts.review import Statement, review_bank
from storage.pulse_records import Counted, Pulse, PulseFigure

OPEN_FOR = timedelta(weeks=4)
APART = timedelta(weeks=13)
"""From the beginning of one pulse to that of the next, at the least."""
ASK_AFTER, REMIND_AFTER = timedelta(days=10), timedelta(days=24)
"""From the Monday of the week in which it begins: a Thursday, so that it rides along in the week's message and does
not draw that forward; the week is not yet planned then. The reminder comes two weeks later, and then nothing."""
_KEYS = ("purpose-known", "structure-say", "mass-value", "intelligence-sharing", "community-contact")


def statements() -> tuple[Statement, ...]:
    """The five that a pulse asks for, one for each of the five; they are among those of the rapid review."""
    bank = review_bank()
    return tuple(found for key in _KEYS if (found := bank.statement(key)))


def count(people: int, levels: Mapping[str, Sequence[int]]) -> Counted:
    """What is kept of a pulse that closes, by the rule above."""
    if people < FEWEST:
        return Counted()
    found = {one.key: _figure(levels.get(one.key, ())) for one in statements()}
    return Counted(people, {key: figure for key, figure in found.items() if figure is not None})


def _figure(given: Sequence[int]) -> PulseFigure | None:
    if len(given) < FEWEST or max(map(given.count, given)) > len(given) - 2:
        return None
    ordered = sorted(given)
    return PulseFigure(ordered[0], ordered[-1], middle(ordered), len(ordered))


def next_from(newest: Pulse | None) -> datetime | None:
    """When the network's next pulse may begin; None: at any time."""
    return newest.began_at + APART if newest else None


def asked_on(began_on: date) -> tuple[date, date]:
    """On which days people are asked, and reminded; `began_on` on the programme's calendar."""
    monday = week_of(began_on)
    return monday + ASK_AFTER, monday + REMIND_AFTER
