"""Looks up what a button or form carries, and refuses whoever it is not for; anew at every press."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.goals import rules
from handlers.kit.arguments import ids
from handlers.kit.audience import goal_reader
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from storage.goal_records import Goal, GoalReader, GoalReview, GoalState
from storage.records import Network, Person, Role

GONE = "That goal is not there for you any more. Type goals to see what is."
NOT_YOURS = "Only those who look after this goal can do that. You can ask its owner."
CLOSED = "That goal is closed. Open its page to take it up again."
NO_REVIEW = "Only a leader of the network can review its goals. Type goals to see them."
Rule = Callable[[Goal, Person, GoalReader], bool]


@dataclass(frozen=True, slots=True)
class At:
    """What a form carries: a goal, the version that it began from, and the review that it is part of (0 for none).

    `version` None: not drawn yet, so it means the version that stands when the form opens. `seen`: the newest version
    that its writer was shown since, as what others changed meanwhile.
    """

    goal_id: int
    version: int | None = None
    review_id: int = 0
    seen: int = 0

    def __str__(self) -> str:
        stamp = 0 if self.version is None else self.version + 1
        return f"{self.goal_id}.{stamp}.{self.review_id}.{self.seen}"


def at(argument: str) -> At:
    """What the argument of a form carries."""
    if "." not in argument:
        return At(ids(argument, 1)[0])
    goal_id, stamp, review_id, seen = ids(argument, 4)
    return At(goal_id, stamp - 1 if stamp else None, review_id, seen)


def reader(context: Context) -> GoalReader:
    """Whoever acts, as a reader of goals."""
    return goal_reader(context.person)


def readable(goal_id: int, context: Context) -> Goal:
    """The goal of that id. Raises NotAllowed where whoever acts may not read it, or it is gone."""
    goal = context.store.goals.by_id(goal_id, reader(context))
    if goal is None:
        raise NotAllowed("a goal that one may not read", GONE)
    return goal


def held(goal_id: int, context: Context) -> Goal:
    """The same, as it is while nobody else can change it; a form that is only drawn holds nothing."""
    if not context.opening:
        context.store.goals.hold(goal_id)
    return readable(goal_id, context)


def changeable(goal_id: int, context: Context, may: Rule = rules.may_change) -> Goal:
    """An open goal that whoever acts may change, or what else `may` allows."""
    goal = held(goal_id, context)
    if not may(goal, context.person, reader(context)):
        raise NotAllowed("a goal that one may not change", NOT_YOURS)
    if goal.state is not GoalState.OPEN and context.opening:
        raise Refusal(CLOSED)
    return goal


def open_to(goal_id: int, context: Context, may: Rule = rules.may_change) -> Goal:
    """The same, for what a form or press does: a goal that was closed meanwhile stays as it is."""
    goal = changeable(goal_id, context, may)
    if goal.state is not GoalState.OPEN:
        raise Refusal(CLOSED)
    return goal


def my_networks(context: Context) -> list[Network]:
    """The networks of whoever acts, by name."""
    found = context.person.network_ids
    return context.store.networks.by_ids(found) if found else []


def run_by(context: Context) -> list[Network]:
    """The networks that whoever acts runs, by name."""
    return [one for one in my_networks(context) if context.person.runs(one.id)]


def networks_by_id(context: Context) -> dict[int, Network]:
    """Every network whose goals whoever acts may read."""
    everyone = context.person.holds(Role.FACULTY)
    found = context.store.networks.all() if everyone else my_networks(context)
    return {one.id: one for one in found}


def led(argument: str, context: Context) -> Network:
    """The network of that id. Raises NotAllowed for whoever does not lead it."""
    (network_id,) = ids(argument, 1)
    network = context.store.networks.by_id(network_id)
    if network is None or not context.person.holds(Role.LEADER, network.id):
        raise NotAllowed(f"a review of network {network_id}", NO_REVIEW)
    return network


def walk(review_id: int, context: Context) -> GoalReview:
    """The review of that id. Raises NotAllowed unless whoever acts began it, and still leads the network."""
    review = context.store.goal_reviews.by_id(review_id)
    if review is None or review.leader_id != context.person.id:
        raise NotAllowed("another leader's review", NO_REVIEW)
    led(str(review.network_id), context)
    return review


def in_review(here: At, goal: Goal, context: Context) -> None:
    """Raises NotAllowed where a form names a review that is not of whoever acts, or of another network's goals."""
    if here.review_id and walk(here.review_id, context).network_id != goal.network_id:
        raise NotAllowed("a review of other goals", NO_REVIEW)
