"""Works out where a timeline's phases and stops stand along a line of time; the template draws them as SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.platforms.web.chart import Mark
from handlers.kit.charts import Phase, Standing, Stop, Timeline
from handlers.kit.text import MONTHS

WIDTH = 360
"""The drawing's own units: on a phone about one to a pixel."""
LEFT, RIGHT = 10, 350
APART = 17
"""Between the middles of two marks, at least."""
BAND = 22
"""The height of the phases' band."""
TODAY_ROOM = 24


@dataclass(frozen=True, slots=True)
class Band:
    """A phase's part of the line, with the number that its name carries in the list."""

    x: float
    width: float
    number: int
    has_room: bool
    is_odd: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """The shape that stands for a standing, as an SVG path, and its words."""

    standing: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """A timeline ready to draw. `today` is None where today lies outside; `key` says what the shapes mean."""

    height: float
    band_y: float
    bands: tuple[Band, ...]
    signs: tuple[Sign, ...]
    stems: tuple[tuple[float, float], ...]
    ends: tuple[Mark, ...]
    today: Mark | None
    today_anchor: str
    key: tuple[Sign, ...]


def timeline_drawing(timeline: Timeline) -> TimelineDrawing | None:
    """Where everything stands; None where no stretch of time is told."""
    line = _line(timeline)
    if line is None:
        return None
    stops = [stop for phase in timeline.phases for stop in phase.stops]
    placed = list(_placed(line, stops))
    rows = max((row for _, _, row in placed), default=0) + 1
    band_y = TODAY_ROOM + APART * rows + 4
    heights = [band_y - APART * (row + 0.6) for _, _, row in placed]
    today = _today(line, timeline.today_on)
    return TimelineDrawing(
        band_y + BAND + 20,
        band_y,
        tuple(_bands(line, timeline.phases)),
        tuple(sign(stop.standing, x, y) for (stop, x, _), y in zip(placed, heights, strict=True)),
        tuple((x, y) for (_, x, row), y in zip(placed, heights, strict=True) if row),
        _ends(line, band_y + BAND + 15),
        today,
        "middle" if today is None or LEFT + 20 < today.x < RIGHT - 20 else "start" if today.x <= LEFT + 20 else "end",
        tuple(sign(one, 9, 9) for one in Standing if any(stop.standing is one for stop in stops)),
    )


def sign(standing: Standing, x: float = 9, y: float = 9) -> Sign:
    """The shape for a standing with its middle there: a disc, a diamond, a square, a triangle or a cross."""
    path = {
        Standing.DONE: f"M{x - 5.5:g} {y:g}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z",
        Standing.DUE: f"M{x:g} {y - 7:g}l7 7l-7 7l-7 -7z",
        Standing.AHEAD: f"M{x - 5:g} {y - 5:g}h10v10h-10z",
        Standing.SLIPPED: f"M{x:g} {y - 6.5:g}l7 12h-14z",
        Standing.LEFT: f"M{x - 5:g} {y - 5:g}l10 10m0 -10l-10 10",
    }
    return Sign(standing.value, standing.words, path[standing])


@dataclass(frozen=True, slots=True)
class _Line:
    first_on: date
    last_on: date

    def x(self, on: date) -> float:
        way = (on - self.first_on).days / ((self.last_on - self.first_on).days + 1)
        return round(LEFT + (RIGHT - LEFT) * min(max(way, 0.0), 1.0), 1)


def _line(timeline: Timeline) -> _Line | None:
    days = [on for phase in timeline.phases for on in (phase.first_on, phase.last_on, *(one.on for one in phase.stops))]
    return _Line(min(days), max(days)) if days else None


def _bands(line: _Line, phases: tuple[Phase, ...]) -> Iterator[Band]:
    for number, phase in enumerate(phases, 1):
        x = line.x(phase.first_on)
        width = round(max(line.x(date.fromordinal(phase.last_on.toordinal() + 1)) - x, 0), 1)
        yield Band(x, width, number, width >= APART, number % 2 == 1)


def _placed(line: _Line, stops: list[Stop]) -> Iterator[tuple[Stop, float, int]]:
    """Each stop with its place along the line and its row above it, so that no two marks touch."""
    taken: list[float] = []
    for stop in sorted(stops, key=lambda one: one.on):
        x = line.x(stop.on)
        row = next((row for row, end in enumerate(taken) if x - end >= APART), len(taken))
        taken[row : row + 1] = [x]
        yield stop, x, row


def _ends(line: _Line, y: float) -> tuple[Mark, ...]:
    """The first and last month, where time is long enough for two."""
    first, last = Mark(LEFT, y, _month(line.first_on)), Mark(RIGHT, y, _month(line.last_on))
    return (first,) if first.text == last.text else (first, last)


def _month(on: date) -> str:
    return f"{MONTHS[on.month - 1][:3]} {on.year}"


def _today(line: _Line, on: date) -> Mark | None:
    """Where today stands."""
    return Mark(line.x(on), 16, "Today") if line.first_on <= on <= line.last_on else None
