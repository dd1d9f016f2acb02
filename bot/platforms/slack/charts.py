"""Slack's own charts: a line over time, and a wheel as bars; None where Slack would take no such chart."""

from collections.abc import Sequence
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.text import shorten
from handlers.kit.charts import Chart, Series, Wheel, cut

Json = dict[str, Any]


def line(chart: Chart) -> Json | None:
    """The newest points as a line. Slack has a value at each category, so weeks without one are told in words."""
    known = [(at, value) for at, value in zip(chart.categories, chart.values, strict=True) if value is not None]
    points = known[-limits.CHART_POINTS :]
    labels = [shorten(at, limits.CHART_LABEL) for at, _ in points]
    name = shorten(chart.series, limits.CHART_LABEL)
    return _drawn("line", chart.title, labels, {name: [value for _, value in points]})


def left_out_of_line(chart: Chart) -> str:
    """What the line does not show, in words; "" where it shows all."""
    missing = [at for at, value in zip(chart.categories, chart.values, strict=True) if value is None]
    return f"No answers: {', '.join(missing)}" if missing else ""


def bars(wheel: Wheel) -> Json | None:
    """A group of bars for each axis of the wheel, one bar for each of its series."""
    series, places = _whole(wheel)
    short = wheel.short_names(limits.CHART_LABEL)
    heights = {cut(one.name, limits.CHART_LABEL): [_number(one.values[at]) for at in places] for one in series}
    if len(heights) < len(series):
        return None
    return _drawn("bar", wheel.title, [short[at] for at in places], heights)


def left_out_of_bars(wheel: Wheel) -> str:
    """What the bars do not show, in words; "" where they show all."""
    series, places = _whole(wheel)
    missing = [one.name for one in wheel.series if one not in series]
    missing += [name for at, name in enumerate(wheel.axes) if at not in places]
    return f"Not in the chart, as not all of it is known: {', '.join(missing)}" if missing else ""


def _whole(wheel: Wheel) -> tuple[list[Series], list[int]]:
    """The series and axes with a value at each crossing, since Slack takes no gaps; so that most values are shown."""
    begun = [one for one in wheel.series if any(value is not None for value in one.values)]
    full = [one for one in begun if None not in one.values]
    every = list(range(len(wheel.axes)))
    known = [at for at in every if all(one.values[at] is not None for one in begun)]
    return (full, every) if len(full) * len(every) > len(begun) * len(known) else (begun, known)


def _number(value: float | None) -> float:
    assert value is not None
    return value


def _drawn(kind: str, title: str, labels: Sequence[str], series: dict[str, list[float]]) -> Json | None:
    """Slack wants a title, names for the series, and labels that are all there and all differ."""
    is_named = bool(title.strip() and series and all(one.strip() for one in (*labels, *series)))
    if not (is_named and labels and len(set(labels)) == len(labels) <= limits.CHART_POINTS):
        return None
    drawn = [
        {"name": name, "data": [{"label": at, "value": value} for at, value in zip(labels, values, strict=True)]}
        for name, values in series.items()
    ]
    return {
        "type": "data_visualization",
        "title": shorten(title, limits.CHART_TITLE),
        "chart": {"type": kind, "series": drawn, "axis_config": {"categories": list(labels)}},
    }
