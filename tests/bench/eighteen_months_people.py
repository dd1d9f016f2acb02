"""The network of the eighteen months, and who is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bench.eighteen_months import PLATFORM, WORKSPACE
from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile, apply
from storage.records import Account, Role
from storage.store import Store

BEGIN = datetime(2027, 1, 4, 20, 0, tzinfo=UTC)
NETWORK = "Open Clinics"
PEOPLE = {
    "imogen": ("Imogen Hale", FileRole(Role.COORDINATOR, "open-clinics")),
    "callum": ("Callum Reed", FileRole(Role.LEADER, "open-clinics")),
    "ann": ("Ann Moss", FileRole(Role.MEMBER, "open-clinics")),
    "ben": ("Ben Lark", FileRole(Role.MEMBER, "open-clinics")),
    "fay": ("Fay Stone", FileRole(Role.FACULTY, None)),
}


def programme(store: Store) -> None:
    """Put the network and its people in."""
    people = tuple(
        FilePerson(name, "Europe/London", (Account(PLATFORM, WORKSPACE, user),), (role,))
        for user, (name, role) in PEOPLE.items()
    )
    network = FileNetwork("open-clinics", NETWORK, "Letters that people can read", date(2027, 1, 4))
    apply(ProgrammeFile("Practitioner networks", "Europe/London", (network,), people), store, BEGIN)
