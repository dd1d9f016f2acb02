"""The routes of leaving a review: asked once more, then one's answers are gone."""

from handlers.diagnostic import leaving_views, letters, starting, whose
from handlers.diagnostic.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.replies import Replace, Reply, Say


@feature.press("leave")
def ask_whether(press: Press, context: Context) -> Reply:
    """Whether one really wants to leave; those who run the network may end it instead."""
    return Say(leaving_views.leaving(whose.still_open(whose.review(ids(press.argument, 1)[0], context))))


@feature.press("left")
def leave(press: Press, context: Context) -> Reply:
    """Erase the seat and the answers of whoever acts; with the last one, the review ends."""
    gathered = whose.in_it(ids(press.argument, 1)[0], context)
    context.store.reviews.leave(gathered.review.id, context.person.id, context.now)
    context.audit("left a review", f"review {gathered.review.id}")
    was_last = len(gathered.people) == 1
    if not gathered.has_finished:
        letters.tell_that_all_answered(whose.gathering(gathered.review, context), context)
    if was_last:
        starting.put_away(gathered.review, context)
    return Replace(leaving_views.left(was_last=was_last, may_run=gathered.may_run))
