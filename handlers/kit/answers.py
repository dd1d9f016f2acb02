"""Answers to check-in questions as people read them."""

from collections.abc import Iterable

from handlers.kit import audience
from handlers.kit.content import YES_NO, Block, Bold, Choice, paragraph
from storage.records import Answer, CheckIn, QuestionKind, Template, TemplateQuestion

SCALE = ("1", "2", "3", "4", "5")


def choices_of(question: TemplateQuestion) -> tuple[Choice, ...]:
    """What can be chosen: a scale's numbers with the words at both ends, yes and no, or the question's choices."""
    if question.kind is QuestionKind.SCALE:
        ends = {SCALE[0]: f"1: {question.low}", SCALE[-1]: f"5: {question.high}"}
        return tuple(Choice(value, ends.get(value, value)) for value in SCALE)
    if question.kind is QuestionKind.YES_NO:
        return YES_NO
    return tuple(Choice(choice, choice) for choice in question.choices)


def label(template: Template, key: str) -> str:
    """The question's words in that version of the template."""
    question = template.question(key)
    return question.label if question else key


def shown(template: Template, answer: Answer) -> str:
    """An answer's words: a scale with its ends, yes and no in words, several choices as a list."""
    question, value = template.question(answer.key), answer.value
    if not isinstance(value, str):
        return ", ".join(value)
    if question is None:
        return value
    if question.kind is QuestionKind.SCALE:
        return f"{value} (from 1, {question.low}, to 5, {question.high})"
    return value.capitalize() if question.kind is QuestionKind.YES_NO else value


def in_order(checkin: CheckIn, template: Template) -> list[Answer]:
    """The check-in's answers in the order of their questions."""
    places = {question.key: place for place, question in enumerate(template.questions)}
    return sorted(checkin.answers, key=lambda answer: places.get(answer.key, len(places)))


def blocks(checkin: CheckIn, template: Template, *, with_audience: bool = False) -> Iterable[Block]:
    """Each answer under its question, with who can read it where that is asked for."""
    for answer in in_order(checkin, template):
        words = audience.WORDS[answer.audience]
        who = f" (seen by: {words[0].lower()}{words[1:]})" if with_audience else ""
        yield paragraph(Bold(label(template, answer.key)), f"{who}\n", shown(template, answer))
