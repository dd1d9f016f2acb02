"""The end of a plan: what changed, what lasts and what was learned."""

from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Submission
from handlers.kit.replies import Correct, Reply, Say
from handlers.plan import forms, sentences, views, whose
from handlers.plan.feature import feature


def draw_end(argument: str, context: Context) -> Form:
    """The three questions."""
    stamp = whose.stamped(argument, 1)
    plan = whose.changeable(stamp.own[0], context)
    readers = stamp.shown[0] if stamp.shown else int(plan.audience)
    return forms.end(plan, whose.words(plan.network_id, context), f"{plan.id}.{readers}")


@feature.form("end", draw_end)
def end(submission: Submission, context: Context) -> Reply:
    """Keep what was found, and end the plan; where more people can read it by now, that is said first."""
    stamp, values = whose.stamped(submission.argument, 1), submission.values
    plan = whose.changeable(stamp.own[0], context)
    if stamp.shown is None or stamp.shown[0] < plan.audience:
        form = draw_end(str(plan.id), context).filled(values)
        return Correct(form, {"changed": sentences.MORE_READERS}, redraw=True)
    changed, lasts, learned = (str(values.get(key, "")) for key in ("changed", "lasts", "learned"))
    if not context.store.plans.finish(plan.id, changed, lasts, learned, context.person.id, context.now):
        raise Refusal(sentences.OVER)
    context.audit("ended a plan", f"plan {plan.id}")
    return Say(views.ended(whose.network(plan.network_id, context), plan))
