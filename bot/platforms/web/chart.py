"""Works out where a line chart's points, gaps and labels stand; the template draws them as SVG."""

from dataclasses import dataclass

from handlers.kit.content import Chart

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 36, 404, 18, 152
MAX_LABELS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a place: a point with its value, or a label of an axis. Units are the drawing's own."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to draw: `lines` are runs of points without a gap, as SVG `points`."""

    points: tuple[Mark, ...]
    lines: tuple[str, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]


def drawing(chart: Chart) -> Drawing:
    """Where everything stands; a gap in the values is a gap in the line."""
    count = len(chart.values)
    xs = [LEFT + (RIGHT - LEFT) * (index + 0.5) / max(count, 1) for index in range(count)]
    points = [
        None if value is None else Mark(round(x, 1), _height(chart, value), f"{value:g}")
        for x, value in zip(xs, chart.values, strict=True)
    ]
    step = -(-count // MAX_LABELS) or 1
    across = (
        Mark(round(x, 1), BOTTOM + 26, name)
        for index, (x, name) in enumerate(zip(xs, chart.categories, strict=True))
        if (count - 1 - index) % step == 0
    )
    up = (Mark(LEFT - 10, _height(chart, value), f"{value:g}") for value in _ticks(chart))
    return Drawing(tuple(point for point in points if point), _runs(points), tuple(across), tuple(up))


def _height(chart: Chart, value: float) -> float:
    share = (value - chart.low) / ((chart.high - chart.low) or 1)
    return round(BOTTOM - (BOTTOM - TOP) * min(max(share, 0.0), 1.0), 1)


def _ticks(chart: Chart) -> tuple[float, ...]:
    return tuple(dict.fromkeys((chart.low, (chart.low + chart.high) / 2, chart.high)))


def _runs(points: list[Mark | None]) -> tuple[str, ...]:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point.x},{point.y}")
    return tuple(" ".join(run) for run in runs if len(run) > 1)
