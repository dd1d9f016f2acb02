"""What the joint session looks at, the biggest difference first, and what was kept of each: pure decisions."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.diagnostic.rules import ASKED
from handlers.kit import reviewed
from prompts.kinds import Axis, Kind
from prompts.review import Bank, Statement
from storage.review_records import TEXTS, Agreed, Point, Result, Review, Views, came_to, common, is_level

LABELS = {
    Axis.GOVERNANCE: "How things are decided",
    Axis.FUNCTION: "What it is mostly for",
    Axis.ORIGIN: "How it began",
    Axis.STANCE: "What those in charge say",
    Axis.STAGE: "What it is busy with",
}
"""What each way in which networks differ is called, in a few words."""


class Sort(enum.Enum):
    """What kind of answer it has: words, a level from 1 to 5, or a value of an axis."""

    GOAL = "goal"
    LEVEL = "level"
    AXIS = "axis"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at together: what was answered, sorted and nobody's, and what was agreed.

    `asks`: the words that it is asked in; `label`: what it is called in a list. `options`: what can be chosen, as
    (value, words). `question`: what to talk about where views differ. `hoped_key`, `hoped` and `hoped_agreed` are of a
    level alone.
    """

    key: str
    sort: Sort
    asks: str
    answers: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    agreed: Agreed | None = None
    label: str = ""
    hoped_key: str = ""
    hoped: tuple[str, ...] = ()
    hoped_agreed: Agreed | None = None
    has_changed: bool = False
    question: str = ""

    @property
    def differs(self) -> bool:
        """True where answers that count are not all the same; words always are their writer's own."""
        return self.sort is not Sort.GOAL and len(set(self.answers)) > 1

    @property
    def gap(self) -> int:
        """How far levels lie apart."""
        levels = levels_in(self.answers) if self.sort is Sort.LEVEL else []
        return levels[-1] - levels[0] if levels else 0

    @property
    def needs_talk(self) -> bool:
        """True for the goals, and where views differ."""
        return self.sort is Sort.GOAL or self.differs

    @property
    def version(self) -> str:
        """What differs as soon as somebody keeps something else for it."""
        return str(max(one.version if one else 0 for one in (self.agreed, self.hoped_agreed)))

    def words(self, value: str) -> str:
        """The words of what can be chosen; "" where there are none."""
        return dict(self.options).get(value, "")


def levels_in(answers: Iterable[str]) -> list[int]:
    """The levels of some answers, from low to high, each once."""
    return sorted({int(one) for one in answers if one.isdigit()})


def kind_of(views: Views, agreed: Mapping[str, Agreed]) -> Kind:
    """What kind of network it is, as far as they agreed or all said the same."""
    alike = {key: answers[0] for key, answers in views.by_key.items() if len(set(answers)) == 1}
    return reviewed.kind_of(alike | {key: one.value for key, one in agreed.items()})


def everything(views: Views, agreed: Mapping[str, Agreed], bank: Bank) -> tuple[Item, ...]:
    """All that was asked, in the order in which it is talked about.

    First the goals; then what differs, levels before axes, the biggest difference first; then what is alike.
    """
    kind = kind_of(views, agreed)
    goals = [_answered(Item(key, Sort.GOAL, asks, (), label=asks), views, agreed) for key, asks in ASKED.items()]
    levels = [_answered(_level(one.for_kind(kind)), views, agreed) for one in bank.statements]
    axes = [_answered(_axis(axis, bank), views, agreed) for axis in Axis]
    rest = sorted([*levels, *axes], key=lambda one: (not one.differs, one.sort is Sort.AXIS, -one.gap))
    return (*goals, *(replace(one, question=_question(one, place, bank)) for place, one in enumerate(rest)))


def _level(statement: Statement) -> Item:
    options = tuple((str(level), words) for level, words in enumerate(statement.levels, 1))
    return Item(
        statement.now_key, Sort.LEVEL, statement.text, (), options, label=statement.text, hoped_key=statement.hoped_key
    )


def _axis(axis: Axis, bank: Bank) -> Item:
    situation = bank.situation(axis)
    return Item(axis.value, Sort.AXIS, situation.text, (), situation.choices, label=LABELS[axis])


def _answered(item: Item, views: Views, agreed: Mapping[str, Agreed]) -> Item:
    changed = any(key in agreed and key in views.changed_at for key in (item.key, item.hoped_key))
    return replace(
        item,
        answers=tuple(views.by_key.get(item.key, ())),
        agreed=agreed.get(item.key),
        hoped=tuple(views.by_key.get(item.hoped_key, ())),
        hoped_agreed=agreed.get(item.hoped_key),
        has_changed=changed,
    )


def _question(item: Item, place: int, bank: Bank) -> str:
    if not item.differs:
        return ""
    if item.sort is Sort.AXIS:
        return bank.about_kind(Axis(item.key), place)
    levels = levels_in(item.answers)
    return bank.about_levels(levels[0], levels[-1], place)


def left(items: Iterable[Item]) -> list[Item]:
    """What still needs talk, in order."""
    return [one for one in items if one.needs_talk and one.agreed is None]


def settled(items: Iterable[Item]) -> list[Item]:
    """What was kept in the session."""
    return [one for one in items if one.agreed is not None]


def changed(items: Iterable[Item]) -> list[Item]:
    """Where an answer was changed or came after something was kept for it."""
    return [one for one in items if one.has_changed]


def alike(items: Iterable[Item]) -> list[Item]:
    """Where all gave the same answer, so that no talk is needed."""
    return [one for one in items if not one.needs_talk and one.answers and one.agreed is None]


def following(items: Sequence[Item], after: str = "") -> Item | None:
    """What comes next: the first that needs talk behind that key; None at the end of the round."""
    keys = [one.key for one in items]
    place = keys.index(after) if after in keys else -1
    return next(iter(left(items[place + 1 :])), None)


def coming(review: Review, views: Views, agreed: Mapping[str, Agreed], points: Sequence[Point]) -> Result:
    """What the session would come to if it ended now, for its own people."""
    alone = {key: common(key, answers) for key, answers in views.by_key.items() if key not in TEXTS}
    found = came_to(alone, agreed, review.moved_at)
    whole = {key: answers for key, answers in views.by_key.items() if is_level(key) and len(answers) == views.people}
    ranges = {key: (answers[0], answers[-1]) for key, answers in whole.items()}
    differing = frozenset(key for key, one in agreed.items() if not one.value)
    return Result(review, views.people, found, ranges, tuple(points), True, differing)


def joined(mine: str, theirs: str) -> str:
    """Both notes, theirs first, and each once."""
    return mine if theirs in mine else "\n".join(filter(None, [theirs, mine]))
