"""What the tests of Teams' files share: a bot that answers everything with files, and somebody who was offered one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.settings import TeamsSettings
from handlers.kit.content import MOST_FILE, Again, Attachment, Message, paragraph, plain
from handlers.kit.events import Event
from handlers.kit.replies import Nothing, Reply, Say

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN = Again("updates.file", "7")
BYTES = Attachment("An: update?.docx", DOCX, os.urandom(MOST_FILE), "The update of this month.", AGAIN)
TEXT = Attachment.of_text("plan.ics", "text/calendar", "BEGIN:VCALENDAR\r\n", again=AGAIN)


@dataclass
class Makes:
    """Answers everything with these files. `refused`: says so instead, to whoever it is."""

    files: tuple[Attachment, ...] = (BYTES,)
    as_reply: Callable[[Message], Reply] = Say
    refused: bool = False
    seen: set[str] = field(default_factory=set)

    def __call__(self, event: Event) -> Reply:
        if event.id in self.seen:
            return Nothing()
        self.seen.add(event.id)
        if self.refused:
            return Say(plain("You can’t have that."))
        return self.as_reply(Message("Here it is.", (paragraph("Here it is."),), (), self.files))


def hosts(*listed: str) -> Callable[[TeamsSettings], TeamsSettings]:
    """Settings with these hosts for files."""
    return lambda given: replace(given, file_hosts=listed)
