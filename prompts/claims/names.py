"""The names in a text: capitalised words that no rule of spelling explains."""

import re

from prompts.claims.dates import dates
from prompts.claims.opening import OPENING
from prompts.claims.vocabulary import listed
from prompts.claims.words import folded, stem

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_OPENS = re.compile(r"(?:[.!?:]\s+|[\"“(]\s*)$")
_PLAIN_ENDINGS = (
    "ing",
    "ed",
    "tion",
    "tions",
    "ment",
    "ments",
    "ance",
    "ence",
    "ity",
    "ness",
    "ers",
    "ly",
    "ies",
    "als",
)
_NOT_NAMES = frozenset(listed("i i'm i've pm am"))


def names(text: str, known: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], ...]:
    """The names in the text, each as its words in order and in small letters.

    A word that only opens a sentence or a quotation counts where it is no common word, has no ending of one, and its
    stem is not `known`.
    """
    plain = dates(text)[1]
    plain = re.sub(r"(?i)\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b", " ", plain)
    found: list[list[str]] = []
    end = -1
    for word in _WORD.finditer(plain):
        if _is_name(word, plain, known):
            low = word[0].lower().removesuffix("'s").removesuffix("'")
            if found and plain[end : word.start()] in (" ", "\u00a0"):
                found[-1].append(low)
            else:
                found.append([low])
            end = word.end()
    return tuple(tuple(each) for each in found)


def _is_name(word: "re.Match[str]", text: str, known: frozenset[str]) -> bool:
    low = word[0].lower()
    if not word[0][0].isupper() or low in _NOT_NAMES:
        return False
    before = text[max(0, word.start() - 4) : word.start()]
    if not _OPENS.search(before) and (before.strip() or word.start() > 3):
        return True
    if any(each.isupper() for each in word[0][1:]):
        return True
    head = low.split("-")[0]
    if head in OPENING or stem(low) in known:
        return False
    if head.removesuffix("s") in OPENING:
        return _is_followed_by_name(word, text)
    return not head.endswith(_PLAIN_ENDINGS) or _is_followed_by_name(word, text)


def _is_followed_by_name(word: "re.Match[str]", text: str) -> bool:
    following = _WORD.match(text, word.end() + 1)
    return bool(following and following[0][0].isupper() and following[0] != "I")


def spoken(text: str) -> tuple[str, ...]:
    """The stems of all words of the text, in order: what names are looked for in."""
    return tuple(stem(word.lower().removesuffix("'s").removesuffix("'")) for word in _WORD.findall(folded(text)))


def has_name(name: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    """True if these stems, of a text, have the name's words beside each other, however they are written."""
    asked = tuple(stem(word) for word in name)
    return any(stems[at : at + len(asked)] == asked for at in range(len(stems)) if stems[at] == asked[0])
