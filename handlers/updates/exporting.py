"""Gives an update as a file: only what its readers may read, just as somebody looked at it."""

from collections.abc import Callable

from handlers.kit.arguments import ids
from handlers.kit.content import Attachment, Message, paragraph
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say
from handlers.kit.text import counted
from handlers.updates import document, files, pages, whose
from handlers.updates.document import Document
from handlers.updates.feature import feature
from storage.draft_records import Draft


@feature.press("files")
def choose_file(press: Press, context: Context) -> Reply:
    """Which file it shall be."""
    return Say(pages.files(_mine(press, context)))


def _mine(press: Press, context: Context) -> Draft:
    """The draft of a press: whoever runs its network may have it as a file."""
    return whose.draft(ids(press.argument, 1)[0], context)


@feature.press("markdown")
def as_markdown(press: Press, context: Context) -> Reply:
    """As a text file."""
    return _file(press, context, "md", "text/markdown", files.markdown)


@feature.press("csv")
def as_table(press: Press, context: Context) -> Reply:
    """Its sources, as a table."""
    return _file(press, context, "csv", "text/csv", files.table_of_sources)


def _file(press: Press, context: Context, ending: str, media_type: str, make: Callable[[Document], str]) -> Reply:
    draft = _mine(press, context)
    found = whose.opened(draft, context)
    told = document.for_readers(draft, found.network, found.lines)
    context.audit("took an update as a file", f"draft {draft.id} {ending}")
    name = files.file_name(told, ending)
    struck = sum(one.struck for one in told.sections)
    more = f" {counted(struck, 'line is', 'lines are')} not in it: look at what changed first." if struck else ""
    text = f"Here is the update as a file, {name}.{more} Keep it where only its readers can open it."
    return Say(Message(text, (paragraph(text),), (pages.back(draft),), Attachment(name, media_type, make(told))))
