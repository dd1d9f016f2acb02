"""Tells the goals of a made-up network: who wanted what, how it went, and the review that its leader led."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.moments import moment
from handlers.goals import edits, rules
from handlers.kit.text import week_of
from storage.goal_records import Change, Confidence, Entry, GoalState, GoalWords, Told
from storage.records import Account, Audience, Network, Person
from storage.unit import Store

_LATER = 0.01
"""A goal is told of a quarter of an hour after the check-in of that week, as a share of a day."""
_IN_THE_WALK = 0.002
"""A leader looks at each goal of a review for three minutes or so, as a share of a day."""
_CLOSED = {Told.ACHIEVED: GoalState.ACHIEVED, Told.DROPPED: GoalState.DROPPED}
_Act = tuple[datetime, Callable[[], None]]


def tell_goals(
    network: dict[str, Any], told: dict[str, Any], account: Callable[[str], Account], now: datetime, store: Store
) -> dict[str, int]:
    """Keep the goals of the network's file as if each line of their stories had been told in its week; their ids."""
    found = store.networks.by_key(network["network"]["key"])
    assert found is not None
    people = {user: store.people.by_account(account(user)) for user in network["people"]}
    known = {user: person for user, person in people.items() if person is not None}
    telling = _Telling(store, found, known, now.astimezone(ZoneInfo(store.networks.programme().time_zone)))
    for _, act in sorted(telling.acts(told), key=lambda one: one[0]):
        act()
    return telling.ids


class _Telling:
    """The goals of one network while they are told; `now` is on the clock of the place."""

    def __init__(self, store: Store, network: Network, people: dict[str, Person], now: datetime) -> None:
        self._store = store
        self._network = network
        self._people = people
        self._now = now
        self.ids: dict[str, int] = {}
        self._words: dict[str, GoalWords] = {}
        self._under: dict[str, int | None] = {}
        self._review_id = 0

    def acts(self, told: dict[str, Any]) -> Iterator[_Act]:
        """All that happened, each with its moment; acts of one moment in their order."""
        review, looked_at = told["review"], 0
        began_at = self._at(review)
        yield began_at, partial(self._begin, review, began_at)
        for goal in told["goal"]:
            at = self._at(goal)
            yield at, partial(self._make, goal, at)
            for line in goal.get("story", ()):
                looked_at += line.get("in_review", False)
                at = began_at + timedelta(days=_IN_THE_WALK * looked_at) if "in_review" in line else self._at(line)
                yield at, partial(self._tell, goal["key"], line, at)
        ended_at = began_at + timedelta(days=_IN_THE_WALK * (looked_at + 1))
        yield ended_at, partial(self._end, ended_at)

    def _at(self, one: dict[str, Any]) -> datetime:
        return moment(one["by"], one["week"], self._now, _LATER)

    def _make(self, goal: dict[str, Any], at: datetime) -> None:
        is_own = goal.get("own", False)
        words = GoalWords(
            goal["title"],
            self._due_on(goal),
            goal.get("measure", ""),
            goal.get("target"),
            goal.get("step_when", ""),
            goal.get("step_then", ""),
            goal.get("with_whom", ""),
        )
        goal_id = self._store.goals.add(
            words,
            self._people[goal["by"]].id,
            at,
            network_id=self._network.id,
            audience=Audience.ONLY_ME if is_own else Audience[goal.get("share", "NETWORK")],
            is_personal=is_own,
            is_objective=goal.get("objective", False),
        )
        under = self.ids[goal["under"]] if "under" in goal else None
        self._store.goals.change(goal_id, words, under)
        self.ids[goal["key"]], self._words[goal["key"]], self._under[goal["key"]] = goal_id, words, under

    def _due_on(self, goal: dict[str, Any]) -> date | None:
        """The Friday of the week in which it is due."""
        return week_of(self._now.date()) + timedelta(weeks=goal["due"], days=4) if "due" in goal else None

    def _tell(self, key: str, line: dict[str, Any], at: datetime) -> None:
        goals, goal_id, person = self._store.goals, self.ids[key], self._people[line["by"]]
        told = Told(line.get("told", Told.PROGRESS))
        about = self._people.get(line.get("about", ""))
        if told is Told.OWNER and about:
            goals.set_owner(goal_id, about.id)
        if told is Told.HELPER:
            goals.add_helper(goal_id, person.id)
        if told in _CLOSED:
            goals.set_state(goal_id, _CLOSED[told], at)
        goals.tell(goal_id, replace(self._entry(told, key, line, at), about_id=about.id if about else None))

    def _entry(self, told: Told, key: str, line: dict[str, Any], at: datetime) -> Entry:
        person, now = self._people[line["by"]], line.get("now", "")
        entry = Entry(
            told,
            at,
            person.id,
            confidence=Confidence[line["confidence"]] if "confidence" in line else None,
            now=now,
            value=rules.number_in(now),
            why=line.get("why", ""),
            review_id=self._review_id if line.get("in_review") else None,
        )
        if told is Told.CHANGED:
            return replace(entry, changes=self._change(key, line))
        if told is Told.CHECK_IN:
            checkin = self._store.checkins.standing(self._network.id, person.id, week_of(at.date()))
            assert checkin is not None, (person.name, line)
            return replace(entry, checkin_id=checkin.id)
        return entry

    def _change(self, key: str, line: dict[str, Any]) -> tuple[Change, ...]:
        before = self._words[key]
        changed = {name: line[name] for name in ("title", "measure", "target") if name in line}
        self._words[key] = replace(before, **changed)
        self._store.goals.change(self.ids[key], self._words[key], self._under[key])
        return edits.differences(before, self._words[key])

    def _begin(self, review: dict[str, Any], at: datetime) -> None:
        self._review_id = self._store.goal_reviews.begin(self._network.id, self._people[review["by"]].id, at)

    def _end(self, at: datetime) -> None:
        self._store.goal_reviews.end(self._review_id, at)
        self._store.goal_reviews.share(self._review_id, at)
