"""The door: what every typed text passes before a handler sees it."""

import pytest

from handlers.kit.door import MOST_SAID, MOST_TYPED, cleaned, details_in, typed
from handlers.kit.events import Command, Event, Place, Press, Submission
from handlers.kit.patient_details import Kind
from storage.records import Account

ANN, DIRECT = Account("slack", "T01", "UANN"), Place("slack", "T01", "D01", private=True)


def said(text: str) -> Command:
    return Command(id="1", sender=ANN, place=DIRECT, text=text)


def sent(**values: str | tuple[str, ...]) -> Submission:
    return Submission(id="1", sender=ANN, place=DIRECT, form="a.b", values=values)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain words", "plain words"),
        ("a\x00b\x1bc\x7f", "abc"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("naïve – 漢字 🙂 \u200f", "naïve – 漢字 🙂 \u200f"),
    ],
)
def test_control_characters_go_and_words_stay(text: str, clean: str) -> None:
    assert cleaned(said(text)).text == clean
    assert cleaned(sent(a=text, b=(text,))).values == {"a": clean, "b": (clean,)}


def test_an_event_without_words_is_left_alone() -> None:
    press = Press(id="1", sender=ANN, place=DIRECT, action="a.b")
    assert cleaned(press) is press
    assert typed(press) == {}


@pytest.mark.parametrize(("event", "keys"), [
    (said("x"), {""}),
    (said("x" * (MOST_SAID + 1)), set()),
    (sent(a="x", b=("chosen",), c="x" * (MOST_TYPED + 1)), {"a"}),
])  # fmt: skip
def test_what_is_too_long_to_be_kept_is_not_judged(event: Event, keys: set[str]) -> None:
    assert set(typed(event)) == keys


def test_the_kinds_are_told_by_field_and_the_values_by_nobody() -> None:
    found = details_in({"a": "nothing here", "b": "NHS 999 123 4560"})
    assert found == {"b": frozenset({Kind.NHS_NUMBER})}
