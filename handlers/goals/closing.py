"""How a goal ends: achieved, or let go with what was learned; and how it is taken up again."""

from handlers.goals import forms, reviewing, rules, shown, whose
from handlers.goals.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Replace, Reply, Say
from storage.goal_records import Entry, Goal, GoalState, Told

THANKS = {
    GoalState.ACHIEVED: "That is kept. This goal is achieved.",
    GoalState.DROPPED: "That is kept. What you learned stays in its story.",
}
_TOLD = {GoalState.ACHIEVED: Told.ACHIEVED, GoalState.DROPPED: Told.DROPPED}


def _to_close(argument: str, context: Context) -> Goal:
    at = whose.at(argument)
    goal = whose.changeable(at.goal_id, context)
    whose.in_review(at, goal, context)
    return goal


def draw_achieved(argument: str, context: Context) -> Form:
    """The form that closes a goal that was reached."""
    return forms.achieved(_to_close(argument, context), argument)


@feature.form("achieved", draw_achieved)
def say_it_is_achieved(submission: Submission, context: Context) -> Reply:
    """Close the goal as achieved, with who would notice."""
    return _close(GoalState.ACHIEVED, submission, context)


def draw_dropped(argument: str, context: Context) -> Form:
    """The form that lets a goal go."""
    return forms.dropped(_to_close(argument, context), argument)


@feature.form("dropped", draw_dropped)
def let_go(submission: Submission, context: Context) -> Reply:
    """Close the goal as dropped, with what was learned."""
    return _close(GoalState.DROPPED, submission, context)


def _close(state: GoalState, submission: Submission, context: Context) -> Reply:
    at = whose.at(submission.argument)
    goal, why = whose.open_to(at.goal_id, context), str(submission.values.get("why", ""))
    context.store.goals.set_state(goal.id, state, context.now)
    entry = Entry(_TOLD[state], context.now, context.person.id, why=why, review_id=at.review_id or None)
    shown.tell(goal.id, entry, context)
    if at.review_id:
        return Say(reviewing.following(at.review_id, context))
    return Say(shown.anew(goal.id, context, THANKS[state]))


@feature.press("reopen")
def take_up_again(press: Press, context: Context) -> Reply:
    """Open a closed goal again; a second press finds it done."""
    goal = whose.held(ids(press.argument, 1)[0], context)
    if not rules.may_change(goal, context.person, whose.reader(context)):
        raise NotAllowed("a goal that one may not change", whose.NOT_YOURS)
    if goal.state is not GoalState.OPEN:
        context.store.goals.set_state(goal.id, GoalState.OPEN, context.now)
        shown.tell(goal.id, Entry(Told.REOPENED, context.now, context.person.id), context)
    return Replace(shown.anew(goal.id, context, "It is open again."))
