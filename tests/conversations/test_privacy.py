"""Privacy: what is kept, a copy of all of it, and an erasure that leaves nothing behind in any table."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import create_engine, select

from bench.stories import saved
from bench.world import World
from storage.records import Account, Answer, Audience, Person, Role, RoleHeld
from storage.tables import metadata
from storage.unit import Store

AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
SAID, SAID_BEFORE = "the heron keeps still", "the otter swims"


def _check_in(store: Store, account: Account) -> Person:
    """A check-in that was edited once, so that there are words in the answers and in the history."""
    person = store.people.by_account(account)
    assert person is not None
    network_id = person.network_ids[0]
    template = store.templates.current(network_id)
    assert template is not None
    before = (Answer("moved", SAID_BEFORE, Audience.NETWORK),)
    added = store.checkins.record(network_id, person.id, template.id, date(2027, 1, 11), AT, before)
    assert added is not None
    standing = store.checkins.own(added, person.id)
    assert standing is not None
    store.checkins.edit(standing, template.id, AT, (Answer("moved", SAID, Audience.NETWORK),))
    return person


def _everything_kept(world: World) -> str:
    """Every cell of every table, as one text."""
    engine = create_engine(world.database_url)
    with engine.connect() as connection:
        rows = [
            f"{table.name}: {dict(row._mapping)}"
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    engine.dispose()
    return "\n".join(rows)


async def test_someone_reads_what_is_kept_and_gets_all_of_it(world: World) -> None:
    ann = world.person("ann")
    await world.store(lambda store: _check_in(store, ann.account))
    await ann.says("privacy")
    assert "Who can read it" in ann.messages[-1].text
    await ann.presses("Get a copy")
    message = ann.messages[-1]
    told = "\n".join([message.text, await saved(ann)])
    for words in ("Ann Example", ann.account.user, "Sexual Health Network", SAID, SAID_BEFORE):
        assert words in told.replace("\\", "")
    assert "Bea" not in told


async def test_export_is_also_a_command(world: World) -> None:
    ann = world.person("ann")
    await ann.says("export")
    assert "Ann Example" in await saved(ann)


async def test_an_erasure_leaves_nothing_behind_in_any_table(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    person = await world.store(lambda store: _check_in(store, ann.account))
    await bea.says("people ann")
    await bea.presses("Change")
    await bea.presses("Change roles")
    await bea.sends({"What does": ("Leader",)})
    await ann.says("settings")
    await ann.presses("Edit")
    await ann.sends({"Your name": "Ann Heron"})
    kept = _everything_kept(world)
    there = (SAID, SAID_BEFORE, "Ann Heron", ann.account.user, f"'person {person.id} leader")
    assert all(words in kept for words in there)

    await ann.says("erase my data")
    assert "for good" in ann.messages[-1].text
    await ann.presses("Erase my data")
    await ann.sends({"Type erase to confirm": "erase"})
    assert "erased" in ann.messages[-1].text

    kept = _everything_kept(world)
    for words in (SAID, SAID_BEFORE, "Ann Heron", "Ann Example", ann.account.user):
        assert words not in kept
    assert f"'person_id': {person.id}," not in kept
    assert f"'person {person.id}" not in kept
    assert "a person erased their data" in kept


async def test_after_an_erasure_one_is_a_stranger(world: World) -> None:
    ann = world.person("ann")
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase to confirm": "Erase"})
    await ann.says("settings")
    assert "I don't know you yet" in ann.messages[-1].text
    account = ann.account
    assert await world.store(lambda store: store.people.by_account(account)) is None


async def test_nobody_is_ever_given_the_number_of_someone_erased(world: World) -> None:
    newest = await world.store(lambda store: store.people.add("Zoe Example"))
    await world.store(lambda store: store.people.erase(newest))
    assert await world.store(lambda store: store.people.add("Someone Else")) > newest


async def test_nothing_is_erased_without_the_word(world: World) -> None:
    ann = world.person("ann")
    await ann.says("erase my data")
    await ann.presses("Erase my data")
    await ann.sends({"Type erase to confirm": "no"})
    assert ann.form is not None
    assert "Please type the word erase." in ann.form.errors["Type erase to confirm"]
    account = ann.account
    assert await world.store(lambda store: store.people.by_account(account)) is not None


async def test_the_only_coordinator_is_told_what_it_means_and_may_go(world: World) -> None:
    bea = world.person("bea")
    await bea.says("erase my data")
    assert "You are the only co-ordinator of Sexual Health Network." in bea.messages[-1].text
    await bea.presses("Erase my data")
    await bea.sends({"Type erase to confirm": "erase"})
    assert "erased" in bea.messages[-1].text


async def test_whoever_is_named_in_the_programmes_file_is_told_what_its_next_load_does(world: World) -> None:
    ann = world.person("ann")
    await ann.says("erase my data")
    assert "named in the programme's file" in ann.messages[-1].text
    await ann.presses("Erase my data")
    await ann.sends({"Type erase to confirm": "erase"})
    assert "I will know you again" in ann.messages[-1].text


async def test_someone_left_alone_while_the_form_was_open_is_told_before_they_go(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    account = ann.account
    person = await world.store(lambda store: store.people.by_account(account))
    assert person is not None
    held = RoleHeld(Role.COORDINATOR, person.network_ids[0])
    await world.store(lambda store: store.people.add_role(person.id, held))
    await bea.says("erase my data")
    assert "only co-ordinator" not in bea.messages[-1].text
    await bea.presses("Erase my data")
    await world.store(lambda store: store.people.remove_role(person.id, held))
    await bea.sends({"Type erase to confirm": "erase"})
    assert bea.form is not None
    assert "You are now the only co-ordinator of Sexual Health Network." in bea.form.errors["Type erase to confirm"]
    await bea.sends()
    assert "erased" in bea.messages[-1].text
