"""The routes of what a review came to: its result for whoever may read it, and beside the first."""

from datetime import date

from handlers.diagnostic import result_views, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.result_views import Shown
from handlers.kit.arguments import ids
from handlers.kit.audience import goal_reader, reader_in
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say
from handlers.kit.reviewed import reviewed
from storage.review_records import Result


def readable(review_id: int, context: Context) -> Shown:
    """The result of that review. Raises NotAllowed for whoever may not read it, and where there is none."""
    store = context.store.reviews
    review = store.by_id(review_id)
    result = store.result(review_id, reader_in(context.person, review.network_id)) if review else None
    if review is None or result is None:
        raise NotAllowed("a review's result that is not theirs to read", whose.GONE)
    network = context.store.networks.by_id(review.network_id)
    assert network is not None, "foreign keys hold"
    first = _first(result, context)
    return Shown(
        reviewed(result),
        network,
        _ended_on(result, context),
        reviewed(first) if first else None,
        _ended_on(first, context) if first else None,
        context.person.runs(network.id),
        _has_plan(network.id, context),
        _may_widen(result, context),
    )


def _has_plan(network_id: int, context: Context) -> bool:
    return context.store.plans.current(network_id, goal_reader(context.person)) is not None


def _may_widen(result: Result, context: Context) -> bool:
    """True for those of the review who run its network; where one person answered, for that person alone."""
    if not (result.is_own and context.person.runs(result.review.network_id)):
        return False
    return result.people > 1 or whose.gathering(result.review, context).has_finished


def _ended_on(result: Result, context: Context) -> date:
    assert result.review.ended_at is not None, "it has ended"
    return context.local_on(result.review.ended_at)


def _first(result: Result, context: Context) -> Result | None:
    """The earliest result before this one that whoever acts may read."""
    store, network_id = context.store.reviews, result.review.network_id
    reader = reader_in(context.person, network_id)
    before = (one for one in store.ended_in(network_id) if one.number < result.review.number)
    return next((found for one in before if (found := store.result(one.id, reader))), None)


def page(review_id: int, context: Context, opening: str = "") -> Message:
    """The page of the result."""
    return result_views.whole(readable(review_id, context), opening)


@feature.press("result")
def show(press: Press, context: Context) -> Reply:
    """What the review came to."""
    return Say(page(ids(press.argument, 1)[0], context))


@feature.press("compare")
def compare(press: Press, context: Context) -> Reply:
    """This review beside the first."""
    shown = readable(ids(press.argument, 1)[0], context)
    if shown.first is None:
        raise Refusal(result_views.NO_FIRST)
    return Say(result_views.comparison(shown))
