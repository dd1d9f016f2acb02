"""The forms of one-to-ones; each says who will read what is typed."""

from collections.abc import Sequence

from handlers.kit.content import Choice, Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import shortened
from handlers.kit.times import zone_in_words
from handlers.kit.whom import Candidate, question
from handlers.one_to_ones import rules
from handlers.one_to_ones.eyes import Eyes
from handlers.one_to_ones.views import WHO_KNOWS
from storage.one_to_one_records import OneToOne, Preparation, Words
from storage.records import QuestionKind

LONGEST_WORDS = 300
"""Characters of a place, of what it is about, and of an action."""
BOTH = "You both can read this."
ONLY_ME = "Only you can read this. Notes can’t be shared."
SHARED, PRIVATE = "shared", "private"


def suggest(eyes: Eyes, candidates: Sequence[Candidate], whom: str = "") -> Form:
    """The form that suggests a one-to-one: with whom, when, how long, where and what about."""
    typing = "Type the name of the person whom you want to meet."
    questions = (
        question("With whom?", candidates, typing, whom),
        _times(eyes),
        *_details(Words(rules.USUAL_LENGTH), "You can add this later."),
    )
    argument = whom
    return Form(
        "one_to_ones.suggest", "Suggest a one-to-one", questions, argument, (f"{WHO_KNOWS} {NO_PATIENTS}",), "Suggest"
    )


def again(eyes: Eyes, one: OneToOne, version: int | None = None) -> Form:
    """The form that suggests other times, for one that is agreed or not yet; drawn when it was at `version`, or now."""
    intro = f"I pass these times on to {eyes.name(one)}."
    if one.starts_at:
        intro = f"Until {eyes.name(one)} chooses, {eyes.when(one.starts_at, one)} stands."
    return Form("one_to_ones.again", "Other times", (_times(eyes),), _stamped(one, version), (intro,), "Suggest")


def details(one: OneToOne, version: int | None = None) -> Form:
    """The form that changes how long, where, and what it is about; drawn when it was at `version`, or now."""
    questions = _details(one.words, "A link or a place.")
    return Form("one_to_ones.details", "Change the details", questions, _stamped(one, version), (NO_PATIENTS,), "Keep")


def _stamped(one: OneToOne, version: int | None) -> str:
    """It carries which version was shown, so that nobody overwrites what they have not seen."""
    return f"{one.id}.{one.version if version is None else version}"


def _times(eyes: Eyes) -> Question:
    clock = f"Times are {zone_in_words(str(eyes.zone))} time."
    hint = f"One in a line, three at the most. For example: Tue 19 January 2pm. {clock} {BOTH}"
    return Question("times", "When could it be?", QuestionKind.LONG_TEXT, required=True, hint=hint, max_length=400)


def _details(words: Words, where: str) -> tuple[Question, ...]:
    lengths = tuple(Choice(str(one), f"{one} minutes") for one in rules.LENGTHS)
    text = QuestionKind.SHORT_TEXT
    in_calendar = f"{where} It stands in the calendar file. {BOTH}"
    return (
        Question(
            "minutes", "How long?", QuestionKind.CHOICE, required=True, choices=lengths, value=str(words.minutes)
        ),
        Question("place", "Where?", text, hint=in_calendar, value=words.place or None, max_length=LONGEST_WORDS),
        Question(
            "about", "What is it about?", text, hint=f"You can leave this out. {BOTH}", value=words.about or None,
            max_length=LONGEST_WORDS,
        ),
    )  # fmt: skip


def prepare(eyes: Eyes, one: OneToOne, standing: Preparation | None, version: int | None = None) -> Form:
    """The form of the coachee's preparation; nobody else reads it unless they choose so here."""
    name = eyes.name(one)
    questions = (
        Question(
            "useful", "What would make this useful?", QuestionKind.LONG_TEXT,
            hint="Only you can read this, unless you choose below to share it.",
            value=standing.text or None if standing else None,
        ),
        Question(
            "who", "Who can read it?", QuestionKind.CHOICE, required=True,
            choices=(Choice(PRIVATE, "Only me"), Choice(SHARED, f"{name} and me"[:75])),
            value=SHARED if standing and standing.is_shared else PRIVATE,
        ),
    )  # fmt: skip
    argument = f"{one.id}.{version_of(standing) if version is None else version}"
    return Form("one_to_ones.prepare", "Before you meet", questions, argument, (NO_PATIENTS,), "Keep")


def version_of(standing: Preparation | None) -> int:
    """How often the preparation was kept."""
    return standing.version if standing else 0


def note(eyes: Eyes, one: OneToOne) -> Form:
    """The form of a note for oneself."""
    label = f"Your note on talks with {eyes.name(one)}"
    asked = Question("text", label, QuestionKind.LONG_TEXT, required=True, hint=ONLY_ME)
    return Form("one_to_ones.note", "A note for me", (asked,), str(one.pair_id), (NO_PATIENTS,), "Keep")


def action(eyes: Eyes, one: OneToOne) -> Form:
    """The form of something that the two agreed to do."""
    name = one.other(eyes.me).name
    whose = [Choice("me", "Mine"), *([Choice("other", f"{name}’s"[:75])] if name else [])]
    questions = (
        Question(
            "text", "What did you agree to do?", QuestionKind.SHORT_TEXT, required=True, hint=BOTH,
            max_length=LONGEST_WORDS,
        ),
        Question("whose", "Whose is it?", QuestionKind.CHOICE, required=True, choices=tuple(whose)),
    )  # fmt: skip
    return Form("one_to_ones.action", "An agreed action", questions, str(one.pair_id), (NO_PATIENTS,), "Keep")


def words_in(values: dict[str, str]) -> Words:
    """What a form that fits says of how long, where and what about."""
    return Words(int(values["minutes"]), _line(values.get("place", "")), _line(values.get("about", "")))


def _line(text: str) -> str:
    return " ".join(text.split())


def meanwhile(eyes: Eyes, one: OneToOne) -> str:
    """Why a form waits: the other changed the same meanwhile. Says how it stands now."""
    if one.starts_at is None:
        times = "; ".join(eyes.when(each.at, one) for each in one.times)
        return f"This changed since you opened it. Now these times are suggested: {times}. Look, then send again."
    words = [("at", one.words.place), ("about", one.words.about)]
    said = "".join(f", {to} “{text}”" for to, text in words if text)
    stands = f"You meet on {eyes.when(one.starts_at, one)}, for {one.words.minutes} minutes{said}."
    return f"This changed since you opened it. {stands} Look, then send again."


def prepared_meanwhile(standing: Preparation | None) -> str:
    """Why the preparation waits: its writer changed it elsewhere meanwhile."""
    there = f"it says: “{shortened(standing.text, LONGEST_WORDS)}”" if standing and standing.text else "it is empty"
    return f"You changed this elsewhere. There {there}. To put this in its place, send again."
