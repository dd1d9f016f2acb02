"""Scope: whether a sentence speaks of as much, or as many, as its facts do."""

import re
from collections.abc import Sequence

from prompts.claims.ground import Ground
from prompts.claims.numbers import numbers
from prompts.claims.quantities import quantities
from prompts.claims.vocabulary import listed
from prompts.claims.words import Clause, best

_EST = re.compile(
    r"\b(?:best|worst|biggest|most\s+(?!people|of\b|\w+s\b)\w+|[a-z]{3,}(?<!inter)(?<!requ)(?<!sugg)est)\b"
)
_NO_EST = frozenset(
    listed("test rest west latest interest request suggest harvest guest forest honest invest protest contest digest")
)


def scope_differs(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if the sentence speaks of more, or of another share, than the facts do."""
    told = tuple(clause for ground in grounds for clause in ground.clauses)
    there = frozenset(each for ground in grounds for each in ground.quantities)
    for part in parts:
        nearest = best(part, told)
        for level, noun in quantities(part.text):
            same = [other for found, other in there if found == level]
            if not same or (noun and not any(_is_same(noun, other, told) for other in same)):
                return True
            if noun and level in ("all", "most") and _is_counted(noun, level, nearest):
                return True
    return _has_unsaid_superlative(parts, grounds)


def _is_same(noun: str, other: str, told: Sequence[Clause]) -> bool:
    """True if what is said of the one is said of the other: the same noun, or none beside it."""
    return noun == other or not other or any({noun, other} <= clause.stems for clause in told)


def _is_counted(noun: str, level: str, nearest: Sequence[Clause]) -> bool:
    """True if the clauses that say the same count these, or speak of another share of them."""
    if not nearest:
        return False
    for clause in nearest:
        shares = [found for found, other in quantities(clause.text) if other == noun]
        counts = [number for number in numbers(clause.text) if noun in number.nouns]
        if level in shares or not (shares or counts):
            return False
    return True


def _has_unsaid_superlative(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    said = {found for part in parts for found in _EST.findall(part.text.lower()) if found not in _NO_EST}
    return any(not any(found in ground.text.lower() for ground in grounds) for found in said)
