"""The words of a plan that depend on what kind of network it is, read once from `words.toml` and checked."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from prompts.kinds import AXES, Axis, Kind


@dataclass(frozen=True, slots=True)
class Words:
    """How a plan speaks to a network.

    `owner_question` asks who looks after an item. `decides` says how they settle things. `slipped` and `invite` hold a
    slot. `worth` asks what came of it. `ask_first` says whom to ask, `readers` what to think of when choosing who reads
    it, `pace` what to choose at this stage.
    """

    owner_question: str
    decides: str
    slipped: str
    invite: str
    worth: str
    ask_first: str
    readers: str
    pace: str

    def slipped_since(self, month: str) -> str:
        """What is said of an item that was planned for that month ("March 2027") and is not done."""
        return self.slipped.replace("{month}", month)

    def invitation(self, number: int) -> str:
        """The invitation to look at the plan in that month of it."""
        return self.invite.replace("{number}", str(number))


_BY_AXIS: Mapping[Axis, tuple[str, ...]] = {
    Axis.GOVERNANCE: ("owner_question", "decides", "slipped", "invite"),
    Axis.FUNCTION: ("worth",),
    Axis.ORIGIN: ("ask_first",),
    Axis.STANCE: ("readers",),
    Axis.STAGE: ("pace",),
}
_Texts = Mapping[str, Any]


@cache
def words_for(kind: Kind) -> Words:
    """The words that fit such a network; the usual ones where something of it is not known."""
    texts = _texts()
    by_axis = [texts[axis][value] for axis in Axis if (value := getattr(kind, axis)) is not None]
    return Words(**{name: text for part in (texts["usual"], *by_axis) for name, text in part.items()})


@cache
def _texts() -> _Texts:
    return read(files(__package__).joinpath("words.toml").read_text("utf-8"))


def read(text: str) -> _Texts:
    """What a TOML text holds: "usual", and by axis and value. Raises ValueError that says all that is wrong."""
    texts = tomllib.loads(text)
    problems = list(_problems(texts))
    if problems:
        raise ValueError("\n".join(problems))
    return texts


def _problems(texts: _Texts) -> Iterator[str]:
    yield from _unlike("usual", texts.get("usual", {}), [field.name for field in fields(Words)])
    yield from (f"{name} is no axis" for name in texts if name not in ("usual", *Axis))
    for axis, names in _BY_AXIS.items():
        given = texts.get(axis, {})
        yield from (f"{axis} has no value {value}" for value in given if value not in set(AXES[axis]))
        for value in AXES[axis]:
            yield from _unlike(f"{axis} {value}", given.get(value, {}), names)


def _unlike(where: str, given: _Texts, names: tuple[str, ...] | list[str]) -> Iterator[str]:
    yield from (f"{where}: {name} is not among its words" for name in given if name not in names)
    yield from (f"{where}: it has no {name}" for name in names if not given.get(name))
