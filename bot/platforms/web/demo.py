"""Describes the demonstration: who one can be in the browser, where nobody signs in."""

from dataclasses import dataclass, field

from bot.clock import DemoClock


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone made up whom one can be. `user` is their account's id here: letters, digits and hyphens.

    `role` is in words ("Co-ordinator"); `networks` are the names of the networks they belong to.
    """

    user: str
    name: str
    role: str
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Demo:
    """The people, their accounts' workspace, the zone that times are shown in, and the hosts answered to.

    With a `clock`, whoever looks can move the time on; each line then says its day. `others`: the account ids of
    made-up people whom nobody can be; what is sent to them is taken, and nobody reads it.
    """

    people: tuple[DemoPerson, ...]
    workspace: str = "demo"
    time_zone: str = "Europe/London"
    hosts: tuple[str, ...] = field(default=("127.0.0.1", "localhost", "::1"))
    clock: DemoClock | None = None
    others: frozenset[str] = frozenset()

    def person(self, user: str) -> DemoPerson | None:
        """The person with that account id."""
        return next((person for person in self.people if person.user == user), None)
