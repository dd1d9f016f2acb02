"""Checks each sentence that a model wrote against the facts that it names, by plain rules and without a model.

What it sees. A sentence that names no fact, or one that is not there. A number, date, weekday, name or organisation
that is in none of its facts, or that stands beside other words there. A "not", "no longer", "more" or "fell" that its
facts do not have, or that they have and it has not. "All", "most", "every", "only" and superlatives that no fact has of
the same thing; plans, hopes, questions and goals told as done. A cause that no single fact of it claims, or claims the
other way round. Links, markup, orders, letters that hide or steer, another language than English. Facts that read like
orders to a model: nothing that rests on one passes without a person's look.

What it cannot see. It compares words and not meanings: a claim that uses only its facts' own words in another sense, a
name written without a capital, an irony, a wrong "he", two things of one fact that change places, or a fact that is
itself untrue. It takes fair paraphrases for inventions where too few words are the same.
tests/rules/drafted_missed.toml lists by name what it is known to miss and to stop without need.
"""

import enum
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from prompts.claims.causes import cause_differs
from prompts.claims.ground import Ground
from prompts.claims.meeting import date_differs, is_mixed, name_differs, number_differs, says_more
from prompts.claims.orders import is_english, is_no_plain_sentence, is_order, orders_the_model
from prompts.claims.scope import scope_differs
from prompts.claims.signs import is_only_planned, sign_differs
from prompts.claims.words import Clause, clauses, folded
from prompts.updates.shape import Request, Sentence

MOST_WORDS = 40
_FRAME = re.compile(r"(?i)^what (?:did not|didn't) work(?: well)? (?:was|were|is) (?:that )?")


class Verdict(enum.StrEnum):
    """What becomes of a sentence: it stays, it goes, or it stays with a mark for the person who approves."""

    KEEP = "keep"
    DROP = "drop"
    MARK = "mark"


class Why(enum.StrEnum):
    """Why a sentence goes or is marked, in words for the person who reads the draft."""

    NO_SOURCE = "It names no source."
    UNKNOWN_SOURCE = "It names a source that is not there."
    NO_SENTENCE = "It has a link, markup or odd signs in it."
    ORDER = "It tells its reader to do something."
    PATIENT = "It may hold a patient’s details."
    NUMBER = "A number in it is not in its sources."
    DATE = "A date in it is not in its sources."
    NAME = "A name in it is not in its sources."
    SOURCE_ORDERS = "Its source reads like an order to the model."
    SIGN = "It may say the opposite of its sources."
    PLAN = "It may say that something is done which is only planned."
    SCOPE = "It may speak of more than its sources do."
    CAUSE = "It says that one thing led to another, and no source of it does."
    MIXED = "It may mix up two sources."
    MORE = "It may say more than its sources do."
    LANGUAGE = "It may not be English."
    LONG = "It is very long."


_DROPPED = frozenset(
    {Why.NO_SOURCE, Why.UNKNOWN_SOURCE, Why.NO_SENTENCE, Why.ORDER, Why.PATIENT, Why.NUMBER, Why.DATE, Why.NAME}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and what becomes of it; `why` is None where it is kept."""

    sentence: Sentence
    why: Why | None = None

    @property
    def verdict(self) -> Verdict:
        """Keep, drop or mark."""
        if self.why is None:
            return Verdict.KEEP
        return Verdict.DROP if self.why in _DROPPED else Verdict.MARK


def judged(
    sentences: Iterable[Sentence], request: Request, holds_patient_details: Callable[[str], bool]
) -> list[Judged]:
    """Each sentence with its verdict, in their order. Pure; raises nothing.

    `holds_patient_details`: the rules of the door (handlers/kit/patient_details), which this room cannot know.
    """
    grounds = {fact.number: Ground(fact) for fact in request.facts}
    return [Judged(one, _why(one, request, grounds, holds_patient_details)) for one in sentences]


def _why(
    sentence: Sentence, request: Request, grounds: dict[int, Ground], holds_patient_details: Callable[[str], bool]
) -> Why | None:
    if not sentence.facts:
        return Why.NO_SOURCE
    if any(number not in grounds for number in sentence.facts):
        return Why.UNKNOWN_SOURCE
    if is_no_plain_sentence(sentence.text):
        return Why.NO_SENTENCE
    if holds_patient_details(sentence.text):
        return Why.PATIENT
    if is_order(sentence.text):
        return Why.ORDER
    mine = [grounds[number] for number in dict.fromkeys(sentence.facts)]
    return _of_claims(folded(sentence.text), mine, request)


def _of_claims(text: str, grounds: Sequence[Ground], request: Request) -> Why | None:
    """The first reason, the gravest before the others."""
    if all(ground.fact.section == "learned" for ground in grounds):
        text = _FRAME.sub("", text)  # it denies nothing: the section says so of all that is in it
    parts: tuple[Clause, ...] = clauses(text)
    checks: tuple[tuple[Why, Callable[[], bool]], ...] = (
        (Why.DATE, lambda: date_differs(text, grounds, request)),
        (Why.NUMBER, lambda: number_differs(text, grounds)),
        (Why.NAME, lambda: name_differs(text, grounds, request)),
        (Why.SOURCE_ORDERS, lambda: any(orders_the_model(ground.fact.text) for ground in grounds)),
        (Why.LANGUAGE, lambda: not is_english(text)),
        (Why.CAUSE, lambda: cause_differs(text, (each for ground in grounds for each in ground.connections))),
        (Why.SIGN, lambda: sign_differs(parts, grounds)),
        (Why.PLAN, lambda: is_only_planned(parts, grounds)),
        (Why.SCOPE, lambda: scope_differs(parts, grounds)),
        (Why.MIXED, lambda: is_mixed(parts, grounds)),
        (Why.MORE, lambda: says_more(text, grounds, request)),
        (Why.LONG, lambda: len(re.findall(r"\w+", text)) > MOST_WORDS),
    )
    return next((why for why, is_so in checks if is_so()), None)
