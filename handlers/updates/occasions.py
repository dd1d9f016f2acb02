"""What is brought to people about updates: a draft to approve, an answer to one's own, and what must be put right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from handlers.kit.content import Button
from handlers.kit.feature import Routes
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.text import counted, days_in_words, shortened
from handlers.updates import stale, whose
from handlers.updates.stale import Line
from storage.draft_records import Draft
from storage.records import Audience, Network

TOLD = "updates.told"
LATELY = timedelta(weeks=26)
"""What went out longer ago is history, and nobody is asked to put it right."""
MOST_GROUPS = 12
"""Periods and audiences that one look compares; others wait for the next week, the newest first."""


def told(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each draft that waits for the person's approval, and for each of theirs that was answered."""
    people = {one.person.id: one.person for one in asked}
    waiting, answered = desk.store.drafts.to_approve(list(people)), desk.store.drafts.answered(list(people))
    networks = _networks([*waiting, *answered], desk)
    lines: dict[int, list[Item]] = defaultdict(list)
    for draft in waiting:
        reader = people[draft.approval.asked_id or 0]
        if reader.runs(draft.network_id):
            lines[reader.id].append(_to_approve(draft, networks[draft.network_id]))
    for draft in answered:
        author = people[draft.author_id or 0]
        if author.runs(draft.network_id):
            lines[author.id].append(_answered(draft, networks[draft.network_id]))
    return lines


def _networks(drafts: Iterable[Draft], desk: Desk) -> dict[int, Network]:
    ids = tuple({one.network_id for one in drafts})
    return {one.id: one for one in desk.store.networks.by_ids(ids)} if ids else {}


def _name(draft: Draft, network: Network) -> str:
    return f"the update of {network.name}, {days_in_words(draft.first_on, draft.last_on)}"


def _open(draft: Draft, network: Network) -> Button:
    return Button("Open the draft", "updates.show", str(draft.id), about=shortened(network.name, 60))


def _to_approve(draft: Draft, network: Network) -> Item:
    who = draft.author_name or "Someone"
    return Item(f"{who} asks you to approve {_name(draft, network)}.", _open(draft, network))


def _answered(draft: Draft, network: Network) -> Item:
    if draft.approval.wish:
        text = f"{draft.approval.asked_name or 'Someone'} asks for a change in {_name(draft, network)}."
    else:
        text = f"{draft.approval.by or 'Someone'} approved {_name(draft, network)}. You can send it now."
    return Item(text, _open(draft, network))


def put_right(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each update that went out and rests on something that was changed or taken back since.

    That a figure of ours is another one by now is no reason to write to anybody.
    """
    if desk.routes is None:
        return {}
    wanted = {network_id for one in asked for network_id in one.network_ids}
    groups: dict[tuple[date, date, Audience], list[Draft]] = defaultdict(list)
    for draft in desk.store.drafts.out_since(desk.now - LATELY, list(wanted)):
        groups[draft.first_on, draft.last_on, draft.audience].append(draft)
    found: dict[int, list[Item]] = defaultdict(list)
    hidden: list[int] = []
    for drafts in list(groups.values())[:MOST_GROUPS]:
        for draft, network, lines in _beside_facts(drafts, desk, desk.routes):
            hidden += stale.hidden(lines)
            if item := _to_put_right(draft, network, lines):
                found[network.id].append(item)
    if hidden:
        desk.store.drafts.strike(hidden)
    return {one.person.id: [item for id_ in one.network_ids for item in found.get(id_, ())] for one in asked}


def _beside_facts(drafts: Sequence[Draft], desk: Desk, routes: Routes) -> Iterable[tuple[Draft, Network, list[Line]]]:
    """Each of these drafts, which are of the same days and readers, with its lines as they may be shown now."""
    networks = _networks(drafts, desk)
    facts = routes.facts(whose.asked(drafts[0], tuple(networks.values()), desk.programme), desk.store)
    sentences = desk.store.drafts.sentences_of({one.id: one.shows_model for one in drafts})
    for draft in drafts:
        yield draft, networks[draft.network_id], stale.lines(sentences[draft.id], whose.of_draft(draft, facts))


def _to_put_right(draft: Draft, network: Network, lines: Iterable[Line]) -> Item | None:
    """The line that asks to put an update right, where there is something to put right."""
    hit = [one for one in stale.stale(lines) if not one.is_figure and not draft.part(one.sentence.section).is_left_out]
    if not hit:
        return None
    text = f"{counted(len(hit), 'source', 'sources')} of {_name(draft, network)} changed after it went out."
    button = Button("See what changed", "updates.changes", str(draft.id), about=shortened(network.name, 60))
    return Item(text, button)
