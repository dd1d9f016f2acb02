"""What updates do when somebody asks for their data, or has it erased."""

from handlers.kit.context import Context
from handlers.kit.facts import Section
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.text import days_in_words
from handlers.updates import document, stale, whose
from handlers.updates.feature import feature
from storage.draft_records import Draft, Sentence


@feature.hears(DataAsked)
def tell_updates(asked: DataAsked, context: Context) -> None:
    """What a person wrote or edited in drafts, and the changes that they asked for."""
    drafts: dict[int, Draft | None] = {}
    said = []
    for draft_id, sentence in context.store.drafts.written_by(asked.person_id):
        if draft_id not in drafts:
            drafts[draft_id] = context.store.drafts.by_id(draft_id)
        if (draft := drafts[draft_id]) and (text := _shown(sentence, draft, context)):
            said.append(f"- {_name(draft, context)}, {document.TITLES[Section(sentence.section)]}: {text}")
    if said:
        asked.sections.append(("What you wrote in updates", "\n".join(said)))
    wishes = [
        f"- {_name(one, context)}: {one.approval.wish}" for one in context.store.drafts.wishes_of(asked.person_id)
    ]
    if wishes:
        asked.sections.append(("Changes that you asked for in updates", "\n".join(wishes)))


def _shown(sentence: Sentence, draft: Draft, context: Context) -> str:
    """The person's own words, unless they rest on what somebody has taken back since."""
    if not sentence.sources:
        return sentence.text
    (line,) = stale.lines([sentence], whose.opened(draft, context).facts)
    return line.text


def _name(draft: Draft, context: Context) -> str:
    network = context.store.networks.by_id(draft.network_id)
    return f"{network.name if network else ''}, {days_in_words(draft.first_on, draft.last_on)}"


@feature.hears(ErasureAsked)
def erase_from_updates(asked: ErasureAsked, context: Context) -> None:
    """What a person wrote in drafts, and every line that rests on what they said, goes; posted or not."""
    context.store.drafts.erase_person(asked.person_id)
    # Others may have said something of a goal that went with them: whoever heard of it first has deleted that by now.
    for draft in context.store.drafts.of_networks(context.person.network_ids) if context.person.network_ids else ():
        whose.opened(draft, context)
