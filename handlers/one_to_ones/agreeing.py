"""The routes that find a time: suggest some, choose one, suggest others, and change the details."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from handlers.kit.arguments import ids, number
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.moments import moments_in
from handlers.kit.replies import Correct, Reply, Say
from handlers.kit.whom import Candidate, meant, not_one
from handlers.one_to_ones import forms, letters, rules, views
from handlers.one_to_ones.calendar_file import calendar_file
from handlers.one_to_ones.feature import feature
from handlers.one_to_ones.whose import candidates, eyes, own, page, refuse_if_left, stamped
from storage.one_to_one_records import Deed, OneToOne, Standing, Words


def draw_suggest(argument: str, context: Context) -> Form:
    """The form that suggests a one-to-one; `argument`: with whom, where that is known already."""
    found = candidates(context)
    whom = str(number(argument) or "")
    if whom and whom not in [one.value for one in found]:
        raise Refusal(views.LEFT)
    if not found:
        may = rules.is_faculty(context.person) or rules.runs_any(context.person)
        raise Refusal(views.NOBODY if may else views.NOT_FOR_YOU)
    return forms.suggest(eyes(context), found, whom)


@feature.form("suggest", draw_suggest)
def suggest(submission: Submission, context: Context) -> Reply:
    """Keep the times, and pass them on."""
    values = {key: value for key, value in submission.values.items() if isinstance(value, str)}
    found = meant(values["who"], candidates(context))
    times, problem = _times(values["times"], context)
    errors = {"times": problem} if problem else {}
    if len(found) != 1:
        errors["who"] = not_one([one.name for one in found], "whom you could meet")
    if errors:
        return Correct(draw_suggest(submission.argument, context).filled(values), errors)
    pair_id = _pair(found[0], context)
    standing = context.store.one_to_ones.suggested_in(pair_id, context.person.id)
    if standing is not None and eyes(context).is_asked(standing) and eyes(context).ahead(standing):
        form = draw_suggest(submission.argument, context).filled(values)
        sentence = f"{found[0].name} has suggested times to you already. To see them, type one to one."
        return Correct(form, {"who": sentence})
    meeting_id = _keep(pair_id, standing, forms.words_in(values), context)
    return _asked(meeting_id, times, context)


def _pair(found: Candidate, context: Context) -> int:
    other = context.store.people.by_id(found.person_id)
    two = rules.sides(context.person, other) if other else None
    if two is None:
        raise Refusal(views.LEFT)
    return context.store.one_to_ones.pair_of(*two)


def _keep(pair_id: int, standing: OneToOne | None, words: Words, context: Context) -> int:
    """Begin a one-to-one, or take the one that the two look for a time for already."""
    store, me = context.store.one_to_ones, context.person.id
    if standing is None:
        return store.begin(pair_id, me, words, str(uuid4()), context.now)
    said = {"minutes": words.minutes, "place": words.place, "about": words.about}
    store.change(standing, Deed.ASKED, me, context.now, {**said, "asked_by_id": me})
    return standing.id


def _asked(meeting_id: int, times: tuple[datetime, ...], context: Context) -> Reply:
    """Suggest these times, and tell the other."""
    context.store.one_to_ones.suggest(meeting_id, times)
    meeting = own(meeting_id, context)
    said = views.passed_on(eyes(context), meeting, "", is_reached=letters.tell_other(meeting, context))
    return Say(page(meeting, context, said))


def _times(text: str, context: Context) -> tuple[tuple[datetime, ...], str]:
    return moments_in(text, context.now, context.zone, rules.MOST_TIMES)


def draw_again(argument: str, context: Context) -> Form:
    """The form that suggests other times."""
    meeting_id, version = stamped(argument)
    meeting = _movable(own(meeting_id, context), context)
    return forms.again(eyes(context), meeting, version)


def _movable(meeting: OneToOne, context: Context) -> OneToOne:
    if meeting.standing is not Standing.SUGGESTED and not meeting.is_coming(context.now):
        raise Refusal(views.OVER)
    refuse_if_left(meeting, context)
    return meeting


@feature.form("again", draw_again)
def suggest_others(submission: Submission, context: Context) -> Reply:
    """Put other times in the place of those that were suggested; an agreed one stands until one is chosen."""
    meeting_id, version = stamped(submission.argument)
    meeting = _movable(own(meeting_id, context), context)
    times, problem = _times(str(submission.values["times"]), context)
    if not problem and version != meeting.version:
        problem = forms.meanwhile(eyes(context), meeting)
        form = forms.again(eyes(context), meeting).filled(submission.values)
        return Correct(form, {"times": problem}, redraw=True)
    if problem:
        form = forms.again(eyes(context), meeting, version).filled(submission.values)
        return Correct(form, {"times": problem})
    me = context.person.id
    context.store.one_to_ones.change(meeting, Deed.ASKED, me, context.now, {"asked_by_id": me})
    return _asked(meeting.id, times, context)


@feature.press("take")
def take(press: Press, context: Context) -> Reply:
    """Choose a time that the other suggests; who comes later sees what was chosen before."""
    meeting_id, time_id = ids(press.argument, 2)
    meeting = own(meeting_id, context)
    chosen = next((one for one in meeting.times if one.id == time_id), None)
    if chosen is None or not eyes(context).is_asked(meeting):
        return Say(page(meeting, context, views.TIME_GONE))
    if chosen.at <= context.now:
        return Say(page(meeting, context, views.TIME_PASSED))
    refuse_if_left(meeting, context)
    is_moved = meeting.standing is Standing.AGREED
    changes = {"standing": Standing.AGREED.value, "starts_at": chosen.at, "asked_by_id": None}
    deed = Deed.MOVED if is_moved else Deed.AGREED
    said = _done(meeting, deed, changes, context, did="It is agreed.", is_in_calendars=is_moved)
    now = own(meeting.id, context)
    letters.remind_both(now, context)
    return Say(page(now, context, said, calendar_file(now, context.person.id)))


def _done(
    meeting: OneToOne, deed: Deed, changes: Mapping[str, Any], context: Context, *, did: str, is_in_calendars: bool
) -> str:
    """Change it, so that no times are open any more, and tell the other; returns the sentence that says so."""
    store = context.store.one_to_ones
    store.change(meeting, deed, context.person.id, context.now, changes, is_in_calendars=is_in_calendars)
    store.suggest(meeting.id, ())
    now = own(meeting.id, context)
    return views.passed_on(eyes(context), now, did, is_reached=letters.tell_other(now, context))


@feature.press("decline")
def decline(press: Press, context: Context) -> Reply:
    """Not now; nobody asks why."""
    meeting = own(ids(press.argument, 1)[0], context)
    if meeting.standing is not Standing.SUGGESTED or not eyes(context).is_asked(meeting):
        return Say(page(meeting, context, views.TIME_GONE))
    changes = {"standing": Standing.DECLINED.value}
    said = _done(meeting, Deed.DECLINED, changes, context, did="That is fine.", is_in_calendars=False)
    return Say(page(own(meeting.id, context), context, said))


@feature.press("keep")
def keep_time(press: Press, context: Context) -> Reply:
    """Keep the time that was agreed, where either asked to move it."""
    meeting = own(ids(press.argument, 1)[0], context)
    if not meeting.is_coming(context.now) or not meeting.times:
        return Say(page(meeting, context, views.TIME_GONE))
    said = _done(meeting, Deed.KEPT, {"asked_by_id": None}, context, did="It stays.", is_in_calendars=False)
    return Say(page(own(meeting.id, context), context, said))


def draw_details(argument: str, context: Context) -> Form:
    """The form of how long, where and what about."""
    meeting_id, version = stamped(argument)
    return forms.details(_coming(own(meeting_id, context), context), version)


def _coming(meeting: OneToOne, context: Context) -> OneToOne:
    if not meeting.is_coming(context.now):
        raise Refusal(views.OVER)
    return meeting


@feature.form("details", draw_details)
def change_details(submission: Submission, context: Context) -> Reply:
    """Keep the details, and tell the other of them; calendars hear of them too."""
    meeting_id, version = stamped(submission.argument)
    meeting = _coming(own(meeting_id, context), context)
    if version != meeting.version:
        form = forms.details(meeting).filled(submission.values)
        return Correct(form, {"place": forms.meanwhile(eyes(context), meeting)}, redraw=True)
    words = forms.words_in({key: value for key, value in submission.values.items() if isinstance(value, str)})
    if words == meeting.words:
        return Say(page(meeting, context))
    said = {"minutes": words.minutes, "place": words.place, "about": words.about}
    me = context.person.id
    context.store.one_to_ones.change(meeting, Deed.CHANGED, me, context.now, said, is_in_calendars=True)
    now = own(meeting.id, context)
    told = views.passed_on(eyes(context), now, "It is changed.", is_reached=letters.tell_other(now, context))
    return Say(page(now, context, told, calendar_file(now, me)))
