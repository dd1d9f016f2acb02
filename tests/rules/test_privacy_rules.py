"""What confirms an erasure, and how what is kept is set out."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.privacy.rules import as_markdown, in_parts, is_confirmed, listed_in_markdown, profile
from handlers.privacy.views import copy_of
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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("aa\nbb\n", ["aa\nbb\n"]),
        ("aaa\nbbb\n", ["aaa\n", "bbb\n"]),
        ("äö\nab\n", ["äö\n", "ab\n"]),
        ("a\nb\nccccc\nd", ["a\nb\n", "ccccc\n", "d"]),
    ],
)
def test_a_long_copy_is_in_parts_that_end_with_a_line(text: str, parts: list[str]) -> None:
    assert in_parts(text, most=6) == parts


def test_a_copy_that_is_too_long_for_one_file_is_in_several_with_numbers_and_nothing_is_lost() -> None:
    text = "- A line of what is kept.\n" * 100_000
    files = copy_of(text).attachments
    assert [one.name for one in files] == ["what-weaver-keeps-about-me-1.md", "what-weaver-keeps-about-me-2.md"]
    assert "".join(one.text or "" for one in files) == text
