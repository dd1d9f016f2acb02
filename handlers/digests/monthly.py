"""The digest that comes by itself each month to whoever of the faculty wants it, and what one wants to come back to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from handlers.digests import asked as gathered
from handlers.digests import follow_ups, views
from handlers.digests.feature import feature
from handlers.kit import letters
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.planning import make_way
from handlers.kit.replies import Correct, Reply, Say
from storage.faculty_records import FollowUp
from storage.records import Network, Role
from storage.scheduled import Wanted, Wish

DUE, BACK = "digests.due", "digests.back"
CADENCE = "n1:0"
"""The first Monday of each month."""
MOST_AHEAD = timedelta(days=365)


@feature.occasion("due", title="the monthly digest", role=None, cadence=CADENCE, answerable=False)
def due(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """One line for whoever is of the faculty: the digest itself is a press away, as it then stands."""
    return {one.person.id: [views.due()] if one.person.holds(Role.FACULTY) else [] for one in asked}


@feature.press("monthly")
def send_each_month(press: Press, context: Context) -> Reply:
    """From now on once a month; a second press finds it done."""
    gathered.only_faculty(context)
    store, person_id = context.store, context.person.id
    if not [one for one in store.schedules.of_person(person_id) if one.wanted.occasion == DUE]:
        at = time.fromisoformat(context.routes.occasions[DUE].at)
        wanted = Wanted(DUE, CADENCE, at, context.today_on, person_id=person_id)
        store.schedules.put(wanted, person_id, context.now)
        make_way(store, context.routes, wanted)
    wish = store.wishes.of(person_id).get(DUE, Wish())
    if wish.stopped_at is not None:
        store.wishes.put(person_id, DUE, Wish(wish.every))
    return Say(views.monthly())


@feature.press("lately")
def show_lately(press: Press, context: Context) -> Reply:
    """The digest of the last four weeks, from the monthly line."""
    found = gathered.gather(gathered.lately(context), context)
    return Say(views.digest(found.digest, found.scope, found.latest))


def _network(network_id: int, context: Context) -> Network:
    gathered.only_faculty(context)
    network = context.store.networks.by_id(network_id)
    if network is None:
        raise NotAllowed("a network that is not there")
    return network


def draw_follow_up(argument: str, context: Context) -> Form:
    """The form that asks for a day and, if one likes, what it is about."""
    network = _network(ids(argument, 1)[0], context)
    return follow_ups.form(network, context.today_on)


@feature.form("follow", draw_follow_up)
def follow_up(submission: Submission, context: Context) -> Reply:
    """Keep it for the person alone, and bring it on that day."""
    network, on = _network(ids(submission.argument, 1)[0], context), date.fromisoformat(str(submission.values["on"]))
    if problem := follow_ups.problem(on, context.today_on):
        form = draw_follow_up(submission.argument, context).filled(submission.values)
        return Correct(form, {"on": problem})
    text = str(submission.values.get("text") or "").strip()
    context.store.faculty.come_back(context.person.id, network.id, on, text, context.now)
    is_brought = letters.bring(context, context.person.id, BACK, _morning(on, context))
    return Say(follow_ups.kept(network, on, is_brought=is_brought))


def _morning(on: date, context: Context) -> datetime:
    return datetime.combine(on, letters.AT, context.zone)


@feature.letter("back", title="what you want to come back to")
def bring_back(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """What each wanted to come back to up to that day, and has not done."""
    found = desk.store.faculty.due({one.person.id: one.on for one in asked})
    return {
        one.person.id: [follow_ups.line(each) for each in found if each.person_id == one.person.id] for one in asked
    }


def _own(argument: str, context: Context) -> FollowUp:
    found = context.store.faculty.follow_up(ids(argument, 1)[0], context.person.id)
    if found is None:
        raise NotAllowed("another person's follow-up", follow_ups.GONE)
    return found


@feature.press("done")
def done(press: Press, context: Context) -> Reply:
    """Done with it: it does not come again."""
    found = _own(press.argument, context)
    context.store.faculty.done(found.id, context.now)
    return Say(follow_ups.done(found))


@feature.press("follow_ups")
def show_follow_ups(press: Press, context: Context) -> Reply:
    """All that the person still wants to come back to."""
    still = [one for one in context.store.faculty.of_person(context.person.id) if one.done_at is None]
    return Say(follow_ups.listing(still))
