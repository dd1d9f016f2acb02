"""The message that an update comes with as a file."""

from collections.abc import Callable

from handlers.kit.content import Attachment, Message, paragraph
from handlers.kit.text import counted
from handlers.updates import files, pages
from handlers.updates.document import Document

MAKERS: dict[str, tuple[str, Callable[[Document], str]]] = {
    "md": ("text/markdown", files.markdown),
    "csv": ("text/csv", files.table_of_sources),
}
"""What makes the file of each ending."""


def message(told: Document, ending: str) -> Message:
    """The update as a file with that ending, with what is not in it said."""
    name, (media_type, make) = files.file_name(told, ending), MAKERS[ending]
    struck = sum(one.struck for one in told.sections)
    more = f" {counted(struck, 'line is', 'lines are')} not in it: look at what changed first." if struck else ""
    text = f"Here is the update as a file.{more} Keep it where only its readers can open it."
    return Message(text, (paragraph(text),), (pages.back(told.draft),), Attachment(name, media_type, make(told)))
