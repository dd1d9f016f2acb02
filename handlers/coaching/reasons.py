"""Says in plain words why a coaching question was chosen; each reason names only what is true of the person's input."""

from collections.abc import Iterable, Mapping
from datetime import date

from handlers.kit import text
from prompts.coaching import Part, Question
from prompts.kinds import Dimension, Governance, Kind, Origin, Stage, Stance

DIMENSIONS: Mapping[Dimension, str] = {
    Dimension.PURPOSE: "what the network is for",
    Dimension.STRUCTURE: "how people decide and work together",
    Dimension.MASS: "who takes part and what they gain",
    Dimension.INTELLIGENCE: "how people share what they learn",
    Dimension.COMMUNITY: "how people get to know each other",
}
PARTS: Mapping[Part, str] = {
    Part.MEMBER: "you belong to a network",
    Part.COORDINATOR: "you co-ordinate a network",
    Part.LEADER: "you lead a network",
}
STAGES: Mapping[Stage, str] = {
    Stage.STARTING: "that is just starting",
    Stage.GROWING: "that is growing",
    Stage.ESTABLISHED: "that is well established",
    Stage.ENDING: "that is coming to its end",
}
GOVERNANCE: Mapping[Governance, str] = {
    Governance.ENCLAVE: "where nobody is in charge of the others",
    Governance.MANAGED: "where a core steers the work",
    Governance.INDIVIDUALISTIC: "whose members mostly go their own ways",
}
ORIGINS: Mapping[Origin, str] = {
    Origin.INSIDE: "that its own members began",
    Origin.OUTSIDE: "that was set up from outside",
    Origin.BOTH: "that was begun both from inside and from outside",
}
STANCES: Mapping[Stance, str] = {
    Stance.SUPPORTS: "that helps its organisations with their aims",
    Stance.CHALLENGES: "that challenges how things are done",
    Stance.BOTH: "that both helps and questions its organisations",
}
EARLIER = "because of what an earlier review of your network said"
"""Stands for a reason from a review that its person can read no more, or that a newer one has overtaken."""
OWN = "because it is one of your network’s own questions"
_WEAK = "because the last review of your network points to "
_REVIEWED = ", as its last review says"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WEEKS_OF_A_YEAR = 52


def of_plan(moment_on: date) -> str:
    """For a plan whose moment is behind."""
    return f"because the moment of your plan, {text.day(moment_on)}, has passed"


def of_goal(title: str, weeks_quiet: int) -> str:
    """For a goal that nobody has touched for so many weeks; the title as it is shown."""
    return f"because your goal “{title}” has been quiet for {_weeks(weeks_quiet)}"


def wrote_about(dimension: Dimension) -> str:
    """For a dimension that the person's own last words are on."""
    return f"because you last wrote about {DIMENSIONS[dimension]}"


def is_weak(dimension: Dimension) -> str:
    """For a dimension that the network's last review found weak."""
    return f"{_WEAK}{DIMENSIONS[dimension]}"


def of_network(
    question: Question, part: Part, known: Stage | Governance | Origin | Stance | None, *, is_reviewed: bool = False
) -> str:
    """For a question that fits the person's part, and what is known of the network where the question turns on it.

    `is_reviewed`: it is known from a review.
    """
    if known is not None:
        return f"because {PARTS[part]} {_which(known)}{_REVIEWED if is_reviewed else ''}"
    if question.dimension is None:
        return f"because {PARTS[part]}"
    return f"because {PARTS[part]}, and it is time for a question on {DIMENSIONS[question.dimension]}"


def is_of_review(reason: str) -> bool:
    """True for a reason that repeats what a review says."""
    return reason.startswith(_WEAK) or reason.endswith(_REVIEWED)


def is_said(reason: str, weak: Iterable[Dimension], kind: Kind) -> bool:
    """True if a review that finds the network weak there, and of that kind, says what such a reason repeats."""
    known = (kind.stage, kind.governance, kind.origin, kind.stance)
    endings = (f"{_which(one)}{_REVIEWED}" for one in known if one is not None)
    return reason in map(is_weak, weak) or reason.endswith(tuple(endings))


def _which(known: Stage | Governance | Origin | Stance) -> str:
    if isinstance(known, Stage):
        return STAGES[known]
    if isinstance(known, Governance):
        return GOVERNANCE[known]
    return ORIGINS[known] if isinstance(known, Origin) else STANCES[known]


def _weeks(number: int) -> str:
    if number > _WEEKS_OF_A_YEAR:
        return "more than a year"
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} week{'' if number == 1 else 's'}"
