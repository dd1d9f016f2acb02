"""Words that are no command lead to the nearest things that the person can do."""

import pytest

from handlers import find_routes
from handlers.help.rules import NEAREST, nearest
from storage.records import Person, Role, RoleHeld

MEMBER = Person(1, "Ann", roles=(RoleHeld(Role.MEMBER, 1),))
COORDINATOR = Person(2, "Bea", roles=(RoleHeld(Role.COORDINATOR, 1),))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("chekc in", "check in"),
        ("checking", "check in"),
        ("histroy", "history"),
        ("netwrok please", "network"),
        ("seting", "settings"),
        ("prviacy", "privacy"),
        ("whats my time zone", "settings"),
        ("what is kept about me", "privacy"),
    ],
)
def test_the_nearest_is_what_a_tired_person_meant(typed: str, words: str) -> None:
    routes = find_routes().commands_for(MEMBER)
    assert words in [route.words for route in nearest(typed, routes)]


@pytest.mark.parametrize(
    ("typed", "is_offered"),
    [("earse my data", True), ("delte me", True), ("what is stored about me", False), ("I feel awful", False)],
)
def test_what_is_for_good_is_offered_only_to_who_nearly_typed_it(typed: str, is_offered: bool) -> None:
    offered = {route.words for route in nearest(typed, find_routes().commands_for(MEMBER))}
    assert ("erase my data" in offered) is is_offered


@pytest.mark.parametrize("typed", ["", "?!", "🙂", "x" * 5000, "\n"])
def test_there_are_always_three(typed: str) -> None:
    assert len(nearest(typed, find_routes().commands_for(MEMBER))) == NEAREST


def test_what_a_role_cannot_do_is_not_offered() -> None:
    words = {route.words for route in find_routes().commands_for(MEMBER)}
    assert "questions" not in words
    assert "questions" in {route.words for route in find_routes().commands_for(COORDINATOR)}


@pytest.mark.parametrize(
    ("typed", "words", "rest"),
    [
        ("check in", "check in", ""),
        ("  Check   IN  ", "check in", ""),
        ("check-in Sexual Health", "check in", "Sexual Health"),
        ("network. please", "network", "please"),
        ("HELP!", "help", ""),
    ],
)
def test_words_are_found_however_they_are_typed(typed: str, words: str, rest: str) -> None:
    found = find_routes().find_command(typed)
    assert found is not None
    assert (found[0].words, found[1]) == (words, rest)
