"""The wheel of a review with its table and its sentence, beside the first where there was one before: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.kit.content import Series, Table, Wheel
from handlers.kit.reviewed import Level, Reviewed
from handlers.kit.text import counted, listed
from prompts.kinds import Dimension
from prompts.review import review_bank
from storage.review_records import Result

COLUMNS = ("Part", "Now", "Hoped for", "Range", "People", "Views")
CHANGES = ("Part", "First", "Now", "Change")
MANY = 3
"""Parts that stand alike are counted from so many up, and not named."""
SHORT = {Dimension.STRUCTURE: "Structure", Dimension.INTELLIGENCE: "Intelligence"}
"""Names of parts where a chart has little room, of those that are long."""
NOT_KNOWN, NOT_SHOWN = "not known", "not shown"
NOW, HOPED, FIRST = "Now", "Hoped for", "In the first review"
CAUTION = (
    "A lower level need not mean that it got worse. It may mean that people see more clearly now.",
    "It may also be that other people answered this time.",
)
"""Stands wherever two reviews are shown beside each other."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one of the five stood in the first review, and stands now."""

    dimension: Dimension
    first: float | None
    now: float | None

    @property
    def words(self) -> str:
        """The change in words; no word says that it is good or bad."""
        if self.first is None or self.now is None:
            return NOT_KNOWN
        by = round(self.now - self.first, 1)
        if not by:
            return "the same"
        return f"{abs(by):.1f} {'higher' if by > 0 else 'lower'}"


def figure(value: float | None) -> str:
    """A level with one decimal, or that it is not known."""
    return NOT_KNOWN if value is None else f"{value:.1f}"


def wheel(seen: Reviewed, first: Reviewed | None = None) -> Wheel:
    """The wheel: now, as hoped for, and as it stood in the first review."""
    rings = [_ring(NOW, (one.now for one in seen.levels)), _ring(HOPED, (one.hoped for one in seen.levels))]
    if first is not None:
        rings.append(_ring(FIRST, (one.now for one in first.levels)))
    return Wheel(
        "The five parts of the network", sentence(seen), _axes(), tuple(rings),
        table(seen, is_again=first is not None), short=_short(),
    )  # fmt: skip


def compared(seen: Reviewed, first: Reviewed) -> Wheel:
    """The wheel of two reviews beside each other."""
    rings = (_ring(FIRST, (one.now for one in first.levels)), _ring(NOW, (one.now for one in seen.levels)))
    changes = change_table(seen, first)
    return Wheel("The first review, and this one", in_words(seen, first), _axes(), rings, changes, short=_short())


def _axes() -> tuple[str, ...]:
    return tuple(one.value.capitalize() for one in Dimension)


def _short() -> tuple[str, ...]:
    return tuple(SHORT.get(one, "") for one in Dimension)


def _ring(name: str, values: Iterable[float | None]) -> Series:
    return Series(name, tuple(values))


def sentence(seen: Reviewed) -> str:
    """The wheel in words: its highest and its lowest part with the range of answers, and how many answered."""
    answered = f"{counted(seen.result.people, 'person', 'people')} answered."
    top, low = ends(seen)
    if not top:
        return answered
    hidden = "" if seen.result.ranges else " The range of answers is not shown."
    if top == low:
        return f"All parts stand at {top}. {answered}{hidden}"
    return f"Highest now: {top}. Lowest: {low}. {answered}{hidden}"


def ends(seen: Reviewed) -> tuple[str, str]:
    """The highest and the lowest part of today in words, with their range where that may be known; alike where all
    parts stand alike, and "" where nothing is known."""
    known = [one for one in seen.levels if one.now is not None]
    if not known:
        return "", ""
    top, low = max(map(_now, known)), min(map(_now, known))
    if top == low:
        return (f"{top:.1f} of 5{_spread(known)}",) * 2
    highest, lowest = ([one for one in known if one.now == end] for end in (top, low))
    return f"{_named(highest)}, at {top:.1f} of 5{_spread(highest)}", f"{_named(lowest)}, at {low:.1f}{_spread(lowest)}"


def _named(levels: Sequence[Level]) -> str:
    names = [one.dimension.value for one in levels]
    return listed(names) if len(names) < MANY else f"{len(names)} of the five parts"


def _spread(levels: Sequence[Level]) -> str:
    lowest = [one.lowest for one in levels if one.lowest is not None]
    highest = [one.highest for one in levels if one.highest is not None]
    if not (lowest and highest):
        return ""
    low, high = min(lowest), max(highest)
    return f" (answers: {low})" if low == high else f" (answers: {low} to {high})"


def _now(level: Level) -> float:
    return level.now or 0


def table(seen: Reviewed, *, is_again: bool = False) -> Table:
    """Each part with its level now and hoped for, the range of answers, how many answered, and whether views differ."""
    result = seen.result
    rows = (
        (
            one.dimension.value.capitalize(),
            figure(one.now),
            figure(one.hoped),
            _range(one),
            str(result.people),
            _views(result, one.dimension),
        )
        for one in seen.levels
    )
    return Table(_caption(seen, is_again=is_again), COLUMNS, tuple(rows))


def _caption(seen: Reviewed, *, is_again: bool) -> str:
    if seen.result.people == 1:
        return "Each part, from 1 to 5, as one person sees it."
    if not seen.result.ranges:
        return "Each part, from 1 to 5. The range of answers is not shown here."
    return f"Each part, from 1 to 5{', this time' if is_again else ''}. Where views differ, the lower one counts."


def _range(level: Level) -> str:
    if level.lowest is None:
        return NOT_SHOWN
    return str(level.lowest) if level.lowest == level.highest else f"{level.lowest} to {level.highest}"


def _views(result: Result, dimension: Dimension) -> str:
    """Whether answers on a part differ. Said only where their range may be known, or the session kept that they do."""
    keys = [one.now_key for one in review_bank().of(dimension)]
    if any(key in result.differing for key in keys):
        return "differ"
    ranges = [result.ranges[key] for key in keys if key in result.ranges]
    if not ranges:
        return NOT_SHOWN
    if result.people == 1:
        return "one view"
    return "differ" if any(low != high for low, high in ranges) else "alike"


def changes(seen: Reviewed, first: Reviewed) -> list[Change]:
    """How each part stood and stands, in the order of the five."""
    return [Change(one.dimension, first.level(one.dimension).now, one.now) for one in seen.levels]


def change_table(seen: Reviewed, first: Reviewed) -> Table:
    """The first review and this one, with the range of answers where it may be known, and how many answered in each."""
    rows = tuple(
        (
            one.dimension.value.capitalize(),
            *(_with_range(each.level(one.dimension)) for each in (first, seen)),
            one.words,
        )
        for one in changes(seen, first)
    )
    people = [counted(one.result.people, "person", "people") for one in (first, seen)]
    ranges = "" if not (first.result.ranges or seen.result.ranges) else " The range of answers stands in brackets."
    return Table(f"First {people[0]} answered, then {people[1]}.{ranges}", CHANGES, rows)


def _with_range(level: Level) -> str:
    return figure(level.now) if level.now is None or level.lowest is None else f"{level.now:.1f} ({_range(level)})"


def in_words(seen: Reviewed, first: Reviewed) -> str:
    """How many parts are higher, lower and the same."""
    found = changes(seen, first)
    if all(one.words.endswith("higher") for one in found):
        return "All five parts are higher than in the first review."
    said = [
        f"{_of(found, 'higher')} of the five parts are higher than in the first review"
        if _of(found, "higher") != 1
        else "1 of the five parts is higher than in the first review",
        f"{_of(found, 'lower')} lower",
        f"{_of(found, 'same')} the same",
    ]
    return f"{said[0]}, {said[1]} and {said[2]}."


def _of(found: Sequence[Change], word: str) -> int:
    return sum(one.words.endswith(word) for one in found)
