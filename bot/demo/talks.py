"""Tells the coaching talks of made-up people: each is read by its person alone, and the second builds on the first."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.demo.moments import moment
from storage.coached import Step
from storage.records import Account
from storage.unit import Store

_SAID = ("review", "outcome", "scale", "know_how", "when", "then")
_LATER = 0.1
"""Some hours after the check-in of that week, as a share of a day."""


def tell_talks(told: dict[str, Any], account: Callable[[str], Account], now: datetime, store: Store) -> None:
    """Keep the talks of the network's file as if each had been held in its week."""
    here = now.astimezone(ZoneInfo(store.networks.programme().time_zone))
    for one in told["talk"]:
        person = store.people.by_account(account(one["by"]))
        assert person is not None, one["by"]
        at = moment(one["by"], one["week"], here, _LATER)
        before = store.coaching.newest_plan(person.id) if one.get("builds") else None
        first = Step.REVIEW if before else Step.OUTCOME
        store.coaching.start(person.id, first, before.id if before else None, at)
        talk = store.coaching.going_on(person.id)
        assert talk is not None, "a talk that was begun goes on"
        said = {key: one[key] for key in _SAID if key in one}
        ended_at = at + timedelta(minutes=9)
        moment_on = here.date() + timedelta(weeks=one["moment"])
        done = {"step": Step.DONE.value, "moved_at": ended_at, "ended_at": ended_at, "moment_on": moment_on}
        store.coaching.change(talk, said | done)
