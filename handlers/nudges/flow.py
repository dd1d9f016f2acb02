"""The routes under what is sent unasked: put it off, skip it, have it less often, stop it, ask why it came."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.occasions import Occasion
from handlers.kit.planning import FEWER, STOPPED, is_turn
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.nudges import coming, forms, heard, mine, rules, sent, setup, views, whose, words
from handlers.nudges.feature import feature
from storage.scheduled import Carried, Wish

PARTS = (heard, mine, sent, setup)
"""The modules that declare the other routes."""


@feature.press("later")
def ask_when(press: Press, context: Context) -> Reply:
    """When the message shall come again."""
    one = whose.own(press.argument, context)
    return Replace(_why_not(one, context) or views.later(one.delivery.id))


def _why_not(one: whose.Own, context: Context) -> Message | None:
    """What to say where there is nothing to put off: it is answered, or stopped."""
    if one.delivery.answered_at is not None and len(one.carried) == 1:
        return views.nothing_to_put_off()
    if one.has_letter(context):
        return None
    occasions = whose.occasions_in(str(one.delivery.id), context)
    wishes = context.store.wishes.of(context.person.id)
    if all(wishes.get(each.name, Wish()).stopped_at is not None for each in occasions):
        return views.stopped([each.title for each in occasions], whose.named(occasions))
    return None


@feature.press("snooze")
def put_off(press: Press, context: Context) -> Reply:
    """Let it come again in an hour (0), tomorrow (1) or next week (2)."""
    delivery_id, choice = ids(press.argument, 2)
    one, today_on = whose.own(str(delivery_id), context), context.today_on
    if choice == 0:
        due_at = rules.in_an_hour(context.person, context.zone, context.now)
    elif choice in (1, 2):
        on = today_on + timedelta(days=1) if choice == 1 else rules.next_week(today_on)
        due_at = rules.on_day(context.person, context.zone, on, one.carried[0].schedule.wanted)
    else:
        raise NotAllowed("a malformed button or form")
    return Replace(_put_off(one, due_at, context))


def _put_off(one: whose.Own, due_at: datetime | None, context: Context) -> Message:
    if message := _why_not(one, context):
        return message
    if due_at is None:
        return views.cannot_put_off(one.delivery.id)
    if (fresh_at := _asks_that_day(one, due_at, context)) is not None:
        due_at = fresh_at
    else:
        context.store.deliveries.snooze(one.delivery, due_at)
    return views.put_off(due_at.astimezone(context.zone), context.today_on)


def _asks_that_day(one: whose.Own, due_at: datetime, context: Context) -> datetime | None:
    """When a new message comes that day which asks about all of this anyway; None where there is none."""
    on, schedule_ids = due_at.astimezone(context.zone).date(), {each.schedule.id for each in one.carried}
    occasions = sorted({each.schedule.wanted.occasion for each in one.carried})
    planned = [each for each in context.store.deliveries.planned_of(context.person.id, occasions) if not each.turn]
    carried = context.store.deliveries.carried([each.id for each in planned])
    that_day = [each for each in planned if each.due_at.astimezone(context.zone).date() == on]
    asked = {part.schedule.id for each in that_day for part in carried[each.id] if part.delivery_id == each.id}
    return min(each.due_at for each in that_day) if schedule_ids <= asked else None


def draw_day(argument: str, context: Context) -> Form:
    """The form that asks for a day."""
    one = whose.own(argument, context)
    first_on, last_on = _days(context)
    return forms.for_later(one.delivery.id, first_on, last_on)


def _days(context: Context) -> tuple[date, date]:
    today_on = context.today_on
    return today_on + timedelta(days=1), today_on + timedelta(days=rules.FARTHEST_DAYS)


@feature.form("day", draw_day)
def put_off_to_a_day(submission: Submission, context: Context) -> Reply:
    """Let it come again on that day, at the person's good time."""
    one, on = whose.own(submission.argument, context), date.fromisoformat(str(submission.values["on"]))
    first_on, last_on = _days(context)
    problem = "" if first_on <= on <= last_on else views.not_that_day(first_on, last_on)
    due_at = None if problem else rules.on_day(context.person, context.zone, on, one.carried[0].schedule.wanted)
    if due_at is None:
        form = draw_day(submission.argument, context).filled(submission.values)
        return Correct(form, {"on": problem or views.NO_GOOD_TIME})
    return Say(_put_off(one, due_at, context))


@feature.press("skip")
def skip(press: Press, context: Context) -> Reply:
    """Done with this one: no reminder follows, and it counts as no silence."""
    occasions = whose.occasions_in(str(ids(press.argument, 1)[0]), context)
    context.store.deliveries.answered(context.person.id, [one.name for one in occasions], context.now, skipped=True)
    return Replace(views.skipped(_next_of(occasions, context), context.today_on))


def _next_of(occasions: list[Occasion], context: Context) -> datetime | None:
    found = [one.next_at for one in coming.to_me(context, occasions) if one.next_at is not None]
    return min(found, default=None)


@feature.press("less")
def less_often(press: Press, context: Context) -> Reply:
    """Half as often. The button says how rare that makes each thing, so that a second press changes nothing."""
    target, _, digits = press.argument.partition("/")
    if not digits or set(digits) - set("248"):
        raise NotAllowed("a malformed button or form")
    occasions = whose.occasions_in(target, context)
    wanted = digits if len(digits) == len(occasions) else digits[0] * len(occasions)
    before = context.store.wishes.of(context.person.id)
    things: list[tuple[str, Wish]] = []
    for one, digit in zip(occasions, wanted, strict=True):
        wish = before.get(one.name, Wish())
        wish = replace(wish, every=max(wish.every, int(digit)), halved=False)
        things.append((one.title, _keep(one, wish, "less often", context)))
        _leave_out(one, wish, context)
    return Say(views.rhythm(things, whose.named(occasions)))


def _leave_out(occasion: Occasion, wish: Wish, context: Context) -> None:
    """What is planned already and is none of the times that someone wants it does not come."""
    deliveries, person_id = context.store.deliveries, context.person.id
    first = [one.id for one in deliveries.planned_of(person_id, [occasion.name]) if one.turn == 0]
    parts = [carried[0] for carried in deliveries.carried(first).values()]
    had = deliveries.last_had([person_id], {part.schedule.id for part in parts})
    left_out = []
    for part in sorted(parts, key=lambda one: one.number):
        key = part.schedule.id, person_id
        if is_turn(part.number, had.get(key), wish.every):
            had[key] = part.number
        else:
            left_out.append(part.delivery_id)
    deliveries.drop(left_out, FEWER)


def _keep(occasion: Occasion, wish: Wish, what: str, context: Context) -> Wish:
    """Keep what someone wants of an occasion, and note that they said so."""
    if wish != context.store.wishes.of(context.person.id).get(occasion.name, Wish()):
        context.store.wishes.put(context.person.id, occasion.name, wish)
        context.audit(f"chose {what}", occasion.name)
    return wish


@feature.press("before")
def as_before(press: Press, context: Context) -> Reply:
    """Every time again. To say so is no silence: what had no answer does not halve it once more."""
    occasions = whose.occasions_in(press.argument, context)
    context.store.deliveries.answered(context.person.id, [one.name for one in occasions], context.now, skipped=True)
    return _rhythm(press, 1, "every time", context)


@feature.press("right")
def half_is_right(press: Press, context: Context) -> Reply:
    """Half as often is right: it stays so."""
    return _rhythm(press, None, "half as often", context)


def _rhythm(press: Press, every: int | None, what: str, context: Context) -> Reply:
    occasions = whose.occasions_in(press.argument, context)
    wishes = context.store.wishes.of(context.person.id)
    things: list[tuple[str, Wish]] = []
    for one in occasions:
        wish = wishes.get(one.name, Wish())
        wish = replace(wish, every=every or wish.every, halved=False)
        things.append((one.title, _keep(one, wish, what, context)))
    return Say(views.rhythm(things, whose.named(occasions)))


@feature.press("stop")
def stop(press: Press, context: Context) -> Reply:
    """Nothing more of this comes, not even what is planned."""
    occasions = whose.occasions_in(press.argument, context)
    wishes = context.store.wishes.of(context.person.id)
    for one in occasions:
        wish = wishes.get(one.name, Wish())
        _keep(one, replace(wish, stopped_at=wish.stopped_at or context.now, halved=False), "to stop", context)
    planned = context.store.deliveries.planned_of(context.person.id, [one.name for one in occasions])
    context.store.deliveries.drop([one.id for one in planned], STOPPED)
    return Replace(views.stopped([one.title for one in occasions], whose.named(occasions)))


@feature.press("resume")
def start_again(press: Press, context: Context) -> Reply:
    """What was stopped comes again, from the next time on."""
    occasions = whose.occasions_in(press.argument, context)
    wishes = context.store.wishes.of(context.person.id)
    for one in occasions:
        _keep(one, replace(wishes.get(one.name, Wish()), stopped_at=None), "to start again", context)
    return Replace(views.resumed([one.title for one in occasions], _next_of(occasions, context), context.today_on))


@feature.press("why")
def tell_why(press: Press, context: Context) -> Reply:
    """Which schedules sent it: for whom, how often, at what time, and who set them."""
    one = whose.own(press.argument, context)
    return Say(views.why([_reason(each, context) for each in one.carried]))


def _reason(carried: Carried, context: Context) -> views.Reason:
    schedule = carried.schedule
    wanted, occasion = schedule.wanted, context.routes.occasions.get(schedule.wanted.occasion)
    if occasion and occasion.is_letter:
        return views.Reason(occasion.title)
    networks = context.store.networks.by_ids(context.person.network_ids)
    setter = context.store.people.by_id(schedule.set_by) if schedule.set_by is not None else None
    is_mine = schedule.set_by == context.person.id
    wish = context.store.wishes.of(context.person.id).get(wanted.occasion, Wish())
    return views.Reason(
        occasion.title if occasion else "a message",
        words.for_whom(wanted, occasion.role if occasion else None, networks),
        words.often_for(wanted, wish.every),
        words.at_what_time(wanted, own=True),
        words.who_set(
            schedule, setter.name if setter else None, networks,
            is_mine=is_mine, on=context.local_on(schedule.set_at),
        ),
        wanted.occasion if occasion else "",
    )  # fmt: skip
