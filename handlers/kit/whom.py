"""Asks which person is meant: by a menu while that is short enough, by a typed name where there are more."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.content import Choice, Question
from handlers.kit.text import listed
from storage.records import QuestionKind

MOST_CHOICES = 100
"""People to choose from in one menu (Slack's limit); where there are more, their name is typed."""
LONGEST_LABEL = 75
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who may be meant. `value` is what the menu carries, `label` what it shows."""

    value: str
    person_id: int
    name: str
    label: str


def question(label: str, candidates: Sequence[Candidate], typing: str, value: str = "") -> Question:
    """The question "who". `typing`: the hint where the name is typed; `value`: who stands there at the start."""
    if len(candidates) > MOST_CHOICES:
        name = next((one.name for one in candidates if one.value == value), None)
        kind = QuestionKind.SHORT_TEXT
        return Question("who", label, kind, required=True, hint=typing, value=name, max_length=200)
    choices = tuple(Choice(one.value, one.label[:LONGEST_LABEL]) for one in candidates)
    return Question("who", label, QuestionKind.CHOICE, required=True, choices=choices, value=value or None)


def meant(value: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Whom the answer means: by what the menu holds, else everyone whose name has those words in it."""
    typed = " ".join(value.split()).casefold()
    exact = [one for one in candidates if one.value == value or one.name.casefold() == typed]
    found = exact or [one for one in candidates if typed and typed in one.name.casefold()]
    return list({one.person_id: one for one in reversed(found)}.values())


def not_one(names: Sequence[str], where: str) -> str:
    """Why a name that was typed does not say who is meant. `where`: among whom was looked ("in your network")."""
    if not names:
        return f"I find nobody of that name {where}. Please try another way to write it."
    more = " or someone else" if len(names) > MOST_NAMED else ""
    return f"Do you mean {listed(list(names[:MOST_NAMED]), 'or')}{more}? Please type the whole name."
