"""The routes of coaching questions: turn them on or off, answer one in place, and ask why it came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from handlers.coaching import questions, reasons, views
from handlers.coaching.feature import feature
from handlers.coaching.occasions import ASK
from handlers.kit import choosing
from handlers.kit.arguments import ids, number
from handlers.kit.audience import reader_in
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.happenings import DataAsked, ErasureAsked, GoalMoved
from handlers.kit.replies import Replace, Reply, Say
from handlers.kit.reviewed import Reviewed, reviewed
from handlers.kit.text import day
from storage.coached import AskedQuestion
from storage.scheduled import Schedule, Wanted, Wish


@feature.command("coaching questions", does="Get one coaching question a week, or stop that", order=46)
def show_questions(command: Command, rest: str, context: Context) -> Reply:
    """Whether they come to the person, and when next."""
    return Say(page_of_questions(context))


def page_of_questions(context: Context) -> Message:
    """Whether they come to the person, and when next."""
    answered = context.store.coaching_questions.count_of(context.person.id)
    if not gets_them(context):
        return questions.offer(answered)
    planned = context.store.deliveries.planned_of(context.person.id, [ASK])
    return questions.standing(planned[0].due_at.astimezone(context.zone) if planned else None, answered)


def gets_them(context: Context) -> bool:
    """True if the person has turned coaching questions on, and not stopped them."""
    wish = context.store.wishes.of(context.person.id).get(ASK, Wish())
    return bool(_own(context)) and wish.stopped_at is None


def was_offered(context: Context) -> bool:
    """True if the person has turned them on at any time: whoever stopped them is not offered them again."""
    return bool(_own(context))


def _own(context: Context) -> list[Schedule]:
    return [one for one in context.store.schedules.of_person(context.person.id) if one.wanted.occasion == ASK]


@feature.press("on")
def turn_on(press: Press, context: Context) -> Reply:
    """From the next Monday on, one a week; a second press finds it done."""
    if not context.person.network_ids:
        raise Refusal(choosing.NO_NETWORK)
    store, person_id, occasion = context.store, context.person.id, context.routes.occasions[ASK]
    if not _own(context):
        at = time.fromisoformat(occasion.at)
        wanted = Wanted(ASK, occasion.cadence, at, context.today_on, person_id=person_id)
        store.schedules.put(wanted, person_id, context.now)
    wish = store.wishes.of(person_id).get(ASK, Wish())
    if wish.stopped_at is not None:
        store.wishes.put(person_id, ASK, Wish(wish.every))
    return Say(questions.turned_on())


@feature.press("off")
def turn_off(press: Press, context: Context) -> Reply:
    """No more of them, as with Stop under a message; what was answered stays."""
    if gets_them(context):
        wish = context.store.wishes.of(context.person.id).get(ASK, Wish())
        context.store.wishes.put(context.person.id, ASK, Wish(wish.every, context.now))
    return Say(questions.turned_off())


def _mine(argument: str, context: Context) -> AskedQuestion:
    found = context.store.coaching_questions.own(ids(argument, 1)[0], context.person.id)
    if found is None:
        raise NotAllowed("a coaching question of someone else", questions.NOT_YOURS)
    return found


def draw_reply(argument: str, context: Context) -> Form:
    """The form of the answer."""
    return questions.reply(_mine(argument, context))


@feature.form("reply", draw_reply)
def answer(submission: Submission, context: Context) -> Reply:
    """Keep the answer; it also answers the message that asked."""
    asked = _mine(submission.argument, context)
    context.store.coaching_questions.answer(asked, str(submission.values["answer"]), context.now)
    _is_no_silence(asked, context)
    return Say(questions.kept(asked))


def _is_no_silence(asked: AskedQuestion, context: Context) -> None:
    """The message that asked is answered, if it is the newest; and the questions come as often as before."""
    store = context.store
    if store.coaching_questions.history(asked.person_id, 1)[0].id == asked.id:
        store.deliveries.answered(asked.person_id, [ASK], context.now)
    wish = store.wishes.of(asked.person_id).get(ASK, Wish())
    if wish.halved:
        store.wishes.put(asked.person_id, ASK, Wish(wish.every, wish.stopped_at))


@feature.hears(GoalMoved)
def note_news_of_a_goal(moved: GoalMoved, context: Context) -> None:
    """Whoever touches the goal that they were asked about last has answered the message that asked."""
    newest = context.store.coaching_questions.history(moved.person_id, 1)
    if newest and newest[0].goal_id == moved.goal_id:
        _is_no_silence(newest[0], context)


@feature.press("why")
def say_why(press: Press, context: Context) -> Reply:
    """Why that question came to the person."""
    (asked,) = _as_readable([_mine(press.argument, context)], context)
    return Say(questions.why(asked))


def _as_readable(asked: Sequence[AskedQuestion], context: Context) -> list[AskedQuestion]:
    """The questions of whoever acts; none with a reason from a review that they can read no more, or that a newer one
    has overtaken."""
    of_review = {one.network_id for one in asked if one.network_id and reasons.is_of_review(one.reason)}
    readers = [(reader_in(context.person, network_id), network_id) for network_id in sorted(of_review)]
    latest = context.store.reviews.latest_for(readers) if readers else {}
    found = {network_id: reviewed(result) for (_, network_id), result in latest.items()}
    return [_with(found.get(one.network_id or 0), one) for one in asked]


def _with(review: Reviewed | None, asked: AskedQuestion) -> AskedQuestion:
    is_said = review is not None and reasons.is_said(asked.reason, review.weak, review.kind)
    return asked if is_said or not reasons.is_of_review(asked.reason) else replace(asked, reason=reasons.EARLIER)


@feature.press("answers")
def show_answers(press: Press, context: Context) -> Reply:
    """What the person was asked and answered, in the place of the page before if there was one."""
    page, store = number(press.argument) or 0, context.store.coaching_questions
    asked = store.history(context.person.id, views.PAGE, page * views.PAGE)
    shown = questions.answers(asked, page, store.count_of(context.person.id))
    return Replace(shown) if press.argument else Say(shown)


@feature.hears(DataAsked)
def tell_questions(asked: DataAsked, context: Context) -> None:
    """All that a person was asked, with their answers, for their export."""
    store = context.store.coaching_questions
    for one in _as_readable(store.history(asked.person_id, store.count_of(asked.person_id)), context):
        asked.sections.append((f"Coaching question of {day(one.on)}", questions.as_text(one)))


@feature.hears(ErasureAsked)
def erase_questions(asked: ErasureAsked, context: Context) -> None:
    """Erase all that a person was asked and answered."""
    context.store.coaching_questions.erase_person(asked.person_id)
