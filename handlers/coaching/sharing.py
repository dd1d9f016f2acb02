"""The routes of sharing a plan with one colleague, and of reading what colleagues share."""

from collections.abc import Mapping, Sequence

from handlers.coaching import forms, shared, views
from handlers.coaching.feature import feature
from handlers.coaching.whose import colleagues, own_talk
from handlers.kit import telling, whom
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.coached import Talk

SHARED = "coaching.shared"
"""The occasion on which someone is told that a colleague shares a plan with them."""


def draw_share(argument: str, context: Context) -> Form:
    """The form that says with whom."""
    return forms.share(_with_plan(argument, context), _colleagues(context))


def _with_plan(argument: str, context: Context) -> Talk:
    talk = own_talk(ids(argument, 1)[0], context)
    if not talk.has_plan:
        raise NotAllowed("sharing a talk without a plan")
    return talk


def _colleagues(context: Context) -> list[forms.Colleague]:
    found = colleagues(context)
    if not found:
        raise Refusal(shared.NOBODY)
    return found


@feature.form("share", draw_share)
def share(submission: Submission, context: Context) -> Reply:
    """Let one colleague read the plan, and tell them with their next message."""
    talk, there = _with_plan(submission.argument, context), _colleagues(context)
    found = forms.chosen(str(submission.values["who"]), there)
    if len(found) != 1:
        form = forms.share(talk, there).filled(submission.values)
        return Correct(form, {"who": whom.not_one([one.name for one in found], "in your network")})
    (peer,) = found
    if context.store.coaching.share(talk, peer.person_id, peer.network_id, context.now):
        context.audit("shared a plan", f"person {peer.person_id}")
        telling.with_the_next(context, peer.person_id, SHARED)
    return Say(shared.done(peer.name))


@feature.press("shared")
def show_shared(press: Press, context: Context) -> Reply:
    """The plans that others share with the person, in the place of the page before if there was one."""
    page, store, mine = number(press.argument) or 0, context.store.coaching, context.person.id
    plans = store.shared_with(mine, views.PAGE, page * views.PAGE)
    dated = [(one, context.local_on(one.shared_at)) for one in plans]
    shown = shared.plans(dated, page, store.count_shared_with(mine))
    return Replace(shown) if press.argument else Say(shown)


@feature.occasion("shared", title="plans that people share with you", role=None, cadence="w1:0", answerable=False)
def tell_of_plans(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each plan that was shared with someone since they were last told."""
    lines: dict[int, list[Item]] = {one.person.id: [] for one in asked}
    for plan in desk.store.coaching.news_for({one.person.id: one.on for one in asked}):
        lines[plan.with_id].append(shared.line(plan))
    return lines
