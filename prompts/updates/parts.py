"""Splits what is too long for one request into parts under a budget, and puts the answers together again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from prompts.updates.shape import SECTIONS, Answer, Fact, Request, Sentence

MOST_CHARACTERS = 24_000
"""Of facts in one request: about 8,000 tokens, which small models that run on one's own machine take too."""
MOST_PARTS = 6
"""Requests for one update at the most."""
MOST_IN_SECTION = 8
"""Sentences of one section at the most; an update is one page."""
FRAME = 60
"""Characters that a fact's number, section and date take."""


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of a request, each under the budget, and the numbers of the facts that found no room in any."""

    parts: tuple[Request, ...]
    left_out: tuple[int, ...]


def split(request: Request, characters: int = MOST_CHARACTERS, parts: int = MOST_PARTS) -> Split:
    """Split by section and then by month, as few parts as fit; a fact is whole in one part, or left out whole.

    Where there are more than `parts`, the oldest facts of each section are left out first, in turn.
    """
    fitting = [fact for fact in request.facts if _size(fact) <= characters]
    kept = _newest(fitting, characters * parts)
    packed: list[list[Fact]] = []
    while len(packed := _packed(kept, characters)) > parts:
        kept = _without_oldest(kept, sum(_size(fact) for batch in packed[parts:] for fact in batch))
    shown = {fact.number for fact in kept}
    left_out = tuple(fact.number for fact in request.facts if fact.number not in shown)
    return Split(tuple(replace(request, facts=tuple(batch)) for batch in packed), left_out)


def together(answers: Iterable[Answer], left_out: tuple[int, ...] = (), most: int = MOST_IN_SECTION) -> Answer:
    """One answer of those to the parts: their sentences by section, each once, `most` a section, taken in turns."""
    listed = list(answers)
    chosen = [
        sentence
        for section in SECTIONS
        for sentence in _in_turns([[one for one in each.sentences if one.section == section] for each in listed], most)
    ]
    return Answer(tuple(chosen), sum(each.lost for each in listed), left_out)


def _size(fact: Fact) -> int:
    return len(fact.text) + len(fact.by) + FRAME


def _place(fact: Fact) -> tuple[int, int, int]:
    order = SECTIONS.index(fact.section) if fact.section in SECTIONS else len(SECTIONS)
    return order, fact.on.year, fact.on.month


def _packed(facts: Sequence[Fact], characters: int) -> list[list[Fact]]:
    """Batches under the budget; a section's month stays together where it fits in a batch of its own."""
    batches: list[list[Fact]] = [[]]
    room = characters
    for _, group in groupby(sorted(facts, key=lambda fact: (*_place(fact), fact.number)), key=_place):
        month = list(group)
        whole = sum(_size(fact) for fact in month)
        for fact in month:
            if _size(fact) > room or (fact is month[0] and room < whole <= characters):
                batches.append([])
                room = characters
            batches[-1].append(fact)
            room -= _size(fact)
    return [batch for batch in batches if batch]


def _newest(facts: Sequence[Fact], characters: int) -> list[Fact]:
    over = sum(_size(fact) for fact in facts) - characters
    return _without_oldest(facts, over) if over > 0 else list(facts)


def _without_oldest(facts: Sequence[Fact], over: int) -> list[Fact]:
    """Without the oldest of each section in turn, until so many characters have gone."""
    gone: set[int] = set()
    for fact in _oldest_in_turn(facts):
        if over <= 0:
            break
        gone.add(fact.number)
        over -= _size(fact)
    return [fact for fact in facts if fact.number not in gone]


def _oldest_in_turn(facts: Sequence[Fact]) -> Iterator[Fact]:
    by_age = sorted(facts, key=lambda fact: (fact.on, fact.number))
    columns = [list(group) for _, group in groupby(sorted(by_age, key=_section), key=_section)]
    for row in zip_longest(*columns):
        yield from (fact for fact in row if fact is not None)


def _section(fact: Fact) -> int:
    return _place(fact)[0]


def _in_turns(columns: Sequence[Sequence[Sentence]], most: int) -> list[Sentence]:
    """The first of each, then the second of each, until there are enough; then in the order of the parts again."""
    seen: dict[str, tuple[int, int]] = {}
    chosen: dict[tuple[int, int], Sentence] = {}
    for row, sentences in enumerate(zip_longest(*columns)):
        for column, sentence in enumerate(sentences):
            if sentence is None or len(chosen) == most:
                continue
            key = " ".join(sentence.text.lower().split())
            if key not in seen:
                seen[key] = (column, row)
                chosen[column, row] = sentence
    return [chosen[place] for place in sorted(chosen)]
