"""A goal's own page, and its story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.goals import rules, spoken
from handlers.goals.views import CANNOT, GOALS
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Chart,
    Facts,
    Heading,
    Message,
    Quote,
    pages,
    paragraph,
)
from handlers.kit.text import day, if_then, listed, short_day, shortened
from storage.goal_records import Confidence, Entry, Goal, GoalReader, GoalState, GoalWords, Told
from storage.records import Network, Person

NEWEST = 3
"""Lines of the story on the goal's page."""
STORY = 6
"""Lines of the story on one of its own pages."""
POINTS = 12
"""Numbers in the chart, the newest."""
UNDER = 8
"""Goals that an objective's page names one by one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A goal and what stands on its page, for one reader, with all times on the reader's own clock.

    `given_by`: who handed it to the reader, who may still hand it back.
    """

    goal: Goal
    reader: GoalReader
    person: Person
    networks: dict[int, Network]
    story: Sequence[Entry]
    numbers: Sequence[tuple[date, float]]
    today_on: date
    now: datetime
    objective: Goal | None = None
    under: Sequence[Goal] = ()
    said: str = ""
    given_by: str = ""

    @property
    def may_change(self) -> bool:
        """True if the reader may change the goal."""
        return rules.may_change(self.goal, self.person, self.reader)

    @property
    def may_update(self) -> bool:
        """True if the reader may say how it goes."""
        return rules.may_update(self.goal, self.person, self.reader)


def page(seen: Page) -> Message:
    """The goal: what it says, how it goes, its numbers, its story, and what one can do."""
    goal = seen.goal
    title = f"{'Objective: ' if goal.is_objective else ''}{goal.words.title}"
    body: list[Block] = [paragraph(seen.said)] if seen.said else []
    body += [Heading(shortened(title, 140)), *([Quote(title)] if len(title) > 140 else [])]
    body.append(Facts(tuple(_facts(seen))))
    if goal.is_objective:
        body.extend(_under(seen))
    body.extend(_chart(seen))
    body.append(Heading("Its story, newest first"))
    for entry in seen.story[:NEWEST]:
        body.extend(told(entry, seen.person.id))
    if goal.state is GoalState.OPEN and seen.may_update:
        body += [paragraph("How sure are you just now?"), Buttons(tuple(_sure(goal)))]
    return Message(seen.said or shortened(title, 140), tuple(body), tuple(_actions(seen)))


def _facts(seen: Page) -> Iterable[tuple[str, str]]:
    goal, words, me = seen.goal, seen.goal.words, seen.person.id
    yield "Whose goal", spoken.whose(goal, seen.networks, me)
    if not goal.is_personal:
        yield "Who looks after it", spoken.owner(goal, me)
    if goal.state is not GoalState.OPEN:
        yield "State", f"{spoken.STATES[goal.state]} on {day((goal.closed_at or goal.moved_at).date())}"
    if words.due_on:
        past = ", a day that has passed" if words.due_on < seen.today_on and goal.state is GoalState.OPEN else ""
        yield "By", f"{spoken.by_when(words.due_on)}{past}"
    yield "How sure", spoken.CONFIDENCE[goal.confidence] if goal.confidence else spoken.NOT_SAID
    if where := spoken.stands(goal):
        yield "Where it is now", where
    elif words.target is not None:
        yield "The number to reach", f"{words.target:g}"
    yield from _plan(words)
    if goal.helpers:
        there = any(one == me for one, _ in goal.helpers)
        yield "Who helps", listed([*["You"] * there, *(name for one, name in goal.helpers if one != me)])
    if seen.objective:
        yield "It serves", seen.objective.words.title
    yield "Who can read it", spoken.readers(goal, me)


def _plan(words: GoalWords) -> Iterable[tuple[str, str]]:
    if words.measure:
        yield "How we will know", words.measure
    if step := if_then(words.step_when, words.step_then):
        yield "Next step", step
    if words.with_whom:
        yield "Who else", words.with_whom


def _under(seen: Page) -> Iterable[Block]:
    yield Heading("Goals under it that you may read")
    yield paragraph(spoken.rolled_up(rules.roll_up(seen.under, seen.now, seen.today_on), seen.now))
    going = [one for one in seen.under if one.state is GoalState.OPEN]
    first = rules.by_need(going, seen.today_on, seen.now)[:UNDER]
    if first:
        names = {one.id: f"{place}. {shortened(one.words.title, 66)}" for place, one in enumerate(first, 1)}
        yield Buttons(tuple(Button(name, "goals.show", str(goal_id)) for goal_id, name in names.items()))
    if len(going) > UNDER:
        yield paragraph(f"{len(going) - UNDER} more stand in the list of goals.")


def _chart(seen: Page) -> Iterable[Block]:
    latest = {short_day(on): value for on, value in seen.numbers}
    points = list(latest.items())[-POINTS:]
    if len(points) < 2:
        return
    values = [value for _, value in points]
    target = seen.goal.words.target
    ends = [*values, 0.0, *([target] if target is not None else [])]
    aim = f" You aim for {target:g}." if target is not None else ""
    yield Chart(
        title="The number over time",
        summary=f"It was {values[0]:g} on {points[0][0]}, and is {values[-1]:g} on {points[-1][0]}.{aim}",
        categories=tuple(name for name, _ in points),
        values=tuple(values),
        series="Number",
        low=min(ends),
        high=max(ends),
        along="Date",
    )


def told(entry: Entry, person_id: int) -> Iterable[Block]:
    """One line of a story: when, who, what and why."""
    who = "You" if entry.person_id == person_id else entry.person_name or spoken.LEFT
    how = [entry.now, spoken.CONFIDENCE[entry.confidence] if entry.confidence else ""]
    stands = f"\n{', '.join(filter(None, how))}." if any(how) else ""
    yield paragraph(Bold(day(entry.at.date())), f"\n{who} {_what(entry, person_id)}.{stands}")
    for one in entry.changes:
        before, after = (f"“{shortened(text, 300)}”" if text else "empty" for text in (one.before, one.after))
        yield paragraph(
            Bold(spoken.LABELS[one.key]), f"\nBefore: {before}\nNow: {after}" if one.before else f": {after}"
        )
    if entry.why:
        yield Quote(entry.why)


def _what(entry: Entry, person_id: int) -> str:
    about = "you" if entry.about_id == person_id else entry.about_name or "someone who has left"
    checkin = f"a check-in of the week of {day(entry.checkin_on)}" if entry.checkin_on else "a check-in"
    return {
        Told.MADE: "wrote this goal",
        Told.CHANGED: "changed it",
        Told.PROGRESS: "said how it goes",
        Told.CHECK_IN: f"said that it moved, in {checkin}",
        Told.OWNER: "took it on" if entry.person_id == entry.about_id else f"handed it to {about}",
        Told.HELPER: "joined to help",
        Told.LEFT: "helps no longer",
        Told.KEPT: "kept it in a review",
        Told.ACHIEVED: "said that it is achieved",
        Told.DROPPED: "let it go",
        Told.REOPENED: "took it up again",
    }[entry.told]


def _sure(goal: Goal) -> Iterable[Button]:
    about = shortened(goal.words.title, 60)
    for one in Confidence:
        yield Button(spoken.CONFIDENCE[one], "goals.sure", f"{goal.id}.{list(Confidence).index(one)}", about=about)
    yield Button("Say more", "goals.progress", str(goal.id), opens_form=True, about=about)


def _actions(seen: Page) -> Iterable[Button]:
    goal, own = seen.goal, str(seen.goal.id)
    if goal.state is GoalState.OPEN and seen.may_change:
        yield Button("Change", "goals.edit", own, opens_form=True)
        yield Button("It is achieved", "goals.achieved", own, opens_form=True)
        yield Button("Let it go", "goals.dropped", own, opens_form=True)
    if goal.state is not GoalState.OPEN and seen.may_change:
        yield Button("Take it up again", "goals.reopen", own)
    if seen.may_change:
        yield Button("Who can read it", "goals.audience", own, opens_form=True)
    yield from _hands(seen)
    yield Button("Its whole story", "goals.story", f"{own}.0")
    yield GOALS


def _hands(seen: Page) -> Iterable[Button]:
    """Who looks after it and who helps."""
    goal, own = seen.goal, str(seen.goal.id)
    if goal.state is not GoalState.OPEN:
        return
    if goal.is_personal and seen.may_change and seen.reader.tiers:
        yield Button("Make it a network’s", "goals.offer", own)
    if not goal.is_personal and seen.may_change:
        yield Button("Hand it over", "goals.owner", own, opens_form=True)
    if seen.given_by:
        yield Button(CANNOT, "goals.decline", own)
    if rules.may_take_on(goal, seen.reader):
        yield Button("I take it on", "goals.take", own)
    elif any(helper_id == seen.person.id for helper_id, _ in goal.helpers):
        yield Button("I no longer help", "goals.leave", own)
    elif rules.may_help(goal, seen.person, seen.reader):
        yield Button("I will help", "goals.help", own)


def story(goal: Goal, entries: Sequence[Entry], turn: int, total: int, person_id: int) -> Message:
    """A page of the goal's story."""
    title = f"The story of “{shortened(goal.words.title, 100)}”"
    body: list[Block] = [Heading(title)]
    for entry in entries:
        body.extend(told(entry, person_id))
    turns = pages("goals.story", turn, total, STORY, f"{goal.id}.")
    return Message(title, tuple(body), (*turns, Button("Open the goal", "goals.show", str(goal.id)), GOALS))
