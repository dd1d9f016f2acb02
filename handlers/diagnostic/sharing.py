"""The route of who else may read a result: whoever runs the network widens, and anyone of the review narrows."""

from handlers.diagnostic import ending_views, result_views, results, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.result_views import Shown
from handlers.kit.arguments import ids
from handlers.kit.content import Choice, Form, Question
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Submission
from handlers.kit.replies import Correct, Reply, Say
from prompts.plan.words import words_for
from storage.records import Audience, QuestionKind

WIDTHS: dict[str, Audience | None] = {
    "nobody": None,
    "leaders": Audience.LEADERS,
    "network": Audience.NETWORK,
    "faculty": Audience.FACULTY,
}
"""With whom a result can be shared, from narrow to wide."""
LABELS = {
    "nobody": "Nobody else",
    "leaders": "The co-ordinator and the leaders",
    "network": "Everyone in the network",
    "faculty": "Everyone in the network, and the faculty",
}
ONLY_RUNNERS = "Nobody else can read it. Only those who run the network can let others read it."


def offered(now: Audience | None, *, may_widen: bool) -> list[str]:
    """What can be chosen, from narrow to wide: no more than now, unless one may widen."""
    return [key for key, one in WIDTHS.items() if may_widen or (one or 0) <= (now or 0)]


def _own(review_id: int, context: Context) -> Shown:
    """The result of a review that whoever acts has a seat in, held where it may be changed."""
    if not context.opening:
        context.store.reviews.hold(review_id)
    shown = results.readable(review_id, context)
    if not shown.result.is_own:
        raise NotAllowed("who may read a result of others", whose.GONE)
    return shown


def form(shown: Shown, *, may_widen: bool) -> Form:
    """The form of who else may read it; it carries who could when it was drawn."""
    review = shown.result.review
    intro = (*ending_views.WHAT_OTHERS_READ, "Updates and digests for them may quote it.")
    choices = tuple(Choice(key, LABELS[key]) for key in offered(review.audience, may_widen=may_widen))
    now = next((key for key, one in WIDTHS.items() if one == review.audience), "faculty")
    hint = (
        words_for(shown.seen.kind).readers
        if may_widen
        else "Only those who run the network can let more people read it."
    )
    asked = Question("who", "Who else can read the result?", QuestionKind.CHOICE, True, hint, choices, now)
    carried = f"{review.id}.{int(review.audience or 0)}"
    return Form("diagnostic.share", "Who can read this", (asked,), carried, (" ".join(intro),), "Keep")


def draw_share(argument: str, context: Context) -> Form:
    """Who else may read it, as it stands now."""
    shown = _own(_carried(argument)[0], context)
    may_widen = context.person.runs(shown.network.id)
    if shown.result.review.audience is None and not may_widen:
        raise Refusal(ONLY_RUNNERS)
    return form(shown, may_widen=may_widen)


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
    now, chosen = shown.result.review.audience, WIDTHS[str(submission.values["who"])]
    if was != int(now or 0):
        again = form(shown, may_widen=context.person.runs(shown.network.id)).filled(submission.values)
        return Correct(again, {"who": f"This changed meanwhile. {result_views.read_by(now)}"}, redraw=True)
    context.store.reviews.set_audience(review_id, chosen)
    context.audit("chose who can read a review", f"review {review_id}")
    return Say(results.page(review_id, context, result_views.read_by(chosen)))
