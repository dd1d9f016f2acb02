"""Wheels and timelines: true and whole on each platform, and readable without a picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from bench import slack_limits, slack_sight, teams_cards, teams_limits
from bench.clock import MovedClock
from bench.drawn import (
    EARLIER,
    FIVE,
    FULL_WHEEL,
    HOPED,
    NOW,
    ODD,
    ODD_TIMELINE,
    ODD_WHEEL,
    SHORT,
    TIMELINE,
    WHEEL,
    wheel,
)
from bench.eighteen_months_text import message_text
from bench.small_talk import DEMO
from bench.web_page import read_messages
from bot.platforms.slack.render import Level, message_payloads
from bot.platforms.slack.views import home
from bot.platforms.teams.render import activities, one_card
from bot.platforms.web.outbound import Conversation
from bot.platforms.web.render import Pages
from handlers.kit.content import Block, Message, Series, Standing, Stop, Timeline, Wheel

Json = dict[str, Any]
UNKNOWN = Series("Nobody said", (None,) * 5)
WHEELS = {
    "in use": WHEEL,
    "full": FULL_WHEEL,
    "odd": ODD_WHEEL,
    "one series": wheel(NOW),
    "no series": wheel(),
    "nothing known": wheel(UNKNOWN),
    "two of one name": wheel(NOW, NOW),
    "two axes": wheel(Series("Now", (1, 2)), axes=FIVE[:2], short=()),
    "names alike": wheel(
        Series("Now", (1, 2, 3)), axes=("Meeting together at work", "Meeting together at home", "c"), short=()
    ),
    "no axes": wheel(Series("Now", ()), axes=(), short=()),
    "thirty axes": wheel(Series("Now", (2,) * 30), axes=tuple(f"{ODD} {at}" for at in range(30)), short=()),
    "no title": replace(WHEEL, title=" "),
}
TIMELINES = {
    "in use": TIMELINE,
    "odd": ODD_TIMELINE,
    "no phase": Timeline("Plan", "No plan yet.", (), TIMELINE.today_on),
}
BLOCKS: dict[str, Block] = {
    **{f"wheel, {name}": one for name, one in WHEELS.items()},
    **{f"timeline, {name}": one for name, one in TIMELINES.items()},
}
each_block = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)


def said(*blocks: Block) -> Message:
    return Message("How it stands", blocks)


def on_slack(*blocks: Block, level: Level = Level.CHARTS) -> list[Json]:
    return [block for payload in message_payloads(said(*blocks), level) for block in payload["blocks"]]


def page(*blocks: Block) -> LexborHTMLParser:
    talk = Conversation(MovedClock())
    talk.say(said(*blocks))
    return LexborHTMLParser(Pages(DEMO).conversation(DEMO.people[0], talk))


def texts(block: Block) -> dict[str, str]:
    """What a reader of each platform reads."""
    (web,) = read_messages(page(block), {})
    return {
        "slack": slack_sight.text_of(on_slack(block)),
        "slack home": slack_sight.text_of(home(said(block))["blocks"]),
        "teams": teams_cards.text_of(one_card(said(block))),
        "web": web.text,
        "plain": message_text(said(block)),
    }


@each_block
def test_slack_takes_it_at_every_level_and_on_the_bots_own_page(block: Block) -> None:
    for level in Level:
        for payload in message_payloads(said(block), level):
            assert slack_limits.problems(payload, "message") == []
    assert slack_limits.problems(home(said(block)), "home") == []


@each_block
def test_teams_takes_it(block: Block) -> None:
    sent = activities(said(block))
    assert [problem for one in sent for problem in teams_limits.problems(one)] == []


@pytest.mark.parametrize("name", ["in use", "full", "one series", "two axes"])
def test_the_sentence_and_every_figure_are_read_everywhere(name: str) -> None:
    shown = WHEELS[name]
    for where, text in texts(shown).items():
        assert shown.summary in text, where
        assert shown.table.caption in text, where
        for row in shown.table.rows:
            assert all(cell in text for cell in row), where


@pytest.mark.parametrize("timeline", [TIMELINE, ODD_TIMELINE], ids=["in use", "odd"])
def test_every_stop_is_read_everywhere_with_how_it_stands_in_words(timeline: Timeline) -> None:
    for where, text in texts(timeline).items():
        assert timeline.summary in text, where
        for phase in timeline.phases:
            assert timeline.name_of(phase) in text, where
            assert [stop.line for stop in phase.stops if stop.line not in text] == [], where


def test_a_stop_says_its_standing_once() -> None:
    def stands(standing: Standing, note: str) -> str:
        return Stop(date(2027, 5, 1), "May 2027", "Meet", standing, note).stands

    assert stands(Standing.DONE, "") == "Done"
    assert stands(Standing.DONE, "Done in May 2027") == "Done in May 2027"
    assert stands(Standing.SLIPPED, "Planned for March. Not done yet.") == "Planned for March. Not done yet."
    assert stands(Standing.AHEAD, "Moved from April") == "To come. Moved from April"


def test_the_phase_that_today_lies_in_says_so() -> None:
    names = [TIMELINE.name_of(phase) for phase in TIMELINE.phases]
    assert [name.endswith(" (now)") for name in names] == [True, False, False]


def _bars(*blocks: Block) -> Json:
    return next(block["chart"] for block in on_slack(*blocks) if block["type"] == "data_visualization")


def test_slack_shows_a_bar_for_each_series_and_short_names_where_it_must() -> None:
    chart = _bars(WHEEL)
    assert chart["type"] == "bar"
    assert [one["name"] for one in chart["series"]] == ["Now", "Hoped for"]
    names = [short or name for name, short in zip(FIVE, SHORT, strict=True)]
    assert chart["axis_config"]["categories"] == names
    assert [one["value"] for one in chart["series"][0]["data"]] == list(NOW.values)


def test_a_name_without_a_short_form_is_cut_where_one_can_see_it() -> None:
    assert _bars(replace(WHEEL, short=()))["axis_config"]["categories"][1] == "co-operative struct…"


def test_slack_leaves_out_what_is_not_known_and_says_so() -> None:
    chart = _bars(wheel(NOW, EARLIER))
    assert chart["axis_config"]["categories"] == ["common purpose", "structure", "intelligence", "community building"]
    words = slack_sight.text_of(on_slack(wheel(NOW, EARLIER)))
    assert "Not in the chart, as not all of it is known: critical mass\n" in words


def test_slack_leaves_out_a_series_where_that_shows_more() -> None:
    hardly = Series("Hoped for", (4, None, None, None, 3))
    assert [one["name"] for one in _bars(wheel(NOW, hardly))["series"]] == ["Now"]
    assert "not all of it is known: Hoped for\n" in slack_sight.text_of(on_slack(wheel(NOW, hardly)))


def test_slack_says_all_that_it_leaves_out() -> None:
    words = slack_sight.text_of(on_slack(wheel(NOW, EARLIER, UNKNOWN)))
    assert "Not in the chart, as not all of it is known: Nobody said, critical mass\n" in words


@pytest.mark.parametrize(
    "name", ["no series", "two of one name", "names alike", "nothing known", "no axes", "no title", "thirty axes"]
)
def test_where_slack_takes_no_chart_the_table_is_all(name: str) -> None:
    assert "data_visualization" not in {block["type"] for block in on_slack(WHEELS[name])}
    assert WHEELS[name].table.caption in slack_sight.text_of(on_slack(WHEELS[name]))


def test_a_workspace_without_charts_or_tables_gets_the_same_figures() -> None:
    kinds = {level: {block["type"] for block in on_slack(WHEEL, level=level)} for level in Level}
    assert kinds[Level.CHARTS] == {"section", "data_visualization", "table"}
    assert kinds[Level.TABLES] == {"section", "table"}
    assert kinds[Level.WORDS] == {"section"}


def test_a_message_in_slack_has_two_charts_at_most() -> None:
    kinds = [block["type"] for block in on_slack(WHEEL, WHEEL, WHEEL)]
    assert kinds.count("data_visualization") == 2


def test_teams_shows_groups_of_bars_from_nought_and_the_table_once() -> None:
    body = one_card(said(wheel(NOW, EARLIER)))["body"]
    chart = next(one for one in body if one["type"].startswith("Chart."))
    assert (chart["type"], chart["yMin"], chart["yMax"]) == ("Chart.VerticalBar.Grouped", 0, 5)
    assert [one["legend"] for one in chart["data"]] == ["Now", "September 2027"]
    assert [one["x"] for one in chart["data"][1]["values"]] == [name for name in FIVE if name != "critical mass"]
    assert [one["type"] for one in body].count("Table") == 1
    assert chart["fallback"] == "drop"


def test_a_wheel_in_the_browser_has_its_words_beside_it_and_its_table_open() -> None:
    shown = page(FULL_WHEEL)
    picture = shown.css_first(".wheel svg[role=img]")
    assert picture is not None
    assert [one.text() for one in picture.css("title, desc")] == [FULL_WHEEL.title, FULL_WHEEL.summary]
    drawn = [" ".join(line.text() for line in one.css("tspan")) for one in picture.css("text:has(tspan)")]
    assert drawn == list(FIVE)
    assert [one.text() for one in picture.css(".level")] == ["1", "2", "3", "4", "5"]
    assert [" ".join(one.text().split()) for one in shown.css(".wheel .key li")] == [
        "Now (solid line, circles)", "Hoped for (dashed line, squares)", "September 2027 (dotted line, triangles)",
        "June 2028 (dashes and dots, diamonds)",
    ]  # fmt: skip
    assert shown.css(".wheel table")
    assert not shown.css(".wheel details")


def test_a_timeline_in_the_browser_marks_each_standing_by_a_shape_of_its_own() -> None:
    shown = page(TIMELINE)
    picture = shown.css_first(".timeline svg[role=img]")
    assert picture is not None
    assert [one.text() for one in picture.css("title, desc")] == [TIMELINE.title, TIMELINE.summary]
    assert len(picture.css("path.sign")) == sum(len(phase.stops) for phase in TIMELINE.phases)
    assert [one.text() for one in picture.css(".now")] == ["Today"]
    assert [one.text().strip() for one in shown.css(".timeline .key li")] == [one.words for one in Standing]
    assert len({one.attributes["d"] for one in shown.css(".timeline .key path")}) == len(Standing)
    assert [one.text()[:2] for one in shown.css(".timeline h4")] == ["1.", "2.", "3."]


@each_block
def test_what_is_drawn_in_the_browser_has_each_id_once_and_nothing_inline(block: Block) -> None:
    shown = page(block, block)
    ids = [one.attributes["id"] for one in shown.css("[id]")]
    assert len(ids) == len(set(ids))
    assert not shown.css("style, [style]")
    labels = " ".join(one.attributes["aria-labelledby"] or "" for one in shown.css("[aria-labelledby]"))
    assert set(labels.split()) <= {*ids, "form-title"}


@pytest.mark.parametrize("given", [{"series": (Series("Now", (1, 2)),)}, {"short": ("a",)}], ids=["values", "names"])
def test_a_wheel_has_one_place_for_each_axis(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one place for each axis"):
        replace(WHEEL, **given)


def test_more_than_four_series_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="cannot be told apart"):
        Wheel("T", "S", FIVE, (NOW, HOPED, EARLIER, NOW, HOPED), WHEEL.table)
