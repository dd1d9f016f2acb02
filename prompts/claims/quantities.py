"""Words of quantity in a text, from all to none, each with what it is said of."""

import re
from collections.abc import Sequence

from prompts.claims.vocabulary import listed
from prompts.claims.words import Clause, is_content, stem

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
_A_FEW = re.compile(r"\b(?:a|quite a) few\b")


def quantities(text: str) -> tuple[tuple[str, str], ...]:
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
