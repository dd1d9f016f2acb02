"""What confirms an erasure, and how what is kept is set out."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.privacy.rules import as_markdown, is_confirmed, listed_in_markdown, profile
from storage.records import Person


@pytest.mark.parametrize("typed", ["erase", " Erase ", "ERASE.", "“erase”", "'erase'"])
def test_the_word_confirms_however_it_is_typed(typed: str) -> None:
    assert is_confirmed(typed)


@pytest.mark.parametrize("typed", ["", "no", "erase my data", "do not erase", "yes"])
def test_nothing_else_confirms(typed: str) -> None:
    assert not is_confirmed(typed)


def test_all_sections_stand_in_one_text_and_an_empty_one_says_so() -> None:
    text = as_markdown("Ann *Example*", "12 January 2027", [("Profile", "- Name: Ann"), ("Roles", "")])
    assert text == (
        "# All that Weaver keeps about Ann \\*Example\\*\n\nMade on 12 January 2027.\n\n"
        "## Profile\n\n- Name: Ann\n\n## Roles\n\nNothing is kept here.\n"
    )


def test_what_a_line_holds_is_taken_literally() -> None:
    assert listed_in_markdown(["Name: <b>_Ann_</b>"]) == "- Name: \\<b\\>\\_Ann\\_\\</b\\>"


def test_every_field_of_the_record_is_told() -> None:
    ann = Person(5, "Ann", "UTC", "wales", (0, 6), leave_from=date(2027, 2, 1), leave_to=date(2027, 2, 2))
    assert profile(ann) == [
        "Name: Ann",
        "Time zone: UTC",
        "Working days: Monday and Sunday",
        "Working hours: 09:00 to 17:00",
        "Bank holidays of: wales",
        "Leave: 1 February 2027 to 2 February 2027",
        "Preferred platform: not chosen",
    ]
