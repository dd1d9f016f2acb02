"""The forms of the joint session; each says who will read what is typed, and carries what was shown."""

from dataclasses import dataclass

from handlers.diagnostic import joint_views as shown
from handlers.diagnostic.items import Item, Sort, joined, levels_in
from handlers.diagnostic.session import Session
from handlers.kit.arguments import number
from handlers.kit.content import Choice, Form, Question
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Values
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import shortened
from prompts.review import UNSURE
from storage.records import QuestionKind

READERS = "The people of this review can read it, and whoever they let read the result."
TOO_LONG = "Together with the note that was kept meanwhile, this is too long. Please shorten yours."
LONGEST_GOAL = 300
LONGEST_NOTE = 1500
"""Two notes together fit into what a platform takes for one answer."""
LONGEST_BOTH = 3000
LONGEST_LABEL = 75


@dataclass(frozen=True, slots=True)
class At:
    """What a form on one question carries: which, what was kept when it was drawn (`base`), and what its sender has
    been told of since (`seen`)."""

    review_id: int
    key: str
    base: str = ""
    seen: str = ""

    def __str__(self) -> str:
        return f"{self.review_id}.{self.key}:{self.base}:{self.seen}"


def at(argument: str) -> At:
    """Reads it. Raises NotAllowed for what no form of ours carries."""
    own, *versions = argument.split(":")
    first, _, key = own.partition(".")
    review_id = number(first)
    if review_id is None or not key or len(versions) > 2:
        raise NotAllowed("a malformed button or form")
    return At(review_id, key, *versions)


def agree(session: Session, item: Item, carried: At) -> Form:
    """The form that keeps something for one question."""
    questions = {Sort.GOAL: _goal, Sort.LEVEL: _levels, Sort.AXIS: _axis}[item.sort](session, item)
    asks = "" if item.sort is Sort.GOAL else item.asks  # It is the label of its one question.
    intro = " ".join(filter(None, [asks, _answered(item), item.question, NO_PATIENTS]))
    title = "Agree on a sentence" if item.sort is Sort.GOAL else "What do you agree on?"
    return Form("diagnostic.agree", title, questions, str(carried), (intro,), "Keep")


def _answered(item: Item) -> str:
    return f"Answers: {shown.spread(item.answers)}." if item.sort is Sort.LEVEL and levels_in(item.answers) else ""


def _goal(session: Session, item: Item) -> tuple[Question, ...]:
    standing = item.agreed.value or None if item.agreed else None
    hint = f"One sentence that you all agree on. {READERS}"
    label = shortened(item.asks, LONGEST_LABEL)
    words = Question("words", label, QuestionKind.LONG_TEXT, True, hint, value=standing, max_length=LONGEST_GOAL)
    return (words,)


def _levels(session: Session, item: Item) -> tuple[Question, ...]:
    choices = tuple(Choice(value, shortened(f"{value}: {words}", LONGEST_LABEL)) for value, words in item.options)
    either = (*choices, Choice(shown.DIFFERS, shown.AS_DIFFERENT))
    now, hoped = (_value(one.value) if one else None for one in (item.agreed, item.hoped_agreed))
    later = "You can leave this out. Then the lowest of your hopes counts." if item.hoped else "You can leave this out."
    lower = "Where you see it differently, the lower view counts until you agree."
    return (
        Question("now", "Where are you now?", QuestionKind.CHOICE, True, lower, either, now),
        Question("hoped", "And in eighteen months?", QuestionKind.CHOICE, False, later, either, hoped),
        _note(item),
    )


def _axis(session: Session, item: Item) -> tuple[Question, ...]:
    choices = tuple(Choice(value, shortened(words, LONGEST_LABEL)) for value, words in item.options)
    either = (*choices, Choice(UNSURE, shown.NOT_SURE), Choice(shown.DIFFERS, shown.AS_DIFFERENT))
    value = _value(item.agreed.value) if item.agreed else None
    hint = "To see it differently is an answer too. It stays as it is."
    return (Question("now", "What fits best?", QuestionKind.CHOICE, True, hint, either, value), _note(item))


def _value(kept: str) -> str:
    return kept or shown.DIFFERS


def _note(item: Item) -> Question:
    note = item.agreed.note if item.agreed else ""
    most = LONGEST_BOTH if note else LONGEST_NOTE
    hint = f"What you want to remember of your talk. You can leave this out. {READERS}"
    return Question("note", "A note", QuestionKind.LONG_TEXT, hint=hint, value=note or None, max_length=most)


def kept_of(item: Item, values: Values) -> dict[str, str]:
    """By key, what a filled form keeps: "" where they see it differently."""
    said = {key: str(values.get(key, "")).strip() for key in ("words", "now", "hoped")}
    if item.sort is Sort.GOAL:
        return {item.key: said["words"]}
    kept = {item.key: _kept(said["now"])}
    if item.sort is Sort.LEVEL and said["hoped"]:
        kept[item.hoped_key] = _kept(said["hoped"])
    return kept


def stands(item: Item, values: Values) -> bool:
    """True where all that a filled form would keep is kept already, as when it was sent twice."""
    kept = {item.key: item.agreed, item.hoped_key: item.hoped_agreed}
    same = all((one := kept[key]) is not None and one.value == value for key, value in kept_of(item, values).items())
    return same and item.agreed is not None and str(values.get("note", "")).strip() in item.agreed.note


def note_of(item: Item, values: Values, *, is_told: bool) -> str:
    """The note that a filled form keeps. `is_told`: others kept something meanwhile, and their words stay beside."""
    mine, theirs = str(values.get("note", "")).strip(), item.agreed
    if theirs is None:
        return mine
    if item.sort is Sort.GOAL:
        is_other = is_told and theirs.value != str(values.get("words", "")).strip()
        return joined(theirs.value, theirs.note) if is_other else theirs.note
    return joined(mine, theirs.note) if is_told else mine


def _kept(value: str) -> str:
    return "" if value == shown.DIFFERS else value
