"""The routes of `coach me`: one question at a time, and every answer is the person's alone."""

from collections.abc import Mapping
from datetime import date

from handlers.coaching import bank, forms, home, mine, nudged, rules, sharing, views
from handlers.coaching.feature import feature
from handlers.coaching.whose import own_talk, readers_of, talk_and_step
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.happenings import GoalWanted
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.coached import Step, Talk

__all__ = ["bank", "feature", "home", "mine", "nudged", "sharing"]


@feature.command(
    "coach me", does="Think something through in a short private talk", also=("coach", "coaching"), order=30
)
def coach(command: Command, rest: str, context: Context) -> Reply:
    """Go on with the talk that is going on; or begin one, on what the last one came to."""
    store, person = context.store.coaching, context.person
    talk = store.going_on(person.id)
    if talk is not None:
        before, said_on = _before(talk, context)
        return Say(views.come_back(talk, before, said_on, context.local_on(talk.started_at)))
    plan = store.newest_plan(person.id)
    store.start(person.id, rules.first_step(plan), plan.id if plan else None, context.now)
    begun = store.going_on(person.id)
    assert begun is not None, "it was begun just now"
    return Say(views.begun(begun, *_before(begun, context)))


def _before(talk: Talk, context: Context) -> tuple[Talk | None, date | None]:
    """The talk that this one looks back on, and on which day its plan was made."""
    before = context.store.coaching.own(talk.before_id, talk.person_id) if talk.before_id else None
    return (before, context.local_on(before.moved_at)) if before else (None, None)


def draw_say(argument: str, context: Context) -> Form:
    """The form of one question."""
    talk, step = talk_and_step(argument, context)
    if step is Step.SCALE:
        raise NotAllowed("a question that has no form")
    return forms.say(talk, step, readers_of(talk, context) if step is Step.ACTION else ())


@feature.form("say", draw_say)
def keep_answer(submission: Submission, context: Context) -> Reply:
    """Keep what was said, and ask the next question."""
    talk, step = talk_and_step(submission.argument, context)
    values = {key: value for key, value in submission.values.items() if isinstance(value, str)}
    if step is not Step.ACTION:
        return Say(_kept(talk, step, {forms.KEYS[step]: values[forms.KEYS[step]]}, context))
    moment_on = date.fromisoformat(values["moment_on"]) if values.get("moment_on") else None
    if problem := rules.day_problem(moment_on, context.today_on):
        return Correct(draw_say(submission.argument, context).filled(submission.values), {"moment_on": problem})
    plan = {"when": values["when"], "then": values["then"], "moment_on": moment_on}
    return Say(_kept(talk, step, plan, context))


@feature.press("scale")
def keep_number(press: Press, context: Context) -> Reply:
    """Keep where someone is from 0 to 10, and ask the next question."""
    talk_id, number = ids(press.argument, 2)
    if number not in views.SCALE:
        raise NotAllowed("a number that is not on the scale")
    return Replace(_kept(own_talk(talk_id, context), Step.SCALE, {"scale": number}, context))


@feature.press("skip")
def skip(press: Press, context: Context) -> Reply:
    """Ask the next question; nothing is demanded."""
    return Replace(_kept(*talk_and_step(press.argument, context), {}, context))


def _kept(talk: Talk, step: Step, said: Mapping[str, object], context: Context) -> Message:
    """Keep what was said to a question, move on if it was the one that was asked, and say what follows."""
    changes = dict(said)
    if talk.step is step:
        changes["step"] = rules.after(step).value
    if said or talk.step is step:
        changes["moved_at"] = context.now
    if changes.get("step") == Step.DONE.value and talk.ended_at is None:
        changes["ended_at"] = context.now
    if changes:
        context.store.coaching.change(talk, changes)
    now = own_talk(talk.id, context)
    if now.step is Step.DONE:
        return done(now, context)
    if now.ended_at is not None:
        return views.kept_in_old(now, context.local_on(now.started_at))
    return views.following(now, *_before(now, context))


def done(talk: Talk, context: Context) -> Message:
    """What a talk came to, with what may be done with it."""
    may_share = bool(context.person.network_ids) and talk.has_plan
    asks = bool(context.person.network_ids) and not nudged.was_offered(context)
    readers, may_be_goal = readers_of(talk, context), context.is_heard(GoalWanted)
    return views.done(talk, may_share=may_share, may_be_goal=may_be_goal, asks=asks, readers=readers)


@feature.press("stop")
def stop(press: Press, context: Context) -> Reply:
    """End the talk here; what was said stays, and an empty one goes."""
    talk = own_talk(ids(press.argument, 1)[0], context)
    if talk.step is Step.DONE:
        return Replace(done(talk, context))
    if talk.is_empty:
        context.store.coaching.delete(talk.id, talk.person_id)
    elif talk.ended_at is None:
        context.store.coaching.change(talk, {"ended_at": context.now})
    return Replace(views.stopped(talk))


@feature.press("resume")
def go_on(press: Press, context: Context) -> Reply:
    """Go on with a talk that was stopped, or not finished."""
    talk = own_talk(ids(press.argument, 1)[0], context)
    if talk.step is Step.DONE:
        return Say(done(talk, context))
    going_on = context.store.coaching.going_on(context.person.id)
    if going_on is not None and going_on.id != talk.id:
        raise Refusal(views.ALREADY_GOING_ON)
    if talk.ended_at is not None:
        context.store.coaching.change(talk, {"ended_at": None})
    before, said_on = _before(talk, context)
    return Say(views.come_back(talk, before, said_on, context.local_on(talk.started_at)))


@feature.press("goal")
def make_a_goal(press: Press, context: Context) -> Reply:
    """Tell whoever keeps goals that the person wants one of their plan."""
    talk = own_talk(ids(press.argument, 1)[0], context)
    if not talk.has_plan or not context.is_heard(GoalWanted):
        raise NotAllowed("a goal of a talk without a plan")
    wanted = GoalWanted(context.person.id, f"{rules.plan(talk.when, talk.then)}.", [])
    context.announce(wanted)
    return Say(views.goal_made(wanted.said))
