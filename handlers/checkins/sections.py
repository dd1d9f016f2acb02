"""Which part of an update an answer belongs to: by what its question is for in the network's own template."""

import enum
from collections.abc import Mapping

from handlers.kit.facts import Section
from storage.records import QuestionKind, Template, TemplateQuestion


class Role(enum.Enum):
    """What a question is for, where its answers are told one by one."""

    PRACTICE = Section.PRACTICE
    OBSTACLE = Section.LEARNED
    NEXT = Section.NEXT
    HELP = Section.HELP
    SCALE = Section.HEALTH


_BUILT_IN = {"moved": Role.PRACTICE, "in_the_way": Role.OBSTACLE, "next_step": Role.NEXT, "idea": Role.NEXT}
"""The questions that come with the product, by key. An idea that nobody has tried yet has changed no practice."""


def roles(template: Template) -> Mapping[str, Role]:
    """What each question is for, by key; those whose answers updates do not tell are left out.

    What a question about help hangs on is what is in the way, however the network calls it.
    """
    asked_about = {one.shown_if.key for one in template.questions if one.asks_for_help and one.shown_if}
    found = ((one.key, _role(one, asked_about)) for one in template.questions)
    return {key: role for key, role in found if role is not None}


def _role(question: TemplateQuestion, asked_about: set[str]) -> Role | None:
    if question.asks_for_help:
        return Role.HELP if question.kind is QuestionKind.YES_NO else None
    if question.kind is QuestionKind.SCALE:
        return Role.SCALE
    if not question.kind.is_text:
        return None
    return Role.OBSTACLE if question.key in asked_about else _BUILT_IN.get(question.key, Role.PRACTICE)
