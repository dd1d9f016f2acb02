"""People: a co-ordinator sees who is in the network, adds and removes people, and changes roles."""

from __future__ import annotations

from bench.driver import Hands
from bench.world import World
from storage.records import Account, Person, Role, RoleHeld
from storage.unit import Store


async def _known(world: World, account: Account) -> Person | None:
    return await world.store(lambda store: store.people.by_account(account))


async def _roles(world: World, account: Account) -> set[Role]:
    person = await _known(world, account)
    return {held.role for held in person.roles} if person else set()


async def _give(world: World, hands: Hands, role: Role, key: str | None = None) -> None:
    """Give somebody a role behind the story's back."""
    person = await _known(world, hands.account)
    assert person is not None
    network = await world.store(lambda store: store.networks.by_key(key)) if key else None
    held = RoleHeld(role, network.id if network else None)
    await world.store(lambda store: store.people.add_role(person.id, held))


def _add_eighteen(store: Store) -> None:
    network = store.networks.by_key("sexual-health")
    assert network is not None
    for number in range(18):
        store.people.add_role(store.people.add(f"Zed {number:02}"), RoleHeld(Role.MEMBER, network.id))


async def _finds(coordinator: Hands, name: str) -> None:
    await coordinator.says(f"people {name}")
    await coordinator.presses("Change")


async def test_a_coordinator_sees_who_is_in_the_network(world: World) -> None:
    bea = world.person("bea")
    await bea.says("people")
    said = bea.messages[-1].text
    assert "Sexual Health Network: 5 people" in said
    assert "Ann Example: a member" in said
    assert "Bea Co-ordinator: a co-ordinator" in said
    assert "Kit Co-ordinator" not in said


async def test_a_member_is_told_who_can(world: World) -> None:
    ann = world.person("ann")
    await ann.says("people")
    assert "Only co-ordinators and administrators" in ann.messages[-1].text


async def test_a_stranger_is_added_and_can_check_in(world: World) -> None:
    bea, sam = world.person("bea"), world.person("sam")
    await bea.says("people")
    await bea.presses("Add someone")
    await bea.sends({"Who is it?": sam.account.user, "Their name": "Sam  New", "What do they do?": "Leader"})
    assert "Sam New is now a leader of Sexual Health Network." in bea.messages[-1].text
    assert await _roles(world, sam.account) == {Role.LEADER}
    assert sam.messages == []
    await sam.says("settings")
    assert "Sam New" in sam.messages[-1].text


async def test_an_account_that_is_known_gets_the_role_and_is_not_doubled(world: World) -> None:
    kit, ann = world.person("kit"), world.person("ann")
    await kit.says("people")
    await kit.presses("Add someone")
    await kit.sends({"Who is it?": ann.account.user, "Their name": "Annie"})
    assert "I knew this account already. Ann Example is now a member of Medical" in kit.messages[-1].text
    known = await _known(world, ann.account)
    assert known is not None
    assert known.name == "Ann Example"
    assert len(known.network_ids) == 2

    await kit.presses("Add someone")
    await kit.sends({"Who is it?": ann.account.user, "Their name": "Ann"})
    assert "Ann Example is already a member" in kit.messages[-1].text
    assert await _known(world, ann.account) == known


async def test_roles_are_changed(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    await _finds(bea, "ann")
    await bea.presses("Change roles")
    assert bea.form is not None
    assert bea.form.questions[0].value == ("Member",)
    await bea.sends({"What does": ("Leader", "Co-ordinator")})
    assert "Ann Example is now a co-ordinator and a leader of" in bea.messages[-1].text
    assert await _roles(world, ann.account) == {Role.LEADER, Role.COORDINATOR}


async def test_someone_is_removed_and_stays_known(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    await _finds(bea, "ann")
    await bea.presses("Remove")
    assert "Ann Example is no longer in Sexual Health Network." in bea.messages[-1].text
    person = await _known(world, ann.account)
    assert person is not None
    assert person.roles == ()
    entries = await world.store(lambda store: store.audit.of_kind("removed a role"))
    assert [f"person {person.id} member" in one.detail for one in entries] == [True]


async def test_the_last_coordinator_cannot_go_until_there_is_another(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    await _finds(bea, "bea")
    await bea.presses("Remove")
    assert "You are the only co-ordinator" in bea.messages[-1].text
    assert await _roles(world, bea.account) == {Role.COORDINATOR}

    await _give(world, ann, Role.COORDINATOR, "sexual-health")
    await _finds(bea, "bea")
    await bea.presses("Remove")
    assert "You are no longer in Sexual Health Network." in bea.messages[-1].text
    await bea.says("people")
    assert "Only co-ordinators and administrators" in bea.messages[-1].text


async def test_the_last_coordinator_cannot_lose_that_role_either(world: World) -> None:
    bea = world.person("bea")
    await _finds(bea, "bea")
    await bea.presses("Change roles")
    await bea.sends({"What does": ("Member",)})
    assert bea.form is not None
    assert "You are the only co-ordinator" in "".join(bea.form.errors.values())
    assert await _roles(world, bea.account) == {Role.COORDINATOR}


async def test_an_administrator_chooses_a_network_first(world: World) -> None:
    fay = world.person("fay")
    await _give(world, fay, Role.ADMIN)
    await fay.says("people")
    assert {"Sexual Health Network", "Medical Training Voices"} <= set(fay.messages[-1].buttons)
    await fay.presses("Medical Training Voices")
    assert "Kit Co-ordinator: a co-ordinator" in fay.messages[-1].text


async def test_a_button_from_before_is_authorised_again(world: World) -> None:
    bea, ann = world.person("bea"), world.person("ann")
    await _finds(bea, "ann")
    person = await _known(world, bea.account)
    assert person is not None
    network_id = person.network_ids[0]
    await world.store(lambda store: store.people.remove_role(person.id, RoleHeld(Role.COORDINATOR, network_id)))
    await bea.presses("Remove")
    assert "Only co-ordinators and administrators" in bea.messages[-1].text
    assert await _roles(world, ann.account) == {Role.MEMBER}
    refused = await world.store(lambda store: store.audit.of_kind("refused"))
    assert [one.detail for one in refused] == [f"people of network {network_id}"]


async def test_somebody_who_is_not_there_any_more_is_said_to_be_gone(world: World) -> None:
    bea = world.person("bea")
    await _finds(bea, "ann")
    await bea.presses("Remove")
    await bea.says("people ann")
    assert "I found nobody with that name." in bea.messages[-1].text


async def test_more_than_twenty_people_are_paged(world: World) -> None:
    bea = world.person("bea")
    await world.store(_add_eighteen)
    await bea.says("people")
    assert "23 people" in bea.messages[-1].text
    assert "Zed 17" not in bea.messages[-1].text
    await bea.presses("Next page")
    assert "Zed 17" in bea.messages[-1].text
    await bea.presses("Previous page")
    assert "Ann Example" in bea.messages[-1].text
