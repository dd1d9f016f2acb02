"""The page of a plan: where the network is, what is next, what waits, when it is looked at next, and all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit import audience
from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, Quote, paragraph
from handlers.kit.text import counted, day, shortened
from handlers.plan import lines, months, standing
from prompts.plan.words import Words
from storage.plan_records import Plan, PlanItem, PlanPoint, PlanState
from storage.records import Network


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a plan shows. `today_on`: of a plan that is over, the day on which it ended. `runs`: whoever
    reads it may change it. `older`: the network has plans before."""

    network: Network
    plan: Plan
    words: Words
    today_on: date
    runs: bool
    older: bool = False

    @property
    def changes(self) -> bool:
        """True where the plan can be changed from its page."""
        return self.runs and self.plan.state is PlanState.CURRENT


def ours(network: Network, label: str = "Our plan") -> Button:
    """The way to the plan."""
    return Button(label, "plan.show", str(network.id))


def page(seen: Page, said: str = "") -> Message:
    """The plan as it stands; `said` is what has just been kept."""
    plan, title = seen.plan, f"The plan of {seen.network.name}"
    body: list[Block] = [paragraph(said)] if said else []
    body += [Heading(title), paragraph(Bold(lines.where_now(plan, seen.today_on)), f" {_read_by(plan)}")]
    body.extend(_items(seen))
    body.extend(_next_point(seen))
    body.append(lines.timeline(plan, seen.today_on))
    body.extend(_hidden(plan))
    return Message(said or f"{title}. {lines.where_now(plan, seen.today_on)}", tuple(body), tuple(_actions(seen)))


def _read_by(plan: Plan) -> str:
    return f"Who can read it: {audience.WORDS[plan.audience].lower()}."


def _items(seen: Page) -> Iterable[Block]:
    """What is next, what waits, what comes later, and what was taken out."""
    plan, today_on = seen.plan, seen.today_on
    following = standing.next_item(plan, today_on)
    late = standing.slipped(plan, today_on)
    later = [one for one in standing.open_items(plan) if one not in late and one != following]
    gone = [one for one in plan.items if one.left_on is not None] if seen.changes else []
    for heading, items in (
        ("What is next", [following] if following else []),
        ("Not done yet", late),
        ("Later", later),
        ("Taken out", standing.by_month(gone)),
    ):
        if items:
            yield Heading(heading)
        for one in items:
            yield from _item(one, seen)
    if not following and not late:
        yield paragraph(
            "Nothing is waiting to be done." if plan.items or plan.hidden else "Nothing is in the plan yet."
        )


def _item(item: PlanItem, seen: Page) -> Iterable[Block]:
    yield paragraph(Bold(item.title))
    yield from (paragraph(one) for one in lines.told(item, seen.today_on, seen.words, runs=seen.changes))
    if buttons := tuple(_of_item(item, seen)):
        yield Buttons(buttons)


def _of_item(item: PlanItem, seen: Page) -> Iterable[Button]:
    about, own = shortened(item.title, 60), f"{item.plan_id}.{item.id}"
    if item.objective_id is not None:
        yield Button("Open", "goals.show", str(item.objective_id), about=about)
    if seen.changes and standing.is_open(item):
        yield Button("Change", "plan.change", own, opens_form=True, about=about)
        yield Button("Take out", "plan.leave", own, about=about)
    if seen.changes and item.left_on is not None:
        yield Button("Put it back", "plan.back", own, about=about)


def _next_point(seen: Page) -> Iterable[Block]:
    one = standing.next_point(seen.plan)
    if one is None or seen.plan.state is not PlanState.CURRENT:
        return
    yield Heading("Review points")
    is_past = one.on < seen.today_on
    text = f"The next was planned for {day(one.on)}." if is_past else f"The next is on {day(one.on)}."
    first = f" It was first on {day(one.first_on)}." if one.on != one.first_on else ""
    invited = seen.words.invitation(one.month) if seen.changes and standing.is_soon(one, seen.today_on) else ""
    yield paragraph(f"{text}{first}")
    if invited:
        yield paragraph(invited)
    buttons = _of_point(one) if seen.changes else ()
    yield Buttons((*buttons, Button("All review points", "plan.points", str(seen.plan.id))))


def _of_point(one: PlanPoint) -> tuple[Button, ...]:
    own, about = f"{one.plan_id}.{one.month}", f"month {one.month}"
    held = Button("Change the note" if one.held_on else "We held it", "plan.hold", own, opens_form=True, about=about)
    if one.held_on:
        return (held,)
    return held, Button("Move it", "plan.move", own, opens_form=True, about=about)


def _hidden(plan: Plan) -> Iterable[Block]:
    if plan.hidden:
        shown = "so it is" if plan.hidden == 1 else "so they are"
        yield paragraph(f"{counted(plan.hidden, 'item is', 'items are')} for fewer readers, {shown} not shown here.")


def _actions(seen: Page) -> Iterable[Button]:
    plan, own = seen.plan, str(seen.plan.id)
    if seen.changes:
        month = months.month_number(plan.began_on, seen.today_on)
        yield Button("Add an item", "plan.propose", str(plan.network_id), primary=not plan.items)
        if month >= months.LENGTH:
            yield Button("Look back, and end it", "plan.end", own, opens_form=True, primary=True)
        yield Button("Make a new plan", "plan.again", own, opens_form=True)
        yield _readers(plan)
        if month < months.LENGTH:
            yield Button("End this plan", "plan.end", own, opens_form=True)
    if seen.older:
        yield Button("Older plans", "plan.older", str(plan.network_id))
    yield Button("As a Word file", "plan.word", own)
    yield Button("As a table", "plan.csv", own)


def points(seen: Page, said: str = "") -> Message:
    """All review points of a plan, with what came of each."""
    title = f"Review points of {seen.network.name}"
    body: list[Block] = [paragraph(said)] if said else []
    body.append(Heading(title))
    for one in sorted(seen.plan.points, key=lambda one: (one.on, one.month)):
        body.append(paragraph(lines.point(one)))
        if one.note:
            body.append(Quote(one.note))
        if seen.changes:
            body.append(Buttons(_of_point(one)))
    return Message(said or title, tuple(body), (ours(seen.network),))


def held(seen: Page, one: PlanPoint, *, again: bool) -> Message:
    """A review point was held: what can follow from it. `again`: it is time to do the review again."""
    text = f"Kept: the review point of month {one.month} was held. {audience.SENTENCES[seen.plan.audience]}"
    said, more = [text], list[Button]()
    if one.month == months.LENGTH:
        said.append("This was the last review point. You can look back now, and end the plan.")
        more.append(Button("Look back, and end it", "plan.end", str(seen.plan.id), opens_form=True, primary=True))
    if again:
        said.append("You can do the review again, and see what is different.")
        more.append(Button("Do the review again", "diagnostic.new", str(seen.network.id)))
    return Message(text, tuple(map(paragraph, said)), (*more, ours(seen.network)))


def older(network: Network, plans: Sequence[Plan]) -> Message:
    """The network's plans that are over, the newest first."""
    title = f"Older plans of {network.name}"
    body: list[Block] = [Heading(title)]
    for one in plans:
        body.append(paragraph(Bold(f"Plan {one.number}"), f" {_days(one)}"))
        body.append(Buttons((Button("Read it", "plan.old", str(one.id), about=f"plan {one.number}"),)))
    if not plans:
        body.append(paragraph("There is none that you can read."))
    return Message(title, tuple(body), (ours(network),))


def _days(plan: Plan) -> str:
    """When a plan began, and what became of it."""
    began = f"It began on {day(plan.began_on)}."
    if plan.closed_at is None:
        return began
    became = "It came to its end" if plan.state is PlanState.ENDED else "A new plan took its place"
    return f"{began} {became} on {day(plan.closed_at.date())}."


def old(seen: Page, following: Plan | None, said: str = "") -> Message:
    """A plan that is over, as it stood; `following`: the plan that took its place."""
    plan, title = seen.plan, f"Plan {seen.plan.number} of {seen.network.name}"
    body: list[Block] = [paragraph(said)] if said else []
    body += [Heading(title), paragraph(f"{_days(plan)} {_read_by(plan)}")]
    if following is not None and following.why:
        body += [paragraph("Why there is a new one:"), Quote(following.why)]
    if plan.end is not None:
        body.extend(_end(plan))
    for one in standing.by_month(plan.items):
        body.extend(_item(one, seen))
    body.append(lines.timeline(plan, seen.today_on))
    for point in plan.points:
        if point.note:
            body += [paragraph(lines.point(point)), Quote(point.note)]
    body.extend(_hidden(plan))
    files = (Button("As a Word file", "plan.word", str(plan.id)), Button("As a table", "plan.csv", str(plan.id)))
    readers = (_readers(plan),) if seen.runs else ()
    update = (_final_update(plan),) if seen.runs and plan.state is PlanState.ENDED else ()
    return Message(said or title, tuple(body), (ours(seen.network, "The plan now"), *update, *readers, *files))


def _readers(plan: Plan) -> Button:
    return Button("Who can read this", "plan.audience", str(plan.id), opens_form=True)


def _final_update(plan: Plan, *, primary: bool = False) -> Button:
    return Button("Draft the final update", "updates.final", str(plan.id), opens_form=True, primary=primary)


def _end(plan: Plan) -> Iterable[Block]:
    if plan.end is None:
        return
    by = plan.end.by_name or "someone who has left"
    yield Heading("What came of it")
    for label, words in lines.end(plan.end):
        yield paragraph(Bold(label))
        yield Quote(words)
    yield paragraph(f"Written by {by}.")


def ended(network: Network, plan: Plan) -> Message:
    """The end review is kept: what follows."""
    text = f"The plan of {network.name} has come to its end. What you wrote stays to be read."
    read = Button("Read it", "plan.old", str(plan.id))
    return Message(text, (paragraph(text),), (_final_update(plan, primary=True), read, ours(network)))
