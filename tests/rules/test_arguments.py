"""What buttons and forms carry is read, or refused where no button of ours carries it."""

from __future__ import annotations

import pytest

from handlers.kit.arguments import ids, number
from handlers.kit.errors import NotAllowed

NO_NUMBERS = ["", " 1", "-1", "1e3", "1\n", "1234567890", "9" * 5000, "\N{SUPERSCRIPT TWO}", "\N{FULLWIDTH DIGIT ONE}"]


@pytest.mark.parametrize(("text", "read"), [("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_a_number_is_read(text: str, read: int) -> None:
    assert number(text) == read


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_short_number_is_none(text: str) -> None:
    assert number(text) is None


def test_ids_are_read_in_their_order() -> None:
    assert ids("3", 1) == (3,)
    assert ids("3.12", 2) == (3, 12)


@pytest.mark.parametrize("argument", ["", "3", "3.", ".3", "3.x", "3.1.2", "3.12.", "1." * 20_000])
def test_too_few_too_many_and_nonsense_are_refused(argument: str) -> None:
    with pytest.raises(NotAllowed):
        ids(argument, 2)
