"""Decides what a digest says, and in which order: who needs the faculty, and then every network alike, by name."""

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.digests import topics
from handlers.digests.periods import Period
from handlers.kit.facts import Fact, Section
from handlers.kit.figures import FEWEST
from handlers.kit.text import counted, listed
from storage.faculty_records import Note
from storage.records import Network

QUIET_WEEKS = 4
"""A network in which nobody has checked in for so many whole weeks has gone quiet."""
_STANDS, _PEOPLE = ":stands", ":people"
"""The ends of keys that tell how a goal stands, and how many people a network's figures are of."""
_PLAN = "plan:"
"""The beginning of keys of what a network's plan tells."""


class Waiting(enum.Enum):
    """The kinds of what needs somebody, in the order in which they are told."""

    HELP = 1
    ANSWER = 2
    PLAN = 3
    GOALS = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """The Monday of the newest week in which anyone checked in for a network (None: never), and how many members it
    has. Of a few people it would tell who was silent."""

    network_id: int
    last_on: date | None
    people: int


@dataclass(frozen=True, slots=True)
class Need:
    """What needs the faculty in one network, of one kind, since the earliest of its facts."""

    network: Network
    kind: Waiting
    since_on: date
    facts: tuple[Fact, ...]
    quoted: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One network of a digest: what moved in the period, of what the faculty may read."""

    network: Network
    moved: str
    facts: tuple[Fact, ...]

    @property
    def newest(self) -> Fact | None:
        """The newest that somebody said of their practice, or else the newest move of a goal, or what a review came to;
        None where nothing is."""
        said = [one for one in self.facts if one.section is Section.PRACTICE and one.is_quoted]
        moves = [one for one in self.facts if one.section is Section.GOALS and _is_move(one)]
        wheels = [one for one in self.facts if _is_wheel(one)]
        return max(said or moves or wheels, key=lambda one: (one.on, one.key), default=None)


@dataclass(frozen=True, slots=True)
class Digest:
    """All of a digest. `quiet`: networks with the Monday of their last check-in; None: there was never one."""

    period: Period
    needs: tuple[Need, ...]
    quiet: tuple[tuple[Network, date | None], ...]
    lines: tuple[Line, ...]
    topics: tuple[topics.Topic, ...]

    def line(self, network_id: int) -> Line | None:
        """That network's line."""
        return next((one for one in self.lines if one.network.id == network_id), None)


def digest(
    period: Period,
    networks: Sequence[Network],
    facts: Iterable[Fact],
    heard: Iterable[Heard],
    today_on: date,
    asks: Sequence[tuple[Note, date]] = (),
) -> Digest:
    """The digest of these networks, by name; of facts that the faculty may read, and of notes that want an answer, each
    with its date."""
    of_network: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        of_network[fact.network_id].append(fact)
    needs = [need for one in networks for need in _needs(one, of_network[one.id])]
    needs += [need for one in networks for need in _asks(one, asks)]
    needs.sort(key=lambda one: (one.kind.value, one.since_on, one.network.name))
    lines = tuple(Line(one, _moved(of_network[one.id]), tuple(of_network[one.id])) for one in networks)
    every = (fact for line in lines for fact in line.facts)
    return Digest(period, tuple(needs), tuple(_quiet(networks, heard, today_on)), lines, tuple(topics.shared(every)))


def _asks(network: Network, asks: Sequence[tuple[Note, date]]) -> Iterable[Need]:
    """What its co-ordinators need an answer to, as one."""
    own = [(note, on) for note, on in asks if note.network_id == network.id]
    if own:
        since_on = min(on for _, on in own)
        yield Need(network, Waiting.ANSWER, since_on, (), notes=tuple(note for note, _ in own))


def _needs(network: Network, facts: Sequence[Fact]) -> Iterable[Need]:
    """One of each kind. What the plan counts is told with the plan, and not once more among goals."""
    waiting = sorted((one for one in facts if one.since), key=lambda one: one.on)
    summed = {source for one in waiting for source in one.sums_up}
    found: dict[Waiting, list[Fact]] = {kind: [] for kind in Waiting}
    for one in waiting:
        if kind := _kind(one, summed):
            found[kind].append(one)
    for kind, mine in found.items():
        if mine:
            since_on = min(one.since for one in mine if one.since)
            quoted = _asked_in_words(facts, mine) if kind is Waiting.HELP else ()
            yield Need(network, kind, since_on, tuple(sorted(mine, key=_is_of_goal)), tuple(quoted))


def _kind(fact: Fact, summed: Collection[str]) -> Waiting | None:
    if fact.section is Section.HELP:
        return Waiting.HELP
    if fact.key.startswith(_PLAN) or _source(fact) in summed:
        return Waiting.PLAN
    return Waiting.GOALS if fact.section is Section.GOALS else None


def _is_of_goal(fact: Fact) -> bool:
    return not fact.key.startswith(_PLAN)


def _asked_in_words(facts: Iterable[Fact], waiting: Iterable[Fact]) -> Iterable[Fact]:
    """What those who wait for help said of it."""
    people = {one.person_id for one in waiting}
    return (one for one in facts if one.is_quoted and one.section is Section.HELP and one.person_id in people)


def _quiet(
    networks: Sequence[Network], heard: Iterable[Heard], today_on: date
) -> Iterable[tuple[Network, date | None]]:
    """Of few people it would say who was silent, so only networks of five members and more are told."""
    found = {one.network_id: one for one in heard}
    week_on = today_on - timedelta(days=today_on.weekday())
    before = week_on - timedelta(weeks=QUIET_WEEKS)
    for network in networks:
        one = found.get(network.id)
        if one is None or one.people < FEWEST:
            continue
        began = network.started_on
        is_new = began is not None and began > before
        if not is_new and (one.last_on is None or one.last_on < before):
            yield network, one.last_on


def read_in_order(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of one network as they are read: what waits for help first, and nothing that another says already."""
    every = list(facts)
    moved = {_source(one) for one in every if _is_move(one)}
    said = {_source(one) for one in every if one.section is Section.HELP and one.is_quoted}
    kept = [
        one
        for one in every
        if not (one.key.endswith(_STANDS) and _source(one) in moved)
        and not (one.section is Section.HELP and not one.is_quoted and _source(one) in said)
    ]
    order = [Section.HELP, *(one for one in Section if one is not Section.HELP)]
    return sorted(kept, key=lambda one: (order.index(one.section), one.on, not one.key.endswith(_PEOPLE), one.key))


def _source(fact: Fact) -> str:
    return ":".join(fact.key.split(":")[:2])


def _is_move(fact: Fact) -> bool:
    """True for a line of a goal's story: "goals:12:34"."""
    feature, _, rest = fact.key.partition(":")
    return feature == "goals" and rest.partition(":")[2].isdigit()


def _is_wheel(fact: Fact) -> bool:
    """True for what a rapid review came to as a whole."""
    return fact.key.startswith("diagnostic:") and fact.key.endswith(":wheel")


def _moved(facts: Sequence[Fact]) -> str:
    """What moved, counted by what people may read: "2 goals moved, 1 is achieved; 3 people shared something"."""
    goals: Mapping[str, set[str]] = defaultdict(set)
    for fact in facts:
        if _is_move(fact):
            goals["moved"].add(fact.key.split(":")[1])
    people = {one.person_id for one in facts if one.is_quoted}
    said = []
    if goals["moved"]:
        said.append(f"{counted(len(goals['moved']), 'goal', 'goals')} moved")
    if people:
        said.append(f"{counted(len(people), 'person', 'people')} shared something with you")
    if any(map(_is_wheel, facts)):
        said.append("a rapid review came to its end")
    return listed(said)
