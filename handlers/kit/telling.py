"""Lets what can wait reach someone with the next message that they may get anyway, beside no limit of theirs."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

from handlers.kit.recurrence import Chosen, written
from storage.scheduled import Wanted

if TYPE_CHECKING:
    from handlers.kit.context import Context

WEEKS = 3
"""In so many weeks there is one in which someone still gets a message, or comes back from leave."""


def with_the_next(context: "Context", person_id: int, name: str) -> None:
    """Let what waits of that occasion come to the person at their first message from tomorrow on."""
    first = context.today_on + timedelta(days=1)
    days = tuple(first + timedelta(weeks=week) for week in range(WEEKS))
    at = time.fromisoformat(context.routes.occasions[name].at)
    wanted = Wanted(name, written(Chosen(days)), at, first, person_id=person_id)
    context.store.schedules.put(wanted, context.person.id, context.now)
