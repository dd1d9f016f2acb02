"""A leader's walk through the network's open goals, one by one, and the summary that the leader may share."""

from dataclasses import replace
from datetime import date

from handlers.goals import edits, forms, rules, shown, spoken, summaries, told, whose
from handlers.goals.feature import feature
from handlers.goals.occasions import review_due
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message, paragraph
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.goal_records import Entry, Goal, GoalReader, GoalReview, GoalState, Told
from storage.records import Audience, Role

feature.occasion(
    "review", title="reviews of your network’s goals", role=Role.LEADER, cadence="w13:0", answerable=False
)(review_due)


@feature.press("review")
def begin(press: Press, context: Context) -> Reply:
    """Begin the walk, or go on with the one that was begun."""
    network = whose.led(press.argument, context)
    context.store.people.hold(context.person.id)
    reviews = context.store.goal_reviews
    going_on = reviews.going_on(network.id, context.person.id)
    return Say(
        following(going_on.id if going_on else reviews.begin(network.id, context.person.id, context.now), context)
    )


def following(review_id: int, context: Context) -> Message:
    """The next goal of the walk; its summary once there is none."""
    review = whose.walk(review_id, context)
    reader = whose.reader(context)
    seen = {one.goal_id for one in context.store.goal_reviews.entries(review.id, reader)}
    going = [one for one in context.store.goals.open_for(reader, review.network_id) if not one.is_personal]
    left = rules.by_need([one for one in going if one.id not in seen], context.today_on, context.now)
    if left:
        return summaries.step(left[0], review.id, len(left), context.person.id, context.today_on, context.now)
    if not seen:
        return summaries.nothing()
    context.store.goal_reviews.end(review.id, context.now)
    return _summary(whose.walk(review_id, context), context)


def kept(review_id: int, context: Context, why: str = "") -> Entry:
    """The line of a goal that stays as it is."""
    return Entry(Told.KEPT, context.now, context.person.id, why=why, review_id=review_id)


def _in_walk(argument: str, context: Context) -> tuple[Goal, whose.At]:
    at = whose.at(argument)
    goal = whose.changeable(at.goal_id, context)
    if not at.review_id:
        raise NotAllowed("a malformed button or form")
    whose.in_review(at, goal, context)
    return goal, at


def draw_keep(argument: str, context: Context) -> Form:
    """The one question about a goal that stays as it is."""
    return forms.keep(_in_walk(argument, context)[0], argument)


@feature.form("keep", draw_keep)
def keep(submission: Submission, context: Context) -> Reply:
    """The goal stays as it is; go on with the next."""
    goal, at = _in_walk(submission.argument, context)
    if goal.state is GoalState.OPEN:
        shown.tell(goal.id, kept(at.review_id, context, str(submission.values.get("why", ""))), context)
    return Say(following(at.review_id, context))


def draw_reword(argument: str, context: Context) -> Form:
    """The one question about a goal that changes."""
    goal, at = _in_walk(argument, context)
    return forms.reword(goal, str(at if at.version is not None else replace(at, version=goal.version)))


@feature.form("reword", draw_reword)
def reword(submission: Submission, context: Context) -> Reply:
    """Keep what the goal says now, and its date where that changed; go on with the next."""
    goal, at = _in_walk(submission.argument, context)
    whose.open_to(goal.id, context)
    values, goals = dict(submission.values), context.store.goals
    since = edits.only("title", goals.changes_since(goal.id, at.version or 0, whose.reader(context)))
    if since and at.seen != goal.version:
        both = edits.merged(values, since)
        form = forms.reword(goal, str(replace(at, seen=goal.version)))
        return Correct(form.filled(both.values), both.errors, redraw=True)
    words, problem = rules.reworded(goal.words, str(values["title"]), context.today_on)
    if problem:
        return Correct(forms.reword(goal, str(at)).filled(values), {"title": problem})
    if not shown.keep_words(goal, words, context, review_id=at.review_id):
        shown.tell(goal.id, kept(at.review_id, context), context)
    return Say(_saying(_date_kept(goal.words.due_on, words.due_on), following(at.review_id, context)))


def _date_kept(before: date | None, due_on: date | None) -> str:
    """The new date read back."""
    return f"That is kept. Its date is {spoken.by_when(due_on)}." if due_on and due_on != before else ""


def _saying(said: str, message: Message) -> Message:
    return replace(message, body=(paragraph(said), *message.body)) if said else message


@feature.press("enough")
def stop(press: Press, context: Context) -> Reply:
    """End the walk with what was said so far."""
    review = whose.walk(ids(press.argument, 1)[0], context)
    context.store.goal_reviews.end(review.id, context.now)
    return Replace(_summary(whose.walk(review.id, context), context))


@feature.press("share")
def share(press: Press, context: Context) -> Reply:
    """Let everyone in the network read the summary, once the walk has ended; a second press takes that back."""
    review_id, wanted = ids(press.argument, 2)
    review = whose.walk(review_id, context)
    if review.ended_at is None or wanted > 1:
        raise NotAllowed("a summary of a review that goes on", whose.NO_REVIEW)
    context.store.goal_reviews.share(review.id, context.now if wanted else None)
    if wanted:
        told.shared(review, context)
    else:
        context.store.goal_news.taken_back(review.id)
    context.audit("shared a review" if wanted else "took back a review", str(review.id))
    return Replace(_summary(whose.walk(review.id, context), context))


@feature.press("summary")
def show_summary(press: Press, context: Context) -> Reply:
    """The summary of a review: to its leader, and once it is shared to everyone in the network."""
    review = context.store.goal_reviews.by_id(ids(press.argument, 1)[0])
    if review is None or not _may_see(review, context):
        raise NotAllowed("a review that is not shared", whose.GONE)
    return Say(_summary(review, context))


def _may_see(review: GoalReview, context: Context) -> bool:
    is_here = review.network_id in context.person.network_ids
    return is_here and (review.shared_at is not None or review.leader_id == context.person.id)


def _summary(review: GoalReview, context: Context) -> Message:
    """What came of the walk: to its leader just as everyone in the network would see it."""
    network = context.store.networks.by_id(review.network_id)
    assert network is not None, "foreign keys hold"
    is_leader = review.leader_id == context.person.id
    own = whose.reader(context)
    everyone = GoalReader(0, ((network.id, Audience.NETWORK),))
    reader = everyone if is_leader else own
    entries = context.store.goal_reviews.entries(review.id, reader)
    left_out = {one.goal_id for one in context.store.goal_reviews.entries(review.id, own)}
    going = [one for one in context.store.goals.open_for(reader, network.id) if not one.is_personal]
    return summaries.summary(
        summaries.Summary(
            review=review,
            network=network,
            on=context.local_on(review.ended_at or review.began_at),
            entries=entries,
            roll_up=rules.roll_up(going, context.now, context.today_on),
            left_out=len(left_out - {one.goal_id for one in entries}) if is_leader else 0,
            is_leader=is_leader,
            now=context.now,
        )
    )
