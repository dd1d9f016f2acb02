"""What a goal says of itself, in words that the lists, pages and summaries share."""

from datetime import date, datetime

from handlers.goals.rules import Need, RollUp
from handlers.kit import audience
from handlers.kit.text import counted, day, listed, weekday
from storage.goal_records import Confidence, Goal, GoalState, GoalWords
from storage.records import Audience, Network

CONFIDENCE = {
    Confidence.ON_TRACK: "● On track",
    Confidence.AT_RISK: "▲ At risk",
    Confidence.OFF_TRACK: "■ Off track",
}
"""Words with a shape each, so that no colour is needed."""
STATES = {GoalState.OPEN: "Open", GoalState.ACHIEVED: "Achieved", GoalState.DROPPED: "Let go"}
NOT_SAID = "Nobody has said yet"
LEFT = "Someone who has left"


LABELS = {
    "title": "The goal",
    "due": "By when",
    "measure": "How we will know",
    "target": "The number to reach",
    "step_when": "When",
    "step_then": "I will",
    "with_whom": "Who else",
    "objective": "The objective it serves",
}
"""What an edit can change, by the form's keys."""


def written(words: GoalWords) -> dict[str, str]:
    """What the goal says as it stands in its form, by key."""
    return {
        "title": words.title,
        "due": day(words.due_on) if words.due_on else "",
        "measure": words.measure,
        "target": f"{words.target:.10g}" if words.target is not None else "",
        "step_when": words.step_when,
        "step_then": words.step_then,
        "with_whom": words.with_whom,
    }


def by_when(due_on: date) -> str:
    """The date read back: "Wednesday 30 June 2027"."""
    return f"{weekday(due_on)} {due_on.year}"


def stands(goal: Goal) -> str:
    """Where the goal is now: "1, towards 2", "half booked"; empty where nobody has said."""
    target = goal.words.target
    if goal.value is not None and target is not None and goal.now == f"{goal.value:g}":
        return f"{goal.value:g}, towards {target:g}"
    return goal.now


def whose(goal: Goal, networks: dict[int, Network], person_id: int) -> str:
    """Whose goal it is: "Yours", "Ann Example’s own", or the network's name."""
    if not goal.is_personal and goal.network_id in networks:
        return networks[goal.network_id].name
    return "Yours" if goal.author_id == person_id else f"{goal.owner_name}’s own"


def owner(goal: Goal, person_id: int) -> str:
    """Who looks after it."""
    if goal.owner_id is None:
        return f"{LEFT}. Nobody owns it now."
    name = "You" if goal.owner_id == person_id else goal.owner_name
    return name if goal.owner_is_here else f"{name}, no longer in the network"


def readers(goal: Goal, person_id: int) -> str:
    """Who can read the goal, for whoever reads it."""
    if goal.is_personal and goal.audience is Audience.ONLY_ME:
        return "Only you" if goal.author_id == person_id else "Only its author"
    return audience.WORDS[goal.audience].replace(
        "Me and", f"{'You' if goal.author_id == person_id else 'Its author'} and"
    )


def why(need: Need, goal: Goal, today_on: date, now: datetime) -> str:
    """Why a goal stands where it does in the list, as one short sentence."""
    if need is Need.PAST and goal.words.due_on:
        return f"Its date was {day(goal.words.due_on)}."
    if need is Need.NOBODYS:
        return "Nobody owns it now."
    if need is Need.QUIET:
        return f"No news for {weeks(goal.moved_at, now)}."
    return ""


def weeks(since: datetime, now: datetime) -> str:
    """How long ago, in whole weeks: "5 weeks"."""
    return counted(max((now - since).days // 7, 1), "week", "weeks")


def rolled_up(all_of: RollUp, now: datetime) -> str:
    """The state of an objective's goals, in counts: "2 goals are open: 1 on track, 1 at risk."."""
    if not all_of.open and not all_of.achieved and not all_of.dropped:
        return "No goal stands under it yet."
    names = {None: "not said yet"} | {one: words[2:].lower() for one, words in CONFIDENCE.items()}
    parts = [f"{number} {names[one]}" for one, number in all_of.counts.items() if number]
    done = [f"{all_of.achieved} achieved"] * bool(all_of.achieved) + [f"{all_of.dropped} let go"] * bool(all_of.dropped)
    late = f", {counted(all_of.past, 'past its date', 'past their date')}" if all_of.past else ""
    going = f"{counted(all_of.open, 'goal is', 'goals are')} open{late}: {listed(parts)}."
    first = going if parts else "No goal is open now."
    said = [first, *([f"Closed: {listed(done)}."] if done else [])]
    if all_of.quiet_since:
        longest = ", the longest" if all_of.quiet > 1 else ""
        said.append(f"{all_of.quiet} without news{longest} for {weeks(all_of.quiet_since, now)}.")
    return " ".join(said)
