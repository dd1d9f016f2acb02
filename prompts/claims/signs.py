"""Signs: whether something is so or not, went up or down, has happened or is only planned."""

import re
from collections.abc import Iterable, Sequence

from prompts.claims.ground import Ground
from prompts.claims.numbers import numbers
from prompts.claims.vocabulary import FUNCTION, listed
from prompts.claims.words import Clause, best, stem

_NOT = frozenset(listed("no not never nobody none nothing neither nor without cannot unable failed fails fail"))
_UP = (
    "rise rose risen increase increases increased increasing grow grew grown gain gained more higher longer climbed "
    "greater"
)
_DOWN = (
    "fall fell fallen decrease decreased drop dropped decline declined shrink shrank reduced reduce fewer less lower "
    "shorter cut cuts"
)
_AXES = tuple(
    (frozenset(left.split()), frozenset(right.split()))
    for left, right in (
        (_UP, _DOWN),
        (
            "better improved improve improves improving improvement stronger easier safer happier",
            "worse worsened worsening weaker harder",
        ),
        ("achieved achieve achieves reached completed succeeded", "let abandoned"),
        ("faster quicker sooner earlier", "slower later"),
        ("open opens opened reopened", "close closed closes shut"),
        ("start starts started starting begin began begun launched", "stop stopped stops end ended ends ceased"),
        ("track", "behind overdue slipped"), ("likely", "unlikely"),
        ("join joins joined signed", "leave leaves left resigned"),
        ("agree agrees agreed approved accepted", "refused refuse rejected disagreed"),
        ("ahead happened held", "cancelled canceled postponed"),
        ("success successful works worked", "failed fails failure unsuccessful"),
        ("won win", "lost lose"), ("before", "after"), ("able possible", "unable impossible"),
    )
)  # fmt: skip
_DROPS = frozenset(("drop", "dropped"))
_NEEDS_GROUND = 4
"""The first axes say that something changed: that must be said by a fact, not only not be denied by one."""
_PLANS = frozenset(
    listed(
        """
        will would shall plan plans planned planning hope hopes hoped might may could aim aims intend intends
        want wants wanted consider considering if expect expects should need needs needed looking seek seeks
        seeking propose proposes proposed asks asked ask wish wishes next soon goal target objective track
        behind would-be upcoming due wants can helpful someone anyone
        """
    )
)
_MORE_OF = re.compile(
    r"\b(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|no|any)\s+(?:more|longer)|more than|less than)\b"
)


def is_denied(clause: Clause) -> bool:
    """True if the clause says that something is not so."""
    return any(token in _NOT or token.endswith("n't") for token in clause.tokens)


def sign_differs(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if the sentence denies what its facts say, says what they deny, or turns a direction round."""
    told = [clause for ground in grounds for clause in ground.clauses]
    denied = [clause for clause in told if is_denied(clause)]
    for part in parts:
        if is_denied(part):
            scope = _scope(part)
            if not any(scope & _all_stems(clause.tokens) or part.stems <= clause.stems for clause in denied):
                return True
        elif any(_says(part, _scope(clause)) for clause in denied) and not _is_also_said(part, told, denied):
            return True
    return _is_turned(parts, grounds) or _from_to_is_turned(parts, grounds)


def _scope(clause: Clause) -> frozenset[str]:
    """What a denial is about: what follows it in its clause, or the whole clause."""
    at = next(index for index, token in enumerate(clause.tokens) if token in _NOT or token.endswith("n't"))
    return _all_stems(clause.tokens[at + 1 :]) or clause.stems


def _all_stems(tokens: Iterable[str]) -> frozenset[str]:
    """The stems of all but the small words: "did not help" denies a word that says little elsewhere."""
    return frozenset(stem(token) for token in tokens if token[0].isalpha() and token not in FUNCTION)


def _says(part: Clause, scope: frozenset[str]) -> bool:
    return bool(scope) and len(_all_stems(part.tokens) & scope) >= 0.6 * len(scope)


def _is_also_said(part: Clause, told: Iterable[Clause], denied: Sequence[Clause]) -> bool:
    return any(len(part.stems & each.stems) >= 0.8 * len(part.stems) for each in told if each not in denied)


def _is_turned(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    text = _MORE_OF.sub(" ", " ".join(part.text for part in parts).lower())
    words = {token for token in Clause(text).tokens}
    if words & _DROPS and words & {"goal", "goals"}:  # a goal that is dropped has not become less
        words = words - _DROPS | {"abandoned"}
    told = frozenset().union(*(ground.words for ground in grounds), _directions(grounds))
    is_denied_somewhere = any(is_denied(part) for part in parts)
    for number, poles in enumerate(_AXES):
        for here, there in (poles, poles[::-1]):
            if not words & here or words & there or told & here:
                continue
            if told & there and not is_denied_somewhere:
                return True
            if (number < _NEEDS_GROUND or "stopped" in here & words) and not told & there:
                return True
    return False


_FROM_TO = re.compile(
    r"\bfrom\s+(.{1,40}?)\s+to\s+(.{1,40}?)(?=[.,;:]|\s(?:and|but|so|on|in|by|because)\b|$)", re.IGNORECASE
)
_WAS_IS = re.compile(r"\bwas\s+\"(.{1,80}?)\"\s+and is now\s+\"(.{1,80}?)\"", re.IGNORECASE)


def _directions(grounds: Iterable[Ground]) -> set[str]:
    """Which way the figures of the facts go, where one of them goes from one to another."""
    found = set()
    for ground in grounds:
        for start, end in _FROM_TO.findall(ground.text):
            values = [number.value for part in (start, end) for number in numbers(part)[:1]]
            if len(values) == 2:
                found.add("rose" if values[0] < values[1] else "fell")
    return found


def _from_to_is_turned(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if the sentence goes "from B to A" where a fact goes "from A to B"."""
    said = [_ends(found) for part in parts for found in _FROM_TO.findall(part.text)]
    told = [_ends(found) for ground in grounds for how in (_FROM_TO, _WAS_IS) for found in how.findall(ground.text)]
    return any(
        start & end_told and end & start_told and not start & start_told
        for start, end in said
        for start_told, end_told in told
    )


def _ends(found: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    first, second = (frozenset(Clause(end).tokens) - {"on", "in", "the", "a"} for end in found)
    return first - second, second - first


def is_only_planned(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if the sentence says as done what the facts only plan, hope, ask for or have as a goal."""
    words = {token for part in parts for token in part.tokens}
    quotes = any('"' in part.text for part in parts)
    if words & _PLANS or any(token.endswith("'ll") for token in words):
        return False
    told = tuple((clause, _is_plan(clause, ground, quotes=quotes)) for ground in grounds for clause in ground.clauses)
    for part in parts:
        nearest = best(part, tuple(clause for clause, _ in told))
        if nearest and len(part.stems) > 1 and all(plan for clause, plan in told if clause in nearest):
            return True
    return False


def _is_plan(clause: Clause, ground: Ground, *, quotes: bool) -> bool:
    """True for plans, questions, and goals by their title; a sentence that `quotes` the title speaks of the goal."""
    in_goal = ground.fact.section == "goals" and '"' in clause.text and not quotes
    hopes = _PLANS & set(clause.tokens) - {"next", "someone", "anyone", "may"}
    may = "may" in clause.tokens and "May" not in clause.text
    return in_goal or bool(hopes) or may or "¿" in clause.text
