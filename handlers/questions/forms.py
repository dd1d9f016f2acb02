"""The form of one check-in question, to add it or to edit it."""

from dataclasses import replace

from handlers.kit.content import YES_NO, Choice, Form, Question
from handlers.kit.text import shortened
from handlers.questions import rules
from handlers.questions.filled import ALWAYS, WHEN
from storage.records import Audience, Condition, Network, QuestionKind, Template, TemplateQuestion

KINDS = {
    QuestionKind.SHORT_TEXT: "Short text",
    QuestionKind.LONG_TEXT: "Long text",
    QuestionKind.SCALE: "Scale from 1 to 5",
    QuestionKind.CHOICE: "One choice",
    QuestionKind.SEVERAL: "Several choices",
    QuestionKind.YES_NO: "Yes or no",
    QuestionKind.NUMBER: "Number",
    QuestionKind.DATE: "Date",
}
READERS = {
    Audience.ONLY_ME: "only its author",
    Audience.COORDINATOR: "its author and the co-ordinator",
    Audience.LEADERS: "the co-ordinator and the leaders",
    Audience.NETWORK: "everyone in the network",
    Audience.FACULTY: "the network and the faculty",
    Audience.FUNDER: "the network, the faculty and funders",
}
_NEW = TemplateQuestion("", "", QuestionKind.LONG_TEXT)
_KIND_CHOICES = tuple(Choice(kind.value, words) for kind, words in KINDS.items())
_READER_CHOICES = tuple(Choice(one.name.lower(), words.capitalize()) for one, words in READERS.items())
_INTRO = "Please ask nothing that needs details of patients."


def add(network: Network, version: Template, argument: str) -> Form:
    """The form that adds a question at the end."""
    questions = _questions(_NEW, version.questions)
    return Form("questions.add", "Add a question", questions, argument, (f"To {network.name}. {_INTRO}",), "Add")


def edit(network: Network, version: Template, question: TemplateQuestion, argument: str) -> Form:
    """The form that changes a question, with what stands there."""
    questions = _questions(question, rules.before(version.questions, question.key))
    intro = f"Of {network.name}. If you change the kind, old answers stay under the old question."
    return Form("questions.edit", "Edit this question", questions, argument, (intro,), "Save")


def _questions(one: TemplateQuestion, earlier: rules.Questions) -> tuple[Question, ...]:
    return (
        _short("label", "What do you want to ask?", one.label, rules.LONGEST_LABEL),
        _choice("kind", "What kind of answer?", _KIND_CHOICES, one.kind.value),
        *_of_kind(one),
        _choice("required", "Must it be answered?", YES_NO, _yes_no(one.required), QuestionKind.YES_NO),
        replace(
            _choice("audience", "Who can read the answer at first?", _READER_CHOICES, one.audience.name.lower()),
            hint="If it is only its author, you can't read it until they share it.",
        ),
        *(_when(one, earlier) if earlier else ()),
    )


def _of_kind(one: TemplateQuestion) -> tuple[Question, ...]:
    scale = Condition("kind", (QuestionKind.SCALE.value,))
    choices = Condition("kind", tuple(kind.value for kind in rules.WITH_CHOICES))
    yes_no = Condition("kind", (QuestionKind.YES_NO.value,))
    return (
        Question(
            "choices",
            "The choices, one on each line",
            QuestionKind.LONG_TEXT,
            hint=f"For one or several choices: {rules.FEWEST_CHOICES} to {rules.MOST_CHOICES} of them.",
            value="\n".join(one.choices) or None,
            shown_if=choices,
            max_length=1000,
        ),
        _short("low", "What does 1 mean?", one.low, 40, "For a scale, such as stuck.", scale),
        _short("high", "What does 5 mean?", one.high, 40, "For a scale, such as thriving.", scale),
        Question(
            "asks_for_help",
            "Does a yes ask you for help?",
            QuestionKind.YES_NO,
            hint="For yes or no. You then see who would like help.",
            choices=YES_NO,
            value=_yes_no(one.asks_for_help),
            shown_if=yes_no,
        ),
    )


def _when(one: TemplateQuestion, earlier: rules.Questions) -> tuple[Question, ...]:
    condition, keys = one.shown_if, [each.key for each in earlier]
    stands = condition if condition and condition.key in keys else None
    choices = (
        Choice(ALWAYS, "Always"),
        *(Choice(WHEN + each.key, f"Only after: {shortened(each.label, 55)}") for each in earlier),
    )
    return (
        _choice("when", "When is it asked?", choices, WHEN + stands.key if stands else ALWAYS),
        Question(
            "answers",
            "Only after which answers?",
            QuestionKind.LONG_TEXT,
            hint="One on each line, such as Yes. Leave it empty for any answer.",
            value="\n".join(stands.values) or None if stands else None,
            shown_if=Condition("when", tuple(WHEN + key for key in keys)),
            max_length=1000,
        ),
    )


def _short(key: str, label: str, value: str, most: int, hint: str = "", shown_if: Condition | None = None) -> Question:
    return Question(key, label, QuestionKind.SHORT_TEXT, not shown_if, hint, (), value or None, shown_if, most)


def _choice(
    key: str, label: str, choices: tuple[Choice, ...], value: str, kind: QuestionKind = QuestionKind.CHOICE
) -> Question:
    return Question(key, label, kind, required=True, choices=choices, value=value)


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"
