"""The route of who else may read a result: whoever runs the network widens, and anyone of the review narrows."""

from handlers.diagnostic import result_views, results, shares, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.result_views import Shown
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Submission
from handlers.kit.replies import Correct, Reply, Say


def _own(review_id: int, context: Context) -> Shown:
    """The result of a review that whoever acts has a seat in, held where it may be changed."""
    if not context.opening:
        context.store.reviews.hold(review_id)
    shown = results.readable(review_id, context)
    if not shown.result.is_own:
        raise NotAllowed("who may read a result of others", whose.GONE)
    return shown


def draw_share(argument: str, context: Context) -> Form:
    """Who else may read it, as it stands now."""
    shown = _own(_carried(argument)[0], context)
    if not shown.may_share:
        raise Refusal(shares.ONLY_THEIRS if shown.is_one_view else shares.ONLY_RUNNERS)
    return shares.form(shown)


def _carried(argument: str) -> tuple[int, int | None]:
    if "." not in argument:
        return ids(argument, 1)[0], None
    review_id, shown = ids(argument, 2)
    return review_id, shown


@feature.form("share", draw_share)
def share(submission: Submission, context: Context) -> Reply:
    """Keep who else may read it; a form that was open while it changed says so first."""
    review_id, was = _carried(submission.argument)
    shown = _own(review_id, context)
    now, chosen = shown.result.review.audience, shares.WIDTHS[str(submission.values["who"])]
    if was != int(now or 0):
        again = shares.form(shown).filled(submission.values)
        return Correct(again, {"who": shares.meanwhile(now)}, redraw=True)
    context.store.reviews.set_audience(review_id, chosen)
    context.audit("chose who can read a review", f"review {review_id}")
    return Say(results.page(review_id, context, result_views.read_by(chosen)))
