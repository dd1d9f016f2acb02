"""How a goal goes: by one button, by a form, or from a check-in that moved it."""

from handlers.goals import forms, rules, shown, views, whose
from handlers.goals.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission, Values
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.goal_records import Confidence, Entry, Goal, Told
from storage.records import Audience, CheckIn

MORE_READERS = "More people can read this goal since you opened it. Look who they are, then save again."
SAY_SOMETHING = "Please answer at least one of these, or close this form."


@feature.press("sure")
def say_how_sure(press: Press, context: Context) -> Reply:
    """Keep how sure someone is, in place; a second press of the same says nothing new."""
    goal_id, number = ids(press.argument, 2)
    goal = whose.open_to(goal_id, context, rules.may_update)
    if number >= len(Confidence):
        raise NotAllowed("a malformed button or form")
    confidence = list(Confidence)[number]
    if goal.confidence is confidence and _is_fresh(goal, context):
        return Replace(shown.page(goal, context, "That is what stands there already."))
    shown.tell(goal.id, Entry(Told.PROGRESS, context.now, context.person.id, confidence=confidence), context)
    return Replace(shown.anew(goal.id, context, "That is kept. To add why, in one line, press Say more."))


def _is_fresh(goal: Goal, context: Context) -> bool:
    """True if the last word on it came today: on another day the same word is news."""
    return context.local_on(goal.moved_at) == context.today_on


def draw_progress(argument: str, context: Context) -> Form:
    """The form that says how a goal goes."""
    return forms.progress(whose.changeable(_goal_and_readers(argument)[0], context, rules.may_update))


def _goal_and_readers(argument: str) -> tuple[int, int]:
    """The goal's id, and the audience that an open form says; a button carries the id alone."""
    goal_id, *said = ids(argument, argument.count(".") + 1)
    return goal_id, said[0] if said else int(max(Audience))


@feature.form("progress", draw_progress)
def say_how_it_goes(submission: Submission, context: Context) -> Reply:
    """Keep a number or a word, how sure one is, and why."""
    goal_id, said_to = _goal_and_readers(submission.argument)
    goal = whose.open_to(goal_id, context, rules.may_update)
    if goal.audience > said_to:
        return Correct(forms.progress(goal).filled(submission.values), {"now": MORE_READERS}, redraw=True)
    entry = told_by(submission.values, context)
    if says_nothing(entry, goal):
        form = forms.progress(goal).filled(submission.values)
        return Correct(form, {"now": SAY_SOMETHING})
    shown.tell(goal.id, entry, context)
    return Say(shown.anew(goal.id, context, "That is kept."))


def told_by(values: Values, context: Context) -> Entry:
    """The line of a story that the form of how a goal goes makes."""
    return _entry(Told.PROGRESS, values, context)


def says_nothing(entry: Entry, goal: Goal) -> bool:
    """True where the line says nothing that the goal does not say already."""
    return not entry.now and not entry.why and entry.confidence in (None, goal.confidence)


def _entry(told: Told, values: Values, context: Context, checkin_id: int | None = None) -> Entry:
    now = " ".join(str(values.get("now", "")).split())
    confidence = Confidence(str(values["confidence"])) if values.get("confidence") else None
    return Entry(
        told, context.now, context.person.id, "", confidence, now, rules.number_in(now) if now else None,
        str(values.get("why", "")), checkin_id=checkin_id,
    )  # fmt: skip


def movable(context: Context, network_id: int) -> list[Goal]:
    """The open goals that a check-in of that network can have moved, what needs a look first."""
    reader = whose.reader(context)
    found = [
        one
        for one in context.store.goals.open_for(reader)
        if one.network_id in (None, network_id) or one.author_id == context.person.id
        if rules.may_update(one, context.person, reader)
    ]
    return rules.by_need(found, context.today_on, context.now)


def _own_check_in(argument: str, context: Context) -> CheckIn:
    checkin = context.store.checkins.own(ids(argument, 1)[0], context.person.id)
    if checkin is None:
        raise NotAllowed("another person's check-in", "That check-in is not yours.")
    if checkin.withdrawn_at:
        raise Refusal("That check-in was withdrawn. You can say how a goal goes on the goal's own page.")
    return checkin


def draw_moved(argument: str, context: Context) -> Form:
    """The form that says which goal a check-in moved."""
    checkin = _own_check_in(argument, context)
    goals = movable(context, checkin.network_id)
    if not goals:
        raise Refusal(f"You have no open goal just now. {views.HOW_TO}")
    return forms.moved(goals, checkin.id)


@feature.form("moved", draw_moved)
def say_what_it_moved(submission: Submission, context: Context) -> Reply:
    """Keep with the goal that a check-in moved it; what the check-in says stays with its own readers."""
    checkin, values = _own_check_in(submission.argument, context), submission.values
    goal = whose.open_to(int(str(values["goal"])), context, rules.may_update)
    shown.tell(goal.id, _entry(Told.CHECK_IN, values, context, checkin.id), context)
    return Say(views.saved("That is kept in the goal’s story.", goal))
