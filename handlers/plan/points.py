"""The review points of a plan: all of them, one that is held with a note, one that is moved."""

from datetime import date, timedelta

from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Reply, Say
from handlers.kit.text import day
from handlers.plan import forms, months, sentences, views, whose
from handlers.plan.feature import feature
from storage.plan_records import Plan, PlanPoint

REVIEW_LASTS = timedelta(weeks=8)
"""A review that ended so short a time before a review point is the one that belongs to it."""


@feature.press("points")
def show_points(press: Press, context: Context) -> Reply:
    """All review points, for whoever may read the plan."""
    plan = whose.readable(ids(press.argument, 1)[0], context)
    return Say(views.points(whose.seen(plan, context)))


def draw_hold(argument: str, context: Context) -> Form:
    """The form that notes what came of a review point."""
    stamp = whose.stamped(argument, 2, 2)
    plan = whose.changeable(stamp.own[0], context)
    point, shown = whose.point_in(plan, stamp.own[1]), stamp.shown or (plan.version, int(plan.audience))
    carried = ".".join(map(str, (plan.id, point.month, *shown)))
    return forms.hold(plan, point, context.today_on, whose.words(plan.network_id, context), carried)


@feature.form("hold", draw_hold)
def hold(submission: Submission, context: Context) -> Reply:
    """Keep that it was held, and its note; that more people can read it by now, and what someone else noted meanwhile,
    is said first."""
    stamp, values = whose.stamped(submission.argument, 2, 2), submission.values
    plan = whose.changeable(stamp.own[0], context)
    point, (version, readers) = whose.point_in(plan, stamp.own[1]), stamp.shown or (0, 0)
    held_on, note = date.fromisoformat(str(values["on"])), str(values.get("note", ""))
    form = draw_hold(f"{plan.id}.{point.month}", context).filled(values)
    if note and readers < plan.audience:
        return Correct(form, {"note": sentences.MORE_READERS}, redraw=True)
    if version != plan.version and point.held_on is not None and note != point.note:
        return Correct(form, {"note": sentences.point_meanwhile(point)}, redraw=True)
    if problem := sentences.not_held(held_on, plan, context.today_on):
        return Correct(form, {"on": problem})
    context.store.plans.hold_point(plan.id, point.month, held_on, note)
    seen = whose.seen(whose.readable(plan.id, context), context)
    return Say(views.held(seen, point, again=_is_reviewed_again(point, plan, context)))


def _is_reviewed_again(point: PlanPoint, plan: Plan, context: Context) -> bool:
    """True in the months of a review, unless one has ended lately."""
    lately = context.now - REVIEW_LASTS
    ended = (one.ended_at for one in context.store.reviews.ended_in(plan.network_id))
    return point.month in months.REVIEWED_AGAIN and not any(at and at > lately for at in ended)


def _point(argument: str, context: Context) -> tuple[Plan, PlanPoint, tuple[int, ...] | None]:
    stamp = whose.stamped(argument, 2)
    plan = whose.changeable(stamp.own[0], context)
    return plan, whose.point_in(plan, stamp.own[1]), stamp.shown


def _argument(plan: Plan, point: PlanPoint, shown: tuple[int, ...] | None) -> str:
    return f"{plan.id}.{point.month}.{shown[0] if shown else plan.version}"


def draw_move(argument: str, context: Context) -> Form:
    """The form that moves a review point."""
    plan, point, shown = _point(argument, context)
    if point.held_on is not None:
        raise Refusal(sentences.HELD_ALREADY)
    return forms.move(plan, point, _argument(plan, point, shown))


@feature.form("move", draw_move)
def move(submission: Submission, context: Context) -> Reply:
    """Look at the plan on another day; the first one stays to be seen."""
    plan, point, shown = _point(submission.argument, context)
    if point.held_on is not None:
        raise Refusal(sentences.HELD_ALREADY)
    on = date.fromisoformat(str(submission.values["on"]))
    form = forms.move(plan, point, _argument(plan, point, None)).filled(submission.values)
    if shown != (plan.version,) and _moved_meanwhile(point, submission):
        return Correct(
            form, {"on": f"It was moved meanwhile, to {day(point.on)}. Send this again to move it."}, redraw=True
        )
    if problem := sentences.not_a_day(on, plan, context.today_on):
        return Correct(form, {"on": problem})
    context.store.plans.move_point(plan.id, point.month, on)
    first = f" It was first on {day(point.first_on)}." if on != point.first_on else ""
    said = f"The review point of month {point.month} is on {day(on)} now.{first}"
    return Say(views.page(whose.seen(whose.readable(plan.id, context), context), said))


def _moved_meanwhile(point: PlanPoint, submission: Submission) -> bool:
    return point.on != point.first_on and point.on.isoformat() != submission.values["on"]
