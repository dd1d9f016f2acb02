"""A network's schedule as the short text that a button or a form carries; read again strictly at each press."""

from datetime import date, time

from handlers.kit import recurrence
from handlers.kit.arguments import number
from handlers.kit.context import zone_named
from storage.scheduled import Wanted

BAR = "|"
LONGEST = 1500
"""Characters at the most: below what a button of Slack carries (2,000)."""
MOST_WINDOW_DAYS = 14
WINDOW_DAYS = 3
"""What a schedule has that moves nothing: nobody looks at it."""
_PARTS = 8


def of_network(network_id: int, occasion: str) -> str:
    """The argument that names an occasion in a network, and says nothing of when."""
    return f"{network_id}{BAR}{occasion}"


def addressed(argument: str) -> tuple[int, str] | None:
    """The network and the occasion that begin an argument; None where it is none of ours."""
    network_text, _, rest = argument.partition(BAR)
    network_id, occasion = number(network_text), rest.partition(BAR)[0]
    if network_id is None or not occasion or len(argument) > LONGEST:
        return None
    return network_id, occasion


def written(wanted: Wanted) -> str:
    """All of a network's schedule, canonically: the same schedule is always the same text."""
    assert wanted.network_id is not None, "only a network's schedule has a preview"
    parts = (
        of_network(wanted.network_id, wanted.occasion),
        recurrence.written(recurrence.read(wanted.cadence)),
        wanted.at.isoformat("minutes"),
        wanted.zone or "",
        wanted.from_on.isoformat(),
        wanted.until_on.isoformat() if wanted.until_on else "",
        str(wanted.window_days if wanted.moves else 0),
    )
    return BAR.join(parts)


def is_whole(argument: str) -> bool:
    """True where the argument says when, and not only where and what."""
    return argument.count(BAR) == _PARTS - 1


def read(argument: str) -> Wanted | None:
    """The schedule that a whole argument holds; None where no button of ours carries it."""
    where = addressed(argument)
    parts = argument.split(BAR)[2:]
    if where is None or not is_whole(argument):
        return None
    cadence, at, zone, from_on, until_on, days = parts
    window_days = number(days)
    if (zone and zone_named(zone) is None) or window_days is None or window_days > MOST_WINDOW_DAYS:
        return None
    try:
        wanted = Wanted(
            where[1], cadence, time.fromisoformat(at), date.fromisoformat(from_on), where[0], None, zone or None,
            date.fromisoformat(until_on) if until_on else None, window_days > 0, window_days or WINDOW_DAYS,
        )  # fmt: skip
        return wanted if written(wanted) == argument else None
    except ValueError:
        return None
