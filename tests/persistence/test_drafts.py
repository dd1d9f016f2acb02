"""What the tables of drafts promise: claims, what takes whose place, and what an erasure leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.draft_records import NewDraft, Origin, Sentence, Source, Wanted
from storage.records import Audience
from storage.unit import Store, Units, open_units

AT = datetime(2027, 4, 6, 9, 30, tzinfo=UTC)
LEASE = timedelta(minutes=2)


@pytest.fixture
def units(database_url: str) -> Iterator[Units]:
    with closing(open_units(database_url)) as opened:
        opened.run(_fill).result()
        yield opened


def _fill(store: Store) -> None:
    store.networks.add("one", "One", "", None, None)
    store.networks.add("two", "Two", "", None, None)
    for name in ("Ann", "Bea"):
        store.people.add(name)


def add(store: Store, network_id: int = 1, audience: Audience = Audience.FACULTY, **more: object) -> int:
    said = Sentence("practice", Origin.FACTS, (Source("checkins:1:moved", "a", 1),))
    typed = Sentence("goals", Origin.PERSON, (Source("checkins:2:moved", "a", 1),), "Ann’s words", author_id=2)
    own = Sentence("next", Origin.PERSON, (), "Own words", author_id=2)
    new = NewDraft(network_id, 2, date(2027, 1, 1), date(2027, 3, 31), audience, **more)  # type: ignore[arg-type]  # flags
    return store.drafts.add(new, AT, [said, typed, own])


def test_a_wanted_version_is_claimed_once_and_again_when_the_claim_has_run_out(units: Units) -> None:
    draft_id = units.run(lambda store: add(store, with_model=True)).result()
    units.run(add).result()
    first = units.run(lambda store: store.drafts.claim_wanted(AT, LEASE)).result()
    assert first is not None
    assert first.draft_id == draft_id
    assert units.run(lambda store: store.drafts.claim_wanted(AT, LEASE)).result() is None
    second = units.run(lambda store: store.drafts.claim_wanted(AT + LEASE, LEASE)).result()
    assert second is not None
    assert second.token != first.token
    kept = [written(units, one) for one in (first, Wanted(draft_id, "forged"), second, second)]
    assert kept == [False, False, True, False]
    assert units.run(lambda store: store.drafts.claim_wanted(AT + 9 * LEASE, LEASE)).result() is None
    draft = units.run(lambda store: store.drafts.by_id(draft_id)).result()
    assert draft is not None
    assert (draft.writing.model, draft.writing.dropped, draft.writing.marked) == ("a-model", 2, 1)
    assert not draft.shows_model, "a person chooses"


def written(units: Units, wanted: Wanted) -> bool:
    sentence = Sentence("goals", Origin.MODEL, (), "A model’s words.", is_marked=True)
    return units.run(
        lambda store: store.drafts.written(wanted, AT, [sentence], model="a-model", prompt_version="1", dropped=2)
    ).result()


def test_why_there_is_no_version_is_kept_and_it_is_not_wanted_any_more(units: Units) -> None:
    units.run(lambda store: add(store, with_model=True)).result()
    wanted = units.run(lambda store: store.drafts.claim_wanted(AT, LEASE)).result()
    assert wanted is not None
    assert units.run(lambda store: store.drafts.not_written(wanted, AT, "The model took too long.")).result()
    assert units.run(lambda store: store.drafts.claim_wanted(AT + 9 * LEASE, LEASE)).result() is None


def test_the_newest_that_was_shared_with_the_faculty_is_each_networks_latest(units: Units) -> None:
    def share(store: Store) -> list[int]:
        ids = [add(store), add(store), add(store, 2), add(store, 2, Audience.NETWORK)]
        for draft_id in (ids[0], ids[2], ids[3]):
            store.drafts.share(draft_id, 2, AT)
        return ids

    ids = units.run(share).result()
    found = units.run(lambda store: store.drafts.latest_shared((1, 2))).result()
    assert {network: draft.id for network, draft in found.items()} == {1: ids[0], 2: ids[2]}
    assert units.run(lambda store: store.drafts.last_told_on(1)).result() == date(2027, 3, 31)


def test_an_erased_person_leaves_every_draft_also_one_that_was_posted(units: Units) -> None:
    def erase(store: Store, person_id: int) -> None:
        store.drafts.erase_person(person_id)
        store.people.erase(person_id)

    ids = units.run(lambda store: [add(store), add(store)]).result()
    units.run(lambda store: store.drafts.post(ids[0], 2, AT)).result()
    units.run(lambda store: store.drafts.ask(ids[1], 1, AT)).result()
    units.run(lambda store: store.drafts.want_changes(ids[1], "Ann’s wish")).result()
    units.run(lambda store: erase(store, 1)).result()
    for draft_id in ids:
        left = units.run(lambda store, id_=draft_id: store.drafts.sentences(id_, is_model=False)).result()  # type: ignore[misc]  # a bound id
        assert [one.text for one in left] == ["Own words"]
    second = units.run(lambda store: store.drafts.by_id(ids[1])).result()
    assert second is not None
    assert (second.approval.wish, second.approval.asked_id, second.version) == ("", None, 1)
    units.run(lambda store: erase(store, 2)).result()
    first = units.run(lambda store: store.drafts.by_id(ids[0])).result()
    assert first is not None
    assert (first.author_id, first.author_name, first.posted_id) == (None, "", None)
    assert units.run(lambda store: store.drafts.sentences(ids[0], is_model=False)).result() == []


def test_a_discarded_drafts_number_is_never_anothers(units: Units) -> None:
    first = units.run(add).result()
    units.run(lambda store: store.drafts.discard(first)).result()
    assert units.run(add).result() > first
