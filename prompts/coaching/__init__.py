"""The question bank: coaching questions in our own words, read once from `questions.toml` and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from prompts import tags
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
    return Bank(tuple(map(_question, tags.entries(text, "questions", "question", _problems))))


_LISTS: Mapping[str, type[StrEnum]] = {
    "roles": Part,
    "stages": Stage,
    "governance": Governance,
    "origin": Origin,
    "stance": Stance,
}
_FIELDS = {"key", "text", "move", "dimension", *_LISTS}


def _problems(entry: tags.Entry) -> Iterator[str]:
    yield from tags.strange(entry, _FIELDS, "a question")
    yield from tags.wrong_words(entry, "text")
    slots = re.findall(r"{(.*?)}", str(entry.get("text", "")))
    if len(slots) > 1 or not set(slots) <= set(Slot):
        yield f"its text has at most one slot, {tags.either(Slot)}, in braces"
    yield from tags.wrong_tag("move", Move, [entry.get("move", "")])
    if "dimension" in entry or not slots:
        yield from tags.wrong_tag("dimension", Dimension, [entry.get("dimension", "")])
    yield from tags.wrong_tags(entry, _LISTS)


def _question(entry: tags.Entry) -> Question:
    return Question(
        entry["key"],
        entry["text"],
        Move(entry["move"]),
        Dimension(entry["dimension"]) if "dimension" in entry else None,
        tags.tagged(Part, entry.get("roles")),
        tags.tagged(Stage, entry.get("stages")),
        tags.tagged(Governance, entry.get("governance")),
        tags.tagged(Origin, entry.get("origin")),
        tags.tagged(Stance, entry.get("stance")),
    )
