"""Networks, and the programme that they belong to."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage.records import Home, Network, Programme
from storage.tables import networks, programme

UNNAMED = Programme("Your programme", "Europe/London")
"""What stands until a programme file is loaded."""


_BY_ID = select(networks).where(networks.c.id == bindparam("wanted"))
# SQLite leaves the lock out, as it has one writer. Rows that refer to the network, such as check-ins, do not wait.
_HOLD = select(networks.c.id).where(networks.c.id == bindparam("wanted")).with_for_update(key_share=True)


class Networks:
    """Answers which networks there are; one that it has read in this unit it does not read again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Network] = {}

    def programme(self) -> Programme:
        """The programme; a neutral one until a programme file is loaded."""
        columns = (programme.c.name, programme.c.time_zone, programme.c.messages_a_week)
        row = self._connection.execute(select(*columns)).first()
        return Programme(*row) if row else UNNAMED

    def keep_programme(self, name: str, time_zone: str) -> None:
        """Set the programme's name and time zone."""
        values = {"name": name, "time_zone": time_zone}
        if not self._connection.execute(update(programme).values(values)).rowcount:
            self._connection.execute(insert(programme).values(id=1, **values))

    def keep_messages_a_week(self, most: int) -> None:
        """Set how many messages that they did not ask for a person may get in a week."""
        if not self._connection.execute(update(programme).values(messages_a_week=most)).rowcount:
            self.keep_programme(UNNAMED.name, UNNAMED.time_zone)
            self._connection.execute(update(programme).values(messages_a_week=most))

    def signpost(self) -> str:
        """What the programme says to words that point to harm; "" where it leaves that to Weaver."""
        return self._connection.execute(select(programme.c.signpost)).scalar() or ""

    def keep_signpost(self, words: str) -> None:
        """Set what the programme says to words that point to harm."""
        if not self._connection.execute(update(programme).values(signpost=words)).rowcount:
            self.keep_programme(UNNAMED.name, UNNAMED.time_zone)
            self._connection.execute(update(programme).values(signpost=words))

    def all(self) -> list[Network]:
        """Every network, by name."""
        return [network_in(row) for row in self._connection.execute(select(networks).order_by(networks.c.name))]

    def by_ids(self, ids: tuple[int, ...]) -> list[Network]:
        """These networks, by name."""
        rows = self._connection.execute(select(networks).where(networks.c.id.in_(ids)).order_by(networks.c.name))
        return [network_in(row) for row in rows]

    def by_id(self, network_id: int) -> Network | None:
        """The network, if there is one."""
        if network_id not in self._read:
            row = self._connection.execute(_BY_ID, {"wanted": network_id}).first()
            if row is None:
                return None
            self._read[network_id] = network_in(row)
        return self._read[network_id]

    def by_key(self, key: str) -> Network | None:
        """The network with that key of the programme file."""
        row = self._connection.execute(select(networks).where(networks.c.key == key)).first()
        return network_in(row) if row else None

    def hold(self, network_id: int) -> None:
        """Wait for whoever holds the network, then let others wait until this unit of work has ended.

        What is read before may be out of date; what is read from now on is not. Hold several in the order of their ids.
        """
        self._connection.execute(_HOLD, {"wanted": network_id})

    def add(self, key: str, name: str, purpose: str, started_on: date | None, home: Home | None) -> int:
        """Add a network; returns its id. Raises sqlalchemy.exc.IntegrityError where the key is taken."""
        values = {
            "key": key,
            "name": name,
            "purpose": purpose,
            "started_on": started_on,
            **_home_columns(home),
        }
        added = self._connection.execute(insert(networks).values(values).returning(networks.c.id)).scalar_one()
        return int(added)

    def change(self, network_id: int, name: str, purpose: str, started_on: date | None, home: Home | None) -> None:
        """Change what the programme file says of a network."""
        self._read.pop(network_id, None)
        values = {"name": name, "purpose": purpose, "started_on": started_on, **_home_columns(home)}
        self._connection.execute(update(networks).where(networks.c.id == network_id).values(values))

    def make_home(self, network_id: int, home: Home) -> None:
        """Let that place be the network's home."""
        self._read.pop(network_id, None)
        values = _home_columns(home)
        self._connection.execute(update(networks).where(networks.c.id == network_id).values(values))


def _home_columns(home: Home | None) -> dict[str, str | None]:
    return {
        "home_platform": home.platform if home else None,
        "home_workspace": home.workspace if home else None,
        "home_place": home.place if home else None,
    }


def network_in(row: Row[Any], prefix: str = "") -> Network:
    """The network that a row holds, in columns of those names with the prefix before them."""
    of = {name.removeprefix(prefix): value for name, value in row._mapping.items() if name.startswith(prefix)}
    home = Home(of["home_platform"], of["home_workspace"], of["home_place"]) if of["home_platform"] else None
    return Network(of["id"], of["key"], of["name"], of["purpose"], of["started_on"], home)
