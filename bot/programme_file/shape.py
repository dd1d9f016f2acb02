"""The shape of a programme file, as pydantic checks it; imported only when a file is loaded."""

import datetime
from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

zones = cache(available_timezones)


def _zone(name: str) -> str:
    if name not in zones():
        raise ValueError("zone")
    return name


def _text(most: int, least: int = 1) -> StringConstraints:
    # No control characters: a name is one line, and PostgreSQL keeps no NUL.
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most, pattern=r"^[^\x00-\x1f\x7f]*$")


Name = Annotated[str, _text(200)]
Id = Annotated[str, _text(128)]
Workspace = Annotated[str, _text(64)]
Zone = Annotated[str, AfterValidator(_zone)]
Platform = Literal["slack", "teams"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


def folded(platform: object, id_: str) -> str:
    """An id as it is kept and compared: those of Teams are the same in capitals and small letters, Slack's are not."""
    return id_.lower() if platform == "teams" else id_


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ProgrammeTable(_Table):
    """`[programme]`."""

    name: Name
    time_zone: Zone
    messages_a_week: Annotated[int, Field(ge=1, le=7)] | None = None
    signpost: Annotated[str, _text(600)] | None = None


class HomeTable(_Table):
    """A network's home: a channel on a platform."""

    platform: Platform
    workspace: Workspace
    place: Name


class NetworkTable(_Table):
    """One of `[[networks]]`."""

    key: Key
    name: Name
    purpose: Annotated[str, _text(500, least=0)] = ""
    started_on: datetime.date | None = None
    home: HomeTable | None = None


class AccountTable(_Table):
    """One of a person's accounts."""

    platform: Platform
    workspace: Workspace
    user: Id


class RoleTable(_Table):
    """One of a person's roles."""

    role: Literal["member", "coordinator", "leader", "faculty", "admin"]
    network: str | None = None


class PersonTable(_Table):
    """One of `[[people]]`."""

    name: Name
    time_zone: Zone | None = None
    accounts: Annotated[list[AccountTable], Field(min_length=1)]
    roles: list[RoleTable] = []


class FileTable(_Table):
    """The whole file."""

    programme: ProgrammeTable
    networks: list[NetworkTable] = []
    people: list[PersonTable] = []
