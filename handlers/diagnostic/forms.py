"""The forms of a review: its seven parts, and whom to ask; each part says who will see what is answered there."""

from collections.abc import Mapping, Sequence

from handlers.diagnostic import rules
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.rules import ASKED, GOALS, KIND, PARTS, Part
from handlers.kit.content import Choice, Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import counted, listed, shortened
from handlers.kit.whom import LONGEST_LABEL, MOST_CHOICES, Candidate
from prompts.kinds import Axis, Kind
from prompts.review import UNSURE, Bank
from storage.records import QuestionKind
from storage.review_records import ReviewState

LONGEST_WORDS = 1000
"""Characters of each of the two answers in people's own words."""
MOST_NAMED = 6
"""People who are named in one sentence."""
LEAVE_OUT = "You can leave this out."
TYPE_NAMES = "Type the names, one in a line."
HOPED = "What do you hope for in 18 months?"


def part(
    gathered: Gathering, which: Part, answers: Mapping[str, str], bank: Bank, kind: Kind, drawn: int | None = None
) -> Form:
    """The form of a part with what stands in it; `drawn`: the stamp of what stood there when it was first shown."""
    stamp = rules.stamp(which, answers, bank) if drawn is None else drawn
    questions = _goals() if which is GOALS else _kind(bank) if which is KIND else _levels(which, bank, kind)
    form = Form(
        "diagnostic.answer",
        f"Part {which.number} of {len(PARTS)}",
        tuple(questions),
        f"{gathered.review.id}.{which.number}.{stamp}",
        (f"{_about(which)} {who_sees(gathered)}",),
        "Keep",
    )
    return form.filled({key: value for key, value in answers.items() if value})


def _about(which: Part) -> str:
    if which is GOALS:
        return f"What the network is for. {NO_PATIENTS}"
    if which is KIND:
        return "What kind of network it is. “Not sure” is a good answer too."
    title = which.title.capitalize()
    return f"{title}. Choose what fits best now, and what you hope for."


def who_sees(gathered: Gathering) -> str:
    """Who will see the answers, when and how: said before anything is answered."""
    when = "once the joint session begins" if gathered.review.state is ReviewState.OPEN else "now"
    sees = f"The people in this review see your answers {when}, without your name."
    names = [shortened(one, 60) for one in gathered.others]
    if not names:
        return f"{sees} So far you are the only one in it."
    more = len(names) - MOST_NAMED
    shown = ["you", *names[:MOST_NAMED], *([counted(more, "other", "others")] if more > 0 else [])]
    later = "Whoever joins later sees them too, and nobody else."
    return f"{sees} So far they are {listed(shown)}. {_guess(gathered)} {later}"


def _guess(gathered: Gathering) -> str:
    if gathered.review.state is ReviewState.JOINT and not gathered.has_finished:
        return "They know the answers so far, so they can tell which are yours."
    small = len(gathered.others) + 1 < rules.SMALL
    return f"{'In so small a group they' if small else 'They'} may guess who said what."


def _goals() -> list[Question]:
    return [
        Question(key, label, QuestionKind.LONG_TEXT, hint=LEAVE_OUT, max_length=LONGEST_WORDS)
        for key, label in ASKED.items()
    ]


def _kind(bank: Bank) -> list[Question]:
    return [_situation(axis, bank) for axis in Axis]


def _situation(axis: Axis, bank: Bank) -> Question:
    asked = bank.situation(axis)
    choices = tuple(Choice(value, words) for value, words in (*asked.choices, (UNSURE, "Not sure")))
    return Question(axis.value, asked.text, QuestionKind.CHOICE, required=True, choices=choices)


def _levels(which: Part, bank: Bank, kind: Kind) -> list[Question]:
    questions = []
    for number, one in enumerate(bank.of(which.dimension) if which.dimension else (), 1):
        words = one.for_kind(kind)
        levels = tuple(Choice(str(level), f"{level}. {text}") for level, text in enumerate(words.levels, 1))
        label = f"{number}. {words.text}"
        questions += [
            Question(
                one.now_key, label, QuestionKind.CHOICE, required=True, hint="How is it now?", choices=levels
            ),
            Question(one.hoped_key, f"{number}. {HOPED}", QuestionKind.CHOICE, hint=LEAVE_OUT, choices=levels),
        ]  # fmt: skip
    return questions


def ask(gathered: Gathering, candidates: Sequence[Candidate]) -> Form:
    """The form that asks people to take part: a list to choose from, or names to type where there are too many."""
    hint = "People who see different sides of it help most."
    if len(candidates) > MOST_CHOICES:
        asked = Question("who", "Whom do you ask?", QuestionKind.LONG_TEXT, required=True, hint=f"{TYPE_NAMES} {hint}")
    else:
        choices = tuple(Choice(one.value, shortened(one.label, LONGEST_LABEL)) for one in candidates)
        asked = Question("who", "Whom do you ask?", QuestionKind.SEVERAL, required=True, hint=hint, choices=choices)
    intro = (
        "Each gets a message from me, and one reminder a week later. "
        "Once the joint session begins, those who answered see all answers, without names."
    )
    return Form("diagnostic.ask", "Ask people", (asked,), str(gathered.review.id), (intro,), "Ask them")


def elsewhere(form: Form, standing: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Where the same answers were changed elsewhere while the form was open: what stands there now, by key."""
    return {
        one.key: f"You changed this elsewhere. There it says: {_shown(one, standing.get(one.key, ''))} "
        "To put this in its place, send again."
        for one in form.questions
        if standing.get(one.key, "") != given.get(one.key, "")
    }


def _shown(question: Question, value: str) -> str:
    words = next((one.label for one in question.choices if one.value == value), value)
    return f"“{shortened(words, 200)}”." if words else "nothing."
