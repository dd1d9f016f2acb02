"""The routes of `pulse`: what goes on and what came of it, beginning one, and letting the faculty see."""

from datetime import date, time, timedelta

from handlers.kit import letters, recurrence
from handlers.kit.choosing import NO_NETWORK
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.figures import FEWEST
from handlers.kit.replies import Replace, Reply, Say
from handlers.pulse import answering, facts, kept, occasions, rules, views, whose
from handlers.pulse.feature import feature
from handlers.pulse.views import Seen, Told
from storage.pulse_records import Pulse
from storage.records import Audience, Network, Person, Role
from storage.scheduled import Wanted

__all__ = ["answering", "facts", "feature", "kept", "occasions"]

MOST_IN_NETWORK = 10_000
"""More people than any network has: a pulse asks all of them."""


@feature.command(
    "pulse", does="Say in two minutes how your network is, and see what all of you said", also=("pulses",), order=37
)
def show(command: Command, rest: str, context: Context) -> Reply:
    """The pulse of one's network; who is in several, or of the faculty, chooses, or types a part of its name."""
    whose.settle(context)
    networks = _networks(context)
    if not networks:
        raise Refusal(views.NOTHING_FOR_YOU if context.person.holds(Role.FACULTY) else NO_NETWORK)
    named = [one for one in networks if rest and rest.casefold() in one.name.casefold()] or networks
    if len(named) > 1:
        return Say(views.which_network(named))
    return Say(page(named[0], context))


def _networks(context: Context) -> list[Network]:
    wanted = set(context.person.network_ids)
    if context.person.holds(Role.FACULTY):
        wanted |= set(context.store.pulses.shared(Audience.FACULTY))
    return context.store.networks.by_ids(tuple(sorted(wanted))) if wanted else []


@feature.press("show")
def show_one(press: Press, context: Context) -> Reply:
    """The pulse of the network that was chosen."""
    whose.settle(context)
    return Say(page(whose.network_of(press.argument, context), context))


@feature.press("came_to")
def show_earlier(press: Press, context: Context) -> Reply:
    """What one pulse came to, beside the one before it."""
    whose.settle(context)
    pulse, network = whose.told(press.argument, context)
    before = context.store.pulses.last_told(network.id, whose.tier_in(network.id, context), pulse.number)
    return Say(views.came_to(network, _told(pulse, context), _told(before, context) if before else None))


def page(network: Network, context: Context, said: str = "") -> Message:
    """The network's pulse, as whoever acts may see it."""
    store, me, tier = context.store.pulses, context.person, whose.tier_in(network.id, context)
    is_in, runs = network.id in me.network_ids, me.runs(network.id)
    newest, last = store.newest(network.id), store.last_told(network.id, tier)
    if not is_in and last is None:
        return views.nothing_yet(network)
    before = store.last_told(network.id, tier, last.number) if last else None
    current = newest if newest and newest.is_open(context.now) else None
    next_at = rules.next_from(newest)
    is_free = current is None and (next_at is None or next_at <= context.now)
    seen = Seen(
        network,
        open=current if is_in else None,
        closes_on=whose.on_programme(current.closes_at, context) if current else None,
        has_answered=bool(is_in and current and store.own(current.id, me.id)),
        last=_told(last, context) if last else None,
        before=_told(before, context) if before else None,
        came_to_nothing=bool(is_in and newest and current is None and (last is None or last.id != newest.id)),
        may_begin=runs and is_free,
        next_on=whose.on_programme(next_at, context) if next_at and not is_free else None,
        runs=runs,
    )
    return views.page(seen, said)


def _told(pulse: Pulse, context: Context) -> Told:
    return Told(pulse, whose.on_programme(pulse.closes_at, context))


@feature.press("begin")
def begin(press: Press, context: Context) -> Reply:
    """Begin a pulse of a network that the person runs."""
    whose.settle(context)
    network = whose.run(press.argument, context)
    context.store.networks.hold(network.id)
    newest, people = context.store.pulses.newest(network.id), context.store.people
    if newest and newest.is_open(context.now):
        raise Refusal(views.ONE_IS_OPEN)
    if (next_at := rules.next_from(newest)) and next_at > context.now:
        raise Refusal(views.not_yet(whose.on_programme(next_at, context)))
    asked = people.in_network(network.id, MOST_IN_NETWORK)
    if len(asked) < FEWEST:
        raise Refusal(views.TOO_SMALL)
    closes_at = context.now + rules.OPEN_FOR
    pulse_id = context.store.pulses.begin(network.id, context.person.id, context.now, closes_at, len(asked))
    context.audit("began a pulse", f"pulse {pulse_id} of network {network.id}")
    for person in asked:
        _ask(person, context)
    letters.bring(context, context.person.id, occasions.CLOSED, closes_at)
    return Say(page(network, context, views.began(network, whose.on_programme(closes_at, context))))


def _ask(person: Person, context: Context) -> None:
    """Let the line come to the person with a message of theirs, twice at the most."""
    days = set(rules.asked_on(context.programme_on))
    if len(person.network_ids) > 1:
        days |= _still_asked(person, context)
    chosen = recurrence.written(recurrence.Chosen(tuple(days)))
    at = time.fromisoformat(context.routes.occasions[occasions.ASK].at)
    wanted = Wanted(occasions.ASK, chosen, at, context.programme_on, person_id=person.id)
    context.store.schedules.put(wanted, context.person.id, context.now)


def _still_asked(person: Person, context: Context) -> set[date]:
    """The days on which the person is asked for a pulse of another network, from today on."""
    standing = (one for one in context.store.schedules.of_person(person.id) if one.wanted.occasion == occasions.ASK)
    yesterday, last_on = context.programme_on - timedelta(days=1), context.programme_on + rules.OPEN_FOR
    return {
        on
        for one in standing
        for on in recurrence.dates(recurrence.read(one.wanted.cadence), one.wanted.from_on, yesterday, last_on)
    }


@feature.press("share")
def share(press: Press, context: Context) -> Reply:
    """Let the faculty see what a pulse came to."""
    return _let_see(press.argument, Audience.FACULTY, context)


@feature.press("narrow")
def narrow(press: Press, context: Context) -> Reply:
    """Take that back."""
    return _let_see(press.argument, Audience.NETWORK, context)


def _let_see(argument: str, audience: Audience, context: Context) -> Reply:
    pulse, network = whose.told(argument, context)
    if not context.person.runs(network.id):
        raise NotAllowed(f"showing a pulse of network {network.id}")
    context.store.pulses.set_audience(pulse.id, audience)
    wide = audience is Audience.FACULTY
    context.audit(
        "showed a pulse to the faculty" if wide else "showed a pulse to the network alone", f"pulse {pulse.id}"
    )
    return Replace(page(network, context))
