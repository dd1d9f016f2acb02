"""The routes of what a review came to: its page, beside the first, as a file, and who else may read it."""

from datetime import date

from handlers.diagnostic import files, result_views, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.result_views import Shown
from handlers.kit.arguments import ids
from handlers.kit.audience import goal_reader, reader_in
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Reply, Say
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
    shown = readable(ids(press.argument, 1)[0], context)
    context.audit("took a review as a file", f"review {shown.result.review.id} {ending}")
    return Say(files.message(shown, ending))


def _own(review_id: int, context: Context) -> Shown:
    """The result of a review that whoever acts has a seat in, held where it may be changed."""
    if not context.opening:
        context.store.reviews.hold(review_id)
    shown = readable(review_id, context)
    if not shown.result.is_own:
        raise NotAllowed("who may read a result of others", whose.GONE)
    return shown


def draw_share(argument: str, context: Context) -> Form:
    """Who else may read it, as it stands now."""
    shown = _own(_carried(argument)[0], context)
    if not shown.may_share:
        raise Refusal(result_views.ONLY_THEIRS if shown.is_one_view else result_views.ONLY_RUNNERS)
    return result_views.share_form(shown)


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
    now, chosen = shown.result.review.audience, result_views.WIDTHS[str(submission.values["who"])]
    if was != int(now or 0):
        again = result_views.share_form(shown).filled(submission.values)
        return Correct(again, {"who": result_views.shared_meanwhile(now)}, redraw=True)
    context.store.reviews.set_audience(review_id, chosen)
    context.audit("chose who can read a review", f"review {review_id}")
    return Say(page(review_id, context, result_views.read_by(chosen)))
