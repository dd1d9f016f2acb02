"""Shows what is kept of the talks of two people: one's own notes, and what both agreed to do."""

from collections.abc import Sequence
from datetime import date

from handlers.kit.content import Block, Button, Buttons, Message, Quote, pages, paragraph, plain
from handlers.kit.text import day, shortened
from handlers.one_to_ones.eyes import Eyes
from storage.one_to_one_records import Action, Note, OneToOne

PAGE = 5
"""Notes, or actions, on one page."""
LONGEST_ABOUT = 40
IS_GOAL = "This is one of your goals already. Type goals to see it."


def prepared(eyes: Eyes, one: OneToOne, *, is_shared: bool, is_empty: bool) -> str:
    """Says that a preparation is kept, and who can read it."""
    if is_empty:
        return "Your preparation is empty now."
    return f"It is kept. You and {eyes.name(one)} can read it." if is_shared else "It is kept. Only you can read it."


def notes(eyes: Eyes, one: OneToOne, dated: Sequence[tuple[Note, date]], page: int, total: int) -> Message:
    """A page of one's own notes, newest first, each with its date."""
    opening = f"Your notes on talks with {eyes.name(one)}. Only you can read them, and they can’t be shared."
    body: list[Block] = [paragraph(opening)]
    if not total:
        body.append(paragraph("There is nothing here yet."))
    for note, on in dated:
        about = f"note of {day(on)}: {shortened(note.text, LONGEST_ABOUT)}"
        sure = "Delete this note for good?"
        delete = Button(
            "Delete", "one_to_ones.unnote", f"{one.pair_id}.{note.id}", danger=True, confirm=sure, about=about
        )
        body += [paragraph(day(on)), Quote(note.text), Buttons((delete,))]
    add = Button("Add a note", "one_to_ones.note", str(one.pair_id), opens_form=True, primary=True)
    turn = pages("one_to_ones.notes", page, total, PAGE, f"{one.pair_id}.")
    return Message(opening, tuple(body), (add, *turn, _back(one)))


def actions(
    eyes: Eyes, one: OneToOne, found: Sequence[Action], page: int = 0, total: int = 0, *, may_be_goal: bool
) -> Message:
    """A page of what the two agreed to do, `total` in all. `may_be_goal`: somebody keeps goals."""
    opening = f"What you and {eyes.name(one)} agreed to do. You both can read this, and nobody else."
    body: list[Block] = [paragraph(opening)]
    if not found:
        body.append(paragraph("There is nothing here yet."))
    for action in found:
        body += [paragraph(_whose(eyes, action)), Quote(action.text), _action_buttons(eyes, one, action, may_be_goal)]
    add = Button("Add an action", "one_to_ones.action", str(one.pair_id), opens_form=True, primary=True)
    turn = pages("one_to_ones.actions", page, total, PAGE, f"{one.pair_id}.")
    return Message(opening, tuple(body), (add, *turn, _back(one)))


def _whose(eyes: Eyes, action: Action) -> str:
    whose = "Yours" if action.owner_id == eyes.me else f"{action.owner_name}’s" if action.owner_name else "Nobody’s now"
    goal = ", and one of your goals" if action.goal_at and action.owner_id == eyes.me else ""
    return f"{whose}{goal}{': done' if action.done_at else ''}"


def _action_buttons(eyes: Eyes, one: OneToOne, action: Action, goals: bool) -> Buttons:
    own, about = f"{one.pair_id}.{action.id}", shortened(action.text, LONGEST_ABOUT)
    goal = Button("Make it a goal", "one_to_ones.goal", own, about=about)
    sure = "Take this out for both of you?"
    offers = goals and not action.goal_at and not action.done_at and may_be_goal(eyes, one, action)
    return Buttons(
        (
            *((goal,) if offers else ()),
            Button("Not done yet" if action.done_at else "Done", "one_to_ones.done", own, about=about),
            Button("Take it out", "one_to_ones.drop", own, danger=True, confirm=sure, about=about),
        )
    )


def may_be_goal(eyes: Eyes, one: OneToOne, action: Action) -> bool:
    """True if the person may make a goal of it: they are the coachee, and it is theirs."""
    return one.is_coachee(eyes.me) and action.owner_id == eyes.me


def goal_made(said: Sequence[str], one: OneToOne) -> Message:
    """Says what came of an action that should be a goal."""
    text = " ".join(said) or "Your action is passed on as a goal. Type goals to see it."
    return plain(text, Button("Agreed actions", "one_to_ones.actions", str(one.pair_id)))


def _back(one: OneToOne) -> Button:
    return Button("Back", "one_to_ones.open", str(one.id))
