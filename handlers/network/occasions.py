"""What waits for those who run a network: people who asked for help and let them read it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit.audience import reader_in
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.text import week_of
from handlers.network import rules, views
from storage.records import Network, Reader

if TYPE_CHECKING:
    from storage.unit import Store

YES = "yes"
"""How a yes-or-no question keeps that answer."""


def wanting_help(store: "Store", network_id: int, week_on: date, reader: Reader) -> dict[int, str]:
    """The names by id of those who asked for help that week, where the reader may read it."""
    keys = _help_keys(store, [network_id], [week_on]).get((network_id, week_on))
    return store.checkins.answering(network_id, week_on, keys, YES, reader) if keys else {}


def _help_keys(
    store: "Store", network_ids: Iterable[int], week_ons: Iterable[date]
) -> Mapping[tuple[int, date], set[str]]:
    """By network and week the questions about help, where somebody may have said yes to one."""
    said = store.checkins.templates_answered(YES, network_ids, week_ons)
    templates = store.templates.by_ids(id_ for ids in said.values() for id_ in ids)
    return {where: rules.help_keys(templates[id_] for id_ in ids) for where, ids in said.items()}


def what_waits(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each network where someone asked for help this week or last, as far as the person may read it."""
    networks = desk.store.networks.by_ids(tuple({network_id for one in asked for network_id in one.network_ids}))
    week_on = week_of(desk.now.astimezone(ZoneInfo(desk.programme.time_zone)).date())
    weeks = (week_on, week_on - timedelta(weeks=1))
    keys = _help_keys(desk.store, [network.id for network in networks], weeks)
    return {
        one.person.id: [
            line
            for network in networks
            if network.id in one.network_ids
            for line in _lines(one, network, [keys.get((network.id, week_on), set()) for week_on in weeks], weeks, desk)
        ]
        for one in asked
    }


def _lines(one: Asked, network: Network, keys: Sequence[set[str]], weeks: Sequence[date], desk: Desk) -> Sequence[Item]:
    """One line, or none; `keys` are those of each week, and where there are none nobody asked."""
    reader, answering = reader_in(one.person, network.id), desk.store.checkins.answering
    by_week = [
        answering(network.id, week_on, asks, YES, reader).keys() - {one.person.id} if asks else set()
        for week_on, asks in zip(weeks, keys, strict=True)
    ]
    people = set().union(*by_week)
    return [views.waiting(network, len(people), 0 if by_week[0] else 1)] if people else []
