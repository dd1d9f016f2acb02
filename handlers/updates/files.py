"""An update as a text file and as a table of its sources: pure, and harmless in whatever opens it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.kit.content import Chart
from handlers.kit.facts import Fact
from handlers.kit.harmless import in_csv
from handlers.kit.text import day
from handlers.updates import document, drafted
from handlers.updates.document import Document, Told
from handlers.updates.stale import Line

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LIST = re.compile(r"^(\s*)([-+=]|\d+[.)](?=\s|$))")
COLUMNS = ("Section", "Line", "Date", "Who", "Source", "Key")


@dataclass(frozen=True, slots=True)
class Noted:
    """An update with numbers behind its lines, and the notes that they lead to."""

    numbers: dict[int, tuple[int, ...]]
    notes: tuple[str, ...]


def noted(found: Document) -> Noted:
    """Each source once, numbered in the order of the lines; a line in a person's own words names its writer."""
    notes: dict[str, str] = {}
    numbers: dict[int, tuple[int, ...]] = {}
    for line in found.lines:
        mine = {fact.key: note(fact) for fact in line.facts} or {f"line:{line.sentence.id}": _writer(line)}
        notes |= {key: text for key, text in mine.items() if key not in notes}
        places = {key: place for place, key in enumerate(notes, 1)}
        numbers[line.sentence.id] = tuple(places[key] for key in mine)
    return Noted(numbers, tuple(notes.values()))


def note(fact: Fact) -> str:
    """What a source is, in a line: whose, of which day, and its words."""
    text = drafted.one_line(fact.text)
    return f"{fact.by or 'The network'}, {day(fact.on)}: {f'“{drafted.unquoted(text)}”' if fact.is_quoted else text}"


def _writer(line: Line) -> str:
    return f"Written by {line.sentence.author_name or 'someone who has left'}."


def by_hand(line: Line) -> str:
    """Says behind a line that a person edited it; empty elsewhere."""
    if not line.sentence.is_edited:
        return ""
    return f" (edited by {line.sentence.author_name or 'someone who has left'})"


def file_name(found: Document, ending: str) -> str:
    """A file's name that every system takes."""
    draft = found.draft
    return f"update-{found.network.id}-{draft.first_on.isoformat()}-{draft.last_on.isoformat()}.{ending}"


def markdown(found: Document) -> str:
    """The update in Markdown, its figures as tables, its sources as numbered notes; people's words are data in it."""
    marked = noted(found)
    parts = [f"# Update of {escaped(found.title)}"]
    if found.purpose:
        parts.append(f"**What we are for:** {escaped(found.purpose)}")
    for told in found.sections:
        parts.extend(_section(told, marked))
    parts.append("## How it was made")
    parts.append("\n".join(f"- {escaped(one)}" for one in found.notes))
    if marked.notes:
        parts.append("## Sources")
        parts.append("\n".join(f"{place}. {escaped(one)}" for place, one in enumerate(marked.notes, 1)))
    return "\n\n".join(parts) + "\n"


def _section(told: Told, marked: Noted) -> Iterable[str]:
    yield f"## {told.title}"
    if told.lines:
        yield "\n".join(f"- {escaped(words(line))} {references(line, marked)}" for line in told.lines)
    yield from (_table(chart) for chart in told.charts)
    if told.last:
        yield escaped(told.last)


def words(line: Line) -> str:
    """The line as a file shows it."""
    mark = f" {document.MARK}" if line.sentence.is_marked else ""
    return f"{line.text}{mark}{by_hand(line)}"


def references(line: Line, marked: Noted) -> str:
    """The numbers of the line's notes, such as "(1, 2)"."""
    return f"({', '.join(map(str, marked.numbers[line.sentence.id]))})"


def _table(chart: Chart) -> str:
    table = chart.as_table()
    rows = [table.columns, ("---",) * len(table.columns), *table.rows]
    lines = ("| " + " | ".join(cell if cell == "---" else escaped(cell) for cell in row) + " |" for row in rows)
    return f"{escaped(table.caption)}\n\n" + "\n".join(lines)


def escaped(text: str) -> str:
    """The text on one line, so that no sign in it is Markdown or HTML (spec.commonmark.org, backslash escapes)."""
    line = _SIGNS.sub(r"\\\1", drafted.one_line(text))
    return _LIST.sub(lambda hit: f"{hit[1]}{hit[2][:-1]}\\{hit[2][-1]}", line)


def table_of_sources(found: Document) -> str:
    """A row for each source of each line, as CSV that a spreadsheet reads and never runs."""
    lines = ((told.title, place, line) for told in found.sections for place, line in enumerate(told.lines, 1))
    return in_csv([COLUMNS, *(row for title, place, line in lines for row in _row(title, place, line))])


def _row(title: str, place: int, line: Line) -> Iterable[tuple[str, ...]]:
    for fact in line.facts:
        yield title, str(place), fact.on.isoformat(), fact.by, drafted.one_line(fact.text), fact.key
    if not line.facts:
        yield title, str(place), "", line.sentence.author_name, document.text_of(line), ""
