"""Answers of rapid reviews for tests: whole ones in a line, and reviews that are answered but for the talk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bench.straight import account
from prompts.kinds import AXES, Axis
from prompts.review import review_bank
from storage.records import Account
from storage.store import Store

KIND = {axis.value: next(iter(AXES[axis])).value for axis in Axis}


def answers(now: int = 3, hoped: int = 4, **others: str) -> dict[str, str]:
    """Every answer: the same level throughout, and what differs, with "_" for "-" and "__" for "."."""
    found = dict(KIND)
    for one in review_bank().statements:
        found |= {one.now_key: str(now), one.hoped_key: str(hoped)}
    return found | {key.replace("__", ".").replace("_", "-"): value for key, value in others.items()}


def of_user(store: Store, user: str, where: Account | None = None) -> int:
    """The id of somebody of the world."""
    person = store.people.by_account(where or account(user))
    assert person is not None, user
    return person.id


def network_id(store: Store, key: str = "sexual-health") -> int:
    """The id of a network of the world."""
    return next(one.id for one in store.networks.all() if one.key == key)


def answered(
    store: Store, given: Mapping[int, Mapping[str, str] | None], at: datetime, key: str = "sexual-health"
) -> int:
    """A review that the first person began and all others are in; those with answers have finished. Its id."""
    people = list(given)
    review_id = store.reviews.begin(network_id(store, key), people[0], at)
    assert review_id is not None, "none is open"
    for person_id, said in given.items():
        if person_id != people[0]:
            store.reviews.invite(review_id, person_id, at)
        if said is not None:
            store.reviews.keep(review_id, person_id, said, at)
            store.reviews.finish(review_id, person_id, at)
    return review_id
