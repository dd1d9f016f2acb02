"""Who may change whose roles, and who is found by a name."""

from __future__ import annotations

import pytest

from handlers.people.rules import (
    account_problem,
    changes,
    found,
    is_last_coordinator,
    may_manage,
    role_in_words,
    roles_in_words,
)
from storage.records import Person, Role, RoleHeld

BEA = Person(2, "Bea Example", roles=(RoleHeld(Role.COORDINATOR, 7), RoleHeld(Role.MEMBER, 8)))
ADMIN = Person(3, "Ada Example", roles=(RoleHeld(Role.ADMIN),))
FACULTY = Person(4, "Fay Example", roles=(RoleHeld(Role.FACULTY), RoleHeld(Role.LEADER, 7)))


@pytest.mark.parametrize(
    ("person", "network_id", "may"),
    [(BEA, 7, True), (BEA, 8, False), (BEA, 9, False), (ADMIN, 9, True), (FACULTY, 7, False)],
)
def test_a_coordinator_manages_their_network_and_an_administrator_any(
    person: Person, network_id: int, may: bool
) -> None:
    assert may_manage(person, network_id) is may


def test_the_last_coordinator_is_the_only_one() -> None:
    assert is_last_coordinator(BEA, 7, [BEA])
    assert not is_last_coordinator(BEA, 7, [BEA, ADMIN])
    assert not is_last_coordinator(FACULTY, 7, [BEA])


def test_changes_are_only_what_differs() -> None:
    assert changes(BEA, 7, ("coordinator",)) == ([], [])
    assert changes(BEA, 7, ("member", "leader")) == (
        [RoleHeld(Role.MEMBER, 7), RoleHeld(Role.LEADER, 7)],
        [RoleHeld(Role.COORDINATOR, 7)],
    )


def test_roles_are_said_in_words() -> None:
    assert role_in_words(Role.COORDINATOR, "Sexual Health") == "a co-ordinator of Sexual Health"
    assert role_in_words(Role.ADMIN, None) == "an administrator"
    assert roles_in_words([Role.MEMBER, Role.LEADER]) == "a member and a leader"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ann", ["Ann Example", "Mary-Ann O'Neill"]),
        ("ANN ex", ["Ann Example"]),
        ("neill", ["Mary-Ann O'Neill"]),
        ("xampl", ["Ann Example"]),
        ("zoe", []),
    ],
)
def test_someone_is_found_by_the_beginning_of_a_name_or_else_by_any_part(words: str, names: list[str]) -> None:
    people = [Person(1, "Ann Example"), Person(2, "Mary-Ann O'Neill"), Person(3, "Joanna Other")]
    assert [one.name for one in found(people, words)] == names


def test_an_account_is_one_short_word() -> None:
    assert account_problem("U0123ABC") == ""
    assert all(account_problem(wrong) for wrong in ("", "two words", "x" * 129))
