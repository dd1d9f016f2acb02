"""Tells a made-up network's half a year: what its people wrote, and the weeks when they only marked the scale."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.moments import moment
from handlers.kit.text import week_of
from storage.records import Account, Answer, Audience, Person, Template
from storage.unit import Store

WEEKS = 26
TEXTS = ("moved", "in_the_way", "next_step", "idea")
_ANSWERS = 0.6
"""How likely someone answers in a week of theirs in which nothing is written for them."""
_SHARES_SCALE = (Audience.COORDINATOR, Audience.NETWORK, Audience.NETWORK, Audience.FACULTY)


@dataclass(frozen=True, slots=True)
class Said:
    """One check-in to be: `before` is what "moved" said at first, where it was edited."""

    user: str
    weeks_ago: int
    answers: tuple[Answer, ...]
    before: str = field(default="")
    withdrawn: bool = False


def tell(network: dict[str, Any], account: Callable[[str], Account], now: datetime, store: Store) -> None:
    """Keep the network's check-ins as if each had been sent in its week; the same every time for the same now."""
    found = store.networks.by_key(network["network"]["key"])
    template = store.templates.current(found.id) if found else None
    assert template is not None
    people = {user: store.people.by_account(account(user)) for user in network["people"]}
    zone = ZoneInfo(store.networks.programme().time_zone)
    for one in sorted(_everything(network), key=lambda said: (-said.weeks_ago, said.user)):
        person = people[one.user]
        assert person is not None
        _keep(one, person, template, store, partial(moment, one.user, one.weeks_ago, now.astimezone(zone)))


def _everything(network: dict[str, Any]) -> Iterator[Said]:
    written = [_written(one) for one in network["said"]]
    yield from written
    told = {(one.user, one.weeks_ago) for one in written}
    for user, person in network["people"].items():
        for weeks_ago in range(WEEKS if person["weeks"] == "even" else WEEKS - 1, 0, -2):
            dice = Random(f"{network['network']['key']} {user} {weeks_ago}")
            if (user, weeks_ago) not in told and dice.random() < _ANSWERS:
                mood = network["network"]["feeling"][(WEEKS - weeks_ago) // 2]
                scale = min(5, max(1, round(dice.gauss(mood, 0.7))))
                yield Said(user, weeks_ago, (Answer("feeling", str(scale), dice.choice(_SHARES_SCALE)),))


def _written(one: dict[str, Any]) -> Said:
    share = Audience[one.get("share", "ONLY_ME")]
    seen_by = max(share, Audience.COORDINATOR)
    answers = [Answer("feeling", str(one["feeling"]), seen_by)]
    answers += [Answer(key, one[key], share) for key in TEXTS if key in one]
    if "in_the_way" in one:
        answers.append(Answer("help", "yes" if one.get("help") else "no", seen_by))
    return Said(one["by"], one["week"], tuple(answers), one.get("before", ""), one.get("withdrawn", False))


def _keep(one: Said, person: Person, template: Template, store: Store, at_later: Callable[[float], datetime]) -> None:
    at = at_later(0.0)
    first = tuple(Answer(each.key, one.before, each.audience) if one.before and each.key == "moved" else each
                  for each in one.answers)  # fmt: skip
    week_on = week_of(at.date())
    added = store.checkins.record(template.network_id, person.id, template.id, week_on, at, first)
    assert added is not None
    if one.before and (kept := store.checkins.own(added, person.id)):
        store.checkins.edit(kept, template.id, at_later(0.2), one.answers)
    if one.withdrawn:
        store.checkins.withdraw(added, at_later(0.3))
