"""The routes of `diagnostic`: which network, what a review is, beginning one, and where one stands."""

from handlers.diagnostic import leaving, leaving_views, rules, views, whose, wording
from handlers.diagnostic.feature import feature
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.views import Seen
from handlers.kit.arguments import ids
from handlers.kit.choosing import NO_NETWORK, which_network
from handlers.kit.content import Message, plain
from handlers.kit.context import Context
from handlers.kit.events import Command, Press
from handlers.kit.replies import Reply, Say
from handlers.kit.text import day
from prompts.review import review_bank
from storage.records import Network, Role
from storage.review_records import Result


@feature.command(
    "diagnostic",
    does="Look together at how your network works, in a rapid review",
    roles=(Role.COORDINATOR, Role.LEADER, Role.FACULTY),
    also=("review", "rapid review"),
    order=33,
)
def show(command: Command, rest: str, context: Context) -> Reply:
    """Where the review of one's network stands; whoever may look at several chooses, or types part of a name."""
    found = _networks(context)
    named = [one for one in found if rest and rest.casefold() in one.name.casefold()] or found
    if not named:
        return Say(plain(views.NO_REVIEW if context.person.roles else NO_NETWORK))
    if len(named) > 1:
        return Say(which_network(views.WHICH, named, "diagnostic.open", or_type=views.OR_TYPE))
    return Say(page(named[0], context))


def _networks(context: Context) -> list[Network]:
    """The networks with something to see here: first those with an open review that the person is in."""
    person, store = context.person, context.store
    seats = [one.network_id for one in store.reviews.open_with(person.id)]
    own = [one.id for one in (store.networks.by_ids(person.network_ids) if person.network_ids else ())]
    if person.holds(Role.FACULTY):
        wanted = [one.id for one in store.networks.all()]
    else:
        readable = wording.last_results(own, context)
        wanted = [one for one in own if person.runs(one) or one in readable]
    order = list(dict.fromkeys((*seats, *wanted)))
    found = {one.id: one for one in store.networks.by_ids(tuple(order))} if order else {}
    return [found[one] for one in order]


@feature.press("open")
def open_one(press: Press, context: Context) -> Reply:
    """Where the review of that network stands."""
    network = context.store.networks.by_id(ids(press.argument, 1)[0])
    if network is None or not (network.id in context.person.network_ids or context.person.holds(Role.FACULTY)):
        raise whose.nothing_there("reviews of a network that is not theirs")
    return Say(page(network, context))


def page(network: Network, context: Context, opening: str = "") -> Message:
    """What there is to see of that network's reviews, for whoever acts; `opening` says what was done just now."""
    review = context.store.reviews.open_in(network.id)
    if review is not None:
        gathered = whose.gathering(review, context)
        if gathered.mine or gathered.may_run:
            return _open(gathered, context, opening)
    last = wording.last_result(network.id, context)
    may_start = whose.may_start(context.person, network.id)
    if last is not None and last.review.ended_at is not None:
        on = day(context.local_on(last.review.ended_at))
        return views.ended(network, last.review, on, may_start=may_start)
    if not may_start:
        return plain(views.NO_REVIEW)
    return _offer(network, last, context)


def _open(gathered: Gathering, context: Context, opening: str) -> Message:
    seen = seen_by(gathered, context)
    if rules.is_abandoned(gathered, context.now) and not opening:
        return leaving_views.abandoned(seen)
    return views.standing(seen, opening)


def seen_by(gathered: Gathering, context: Context) -> Seen:
    """An open review as its page shows it to whoever acts."""
    reviews, bank = context.store.reviews, review_bank()
    own = reviews.own(gathered.review.id, context.person.id) if gathered.mine else {}
    last = wording.last_result(gathered.network.id, context)
    return Seen(
        gathered,
        context.now,
        day(context.local_on(gathered.review.began_at)),
        rules.following(own, bank),
        bool(own),
        rules.minutes_left(own, bank),
        last.review.id if last else 0,
        bool(whose.candidates(gathered, context)) if gathered.may_run else False,
    )


def _offer(network: Network, last: Result | None, context: Context) -> Message:
    is_alone = not whose.others_of(network.id, context)
    if last is None or last.review.ended_at is None:
        return views.offer(network, is_alone=is_alone)
    return views.offer(network, last.review, day(context.local_on(last.review.ended_at)), is_alone=is_alone)


@feature.press("new")
def offer_new(press: Press, context: Context) -> Reply:
    """What a review is, before a new one begins; or the one that goes on."""
    network = whose.network(ids(press.argument, 1)[0], context)
    if context.store.reviews.open_in(network.id):
        return Say(page(network, context))
    return Say(_offer(network, wording.last_result(network.id, context), context))


@feature.press("begin")
def begin(press: Press, context: Context) -> Reply:
    """Begin a review; whoever comes second is led into the one that has begun."""
    return Say(_begin(whose.network(ids(press.argument, 1)[0], context), context))


def _begin(network: Network, context: Context) -> Message:
    review_id = context.store.reviews.begin(network.id, context.person.id, context.now)
    if review_id is not None:
        context.audit("began a review", f"review {review_id} network {network.id}")
        return page(network, context, views.BEGUN if whose.others_of(network.id, context) else views.BEGUN_ALONE)
    standing = context.store.reviews.open_in(network.id)
    if standing is None:  # It ended just now.
        return _begin(network, context)
    gathered = whose.gathering(standing, context)
    if gathered.mine:
        return page(network, context)
    take_seat(gathered, context)
    return page(network, context, views.BEGUN_ALREADY)


def take_seat(gathered: Gathering, context: Context) -> None:
    """Let whoever acts be in it."""
    context.store.reviews.invite(gathered.review.id, context.person.id, context.now)
    context.audit("took part in a review", f"review {gathered.review.id}")


@feature.press("join")
def join(press: Press, context: Context) -> Reply:
    """Whoever runs the network takes part in the review that another began."""
    gathered = whose.still_open(whose.run(ids(press.argument, 1)[0], context))
    if gathered.mine is None:
        take_seat(gathered, context)
    return Say(page(gathered.network, context, "You are in it now."))


@feature.press("resume")
def resume(press: Press, context: Context) -> Reply:
    """Go on with a review that has waited for long."""
    gathered = whose.still_open(whose.review(ids(press.argument, 1)[0], context))
    return Say(views.standing(seen_by(gathered, context)))


@feature.press("anew")
def begin_anew(press: Press, context: Context) -> Reply:
    """Put an abandoned review away, and begin a new one."""
    review_id = ids(press.argument, 1)[0]
    # First the network, as whoever begins one holds it first.
    if found := context.store.reviews.by_id(review_id):
        context.store.networks.hold(found.network_id)
    gathered = whose.run(review_id, context)
    network = gathered.network
    if gathered.review.is_open and not rules.is_abandoned(gathered, context.now):
        return Say(page(network, context, views.MEANWHILE))
    if gathered.review.is_open:
        leaving.put_away(gathered.review, context)
    return Say(_begin(network, context))


@feature.press("end_old")
def end_abandoned(press: Press, context: Context) -> Reply:
    """End an abandoned review for everyone, unless somebody has gone on with it meanwhile."""
    gathered = whose.run(ids(press.argument, 1)[0], context)
    if gathered.review.is_open and not rules.is_abandoned(gathered, context.now):
        return Say(page(gathered.network, context, views.MEANWHILE))
    return leaving.give_up(press, context)


@feature.press("what")
def explain(press: Press, context: Context) -> Reply:
    """What a review asks of whoever is in it."""
    return Say(views.what_it_is(whose.in_it(ids(press.argument, 1)[0], context)))
