"""Figures of scales by whole closed month, for faculty: such that no two of them tell what one person answered.

A month is shown once, and then as it was shown first; where what it was made of has changed since, never again. So each
answer is in one figure at the most, and there is nothing to subtract. See DECISIONS.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit.text import MONTHS, counted
from storage.records import Network, QuestionKind, Template, TemplateQuestion
from storage.shown_figures import Cell, Figure, Given

if TYPE_CHECKING:
    from storage.unit import Store

FEWEST = 5
"""People whose answers a figure is made of, at the least (design.md §4, small numbers)."""


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """What a network's answers to a scale came to in a month; `figure` None: it is not shown, whatever the reason."""

    network_id: int
    month_on: date
    question: TemplateQuestion
    figure: Figure | None

    @property
    def sentence(self) -> str:
        """The figure in a sentence; the same words whether too few answered or the answers changed."""
        when = f"{MONTHS[self.month_on.month - 1]} {self.month_on.year}"
        if self.figure is None:
            return f"“{self.question.label}” in {when}: not shown, as too few answered or answers have changed."
        one = self.figure
        by = f"{counted(one.answers, 'answer', 'answers')} by {counted(one.people, 'person', 'people')}"
        return f"“{self.question.label}” in {when}: {one.low:g} to {one.high:g}, middle {one.middle:g}, {by}."


def middle(numbers: Sequence[float]) -> float:
    """The median of numbers in their order, at least one."""
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


def figure_of(given: Sequence[Given]) -> Figure | None:
    """What these answers come to; None where that could tell what one person answered.

    Faculty may read some of them one by one. What is left when those are taken away must be of as many people, and not
    all alike: then whatever one of them answered, another could have answered it in their place.
    """
    hidden = [one for one in given if not one.is_known]
    if not _is_of_enough(given) or (hidden and not (_is_of_enough(hidden) and _differs(hidden))):
        return None
    numbers = sorted(one.number for one in given)
    people = len({one.person_id for one in given})
    return Figure(numbers[0], numbers[-1], middle(numbers), people, len(numbers), fingerprint(given))


def _is_of_enough(given: Sequence[Given]) -> bool:
    return len({one.person_id for one in given}) >= FEWEST


def _differs(given: Sequence[Given]) -> bool:
    return len({one.number for one in given}) > 1


def fingerprint(given: Sequence[Given]) -> str:
    """What differs as soon as an answer is added, changed, taken away or shown to others than before."""
    fed = sorted((one.checkin_id, one.person_id, one.number, one.is_known) for one in given)
    return blake2b(repr(fed).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Decided:
    """What is shown of all that was asked for; what of it is shown for the first time, and what never again."""

    shown: Mapping[Cell, Figure]
    first: Mapping[Cell, Figure]
    gone: frozenset[Cell]


def decide(fed: Mapping[Cell, Sequence[Given]], kept: Mapping[Cell, Figure | None]) -> Decided:
    """Show what was shown as it was, while it is made of the same; and what nobody has seen, if nobody is found by it.

    `kept`: what was shown before, None for what is never shown again.
    """
    gone = {cell for cell, was in kept.items() if was and fingerprint(fed.get(cell, ())) != was.fingerprint}
    shown = {cell: was for cell, was in kept.items() if was and cell not in gone}
    fresh = {cell: figure for cell, given in fed.items() if cell not in kept and (figure := figure_of(given))}
    return Decided(shown | fresh, fresh, frozenset(gone))


def closed_months(first_on: date, last_on: date, today_on: date) -> list[date]:
    """The first days of the calendar months that lie wholly in the period and have ended before today."""
    month, found = (first_on - timedelta(days=1)).replace(day=1), []
    while (after := _next(month := _next(month))) - timedelta(days=1) <= last_on:
        if after <= today_on:
            found.append(month)
    return found


def _next(month_on: date) -> date:
    return (month_on + timedelta(days=31)).replace(day=1)


def figures_for(
    networks: Iterable[Network], months: Iterable[date], store: "Store", now: datetime
) -> list[MonthFigure]:
    """One for each network, month and scale that it asks for, and each that is shown of one it once asked for.

    `months` are first days; those that have not ended by `now` on the programme's clock are left out. A few statements,
    whatever the number of networks, and one for each month. Keeps what is shown for the first time.
    """
    ids = [network.id for network in networks]
    zone = ZoneInfo(store.networks.programme().time_zone)
    today_on = now.astimezone(zone).date()
    closed = [month_on for month_on in sorted(set(months)) if _next(month_on) <= today_on]
    fed, versions = _fed(ids, closed, zone, store)
    current = store.templates.current_of(ids).values()
    asked, known = _scales(current), _scales([*versions, *current])
    shown = _shown({cell: given for cell, given in fed.items() if (cell[0], cell[2]) in known}, ids, closed, store, now)
    # Whether a question that is asked no more had an answer is not told: it is there only while it is shown.
    cells = {(one, month_on, key) for one, key in asked for month_on in closed} | set(shown)
    return [MonthFigure(one, on, known[one, key], shown.get((one, on, key))) for one, on, key in sorted(cells)]


def _shown(
    fed: Mapping[Cell, Sequence[Given]], ids: Sequence[int], months: Sequence[date], store: "Store", now: datetime
) -> Mapping[Cell, Figure]:
    """What is shown, after what is shown for the first time and what never again is kept so."""
    decided = decide(fed, store.figures.kept(ids, months))
    store.figures.hide(decided.gone)
    if not decided.first:
        return decided.shown
    store.figures.keep(decided.first, now)
    # Another may have kept one at the same moment: what stands is what both show.
    stands = store.figures.kept(ids, months)
    return {cell: figure for cell, figure in decided.shown.items() if stands.get(cell) == figure}


Questions = dict[tuple[int, str], TemplateQuestion]


def _fed(
    ids: Sequence[int], months: Sequence[date], zone: ZoneInfo, store: "Store"
) -> tuple[dict[Cell, list[Given]], Sequence[Template]]:
    """What feeds each figure, and the versions of the questions that were answered."""
    fed, versions = defaultdict[Cell, list[Given]](list), set[int]()
    for month_on in months:
        of_month = store.figures.fed(ids, _starts(month_on, zone), _starts(_next(month_on), zone))
        for (network_id, template_id, key), given in of_month.items():
            versions.add(template_id)
            fed[network_id, month_on, key].extend(given)
    return fed, list(store.templates.by_ids(versions).values()) if versions else []


def _starts(month_on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(month_on, time(), zone)


def _scales(templates: Iterable[Template]) -> Questions:
    """The scales of these versions, by network and key; the newest says what a question's words are."""
    return {
        (template.network_id, question.key): question
        for template in sorted(templates, key=lambda one: one.version)
        for question in template.questions
        if question.kind is QuestionKind.SCALE
    }
