"""Who is writing a model's version of which draft: claimed under a lease and a token, and ended once."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, or_, select, update

from storage.draft_records import Wanted
from storage.draft_tables import drafts

_WAITS = (drafts.c.wanted_at.is_not(None), drafts.c.written_at.is_(None), drafts.c.failed == "")


class DraftWriting:
    """Claims drafts for which a model's version is wanted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, now: datetime, lease: timedelta) -> Wanted | None:
        """The draft that has waited longest and that nobody is writing, for so long; None where there is none."""
        free = or_(drafts.c.leased_until.is_(None), drafts.c.leased_until <= now)
        oldest = (
            select(drafts.c.id)
            .where(*_WAITS, free)
            .order_by(drafts.c.wanted_at, drafts.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        token = str(uuid4())
        claiming = (
            update(drafts)
            .where(drafts.c.id == oldest.scalar_subquery())
            .values(token=token, leased_until=now + lease)
            .returning(drafts.c.id)
        )
        draft_id = self._connection.execute(claiming).scalar()
        return Wanted(draft_id, token) if draft_id is not None else None

    def end(self, wanted: Wanted, at: datetime, **told: str | int) -> bool:
        """It is written, or why it is not; False where the claim is another's by now, or the draft is gone."""
        mine = (drafts.c.id == wanted.draft_id, drafts.c.token == wanted.token, *_WAITS)
        done = update(drafts).where(*mine).values(written_at=at, token=None, leased_until=None, **told)
        return bool(self._connection.execute(done).rowcount)
