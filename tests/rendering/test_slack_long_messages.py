"""Long pages in Slack: few blocks, all the words, and one person's marks never in another's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.slack_limits import problems
from bench.slack_sight import text_of
from bot.platforms.slack.render import Level, message_payloads
from bot.platforms.slack.text import SHORTENED, sections
from bot.platforms.slack.views import home
from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, paragraph

Json = dict[str, Any]
AT = datetime(2027, 1, 12, 17, 30, tzinfo=UTC)
WEEK_ON = date(2027, 1, 11)
OLDER = Button("Older", "network.week", "7.1")


def _answer(person: int, question: int, length: int) -> str:
    """An answer of about that many characters, with words that no other has."""
    words = f"begin{person}.{question} " + "we met & talked of our ward with them and " * length
    return f"{words[: length - 12]} end{person}.{question}"


def _answers(person: int, questions: int, length: int) -> Sequence[Block]:
    given = range(questions)
    return [paragraph(Bold(f"Question {one}?"), "\n", _answer(person, one, length)) for one in given]


def _network_page(length: int) -> Message:
    """Ten check-ins of six answers each, as a co-ordinator reads them."""
    body: list[Block] = [Heading("Sexual Health Improvement Network"), paragraph("23 people have checked in.")]
    for person in range(10):
        body += [Heading(f"Person {person}"), *_answers(person, 6, length)]
    return Message("The week", tuple(body), (OLDER,))


def _history_page(checkins: int) -> Message:
    """Check-ins of eight questions with 3,000 characters each, with their buttons."""
    body: list[Block] = [Heading("Your check-ins")]
    for one in range(checkins):
        body += [paragraph(Bold(f"Week {one}")), *_answers(one, 8, 3_000)]
        body.append(Buttons((Button("Edit", "checkins.edit", str(one), opens_form=True),)))
    return Message("Your check-ins", tuple(body), (OLDER,))


def _told(message: Message) -> tuple[list[Json], str]:
    payloads = message_payloads(message, Level.CHARTS)
    assert [found for payload in payloads for found in problems(payload, "message")] == []
    return payloads, "\n".join(text_of(payload["blocks"]) for payload in payloads)


def _all_there(text: str, people: int, questions: int) -> bool:
    marks = [
        f"{mark}{person}.{one}" for mark in ("begin", "end") for person in range(people) for one in range(questions)
    ]
    return all(mark in text.split() for mark in marks)


@pytest.mark.parametrize(("length", "messages"), [(80, 1), (400, 4), (600, 5)])
def test_a_co_ordinator_reads_all_ten_check_ins_of_a_page(length: int, messages: int) -> None:
    payloads, text = _told(_network_page(length))
    assert _all_there(text, 10, 6)
    assert SHORTENED not in text
    assert len(payloads) <= messages
    assert [block["type"] for block in payloads[-1]["blocks"]][-1] == "actions"


def test_no_heading_stands_at_the_end_of_a_message_without_what_it_heads() -> None:
    payloads, _ = _told(_network_page(400))
    assert all(payload["blocks"][-1]["type"] != "header" for payload in payloads)


def test_a_check_in_of_eight_long_answers_is_told_whole() -> None:
    payloads, text = _told(_history_page(1))
    assert _all_there(text, 1, 8)
    assert len(payloads) == 3


def test_what_even_five_messages_cannot_hold_is_cut_where_one_can_see_it() -> None:
    payloads, text = _told(_history_page(5))
    assert len(payloads) == 5
    assert text.rstrip().endswith(SHORTENED)
    assert payloads[-1]["blocks"][-1]["elements"][0]["text"]["text"] == "Older"


def test_app_home_has_room_for_it_in_one_page() -> None:
    page = home(_network_page(600))
    assert problems(page, "home") == []
    assert _all_there(text_of(page["blocks"]), 10, 6)


def test_paragraphs_share_a_section_with_a_blank_line_between() -> None:
    assert list(sections([("One",), ("Two & <3",)])) == [
        {"type": "plain_text", "text": "One\n\nTwo & <3", "emoji": False}
    ]
    assert list(sections([("One & <3",), (Bold("Two"), " 2")])) == [
        {"type": "mrkdwn", "text": "One &amp; &lt;3\n\n*Two* 2", "verbatim": True}
    ]


@pytest.mark.parametrize("marks", ["```", "a\n>>> b"])
def test_marks_that_spread_do_not_reach_the_next_answer(marks: str) -> None:
    drawn = [one["text"] for one in sections([(Bold("A"), marks), (Bold("B"), marks), (Bold("C"), "c")])]
    assert [text[:3] for text in drawn] == ["*A*", "*B*", "*C*"]


def test_a_long_paragraph_goes_on_at_the_end_of_a_line_or_word() -> None:
    drawn = [one["text"] for one in sections([("word & " * 900,)])]
    assert len(drawn) == 3
    assert all(text.split()[-1] in ("word", "&") and text.split()[0] in ("word", "&") for text in drawn)
    lines = [one["text"] for one in sections([("\n".join(["a line of words"] * 400),)])]
    assert all(line == "a line of words" for text in lines for line in text.split("\n"))


WORDS = st.one_of(st.text(max_size=40), st.sampled_from(["& < >" * 900, "x" * 4_000, "é\n" * 3_000, " ", "```"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=4), max_size=5), st.booleans())
def test_no_word_of_a_paragraph_is_ever_lost(paragraphs: list[list[str]], is_bold: bool) -> None:
    spans = [tuple(one) for one in paragraphs] + ([(Bold("Bold"),)] if is_bold else [])
    drawn = list(sections(spans))
    assert all(0 < len(one["text"]) <= 3_000 for one in drawn)
    seen = text_of([{"type": "section", "text": {"type": "plain_text", "text": one["text"]}} for one in drawn])
    if is_bold:
        seen = seen.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").removesuffix("*Bold*")
    assert "".join(seen.split()) == "".join("".join(word for one in paragraphs for word in one).split())
