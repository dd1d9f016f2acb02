"""What an update says to its readers: only sentences whose sources they may read, just as somebody looked at them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.kit.content import Chart
from handlers.kit.facts import Fact, Section
from handlers.kit.text import counted, days_in_words
from handlers.updates import stale
from handlers.updates.stale import Line, Standing
from storage.draft_records import Draft, Origin
from storage.records import Audience, Network

TITLES = {
    Section.PRACTICE: "What changed in practice",
    Section.GOALS: "Goals",
    Section.CONNECTIONS: "New connections",
    Section.HEALTH: "How the network is",
    Section.LEARNED: "What did not work",
    Section.HELP: "Help wanted",
    Section.NEXT: "What comes next",
}
EMPTY = {
    Section.PRACTICE: "Nobody shared what changed in practice.",
    Section.GOALS: "No goal moved in these days.",
    Section.CONNECTIONS: "Nobody shared a new connection.",
    Section.HEALTH: "There are no figures that these readers may see.",
    Section.LEARNED: "Nobody shared what did not work.",
    Section.HELP: "Nobody asked for help here.",
    Section.NEXT: "Nobody shared what comes next.",
}
"""What an empty section says in its one line."""
READ_BY = {
    Audience.NETWORK: "Everyone in the network can read it once it is posted.",
    Audience.FACULTY: "The network and the faculty can read it once it is posted or shared.",
    Audience.FUNDER: "The network, the faculty and funders can read it once it is posted or shared.",
}
"""Who will be able to read it."""
READERS = {
    Audience.NETWORK: "everyone in the network",
    Audience.FACULTY: "the network and the faculty",
    Audience.FUNDER: "the network, the faculty and funders",
}
"""The same in a few words."""
STRUCK = "What stood here is not shown any more."
CONFIRM = "Those named can say more about it."
EDITED = "(edited)"
MARK = "(not sure)"
"""Stands behind a sentence of a model that the guard was not sure of."""


@dataclass(frozen=True, slots=True)
class Told:
    """One section: its lines, and of how many more facts it could tell. `struck`: lines whose source is gone."""

    section: Section
    lines: tuple[Line, ...]
    more: int = 0
    struck: int = 0
    is_left_out: bool = False

    @property
    def title(self) -> str:
        """Its heading."""
        return TITLES[self.section]

    @property
    def charts(self) -> list[Chart]:
        """The figures over time that go with its lines, each once."""
        found = (fact.chart for line in self.lines for fact in line.facts)
        return list(dict.fromkeys(chart for chart in found if chart is not None))

    @property
    def last(self) -> str:
        """What stands under its lines: that there is none, or who can confirm them."""
        if not self.lines:
            return STRUCK if self.struck else EMPTY[self.section]
        is_quoted = any(fact.is_quoted and fact.by for line in self.lines for fact in line.facts)
        return CONFIRM if self.section is Section.PRACTICE and is_quoted else ""


@dataclass(frozen=True, slots=True)
class Document:
    """An update as a whole. `notes`: how it was made and who approved it."""

    draft: Draft
    network: Network
    sections: tuple[Told, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose update it is, and of which days."""
        return f"{self.network.name}: {days_in_words(self.draft.first_on, self.draft.last_on)}"

    @property
    def purpose(self) -> str:
        """What the network is for; empty where nobody has said."""
        return self.network.purpose.strip()

    @property
    def lines(self) -> list[Line]:
        """Every line in its order."""
        return [line for told in self.sections for line in told.lines]


def whole(draft: Draft, network: Network, lines: Sequence[Line], facts: Sequence[Fact]) -> Document:
    """The update as those who write it see it: every section and line, also what needs a look."""
    rest = stale.unused(lines, facts)
    sections = tuple(
        Told(
            section,
            tuple(line for line in lines if line.section is section),
            len(rest[section]),
            is_left_out=draft.part(section.value).is_left_out,
        )
        for section in Section
    )
    return Document(draft, network, sections, notes(draft, lines))


def for_readers(draft: Draft, network: Network, lines: Sequence[Line]) -> Document:
    """The update as its readers see it: no section that was left out, no line whose sources do not all stand. A figure
    of ours is what it is today."""
    sections = []
    for section in Section:
        if draft.part(section.value).is_left_out:
            continue
        mine = [line for line in lines if line.section is section]
        standing = tuple(line for line in mine if line.standing is Standing.STANDS or _is_todays(line))
        sections.append(Told(section, standing, struck=len(mine) - len(standing)))
    return Document(draft, network, tuple(sections), notes(draft, lines))


def _is_todays(line: Line) -> bool:
    return line.is_figure and line.sentence.origin is Origin.FACTS


def notes(draft: Draft, lines: Iterable[Line]) -> tuple[str, ...]:
    """How the update was made, and who approved it, for everyone who reads it."""
    found = [f"It is made of what people chose to share with {READERS[draft.audience]}."]
    if draft.shows_model:
        found.append(by_model(draft))
    found.extend(_by_hand(line for line in lines if not draft.part(line.sentence.section).is_left_out))
    if draft.is_approved and draft.approval.by:
        found.append(f"{draft.approval.by} approved it.")
    return tuple(found)


def _by_hand(lines: Iterable[Line]) -> Iterable[str]:
    """How many lines each person wrote or edited."""
    writers = Counter(
        line.sentence.author_name or "Someone who has left" for line in lines if line.sentence.origin is Origin.PERSON
    )
    return (f"{name} wrote or edited {counted(count, 'line', 'lines')}." for name, count in writers.items())


def by_model(draft: Draft) -> str:
    """Names the model and its instructions, and says what the guard did."""
    writing = draft.writing
    said = f"A model wrote sentences from the same facts: {writing.model}, with instructions {writing.prompt_version}."
    left = (
        f" {counted(writing.dropped, 'sentence was', 'sentences were')} dropped as unsure." if writing.dropped else ""
    )
    marked = f" {counted(writing.marked, 'is', 'are')} marked {MARK}." if writing.marked else ""
    return f"{said}{left}{marked}"


def text_of(line: Line) -> str:
    """The line's words as they are shown, with a mark where a person edited it, or the guard was not sure."""
    marks = [EDITED] * line.sentence.is_edited + [MARK] * line.sentence.is_marked
    return " ".join([line.text, *marks])
