"""The routes of what the two agreed to do: one list that both read, of which the coachee makes goals."""

from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.happenings import GoalWanted
from handlers.kit.replies import Replace, Reply, Say
from handlers.one_to_ones import forms, kept, views
from handlers.one_to_ones.feature import feature
from handlers.one_to_ones.whose import eyes, own_of_pair
from storage.one_to_one_records import Action, OneToOne


@feature.press("actions")
def show_actions(press: Press, context: Context) -> Reply:
    """What the two agreed to do, in the place of the page before if there was one."""
    if "." not in press.argument:
        return Say(_actions(own_of_pair(ids(press.argument, 1)[0], context), context))
    pair_id, number = ids(press.argument, 2)
    return Replace(_actions(own_of_pair(pair_id, context), context, number))


def _actions(meeting: OneToOne, context: Context, number: int = 0) -> Message:
    words, me = context.store.one_to_one_words, context.person.id
    found = words.actions(meeting.pair_id, me, kept.PAGE, number * kept.PAGE)
    total, goals = words.count_actions(meeting.pair_id, me), context.is_heard(GoalWanted)
    return kept.actions(eyes(context), meeting, found, number, total, may_be_goal=goals)


def draw_action(argument: str, context: Context) -> Form:
    """The form of an action."""
    return forms.action(eyes(context), own_of_pair(ids(argument, 1)[0], context))


@feature.form("action", draw_action)
def add_action(submission: Submission, context: Context) -> Reply:
    """Keep an action, and whose it is."""
    meeting, me = own_of_pair(ids(submission.argument, 1)[0], context), context.person.id
    owner_id = me if submission.values["whose"] == "me" else meeting.other(me).person_id
    text = " ".join(str(submission.values["text"]).split())
    context.store.one_to_one_words.add_action(meeting.pair_id, owner_id, text, context.now)
    return Say(_actions(meeting, context))


def _own(argument: str, context: Context) -> tuple[OneToOne, Action | None]:
    """The two, and the action; None where it is gone. Raises NotAllowed where they are not the person's."""
    pair_id, action_id = ids(argument, 2)
    meeting = own_of_pair(pair_id, context)
    found = context.store.one_to_one_words.action(action_id, context.person.id)
    return meeting, found if found and found.pair_id == pair_id else None


@feature.press("done")
def finish(press: Press, context: Context) -> Reply:
    """It is done, or after all it is not."""
    meeting, action = _own(press.argument, context)
    if action:
        context.store.one_to_one_words.finish(action.id, None if action.done_at else context.now)
    return Replace(_actions(meeting, context))


@feature.press("drop")
def drop(press: Press, context: Context) -> Reply:
    """Take it out for both; a second press finds it gone."""
    meeting, action = _own(press.argument, context)
    if action:
        context.store.one_to_one_words.delete_action(action.id)
    return Replace(_actions(meeting, context))


@feature.press("goal")
def make_a_goal(press: Press, context: Context) -> Reply:
    """Tell whoever keeps goals that the coachee wants one of an action: once for each."""
    meeting, action = _own(press.argument, context)
    if action is None:
        return Say(_actions(meeting, context))
    if not (kept.may_be_goal(eyes(context), meeting, action) and context.is_heard(GoalWanted)):
        raise NotAllowed("a goal of an action that is not theirs", views.NOT_YOURS)
    if action.goal_at:
        return Say(kept.goal_made([kept.IS_GOAL], meeting))
    wanted = GoalWanted(context.person.id, action.text, [])
    context.announce(wanted)
    context.store.one_to_one_words.made_goal(action.id, context.now)
    return Say(kept.goal_made(wanted.said, meeting))
