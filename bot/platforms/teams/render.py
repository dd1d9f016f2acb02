"""Messages as Adaptive Cards 1.5: one card, or several where one would be too large. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.file_words import in_words
from bot.platforms.teams.buttons import Shown, rows_of
from bot.platforms.teams.limits import (
    FILE_BLOCK,
    FILE_PART,
    MOST_BYTES,
    MOST_LABEL,
    MOST_ROWS,
    Json,
    shortened,
    size,
)  # fmt: skip
from bot.platforms.teams.words import data, escaped, runs
from handlers.kit.content import (
    Attachment,
    Block,
    Bold,
    Buttons,
    Chart,
    Facts,
    Heading,
    Message,
    Paragraph,
    Quote,
    Table,
    Timeline,
    Wheel,
)  # fmt: skip

SHELL = 1_000
"""Bytes kept for what a card has around its elements."""
CARD = "application/vnd.microsoft.card.adaptive"
MORE = "This is shortened: there is more than fits here."


def card(body: list[Json], summary: str = "") -> Json:
    """An Adaptive Card of these elements; `summary` stands where cards cannot be shown."""
    shell: Json = {
        "type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5", "lang": "en", "body": body, "msteams": {"width": "Full"},
    }  # fmt: skip
    if summary:
        shell["fallbackText"] = data(summary, 500)
    return shell


def cards(message: Message, shown: Shown = Shown.IN_CHAT) -> list[Json]:
    """The message as one card, or as several of which each is small enough for Teams."""
    elements = list(_elements(message, shown))
    parts = [elements] if SHELL + size(elements) <= MOST_BYTES else _packed(elements)
    return [card(body or [runs((message.summary,))], message.summary) for body in parts]


def _packed(elements: list[Json]) -> list[list[Json]]:
    """The elements in as few cards as Teams takes, each weighed once."""
    parts: list[list[Json]] = [[]]
    used = SHELL
    for together in _held_together(elements):
        room = sum(size(element) + 2 for element in together)
        if used + room > MOST_BYTES and parts[-1]:
            parts.append([])
            used = SHELL
        parts[-1].extend(together)
        used += room
    return parts


def _held_together(elements: list[Json]) -> list[list[Json]]:
    """Each element with the hidden ones behind it: a button shows nothing that stands in another card."""
    found: list[list[Json]] = []
    for element in elements:
        if found and element.get("isVisible") is False:
            found[-1].append(element)
        else:
            found.append([element])
    return found


def one_card(message: Message, shown: Shown = Shown.IN_CHAT) -> Json:
    """The message as a single card; what does not fit is left out, and the card says so."""
    first, *rest = cards(message, shown)
    return card([*first["body"], runs((Bold(MORE),))], message.summary) if rest else first


Offer = Callable[[Attachment, str], Json | None]
"""Makes the activity that offers a file of a message with this summary; None where it can only be shown."""


def no_offer(file: Attachment, summary: str) -> Json | None:
    """Offers nothing: where files are not taken, they are shown."""
    return None


def activities(message: Message, shown: Shown = Shown.IN_CHAT, offer: Offer = no_offer) -> list[Json]:
    """The message as the activities that Teams is sent, in order; its files follow as offers, or as text."""
    drawn = [activity(one, message.summary) for one in cards(message, shown)]
    for file in message.attachments:
        offered = None if file.instead else offer(file, message.summary)
        drawn += [offered] if offered else _shown(file, shown)
    return drawn


def _shown(file: Attachment, shown: Shown) -> list[Json]:
    """What stands for the file, or its text in numbered parts, or in words that there is none."""
    parts: Iterable[Message] = [Message(file.name, (Paragraph(file.instead),) if file.instead else in_words(file))]
    if file.text is not None and not file.instead:
        parts = _file_parts(file.name, file.text)
    return [activity(one, part.summary) for part in parts for one in cards(part, shown)]


def activity(content: Json, summary: str) -> Json:
    """A message that holds this card; `summary` is its notification."""
    attachment = {"contentType": CARD, "content": content}
    return {"type": "message", "summary": shortened(summary, 500) or "Weaver", "attachments": [attachment]}


def _file_parts(name: str, text: str) -> Iterator[Message]:
    """The file's text, in numbered parts."""
    pieces = _pieces(text, FILE_PART)
    for number, piece in enumerate(pieces, 1):
        title = name if len(pieces) == 1 else f"Part {number} of {len(pieces)}: {name}"
        yield Message(title, (Heading(title), *map(Quote, _pieces(piece, FILE_BLOCK))))


def _pieces(text: str, most: int) -> list[str]:
    """All of the text in pieces of at most `most` characters, cut between lines where there is one to cut after."""
    pieces: list[str] = []
    while len(text) > most:
        line_ends = text.rfind("\n", 1, most + 1)
        pieces.append(text[: line_ends if line_ends > 0 else most])
        text = text[line_ends + 1 if line_ends > 0 else most :]
    return [*pieces, text]


def _elements(message: Message, shown: Shown) -> Iterator[Json]:
    row = 0
    for block in message.body or (Paragraph((message.summary,)),):
        if isinstance(block, Buttons):
            yield from rows_of(block.buttons, f"row{row}", shown)
            row += 1
        else:
            yield from _block(block)
    yield from rows_of(message.buttons, "last", shown)


def _block(block: Block) -> Iterator[Json]:
    if isinstance(block, Heading):
        yield heading(block.text)
    elif isinstance(block, Paragraph):
        yield runs(block.spans)
    elif isinstance(block, Quote):
        yield {"type": "Container", "style": "emphasis", "items": [runs((block.text,))]}
    elif isinstance(block, Facts):
        yield from _facts(block)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Chart):
        yield from _chart(block)
    elif isinstance(block, Wheel):
        yield from _wheel(block)
    elif isinstance(block, Timeline):
        yield from _timeline(block)


def heading(text: str) -> Json:
    """A heading, which screen readers can jump to."""
    return {
        "type": "TextBlock", "text": escaped(text), "style": "heading", "size": "Medium", "weight": "Bolder",
        "wrap": True,
    }  # fmt: skip


def _facts(block: Facts) -> Iterator[Json]:
    for at in range(0, len(block.rows), MOST_ROWS):
        pairs = block.rows[at : at + MOST_ROWS]
        facts = [{"title": escaped(name, MOST_LABEL), "value": escaped(value)} for name, value in pairs]
        yield {"type": "FactSet", "facts": facts}


def _table(block: Table) -> Iterator[Json]:
    yield runs((block.caption,))
    for at in range(0, len(block.rows), MOST_ROWS):
        yield _grid(replace(block, rows=block.rows[at : at + MOST_ROWS]))


def _grid(block: Table) -> Json:
    head = {"type": "TableRow", "cells": [_cell(Bold(column)) for column in block.columns]}
    rows = [{"type": "TableRow", "cells": [_cell(text) for text in row]} for row in block.rows]
    return {
        "type": "Table", "columns": [{"width": 1} for _ in block.columns],
        "showGridLines": True, "rows": [head, *rows],
    }  # fmt: skip


def _cell(span: str | Bold) -> Json:
    return {"type": "TableCell", "items": [runs((span,))]}


def _chart(block: Chart) -> Iterator[Json]:
    """The sentence first, then the chart; clients without charts show the table instead.

    Teams' line takes dates and numbers along the bottom; other words need the column chart.
    """
    yield runs((block.summary,))
    points = [
        {"x": data(x, MOST_LABEL), "y": y} for x, y in zip(block.categories, block.values, strict=True) if y is not None
    ]
    table = _grid(block.as_table())
    yield {**_drawn(block, points), "fallback": table} if points else table


def _drawn(block: Chart, points: list[Json]) -> Json:
    drawn: Json = {
        "type": "Chart.VerticalBar", "title": data(block.title, MOST_LABEL),
        "yAxisTitle": data(block.series, MOST_LABEL), "yMin": block.low, "yMax": block.high,
    }  # fmt: skip
    if all(_is_date(category) for category in block.categories):
        line = {"legend": data(block.series, MOST_LABEL), "values": points}
        return {**drawn, "type": "Chart.Line", "data": [line]}
    return {**drawn, "showBarValues": True, "data": points}


def _wheel(block: Wheel) -> Iterator[Json]:
    """The sentence, the wheel as groups of bars, and the table, which is there for every client."""
    yield runs((block.summary,))
    names = [data(name, MOST_LABEL) for name in block.axes]
    series = [
        {"legend": data(one.name, MOST_LABEL), "values": _bars(names, one.values)}
        for one in block.series
        if any(value is not None for value in one.values)
    ]
    if series:
        yield {
            "type": "Chart.VerticalBar.Grouped", "title": data(block.title, MOST_LABEL), "showTitle": True,
            "data": series, "yMin": min(block.low, 0), "yMax": block.high, "fallback": "drop",
        }  # fmt: skip
    yield from _table(block.table)


def _bars(names: list[str], values: tuple[float | None, ...]) -> list[Json]:
    """What is not known has no bar; the table says so in words."""
    return [{"x": name, "y": value} for name, value in zip(names, values, strict=True) if value is not None]


def _timeline(block: Timeline) -> Iterator[Json]:
    """A list: each phase stands out, each stop is a line of its own."""
    yield heading(block.title)
    yield runs((block.summary,))
    for phase in block.phases:
        yield runs((Bold(block.name_of(phase)),))
        for stop in phase.stops:
            yield {**runs((f"• {stop.line}",)), "spacing": "Small"}


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
