"""The routes that give a result as a file, to whoever may read it."""

from handlers.diagnostic import attached, results
from handlers.diagnostic.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say


@feature.press("word")
def as_word(press: Press, context: Context) -> Reply:
    """As a Word file."""
    return _give(press, context, "docx")


@feature.press("table")
def as_table(press: Press, context: Context) -> Reply:
    """As a table."""
    return _give(press, context, "csv")


@feature.press("picture")
def as_picture(press: Press, context: Context) -> Reply:
    """The wheel as a picture."""
    return _give(press, context, "png")


def _give(press: Press, context: Context, ending: str) -> Reply:
    shown = results.readable(ids(press.argument, 1)[0], context)
    context.audit("took a review as a file", f"review {shown.result.review.id} {ending}")
    return Say(attached.message(shown, ending))
