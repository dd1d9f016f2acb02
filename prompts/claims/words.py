"""Words of a text: folded, split into clauses, and cut down to stems, to lay two texts beside each other."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from prompts.claims.vocabulary import FUNCTION, IRREGULAR, REPORTING, SYNONYMS

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|£?\d+(?:[.,]\d+)*(?:%|st\b|nd\b|rd\b|th\b)?")
_CLAUSE = re.compile(
    r"[.!?;:]+(?=\s|$)|\s[-–—]\s|,?\s+(?:but|although|though|while|whereas|because|so that|unless)\s+"
    r"|,?\s+(?:and\s+)?(?=not\s+(?:at|in|on|the|a|by|for|with|to|from)\b)|,\s+(?:and|as|so|or|which|since|until|after|before)\s+"
    r"|\s+and\s+(?=(?:the|a|an|it|they|we|he|she|nobody|some|now|\d)\b)",
    re.IGNORECASE,
)
_STRAIGHT = str.maketrans("‘’“”\u2010\u2011", "''\"\"--")
_UNSEEN = ("Cf", "Cc", "Co", "Cn")
_SUFFIXES = (
    ("iness", "y"), ("ies", "y"), ("ied", "y"), ("ing", ""), ("edly", ""), ("ed", ""), ("ation", "at"), ("ators", "at"),
    ("ator", "at"), ("ers", ""), ("er", ""), ("ance", ""),
    ("ments", ""), ("ment", ""), ("ness", ""), ("ally", "al"), ("ly", ""),
    ("ives", "ive"), ("als", ""), ("al", ""), ("ions", ""), ("ion", ""), ("ses", "s"), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def folded(text: str) -> str:
    """The text in its plain letters, with straight quotation marks and without what nobody sees."""
    plain = unicodedata.normalize("NFKC", text).translate(_STRAIGHT)
    return "".join(
        each for each in plain if each in "\n\t" or unicodedata.category(each) not in ("Cf", "Cc", "Co", "Cn")
    )


def stem(word: str) -> str:
    """A word's stem, the same for its forms and for words that say the same here."""
    low = word.lower().removesuffix("'s").removesuffix("'")
    low = IRREGULAR.get(low, low)
    if low in SYNONYMS:
        return SYNONYMS[low]
    short = low
    for suffix, ending in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= 3 and not (suffix == "s" and low.endswith("ss")):
            short = low[: len(low) - len(suffix)] + ending
            break
    if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "lsz":
        short = short[:-1]
    return SYNONYMS.get(short, SYNONYMS.get(short + "e", short))


def content(text: str) -> frozenset[str]:
    """The stems of the words that say something: no numbers, no small words, none that only tell of telling."""
    words = (word for word in WORD.findall(text) if word[0].isalpha())
    return frozenset(stem(word) for word in words if is_content(word))


def is_content(word: str) -> bool:
    """True for a word that says something by itself."""
    low = word.lower()
    return low not in FUNCTION and low not in REPORTING and len(low) > 1


@dataclass(frozen=True)
class Clause:
    """A clause as it stands in its sentence, and the stems in it."""

    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """What it says."""
        return content(self.text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words and numbers in order, in small letters."""
        return tuple(word.lower() for word in WORD.findall(self.text))


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, one at least; a question ends in ¿."""
    marked = re.sub(r"\?(?=\s|$)", " ¿.", text)
    found = [Clause(part.strip()) for part in _CLAUSE.split(marked) if WORD.search(part)]
    return tuple(found) or (Clause(text),)


def best(clause: Clause, among: tuple[Clause, ...]) -> list[Clause]:
    """Those of the clauses that have the most in common with this one; none where nothing is."""
    shared = [(len(clause.stems & other.stems), other) for other in among]
    most = max((count for count, _ in shared), default=0)
    return [other for count, other in shared if count == most] if most else []
