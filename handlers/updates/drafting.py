"""What a model is asked for a draft, and what is kept of its answer: only what stands beside facts that it names."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.kit.facts import Fact, Section
from handlers.kit.feature import Routes
from handlers.kit.patient_details import kinds_in
from handlers.updates import drafted, whose
from prompts import updates as asked
from prompts.guard import Judged, Verdict, judged
from storage.draft_records import Draft, Origin, Sentence, Wanted
from storage.records import Network

if TYPE_CHECKING:
    from storage.unit import Store

NOTHING_HELD = "No sentence of the model held against its sources."


def request_for(store: "Store", draft_id: int, routes: Routes, now: datetime) -> asked.Request | None:
    """The numbered facts of a draft, all of them for its readers; which number is which stays with the draft."""
    found = store.drafts.by_id(draft_id)
    if found is None:
        return None
    network, facts = _facts(found, store, routes)
    store.drafts.keep_numbers(found.id, json.dumps([[one.key, one.stamp] for one in facts]))
    return _request(found, network, list(enumerate(facts, 1)))


def _facts(found: Draft, store: "Store", routes: Routes) -> tuple[Network, list[Fact]]:
    network = store.networks.by_id(found.network_id)
    assert network is not None, "foreign keys hold"
    programme = store.networks.programme()
    return network, whose.of_draft(found, routes.facts(whose.asked(found, (network,), programme), store))


def _request(found: Draft, network: Network, numbered: Iterable[tuple[int, Fact]]) -> asked.Request:
    facts = tuple(
        asked.Fact(number, one.section.value, drafted.one_line(one.text), one.on, one.by) for number, one in numbered
    )
    return asked.Request(network.name, network.purpose, found.first_on, found.last_on, facts)


def accept(store: "Store", draft_id: int, token: str, outcome: asked.Outcome, routes: Routes, now: datetime) -> bool:
    """Keep the model's version, each sentence checked beside what its facts say now; or why there is none.

    False where the claim has run out or the draft is gone: then nothing is kept. A fact that was changed or taken back
    since it was asked about is none of its sources any more, and the sentence is dropped.
    """
    store.drafts.hold(draft_id)
    found, wanted = store.drafts.by_id(draft_id), Wanted(draft_id, token)
    if found is None:
        return False
    if isinstance(outcome, asked.Silent):
        return store.drafts.not_written(wanted, now, outcome.sentence)
    network, facts = _facts(found, store, routes)
    numbered = _still(store.drafts.numbers(draft_id), facts)
    request = _request(found, network, numbered.items())
    verdicts = judged(outcome.answer.sentences, request, lambda text: bool(kinds_in(text)))
    sentences = [_sentence(one, numbered) for one in verdicts if _is_kept(one)]
    model = {"model": outcome.model[:200], "prompt_version": outcome.version[:40]}
    if not sentences:
        return store.drafts.not_written(wanted, now, NOTHING_HELD, **model)
    dropped = len(verdicts) - len(sentences) + outcome.answer.lost
    is_kept = store.drafts.written(wanted, now, sentences, dropped=dropped, **model)
    if is_kept:
        told = f"draft {draft_id} model {outcome.model} prompt {outcome.version} dropped {dropped}"
        store.audit.note(now, None, "a model wrote a version of an update", told, "")
    return is_kept


def _still(numbers: str, facts: Sequence[Fact]) -> dict[int, Fact]:
    """The facts under the numbers that they were asked about by, where they say what they said then."""
    by_key = {one.key: one for one in facts}
    found: dict[int, Fact] = {}
    for number, (key, stamp) in enumerate(json.loads(numbers or "[]"), 1):
        if key in by_key and by_key[key].stamp == stamp:
            found[number] = by_key[key]
    return found


def _is_kept(one: Judged) -> bool:
    return one.verdict is not Verdict.DROP and one.sentence.section in set(Section)


def _sentence(one: Judged, numbered: dict[int, Fact]) -> Sentence:
    facts = [numbered[number] for number in dict.fromkeys(one.sentence.facts)]
    return Sentence(
        one.sentence.section,
        Origin.MODEL,
        tuple(drafted.sources(facts)),
        drafted.one_line(one.sentence.text),
        is_marked=one.verdict is Verdict.MARK,
    )
