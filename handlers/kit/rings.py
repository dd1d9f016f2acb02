"""Where a wheel's spokes, rings and points lie, in shares of its radius: the same in every picture of it."""

from collections.abc import Sequence
from math import cos, pi, sin

from handlers.kit.charts import Wheel

LOOKS = ("solid line, circles", "dashed line, squares", "dotted line, triangles", "dashes and dots, diamonds")
"""How the series are told apart, in their order; no colour is needed."""
INNERMOST = 0.2
"""Where `low` lies: not in the middle, or all the points there would be one."""
MOST_TICKS = 6


def spot(place: int, count: int, share: float) -> tuple[float, float]:
    """Right of and below the middle: that share of the way along a spoke. The first spoke goes straight up."""
    turn = 2 * pi * place / max(count, 1) - pi / 2
    return cos(turn) * share, sin(turn) * share


def share(wheel: Wheel, value: float) -> float:
    """How far out the value lies; what is below `low` or above `high` stays in the wheel."""
    way = (value - wheel.low) / ((wheel.high - wheel.low) or 1)
    return INNERMOST + (1 - INNERMOST) * min(max(way, 0.0), 1.0)


def levels(wheel: Wheel) -> tuple[float, ...]:
    """The values that have a ring: each whole one where they are few, or else the ends and the middle."""
    low, high = wheel.low, wheel.high
    if low == int(low) and high == int(high) and low <= high < low + MOST_TICKS:
        return tuple(range(int(low), int(high) + 1))
    return tuple(dict.fromkeys((low, (low + high) / 2, high)))


def runs(values: Sequence[float | None]) -> tuple[tuple[int, ...], ...]:
    """The places that a series' line joins, in order round the wheel: where a value is not known it breaks off."""
    count = len(values)
    gap = next((at for at, value in enumerate(values) if value is None), None)
    if gap is None:
        return ((*range(count), 0),) if count > 1 else ()
    found: list[list[int]] = [[]]
    for at in (step % count for step in range(gap + 1, gap + count)):
        if values[at] is None:
            found.append([])
        else:
            found[-1].append(at)
    return tuple(tuple(run) for run in found if len(run) > 1)


def lines(text: str, letters: int, most: int = 4) -> tuple[str, ...]:
    """The text in lines of about so many letters, broken between words where that is possible; the last may be cut."""
    rest = [word[at : at + letters] for word in text.split() for at in range(0, len(word), letters)]
    found: list[str] = []
    for word in rest:
        if found and len(found[-1]) + 1 + len(word) <= letters:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return (*found[: most - 1], found[most - 1][: letters - 1] + "…") if len(found) > most else tuple(found)
