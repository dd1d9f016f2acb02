"""Where a wheel's spokes, rings and points lie, in shares of its radius: the same in every picture of it."""

import re
from collections.abc import Callable, Iterator, Sequence
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


def lines(text: str, fits: Callable[[str], bool], most: int) -> tuple[str, ...]:
    """The text in lines that fit, broken between words where that is possible; what `most` lines cannot hold is cut."""
    found: list[str] = []
    for piece in (piece for word in text.split() for piece in _pieces(word, fits)):
        if found and fits(f"{found[-1]} {piece}"):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return (*found[: most - 1], shortened(f"{found[most - 1]}…", fits)) if len(found) > most else tuple(found)


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The text, visibly cut at its end where it does not fit."""
    whole, text = text, text.rstrip("…")
    while text and not fits(whole):
        text = text[:-1]
        whole = f"{text.rstrip()}…"
    return whole


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A word that is too long for a line, parted at its hyphens, or else where it must be."""
    for part in [word] if fits(word) else [part for part in re.split(r"(?<=-)", word) if part]:
        rest = part
        while rest:
            size = next((size for size in range(len(rest), 1, -1) if fits(rest[:size])), 1)
            yield rest[:size]
            rest = rest[size:]
