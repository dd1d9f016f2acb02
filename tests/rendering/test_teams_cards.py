"""Messages and forms as cards: within Teams' limits, readable without charts or colour, and deaf to markup."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from hypothesis import given, strategies

from bench.drawn import FULL_WHEEL, ODD_WHEEL, TIMELINE
from bench.node import node, node_package
from bench.teams_cards import buttons, fields, text_of
from bench.teams_limits import card_problems, dialog_problems, problems, size, walk
from bot.platforms.teams.dialogs import form_card, form_dialog, message_dialog
from bot.platforms.teams.render import MORE, activities, cards, one_card
from bot.platforms.teams.words import escaped, label
from handlers.kit.content import (
    Bold,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Paragraph,
    Question,
    Quote,
    Table,
    plain,
)
from storage.records import Condition, QuestionKind

Json = dict[str, Any]
NASTY = "**b** _i_ [x](https://evil.test) <at>All</at> <b>t</b> {{DATE(2027-01-01,SHORT)}} `c` 1. - #"
WEEKS = Chart("How it feels", "It rose from 2 to 4.", ("11 Jan", "18 Jan", "25 Jan"), (2.0, None, 4.0), "Mean", 1, 5)
EVERYTHING = Message(
    "This week",
    (
        Heading("This week " + NASTY),
        Paragraph(("Hello ", Bold("Ann " + NASTY), " see ", Link("here " + NASTY, "https://nhs.uk/a?b=(c)"))),
        Paragraph(()),
        Quote("Their own words\nin two lines " + NASTY),
        Facts((("Answered " + NASTY, "4 of 9 " + NASTY),)),
        Table("Who asked for help " + NASTY, ("Name", "What"), (("Ann " + NASTY, "Time"), ("Bob", "Room"))),
        WEEKS,
        FULL_WHEEL,
        ODD_WHEEL,
        TIMELINE,
        Buttons(tuple(Button(f"B{number}", "goals.close", str(number), about="one") for number in range(14))),
    ),
    (Button("Withdraw", "checkins.withdraw", "1", danger=True, confirm="Sure? " + NASTY),
     Button("Withdraw", "checkins.withdraw", "2", danger=True, confirm="Sure?"),
     Button("Edit", "checkins.answer", "1", opens_form=True, primary=True)),
)  # fmt: skip
CHOICES = (Choice("yes", "Yes"), Choice("no, never", "No " + NASTY))
FORM = Form(
    "checkins.answer",
    "Your check-in",
    (
        Question("mood", "How is it? " + NASTY, QuestionKind.SCALE, True, choices=CHOICES, value="yes"),
        Question("several", "Which?", QuestionKind.SEVERAL, True, choices=CHOICES, value=("yes", "no, never")),
        Question("many", "One of many", QuestionKind.CHOICE, choices=tuple(Choice(str(n), f"C{n}") for n in range(30))),
        Question("number", "How many?", QuestionKind.NUMBER, value="3.5"),
        Question(
            "help", "Want help?", QuestionKind.YES_NO, choices=CHOICES, shown_if=Condition("mood", ("no, never",))
        ),
        Question("on", "When?", QuestionKind.DATE, True, value="2027-01-11", shown_if=Condition("many")),
        Question("short", "In short " + NASTY, QuestionKind.SHORT_TEXT, max_length=80, value=NASTY, hint=NASTY),
        Question("long", "At length", QuestionKind.LONG_TEXT, True, hint="Only you can read this."),
        Question("who", "Whom?", QuestionKind.PERSON),
    ),
    "7",
    ("Read ", Bold("this"), " first."),
)


def test_a_message_of_everything_is_one_valid_card() -> None:
    (activity,) = activities(EVERYTHING)
    assert problems(activity) == []


def test_a_form_of_everything_is_a_valid_dialog() -> None:
    for dialog in (form_dialog(FORM), form_dialog(FORM, {"long": "Please mend " + NASTY}), message_dialog(EVERYTHING)):
        assert dialog_problems(dialog) == []


def test_microsofts_own_renderer_accepts_every_card() -> None:
    script = """
    const ac = require(process.argv[1]); const found = [];
    for (const payload of JSON.parse(require("fs").readFileSync(0))) {
      const card = new ac.AdaptiveCard(); const context = new ac.SerializationContext();
      card.parse(payload, context);
      for (let i = 0; i < context.eventCount; i++) found.push(context.getEventAt(i).message);
      for (const failure of card.validateProperties().validationEvents) found.push(failure.message);
    }
    console.log(JSON.stringify(found));"""
    module = node_package("adaptivecards") / "dist" / "adaptivecards.js"
    shown = [_without_teams_own(card) for card in (*cards(EVERYTHING), form_card(FORM, {"long": "Mend this."}))]
    done = subprocess.run(
        [node(), "-e", script, str(module)], input=json.dumps(shown), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []


def _without_teams_own(element: Any) -> Any:
    """The card as a client without Teams' additions takes it: charts fall back, or are dropped."""
    if isinstance(element, list):
        return [
            _without_teams_own(one) for one in element if not isinstance(one, dict) or one.get("fallback") != "drop"
        ]
    if not isinstance(element, dict):
        return element
    if element.get("choices.data"):
        return {**element, "choices": [{"title": "Ann", "value": "1"}]}
    if element.get("type", "").startswith("Chart."):
        return _without_teams_own(element["fallback"])
    # The renderer checks `lang` with a regular expression that keeps its place, so each second card fails.
    return {name: _without_teams_own(inner) for name, inner in element.items() if name != "lang"}


def test_nothing_that_was_typed_is_read_as_markup() -> None:
    card = one_card(Message("s", (Heading(NASTY), Facts(((NASTY, NASTY),)), Paragraph((NASTY,)), Quote(NASTY))))
    for element in walk(card):
        texts: list[str] = [element.get("text", ""), *(fact["value"] for fact in element.get("facts", []))]
        assert not any("{{" in text for text in texts)
        assert element["type"] == "TextRun" or all(r"\[x\]\(" in text for text in texts if text)
    assert escaped("1. a\n 2. b") == "1\\. a\n 2\\. b"
    assert "](" not in label(NASTY)
    assert "msteams" not in json.dumps(card["body"])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.test", "https://", "//a.test", "http://[bad"])
def test_only_web_addresses_become_links(url: str) -> None:
    card = one_card(Message("s", (Paragraph((Link("words", url),)),)))
    assert "Action.OpenUrl" not in json.dumps(card)
    assert text_of(card) == "words"


def test_a_chart_says_its_figures_in_words_first_and_has_a_table_to_fall_back_on() -> None:
    card = one_card(Message("s", (WEEKS,)))
    summary, chart = card["body"]
    assert text_of(summary) == "It rose from 2 to 4."
    assert chart["data"] == [{"x": "11 Jan", "y": 2.0}, {"x": "25 Jan", "y": 4.0}]
    assert "no answers" in text_of(chart["fallback"])


def test_dates_are_drawn_as_a_line_since_a_line_takes_nothing_else() -> None:
    dated = Chart("T", "S", ("2027-01-11", "2027-01-18"), (1.0, 2.0), "Mean", 1, 5)
    assert one_card(Message("s", (dated,)))["body"][1]["type"] == "Chart.Line"
    assert one_card(Message("s", (WEEKS,)))["body"][1]["type"] == "Chart.VerticalBar"


def test_a_chart_without_any_answer_is_only_its_sentence_and_table() -> None:
    empty = Chart("T", "No one has answered yet.", ("11 Jan",), (None,), "Mean", 1, 5)
    assert problems(activities(Message("s", (empty,)))[0]) == []


def test_a_question_on_a_condition_says_so_and_is_never_required_by_the_client() -> None:
    card = form_card(FORM, {})
    assert "Only if you answered “No " in text_of(card)
    assert "Only if you answered “One of many”." in text_of(card)
    assert {one["id"] for one in fields(card) if one.get("isRequired")} == {"one.mood", "several.several", "one.long"}


def test_a_field_that_is_wrong_keeps_its_value_and_says_why_without_colour() -> None:
    card = form_card(FORM, {"short": "Please shorten it."})
    assert "Please shorten it." in text_of(card)
    assert "marked below" in text_of(card)
    assert next(one for one in fields(card) if one["id"] == "one.short")["value"] == NASTY


def test_who_will_read_it_stands_where_typing_begins() -> None:
    long = next(one for one in fields(form_card(FORM, {})) if one["id"] == "one.long")
    assert long["placeholder"] == "Only you can read this."


def test_a_row_shows_at_most_five_buttons_and_no_button_is_lost() -> None:
    assert len([one for one in buttons(one_card(EVERYTHING)) if one["title"].startswith("B")]) == 14


def test_a_long_text_is_shortened_visibly() -> None:
    text = text_of(one_card(plain("x" * 40_000)))
    assert (len(text), text.endswith("(shortened)")) == (6_000, True)


def test_a_message_that_is_too_large_is_split_and_nothing_of_it_lost() -> None:
    message = Message("s", tuple(Quote(f"{number} " + "ä" * 3_000) for number in range(60)))
    shown = activities(message)
    assert len(shown) > 1
    assert [problem for one in shown for problem in problems(one)] == []
    assert sum(len(one["attachments"][0]["content"]["body"]) for one in shown) == 60


@pytest.mark.parametrize("length", range(0, 400, 20))
def test_a_button_and_the_question_that_it_asks_first_stand_in_one_card(length: int) -> None:
    drop = Button("Drop", "goals.drop", "1", confirm="Drop it?" + "x" * length)
    whole = Message("Many", tuple(Buttons((drop,)) for _ in range(120)))
    assert len(cards(whole)) > 1
    assert [problem for card in (*cards(whole), one_card(whole)) for problem in card_problems(card)] == []


def test_in_one_place_a_message_that_is_too_large_says_that_there_is_more() -> None:
    card = one_card(Message("s", tuple(Quote("ä" * 5_000) for _ in range(120))))
    assert MORE in text_of(card)
    assert size(card) < 100_000


def test_a_table_of_five_thousand_rows_fits() -> None:
    table = Table("All", ("Name", "Answered"), tuple((f"Person {number}", "yes") for number in range(5_000)))
    shown = activities(Message("s", (table,)))
    assert [problem for one in shown for problem in problems(one)] == []


@given(strategies.text(max_size=200))
def test_any_words_make_a_valid_card(text: str) -> None:
    message = Message(text or "s", (Heading(text), Paragraph((text, Bold(text), Link(text, text))), Quote(text)))
    button = Button(text or "b", "a.b", text, about=text, confirm=text)
    shown = activities(Message("s", message.body, (button,)))
    assert [problem for one in shown for problem in problems(one)] == []
    form = Form("a.b", "T", (Question("k", text or "q", QuestionKind.SHORT_TEXT, True, text, value=text),), text)
    assert card_problems(form_card(form, {"k": text or "e"})) == []
