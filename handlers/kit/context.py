"""What a handler is given besides the event: one frozen, typed value."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.kit.text import week_of
from storage.records import Person, Programme

if TYPE_CHECKING:
    from handlers.kit.feature import Routes
    from storage.unit import Store


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of that IANA name; None where there is none, as platforms say odd ones at times."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class Context:
    """The store of this unit of work, the time, who acts, the programme, and all routes (for help and happenings).

    `opening`: a form is drawn to be filled, and not to take what was filled in. `posts_on`: the platforms that networks
    can call home here; None where that is not known. `model_name`: the model that is set up to write; empty where
    there is none, and then everything works without one.
    """

    store: "Store"
    now: datetime
    person: Person
    programme: Programme
    event_id: str
    routes: "Routes"
    platform: str = ""
    workspace: str = ""
    opening: bool = True
    posts_on: frozenset[str] | None = None
    model_name: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The person's own time zone; the programme's where theirs is not known."""
        return zone_named(self.person.time_zone or "") or ZoneInfo(self.programme.time_zone)

    @property
    def today_on(self) -> date:
        """Today's date on the person's own calendar."""
        return self.now.astimezone(self.zone).date()

    @property
    def programme_on(self) -> date:
        """Today's date on the programme's calendar."""
        return self.now.astimezone(ZoneInfo(self.programme.time_zone)).date()

    @property
    def week_on(self) -> date:
        """The Monday of this week on the programme's calendar."""
        return week_of(self.programme_on)

    def local_on(self, at: datetime) -> date:
        """The date of an instant on the person's own calendar."""
        return at.astimezone(self.zone).date()

    def announce(self, happening: object) -> None:
        """Tell every feature that hears this kind of happening, in this unit of work."""
        for hear in self.routes.hearers(type(happening)):
            hear(happening, self)

    def is_heard(self, happening: type) -> bool:
        """True if some feature acts on this kind of happening: what nobody hears need not be offered."""
        return bool(self.routes.hearers(happening))

    def audit(self, what: str, detail: str = "") -> None:
        """Note in the audit log who did what; never anyone's words."""
        self.store.audit.note(self.now, self.person.id, what, detail, self.event_id)
