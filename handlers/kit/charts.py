"""What is shown as figures or over time: tables, charts, wheels and timelines, each with its words."""

import enum
from dataclasses import dataclass
from datetime import date

MOST_RINGS = 4
"""Series of one wheel that can be told apart by their lines and points."""


def cut(name: str, most: int) -> str:
    """The name, visibly cut where it has more characters than that."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; `caption` says in a sentence what it shows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One line over time. `values` runs beside `categories`; None is a gap. `low` to `high` is the axis.

    `summary` is the sentence that says what the chart shows; `as_table` is what a client without charts shows, with
    `along` above its first column.
    """

    title: str
    summary: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    series: str
    low: float
    high: float
    along: str = "Week"

    def as_table(self) -> Table:
        """The same figures as a table, gaps said in words."""
        cells = ("no answers" if value is None else f"{value:g}" for value in self.values)
        return Table(self.summary, (self.along, self.series), tuple(zip(self.categories, cells, strict=True)))


@dataclass(frozen=True, slots=True)
class Series:
    """One ring of a wheel: `values` runs beside the wheel's axes; None is not known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Wheel:
    """A radar: one axis for each thing looked at, one ring for each of at most four series, from `low` to `high`.

    `summary` says in a sentence what it shows. `table` holds the same figures and what else belongs to them, such as
    their range; it is always shown beside the picture. `short` runs beside the axes, "" where the name itself is short:
    Slack's charts take names of at most 20 characters.

    Raises ValueError where a series has not one value for each axis.
    """

    title: str
    summary: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    table: Table
    low: float = 1
    high: float = 5
    short: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        beside = [*(one.values for one in self.series), self.short or self.axes]
        if any(len(one) != len(self.axes) for one in beside):
            raise ValueError("each series, and the short names, have one place for each axis of a wheel")
        if len(self.series) > MOST_RINGS:
            raise ValueError(f"{len(self.series)} series in a wheel: more than {MOST_RINGS} cannot be told apart")

    def short_names(self, most: int) -> tuple[str, ...]:
        """The axes' names in at most that many characters: the short ones where there are some, cut where they must."""
        named = zip(self.axes, self.short or self.axes, strict=True)
        return tuple(cut(name if len(name) <= most else short or name, most) for name, short in named)


class Standing(enum.StrEnum):
    """How something on a timeline stands; always said in words too."""

    DONE = "done"
    DUE = "due"
    AHEAD = "ahead"
    SLIPPED = "slipped"
    LEFT = "left"

    @property
    def words(self) -> str:
        """What it is called where people read it."""
        return _STANDING_WORDS[self]


_STANDING_WORDS = {
    Standing.DONE: "Done",
    Standing.DUE: "Due now",
    Standing.AHEAD: "To come",
    Standing.SLIPPED: "Not done yet",
    Standing.LEFT: "Left out",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing on a timeline. `when` is its day or month in words, `note` how it stands ("Done in May 2027")."""

    on: date
    when: str
    text: str
    standing: Standing
    note: str = ""

    @property
    def stands(self) -> str:
        """How it stands in words: the note, after the standing's own words where the note does not hold them."""
        words = self.standing.words
        return self.note if words.casefold() in self.note.casefold() else f"{words}. {self.note}".removesuffix(". ")

    @property
    def line(self) -> str:
        """All of it as one line: "March 2027: Hold a first event – To come"."""
        return f"{self.when}: {self.text} – {self.stands}"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a timeline, its last day included; its stops stand under its name, in their order."""

    name: str
    first_on: date
    last_on: date
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was, is and will be, in phases that follow each other; `today_on` says where we are now.

    `summary` says it in a sentence. The browser draws a line of time above the list; elsewhere the list is all.
    """

    title: str
    summary: str
    phases: tuple[Phase, ...]
    today_on: date

    def name_of(self, phase: Phase) -> str:
        """The phase's name, and that it is now where today lies in it."""
        return f"{phase.name} (now)" if phase.first_on <= self.today_on <= phase.last_on else phase.name
