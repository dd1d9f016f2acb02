"""What digests do when someone asks for their data, or to have it erased."""

from handlers.digests.feature import feature
from handlers.kit.context import Context
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import day


@feature.hears(DataAsked)
def tell_notes(asked: DataAsked, context: Context) -> None:
    """The notes that a person wrote, and what they wanted to come back to."""
    faculty = context.store.faculty
    written, kept = faculty.notes_by(asked.person_id), faculty.of_person(asked.person_id)
    names = {one.id: one.name for one in context.store.networks.by_ids(tuple({one.network_id for one in written}))}
    if written:
        lines = [f"- {day(context.local_on(one.at))}, {names[one.network_id]}: {one.text}" for one in written]
        asked.sections.append(("Notes between the faculty and networks that you wrote", "\n".join(lines)))
    if kept:
        lines = [f"- {day(one.on)}, {one.network_name}: {one.text or 'no words'}" for one in kept]
        asked.sections.append(("What you wanted to follow up", "\n".join(lines)))


@feature.hears(ErasureAsked)
def erase_notes(asked: ErasureAsked, context: Context) -> None:
    """What the person wrote goes, and what they wanted to follow up."""
    context.store.faculty.erase(asked.person_id)
