"""Tells the rapid reviews, the plan and the pulse of a made-up network: who said what, what they agreed, what came."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.moments import moment
from handlers.kit.dates import months_after
from handlers.plan import months
from handlers.pulse import rules as pulse_rules
from storage.plan_records import NewItem
from storage.records import Account, Audience, Network
from storage.review_records import Point, PointKind
from storage.unit import Store

NINE = 9
"""The month of a plan that is due now, so that a repeat of the review is offered."""
_FIRST, _EACH, _SESSION, _PLAN = 0.01, 0.005, 0.05, 0.1
"""When each thing is told of in its week, after a check-in there would be, as shares of a day."""
_KINDS = {"strength": PointKind.STRENGTH, "work_on": PointKind.WORK_ON}


def began_on(plan: Mapping[str, Any], today_on: date) -> date:
    """The first day of the network and of its plan: nine months and a few days ago."""
    return months_after(today_on, -NINE) - timedelta(days=plan["due_days_ago"])


def tell_plan(
    key: str,
    told: Mapping[str, Any],
    goal_ids: Mapping[str, int],
    account: Callable[[str], Account],
    now: datetime,
    store: Store,
) -> None:
    """Keep what the network's file tells, as if it had been done in its weeks."""
    network = store.networks.by_key(key)
    assert network is not None
    here = now.astimezone(ZoneInfo(store.networks.programme().time_zone))
    telling = _Telling(store, network, account, here)
    if "review" in told:
        review_id, ended_at = telling.whole(told["review"])
        telling.plan(told["plan"], review_id, goal_ids, ended_at + timedelta(days=_PLAN))
    if "again" in told:
        telling.answered(told["again"])
    if "pulse" in told:
        telling.pulse(told["pulse"])


class _Telling:
    """One network while it is told of; `now` is on the clock of the place."""

    def __init__(self, store: Store, network: Network, account: Callable[[str], Account], now: datetime) -> None:
        self._store, self._network, self._account, self._now = store, network, account, now
        self._ids: dict[str, int] = {}

    def _id(self, user: str) -> int:
        if user not in self._ids:
            person = self._store.people.by_account(self._account(user))
            assert person is not None, user
            self._ids[user] = person.id
        return self._ids[user]

    def answered(self, told: Mapping[str, Any]) -> int:
        """A review with what its people answered; whoever has no answers has not begun."""
        reviews, by = self._store.reviews, told["by"]
        began_at = moment(by, told["week"], self._now, _FIRST)
        review_id = reviews.begin(self._network.id, self._id(by), began_at)
        assert review_id is not None, "one at a time"
        for count, (user, said) in enumerate(told["people"].items(), 1):
            person_id = self._id(user)
            reviews.invite(review_id, person_id, began_at + timedelta(days=_EACH * count))
            if said:
                at = moment(user, told["answered"], self._now, _FIRST)
                reviews.keep(review_id, person_id, _values(said), at)
                reviews.finish(review_id, person_id, at)
        return review_id

    def whole(self, told: Mapping[str, Any]) -> tuple[int, datetime]:
        """A review to its end, with the joint session; and when it ended."""
        reviews, review_id, by_id = self._store.reviews, self.answered(told), self._id(told["led_by"])
        at = moment(told["led_by"], told["joint"], self._now, _SESSION)
        reviews.begin_joint(review_id, by_id, at)
        review = reviews.by_id(review_id)
        assert review is not None, "it was begun above"
        for count, one in enumerate(told["agreed"], 1):
            agreed_at = at + timedelta(minutes=4 * count)
            reviews.agree(review, one["key"], str(one["value"]), one["note"], by_id, agreed_at)
        ended_at = at + timedelta(minutes=75)
        reviews.keep_points(review_id, list(_points(told)))
        reviews.end(review_id, ended_at)
        reviews.set_audience(review_id, Audience.FACULTY)
        return review_id, ended_at

    def plan(self, told: Mapping[str, Any], review_id: int, goal_ids: Mapping[str, int], made_at: datetime) -> None:
        """The plan that was made from it, with its items and the review points that were held."""
        plans, began = self._store.plans, began_on(told, self._now.date())
        plan_id = plans.make(
            self._network.id, review_id, began, Audience.FACULTY, self._id(told["by"]), made_at,
            months.usual_points(began),
        )  # fmt: skip
        for item in told["item"]:
            plans.add_item(plan_id, self._item(item, began, goal_ids))
        for held in told["held"]:
            on = months_after(began, held["month"]) + timedelta(days=held["days_after"])
            plans.hold_point(plan_id, held["month"], on, held["note"])

    def _item(self, told: Mapping[str, Any], began: date, goal_ids: Mapping[str, int]) -> NewItem:
        month, first = (
            months_after(began, count).replace(day=1) for count in (told["month"], told.get("first", told["month"]))
        )
        return NewItem(
            told["action"], "", told["dimension"], told["why"], month, self._id(told["owner"]),
            objective_id=goal_ids[told["goal"]], first_on=first,
        )  # fmt: skip

    def pulse(self, told: Mapping[str, Any]) -> None:
        """A pulse that has closed, and that the faculty may see."""
        pulses, by_id = self._store.pulses, self._id(told["by"])
        at = moment(told["by"], told["week"], self._now, _FIRST)
        closes_at = at + pulse_rules.OPEN_FOR
        asked = self._store.people.count_in(self._network.id)
        pulse_id = pulses.begin(self._network.id, by_id, at, closes_at, asked)
        keys = [one.key for one in pulse_rules.statements()]
        for user, levels in told["answers"].items():
            pulses.keep(pulse_id, self._id(user), dict(zip(keys, levels, strict=True)))
        pulses.close_due(closes_at, pulse_rules.count)
        pulses.set_audience(pulse_id, Audience.FACULTY)


def _values(said: Mapping[str, Any]) -> dict[str, str]:
    levels = {f"{key}.now": str(now) for key, (now, _) in said["levels"].items()}
    hoped = {f"{key}.hoped": str(then) for key, (_, then) in said["levels"].items()}
    return {"purpose": said["purpose"], "difference": said["difference"], **said["kind"], **levels, **hoped}


def _points(told: Mapping[str, Any]) -> list[Point]:
    return [
        Point(kind, place, one["text"], one["dimension"])
        for name, kind in _KINDS.items()
        for place, one in enumerate(told[name], 1)
    ]
