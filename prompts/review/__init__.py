"""The rapid review's statements and situations in our own words, read once from `review.toml` and checked."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from prompts import tags
from prompts.kinds import AXES, Axis, Dimension, Kind

ATTRIBUTION = (
    "The five names are from “Effective networks for improvement” (Health Foundation, March 2014)."
    " The sentences are our own, and nobody has tested them as a measure."
)
"""Stands wherever the wheel is shown."""
UNSURE = "unsure"
"""The answer to a situation that is always possible beside its choices."""
LEVELS = 5

Levels = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Other words of a statement for networks of one kind."""

    axis: Axis
    value: str
    text: str
    levels: Levels


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that can be seen in a network to some degree: `levels[0]` describes 1, `levels[4]` describes 5.

    `key` never changes.
    """

    key: str
    dimension: Dimension
    text: str
    levels: Levels
    wordings: tuple[Wording, ...] = ()

    @property
    def now_key(self) -> str:
        """The key under which the level of today is kept."""
        return f"{self.key}.now"

    @property
    def hoped_key(self) -> str:
        """The key under which the level hoped for in eighteen months is kept."""
        return f"{self.key}.hoped"

    def for_kind(self, kind: Kind) -> "Statement":
        """The statement in the words that fit such a network."""
        fitting = (one for one in self.wordings if getattr(kind, one.axis) == one.value)
        words = next(fitting, None)
        return replace(self, text=words.text, levels=words.levels) if words else self


@dataclass(frozen=True, slots=True)
class Situation:
    """An everyday situation that shows how a network stands on one axis; a choice is (value of the axis, its words)."""

    axis: Axis
    text: str
    choices: tuple[tuple[str, str], ...]

    def words(self, value: str) -> str:
        """The words of the choice with that value; "" where there is none."""
        return dict(self.choices).get(value, "")


BY_ONE, BY_MORE = "by-one", "by-more"
_JOINT = (BY_ONE, BY_MORE, *Axis)


@dataclass(frozen=True, slots=True)
class Bank:
    """All that the review asks, in the order of the file.

    `joint` holds what the joint session asks where views differ: by one level, by more, or on an axis.
    """

    statements: tuple[Statement, ...]
    situations: tuple[Situation, ...]
    joint: Mapping[str, tuple[str, ...]]

    def statement(self, key: str) -> Statement | None:
        """The statement with that key, if there is one."""
        return next((one for one in self.statements if one.key == key), None)

    def of(self, dimension: Dimension) -> tuple[Statement, ...]:
        """The statements of a dimension."""
        return tuple(one for one in self.statements if one.dimension is dimension)

    def situation(self, axis: Axis) -> Situation:
        """The situation of an axis."""
        return next(one for one in self.situations if one.axis is axis)

    def about_levels(self, low: int, high: int, place: int) -> str:
        """The question where levels from `low` to `high` were given; neighbouring places get different ones."""
        asked = self.joint[BY_ONE if high - low <= 1 else BY_MORE]
        return asked[place % len(asked)].format(low=low, high=high)

    def about_kind(self, axis: Axis, place: int) -> str:
        """The question where views differ on that axis; neighbouring places get different ones."""
        asked = self.joint[axis]
        return asked[place % len(asked)]


@cache
def review_bank() -> Bank:
    """The bank that comes with Weaver. Raises ValueError as `read` does."""
    return read(files(__name__).joinpath("review.toml").read_text("utf-8"))


def read(text: str) -> Bank:
    """The bank that a TOML text holds. Raises ValueError that names every wrong entry at once, a line for each."""
    problems: list[str] = []
    found: dict[str, list[tags.Entry]] = {}
    for of, wrong in (("statement", _wrong_statement), ("situation", _wrong_situation)):
        try:
            found[of] = tags.entries(text, f"{of}s", of, wrong)
        except ValueError as error:
            problems.append(str(error))
    joint = tomllib.loads(text).get("joint", {})
    problems += [f"joint: {what}" for each in _JOINT for what in tags.wrong_list(joint, each, 1, 9)]
    if problems:
        raise ValueError("\n".join(problems))
    return Bank(
        tuple(map(_statement, found["statement"])),
        tuple(map(_situation, found["situation"])),
        {each: tuple(joint[each]) for each in _JOINT},
    )


def _wrong_statement(entry: tags.Entry) -> Iterator[str]:
    yield from tags.strange(entry, {"key", "dimension", "text", "levels", "in_kind"}, "a statement")
    yield from tags.wrong_words(entry, "text")
    yield from tags.wrong_list(entry, "levels", LEVELS, LEVELS)
    yield from tags.wrong_tag("dimension", Dimension, [entry.get("dimension", "")])
    for words in entry.get("in_kind", []):
        yield from _wrong_wording(words)


def _wrong_wording(entry: tags.Entry) -> Iterator[str]:
    yield from tags.strange(entry, {"axis", "value", "text", "levels"}, "other words")
    if "levels" in entry:
        yield from tags.wrong_list(entry, "levels", LEVELS, LEVELS)
    axis = entry.get("axis", "")
    yield from tags.wrong_tag("axis", Axis, [axis])
    if axis in set(Axis):
        yield from tags.wrong_tag("value", AXES[Axis(axis)], [entry.get("value", "")])


def _wrong_situation(entry: tags.Entry) -> Iterator[str]:
    yield from tags.strange(entry, {"key", "text", "choices"}, "a situation")
    yield from tags.wrong_words(entry, "text")
    yield from tags.wrong_tag("key", Axis, [entry.get("key", "")])
    if entry.get("key") in set(Axis):
        values = AXES[Axis(entry["key"])]
        choices = entry.get("choices", {})
        if list(choices) != list(values):
            yield f"its choices are {tags.either(values)}, in that order"
        yield from tags.wrong_words(choices, *choices)


def _statement(entry: tags.Entry) -> Statement:
    text, levels = entry["text"], _levels(entry["levels"])
    wordings = tuple(
        Wording(Axis(one["axis"]), one["value"], one.get("text", text), _levels(one.get("levels", levels)))
        for one in entry.get("in_kind", [])
    )
    return Statement(entry["key"], Dimension(entry["dimension"]), text, levels, wordings)


def _situation(entry: tags.Entry) -> Situation:
    return Situation(Axis(entry["key"]), entry["text"], tuple(entry["choices"].items()))


def _levels(sentences: list[str] | Levels) -> Levels:
    one, two, three, four, five = sentences
    return one, two, three, four, five
