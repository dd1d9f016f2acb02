"""What features tell of networks for updates and digests: facts, each with its source and with who may read it."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit.content import Button, Chart
from storage.records import Audience, Network, Programme

if TYPE_CHECKING:
    from storage.unit import Store


class Section(enum.StrEnum):
    """The part of an update that a fact belongs to, in the order in which they are read (domain.md §4)."""

    PRACTICE = "practice"
    GOALS = "goals"
    CONNECTIONS = "connections"
    HEALTH = "health"
    LEARNED = "learned"
    HELP = "help"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says.

    `key` names it for good, by feature, id and part ("checkins:12:moved"). `text` is somebody's own words where
    `is_quoted`, and otherwise a whole sentence of ours. `stamp` differs as soon as what the source says does.
    `audience` is the widest that may read it. `person_id`, `by`: whose words or deed it is; empty where it is nobody's.
    `opens` leads to the source. `chart` goes with it where it is a figure over time. `since`: somebody waits for
    something, or should look, since that day. `sums_up`: sources of other features that it counts ("goals:12"), so that
    what they say of their own need not be told beside it.
    """

    key: str
    network_id: int
    section: Section
    text: str
    on: date
    audience: Audience
    stamp: str
    is_quoted: bool = False
    person_id: int | None = None
    by: str = ""
    opens: Button | None = None
    chart: Chart | None = None
    since: date | None = None
    sums_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What facts are wanted: of these networks, of local dates from the first to the last with both, and only what
    `audience` may read (its tier or wider). `last_on` is not after today: a week that is to come is no gap."""

    networks: tuple[Network, ...]
    first_on: date
    last_on: date
    audience: Audience
    programme: Programme

    @property
    def tier(self) -> Audience:
        """The audience, and at the narrowest the co-ordinator: what is only its author's is never a fact."""
        return max(self.audience, Audience.COORDINATOR)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone, in which the dates are meant."""
        return ZoneInfo(self.programme.time_zone)

    @property
    def since(self) -> datetime:
        """The instant at which the first date begins."""
        return datetime.combine(self.first_on, time(), self.zone)

    @property
    def until(self) -> datetime:
        """The instant at which the last date has ended."""
        return datetime.combine(self.last_on + timedelta(days=1), time(), self.zone)

    @property
    def network_ids(self) -> tuple[int, ...]:
        """The networks' ids."""
        return tuple(network.id for network in self.networks)

    def part(self, network: Network) -> str:
        """The middle of the key of what is told of a whole network and period, such as a figure."""
        return f"network-{network.id}-{self.first_on}-{self.last_on}"


def stamp(*says: object) -> str:
    """A fact's stamp: 16 letters that differ as soon as what the source says does."""
    return blake2b("\0".join(map(str, says)).encode(), digest_size=8).hexdigest()


Collect = Callable[[Asked, "Store"], Iterable[Fact]]
"""Called with many networks at once: few statements for all, not some for each. Nothing above the audience is read."""
