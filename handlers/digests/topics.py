"""What networks could learn from each other: words that people of several networks use in what the faculty may read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.kit.facts import Fact
from prompts.digests import common_words

MOST = 3
"""Topics of one digest."""
MOST_NETWORKS = 4
"""A topic that more networks have is the programme's daily bread, and no news to any."""
_LETTERS = 5
"""Shorter words seldom name a matter."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMMON = common_words()


@dataclass(frozen=True, slots=True)
class Topic:
    """A word that several networks use, and by network's id the fact in which it stands."""

    word: str
    facts: tuple[tuple[int, Fact], ...]


def shared(facts: Iterable[Fact]) -> list[Topic]:
    """The topics that two to four networks share, those that are said most often first, each in their words.

    Only quoted words count. One fact of a network stands for it, the newest; and one fact is told once.
    """
    said: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.is_quoted:
            for stem in {_stem(word) for word in words_in(fact.text)}:
                said[stem][fact.network_id].append(fact)
    some = [(stem, by) for stem, by in said.items() if 2 <= len(by) <= MOST_NETWORKS]
    some.sort(key=lambda one: (-sum(map(len, one[1].values())), -len(one[0]), one[0]))
    return _first(some)


def _first(some: Sequence[tuple[str, dict[int, list[Fact]]]]) -> list[Topic]:
    topics: list[Topic] = []
    told: set[str] = set()
    for stem, by_network in some:
        newest = [(network_id, max(of, key=lambda one: (one.on, one.key))) for network_id, of in by_network.items()]
        if told & {fact.key for _, fact in newest}:
            continue
        told.update(fact.key for _, fact in newest)
        topics.append(Topic(_as_written(stem, newest[0][1]), tuple(sorted(newest, key=lambda one: one[0]))))
        if len(topics) == MOST:
            break
    return topics


def words_in(text: str) -> list[str]:
    """The words of a text that may name a matter, in small letters."""
    found = (word.casefold() for word in _WORD.findall(text))
    return [word for word in found if len(word) >= _LETTERS and word not in _COMMON and _stem(word) not in _COMMON]


def _stem(word: str) -> str:
    """A word without its plural, so that "workshops" meets "workshop"."""
    if word.endswith("ies") and len(word) > _LETTERS + 1:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > _LETTERS else word


def _as_written(stem: str, fact: Fact) -> str:
    return next(word for word in words_in(fact.text) if _stem(word) == stem)
