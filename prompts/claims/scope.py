"""Scope: how much or how many a text speaks of, from all to none, and of what."""

import re
from collections.abc import Sequence
from functools import cache

from prompts.claims.ground import Ground
from prompts.claims.numbers import numbers
from prompts.claims.vocabulary import listed
from prompts.claims.words import Clause, best, is_content, stem

_LEVELS = {
    word: level
    for level, words in {
        "all": "all every each everyone everybody everything always whole entire entirely fully completely everywhere",
        "most": "most mostly majority largely nearly",
        "many": "many lots numerous several various countless",
        "few": "few hardly barely rarely seldom scarcely",
        "only": "only solely just alone",
        "never": "never ever",
        "none": "nobody none",
    }.items()
    for word in words.split()
}  # fmt: skip
_ALONE = frozenset(
    listed("everyone everybody everything always never ever nobody none entirely fully completely mostly")
)
_EST = re.compile(
    r"\b(?:best|worst|biggest|most\s+(?!people|of\b|\w+s\b)\w+|[a-z]{3,}(?<!inter)(?<!requ)(?<!sugg)est)\b"
)
_NO_EST = frozenset(
    listed("test rest west latest interest request suggest harvest guest forest honest invest protest contest digest")
)
_A_FEW = re.compile(r"\b(?:a|quite a) few\b")


@cache
def _quantities(text: str) -> tuple[tuple[str, str], ...]:
    """Each word of quantity in the text, as its level and the stem of what it is said of ("" for nothing)."""
    tokens = Clause(_A_FEW.sub("some", text.lower())).tokens
    found = []
    for at, token in enumerate(tokens):
        if token in _LEVELS and not (token == "most" and at and tokens[at - 1] == "at"):
            found.append((_LEVELS[token], "" if token in _ALONE else _noun(tokens[at + 1 : at + 6])))
    return tuple(found)


def _noun(tokens: Sequence[str]) -> str:
    named = [stem(token) for token in tokens if token[0].isalpha() and (is_content(token) or token in _GENERIC)]
    return named[0] if named else ""


_GENERIC = frozenset(listed("people person member members practice practices team teams goal goals network networks"))


def scope_differs(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    """True if the sentence speaks of more, or of another share, than the facts do."""
    told = tuple(clause for ground in grounds for clause in ground.clauses)
    there = [each for clause in told for each in _quantities(clause.text)]
    for part in parts:
        nearest = best(part, told)
        for level, noun in _quantities(part.text):
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
        shares = [found for found, other in _quantities(clause.text) if other == noun]
        counts = [number for number in numbers(clause.text) if noun in number.nouns]
        if level in shares or not (shares or counts):
            return False
    return True


def _has_unsaid_superlative(parts: Sequence[Clause], grounds: Sequence[Ground]) -> bool:
    said = {found for part in parts for found in _EST.findall(part.text.lower()) if found not in _NO_EST}
    return any(not any(found in ground.text.lower() for ground in grounds) for found in said)
