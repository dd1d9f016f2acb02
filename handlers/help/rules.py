"""Finds what someone may have meant."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from handlers.kit.feature import CommandRoute

NEAREST = 3
NEARLY_TYPED = 0.7
"""The likeness in spelling from which on someone may have meant words that are not offered to others."""


def nearest(typed: str, routes: Sequence[CommandRoute]) -> list[CommandRoute]:
    """The three routes whose words, or help line, come nearest to what was typed; the nearest first."""
    words = typed.casefold()[:200]
    likely = [one for one in routes if one.offered or _spelled(words, one) >= NEARLY_TYPED]
    return sorted(likely, key=lambda route: -_likeness(words, route))[:NEAREST]


def _likeness(typed: str, route: CommandRoute) -> float:
    return _spelled(typed, route) + 0.3 * len(_long_words(typed) & _long_words(route.does.casefold()))


def _spelled(typed: str, route: CommandRoute) -> float:
    whole = max(_alike(typed, words) for words in (route.words, *route.also))
    return max(whole, _alike(" ".join(typed.split()[: route.words.count(" ") + 1]), route.words))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _long_words(text: str) -> set[str]:
    return {word.strip(".,?!'") for word in text.split() if len(word) > 4}
