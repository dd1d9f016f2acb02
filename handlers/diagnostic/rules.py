"""Decisions about the answers of one person: what each part asks, what is still missing, when a review is abandoned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.diagnostic.gathering import Gathering
from handlers.kit import facts
from prompts.kinds import Axis, Dimension
from prompts.review import Bank
from storage.review_records import ReviewState

PURPOSE, DIFFERENCE = "purpose", "difference"
"""The keys of the two answers in people's own words."""
ASKED = {PURPOSE: "What is this network for?", DIFFERENCE: "What would be different in eighteen months?"}
"""What a review opens with, by key; both are talked about before anything else."""
MINUTES = 10
"""How long all parts take, about."""
REMIND_AFTER = timedelta(days=7)
ALONE_AFTER = timedelta(days=14)
"""So long after others were asked, one may go on without them: a week after their reminder."""
ABANDONED_AFTER = timedelta(weeks=8)
ENOUGH = 2
"""People whose answers a joint session needs, unless one goes on alone."""
SMALL = 10
"""In a group of fewer people one may guess who said what."""
_HEX = 7
"""Digits of a stamp: as a number it has nine at the most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sitting's form: what the network is for, what kind it is, or one of the five. `number` counts from 1."""

    number: int
    title: str
    dimension: Dimension | None = None


GOALS, KIND = Part(1, "what it is for"), Part(2, "what kind it is")
PARTS = (GOALS, KIND, *(Part(number, one.value, one) for number, one in enumerate(Dimension, 3)))
"""Every part in the order in which they are asked."""


def required(part: Part, bank: Bank) -> tuple[str, ...]:
    """The keys that must be answered before one can finish."""
    if part is KIND:
        return tuple(Axis)
    return tuple(one.now_key for one in bank.of(part.dimension)) if part.dimension else ()


def keys(part: Part, bank: Bank) -> tuple[str, ...]:
    """Every key that the part asks, in its order."""
    if part.dimension is None:
        return required(part, bank) or (PURPOSE, DIFFERENCE)
    return tuple(key for one in bank.of(part.dimension) for key in (one.now_key, one.hoped_key))


def missing(answers: Mapping[str, str], bank: Bank) -> tuple[Part, ...]:
    """The parts in which something is still to be answered."""
    return tuple(part for part in PARTS if any(not answers.get(key) for key in required(part, bank)))


def following(answers: Mapping[str, str], bank: Bank) -> Part | None:
    """The part to go on with: the first for whoever has no answers, else the first with something missing, if any."""
    return GOALS if not answers else next(iter(missing(answers, bank)), None)


def after(part: Part, answers: Mapping[str, str], bank: Bank) -> Part:
    """The part to go on with after this one: the next with something missing, else the first such; or the first."""
    left = missing(answers, bank)
    return next((one for one in left if one.number > part.number), left[0] if left else GOALS)


def minutes_left(answers: Mapping[str, str], bank: Bank) -> int:
    """About how many minutes the parts take that are not answered yet."""
    left = len(PARTS) if not answers else len(missing(answers, bank))
    return max(1, round(MINUTES * left / len(PARTS)))


def stamp(part: Part, answers: Mapping[str, str], bank: Bank) -> int:
    """A number for what stands in the part now: it changes where that is changed elsewhere."""
    return int(facts.stamp(*(answers.get(key, "") for key in keys(part, bank)))[:_HEX], 16)


def changes(part: Part, answers: Mapping[str, str], given: Mapping[str, str], bank: Bank) -> dict[str, str]:
    """What changes where `given` takes the place of what stands; "" where it goes."""
    return {key: given.get(key, "") for key in keys(part, bank) if given.get(key, "") != answers.get(key, "")}


def is_abandoned(gathered: Gathering, now: datetime) -> bool:
    """True if nobody has done anything in an open review for a long time."""
    return gathered.review.is_open and now - gathered.review.moved_at >= ABANDONED_AFTER


def is_ready(gathered: Gathering) -> bool:
    """True if everyone of several has answered, and the joint session has not begun."""
    people = gathered.people
    return gathered.review.state is ReviewState.OPEN and 1 < len(people) == gathered.finished


def may_ask(gathered: Gathering) -> bool:
    """True for whoever runs it while people answer, and later only where too few are left."""
    return gathered.may_run and (gathered.review.state is ReviewState.OPEN or gathered.finished < ENOUGH)


def may_begin_joint(gathered: Gathering) -> bool:
    """True if there is more than one view, and whoever looks gave one of them."""
    return gathered.review.state is ReviewState.OPEN and gathered.has_finished and gathered.finished >= ENOUGH


def may_go_on_alone(gathered: Gathering, now: datetime) -> bool:
    """True if whoever looks is the only one who answered, and nobody else is in it or has been asked lately."""
    mine = gathered.mine
    if mine is None or mine.finished_at is None or gathered.finished != 1 or not gathered.review.is_open:
        return False
    return all(now - one.invited_at >= ALONE_AFTER for one in gathered.people if one is not mine)
