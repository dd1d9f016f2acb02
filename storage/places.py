"""Places that a network can call home: where their platform writes to them, and who asked for one to be it."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.post_records import HomeAsk
from storage.post_tables import home_asks, places
from storage.records import Home


class Places:
    """An address is text that only its platform reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, place: Home, address: str) -> int:
        """Keep the address of a place, if it is new; "" leaves what is known. Returns the place's id."""
        row = self._connection.execute(select(places.c.id, places.c.address).where(*_is(place))).first()
        if row is None:
            values = {"platform": place.platform, "workspace": place.workspace, "place": place.place}
            new = insert(places).values(**values, address=address).returning(places.c.id)
            return int(self._connection.execute(new).scalar_one())
        if address and row.address != address:
            self._connection.execute(update(places).where(places.c.id == row.id).values(address=address))
        return int(row.id)

    def address_of(self, place: Home) -> str | None:
        """The address last seen for that place; None where there is none."""
        return self._connection.execute(select(places.c.address).where(*_is(place))).scalar() or None

    def ask(self, person_id: int, place: Home, address: str, at: datetime) -> int:
        """Note that someone asked there for that place to be a home; returns the id of that, the same each time."""
        place_id = self.keep(place, address)
        own = (home_asks.c.person_id == person_id, home_asks.c.place_id == place_id)
        found = self._connection.execute(update(home_asks).where(*own).values(asked_at=at).returning(home_asks.c.id))
        if (known := found.scalar()) is not None:
            return int(known)
        values = {"person_id": person_id, "place_id": place_id, "asked_at": at}
        added = self._connection.execute(insert(home_asks).values(values).returning(home_asks.c.id))
        return int(added.scalar_one())

    def asked_by(self, person_id: int) -> list[tuple[Home, datetime]]:
        """Where one person asked for a home, and when, oldest first."""
        query = select(places.c.platform, places.c.workspace, places.c.place, home_asks.c.asked_at)
        joined = query.join(home_asks, places.c.id == home_asks.c.place_id).where(home_asks.c.person_id == person_id)
        rows = self._connection.execute(joined.order_by(home_asks.c.asked_at))
        return [(Home(row.platform, row.workspace, row.place), row.asked_at) for row in rows]

    def asked(self, ask_id: int) -> HomeAsk | None:
        """Who asked where, if that is still kept."""
        query = select(home_asks.c.id, home_asks.c.person_id, places.c.platform, places.c.workspace, places.c.place)
        joined = query.join(places, places.c.id == home_asks.c.place_id).where(home_asks.c.id == ask_id)
        row = self._connection.execute(joined).first()
        return HomeAsk(row.id, row.person_id, Home(row.platform, row.workspace, row.place)) if row else None


def _is(place: Home) -> tuple[ColumnElement[bool], ...]:
    return (
        places.c.platform == place.platform,
        places.c.workspace == place.workspace,
        places.c.place == place.place,
    )
