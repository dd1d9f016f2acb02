"""Brings together what a draft's pages show, for whoever looks at them."""

from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.facts import Section
from handlers.updates import document, pages, views, whose
from handlers.updates.whose import Open
from storage.draft_records import Draft


def seen(found: Open, context: Context, said: str = "") -> views.Seen:
    """The draft as whoever acts sees it; `said` is what has just been done."""
    whole = document.whole(found.draft, found.network, found.lines, found.facts)
    return views.Seen(whole, context.person.id, said)


def anew(draft_id: int, context: Context, said: str = "") -> Message:
    """The draft after it was changed."""
    return views.preview(seen(whose.opened(whose.draft(draft_id, context), context), context, said))


def section(draft: Draft, which: Section, context: Context, said: str = "") -> Message:
    """The page of a section, with its sources."""
    return pages.section(seen(whose.opened(draft, context), context, said), which)


def update(draft: Draft, context: Context) -> Message:
    """An update that has gone out, as its readers see it."""
    found = whose.opened(draft, context)
    return views.update(document.for_readers(draft, found.network, found.lines), views.ALL)
