"""The catalogue of what a development plan can hold, in our own words, read once from the files beside this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from prompts import tags
from prompts.kinds import Dimension, Function, Governance, Kind, Origin, Stage, Stance

MONTHS = 18


class Form(StrEnum):
    """The eight forms that support for a network takes."""

    REVIEW = "objectives review"
    WORKSHOP = "knowledge-sharing workshop"
    EVENT = "event to draw new members"
    COACHING = "coaching"
    VISIT = "peer visit"
    DIGITAL = "digital working"
    CHALLENGE = "challenge project"
    SPREAD = "spreading a practice"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a network can take on. An empty set of tags: it fits any network. `key` never changes.

    `title` reads as an objective, `goals` as goals under it. `step_when` and `step_then` are the first step: "When
    {step_when}, I will {step_then}." `months`: the first and the last of the plan's months in which it fits.
    """

    key: str
    title: str
    text: str
    form: Form
    dimensions: tuple[Dimension, ...]
    goals: tuple[str, ...]
    step_when: str
    step_then: str
    months: tuple[int, int]
    governance: frozenset[Governance] = frozenset()
    function: frozenset[Function] = frozenset()
    origin: frozenset[Origin] = frozenset()
    stance: frozenset[Stance] = frozenset()
    stages: frozenset[Stage] = frozenset()

    @property
    def is_for_any_network(self) -> bool:
        """True if no part of a network's kind matters."""
        return not (self.governance or self.function or self.origin or self.stance or self.stages)

    def fits(self, kind: Kind) -> bool:
        """True unless it is for networks of another kind, as far as that is known: what is for one kind needs it."""
        wanted = (self.governance, self.function, self.origin, self.stance, self.stages)
        known = (kind.governance, kind.function, kind.origin, kind.stance, kind.stage)
        return all(not some or one in some for some, one in zip(wanted, known, strict=True))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All actions in the order of the files."""

    actions: tuple[Action, ...]

    def action(self, key: str) -> Action | None:
        """The action with that key, if there is one."""
        return next((one for one in self.actions if one.key == key), None)


FILES = ("purpose", "structure", "mass", "intelligence", "community", "kinds", "origins", "stages")


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with Weaver. Raises ValueError as `read` does."""
    return read("\n".join(files(__name__).joinpath(f"{name}.toml").read_text("utf-8") for name in FILES))


_LISTS: Mapping[str, type[StrEnum]] = {
    "governance": Governance,
    "function": Function,
    "origin": Origin,
    "stance": Stance,
    "stages": Stage,
}
_WORDS = ("title", "text", "step_when", "step_then")
_FIELDS = {"key", "form", "dimensions", "goals", "months", *_WORDS, *_LISTS}


def read(text: str) -> Catalogue:
    """The catalogue that a TOML text holds. Raises ValueError with a line for all that is wrong."""
    return Catalogue(tuple(map(_action, tags.entries(text, "actions", "action", _problems, "title"))))


def _problems(entry: tags.Entry) -> Iterator[str]:
    yield from tags.strange(entry, _FIELDS, "an action")
    yield from tags.wrong_words(entry, *_WORDS)
    yield from tags.wrong_list(entry, "goals", 1, 2)
    yield from tags.wrong_tag("form", Form, [entry.get("form", "")])
    yield from tags.wrong_tags(entry, {"dimensions": Dimension, **_LISTS})
    if not entry.get("dimensions"):
        yield "it has no dimensions"
    match entry.get("months"):
        case [int(first), int(last)] if 1 <= first <= last <= MONTHS:
            pass
        case _:
            yield f"months is the first and the last month that fit, from 1 to {MONTHS}"


def _action(entry: tags.Entry) -> Action:
    first, last = entry["months"]
    return Action(
        entry["key"],
        entry["title"],
        entry["text"],
        Form(entry["form"]),
        tuple(Dimension(one) for one in entry["dimensions"]),
        tuple(entry["goals"]),
        entry["step_when"],
        entry["step_then"],
        (first, last),
        tags.tagged(Governance, entry.get("governance")),
        tags.tagged(Function, entry.get("function")),
        tags.tagged(Origin, entry.get("origin")),
        tags.tagged(Stance, entry.get("stance")),
        tags.tagged(Stage, entry.get("stages")),
    )
