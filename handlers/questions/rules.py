"""Decides what a check-in's questions may be, and what follows when one of them changes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.kit.answers import choices_of
from handlers.kit.arguments import number
from handlers.kit.text import listed, shortened
from storage.records import Condition, QuestionKind, Template, TemplateQuestion

Questions = tuple[TemplateQuestion, ...]
MOST = 8
"""Questions of a check-in at the most (issue 2 §2)."""

FULL = f"A check-in can have up to {MOST} questions. To add one, type questions and remove another first."
LONGEST_LABEL = 150
LONGEST_CHOICE = 70
"""Characters of a choice: below the 75 that Slack shows of an option."""

MOST_NAMED = 3
"""Changes that are told one by one."""

FEWEST_CHOICES, MOST_CHOICES = 2, 10
WITH_CHOICES = (QuestionKind.CHOICE, QuestionKind.SEVERAL)


@dataclass(frozen=True, slots=True)
class Which:
    """What a button or form acts on: a network, the version that was shown (None: the one in force), a question."""

    network_id: int
    version: int | None = None
    key: str = ""

    def __str__(self) -> str:
        return f"{self.network_id}.{'' if self.version is None else self.version}.{self.key}"


def which(argument: str) -> Which | None:
    """The argument read; None if it is malformed."""
    parts = argument.split(".", 3)
    if len(parts) != 3 or not re.fullmatch(r"[a-z0-9_]{0,64}", parts[2]):
        return None
    network_id, version = number(parts[0]), number(parts[1])
    if network_id is None or (version is None and parts[1]):
        return None
    return Which(network_id, version, parts[2])


def slug(label: str, taken: Iterable[str]) -> str:
    """A key for a new question, made of its words; no question of the network, now or before, has the same."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:32].strip("_")
    stem = words if words[:1].isalpha() else f"question_{words}".rstrip("_")
    used, number, key = set(taken), 1, stem
    while key in used:
        number += 1
        key = f"{stem}_{number}"
    return key


def named_answers(condition: Condition, question: TemplateQuestion) -> str:
    """The answers that a condition names, as words: "“Yes” or “No”"."""
    labels = {choice.value: choice.label for choice in choices_of(question)}
    return listed([f"“{labels.get(value, value)}”" for value in condition.values], "or")


def depending_on(questions: Questions, key: str) -> list[TemplateQuestion]:
    """The questions that are asked only after a certain answer to that one."""
    return [one for one in questions if one.shown_if and one.shown_if.key == key]


def before(questions: Questions, key: str) -> Questions:
    """The questions that stand before that one; all of them where it is not there."""
    places = [place for place, one in enumerate(questions) if one.key == key]
    return questions[: places[0]] if places else questions


def why_not_remove(questions: Questions, key: str) -> str:
    """Why the question has to stay, and how to mend that; empty where it can go."""
    if len(questions) == 1:
        return "A check-in needs at least 1 question. Add another one first, then remove this one."
    needing = depending_on(questions, key)
    if not needing:
        return ""
    names = listed([f"“{one.label}”" for one in needing])
    return f"{names} can only be asked after this question. Change when that is asked, or remove it, then try again."


def why_not_move_up(questions: Questions, key: str) -> str:
    """Why the question cannot stand one higher, and how to mend that; empty where it can."""
    earlier = before(questions, key)
    if not earlier:
        return "This is the first question already. To move it down, move up the one below it."
    this = questions[len(earlier)]
    if this.shown_if is None or this.shown_if.key != earlier[-1].key:
        return ""
    return f"“{this.label}” can only be asked after “{earlier[-1].label}”. Change when it is asked, then move it up."


def moved_up(questions: Questions, key: str) -> Questions:
    """The questions with that one a place higher."""
    place = len(before(questions, key))
    return (*questions[: place - 1], questions[place], questions[place - 1], *questions[place + 1 :])


def without(questions: Questions, key: str) -> Questions:
    """The questions without that one."""
    return tuple(one for one in questions if one.key != key)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a question cannot be as it was filled in: a sentence, and the form's question that it stands at."""

    where: str
    sentence: str


def put(questions: Questions, key: str, new: TemplateQuestion, taken: Iterable[str]) -> Questions | Problem:
    """The questions with that one changed, or with a new one at the end where `key` is empty.

    A question keeps its key for life, unless its kind changes: then it gets a new one, which none of the `taken` is,
    so that old answers stay readable under the old key; conditions on it follow.
    """
    if not key:
        is_full = len(questions) >= MOST
        return Problem("label", FULL) if is_full else (*questions, replace(new, key=slug(new.label, taken)))
    old = next(one for one in questions if one.key == key)
    new_key = key if old.kind is new.kind else slug(new.label, taken)
    changed = tuple(replace(new, key=new_key) if one.key == key else _following(one, key, new_key) for one in questions)
    why = _broken_by(changed, new_key)
    return Problem("kind" if new_key != key else "choices", why) if why else changed


def _following(question: TemplateQuestion, old_key: str, new_key: str) -> TemplateQuestion:
    condition = question.shown_if
    if condition is None or condition.key != old_key:
        return question
    return replace(question, shown_if=replace(condition, key=new_key))


def _broken_by(questions: Questions, key: str) -> str:
    """Why the other questions do not allow that one to be as it is, and how to mend that; empty where they do."""
    this = next(one for one in questions if one.key == key)
    possible = {choice.value for choice in choices_of(this)}
    for one in depending_on(questions, key):
        assert one.shown_if is not None
        lost = [value for value in one.shown_if.values if value not in possible]
        if lost:
            names = listed([f"“{value}”" for value in lost], "or")
            return (
                f"“{one.label}” is asked only if the answer here is {names}. "
                "Keep that answer here, or first change when the other question is asked."
            )
    return ""


def what_changed(old: Template | None, now: Template) -> str:
    """What differs between two versions, as words: "“A” was added and “B” was taken out"."""
    if old is None:
        return "they are not the ones that you saw"
    then, current = ({one.key: one for one in version.questions} for version in (old, now))
    parts = [f"{_named(one)} was taken out" for key, one in then.items() if key not in current]
    parts += [f"{_named(one)} was added" for key, one in current.items() if key not in then]
    parts += [f"{_named(then[key])} was changed" for key, one in current.items() if then.get(key, one) != one]
    if len(parts) > MOST_NAMED:
        return f"{len(parts)} questions are not as they were"
    return listed(parts) or "their order changed"


def _named(question: TemplateQuestion) -> str:
    return f"“{shortened(question.label, 60)}”"


def lines_of(text: str) -> list[str]:
    """The lines of what was typed, tidied, empty ones left out."""
    return [tidied for line in text.splitlines() if (tidied := " ".join(line.split()))]


def choices_problem(choices: Sequence[str]) -> str:
    """What is wrong with the choices of a question, as a sentence; empty where they are fine."""
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        there = f"{'is' if len(choices) == 1 else 'are'} {len(choices)}"
        return f"Give {FEWEST_CHOICES} to {MOST_CHOICES} choices, one on each line. Now there {there}."
    long = next((one for one in choices if len(one) > LONGEST_CHOICE), None)
    if long:
        return f"A choice can have {LONGEST_CHOICE} characters. This one has {len(long)}: “{long[:30]}…”."
    folded = [one.casefold() for one in choices]
    twice = next((one for one in choices if folded.count(one.casefold()) > 1), None)
    return f"“{twice}” is there twice. Please take one out." if twice else ""
