"""The routes of the joint session: begin it, go through what differs, keep what was agreed, and stop for today."""

from handlers.diagnostic import items, joint_forms, joint_views, rules, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.items import Item
from handlers.diagnostic.joint_forms import At
from handlers.diagnostic.session import Session, session
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.review_records import ReviewState


@feature.press("joint")
def begin(press: Press, context: Context) -> Reply:
    """Begin the session once two have finished; for one alone, ask first. Where it has begun: how it stands."""
    review_id = ids(press.argument, 1)[0]
    found = whose.finished(review_id, context)
    if found.review.state is ReviewState.JOINT:
        return Say(_led(review_id, context))
    if rules.may_go_on_alone(found, context.now):
        return Say(joint_views.asks_alone(found))
    if not rules.may_begin_joint(found):
        raise Refusal(joint_views.TOO_EARLY)
    return Say(_begun(review_id, context))


@feature.press("alone")
def begin_alone(press: Press, context: Context) -> Reply:
    """Begin it with one view."""
    review_id = ids(press.argument, 1)[0]
    found = whose.finished(review_id, context)
    if found.review.state is ReviewState.OPEN and not rules.may_go_on_alone(found, context.now):
        return begin(press, context)
    return Say(_begun(review_id, context))


def _begun(review_id: int, context: Context) -> Message:
    if context.store.reviews.begin_joint(review_id, context.person.id, context.now):
        context.audit("began a joint session", f"review {review_id}")
    return _led(review_id, context)


@feature.press("go_on")
def come_back(press: Press, context: Context) -> Reply:
    """How the session stands, to go on with it."""
    return Say(_led(ids(press.argument, 1)[0], context))


def _led(review_id: int, context: Context) -> Message:
    """The overview as it stood before; from now on, whoever acts leads."""
    found = session(review_id, context)
    context.store.reviews.lead(review_id, context.person.id, context.now)
    return joint_views.overview(found)


@feature.press("next")
def following(press: Press, context: Context) -> Reply:
    """The next thing that needs talk, behind the one that the button names; once there is none, the overview."""
    own, _, after = press.argument.partition(".")
    return Say(_following(session(ids(own, 1)[0], context), after))


def _following(found: Session, after: str, opening: str = "") -> Message:
    item = items.following(found.items, after)
    return joint_views.one(found, item, opening) if item else joint_views.overview(found, opening)


@feature.press("item")
def show_one(press: Press, context: Context) -> Reply:
    """One thing, whether it was looked at or not."""
    carried = joint_forms.at(press.argument)
    found = session(carried.review_id, context)
    return Say(joint_views.one(found, found.item(carried.key)))


@feature.press("questions")
def show_all(press: Press, context: Context) -> Reply:
    """All that was asked."""
    return Say(joint_views.questions(session(ids(press.argument, 1)[0], context)))


@feature.press("rest")
def rest(press: Press, context: Context) -> Reply:
    """Enough for today."""
    return Say(joint_views.rest(session(ids(press.argument, 1)[0], context)))


def draw_agree(argument: str, context: Context) -> Form:
    """The form on one question, with what was kept of it."""
    carried = joint_forms.at(argument)
    found = session(carried.review_id, context)
    item = found.item(carried.key)
    shown = At(found.id, item.key, carried.base or item.version, carried.seen or item.version)
    return joint_forms.agree(found, item, shown)


@feature.form("agree", draw_agree)
def agree(submission: Submission, context: Context) -> Reply:
    """Keep it, and go on to the next; whoever kept something else meanwhile is told first."""
    carried = joint_forms.at(submission.argument)
    found = session(carried.review_id, context)
    item, values = found.item(carried.key), dict(submission.values)
    if item.version not in (carried.base, carried.seen):
        if joint_forms.stands(item, values):
            return Say(_after(item, context, found))
        form = joint_forms.agree(found, item, At(found.id, item.key, carried.base, item.version))
        first = form.questions[0].key
        return Correct(form.filled(values), {first: joint_views.meanwhile(item, found.zone)}, redraw=True)
    note = joint_forms.note_of(item, values, is_told=item.version != carried.base)
    if len(note) > joint_forms.LONGEST_BOTH:
        return Correct(joint_forms.agree(found, item, carried).filled(values), {"note": joint_forms.TOO_LONG})
    for key, value in joint_forms.kept_of(item, values).items():
        _keep(found, key, value, note if key == item.key else "", context)
    return Say(_after(item, context, found))


def _after(item: Item, context: Context, before: Session) -> Message:
    now = session(before.id, context)
    return _following(now, item.key, joint_views.kept(now.item(item.key)))


def _keep(found: Session, key: str, value: str, note: str, context: Context) -> None:
    review, me = found.gathering.review, context.person.id
    context.store.reviews.agree(review, key, value, note, me, context.now)
    context.store.reviews.lead(review.id, me, context.now)


@feature.press("stays")
def let_it_stay(press: Press, context: Context) -> Reply:
    """What was agreed stays as it is, though an answer was changed since; of what stood there when it was shown."""
    carried = joint_forms.at(press.argument)
    found = session(carried.review_id, context)
    item = found.item(carried.key)
    if item.version != carried.base or not item.has_changed:
        return Replace(joint_views.one(found, item))
    for key, kept in ((item.key, item.agreed), (item.hoped_key, item.hoped_agreed)):
        if kept is not None:
            _keep(found, key, kept.value, kept.note, context)
    return Say(_after(item, context, found))
