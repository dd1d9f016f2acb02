"""Advice on a question that a co-ordinator writes: one sentence, and none where none is needed."""

from __future__ import annotations

import pytest

from handlers.coaching.style import advice
from prompts.coaching import question_bank


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("What helps you most?", ""),
        ("Tell me what helps", "a question mark"),
        ("What helps? And who?", "one at a time"),
        (f"What {'very ' * 20}long?", "It has 22 words"),
        ("Why did it stop?", "than why"),
        ("and Why not?", "than why"),
        ("Is it done?", "yes or no"),
        ("could you ring?", "yes or no"),
        ("What should you have done?", "blame"),
        ("What should come next?", ""),
        ("What is a candid word?", ""),
        ("How is Whyteleafe?", ""),
    ],
)
def test_the_one_thing_that_would_help_is_said(text: str, says: str) -> None:
    assert says in advice(text)
    assert bool(advice(text)) is bool(says)


def test_weavers_own_questions_need_no_advice() -> None:
    assert [one.text for one in question_bank().questions if advice(one.text)] == []
