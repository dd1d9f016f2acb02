"""What a review shows: that it is due, each goal in turn, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.goals import rules, spoken
from handlers.goals.rules import RollUp
from handlers.goals.views import GOALS
from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, Quote, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day, if_then, shortened
from storage.goal_records import Entry, Goal, GoalReview, Told
from storage.records import Network

OUTCOMES = {
    Told.KEPT: "kept",
    Told.CHANGED: "changed",
    Told.ACHIEVED: "achieved",
    Told.DROPPED: "let go",
}
"""What can come of a goal in a review."""
MOST = 15
"""Goals that a summary tells one by one."""


def due(network: Network, count: int) -> Item:
    """The line that says that a review is due."""
    goals = counted(count, "open goal", "open goals")
    text = f"{network.name} has {goals}. A look at each takes a minute or two."
    return Item(text, Button("Look at the goals", "goals.review", str(network.id), about=network.name))


def step(goal: Goal, review_id: int, left: int, person_id: int, today_on: date, now: datetime) -> Message:
    """One goal of the walk: how it stands, and what to do with it."""
    opening = f"{counted(left, 'goal is', 'goals are')} left to look at. Here is one." if left > 1 else _LAST
    how = spoken.CONFIDENCE[goal.confidence] if goal.confidence else spoken.NOT_SAID
    reason = spoken.why(rules.need(goal, today_on, now), goal, today_on, now)
    where = f" Where it is now: {spoken.stands(goal)}." if spoken.stands(goal) else ""
    owner = spoken.owner(goal, person_id)
    body: list[Block] = [paragraph(opening), Heading(shortened(goal.words.title, 140))]
    if len(goal.words.title) > 140:
        body.append(Quote(goal.words.title))
    body.append(paragraph(Bold("How sure: "), f"{how}.{where} {reason}".strip()))
    body.append(paragraph(Bold("Who looks after it: "), f"{owner.rstrip('.')}."))
    if plan := if_then(goal.words.step_when, goal.words.step_then):
        body.append(paragraph(Bold("Next step: "), plan))
    at = f"{goal.id}.0.{review_id}.0"
    choices = (
        Button("Keep it", "goals.keep", at, opens_form=True),
        Button("Change it", "goals.reword", at, opens_form=True),
        Button("It is achieved", "goals.achieved", at, opens_form=True),
        Button("Let it go", "goals.dropped", at, opens_form=True),
        Button("Change more of it", "goals.edit", at, opens_form=True),
    )
    return Message(opening, (*body, Buttons(choices)), (Button("Enough for now", "goals.enough", str(review_id)),))


_LAST = "One goal is left to look at."


def nothing() -> Message:
    """There is no open goal to look at."""
    return plain("The network has no open goal to look at just now.", GOALS)


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a review, as far as its reader may read it. `left_out`: goals that not everyone may read."""

    review: GoalReview
    network: Network
    on: date
    entries: Sequence[Entry]
    roll_up: RollUp
    left_out: int
    is_leader: bool
    now: datetime


def summary(seen: Summary) -> Message:
    """The summary: what came of each goal, how the open ones stand, and for its leader the way to share it."""
    last = {one.goal_id: one for one in seen.entries if one.told in OUTCOMES}
    title = f"Review of the goals of {seen.network.name}, {day(seen.on)}"
    body: list[Block] = [Heading(title)]
    if seen.is_leader:
        body.append(paragraph(_who_sees(seen)))
    body.append(paragraph(_counts(last.values())))
    for one in list(last.values())[:MOST]:
        body.append(paragraph(Bold(shortened(one.goal_title, 200)), f": {OUTCOMES[one.told]}."))
        if one.why:
            body.append(Quote(one.why))
    if len(last) > MOST:
        body.append(paragraph(f"{len(last) - MOST} more stand in the list of goals."))
    body.append(paragraph(Bold("How things stand today"), f"\n{spoken.rolled_up(seen.roll_up, seen.now)}"))
    if not seen.is_leader:
        body.append(paragraph(f"{seen.review.leader_name or spoken.LEFT} led this review."))
    return Message(title, tuple(body), (*_sharing(seen), GOALS))


def _who_sees(seen: Summary) -> str:
    them = "it" if seen.left_out == 1 else "them"
    goals = counted(seen.left_out, "goal is", "goals are")
    out = f" {goals} left out: not everyone may read {them}." if seen.left_out else ""
    if seen.review.shared_at:
        return f"Everyone in the network can read this, with the network’s goals.{out}"
    return f"Only you can see this summary so far. This is what everyone in the network would read.{out}"


def _counts(entries: Iterable[Entry]) -> str:
    told = [one.told for one in entries]
    said = [f"{told.count(one)} {words}" for one, words in OUTCOMES.items() if one in told]
    return f"{counted(len(told), 'goal', 'goals')} looked at: {', '.join(said)}." if said else "No goal was looked at."


def _sharing(seen: Summary) -> Iterable[Button]:
    if not seen.is_leader or seen.review.ended_at is None:
        return
    if seen.review.shared_at:
        yield Button("Take it back", "goals.share", f"{seen.review.id}.0")
    else:
        yield Button("Share with the network", "goals.share", f"{seen.review.id}.1", primary=True)
