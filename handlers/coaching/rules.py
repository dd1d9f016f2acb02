"""Decides what a coaching conversation asks next, and puts a plan together from the two halves that a person typed."""

import re
from datetime import date, timedelta

from storage.coached import Step, Talk

ORDER = tuple(Step)
FARTHEST_DAYS = 365
"""The day of a plan lies so far ahead at the most: a plan is one small step."""
_BEGINS = (
    "after", "as soon as", "at", "before", "by", "during", "each", "every", "if", "in", "next", "on", "once", "this",
    "today", "tomorrow", "tonight", "when", "whenever", "while",
)  # fmt: skip
"""Words that a half sentence such as "after the meeting" begins with, so that it needs no "when" before it."""
_SMALL = "a|all|an|he|her|his|it|its|my|our|people|she|some|somebody|someone|the|their|there|they|we|your"
_HAS_BEGUN = re.compile(rf"(?:{'|'.join(_BEGINS)})\b", re.IGNORECASE)
_STARTS_SMALL = re.compile(rf"(?:{_SMALL}|{'|'.join(_BEGINS)})\b", re.IGNORECASE)
_I_WILL = re.compile(
    r"(?:then,? +)?(?:i +(?:will|shall|am +going +to|want +to|plan +to)|i[’']ll|to)\b +", re.IGNORECASE
)


def first_step(before: Talk | None) -> Step:
    """What a new talk begins with: with a look back, where the last one came to a plan."""
    return Step.REVIEW if before else Step.OUTCOME


def after(step: Step) -> Step:
    """The step that follows."""
    return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]


def step_in(number: int) -> Step | None:
    """The question of that number, as a button carries it; None where there is none."""
    return ORDER[number] if 0 <= number < ORDER.index(Step.DONE) else None


def number_of(step: Step) -> int:
    """The number of a question, for a button."""
    return ORDER.index(step)


def plan(when: str, then: str) -> str:
    """The plan as one sentence without its full stop: "When the rota is out, I will ring the ward"."""
    half = _tidy(when)
    if half and not _HAS_BEGUN.match(half):
        half = f"When {_small(half) if _STARTS_SMALL.match(half) else half}"
    said = _tidy(then)
    begun = _I_WILL.match(said)
    act = _small_verb(said[begun.end() :] if begun else said)
    return f"{half[:1].upper()}{half[1:]}, I will {act}" if half else f"I will {act}"


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:…")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _small_verb(text: str) -> str:
    """A verb begins small; what is written in capitals, or has one inside, is a name and stays."""
    first = text.split(" ", 1)[0]
    return _small(text) if first[1:].islower() or len(first) == 1 else text


def day_problem(on: date | None, today_on: date) -> str:
    """Why a plan cannot have that day; empty where it can, or has none."""
    if on is None or today_on <= on <= today_on + timedelta(days=FARTHEST_DAYS):
        return ""
    return "This day has passed." if on < today_on else "Please choose a day less than a year from now."
