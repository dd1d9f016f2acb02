"""The question bank: coaching questions in our own words, read once from `questions.toml` and checked."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from prompts.kinds import Dimension, Governance, Origin, Stage, Stance


class Part(StrEnum):
    """Which of a network's people a question is for; the values are those of `storage.records.Role`."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    LEADER = "leader"


class Move(StrEnum):
    """What a question does in a coaching conversation; the first five are OSKAR's."""

    OUTCOME = "outcome"
    SCALE = "scale"
    KNOW_HOW = "know-how"
    AFFIRM_ACTION = "affirm-action"
    REVIEW = "review"
    EXCEPTION = "exception"
    CONNECTION = "connection"
    LEARNING = "learning"


class Slot(StrEnum):
    """What of the person's own words a question quotes."""

    GOAL = "goal"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Question:
    """One coaching question. An empty set of tags: it fits any. `key` never changes; `text` may be reworded.

    A question that a co-ordinator added may have no move and no dimension.
    """

    key: str
    text: str
    move: Move | None = None
    dimension: Dimension | None = None
    roles: frozenset[Part] = frozenset()
    stages: frozenset[Stage] = frozenset()
    governance: frozenset[Governance] = frozenset()
    origin: frozenset[Origin] = frozenset()
    stance: frozenset[Stance] = frozenset()

    @property
    def slot(self) -> Slot | None:
        """What the question quotes, if anything."""
        if "{" not in self.text:
            return None
        return next((slot for slot in Slot if f"{{{slot}}}" in self.text), None)

    @property
    def is_for_any_network(self) -> bool:
        """True if neither stage nor kind of the network matters."""
        return not (self.stages or self.governance or self.origin or self.stance)

    def quoting(self, words: str) -> str:
        """The text with those words in its slot; the words are data, braces in them stay as they are."""
        return self.text.replace(f"{{{self.slot}}}", words) if self.slot else self.text


@dataclass(frozen=True, slots=True)
class Bank:
    """All questions in the order of the file."""

    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """The question with that key, if there is one."""
        return next((one for one in self.questions if one.key == key), None)


@cache
def question_bank() -> Bank:
    """The bank that comes with Weaver. Raises ValueError as `read` does."""
    return read(files(__name__).joinpath("questions.toml").read_text("utf-8"))


def read(text: str) -> Bank:
    """The bank that a TOML text holds. Raises ValueError that names every wrong question at once, a line for each."""
    entries: list[dict[str, Any]] = tomllib.loads(text).get("questions", [])
    problems = [f"question {entry.get('key', number)}: {what}" for number, entry in enumerate(entries, 1)
                for what in _problems(entry)]  # fmt: skip
    problems += [f"question {key}: its key stands twice" for key in _twice(entry.get("key") for entry in entries)]
    problems += [f"its words stand twice: {words}" for words in _twice(entry.get("text") for entry in entries)]
    if problems or not entries:
        raise ValueError("\n".join(problems) or "the question bank holds no question")
    return Bank(tuple(_question(entry) for entry in entries))


T = TypeVar("T", bound=StrEnum)
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Keys of questions that co-ordinators add can never clash with the bank's where they hold a colon: `own:12`."""
_LISTS: Mapping[str, type[StrEnum]] = {
    "roles": Part,
    "stages": Stage,
    "governance": Governance,
    "origin": Origin,
    "stance": Stance,
}
_FIELDS = {"key", "text", "move", "dimension", *_LISTS}


def _problems(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is no field of a question" for name in entry if name not in _FIELDS)
    key, text = entry.get("key"), entry.get("text")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        yield "a key is of small letters, digits and hyphens"
    if not isinstance(text, str) or not text.strip():
        yield "it has no text"
        return
    slots = re.findall(r"{(.*?)}", text)
    if len(slots) > 1 or not set(slots) <= set(Slot):
        yield f"its text has at most one slot, {_either(Slot)}, in braces"
    yield from _wrong("move", Move, [entry.get("move", "")])
    if "dimension" in entry or not slots:
        yield from _wrong("dimension", Dimension, [entry.get("dimension", "")])
    for name, tags in _LISTS.items():
        values = entry.get(name, [])
        yield from _wrong(name, tags, values) if isinstance(values, list) else (f"{name} is a list in brackets",)


def _wrong(name: str, tags: type[StrEnum], values: Iterable[object]) -> Iterator[str]:
    known = set(tags)
    yield from (f"{name} is {value!r}; it can be {_either(tags)}" for value in values if value not in known)


def _either(tags: type[StrEnum]) -> str:
    return " or ".join(tags)


def _twice(values: Iterable[object]) -> list[object]:
    given = [value for value in values if value is not None]
    return [value for value in dict.fromkeys(map(str, given)) if given.count(value) > 1]


def _question(entry: Mapping[str, Any]) -> Question:
    return Question(
        entry["key"],
        entry["text"],
        Move(entry["move"]),
        Dimension(entry["dimension"]) if "dimension" in entry else None,
        _tags(Part, entry.get("roles")),
        _tags(Stage, entry.get("stages")),
        _tags(Governance, entry.get("governance")),
        _tags(Origin, entry.get("origin")),
        _tags(Stance, entry.get("stance")),
    )


def _tags(tags: type[T], values: Iterable[str] | None) -> frozenset[T]:
    return frozenset(tags(value) for value in values or ())
