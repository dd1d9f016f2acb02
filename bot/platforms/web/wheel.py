"""Works out where a wheel's rings, points and names stand; the template draws them as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.platforms.web.chart import Mark
from handlers.kit import rings
from handlers.kit.charts import Series, Wheel

WIDTH = 360
"""The drawing's own units: on a phone about one to a pixel."""
RADIUS = 100
LETTER, LINE = 8.2, 17
"""A letter's width and a line's height, both with some room: nobody knows the reader's font."""
MOST_LINES = 4
GAP, INWARD, RAISED = 8, 16, 14
"""Between a spoke's end and its name. Above the wheel's widest part a name begins further in, and so higher up."""


@dataclass(frozen=True, slots=True)
class Name:
    """An axis' name at the end of its spoke, in lines, each at its place; `anchor` is SVG's."""

    anchor: str
    lines: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """One series: the runs of its line as SVG `points`, its marks as SVG paths, and the look's name in words."""

    number: int
    name: str
    look: str
    lines: tuple[str, ...]
    marks: tuple[str, ...]
    sample: str


@dataclass(frozen=True, slots=True)
class WheelDrawing:
    """A wheel ready to draw: `grid` holds each level's ring, `levels` the figures beside the first spoke."""

    height: int
    grid: tuple[str, ...]
    spokes: tuple[tuple[Mark, Mark], ...]
    levels: tuple[Mark, ...]
    names: tuple[Name, ...]
    rings: tuple[Ring, ...]


def wheel_drawing(wheel: Wheel) -> WheelDrawing | None:
    """Where everything stands; None where there is nothing to draw round a wheel, and the table says it all."""
    count = len(wheel.axes)
    if count < 3:
        return None
    highest = min((one.y for name in _names(_Frame(count, WIDTH / 2, 0), wheel) for one in name.lines), default=0)
    frame = _Frame(count, WIDTH / 2, max(LINE - highest, RADIUS + GAP))
    names = _names(frame, wheel)
    lowest = max((one.y for name in names for one in name.lines), default=0)
    shares = [rings.share(wheel, level) for level in rings.levels(wheel)]
    top = (frame.at(0, share) for share in shares)
    middle = Mark(frame.x, frame.y, "")
    return WheelDrawing(
        round(max(lowest, frame.y + RADIUS) + GAP),
        tuple(frame.points(range(count), dict.fromkeys(range(count), share)) for share in shares),
        tuple((middle, frame.at(place, 1)) for place in range(count)),
        tuple(Mark(one.x, one.y, f"{level:g}") for one, level in zip(top, rings.levels(wheel), strict=True)),
        names,
        tuple(_ring(frame, wheel, number, series) for number, series in enumerate(wheel.series)),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    count: int
    x: float
    y: float

    def at(self, place: int, share: float) -> Mark:
        across, down = rings.spot(place, self.count, share)
        return Mark(round(self.x + across * RADIUS, 1), round(self.y + down * RADIUS, 1), "")

    def points(self, places: Sequence[int], shares: Mapping[int, float]) -> str:
        return " ".join(f"{one.x},{one.y}" for one in (self.at(place, shares[place]) for place in places))


def _ring(frame: _Frame, wheel: Wheel, number: int, series: Series) -> Ring:
    known = {at: rings.share(wheel, value) for at, value in enumerate(series.values) if value is not None}
    spots = (frame.at(place, share) for place, share in known.items())
    return Ring(
        number + 1,
        series.name,
        rings.LOOKS[number],
        tuple(frame.points(run, known) for run in rings.runs(series.values)),
        tuple(_mark(number, one) for one in spots),
        _mark(number, Mark(22, 9, "")),
    )


def _mark(number: int, at: Mark) -> str:
    """A circle, square, triangle or diamond; each is larger than the one before, so that one shows behind another."""
    x, y = at.x, at.y
    return (
        f"M{x - 4:g} {y:g}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        f"M{x - 5.5:g} {y - 5.5:g}h11v11h-11z",
        f"M{x:g} {y - 9:g}l8.5 14.5h-17z",
        f"M{x:g} {y - 10.5:g}l10.5 10.5l-10.5 10.5l-10.5 -10.5z",
    )[number]


def _names(frame: _Frame, wheel: Wheel) -> tuple[Name, ...]:
    return tuple(_name(frame, place, name) for place, name in enumerate(wheel.axes))


def _name(frame: _Frame, place: int, name: str) -> Name:
    """Beside the wheel a name stands above or below its spoke's end, where there is more room for it."""
    end = frame.at(place, 1)
    across, down = rings.spot(place, frame.count, 1)
    is_above = down < 0.1
    if abs(across) < 0.3:
        anchor, x, room = "middle", frame.x, float(WIDTH)
    else:
        outward = -INWARD if is_above else GAP
        x = end.x + (outward if across > 0 else -outward)
        anchor, room = ("start", WIDTH - x) if across > 0 else ("end", x)
    lines, is_beside = _lines(name, room), anchor != "middle"
    if is_above:
        first = end.y - (RAISED if is_beside else GAP) - LINE * (len(lines) - 1)
    else:
        first = end.y + (GAP if is_beside else GAP + LINE)
    return Name(anchor, tuple(Mark(round(x, 1), round(first + LINE * row, 1), line) for row, line in enumerate(lines)))


def _lines(name: str, room: float) -> tuple[str, ...]:
    return rings.lines(name, lambda text: len(text) * LETTER <= room, MOST_LINES)
