"""What goals show in lists and after each act: records in, messages out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.goals import rules, spoken
from handlers.goals.rules import Missing, Need
from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, Table, paragraph, plain
from handlers.kit.text import counted, day, if_then, shortened
from storage.goal_records import Change, Goal, GoalState
from storage.records import Network

PAGE = 5
"""Goals on one page."""
ALL, MINE, CLOSED, NETWORK = 0, 1, 2, 3
"""The filters of the list."""
MOST_FILTERS = 5
"""Networks that the list can be narrowed to by button."""

CANNOT = "I cannot take this on"
GOALS = Button("All goals", "goals.list", "0.0.0")
NEW = Button("A new goal", "goals.new", opens_form=True)
NOT_READ = "You can no longer read this goal yourself."
HOW_TO = "Type new goal: and your goal, such as new goal: Two workshops by 30 June."
_ASKS = {
    Missing.MEASURE: "How will I know?",
    Missing.DATE: "By when?",
    Missing.STEP: "My first step",
    Missing.WHO: "Who else?",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list: the goals on it, and all that its filters need."""

    goals: Sequence[Goal]
    total: int
    page: int
    which: int
    network_id: int
    networks: dict[int, Network]
    person_id: int
    today_on: date
    now: datetime
    review_id: int = 0
    leads: bool = False


def listing(seen: Listed) -> Message:
    """A page of goals, what needs a look first, with a button to each."""
    title = f"{_title(seen)}: {counted(seen.total, 'goal', 'goals') if seen.total else 'no goals yet'}"
    body: list[Block] = [Heading(title)]
    if seen.total and seen.which != CLOSED:
        body.append(paragraph("What needs a look stands first."))
    for place, goal in enumerate(seen.goals, seen.page * PAGE + 1):
        body.extend(_line(place, goal, seen))
    if not seen.total:
        closed = "A goal stands here once it is achieved or let go."
        body.append(paragraph(closed if seen.which == CLOSED else HOW_TO))
    if others := tuple(_filters(seen)):
        body.append(Buttons(others))
    return Message(title, tuple(body), (*_turns(seen), NEW))


def _title(seen: Listed) -> str:
    if seen.which == NETWORK and seen.network_id in seen.networks:
        return seen.networks[seen.network_id].name
    return {MINE: "Your own", CLOSED: "Achieved or let go"}.get(seen.which, "Yours and your networks’")


def _line(place: int, goal: Goal, seen: Listed) -> Iterable[Block]:
    about = f"{place}. {shortened(goal.words.title, 60)}"
    kind = "Objective: " if goal.is_objective else ""
    yield paragraph(Bold(f"{kind}{shortened(goal.words.title, 200)}"), f"\n{_state(goal, seen)}")
    yield Buttons((Button("Open", "goals.show", str(goal.id), about=about),))


def _state(goal: Goal, seen: Listed) -> str:
    mine = spoken.whose(goal, seen.networks, seen.person_id)
    if goal.state is not GoalState.OPEN:
        closed_on = day((goal.closed_at or goal.moved_at).date())
        return f"{mine}. {spoken.STATES[goal.state]} on {closed_on}."
    need = rules.need(goal, seen.today_on, seen.now)
    how = f" {spoken.CONFIDENCE[goal.confidence]}." if goal.confidence else ""
    due = f" By {day(goal.words.due_on)}." if goal.words.due_on and need is not Need.PAST else ""
    reason = spoken.why(need, goal, seen.today_on, seen.now)
    return f"{mine}.{how}{due} {reason}".strip()


def _filters(seen: Listed) -> Iterable[Button]:
    others = [
        (ALL, 0, "All"),
        (MINE, 0, "Only mine"),
        *((NETWORK, one.id, shortened(one.name, 40)) for one in list(seen.networks.values())[:MOST_FILTERS]),
        (CLOSED, 0, "Achieved or let go"),
    ]
    for which, network_id, label in others:
        if (which, network_id) != (seen.which, seen.network_id):
            yield Button(label, "goals.list", f"{which}.{network_id}.0")
    if seen.leads and seen.total:
        yield Button("Look at each in turn", "goals.review", str(seen.network_id))
    if seen.review_id:
        yield Button("The last review", "goals.summary", str(seen.review_id))


def _turns(seen: Listed) -> Iterable[Button]:
    of = f"{seen.which}.{seen.network_id}"
    if seen.page:
        yield Button("Back", "goals.list", f"{of}.{seen.page - 1}")
    if (seen.page + 1) * PAGE < seen.total:
        yield Button("More", "goals.list", f"{of}.{seen.page + 1}")


def kept(goal: Goal, about_date: str, networks: Sequence[Network]) -> Message:
    """A goal is kept: the date read back, who can read it, and what may be asked."""
    due = f" The date is {spoken.by_when(goal.words.due_on)}." if goal.words.due_on else ""
    what = "objective" if goal.is_objective else "goal"
    text = f"Your {what} is kept.{due} {_read_by(goal)}"
    body: list[Block] = [paragraph(Bold(shortened(goal.words.title, rules.LONGEST))), paragraph(text)]
    if about_date:
        body.append(paragraph(f"{about_date} You can set one with Change."))
    if networks:
        body.append(paragraph("Whose goal is it? If it is a network’s, everyone in that network can read it."))
        mine = Button("It is mine", "goals.mine", str(goal.id))
        body.append(Buttons((mine, *(_give(goal, one) for one in networks))))
    return Message(f"{text} {about_date}".strip(), (*body, *_offer(goal)), _actions(goal))


def _give(goal: Goal, network: Network) -> Button:
    return Button(shortened(network.name, 70), "goals.give", f"{goal.id}.{network.id}")


def _read_by(goal: Goal) -> str:
    everyone = "Everyone in the network can read it."
    return "Only you can read it." if goal.is_personal else everyone


def _offer(goal: Goal, left: int = rules.MOST_ASKED, after: int = 0) -> Iterable[Block]:
    asked = rules.to_ask(goal.words, left, after)
    if asked:
        text = "One question may make it sharper." if len(asked) == 1 else "Two questions may make it sharper."
        yield paragraph(f"{text} You can skip {'it' if len(asked) == 1 else 'them'}.")
        buttons = (
            Button(_ASKS[one], "goals.sharpen", f"{goal.id}.{int(one)}.{left - place}", opens_form=True)
            for place, one in enumerate(asked)
        )
        yield Buttons(tuple(buttons))


def sharpened(goal: Goal, which: Missing, left: int) -> Message:
    """The answer to a sharpening question is kept; the next is offered, if there is one."""
    said = {
        Missing.MEASURE: f"You will know by this: {goal.words.measure}",
        Missing.DATE: f"The date is {spoken.by_when(goal.words.due_on)}." if goal.words.due_on else "",
        Missing.STEP: if_then(goal.words.step_when, goal.words.step_then),
        Missing.WHO: f"Who else: {goal.words.with_whom}",
    }
    body = [paragraph("That is kept."), paragraph(shortened(said[which], 1000))]
    return Message("That is kept.", (*body, *_offer(goal, left - 1, int(which))), _actions(goal))


def _actions(goal: Goal) -> tuple[Button, ...]:
    own = str(goal.id)
    return (
        Button("Open the goal", "goals.show", own),
        Button("Change", "goals.edit", own, opens_form=True),
        Button("Who can read it", "goals.audience", own, opens_form=True),
    )


def whose(goal: Goal, networks: Sequence[Network]) -> Message:
    """Asks whose one's own goal shall be."""
    text = "Whose goal is it? If it is a network’s, everyone in that network can read it and its story."
    mine = Button("It is mine", "goals.mine", str(goal.id))
    body = (paragraph(Bold(shortened(goal.words.title, rules.LONGEST))), paragraph(text))
    return Message(text, body, (mine, *(_give(goal, one) for one in networks)))


def given(goal: Goal, network: Network) -> Message:
    """The goal is the network's now."""
    what = "an objective" if goal.is_objective else "a goal"
    text = f"It is {what} of {network.name} now. Everyone in the network can read it."
    body = (paragraph(Bold(shortened(goal.words.title, rules.LONGEST))), paragraph(text))
    return Message(text, (*body, *_offer(goal)), _actions(goal))


def stays_mine(goal: Goal) -> Message:
    """The goal stays its author's own."""
    text = "It is yours, and only you can read it."
    body = (paragraph(Bold(shortened(goal.words.title, rules.LONGEST))), paragraph(text))
    return Message(text, (*body, *_offer(goal)), _actions(goal))


def how_to() -> Message:
    """Where no form can open at once: how to begin."""
    return plain(f"What do you want to reach? {HOW_TO}", NEW, GOALS)


def which_network(networks: Sequence[Network], goal: Goal, about_date: str) -> Message:
    """Asks for which network an objective is, with what is to be said about its date."""
    text = "Which network is this objective for? Everyone in that network will be able to read it."
    body: list[Block] = [paragraph(Bold(shortened(goal.words.title, rules.LONGEST)))]
    if goal.words.due_on:
        body.append(paragraph(f"The date is {spoken.by_when(goal.words.due_on)}."))
    if about_date:
        body.append(paragraph(f"{about_date} You can set one afterwards."))
    return Message(text, (*body, paragraph(text)), tuple(_give(goal, one) for one in networks))


def saved(text: str, goal: Goal) -> Message:
    """One sentence that says what is kept, with the way to the goal."""
    return plain(text, Button("Open the goal", "goals.show", str(goal.id)), GOALS)


def changed(goal: Goal, changes: Sequence[Change]) -> Message:
    """Old and new, side by side."""
    text = "Your change is kept. This is what was there, and what is there now."
    rows = tuple(
        (spoken.LABELS[one.key], shortened(one.before, 300) or "–", shortened(one.after, 300) or "–") for one in changes
    )
    table = Table(f"“{shortened(goal.words.title, 100)}”", ("What", "Before", "Now"), rows)
    return Message("Your change is kept.", (paragraph(text), table), (_actions(goal)[0], GOALS))


NOTHING_CHANGED = "Nothing has changed."


def audience_kept(goal: Goal | None, before: Goal, person_id: int) -> Message:
    """Says who can read the goal now; `goal` None: no longer whoever narrowed it."""
    if goal is None:
        return plain(f"That is saved. {NOT_READ}", GOALS)
    what = shortened(before.words.title, 200)
    return saved(f"That is saved. Who can read “{what}” now: {spoken.readers(goal, person_id)}.", goal)
