"""The pages behind a draft: what each sentence rests on, what else was shared, and what has changed."""

from collections.abc import Iterable, Sequence
from zlib import crc32

from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, paragraph, plain
from handlers.kit.facts import Fact, Section
from handlers.kit.text import counted, day, short_day, shortened
from handlers.updates import document, drafted
from handlers.updates.stale import Line, Standing
from handlers.updates.views import GONE, SECTIONS, Seen, section_button
from storage.draft_records import Draft, Origin

PAGE = 5
"""Facts on one page of what else was shared."""
SHOWN = 600
"""Characters of a source; its own page shows the rest."""
OPENED = 8
"""Sources of one line that are shown with a button each; the rest are counted."""
HOW = {
    Origin.FACTS: "",
    Origin.MODEL: "A model wrote this line from these sources.",
    Origin.PERSON: "",
}


def number_of(key: str) -> int:
    """A short number for a fact's key, for buttons: looked up again among the facts at each press."""
    return crc32(key.encode()) % 1_000_000_000


def look(lines: Iterable[Line]) -> int:
    """A short number for how the lines stand beside their sources: what somebody saw, and pressed a button for."""
    seen = [(one.sentence.id, one.standing.value, [(fact.key, fact.stamp) for fact in one.facts]) for one in lines]
    return crc32(repr(sorted(seen)).encode()) % 1_000_000_000


def back(draft: Draft) -> Button:
    """To the draft as a whole."""
    return Button("Back to the draft" if not draft.is_out else "Back to the update", "updates.show", str(draft.id))


def section(seen: Seen, which: Section) -> Message:
    """Each sentence of a section with what it rests on, where each source opens, and what one can do with it."""
    told = next(one for one in seen.document.sections if one.section is which)
    draft = seen.draft
    title = f"Sources of “{told.title}”"
    body: list[Block] = [paragraph(seen.said)] if seen.said else []
    body.append(Heading(title))
    for place, line in enumerate(told.lines, 1):
        body.extend(_line(place, line, draft))
    if not told.lines:
        body.append(paragraph(document.EMPTY[which]))
    return Message(seen.said or title, tuple(body), (*_ways(told, draft), back(draft)))


def _ways(told: document.Told, draft: Draft) -> Iterable[Button]:
    if told.more:
        yield _more(f"See {told.more} more", draft, told.section, 0)
    if draft.is_out:
        return
    yield section_button("Add a line", "updates.add", draft, told.section, opens_form=True)
    if told.lines:
        yield section_button("Leave this out", "updates.leave", draft, told.section)


def _line(place: int, line: Line, draft: Draft) -> Iterable[Block]:
    yield paragraph(Bold(f"{place}. "), document.text_of(line) if line.text else GONE)
    if said := _by(line):
        yield paragraph(said)
    yield from _sources(place, line)
    if not draft.is_out:
        out = Button("Take this line out", "updates.out", f"{draft.id}.{line.sentence.id}", about=f"{place}")
        yield Buttons((out,))


def _by(line: Line) -> str:
    """How a line came to be, where it is not just what its sources say."""
    who = line.sentence.author_name or "someone who has left"
    if line.sentence.is_edited:
        return f"Edited by {who}. It rests on this:"
    if line.sentence.origin is Origin.PERSON:
        return f"Written by {who}, who is its source."
    return HOW[line.sentence.origin]


def _sources(place: int, line: Line) -> Iterable[Block]:
    for number, fact in enumerate(line.facts[:OPENED], 1):
        yield paragraph(
            f"From {fact.by or 'the network'}, {day(fact.on)}."
            if drafted.tells_all(line.sentence, line.facts)
            else source(fact)
        )
        if fact.opens:
            about = shortened(f"source {number} of line {place}", 60)
            yield Buttons(
                (Button(fact.opens.label, fact.opens.action, fact.opens.argument, fact.opens.opens_form, about=about),)
            )
    if len(line.facts) > OPENED:
        yield paragraph(f"It has {counted(len(line.facts) - OPENED, 'source', 'sources')} more.")


def source(fact: Fact) -> str:
    """A source as it is: whose words or deed, of when, and what."""
    text = drafted.one_line(fact.text)
    words = f"“{drafted.unquoted(text)}”" if fact.is_quoted else text
    return f"{fact.by or 'The network'}, {day(fact.on)}: {shortened(words, SHOWN)}"


def more(draft: Draft, which: Section, facts: Sequence[Fact], page: int) -> Message:
    """What else was shared that belongs in a section, a page at a time, each with a button to put it in."""
    page = min(page, max(0, (len(facts) - 1) // PAGE))
    title = f"More for “{document.TITLES[which]}”: {counted(len(facts), 'thing', 'things')}"
    body: list[Block] = [Heading(title)]
    for place, fact in enumerate(facts[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        body.append(paragraph(Bold(f"{place}. "), source(fact)))
        about = shortened(f"{place}. {fact.by or short_day(fact.on)}", 60)
        argument = f"{draft.id}.{SECTIONS.index(which)}.{number_of(fact.key)}"
        if not draft.is_out:
            body.append(Buttons((Button("Put it in", "updates.put", argument, about=about),)))
    if not facts:
        body.append(paragraph("All that was shared stands in it."))
    turns = []
    if page:
        turns.append(_more("Newer", draft, which, page - 1))
    if (page + 1) * PAGE < len(facts):
        turns.append(_more("Older", draft, which, page + 1))
    return Message(title, tuple(body), (*turns, back(draft)))


def _more(label: str, draft: Draft, which: Section, page: int) -> Button:
    return Button(label, "updates.more", f"{draft.id}.{SECTIONS.index(which)}.{page}")


def changes(seen: Seen) -> Message:
    """What has changed since somebody looked, line by line: never what a source said before, nor what is gone."""
    draft, lines = seen.draft, seen.stale
    if not lines:
        return plain("Nothing has changed since you looked.", back(draft))
    title = "What has changed since you looked"
    body: list[Block] = [paragraph(seen.said)] if seen.said else []
    body.append(Heading(title))
    for place, line in enumerate(lines, 1):
        body.extend(_changed(place, line, draft))
    all_of_it = Button("Take all of this over", "updates.settle", f"{draft.id}.{look(lines)}", primary=True)
    easy = any(not needs_a_person(line) for line in lines)
    if draft.is_out:
        right = (Button("Put the post right", "updates.right", str(draft.id), primary=True),) if draft.posted_at else ()
        return Message(
            title, tuple(body), (*right, Button("Correct it", "updates.correct", str(draft.id)), back(draft))
        )
    return Message(seen.said or title, tuple(body), (*((all_of_it,) if easy else ()), back(draft)))


def needs_a_person(line: Line) -> bool:
    """True for a line in words of a person or a model whose source says something else now: only a person can tell."""
    return line.standing is Standing.CHANGED and line.sentence.origin is not Origin.FACTS


def _changed(place: int, line: Line, draft: Draft) -> Iterable[Block]:
    where = f"{place}. In “{document.TITLES[line.section]}”: "
    if line.standing is Standing.GONE:
        yield paragraph(Bold(where), "a source was taken back, or is shared with fewer people. The line goes.")
        return
    if not needs_a_person(line):
        yield paragraph(Bold(where), f"it says now: {line.text}")
        return
    yield paragraph(Bold(where), line.text)
    yield paragraph("A source of this line was changed. These are its sources now:")
    yield from (paragraph(source(fact)) for fact in line.facts[:OPENED])
    if not draft.is_out:
        one = f"{draft.id}.{line.sentence.id}"
        keep = Button("Keep the line", "updates.keep", f"{one}.{look([line])}", about=str(place))
        yield Buttons((keep, Button("Take it out", "updates.out", one, about=str(place))))


def files(draft: Draft) -> Message:
    """The files to choose from."""
    text = "Which file would you like? Each holds only what these readers may read."
    own = str(draft.id)
    return plain(
        text,
        Button("Word", "updates.word", own),
        Button("Text (Markdown)", "updates.markdown", own),
        Button("Table of sources (CSV)", "updates.csv", own),
        back(draft),
    )
