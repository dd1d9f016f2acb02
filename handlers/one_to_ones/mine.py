"""What a person's copy holds of their one-to-ones, and what goes when they erase their data."""

from handlers.kit.context import Context
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import day
from handlers.one_to_ones import letters
from handlers.one_to_ones.eyes import Eyes
from handlers.one_to_ones.feature import feature
from handlers.one_to_ones.whose import eyes
from storage.one_to_one_records import Action, OneToOne, Standing

_STANDS = {
    Standing.SUGGESTED: "Times are suggested.",
    Standing.AGREED: "It was agreed.",
    Standing.DECLINED: "It was declined.",
    Standing.CANCELLED: "It was cancelled.",
}


@feature.hears(DataAsked)
def tell_all(asked: DataAsked, context: Context) -> None:
    """The person's one-to-ones, their own notes and preparation, and what they agreed with each."""
    looks = eyes(context)
    every = context.store.one_to_ones.all_of(asked.person_id)
    if every:
        asked.sections.append(("Your one-to-ones", "\n".join(_line(looks, one, context) for one in every)))
    for one in {each.pair_id: each for each in every}.values():
        _tell_pair(asked, looks, one, context)


def _line(looks: Eyes, one: OneToOne, context: Context) -> str:
    when = [looks.when(one.starts_at, one)] if one.starts_at else [looks.when(each.at, one) for each in one.times]
    said = (("Where", one.words.place), ("About", one.words.about))
    about = [f"{label}: {words}" for label, words in said if words]
    prepared = context.store.one_to_one_words.preparation(one.id, looks.me)
    if prepared and prepared.text and one.is_coachee(looks.me):
        about.append(f"What would make it useful: {prepared.text}")
    year = f"{one.changed_at.year}: with {looks.name(one)}"
    return f"- {'; '.join([year, *when, f'{one.words.minutes} minutes', *about])}. {_STANDS[one.standing]}"


def _tell_pair(asked: DataAsked, looks: Eyes, one: OneToOne, context: Context) -> None:
    words, name = context.store.one_to_one_words, looks.name(one)
    notes = words.notes(one.pair_id, looks.me, words.count_notes(one.pair_id, looks.me))
    if notes:
        said = "\n\n".join(f"{day(context.local_on(each.at))}\n\n{each.text}" for each in notes)
        asked.sections.append((f"Your notes on talks with {name}", said))
    actions = words.actions(one.pair_id, looks.me)
    if actions:
        lines = [f"- {_whose(looks, each)}: {each.text}" for each in actions]
        asked.sections.append((f"What you and {name} agreed to do", "\n".join(lines)))
    if one.known_at and one.is_coachee(looks.me):
        said = f"Since {day(context.local_on(one.known_at))}, those who run your networks can see that you meet."
        asked.sections.append((f"Who knows that you meet {name}", said))


def _whose(looks: Eyes, action: Action) -> str:
    return "yours" if action.owner_id == looks.me else action.owner_name or "nobody’s now"


@feature.hears(ErasureAsked)
def erase(asked: ErasureAsked, context: Context) -> None:
    """Erase the person's side. What lies ahead is cancelled, and each other is told."""
    ahead = context.store.one_to_ones.to_come(asked.person_id, context.now)
    context.store.one_to_ones.erase_person(asked.person_id, context.now)
    for one in ahead:
        if one.starts_at is None and eyes(context).has_asked(one):
            letters.withdraw(one, context)
        else:
            letters.tell_other(one, context)
