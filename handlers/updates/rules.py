"""Decides which days an update tells of, which facts stand in it, and which say the same."""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from handlers.kit import dates
from handlers.kit.facts import Fact, Section
from storage.records import Audience

MOST: Mapping[Section, int] = {
    Section.PRACTICE: 6,
    Section.GOALS: 8,
    Section.CONNECTIONS: 4,
    Section.HEALTH: 6,
    Section.LEARNED: 4,
    Section.HELP: 4,
    Section.NEXT: 4,
}
"""Sentences that each section holds at first, so that an update is a page long (domain.md §4)."""
AUDIENCES = (Audience.NETWORK, Audience.FACULTY, Audience.FUNDER)
"""Who an update may be for."""
LONGEST_DAYS = 550
"""An update tells of a year and a half at the most: as long as a development plan (domain.md §6)."""
COMPARED = 400
"""Facts of one section that are looked at for who says the same; what is beyond stays for who asks for more."""
SAME = 0.85
"""From this likeness on, two texts say the same."""
STANDS, SLIPPED = ":stands", ":slipped"
"""The ends of keys that tell how a goal stood at the end, and that its date had passed."""
PEOPLE, GAPS = ":people", ":gaps"
"""The ends of keys of figures that say how many shared, and of which weeks there is nothing."""
_GOALS = "goals:"
"""The beginning of the keys of what goals tell."""
NOT = frozenset({"no", "not", "never", "none", "nobody", "nothing", "without", "less", "fewer", "more", "cannot"})
_WORD = re.compile(r"\w+")


class Period(enum.StrEnum):
    """The days to choose from."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    SINCE_LAST = "since_last"
    OWN = "own"


def span(period: Period, today_on: date, told_on: date | None) -> tuple[date, date]:
    """The first and last day of the period; `told_on`: the last day that an earlier update told of.

    Raises ValueError for the person's own days, which no rule knows.
    """
    if period is Period.THIS_MONTH:
        return today_on.replace(day=1), today_on
    if period is Period.LAST_MONTH:
        return dates.month_before(today_on)
    if period is Period.LAST_QUARTER:
        return dates.quarter_before(today_on)
    if period is Period.SINCE_LAST and told_on is not None:
        return min(told_on + timedelta(days=1), today_on), today_on
    raise ValueError(f"{period} has no days of its own")


def days_problem(first_on: date | None, last_on: date | None, today_on: date) -> tuple[str, str]:
    """What is wrong with days that someone chose: which of the two, and a sentence. Both empty where nothing is."""
    if first_on is None:
        return "first", "Please choose the first day."
    if last_on is None:
        return "last", "Please choose the last day."
    if last_on < first_on:
        return "last", "The last day comes before the first. Please swap them."
    if first_on > today_on:
        return "first", "This day has not come yet. Please choose one up to today."
    if (last_on - first_on).days > LONGEST_DAYS:
        return "first", "These are more than 18 months. Please choose fewer."
    return "", ""


Group = tuple[Fact, ...]
"""Facts that say the same, the oldest first: its words are quoted."""


def chosen(facts: Iterable[Fact]) -> list[Group]:
    """The facts that stand in a section at first: the newest of each goal, everyone's turn before anyone's second,
    and what several people say the same way said once. In the order of their dates.
    """
    newest = sorted(_newest_of_sources(facts), key=lambda one: (one.on, one.key), reverse=True)
    groups: list[list[Fact]] = []
    most = MOST[newest[0].section] if newest else 0
    for fact in _in_turns(newest)[:COMPARED]:
        same = next((group for group in groups if says_the_same(group[0], fact)), None)
        if same is not None:
            same.append(fact)
        elif len(groups) < most:
            groups.append([fact])
    each = (tuple(sorted(group, key=_place)) for group in groups)
    return sorted(each, key=lambda group: _place(group[0]))


def _place(fact: Fact) -> tuple[date, int, str]:
    """By date; of one day, how many people a figure is of comes first, and what is missing last."""
    return fact.on, fact.key.endswith(GAPS) - fact.key.endswith(PEOPLE), fact.key


def source_of(key: str) -> str:
    """The source that a fact's key names: its feature and id, without the part."""
    return ":".join(key.split(":")[:2])


def _newest_of_sources(facts: Iterable[Fact]) -> list[Fact]:
    """Of each goal its newest move, or how it stands where nothing moved; and that its date has passed. Of all else
    every one."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        name = source_of(fact.key) if fact.section is Section.GOALS and not fact.key.endswith(SLIPPED) else fact.key
        if name not in kept or _rank(kept[name]) < _rank(fact):
            kept[name] = fact
    return list(kept.values())


def _rank(fact: Fact) -> tuple[bool, date, str]:
    return not fact.key.endswith(STANDS), fact.on, fact.key


def until_it_ended(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without the earlier moves of goals that ended since: "off track" says nothing beside "was let go"."""
    kept = list(facts)
    ended: dict[str, date] = {}
    for one in kept:
        if one.key.startswith(_GOALS) and one.section in (Section.PRACTICE, Section.LEARNED):
            ended[source_of(one.key)] = max(one.on, ended.get(source_of(one.key), one.on))
    return [
        one
        for one in kept
        if one.section is not Section.GOALS or source_of(one.key) not in ended or one.on > ended[source_of(one.key)]
    ]


def in_words_where_said(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without "Ann asked for help" where she says herself what for."""
    kept = list(facts)
    said = {source_of(one.key) for one in kept if one.section is Section.HELP and one.is_quoted}
    return [one for one in kept if one.section is not Section.HELP or one.is_quoted or source_of(one.key) not in said]


def _in_turns(facts: Sequence[Fact]) -> list[Fact]:
    """Everyone's first before anyone's second; what is nobody's comes at its own place in the first round."""
    rounds: dict[int, list[Fact]] = {}
    seen: dict[int, int] = {}
    for fact in facts:
        turn = 0
        if fact.person_id is not None:
            turn = seen.get(fact.person_id, 0)
            seen[fact.person_id] = turn + 1
        rounds.setdefault(turn, []).append(fact)
    return [fact for turn in sorted(rounds) for fact in rounds[turn]]


def says_the_same(one: Fact, other: Fact) -> bool:
    """True for two quotes that are almost the same text, with the same numbers, and none with a "not" more."""
    if not (one.is_quoted and other.is_quoted):
        return False
    return alike(one.text, other.text) and _turning(one.text) == _turning(other.text)


def _turning(text: str) -> list[str]:
    """The words of a text that may turn its meaning round, however alike the rest is."""
    said = text.casefold().replace("’", "'").replace("n't", " not")
    return sorted(word for word in words(said) if word in NOT or any(letter.isdigit() for letter in word))


def alike(one: str, other: str, least: float = SAME) -> bool:
    """True for two texts that are almost the same, whatever their case and signs. A cheap look comes first."""
    if abs(len(one) - len(other)) > max(len(one), len(other)) * (1 - least) + 20:
        return False
    first, second = words(one), words(other)
    if first == second:
        return True
    shared = len(set(first) & set(second))
    if shared < least / 2 * max(len(set(first)), len(set(second)), 1):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= least


def words(text: str) -> list[str]:
    """The words of a text, without case and signs."""
    return _WORD.findall(text.casefold())


def by_section(facts: Iterable[Fact]) -> dict[Section, list[Fact]]:
    """The facts of each section, those without any too, in the order in which they are read."""
    found: dict[Section, list[Fact]] = {section: [] for section in Section}
    for fact in facts:
        found[fact.section].append(fact)
    return found
