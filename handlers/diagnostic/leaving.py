"""The routes of leaving a review, asked once more, and of ending it for everyone before it is done."""

from handlers.diagnostic import leaving_views, letters, whose
from handlers.diagnostic.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press
from handlers.kit.replies import Replace, Reply, Say
from storage.review_records import Review, ReviewState


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
        put_away(gathered.review, context)
    return Replace(leaving_views.left(was_last=was_last, may_run=gathered.may_run))


@feature.press("give_up")
def give_up(press: Press, context: Context) -> Reply:
    """End a review for everyone before it is done; a second press finds it ended."""
    gathered = whose.run(ids(press.argument, 1)[0], context)
    if gathered.review.state is ReviewState.ENDED:
        raise Refusal(whose.OVER)
    if gathered.review.is_open:
        put_away(gathered.review, context)
    return Replace(leaving_views.given_up(gathered.network))


def put_away(review: Review, context: Context) -> None:
    """End it: nobody reads its answers any more but each their own."""
    context.store.reviews.give_up(review.id, context.now)
    context.audit("gave up a review", f"review {review.id}")
