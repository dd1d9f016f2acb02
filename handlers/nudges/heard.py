"""What this feature does when others say that something happened: a check-in came, or someone asks for their data."""

from datetime import datetime, timedelta

from handlers.kit.context import Context
from handlers.kit.happenings import CheckInRecorded, DataAsked, SettingsChanged
from handlers.kit.text import day
from handlers.nudges import pages, views, words
from handlers.nudges.feature import feature
from storage.scheduled import Delivery, Wish

CHECKINS = "checkins."
"""How the names of the occasions begin that a check-in answers."""
SINCE = timedelta(days=800)
AHEAD = timedelta(days=200)
"""How far back and ahead an export looks for messages: further than any is kept or planned."""


@feature.hears(CheckInRecorded)
def take_as_answered(recorded: CheckInRecorded, context: Context) -> None:
    """A check-in answers what was asked for it, however late; no reminder follows."""
    names = [
        name
        for name, one in context.routes.occasions.items()
        if one.answerable and name.startswith(CHECKINS)
        if one.role and context.person.holds(one.role, recorded.network_id)
    ]
    if not names:
        return
    answered = context.store.deliveries.answered(recorded.person_id, names, context.now, recorded.network_id)
    if sentence := views.said_of_late(answered, context.today_on):
        recorded.said.append(sentence)
    for name, wish in context.store.wishes.of(recorded.person_id).items():
        if name in names and wish.halved:
            _settle_half(recorded.person_id, name, wish, context)


def _settle_half(person_id: int, occasion: str, wish: Wish, context: Context) -> None:
    """Whoever answers is not asked any more whether half as often is right; and has it only if they were asked."""
    deliveries = context.store.deliveries
    is_to_be_asked = any(one.turn == 0 for one in deliveries.planned_of(person_id, [occasion]))
    context.store.wishes.put(person_id, occasion, Wish(1 if is_to_be_asked else wish.every, wish.stopped_at))


@feature.hears(SettingsChanged)
def go_where_preferred(changed: SettingsChanged, context: Context) -> None:
    """What is planned already goes to the platform that the person prefers now."""
    recipient = context.store.schedules.recipients_by_ids([changed.person_id])[changed.person_id]
    if recipient.accounts:
        context.store.deliveries.readdress(changed.person_id, recipient.accounts[0])


@feature.hears(DataAsked)
def tell_what_comes(asked: DataAsked, context: Context) -> None:
    """A person's own schedules, what they chose, and the messages to them, for their export."""
    store = context.store
    letters = {name for name, one in context.routes.occasions.items() if one.is_letter}
    titles = {name: one.title for name, one in context.routes.occasions.items()}
    own = [
        f"{words.began(titles.get(one.wanted.occasion, one.wanted.occasion))}: {pages.when(one.wanted, own=True)}, "
        f"set on {day(context.local_on(one.set_at))}"
        for one in store.schedules.of_person(asked.person_id)
        if one.wanted.occasion not in letters
    ]
    chosen = [
        f"{words.began(titles.get(name, name))}: {_chosen(wish, context)}"
        for name, wish in sorted(store.wishes.of(asked.person_id).items())
    ]
    sent = store.deliveries.of_people([asked.person_id], context.now - SINCE, context.now + AHEAD)
    lines = [_message(one, context) for one in sorted(sent, key=lambda one: one.due_at)]
    sections = [
        ("Your own days and times for messages", _listed(own)),
        ("What you chose about messages", _listed(chosen)),
        ("Messages that I sent you first, or will send", _listed(lines)),
    ]
    asked.sections.extend(sections)


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _chosen(wish: Wish, context: Context) -> str:
    stopped = f", stopped on {day(context.local_on(wish.stopped_at))}" if wish.stopped_at else ""
    return f"{words.rhythm(wish.every)}{stopped}"


def _message(one: Delivery, context: Context) -> str:
    why = f", {one.why}" if one.why else ""
    answered = f", answered on {_on(one.answered_at, context)}" if one.answered_at and not one.why else ""
    where = f", in {one.account.platform}" if one.account else ""
    return f"{_on(one.due_at, context)}: {pages.STATES[one.state]}{where}{why}{answered}"


def _on(at: datetime, context: Context) -> str:
    return day(context.local_on(at))
