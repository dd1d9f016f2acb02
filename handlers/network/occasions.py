"""What waits for those who run a network: people who asked for help and let them read it."""

from collections.abc import Mapping, Sequence
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


def wanting_help(store: "Store", network_id: int, week_on: date, reader: Reader) -> dict[int, str]:
    """The names by id of those who asked for help that week, where the reader may read it."""
    asked = store.templates.by_ids(store.checkins.templates_in_week(network_id, week_on))
    return store.checkins.answering(network_id, week_on, rules.help_keys(asked.values()), "yes", reader)


def what_waits(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each network where someone asked for help this week or last, as far as the person may read it."""
    networks = desk.store.networks.by_ids(tuple({network_id for one in asked for network_id in one.network_ids}))
    week_on = week_of(desk.now.astimezone(ZoneInfo(desk.programme.time_zone)).date())
    weeks = (week_on, week_on - timedelta(weeks=1))
    return {
        one.person.id: _lines(one, [net for net in networks if net.id in one.network_ids], weeks, desk) for one in asked
    }


def _lines(one: Asked, networks: Sequence[Network], weeks: Sequence[date], desk: Desk) -> list[Item]:
    lines = []
    for network in networks:
        reader = reader_in(one.person, network.id)
        by_week = [wanting_help(desk.store, network.id, week_on, reader).keys() - {one.person.id} for week_on in weeks]
        if people := set().union(*by_week):
            back = 0 if by_week[0] else 1
            lines.append(views.waiting(network, len(people), back))
    return lines
