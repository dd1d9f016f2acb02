"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from zoneinfo import ZoneInfo

from handlers.kit.arguments import ids
from handlers.kit.content import Attachment, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.whom import Candidate
from handlers.one_to_ones import rules, views
from handlers.one_to_ones.eyes import Eyes
from storage.one_to_one_records import OneToOne
from storage.records import Person, Role


def eyes(context: Context) -> Eyes:
    """How whoever acts sees one-to-ones."""
    return Eyes(context.person.id, context.zone, ZoneInfo(context.programme.time_zone), context.now)


def own(meeting_id: int, context: Context) -> OneToOne:
    """The person's one-to-one, held where it may be changed. Raises NotAllowed for any other, or none."""
    if not context.opening:
        context.store.one_to_ones.hold(meeting_id)
    found = context.store.one_to_ones.own(meeting_id, context.person.id)
    if found is None:
        raise NotAllowed("a one-to-one that is not theirs", views.NOT_YOURS)
    return found


def own_of_pair(pair_id: int, context: Context) -> OneToOne:
    """The newest one-to-one of two people of whom the person is one, held as above. Raises NotAllowed for any other."""
    if not context.opening:
        context.store.one_to_ones.hold_pair(pair_id)
    found = context.store.one_to_ones.newest_of(pair_id, context.person.id)
    if found is None:
        raise NotAllowed("a one-to-one that is not theirs", views.NOT_YOURS)
    return found


def stamped(argument: str) -> tuple[int, int | None]:
    """The id that a form carries, and which version it was drawn at; None where a button has just opened it."""
    if "." not in argument:
        return ids(argument, 1)[0], None
    own_id, version = ids(argument, 2)
    return own_id, version


def has_left(meeting: OneToOne, context: Context) -> bool:
    """True if one of the two is no longer in the faculty, or no longer runs a network."""
    found = [
        context.store.people.by_id(side.person_id) if side.person_id is not None else None
        for side in (meeting.coach, meeting.coachee)
    ]
    return not rules.are_still(*found)


def refuse_if_left(meeting: OneToOne, context: Context) -> None:
    """Raise Refusal where no new time can be agreed."""
    if has_left(meeting, context):
        raise Refusal(views.LEFT)


def candidates(context: Context) -> list[Candidate]:
    """Everyone whom the person may suggest a one-to-one to, by name."""
    found: dict[int, Person] = {}
    if rules.is_faculty(context.person):
        for role in (Role.COORDINATOR, Role.LEADER):
            found |= {one.id: one for one in context.store.people.holding(role)}
    if rules.runs_any(context.person):
        found |= {one.id: one for one in context.store.people.holding(Role.FACULTY)}
    found.pop(context.person.id, None)
    networks = sorted({network_id for one in found.values() for network_id in one.network_ids})
    names = {one.id: one.name for one in context.store.networks.by_ids(tuple(networks))} if networks else {}
    people = sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))
    return [Candidate(str(one.id), one.id, one.name, _label(one, names)) for one in people]


def _label(person: Person, networks: dict[int, str]) -> str:
    runs = [networks[one] for one in person.network_ids if person.runs(one)]
    return ", ".join([person.name, *(runs or ["faculty"])])


def page(meeting: OneToOne, context: Context, opening: str = "", file: Attachment | None = None) -> Message:
    """The page of a one-to-one, as whoever acts may read it."""
    words, me = context.store.one_to_one_words, context.person.id
    to_do = tuple(one.text for one in words.actions(meeting.pair_id, me) if one.done_at is None)
    prepared = words.preparation(meeting.id, me)
    shown = prepared if prepared and prepared.text else None
    seen = views.Seen(eyes(context), meeting, shown, to_do, has_left(meeting, context))
    return views.whole(seen, opening, file)
