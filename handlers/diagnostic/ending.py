"""The routes that end a joint session: strengths and what to work on, in the group's words, and then the end."""

from handlers.diagnostic import ending_views, results, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.session import Session, session
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Reply, Say
from handlers.kit.reviewed import Reviewed, reviewed
from storage.review_records import ReviewState


def _carried(argument: str) -> tuple[int, str, str]:
    own, *versions = argument.split(":")
    if len(versions) not in (0, 2):
        raise NotAllowed("a malformed button or form")
    base, told = versions or ("", "")
    return ids(own, 1)[0], base, told


def _seen(found: Session) -> Reviewed:
    return reviewed(found.result)


def draw_points(argument: str, context: Context) -> Form:
    """The form with the strengths and the things to work on as they stand."""
    review_id, base, told = _carried(argument)
    found = session(review_id, context)
    now = ending_views.version(found.points)
    return ending_views.form(found, _seen(found), base or now, told or now)


@feature.form("points", draw_points)
def keep_points(submission: Submission, context: Context) -> Reply:
    """Keep them; whoever kept others meanwhile is named first, and where one left a line empty, theirs stays."""
    review_id, base, told = _carried(submission.argument)
    found = session(review_id, context)
    now, values = ending_views.version(found.points), dict(submission.values)
    if now != base and ending_views.points_of(values) == found.points:
        return Say(ending_views.closing(found, "That is kept."))
    if now != base:
        values = ending_views.beside(values, found.points)
    if now not in (base, told):
        form = ending_views.form(found, _seen(found), base, now).filled(values)
        return Correct(form, ending_views.meanwhile(values, found.points, found.beside), redraw=True)
    context.store.reviews.keep_points(review_id, ending_views.points_of(values))
    context.store.reviews.lead(review_id, context.person.id, context.now)
    return Say(ending_views.closing(session(review_id, context), "That is kept."))


@feature.press("closing")
def show_closing(press: Press, context: Context) -> Reply:
    """What the session comes to."""
    return Say(ending_views.closing(session(ids(press.argument, 1)[0], context)))


@feature.press("end")
def end(press: Press, context: Context) -> Reply:
    """End the review: what was agreed is its result, for its own people; a second press finds it ended."""
    review_id = ids(press.argument, 1)[0]
    if whose.review(review_id, context).review.state is ReviewState.ENDED:
        return Say(results.page(review_id, context))
    if not session(review_id, context).points:
        raise Refusal(ending_views.NO_POINTS)
    context.store.reviews.end(review_id, context.now)
    context.audit("ended a review", f"review {review_id}")
    return Say(results.page(review_id, context, "The review has ended. Nobody else can read it yet."))
