"""How plain words are measured, for the questions, reviews and plans that come with Weaver."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HARDEST = 6.0
"""The automated readability index is an American school grade; the sixth is that of children of eleven."""
MOST_WORDS = 20

UNFIT = {
    "shame": r"fail\w*|fault|blame|guilt\w*|asham\w+|sham\w+|lazy|excus\w+|should you|you should|should have|ought"
    r"|still not|neglect\w*|ignor\w+|forgot\w*|overdue|too late|behind schedule|wrong|weak\w*|bad|poor\w*|mistake\w*",
    "jargon": r"stakeholder\w*|synerg\w+|leverag\w+|empower\w*|impact\w*|strateg\w+|facilitat\w+|engag\w+|deliver\w*"
    r"|learnings|outcome\w*|capacity|align\w*|vision|mission|ecosystem|paradigm|robust|scal(?:e up|able)|metric\w*"
    r"|kpi\w*|driver\w*|enabler\w*|barrier\w*|journey|toolkit|co-produc\w+|holistic|bandwidth|granular",
    "cheer": r"amazing|awesome|brilliant|congratulations|excit\w+|fantastic|great|super|wonderful|passion\w*|rock",
    "American": r"\w+iz(?:e|ed|es|ing|ation)|behavior|center|color|favorite|labor|program|learned",
}
"""What our words never say, by what is wrong with it."""
MEASURING = {"measuring people": r"scor\w+|assess\w*|matur\w+|validat\w*|rat(?:e|ed|es|ing|ings)|rank\w*|perform\w*"}
"""What is never said where people look at their own network."""


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[\w’-]*\w", text)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in re.split(r"(?<=[.?!])\s+", text.strip()) if one]


def as_sentences(texts: Iterable[str]) -> str:
    """Texts as one, each ended like a sentence, so that an index can be taken of it."""
    return " ".join(one if one[-1] in ".?!" else f"{one}." for one in texts)


def unfit(text: str, kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """What in a text does not fit, by what is wrong with it."""
    return {what: hits for what, said in kinds.items() if (hits := re.findall(rf"\b(?:{said})\b", text, re.IGNORECASE))}


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Which part of the words of both stands in both."""
    return len(one & other) / len(one | other) if one | other else 0
