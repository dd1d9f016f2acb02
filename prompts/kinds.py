"""What makes a network work, and in what ways networks differ: the words that questions, reviews and plans share."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Dimension(StrEnum):
    """What makes a network work: the five of "Effective networks for improvement" (Health Foundation, March 2014)."""

    PURPOSE = "common purpose"
    STRUCTURE = "co-operative structure"
    MASS = "critical mass"
    INTELLIGENCE = "collective intelligence"
    COMMUNITY = "community building"


class Stage(StrEnum):
    """Where a network is in its life."""

    STARTING = "starting"
    GROWING = "growing"
    ESTABLISHED = "established"
    ENDING = "ending"


class Governance(StrEnum):
    """How a network is held together (Goodwin, 6 et al. 2004): by equals, by a core, or by one who gathers."""

    ENCLAVE = "enclave"
    MANAGED = "managed"
    INDIVIDUALISTIC = "individualistic"


class Origin(StrEnum):
    """Whether a network was begun by its members, for them, or both."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    BOTH = "both"


class Stance(StrEnum):
    """How a network stands to what its organisations want."""

    SUPPORTS = "supports"
    CHALLENGES = "challenges"
    BOTH = "both"


class Function(StrEnum):
    """What a network is mostly there to do (after Malby and Mervyn 2012): learn, develop services, or speak up."""

    LEARNING = "learning"
    DEVELOPMENT = "development"
    ADVOCACY = "advocacy"


class Axis(StrEnum):
    """The five ways in which networks differ; a network's kind is one value on each, never one label."""

    GOVERNANCE = "governance"
    FUNCTION = "function"
    ORIGIN = "origin"
    STANCE = "stance"
    STAGE = "stage"


AXES: Mapping[Axis, type[StrEnum]] = {
    Axis.GOVERNANCE: Governance,
    Axis.FUNCTION: Function,
    Axis.ORIGIN: Origin,
    Axis.STANCE: Stance,
    Axis.STAGE: Stage,
}
"""The values of each."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of network it is, as far as its people agreed; None where they did not, or were not sure."""

    governance: Governance | None = None
    function: Function | None = None
    origin: Origin | None = None
    stance: Stance | None = None
    stage: Stage | None = None
