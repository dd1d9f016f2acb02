"""Brings together what a draft's pages show, for whoever looks at them."""

from handlers.kit import posts
from handlers.kit.content import Block, Message
from handlers.kit.context import Context
from handlers.kit.facts import Section
from handlers.updates import document, pages, views, whose
from handlers.updates.whose import Open
from storage.draft_records import Draft

POST = "updates.update"
"""The kind of post that an update is; its argument is the draft's id."""


def seen(found: Open, context: Context, said: str = "") -> views.Seen:
    """The draft as whoever acts sees it; `said` is what has just been done."""
    whole = document.whole(found.draft, found.network, found.lines, found.facts)
    return views.Seen(whole, context.person.id, said, _post(found.draft, context))


def _post(draft: Draft, context: Context) -> tuple[Block, ...]:
    """How it stands with the post in the network's home."""
    if draft.posted_at is None:
        return ()
    post = context.store.posts.of(POST, str(draft.id))
    return posts.told(post, context.zone) if post else ()


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
