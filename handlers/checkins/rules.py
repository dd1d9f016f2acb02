"""Decisions about check-ins: the form that a template makes, and the answers that a filled form holds."""

from collections.abc import Iterable

from handlers.kit import answers, audience
from handlers.kit.content import Question
from handlers.kit.events import Values
from storage.records import Answer, Audience, CheckIn, QuestionKind, Template, TemplateQuestion

WHO = ":who"
"""Behind a question's key: the key of the choice of who may read the answer."""


def form_questions(template: Template, before: CheckIn | None = None) -> tuple[Question, ...]:
    """The template as a form's questions, each text followed by the choice of who may read it.

    `before` is the check-in to change: its answers, and who may read them, stand in the form.
    """
    questions: list[Question] = []
    for one in template.questions:
        answer = before.answer(one.key) if before else None
        questions.append(_question(one, answer))
        if one.kind.is_text:
            questions.append(_who(one, answer.audience if answer else one.audience))
    return tuple(questions)


def _question(one: TemplateQuestion, answer: Answer | None) -> Question:
    hint = audience.SENTENCES[answer.audience if answer else one.audience]
    return Question(
        key=one.key,
        label=one.label,
        kind=one.kind,
        required=one.required,
        hint=f"{hint.rstrip('.')}, unless you choose otherwise just below." if one.kind.is_text else hint,
        choices=answers.choices_of(one),
        value=answer.value if answer else None,
        shown_if=one.shown_if,
        max_length=200 if one.kind is QuestionKind.SHORT_TEXT else 3000,
    )


def _who(one: TemplateQuestion, stands: Audience) -> Question:
    return Question(
        key=one.key + WHO,
        label=f"Who can read your answer to “{one.label.rstrip('?')}”?",
        kind=QuestionKind.CHOICE,
        required=True,
        choices=audience.CHOICES,
        value=stands.name.lower(),
        shown_if=one.shown_if,
    )


def answers_in(template: Template, values: Values, before: CheckIn | None = None) -> tuple[Answer, ...]:
    """The answers that a filled form holds, each with who may read it; what was left empty is left out.

    `before` is the check-in that they change: who may read an answer stays as its author chose there.
    """
    return tuple(
        Answer(one.key, values[one.key], _audience(one, values, before))
        for one in template.questions
        if values.get(one.key)
    )


def _audience(one: TemplateQuestion, values: Values, before: CheckIn | None) -> Audience:
    chosen = values.get(one.key + WHO)
    if isinstance(chosen, str) and chosen:
        return audience.chosen(chosen)
    answer = before.answer(one.key) if before else None
    return answer.audience if answer else one.audience


def same(one: Iterable[Answer], other: Iterable[Answer]) -> bool:
    """True if the answers say the same to the same readers, in whatever order."""
    return sorted(map(_shape, one)) == sorted(map(_shape, other))


def _shape(answer: Answer) -> tuple[str, str, int]:
    return answer.key, repr(answer.value), int(answer.audience)


def version(checkin: CheckIn) -> str:
    """What the check-in is now, as a short number: it changes with each edit, and with who may read an answer."""
    changed_at = int((checkin.edited_at or checkin.recorded_at).timestamp() * 1000)
    tiers = "".join(str(int(answer.audience)) for answer in sorted(checkin.answers, key=lambda one: one.key))
    return f"{changed_at}{tiers}"
