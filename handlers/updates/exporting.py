"""Gives an update as a file: only what its readers may read, just as somebody looked at it."""

from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say
from handlers.updates import attached, document, pages, whose
from handlers.updates.feature import feature
from storage.draft_records import Draft


@feature.press("files")
def choose_file(press: Press, context: Context) -> Reply:
    """Which file it shall be."""
    return Say(pages.files(_mine(press, context)))


def _mine(press: Press, context: Context) -> Draft:
    """The draft of a press: whoever runs its network may have it as a file."""
    return whose.draft(ids(press.argument, 1)[0], context)


@feature.press("word")
def as_word(press: Press, context: Context) -> Reply:
    """As a Word file."""
    return _give(press, context, "docx")


@feature.press("markdown")
def as_markdown(press: Press, context: Context) -> Reply:
    """As a text file."""
    return _give(press, context, "md")


@feature.press("csv")
def as_table(press: Press, context: Context) -> Reply:
    """Its sources, as a table."""
    return _give(press, context, "csv")


def _give(press: Press, context: Context, ending: str) -> Reply:
    draft = _mine(press, context)
    found = whose.opened(draft, context)
    context.audit("took an update as a file", f"draft {draft.id} {ending}")
    return Say(attached.message(document.for_readers(draft, found.network, found.lines), ending))
