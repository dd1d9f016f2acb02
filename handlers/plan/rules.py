"""Which items of the catalogue are proposed to a network, and why: from its review, the same each time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.kit.reviewed import Reviewed
from handlers.kit.text import listed
from prompts.kinds import Dimension, Function, Governance, Kind, Origin, Stage, Stance
from prompts.plan import Action, Catalogue, Form
from storage.review_records import PointKind

AT_ONCE = 3
"""Items proposed at a time."""
FITS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Stage: {
        Stage.STARTING: "is just starting",
        Stage.GROWING: "is growing",
        Stage.ESTABLISHED: "is well established",
        Stage.ENDING: "is coming to its end",
    },
    Governance: {
        Governance.ENCLAVE: "is held together by equals",
        Governance.MANAGED: "has a core that leads it",
        Governance.INDIVIDUALISTIC: "one person or group brings together",
    },
    Function: {
        Function.LEARNING: "is there to learn",
        Function.DEVELOPMENT: "is there to make services better",
        Function.ADVOCACY: "is there to speak up",
    },
    Origin: {
        Origin.INSIDE: "its own members began",
        Origin.OUTSIDE: "others set up for its members",
        Origin.BOTH: "members and others began together",
    },
    Stance: {
        Stance.SUPPORTS: "works towards what its organisations want",
        Stance.CHALLENGES: "challenges what its organisations do",
        Stance.BOTH: "supports its organisations and challenges them too",
    },
}
"""What a network is like, behind "a network that"; by axis, since values of two axes can be the same word."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that is proposed, with the reason in a sentence or two."""

    action: Action
    reason: str


def propose(catalogue: Catalogue, reviewed: Reviewed | None, taken: Iterable[str]) -> list[Proposal]:
    """The three that fit best: none that is taken, and of three different forms where that can be."""
    return [_with_reason(one, reviewed) for one in in_order(catalogue, reviewed, taken)[:AT_ONCE]]


def shown(catalogue: Catalogue, reviewed: Reviewed | None, taken: Iterable[str], keys: Sequence[str]) -> list[Proposal]:
    """Those of these keys that can still be proposed, in this order."""
    by_key = {one.key: one for one in in_order(catalogue, reviewed, taken)}
    return [_with_reason(by_key[key], reviewed) for key in keys if key in by_key]


def another(
    catalogue: Catalogue, reviewed: Reviewed | None, taken: Iterable[str], keys: Sequence[str], key: str
) -> tuple[str, ...]:
    """The keys that are shown once `key` has given way to the next best, of another form than those beside it."""
    order = in_order(catalogue, reviewed, taken)
    places = {one.key: place for place, one in enumerate(order)}
    kept = [one for one in keys if one != key]
    farthest = max((places[one] for one in keys if one in places), default=-1)
    rest = [one for one in (*order[farthest + 1 :], *order[: max(farthest, 0)]) if one.key not in keys]
    forms = {one.form for one in order if one.key in kept}
    found = next((one for one in rest if one.form not in forms), rest[0] if rest else None)
    return tuple((found.key if found else one) if one == key else one for one in keys)


def in_order(catalogue: Catalogue, reviewed: Reviewed | None, taken: Iterable[str]) -> list[Action]:
    """All that fits the network, the best first; what follows each other has different forms where that can be."""
    kind, wanted, gone = reviewed.kind if reviewed else Kind(), reviewed.weak if reviewed else (), set(taken)
    left = [one for one in catalogue.actions if one.key not in gone and one.fits(kind)]
    places = {one.key: place for place, one in enumerate(left)}
    served: Counter[Dimension] = Counter()
    order: list[Action] = []
    while left:
        recent = {one.form for one in order[1 - AT_ONCE :]}

        def rank(one: Action, recent: frozenset[Form] = frozenset(recent)) -> tuple[bool, int, int, int, int]:
            made_for = len(made_for_kind(one, kind))
            return one.form in recent, _need(one, wanted, served), -made_for, one.months[0], places[one.key]

        best = min(left, key=rank)
        order.append(best)
        left.remove(best)
        served.update(best.dimensions)
    return order


def made_for_kind(action: Action, kind: Kind) -> list[StrEnum]:
    """What of the network's kind the action is made for, the best reason first."""
    values = (
        (kind.stage, action.stages),
        (kind.governance, action.governance),
        (kind.function, action.function),
        (kind.origin, action.origin),
        (kind.stance, action.stance),
    )
    return [value for value, tags in values if value is not None and value in tags]


def _need(action: Action, wanted: Sequence[Dimension], served: Counter[Dimension]) -> int:
    """How soon the action is wanted: what is to be worked on takes turns."""
    turns = [served[one] * len(wanted) + place for place, one in enumerate(wanted) if one in action.dimensions]
    return min(turns, default=1_000)


def _with_reason(action: Action, reviewed: Reviewed | None) -> Proposal:
    return Proposal(action, reason(action, reviewed))


def reason(action: Action, reviewed: Reviewed | None) -> str:
    """Why the action may fit the network, in a sentence or two."""
    return f"{_why(action, reviewed)} {_for_whom(action, reviewed)}".strip()


def _why(action: Action, reviewed: Reviewed | None) -> str:
    wanted = [one for one in (reviewed.weak if reviewed else ()) if one in action.dimensions]
    if reviewed is None or not wanted:
        return f"It helps with {listed([one.value for one in action.dimensions])}."
    named = {one.dimension for one in reviewed.result.points if one.kind is PointKind.WORK_ON}
    if wanted[0].value in named:
        return f"You want to work on {wanted[0].value}."
    return f"Your levels for {wanted[0].value} were among the lowest."


def _for_whom(action: Action, reviewed: Reviewed | None) -> str:
    if action.is_for_any_network:
        return "It fits any network."
    made_for = made_for_kind(action, reviewed.kind) if reviewed else []
    return f"It fits a network that {FITS[type(made_for[0])][made_for[0]]}." if made_for else ""
