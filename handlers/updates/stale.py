"""Compares what a draft rests on with what its readers may read now: which sentence stands, changed, or may be shown to
nobody."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.facts import Fact, Section
from handlers.updates import drafted, rules
from storage.draft_records import Origin, Sentence


class Standing(enum.Enum):
    """How a sentence stands beside its sources."""

    STANDS = "stands"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it may be shown now. `facts`: its sources that the update's readers may read.

    `text` is empty where a source is gone: withdrawn, erased, or shared with fewer people. `is_figure`: all that
    changed is a number of ours, and nobody's words.
    """

    sentence: Sentence
    text: str
    standing: Standing
    facts: tuple[Fact, ...] = ()
    is_figure: bool = False

    @property
    def section(self) -> Section:
        """The section that it stands in."""
        return Section(self.sentence.section)


def lines(sentences: Iterable[Sentence], facts: Iterable[Fact]) -> list[Line]:
    """Each sentence as it may be shown now. `facts` are all that the update's readers may read of its days."""
    by_key = {one.key: one for one in facts}
    return [_line(sentence, by_key) for sentence in sentences]


def _line(sentence: Sentence, by_key: Mapping[str, Fact]) -> Line:
    found = in_order(by_key[one.key] for one in sentence.sources if one.key in by_key)
    missing = len(found) < len(sentence.sources)
    changed = [by_key[one.key] for one in sentence.sources if one.key in by_key and by_key[one.key].stamp != one.stamp]
    if sentence.origin is Origin.FACTS:
        return _drawn(sentence, found, changed, missing=missing)
    if missing or not sentence.text:
        return Line(sentence, "", Standing.GONE, found)
    return Line(sentence, sentence.text, Standing.CHANGED if changed else Standing.STANDS, found, _figures(changed))


def _drawn(sentence: Sentence, found: tuple[Fact, ...], changed: Sequence[Fact], *, missing: bool) -> Line:
    """A sentence that is drawn from its facts: the first of those that are left gives it its words."""
    if not found:
        return Line(sentence, "", Standing.GONE)
    text = drafted.said(found)
    standing = Standing.CHANGED if changed or missing else Standing.STANDS
    return Line(sentence, text, standing, found, _figures(changed) and not missing)


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of a sentence in the order in which it quotes them: the oldest words first."""
    return tuple(sorted(facts, key=lambda one: (one.on, one.key)))


def _figures(changed: Sequence[Fact]) -> bool:
    return bool(changed) and all(one.person_id is None and not one.is_quoted for one in changed)


def stale(found: Iterable[Line]) -> list[Line]:
    """The lines that somebody must look at."""
    return [one for one in found if one.standing is not Standing.STANDS]


def hidden(found: Iterable[Line]) -> list[int]:
    """The ids of sentences that hold words which may be shown to nobody any more."""
    return [one.sentence.id for one in found if one.standing is Standing.GONE and one.sentence.text]


def unused(found: Iterable[Line], facts: Iterable[Fact]) -> dict[Section, list[Fact]]:
    """By section, what was shared that stands in no sentence, the newest first."""
    used = {source.key for one in found for source in one.sentence.sources}
    rest: dict[Section, list[Fact]] = {section: [] for section in Section}
    for fact in sorted(rules.in_words_where_said(facts), key=lambda one: (one.on, one.key), reverse=True):
        if fact.key not in used:
            rest[fact.section].append(fact)
    return rest
