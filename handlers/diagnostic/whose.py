"""Looks up what a button or form of a review carries, and refuses whoever it is not for; anew at every press."""

from handlers.diagnostic.gathering import Gathering
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.whom import Candidate
from storage.records import Network, Person, Role
from storage.review_records import Review, ReviewState

GONE = "That review is not there for you any more. To see those that are, type diagnostic."
NOT_RUN = "Only those who run a network and the faculty can do that. To see your reviews, type diagnostic."
NOT_FINISHED = "Please finish your own answers first. To go on with them, type diagnostic."
OVER = "This review has ended. To see what it came to, type diagnostic."
PUT_AWAY = "This review was ended before it was done. To see what there is now, type diagnostic."
NO_SEAT = "You are not in this review now. To take part, type diagnostic."
_PARTS = ("co-ordinator", "leader", "faculty", "member")


def may_start(person: Person, network_id: int) -> bool:
    """True for whoever runs the network, and for the faculty."""
    return person.runs(network_id) or person.holds(Role.FACULTY)


def network(network_id: int, context: Context) -> Network:
    """The network of that id. Raises NotAllowed for whoever may not begin a review of it."""
    found = context.store.networks.by_id(network_id)
    if found is None or not may_start(context.person, network_id):
        raise NotAllowed(f"a review of network {network_id}", NOT_RUN)
    return found


def review(review_id: int, context: Context) -> Gathering:
    """The review of that id, held where it may be changed. Raises NotAllowed unless whoever acts has a seat in it, or
    may begin a review of its network."""
    if not context.opening:
        context.store.reviews.hold(review_id)
    found = context.store.reviews.by_id(review_id)
    gathered = gathering(found, context) if found else None
    if gathered is None or not (gathered.mine or gathered.may_run):
        raise NotAllowed("a review that is not theirs", GONE)
    return gathered


def gathering(found: Review, context: Context) -> Gathering:
    """That review with its people, for whoever acts; it asks nothing of their right to see it."""
    place = context.store.networks.by_id(found.network_id)
    assert place is not None, "foreign keys hold"
    seats = tuple(context.store.reviews.seats(found.id))
    return Gathering(found, place, seats, context.person.id, may_start(context.person, place.id))


def in_it(review_id: int, context: Context) -> Gathering:
    """The same, for whoever has a seat in it, as long as it goes on. Raises Refusal for whoever could take one."""
    found = still_open(review(review_id, context))
    if found.mine is None:
        raise Refusal(NO_SEAT)
    return found


def finished(review_id: int, context: Context) -> Gathering:
    """The same, for whoever has finished their own answers. Raises Refusal before that."""
    found = in_it(review_id, context)
    if not found.has_finished:
        raise Refusal(NOT_FINISHED)
    return found


def run(review_id: int, context: Context) -> Gathering:
    """The same, for whoever may begin a review of its network. Raises NotAllowed for anyone else."""
    found = review(review_id, context)
    if not found.may_run:
        raise NotAllowed("a review that one does not run", NOT_RUN)
    return found


def still_open(found: Gathering) -> Gathering:
    """The same, as long as people answer or the joint session goes on. Raises Refusal afterwards."""
    if found.review.state is ReviewState.GIVEN_UP:
        raise Refusal(PUT_AWAY)
    if not found.review.is_open:
        raise Refusal(OVER)
    return found


def nothing_there(what: str) -> NotAllowed:
    """What is raised where something is not for whoever acts; `what` names the act for the audit log."""
    return NotAllowed(what, GONE)


def others_of(network_id: int, context: Context) -> list[Person]:
    """Everyone but whoever acts who could be in a review of the network: its people, and all faculty, by name."""
    people = context.store.people
    found = {one.id: one for one in people.in_network(network_id, max(1, people.count_in(network_id)))}
    found |= {one.id: one for one in people.holding(Role.FACULTY)}
    found.pop(context.person.id, None)
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def candidates(gathered: Gathering, context: Context) -> list[Candidate]:
    """Everyone who can still be asked to take part: those who run the network, the faculty, then its members."""
    seated_ids, network_id = {one.person_id for one in gathered.seats}, gathered.network.id
    free = [one for one in others_of(network_id, context) if one.id not in seated_ids]
    order = sorted(free, key=lambda one: _PARTS.index(_does(one, network_id)))
    return [Candidate(str(one.id), one.id, one.name, f"{one.name}, {_does(one, network_id)}") for one in order]


def _does(person: Person, network_id: int) -> str:
    words = ((Role.COORDINATOR, network_id), (Role.LEADER, network_id), (Role.FACULTY, None), (Role.MEMBER, network_id))
    return next(_PARTS[place] for place, (role, where) in enumerate(words) if person.holds(role, where))
