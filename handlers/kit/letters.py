"""Letters: what another person sends by a press, or what someone agreed to, comes at a person's next good time."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.kit import good_times
from handlers.kit.times import own_zone
from storage.scheduled import Recipient

if TYPE_CHECKING:
    from handlers.kit.context import Context

AT = time(9)
"""When a letter comes that waits for a later day, on its person's own clock; or at the start of their hours."""
WINDOW_DAYS = 30
"""A letter waits so long for the end of leave, and then comes no more."""


def bring(
    context: "Context", person_id: int, occasion: str, at: datetime | None = None, *, by: datetime | None = None
) -> bool:
    """Let what waits of that letter occasion reach the person at their next good time from `at` on, or from now on.

    It is drawn when it is sent, so it says what waits then; several on one day become one message. It counts for no
    limit of messages a week. False where nobody of that id is known, where no account of theirs can be written to, or
    where it comes no earlier than `by`, when there is nothing left to tell: then they must hear of it some other way.
    """
    found: dict[int, Recipient] = context.store.schedules.recipients_by_ids([person_id])
    if person_id not in found or not found[person_id].accounts:
        return False
    recipient, wanted_at = found[person_id], max(at or context.now, context.now)
    zone = own_zone(recipient.person, context.programme)
    due_at: datetime | None = wanted_at
    if good_times.quiet_now(recipient.person, zone, wanted_at):
        last_on = wanted_at.astimezone(zone).date() + timedelta(days=WINDOW_DAYS)
        due_at = good_times.next_good(recipient.person, zone, wanted_at, AT, last_on)
    if due_at is None:
        return False
    context.store.letters.bring(
        occasion, recipient.person.id, due_at, due_at.astimezone(zone).date(), recipient.accounts[0],
        set_by=context.person.id, set_at=context.now, at=AT, window_days=WINDOW_DAYS,
    )  # fmt: skip
    return by is None or due_at < by
