"""Makes the draft that needs no model: its sentences from the facts, and a sentence's words from its facts."""

from collections.abc import Iterable, Sequence

from handlers.kit.facts import Fact
from handlers.kit.text import listed, short_day, shortened
from handlers.updates import rules
from storage.draft_records import Origin, Sentence, Source

QUOTED = 240
"""Characters of a quote; its source shows the rest."""
LONGEST = 360
"""Characters of a sentence of ours, which may hold a goal's name and a reason."""
MOST_NAMES = 3
"""Names that stand behind what several people say; the rest are counted."""


def sentences(facts: Iterable[Fact]) -> list[Sentence]:
    """The sentences of a draft: chosen, grouped, without doubles, and with all that each rests on."""
    grouped = rules.by_section(rules.in_words_where_said(rules.until_it_ended(facts)))
    return [of_facts(group) for found in grouped.values() for group in rules.chosen(found)]


def of_facts(group: Sequence[Fact]) -> Sentence:
    """The sentence that is drawn from these facts each time that it is shown."""
    return Sentence(group[0].section.value, Origin.FACTS, tuple(sources(group)))


def sources(facts: Iterable[Fact]) -> Iterable[Source]:
    """What a sentence that rests on these facts keeps of them."""
    return [Source(one.key, one.stamp, one.person_id) for one in facts]


def said(facts: Sequence[Fact]) -> str:
    """The words of a sentence: a quote with the names of those who shared it, or our own sentence as it is."""
    first = facts[0]
    if not first.is_quoted:
        return shortened(one_line(first.text), LONGEST)
    names = list(dict.fromkeys(one.by for one in facts if one.by))
    more = len(names) - MOST_NAMES
    shown = [*names[:MOST_NAMES], f"{more} more"] if more > 0 else names
    who = f" {listed(shown)}, {short_day(first.on)}." if shown else f" {short_day(first.on)}."
    return f"“{shortened(unquoted(first.text), QUOTED)}”{who}"


def tells_all(sentence: Sentence, facts: Sequence[Fact]) -> bool:
    """True for a sentence that says all that its one source says, so that nobody need read it twice."""
    if sentence.origin is not Origin.FACTS or len(facts) != 1:
        return False
    return len(one_line(facts[0].text)) <= (QUOTED if facts[0].is_quoted else LONGEST)


def unquoted(text: str) -> str:
    """The text on one line, without the marks that it may stand in already."""
    line = one_line(text)
    return line[1:-1].strip() if len(line) > 2 and line[0] in '“"' and line[-1] in '”"' else line


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
