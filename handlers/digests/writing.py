"""The routes of notes between the faculty and a network's co-ordinators: written, brought as letters, and answered."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.digests import notes
from handlers.digests.feature import feature
from handlers.kit import choosing, letters
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.replies import Replace, Reply, Say
from storage.faculty_records import Note
from storage.records import Network, Person, Role

TOLD = "digests.told"
NEWS = timedelta(days=30)
"""A letter tells of notes that are no older: so long it may have waited for the end of leave."""


def _is_of(person: Person, network_id: int) -> bool:
    """True for those who read and write the network's notes: its co-ordinators, and the faculty."""
    return person.holds(Role.FACULTY) or person.holds(Role.COORDINATOR, network_id)


def _network(network_id: int, context: Context) -> Network:
    network = context.store.networks.by_id(network_id)
    if network is None or not _is_of(context.person, network_id):
        raise NotAllowed(f"notes of network {network_id}", notes.NOT_YOURS)
    return network


def draw_note(argument: str, context: Context) -> Form:
    """The form of a note, which says who can read it."""
    network = _network(ids(argument, 1)[0], context)
    return notes.form(network, is_answer=not context.person.holds(Role.FACULTY))


@feature.form("write", draw_note)
def write(submission: Submission, context: Context) -> Reply:
    """Keep the note, and bring it: a faculty member's to the co-ordinators, an answer to the faculty who wrote."""
    network, person = _network(ids(submission.argument, 1)[0], context), context.person
    is_answer = not person.holds(Role.FACULTY)
    readers = _writers(network.id, context) if is_answer else _co_ordinators(network.id, context)
    text = str(submission.values["text"]).strip()
    wants = is_answer and submission.values.get("wants") == "yes"
    context.store.faculty.write(network.id, person.id, text, context.now, is_answer=is_answer, wants_answer=wants)
    context.audit("wrote a note", f"network {network.id}")
    others = [one for one in readers if one.id != person.id]
    unreached = [one.name for one in others if not letters.bring(context, one.id, TOLD)]
    return Say(notes.written(network, [one.name for one in others], unreached, is_answer=is_answer, stands_first=wants))


def _co_ordinators(network_id: int, context: Context) -> list[Person]:
    return context.store.people.holding(Role.COORDINATOR, network_id)


def _writers(network_id: int, context: Context) -> list[Person]:
    """The faculty who wrote to the network, as long as they are of the faculty."""
    said = context.store.faculty.notes_of(network_id, notes.MOST_LOOKED_AT)
    ids_of = {one.author_id for one in said if not one.is_answer}
    return [one for one in context.store.people.holding(Role.FACULTY) if one.id in ids_of]


@feature.command(
    "faculty notes",
    does="See what the faculty and your network wrote each other",
    roles=(Role.COORDINATOR, Role.FACULTY),
    order=70,
)
def show_notes(command: Command, rest: str, context: Context) -> Reply:
    """The notes of one's network; someone with several chooses."""
    is_faculty = context.person.holds(Role.FACULTY)
    networks = context.store.networks.all() if is_faculty else choosing.co_ordinated(context)
    wanted = [one for one in networks if rest.casefold() in one.name.casefold()] if rest else networks
    if not networks:
        raise Refusal(notes.NOT_YOURS)
    if len(wanted) == 1:
        return Say(_page(wanted[0], 0, context))
    or_type = "Or type faculty notes and part of its name."
    question = "Whose notes do you want to see?"
    return Say(choosing.which_network(question, wanted or networks, "digests.notes", ".0", or_type=or_type))


@feature.press("notes")
def turn_notes(press: Press, context: Context) -> Reply:
    """A page of a network's notes."""
    network_id, page = ids(press.argument, 2)
    shown = _page(_network(network_id, context), page, context)
    return Replace(shown) if page else Say(shown)


def _page(network: Network, page: int, context: Context) -> Message:
    faculty = context.store.faculty
    found = faculty.notes_of(network.id, notes.PAGE, page * notes.PAGE)
    dated = [(one, context.local_on(one.at)) for one in found]
    return notes.page(network, dated, page, faculty.count_notes(network.id), context.person.id)


@feature.letter("told", title="notes between the faculty and networks")
def told(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """For each the networks that have news for them: notes of the other side since they last wrote."""
    store = desk.store
    faculty = {one.person.id for one in asked if one.person.holds(Role.FACULTY)}
    everyone = {each for one in asked for each in one.person.network_ids}
    ids_of = [one.id for one in store.networks.all()] if faculty else sorted(everyone)
    news = store.faculty.notes_since(ids_of, desk.now - NEWS)
    names = {one.id: one.name for one in store.networks.by_ids(tuple({one.network_id for one in news}))}
    return {one.person.id: [notes.line(names[id_], of) for id_, of in _news(one.person, news)] for one in asked}


def _news(person: Person, news: Sequence[Note]) -> list[tuple[int, list[Note]]]:
    """By network the notes that are new to the person: of the other side, later than what they wrote themselves."""
    found: dict[int, list[Note]] = {}
    is_faculty = person.holds(Role.FACULTY)
    for note in news:
        if note.author_id == person.id:
            found[note.network_id] = []
        elif _is_for(person, note, is_faculty=is_faculty, has_written=note.network_id in found):
            found.setdefault(note.network_id, []).append(note)
    return [(network_id, of) for network_id, of in found.items() if of]


def _is_for(person: Person, note: Note, *, is_faculty: bool, has_written: bool) -> bool:
    if is_faculty:
        return note.is_answer and has_written
    return not note.is_answer and person.holds(Role.COORDINATOR, note.network_id)
