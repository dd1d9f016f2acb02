"""The routes of `one to one`: the list, the page of each, its calendar file, cancelling, and who may know."""

from handlers.kit.arguments import ids, number
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.replies import Replace, Reply, Say
from handlers.one_to_ones import agreed, agreeing, letters, mine, preparing, rules, views
from handlers.one_to_ones.calendar_file import calendar_file
from handlers.one_to_ones.feature import feature
from handlers.one_to_ones.whose import eyes, own, own_of_pair, page, refuse_if_left
from storage.one_to_one_records import Deed, Standing
from storage.records import Role

__all__ = ["agreed", "agreeing", "feature", "mine", "preparing"]


@feature.command(
    "one to one",
    does="Arrange a talk of two: someone of the faculty, and someone who runs a network",
    roles=(Role.FACULTY, Role.COORDINATOR, Role.LEADER),
    also=("one-to-one", "one to ones", "one-to-ones", "1:1"),
    order=32,
)
def show(command: Command, rest: str, context: Context) -> Reply:
    """The person's one-to-ones."""
    return Say(_listing(0, context))


@feature.press("mine")
def turn(press: Press, context: Context) -> Reply:
    """A page of the person's one-to-ones, in the place of the page before if there was one."""
    shown = _listing(number(press.argument) or 0, context)
    return Replace(shown) if press.argument else Say(shown)


def _listing(number_: int, context: Context) -> Message:
    store, me = context.store.one_to_ones, context.person
    coming, total = store.to_come(me.id, context.now), store.count_past(me.id, context.now)
    may_suggest = rules.is_faculty(me) or rules.runs_any(me)
    if not (may_suggest or coming or total):
        raise Refusal(views.NOT_FOR_YOU)
    past = store.past(me.id, context.now, views.PAGE, number_ * views.PAGE)
    run = [network_id for network_id in me.network_ids if me.runs(network_id)]
    known = store.known_to(run, me.id) if run else []
    return views.listing(
        eyes(context), coming, past, known, page=number_, total=total, may_suggest=may_suggest
    )  # fmt: skip


@feature.press("open")
def show_one(press: Press, context: Context) -> Reply:
    """The page of one."""
    return Say(page(own(ids(press.argument, 1)[0], context), context))


@feature.press("file")
def give_file(press: Press, context: Context) -> Reply:
    """The file for one's calendar."""
    meeting = own(ids(press.argument, 1)[0], context)
    if meeting.starts_at is None:
        raise NotAllowed("a calendar file of nothing", views.NOT_YOURS)
    return Say(views.file_again(eyes(context), meeting, calendar_file(meeting, context.person.id)))


@feature.press("cancel")
def cancel(press: Press, context: Context) -> Reply:
    """Cancel what is agreed, or take back times; the other is told. A second press finds it done."""
    meeting, me = own(ids(press.argument, 1)[0], context), context.person.id
    is_coming, was_asked = meeting.is_coming(context.now), eyes(context).is_asked(meeting)
    if not is_coming and (meeting.standing is not Standing.SUGGESTED or was_asked):
        return Say(page(meeting, context))
    store, changes = context.store.one_to_ones, {"standing": Standing.CANCELLED.value}
    store.change(meeting, Deed.CANCELLED, me, context.now, changes, is_in_calendars=is_coming)
    store.suggest(meeting.id, ())
    now = own(meeting.id, context)
    if not is_coming:
        letters.withdraw(meeting, context)
        return Say(page(now, context))
    is_reached = letters.tell_other(now, context)
    said = views.passed_on(eyes(context), now, "It is cancelled.", is_reached=is_reached)
    return Say(page(now, context, said, calendar_file(now, me)))


@feature.press("say")
def say_that_we_meet(press: Press, context: Context) -> Reply:
    """Let those who run the coachee's networks see that the two meet."""
    return _let_know(press, context, known=True)


@feature.press("hide")
def let_nobody_know(press: Press, context: Context) -> Reply:
    """Take that back."""
    return _let_know(press, context, known=False)


def _let_know(press: Press, context: Context, *, known: bool) -> Reply:
    meeting, me = own_of_pair(ids(press.argument, 1)[0], context), context.person.id
    if not meeting.is_coachee(me):
        raise NotAllowed("letting others know of a one-to-one as its coach", views.NOT_YOURS)
    if known:
        refuse_if_left(meeting, context)
    context.store.one_to_ones.let_know(meeting.pair_id, me, context.now if known else None)
    now = own_of_pair(meeting.pair_id, context)
    return Say(page(now, context, views.known_now(eyes(context), now)))
