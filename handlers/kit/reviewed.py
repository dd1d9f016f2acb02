"""Works out of a review's result what kind of network it is, how each of the five stands, and where it is weak."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from prompts.kinds import Axis, Dimension, Function, Governance, Kind, Origin, Stage, Stance
from prompts.review import LEVELS, review_bank
from storage.review_records import PointKind, Result

MOST_WEAK = 2
T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Level:
    """How one of the five stands: the mean of its agreed levels, now and as hoped for; None where there is none.

    `lowest` and `highest`: the furthest that anyone's view of today went; None where the reader may not know.
    """

    dimension: Dimension
    now: float | None
    hoped: float | None
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A result with what follows from it.

    `levels`: the five, in their order. `weak`: what the group named to work on, in its order, and then the lowest two
    of today; of those that stand alike, first the one for which they hope the most.
    """

    result: Result
    kind: Kind
    levels: tuple[Level, ...]
    weak: tuple[Dimension, ...]

    def level(self, dimension: Dimension) -> Level:
        """How that one stands."""
        return next(one for one in self.levels if one.dimension is dimension)


def reviewed(result: Result) -> Reviewed:
    """What follows from a result, for whoever may read it."""
    levels = tuple(_level(result, dimension) for dimension in Dimension)
    return Reviewed(
        result, kind_of({key: one.value for key, one in result.agreed.items()}), levels, _weak(result, levels)
    )


def kind_of(answers: Mapping[str, str]) -> Kind:
    """What kind of network it is by what was answered, or agreed, under the name of each axis."""
    return Kind(
        _known(Governance, answers, Axis.GOVERNANCE),
        _known(Function, answers, Axis.FUNCTION),
        _known(Origin, answers, Axis.ORIGIN),
        _known(Stance, answers, Axis.STANCE),
        _known(Stage, answers, Axis.STAGE),
    )


def _known(tags: type[T], answers: Mapping[str, str], axis: Axis) -> T | None:
    value = answers.get(axis, "")
    return tags(value) if value in set(tags) else None


def _level(result: Result, dimension: Dimension) -> Level:
    statements = review_bank().of(dimension)
    ends = [end for one in statements for end in _levels(result.ranges.get(one.now_key, ()))]
    return Level(
        dimension,
        _mean(_agreed(result, one.now_key) for one in statements),
        _mean(_agreed(result, one.hoped_key) for one in statements),
        min(ends, default=None),
        max(ends, default=None),
    )


def _agreed(result: Result, key: str) -> str:
    found = result.agreed.get(key)
    return found.value if found else ""


def _levels(values: Iterable[str]) -> list[int]:
    known = {str(level): level for level in range(1, LEVELS + 1)}
    return [known[value] for value in values if value in known]


def _mean(values: Iterable[str]) -> float | None:
    levels = _levels(values)
    return round(sum(levels) / len(levels), 1) if levels else None


def _weak(result: Result, levels: Iterable[Level]) -> tuple[Dimension, ...]:
    named = [
        Dimension(point.dimension)
        for point in sorted(result.points, key=lambda point: point.place)
        if point.kind is PointKind.WORK_ON and point.dimension in set(Dimension)
    ]
    known = [(level.now, level.now - (level.hoped or level.now), level.dimension) for level in levels if level.now]
    lowest = [dimension for _, _, dimension in sorted(known, key=lambda each: each[:2])[:MOST_WEAK]]
    return tuple(dict.fromkeys((*named, *lowest)))
