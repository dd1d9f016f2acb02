"""What goals tell of networks for updates and digests: what moved, what ended and with what, how the rest stands."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from handlers.goals import spoken, summaries
from handlers.goals.feature import feature
from handlers.kit.content import Button
from handlers.kit.facts import Asked, Fact, Section, stamp
from handlers.kit.text import counted, day, listed, shortened
from storage.goal_records import Change, Confidence, Told
from storage.records import Audience

if TYPE_CHECKING:
    from storage.goal_facts import Moved, Reviewed, Standing
    from storage.unit import Store


@feature.facts
def collect(asked: Asked, store: "Store") -> Iterator[Fact]:
    """Three statements for all networks: what was told in the period, how goals stood at its end, and reviews."""
    period = (asked.network_ids, asked.since, asked.until)
    for moved in store.goal_facts.moved(*period, asked.tier):
        section, text = _told(moved)
        if text:
            yield _moved(moved, section, text, moved.at.astimezone(asked.zone).date())
    for standing in store.goal_facts.standing(*period, asked.tier):
        yield _standing(standing, asked.last_on)
    if asked.tier <= Audience.NETWORK:
        for review in store.goal_facts.reviewed(*period):
            yield _reviewed(review, review.at.astimezone(asked.zone).date())


def _moved(one: "Moved", section: Section, text: str, on: date) -> Fact:
    return Fact(
        key=f"goals:{one.goal_id}:{one.entry_id}",
        network_id=one.network_id,
        section=section,
        text=text,
        on=on,
        audience=one.audience,
        stamp=stamp(text),
        person_id=one.person_id,
        by=one.person_name,
        opens=_opens(one.goal_id, one.title),
    )


def _opens(goal_id: int, title: str) -> Button:
    return Button("Open the goal", "goals.show", str(goal_id), about=shortened(title, 60))


def _told(one: "Moved") -> tuple[Section, str]:
    """The section and the sentence of a line of a goal's story; no sentence for what tells nothing of the network."""
    goal, why = f"“{one.title}”", _why(one)
    if one.told is Told.DROPPED:
        return (Section.LEARNED if why else Section.GOALS), f"{goal} was let go.{why}"
    if one.told is Told.HELPER:
        return Section.CONNECTIONS, f"{one.person_name or spoken.LEFT} helps with {goal}."
    if one.told is Told.ACHIEVED:
        return Section.PRACTICE, f"{goal} is achieved.{why}"
    return Section.GOALS, _moves(one, goal, why)


def _moves(one: "Moved", goal: str, why: str) -> str:
    """The sentence of a line that neither ended the goal nor brought help."""
    match one.told:
        case Told.MADE:
            return _made(one, goal)
        case Told.REOPENED:
            return f"{goal} was taken up again.{why}"
        case Told.CHANGED:
            changes = "; ".join(map(_change, one.changes))
            return f"{goal} was changed{f': {changes}' if changes else ''}.{why}"
        case Told.PROGRESS | Told.CHECK_IN:
            how = ", ".join(filter(None, [_where(one.now, one.value, one.target), _sure(one.confidence)]))
            return f"{goal}: {how or 'it moved'}.{why}" if how or why else ""
        case Told.OWNER:
            return f"{one.about_name or spoken.LEFT} looks after {goal} now."
        case Told.KEPT:
            return f"{goal} was kept as it is.{why}" if why else ""
    return ""


def _made(one: "Moved", goal: str) -> str:
    if one.is_objective:
        return f"A new objective of the network: {goal}."
    who = one.person_name or spoken.LEFT
    return f"{who} shared a goal of their own: {goal}." if one.is_personal else f"A new goal of the network: {goal}."


_ASKED = {Told.ACHIEVED: "Who would notice, and what", Told.DROPPED: "What was learned"}
"""What was asked when the goal ended, as its form asks it."""


def _why(one: "Moved") -> str:
    """The words that went with it, with a space before; empty where there are none."""
    if not one.why:
        return ""
    asked = _ASKED.get(one.told)
    return f" {asked}: “{one.why}”" if asked else f" {one.person_name or spoken.LEFT}: “{one.why}”"


def _change(one: Change) -> str:
    label = spoken.LABELS.get(one.key, one.key)
    if not one.before:
        return f"{label} is now “{one.after}”"
    if not one.after:
        return f"{label} was “{one.before}” and is taken out"
    return f"{label} was “{one.before}” and is now “{one.after}”"


def _where(now: str, value: float | None, target: float | None) -> str:
    """Where it stands: "now 1, towards 2", "now half booked"; empty where nobody has said."""
    if not now:
        return ""
    towards = f", towards {target:g}" if target is not None and value is not None and now == f"{value:g}" else ""
    return f"now {now}{towards}"


def _sure(confidence: Confidence | None) -> str:
    return spoken.CONFIDENCE[confidence][2:].lower() if confidence else ""


def _standing(one: "Standing", last_on: date) -> Fact:
    """How an open goal stood when the period ended; "slipped" is in its key where its date had passed by then."""
    text = _stood(one, last_on)
    has_slipped = one.due_on is not None and one.due_on < last_on
    return Fact(
        key=f"goals:{one.goal_id}:{'slipped' if has_slipped else 'stands'}",
        network_id=one.network_id,
        section=Section.GOALS,
        text=text,
        on=last_on,
        audience=one.audience,
        stamp=stamp(text),
        person_id=one.owner_id,
        by=one.owner_name,
        since=one.due_on if has_slipped else None,
        opens=_opens(one.goal_id, one.title),
    )


def _stood(one: "Standing", last_on: date) -> str:
    how = ", ".join(filter(None, [_sure(one.confidence), _where(one.now, one.value, one.target)]))
    if one.is_objective:
        words = f"The network works towards “{one.title}”{f': {how}' if how else ''}."
    else:
        words = f"“{one.title}”: {how or 'nobody has said how it goes'}."
    if one.due_on is None:
        return words
    return f"{words} Its date {'was' if one.due_on < last_on else 'is'} {day(one.due_on)}."


def _reviewed(one: "Reviewed", on: date) -> Fact:
    told = list({goal_id: what for goal_id, what in one.told if what in summaries.OUTCOMES}.values())
    said = [f"{told.count(what)} {words}" for what, words in summaries.OUTCOMES.items() if what in told]
    goals = f"{counted(len(told), 'goal', 'goals')}: {listed(said)}" if told else "the goals"
    text = f"{one.leader_name or spoken.LEFT} looked with the network at {goals}."
    return Fact(
        key=f"goals:review-{one.review_id}:summary",
        network_id=one.network_id,
        section=Section.GOALS,
        text=text,
        on=on,
        audience=Audience.NETWORK,
        stamp=stamp(text),
        person_id=one.leader_id,
        by=one.leader_name,
        opens=Button("See what came of it", "goals.summary", str(one.review_id), about=day(on)),
    )
