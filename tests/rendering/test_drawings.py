"""Where the lines and names of wheels and timelines lie: inside their frames, and apart from each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.async_api import Page, expect

from bench.axe import axe_findings
from bench.drawn import FULL_WHEEL, NOW, ODD_TIMELINE, ODD_WHEEL, TIMELINE, WHEEL, wheel
from bench.small_talk import serve
from bot.platforms.web import timeline as timelines
from bot.platforms.web.timeline import TimelineDrawing, timeline_drawing
from bot.platforms.web.wheel import LETTER, WIDTH, WheelDrawing, wheel_drawing
from handlers.kit import rings
from handlers.kit.content import (
    Again,
    Attachment,
    Button,
    Heading,
    Message,
    Phase,
    Series,
    Standing,
    Stop,
    Timeline,
    plain,
)
from handlers.kit.events import Event
from handlers.kit.picture import wheel_picture
from handlers.kit.replies import Reply, Say

VALUE = st.one_of(st.none(), st.floats(-1e6, 1e6))
SERIES = st.integers(3, 9).flatmap(
    lambda count: st.tuples(
        st.lists(st.text(min_size=1, max_size=60), min_size=count, max_size=count),
        st.lists(st.lists(VALUE, min_size=count, max_size=count), max_size=4),
    )
)


def drawn(*series: Series) -> WheelDrawing:
    found = wheel_drawing(wheel(*series))
    assert found is not None
    return found


def line_of_time(timeline: Timeline) -> TimelineDrawing:
    found = timeline_drawing(timeline)
    assert found is not None
    return found


def spots(points: str) -> Iterator[tuple[float, float]]:
    for point in points.split():
        x, y = point.split(",")
        yield float(x), float(y)


@settings(max_examples=60, deadline=None)
@given(SERIES)
def test_any_wheel_stays_in_its_frame(given_: tuple[list[str], list[list[float | None]]]) -> None:
    axes, every = given_
    series = [Series(str(number), tuple(values)) for number, values in enumerate(every)]
    found = wheel_drawing(wheel(*series, axes=tuple(axes), short=()))
    assert found is not None
    for points in (*found.grid, *(line for ring in found.rings for line in ring.lines)):
        assert all(0 <= x <= WIDTH and 0 <= y <= found.height for x, y in spots(points))
    for name in found.names:
        for line in name.lines:
            room = len(line.text) * LETTER
            left = line.x - {"start": 0.0, "middle": room / 2, "end": room}[name.anchor]
            assert -1 <= left <= left + room <= WIDTH + 1
            assert 10 <= line.y <= found.height


def test_a_level_has_its_own_ring_and_a_higher_value_lies_further_out() -> None:
    found = drawn(Series("Now", (1, 2, 3, 4, 5)))
    assert len(found.grid) == 5
    (line,) = found.rings[0].lines
    for at, (point, grid) in enumerate(zip(spots(line), found.grid, strict=False)):
        assert point == list(spots(grid))[at]


def test_what_is_not_known_breaks_the_line_and_has_no_mark() -> None:
    broken = drawn(Series("Now", (1, None, 3, None, 5))).rings[0]
    assert [len(line.split()) for line in broken.lines] == [2]
    assert len(broken.marks) == 3
    whole = drawn(NOW).rings[0]
    assert [len(line.split()) for line in whole.lines] == [6]


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ((1, 2, 3), ((0, 1, 2, 0),)), ((1, None, 3), ((2, 0),)), ((None, 2, 3, 4), ((1, 2, 3),)),
        ((1, 2, None, 4, None), ((0, 1),)), ((1, 2, None, 4, 5), ((3, 4, 0, 1),)), ((None, None), ()),
        ((), ()), ((3,), ()),
    ],
)  # fmt: skip
def test_a_line_goes_round_but_never_over_a_gap(values: tuple[float | None, ...], runs: object) -> None:
    assert rings.runs(values) == runs


def test_series_are_told_apart_by_their_marks() -> None:
    found = drawn(NOW, NOW, NOW, NOW)
    assert len({ring.marks for ring in found.rings}) == len({ring.look for ring in found.rings}) == 4


def test_a_name_is_whole_or_visibly_cut_and_parts_at_its_hyphen() -> None:
    def fits(text: str) -> bool:
        return len(text) <= 12

    assert rings.lines("co-operative structure", fits, 4) == ("co-operative", "structure")
    assert rings.lines("co-operatively", fits, 4) == ("co-", "operatively")
    assert rings.lines("donaudampfschifffahrt", fits, 4) == ("donaudampfsc", "hifffahrt")
    assert rings.lines("one two three four five six", fits, 2) == ("one two", "three four…")
    assert rings.lines("one twelve letters more", fits, 2) == ("one twelve", "letters more")
    assert rings.lines("", fits, 2) == ()


def test_a_wheel_of_two_axes_is_only_a_table() -> None:
    assert wheel_drawing(wheel(Series("Now", (1, 2)), axes=("a", "b"), short=())) is None


DAY = st.dates(date(2027, 1, 1), date(2028, 12, 31))
STOP = st.builds(Stop, DAY, st.just("when"), st.just("what"), st.sampled_from(Standing))
PHASE = st.builds(Phase, st.just("name"), DAY, DAY, st.lists(STOP, max_size=12).map(tuple))


@settings(max_examples=60, deadline=None)
@given(st.lists(PHASE, min_size=1, max_size=5).map(tuple), DAY)
def test_any_timeline_stays_in_its_frame_and_no_two_marks_touch(phases: tuple[Phase, ...], today_on: date) -> None:
    found = line_of_time(Timeline("T", "S", phases, today_on))
    middles = [_middle(one.path, one.standing) for one in found.signs]
    assert all(0 <= x <= timelines.WIDTH and 0 < y < found.band_y for x, y in middles)
    for (x, y), (other_x, other_y) in combinations(middles, 2):
        assert max(abs(x - other_x), abs(y - other_y)) > 14.5
    assert all(0 <= band.x <= band.x + band.width <= timelines.WIDTH for band in found.bands)


def _middle(path: str, standing: str) -> tuple[float, float]:
    x, y = map(float, re.findall(r"[-\d.]+", path)[:2])
    across, down = {"done": (5.5, 0), "due": (0, 7), "ahead": (5, 5), "slipped": (0, 6.5), "left": (5, 5)}[standing]
    return x + across, y + down


def test_stops_follow_each_other_along_the_line() -> None:
    found = line_of_time(TIMELINE)
    xs = [_middle(one.path, one.standing)[0] for one in found.signs]
    assert xs == sorted(xs)
    assert found.today is not None
    assert xs[4] < found.today.x < xs[5]
    assert [band.number for band in found.bands] == [1, 2, 3]
    assert [one.text for one in found.ends] == ["Feb 2027", "Jul 2028"]


@pytest.mark.parametrize("days", [-1, 600])
def test_today_is_marked_only_where_the_line_reaches_it(days: int) -> None:
    other = replace(TIMELINE, today_on=TIMELINE.phases[0].first_on + timedelta(days=days))
    assert line_of_time(other).today is None


SHOWN = {
    "wheels": Message("Wheels", (Heading("Results"), WHEEL, FULL_WHEEL)),
    "timeline": Message("Plan", (TIMELINE,)),
    "odd": Message("Odd", (ODD_WHEEL, ODD_TIMELINE)),
    "picture": Message(
        "Picture", (),
        (Button("Home", "talk.press"),),
        (Attachment("wheel.png", "image/png", wheel_picture(WHEEL), WHEEL.summary, Again("talk.press")),),
    ),
}  # fmt: skip
OUTSIDE = """() => [...document.querySelectorAll('#messages svg[role=img]')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
      || box.bottom > frame.bottom + 1;
  }).map(text => text.textContent);
})"""


async def _exhibit(event: Event) -> Reply:
    return Say(SHOWN.get(getattr(event, "text", ""), plain("Hello")))


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_all_of_it_is_accessible_and_no_name_is_cut_off(page: Page, width: int) -> None:
    async with serve(_exhibit) as url:
        await page.set_viewport_size({"width": width, "height": 800})
        for name in SHOWN:
            await page.request.post(
                f"{url}/as/ann/say",
                form={"nonce": f"exhibit-{name}", "text": name},
                headers={"Sec-Fetch-Site": "same-origin"},
            )
        await page.goto(f"{url}/as/ann")
        await expect(page.locator("#messages .theirs")).to_have_count(len(SHOWN))
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        assert await page.evaluate(OUTSIDE) == []
        picture = page.get_by_role("img", name=WHEEL.summary).and_(page.locator("img"))
        assert await picture.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [900, 700]
        assert await axe_findings(page) == []
