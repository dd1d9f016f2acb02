"""What a person's copy holds of reviews: their own answers, and what they wrote down for all; and what goes."""

from collections.abc import Mapping, Sequence

from handlers.diagnostic import answers
from handlers.diagnostic.feature import feature
from handlers.diagnostic.rules import ASKED, PARTS
from handlers.kit.context import Context
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import day
from prompts.kinds import Axis, Kind
from prompts.review import Bank, review_bank
from storage.review_records import Agreed, Review


@feature.hears(DataAsked)
def tell_all(asked: DataAsked, context: Context) -> None:
    """The person's answers in each review, and what they wrote down in joint sessions."""
    found: Sequence[tuple[Review, Mapping[str, str], Sequence[Agreed]]]
    found = context.store.reviews.kept_of(asked.person_id)
    ids = tuple({review.network_id for review, _, _ in found})
    names = {one.id: one.name for one in context.store.networks.by_ids(ids)} if ids else {}
    for review, own, kept in found:
        title = f"Review of {names[review.network_id]}, begun on {day(context.local_on(review.began_at))}"
        lines = [*_answers(own, review_bank()), *_kept(kept, review_bank())]
        asked.sections.append((title, "\n".join(lines or ["You are in it, and have not answered yet."])))


def _answers(own: Mapping[str, str], bank: Bank) -> list[str]:
    told = (row for part in PARTS for row in answers.spoken(part, own, bank, Kind()))
    return [f"- {asks}: {' '.join(said.split())}" for asks, said in told]


def _kept(kept: Sequence[Agreed], bank: Bank) -> list[str]:
    return [f"- You wrote down for all, on “{_asks(one.key, bank)}”: {_said(one, bank)}" for one in kept]


def _asks(key: str, bank: Bank) -> str:
    name, _, what = key.rpartition(".")
    statement = bank.statement(name)
    if statement is not None:
        return f"{statement.text} {'Hoped for' if what == 'hoped' else 'Now'}"
    return bank.situation(Axis(key)).text if key in set(Axis) else ASKED.get(key, key)


def _said(one: Agreed, bank: Bank) -> str:
    words = answers.in_kind(Axis(one.key), one.value, bank) if one.key in set(Axis) and one.value else one.value
    return "; ".join(filter(None, (words or "seen differently", one.note)))


@feature.hears(ErasureAsked)
def erase(asked: ErasureAsked, context: Context) -> None:
    """Erase the person's seats and answers; what a group agreed stays, without their name."""
    context.store.reviews.erase_person(asked.person_id)
