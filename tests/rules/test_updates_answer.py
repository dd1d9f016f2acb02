"""A model's answer is read whatever it is: whole, in prose, in other types, cut off, or nothing at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.model import said
from prompts.updates import MOST_READ, Answer, Sentence, Unreadable, read

A, B = Sentence("practice", "We moved.", (1,)), Sentence("help", "Chairs are wanted.", (2, 3))
WHOLE = said(("practice", "We moved.", [1]), ("help", "Chairs are wanted.", [2, 3]))
SPACED = json.dumps(json.loads(WHOLE), indent=2)


@pytest.mark.parametrize(
    ("text", "sentences", "lost"),
    [
        (WHOLE, (A, B), 0),
        (SPACED, (A, B), 0),
        (f"Sure!\n```json\n{SPACED}\n```\nAnything else?", (A, B), 0),
        (f"I would say [1] and {{2}}: {WHOLE}", (A, B), 0),
        (f'First {{"sections": []}}, no: {WHOLE}', (A, B), 0),
        (f"<think>{said(('goals', 'No.', [9]))}</think>\n{WHOLE}", (A, B), 0),
        (json.dumps(json.loads(WHOLE)["sections"]), (A, B), 0),
        ('{"help": [{"text": "Chairs are wanted.", "facts": [2, 3]}], "practice": [{"text": "We moved.", "facts": 1}]}',
         (A, B), 0),
        (WHOLE[:-3], (A, B), 1),
        (WHOLE[: WHOLE.index("Chairs") + 3], (A,), 1),
        (WHOLE.replace("[1]", '["1", 1.0, "1", true, null, 1.5]'), (A, B), 0),
        (WHOLE.replace("[1]", '"fact 1"'), (A, B), 0),
        (WHOLE.replace("[1]", "[true]"), (Sentence("practice", "We moved.", ()), B), 0),
        (WHOLE.replace("[1]", "null"), (Sentence("practice", "We moved.", ()), B), 0),
        (WHOLE.replace("[1]", str(list(range(1000)))), (Sentence("practice", "We moved.", ()), B), 0),
        (WHOLE.replace('"practice"', '"weather"'), (B,), 1),
        (WHOLE.replace('"practice"', '" Practice "'), (A, B), 0),
        (WHOLE.replace('"We moved."', '"  We\\n moved. "'), (A, B), 0),
        (WHOLE.replace('"We moved."', "17"), (B,), 1),
        (WHOLE.replace("We moved.", "x" * 10_000), (B,), 1),
        ('{"sections": []}', (), 0),
    ],
)  # fmt: skip
def test_what_is_sound_in_it_is_read(text: str, sentences: tuple[Sentence, ...], lost: int) -> None:
    assert read(text) == Answer(sentences, lost)


@pytest.mark.parametrize(
    "text",
    [
        "", "I cannot help with that.", "null", "[]]", '"text"', '{"sections": "none"}', '{"sections": [1, 2]}',
        "[" * 50_000, '{"sections":' * 50_000, '{"sections": [' + "9" * 5000 + "]}", "x" * 1_000_000,
        "<think>" * 100_000, '{"section": "practice"' * 50_000, "\ud800",
    ],
)  # fmt: skip
def test_where_nothing_is_sound_that_is_said(text: str) -> None:
    assert read(text) in (Unreadable(), Answer(()))


def test_a_million_characters_are_read_as_far_as_is_sensible() -> None:
    filler = ",".join(json.dumps({"text": f"Sentence {at}.", "facts": [at]}) for at in range(40_000))
    found = read('{"sections": [{"section": "practice", "sentences": [' + filler + "]}]}")
    assert isinstance(found, Answer)
    assert 0 < len(found.sentences) <= 200
    assert found.lost
    assert MOST_READ < 1_000_000


KEYS = st.sampled_from(["sections", "section", "sentences", "text", "facts", "help"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sections", "section", "sentences", "text", "facts", "help"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(value=anything, cut=st.integers(0, 400))
def test_whatever_comes_is_read_or_refused(value: Any, cut: int) -> None:
    for text in (json.dumps(value), json.dumps({"sections": value})[:cut], WHOLE[:cut]):
        found = read(text)
        assert isinstance(found, Answer | Unreadable)
        if isinstance(found, Answer):
            assert all(one.text and all(type(number) is int for number in one.facts) for one in found.sentences)
