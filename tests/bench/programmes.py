"""A made-up programme: its people, what they may do, and a book of who may read each marked word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

from storage.records import Audience, Role

MARKED = re.compile(r"secret-\d+-end")
TEXTS = ("moved", "in_the_way", "next_step", "idea")
TIERS = {Role.COORDINATOR: Audience.COORDINATOR, Role.LEADER: Audience.LEADERS, Role.MEMBER: Audience.NETWORK}
FACULTY = Audience.FACULTY
Part = tuple[Role, int | None]
"""A role, with the number of the network that it is held in; None for a role in the programme."""

_PARTS: st.SearchStrategy[tuple[Part, ...]] = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(list(TIERS)), st.integers(1, 2)),
        st.sampled_from([(Role.MEMBER, 1), (Role.MEMBER, 1), (Role.LEADER, 1), (Role.MEMBER, 3)]),
        st.just((Role.FACULTY, None)),
    ),
    min_size=1, max_size=2, unique=True,
).map(tuple)  # fmt: skip
CASTS = st.lists(_PARTS, min_size=2, max_size=7).map(
    lambda drawn: (((Role.COORDINATOR, 1),), ((Role.FACULTY, None),), *drawn)
)
"""Whoever there is besides the first network's co-ordinator and one of the faculty: 4 to 9 people, 2 or 3 networks."""
DOINGS = (
    "check in", "check in", "check in", "edit", "share", "withdraw", "goal", "give", "goal audience", "goal audience",
    "help", "progress", "reword", "hand over", "close", "note", "follow up", "draft", "draft", "rewrite", "send",
    "erase", "leave", "wait", "plan", "plan audience", "point", "end plan", "review", "review audience",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Something that somebody may do; `which` and `other` choose among what there is by then, round and round."""

    what: str
    who: int
    which: int
    other: int
    audiences: tuple[Audience, ...]


def steps(fewest: int, most: int) -> st.SearchStrategy[list[Step]]:
    """So many steps, of any kind; narrow and wide audiences are as likely."""
    numbers = st.integers(0, 9)
    audiences = st.tuples(*(st.sampled_from(list(Audience)) for _ in TEXTS))
    one = st.builds(Step, st.sampled_from(DOINGS), numbers, numbers, numbers, audiences)
    return st.lists(one, min_size=fewest, max_size=most)


@dataclass
class CheckIn:
    """A check-in that stands; `says`: key -> (marked word, audience)."""

    id: int
    user: str
    network: int
    says: dict[str, tuple[str, Audience]]


@dataclass
class Goal:
    """A goal; `words` of its title and story, each with its writer. `network` None: shared nowhere."""

    id: int
    author: str
    owner: str
    network: int | None = None
    is_personal: bool = True
    audience: Audience = Audience.ONLY_ME
    title: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class Shared:
    """A plan or a review, whose words are its network's; `audience` None: only for those `inside`. `told`: the words
    of a plan that updates and digests tell."""

    network: int
    audience: Audience | None
    words: dict[str, str] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    is_over: bool = False


@dataclass
class Book:
    """What was said and who may read it now, by nothing but what people chose. `past`: only its writer reads it."""

    roles: dict[str, set[Part]] = field(default_factory=dict)
    checkins: dict[int, CheckIn] = field(default_factory=dict)
    goals: dict[int, Goal] = field(default_factory=dict)
    notes: dict[str, tuple[str, int]] = field(default_factory=dict)
    past: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    plans: dict[int, Shared] = field(default_factory=dict)
    reviews: dict[int, Shared] = field(default_factory=dict)
    drafts: dict[int, tuple[int, Audience]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def new(self) -> str:
        """A word that nobody has said."""
        self.said.append(f"secret-{len(self.said)}-end")
        return self.said[-1]

    def networks_of(self, user: str) -> list[int]:
        """The networks that they have a role in."""
        return sorted({network for _, network in self.roles[user] if network is not None})

    def runs(self, user: str, network: int) -> bool:
        """True for its co-ordinators and leaders."""
        return bool({(Role.COORDINATOR, network), (Role.LEADER, network)} & self.roles[user])

    def is_faculty(self, user: str) -> bool:
        """True for the faculty."""
        return (Role.FACULTY, None) in self.roles[user]

    def _reaches(self, user: str, network: int | None, audience: Audience) -> bool:
        tiers = [TIERS[role] for role, of in self.roles[user] if of == network and role in TIERS]
        tiers += [FACULTY] * (self.is_faculty(user) and network is not None)
        return bool(tiers) and audience >= min(tiers)

    def for_reader(self, user: str) -> set[str]:
        """Every word that the person may come by, their own included."""
        return set(self._for_reader(user))

    def _for_reader(self, user: str) -> Iterator[str]:
        yield from (word for word, (writer, *_) in self.past.items() if writer == user)
        for one in self.checkins.values():
            for word, tier in one.says.values():
                if one.user == user or self._reaches(user, one.network, tier):
                    yield word
        for goal in self.goals.values():
            is_theirs = user == goal.author if goal.is_personal else self._holds(user, goal)
            may = is_theirs or self._reaches(user, goal.network, goal.audience)
            yield from (word for word, writer in goal.words.items() if may or writer == user)
        for kept in (*self.plans.values(), *self.reviews.values()):
            reaches = kept.audience is not None and self._reaches(user, kept.network, kept.audience)
            yield from (word for word, writer in kept.words.items() if reaches or user in (writer, *kept.inside))
        for word, (writer, network) in self.notes.items():
            if user == writer or self.is_faculty(user) or (Role.COORDINATOR, network) in self.roles[user]:
                yield word

    def _holds(self, user: str, goal: Goal) -> bool:
        return user in (goal.author, goal.owner) and goal.network in self.networks_of(user)

    def for_draft(self, draft_id: int) -> set[str]:
        """Every word that those whom an update is for may read, of its network."""
        network, audience = self.drafts[draft_id]
        return (
            self.shared(network, audience)
            | self.of_plans(network, audience)
            | {
                word
                for goal in self.goals.values()
                if goal.network == network and goal.audience >= audience
                if not goal.is_personal or network in self.networks_of(goal.author)
                for word in goal.words
            }
        )

    def of_plans(self, network: int, audience: Audience, *, told: bool = False) -> set[str]:
        """The words of the network's plans and reviews that reach an audience, or only what is told of plans."""
        kept = self.plans.values() if told else (*self.plans.values(), *self.reviews.values())
        reach = (one for one in kept if one.network == network and one.audience and one.audience >= audience)
        return {word for one in reach for word in (one.told if told else one.words)}

    def shared(self, network: int, audience: Audience) -> set[str]:
        """The words of the network's check-ins that reach an audience."""
        of_network = (one for one in self.checkins.values() if one.network == network)
        return {word for one in of_network for word, tier in one.says.values() if tier >= audience}

    def reworded(self, draft_id: int) -> set[str]:
        """What answers that a draft's readers may read said before: a line in other words may rest on it till somebody
        who runs the network looks, and for their eyes alone."""
        network, audience = self.drafts[draft_id]
        of_network = [one for one in self.checkins.values() if one.network == network]
        now = {(one.id, key) for one in of_network for key, (_, tier) in one.says.items() if tier >= audience}
        return {word for word, (_, checkin_id, key) in self.past.items() if (checkin_id, key) in now}

    def gone(self) -> set[str]:
        """Words that were withdrawn or erased: nobody comes by them any more, and no table holds them."""
        standing = {word for one in self.checkins.values() for word, _ in one.says.values()}
        kept = standing | {word for goal in self.goals.values() for word in goal.words}
        kept |= {word for one in (*self.plans.values(), *self.reviews.values()) for word in one.words}
        return set(self.said) - kept - set(self.past) - set(self.notes)

    def withdraw(self, checkin_id: int) -> None:
        """What it says goes, with all that it said before."""
        del self.checkins[checkin_id]
        self.past = {word: one for word, one in self.past.items() if one[1] != checkin_id}

    def erase(self, user: str) -> None:
        """What they said goes; a network's goals keep their titles, and lose what they said of them."""
        self.erased.add(user)
        self.roles[user] = set()
        self.checkins = {key: one for key, one in self.checkins.items() if one.user != user}
        self.goals = {key: one for key, one in self.goals.items() if not (one.is_personal and one.author == user)}
        for goal in self.goals.values():
            stays = {word: writer for word, writer in goal.words.items() if writer != user or word == goal.title}
            goal.words = {word: "" if writer == user else writer for word, writer in stays.items()}
            goal.author, goal.owner = ("" if one == user else one for one in (goal.author, goal.owner))
        for kept in (*self.plans.values(), *self.reviews.values()):
            kept.words = {word: "" if writer == user else writer for word, writer in kept.words.items()}
            kept.inside.discard(user)
        self.notes = {word: one for word, one in self.notes.items() if one[0] != user}
        self.past = {word: one for word, one in self.past.items() if one[0] != user}
