"""The routes that give a plan as a file, to whoever may read it."""

from handlers.kit import wheels
from handlers.kit.arguments import ids
from handlers.kit.audience import reader_in
from handlers.kit.content import Wheel
from handlers.kit.context import Context
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say
from handlers.kit.reviewed import reviewed
from handlers.plan import attached, whose
from handlers.plan.document import Whole
from handlers.plan.feature import feature
from storage.plan_records import Plan


@feature.press("word")
def as_word(press: Press, context: Context) -> Reply:
    """As a Word file."""
    return _give(press, context, "docx")


@feature.press("csv")
def as_table(press: Press, context: Context) -> Reply:
    """As a table."""
    return _give(press, context, "csv")


def _give(press: Press, context: Context, ending: str) -> Reply:
    plan = whose.readable(ids(press.argument, 1)[0], context)
    context.audit("took a plan as a file", f"plan {plan.id} {ending}")
    return Say(attached.message(Whole(whose.seen(plan, context), _wheel(plan, context), context.now), ending))


def _wheel(plan: Plan, context: Context) -> Wheel | None:
    """The wheel of the review that the plan rests on, if whoever acts may read it."""
    if plan.review_id is None:
        return None
    result = context.store.reviews.result(plan.review_id, reader_in(context.person, plan.network_id))
    return wheels.wheel(reviewed(result)) if result else None
