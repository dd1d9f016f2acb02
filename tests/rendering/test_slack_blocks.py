"""Whatever is said, Slack takes it: every limit held, people's words shown as typed, and cut where one can see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.slack_limits import problems
from bench.slack_sight import text_of
from bench.small_talk import EVERYTHING, FORM, HOME, HOSTILE, TREND
from bot.platforms.slack.render import Level, message_payloads
from bot.platforms.slack.text import SHORTENED, escape, escaped, html_free, shorten
from bot.platforms.slack.views import home, modal
from handlers import find_routes
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Chart,
    Choice,
    Example,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Paragraph,
    Phase,
    Question,
    Quote,
    Series,
    Standing,
    Stop,
    Table,
    Timeline,
    Wheel,
    paragraph,
)
from storage.records import Condition, QuestionKind

Json = dict[str, Any]
EXAMPLES = [example for feature in find_routes().features for example in feature.examples()]


def _drawn(content: Message | Form) -> list[tuple[str, Json]]:
    if isinstance(content, Form):
        return [("modal", modal(content))]
    levels = [("message", payload) for level in Level for payload in message_payloads(content, level)]
    return [*levels, ("home", home(content))]


def _blocks(message: Message) -> list[Json]:
    return [block for payload in message_payloads(message, Level.CHARTS) for block in payload["blocks"]]


def _all_problems(content: Message | Form) -> list[str]:
    return [problem for surface, payload in _drawn(content) for problem in problems(payload, surface)]


@pytest.mark.parametrize("content", [EVERYTHING, HOME, FORM], ids=["everything", "home", "form"])
def test_one_of_every_kind_fits(content: Message | Form) -> None:
    assert _all_problems(content) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_of_every_conversation_fits(example: Example) -> None:
    assert _all_problems(example.content) == []
    if isinstance(example.content, Form) and example.errors:
        assert problems(modal(example.content, example.errors), "modal") == []


AWKWARD = [HOSTILE, "<!channel>", "*_~`", "& < >" * 900, "x" * 4_000, "é" * 3_000, "\n" * 9]
URL = "https://x.uk/?a=1&b=2"
WORDS = st.one_of(st.text(max_size=30), st.sampled_from(AWKWARD))
SPANS = st.one_of(WORDS, st.builds(Bold, WORDS), st.builds(Link, WORDS, st.one_of(WORDS, st.just(URL))))
ID = st.from_regex(r"[a-z]{1,9}\.[a-z]{1,9}", fullmatch=True)
BUTTON = st.builds(Button, WORDS, ID, WORDS, st.booleans(), st.booleans(), st.booleans(), WORDS, WORDS)
ROWS = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        WORDS,
        st.tuples(*[WORDS] * width),
        st.lists(st.tuples(*[WORDS] * width), max_size=120).map(tuple),
    )
)
POINTS = st.lists(st.tuples(st.text(max_size=30), st.one_of(st.none(), st.integers(1, 5))), max_size=30)


def _chart(title: str, words: str, points: list[tuple[str, float | None]]) -> Chart:
    return Chart(title, words, tuple(at for at, _ in points), tuple(value for _, value in points), title, 1, 5)


CHART = st.builds(_chart, WORDS, WORDS, POINTS)


def _wheel(words: list[str], rings: list[tuple[str, list[float | None]]]) -> Wheel:
    series = tuple(Series(name, tuple(values)[: len(words)]) for name, values in rings)
    return Wheel(words[0], words[-1], tuple(words), series, Table(words[0], ("Name",), tuple((one,) for one in words)))


NUMBERS = st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=6, max_size=6)
WHEEL = st.builds(
    _wheel, st.lists(WORDS, min_size=1, max_size=6), st.lists(st.tuples(st.text(max_size=30), NUMBERS), max_size=4)
)
DAY = st.dates()
STOP = st.builds(Stop, DAY, WORDS, WORDS, st.sampled_from(Standing), WORDS)
PHASE = st.builds(Phase, WORDS, DAY, DAY, st.lists(STOP, max_size=9).map(tuple))
TIMELINE = st.builds(Timeline, WORDS, WORDS, st.lists(PHASE, max_size=4).map(tuple), DAY)
PART: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, st.lists(SPANS, max_size=4).map(tuple)),
    st.builds(Quote, WORDS),
    st.builds(Facts, st.lists(st.tuples(WORDS, WORDS), max_size=25).map(tuple)),
    ROWS,
    CHART,
    WHEEL,
    TIMELINE,
    st.builds(Buttons, st.lists(BUTTON, max_size=30).map(tuple)),
)
MESSAGE = st.builds(Message, WORDS, st.lists(PART, max_size=6).map(tuple), st.lists(BUTTON, max_size=30).map(tuple))


@settings(max_examples=30, deadline=None)
@given(MESSAGE)
def test_any_message_fits(message: Message) -> None:
    assert _all_problems(message) == []


CHOICE = st.builds(Choice, st.text(min_size=1, max_size=160), WORDS)
CHOICES = st.lists(CHOICE, min_size=1, max_size=120, unique_by=lambda one: one.value)
QUESTION = st.builds(
    lambda kind, label, required, hint, choices, value, most: Question(
        "key", label, kind, required, hint, tuple(choices), value, max_length=most
    ),
    st.sampled_from(list(QuestionKind)),
    WORDS,
    st.booleans(),
    WORDS,
    CHOICES,
    st.one_of(st.none(), WORDS, st.lists(WORDS, max_size=3).map(tuple)),
    st.integers(1, 9_000),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(QUESTION, min_size=1, max_size=6), WORDS, st.lists(SPANS, max_size=3))
def test_any_form_fits(questions: list[Question], title: str, intro: list[Any]) -> None:
    numbered = tuple(replace(question, key=f"key{number}") for number, question in enumerate(questions))
    form = Form("feature.form", title, numbered, "7", tuple(intro))
    assert problems(modal(form, {"key0": "Please mend this."}), "modal") == []


def test_a_message_that_is_too_long_even_for_five_says_so_and_keeps_its_buttons() -> None:
    message = Message("Long", tuple(Heading(str(n)) for n in range(900)), (Button("Next", "a.b"),))
    assert _all_problems(message) == []
    assert len(message_payloads(message, Level.CHARTS)) == 5
    for blocks in (_blocks(message), home(message)["blocks"]):
        assert blocks[-2]["text"]["text"] == SHORTENED
        assert blocks[-1]["type"] == "actions"


@given(st.text(max_size=200), st.integers(30, 100))
def test_escaped_words_are_whole_or_visibly_cut(text: str, most: int) -> None:
    cut = escaped(text, most)
    assert len(cut) <= most
    assert html_free(cut) == text or cut.endswith(SHORTENED)
    assert len(shorten(text, most)) <= most
    assert html_free(escape(text)) == text


@pytest.mark.parametrize(
    ("span", "drawn"),
    [
        (Bold("a * b "), "*a ∗ b* "),  # noqa: RUF001
        (Bold("<!channel>"), "*&lt;!channel&gt;*"),
        (Link("here", "https://x.uk/?a=1&b=2"), "<https://x.uk/?a=1&amp;b=2|here>"),
        (Link("a|b>", "https://x.uk/|y"), "<https://x.uk/%7Cy|a¦b&gt;>"),
        (Link("here", "javascript:alert(1)"), "here"),
        (Link("here", "!channel"), "here"),
    ],
)
def test_what_stands_out_cannot_break_out(span: Bold | Link, drawn: str) -> None:
    blocks = _blocks(Message("x", (paragraph("See ", span),)))
    assert blocks[0]["text"] == {"type": "mrkdwn", "text": f"See {drawn}", "verbatim": True}


def test_a_chart_tells_its_gaps_and_home_tells_it_in_words() -> None:
    message = Message("Trend", (TREND,))
    assert "No answers: 18 Jan" in text_of(_blocks(message))
    assert "Week: 18 Jan · Middle answer: no answers" in text_of(home(message)["blocks"])


def _hints(form: Form) -> dict[str, str]:
    blocks = modal(form)["blocks"]
    return {block["block_id"]: block.get("hint", {}).get("text", "") for block in blocks if block["type"] == "input"}


def test_a_question_that_hangs_on_typed_words_is_always_there_with_a_line_that_says_when() -> None:
    first = Question("first", "What is in the way?", QuestionKind.LONG_TEXT)
    second = Question("second", "Want help?", QuestionKind.SHORT_TEXT, hint="Private.", shown_if=Condition("first"))
    hints = _hints(Form("a.b", "Form", (first, second)))
    assert hints["second"] == "Only if you answered “What is in the way?”.\nPrivate."


def test_a_question_that_hangs_on_a_choice_is_there_while_the_choice_is_such() -> None:
    assert "who" not in _hints(FORM)
    assert "who" in _hints(FORM.filled({"help": "yes"}))
    governing = next(block for block in modal(FORM)["blocks"] if block.get("block_id") == "help")
    assert governing["dispatch_action"] is True
    assert governing["element"]["action_id"] == "live"


def test_the_forms_data_holds_no_answer() -> None:
    view = modal(FORM.filled({"moved": "a private sentence"}))
    assert view["private_metadata"] == '{"argument": "7"}'
    assert view["callback_id"] == FORM.name


def test_an_answer_that_need_not_be_given_can_be_taken_back() -> None:
    view = modal(FORM.filled({"help": "yes"}))
    block = next(block for block in view["blocks"] if block.get("block_id") == "help")
    assert [one["text"]["text"] for one in block["element"]["options"]] == ["Yes", "No", "No answer"]
