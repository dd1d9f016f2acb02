"""Shows what was understood of a line about a goal, before it is kept; and asks which goal is meant."""

from collections.abc import Iterable, Sequence

from handlers.goals import forms, spoken
from handlers.goals.sentences import Said
from handlers.goals.views import GOALS
from handlers.kit.content import Bold, Button, Buttons, Facts, Form, Message, Quote, paragraph
from handlers.kit.text import shortened
from storage.goal_records import Goal

MOST = 8
"""Goals to choose from at once."""
LIKE = "type progress: with some words of the goal, a colon, and how it goes."
GONE = "That line is kept already, or it is too old. Type goals to see how your goals stand."


def which(line: str, goals: Sequence[Goal], sentence_id: int) -> Message:
    """Asks which of several goals a line is about; nothing is kept with a goal so far."""
    text = "Which goal is this about?"
    buttons = (Button(_name(place, one), "goals.meant", f"{one.id}.{sentence_id}") for place, one in _first(goals))
    return Message(text, (Quote(line), paragraph(_asking(text, goals)), Buttons(tuple(buttons))), (GOALS,))


def which_to_tell(goals: Sequence[Goal]) -> Message:
    """Asks which goal there is something to say of, where nothing was said yet."""
    text = "Which goal do you want to say something about?"
    buttons = (
        Button(_name(place, one), "goals.progress", str(one.id), opens_form=True) for place, one in _first(goals)
    )
    return Message(text, (paragraph(_asking(text, goals)), Buttons(tuple(buttons))), (GOALS,))


def _first(goals: Sequence[Goal]) -> Iterable[tuple[int, Goal]]:
    return enumerate(goals[:MOST], 1)


def _name(place: int, goal: Goal) -> str:
    return f"{place}. {shortened(goal.words.title, 66)}"


def _asking(text: str, goals: Sequence[Goal]) -> str:
    return text if len(goals) <= MOST else f"{text} If it is not here, {LIKE}"


def to_tell(goal: Goal) -> Message:
    """Where no form can open at once: the way to the form that says how the goal goes."""
    text = "How does it go?"
    say = Button("Say how it goes", "goals.progress", str(goal.id), opens_form=True)
    return Message(text, (paragraph(Bold(shortened(goal.words.title, 300))), paragraph(text)), (say, GOALS))


def stamp(goal: Goal) -> tuple[int, int]:
    """How the goal stands where a line about it is read back: what it says, and who can read it."""
    return goal.version, int(goal.audience)


def understood(goal: Goal, said: Said, sentence_id: int, *, others: bool, is_anew: bool = False) -> Message:
    """What was understood, and who would read it. `others`: it may be about another goal; `is_anew`: the goal has
    changed since it was read back before."""
    text = f"{'This goal has changed since then. ' if is_anew else ''}Is this right? It is not kept yet."
    at = f"{goal.id}.{sentence_id}"
    version, audience = stamp(goal)
    rows = (
        ("Where it is now", said.now or "Not said"),
        *((("The number", f"{said.number:g}"),) if said.number is not None else ()),
        ("How sure", spoken.CONFIDENCE[said.confidence] if said.confidence else "Not said"),
        ("Why", said.why or "Not said"),
    )
    buttons = (
        Button("Keep", "goals.said", f"{at}.{version}.{audience}", primary=True),
        Button("Change", "goals.say", at, opens_form=True),
        *((Button("Another goal", "goals.which", str(sentence_id)),) if others else ()),
    )
    title = paragraph(Bold(shortened(goal.words.title, 300)))
    return Message(text, (paragraph(text), title, Facts(rows), paragraph(forms.read_by(goal))), buttons)


def change(goal: Goal, said: Said, sentence_id: int) -> Form:
    """The form of how a goal goes, with what was understood."""
    return forms.told(goal, said.now, said.confidence or goal.confidence, said.why, f"{goal.id}.{sentence_id}")
