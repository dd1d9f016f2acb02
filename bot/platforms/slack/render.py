"""Draws a neutral message as Slack's payload, within Slack's limits, at the level that a workspace understands."""

import enum
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.platforms.slack import charts, limits, timeline
from bot.platforms.slack.text import SHORTENED, escaped, plain, sections, shorten
from handlers.kit.content import (
    Block,
    Button,
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
)

Json = dict[str, Any]


class Level(enum.IntEnum):
    """What a surface can show. Charts came to workspaces in steps; tables stand in messages only."""

    WORDS = 0
    TABLES = 1
    CHARTS = 2


def message_payloads(message: Message, level: Level) -> list[Json]:
    """What says the message, in this order: one payload, or more where Slack would not take it in one.

    Each has `text` for notifications, and blocks. Where even five are too few, a line says that it was shortened.
    """
    body, last = _blocks(message, level)
    parts = _packed([*body, *last])
    if len(parts) > limits.MESSAGE_PARTS:
        end = [_section(plain(SHORTENED)), *last]
        cut = parts[limits.MESSAGE_PARTS - 1]
        while cut and not _fits([*cut, *end]):
            cut.pop()
        parts = [*parts[: limits.MESSAGE_PARTS - 1], [*cut, *end]]
    text = notification(message)
    return [{"text": text, "blocks": part} for part in parts]


def page(message: Message) -> list[Json]:
    """The message's blocks for App Home: no tables and charts there, and a line at the end where it was shortened."""
    body, last = _blocks(message, Level.WORDS)
    most = limits.VIEW_BLOCKS - len(last)
    return [*(body if len(body) <= most else [*body[: most - 1], _section(plain(SHORTENED))]), *last]


def _blocks(message: Message, level: Level) -> tuple[list[Json], list[Json]]:
    """The blocks of the body, and those of the message's own buttons."""
    pen = _Pen(level)
    body = list(pen.draw_all(message.body)) or [_section(plain(message.summary))]
    return body, list(pen.draw(Buttons(message.buttons)))


def _packed(blocks: Sequence[Json]) -> list[list[Json]]:
    """The blocks in as few messages as Slack takes; a heading goes with what it heads. Each block is weighed once."""
    parts: list[list[Json]] = [[]]
    held = 0
    for block in blocks:
        part, weight = parts[-1], _weight(block)
        if part and (len(part) >= limits.MESSAGE_BLOCKS or held + weight > limits.MESSAGE_WEIGHT):
            parts.append([part.pop()] if len(part) > 1 and part[-1]["type"] == "header" else [])
            held = sum(map(_weight, parts[-1]))
        parts[-1].append(block)
        held += weight
    return parts


def _fits(part: Sequence[Json]) -> bool:
    return len(part) <= limits.MESSAGE_BLOCKS and sum(map(_weight, part)) <= limits.MESSAGE_WEIGHT


def _weight(block: Json) -> int:
    return limits.BLOCK_WEIGHT * (1 + len(block.get("elements", ()))) + _letters(block)


def _letters(drawn: Json | list[Any]) -> int:
    """All the text in it, however deep. Plain loops: this is half of what drawing costs."""
    letters = 0
    for name, value in drawn.items() if type(drawn) is dict else enumerate(drawn):
        kind = type(value)
        if kind is str:
            if name == "text":
                letters += len(value)
        elif kind is dict or kind is list:
            letters += _letters(value)
    return letters


def has_more_than_words(blocks: Sequence[Json]) -> bool:
    """True if a workspace may not know some of these blocks yet."""
    return any(block["type"] in ("table", "data_visualization") for block in blocks)


class _Pen:
    """Draws one message: counts its buttons (whose ids must differ) and its charts and tables (which are limited)."""

    def __init__(self, level: Level) -> None:
        self._level = level
        self._buttons = 0
        self._tables = 0
        self._charts = 0

    def draw_all(self, parts: Sequence[Block]) -> Iterator[Json]:
        """Paragraphs that follow each other share a section: a message has room for few blocks."""
        for is_text, group in groupby(parts, lambda part: isinstance(part, Paragraph)):
            if is_text:
                spans = [part.spans for part in group if isinstance(part, Paragraph)]
                yield from map(_section, sections(spans))
            else:
                for part in group:
                    yield from self.draw(part)

    def draw(self, part: Block) -> Iterator[Json]:
        if isinstance(part, Heading):
            yield {"type": "header", "text": plain(part.text, limits.HEADER)}
        elif isinstance(part, Paragraph):
            yield from map(_section, sections([part.spans]))
        elif isinstance(part, Quote):
            yield from map(_quote, sections([(part.text,)]))
        elif isinstance(part, Facts):
            yield from _facts(part)
        elif isinstance(part, Table):
            yield from self._table(part)
        elif isinstance(part, Chart):
            yield from self._chart(part)
        elif isinstance(part, Wheel):
            yield from self._wheel(part)
        elif isinstance(part, Timeline):
            yield from timeline.blocks(part)
        else:
            yield from self._row(part.buttons)

    def _row(self, buttons: Sequence[Button]) -> Iterator[Json]:
        for start in range(0, len(buttons), limits.BUTTONS):
            elements = [self._button(button) for button in buttons[start : start + limits.BUTTONS]]
            yield {"type": "actions", "elements": elements}

    def _button(self, button: Button) -> Json:
        self._buttons += 1
        return _button(button, self._buttons)

    def _table(self, table: Table) -> Iterator[Json]:
        yield _section(plain(table.caption))
        if not table.rows:
            return
        native = self._level >= Level.TABLES and not self._tables and len(table.columns) <= limits.TABLE_COLUMNS
        if not native:
            yield from _rows_in_words(table)
            return
        self._tables += 1
        rows = (table.columns, *table.rows[: limits.TABLE_ROWS - 1])
        cell_most = min(limits.TABLE_CELL, limits.TABLE_ALL_CELLS // (len(rows) * len(table.columns)))
        yield {
            "type": "table",
            "rows": [[_cell(cell, cell_most) for cell in row] for row in rows],
            "column_settings": [{"is_wrapped": True} for _ in table.columns],
        }
        if len(table.rows) > limits.TABLE_ROWS - 1:
            yield _section(plain(SHORTENED))

    def _chart(self, chart: Chart) -> Iterator[Json]:
        drawn = self._charted(charts.line(chart))
        if drawn is None:
            yield from self._table(chart.as_table())
            return
        yield _section(plain(chart.summary))
        yield drawn
        yield from _small(charts.left_out_of_line(chart))

    def _wheel(self, wheel: Wheel) -> Iterator[Json]:
        yield _section(plain(wheel.summary))
        drawn = self._charted(charts.bars(wheel))
        if drawn is not None:
            yield drawn
            yield from _small(charts.left_out_of_bars(wheel))
        yield from self._table(wheel.table)

    def _charted(self, drawn: Json | None) -> Json | None:
        """The chart, where there is room for one and the workspace shows it."""
        if drawn is None or self._level < Level.CHARTS or self._charts >= limits.CHARTS:
            return None
        self._charts += 1
        return drawn


def _section(text: Json) -> Json:
    return {"type": "section", "text": text}


def _quote(text: Json) -> Json:
    words = {"type": "text", "text": text["text"]}
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [words]}]}


def _small(words: str) -> Iterator[Json]:
    if words:
        yield {"type": "context", "elements": [plain(words, limits.FIELD)]}


def _facts(facts: Facts) -> Iterator[Json]:
    fields = [_fact(label, value) for label, value in facts.rows]
    for start in range(0, len(fields), limits.FIELDS):
        yield {"type": "section", "fields": fields[start : start + limits.FIELDS]}


def _fact(label: str, value: str) -> Json:
    name = escaped(label.replace("*", "∗").strip() or " ", limits.HEADER)  # noqa: RUF001
    room = limits.FIELD - len(name) - 3
    return {"type": "mrkdwn", "text": f"*{name}*\n{escaped(value, room) or ' '}", "verbatim": True}


def _rows_in_words(table: Table) -> Iterator[Json]:
    lines = [
        " · ".join(f"{name}: {cell}" for name, cell in zip(table.columns, row, strict=False)) for row in table.rows
    ]
    yield from map(_section, sections([("\n".join(lines),)]))


def _cell(text: str, most: int) -> Json:
    return {"type": "raw_text", "text": shorten(text, most) or "–"}


def action_id(button: Button, number: int) -> str:
    """A button's id: what it does, its route, and a number, since ids in one message must differ."""
    return f"{'open' if button.opens_form else 'press'}:{button.action}#{number}"


def _button(button: Button, number: int) -> Json:
    drawn: Json = {
        "type": "button",
        "text": plain(button.label, limits.BUTTON_LABEL),
        "action_id": action_id(button, number),
    }
    if button.argument:
        drawn["value"] = button.argument[: limits.BUTTON_VALUE]
    if button.about:
        drawn["accessibility_label"] = shorten(f"{button.label}: {button.about}", limits.BUTTON_ABOUT)
    if button.primary or button.danger:
        drawn["style"] = "danger" if button.danger else "primary"
    if button.confirm:
        drawn["confirm"] = _confirm(button)
    return drawn


def _confirm(button: Button) -> Json:
    drawn: Json = {
        "title": plain("Are you sure?", limits.CONFIRM_TITLE),
        "text": plain(button.confirm, limits.CONFIRM_TEXT),
        "confirm": plain(button.label, limits.CONFIRM_BUTTON),
        "deny": plain("No, go back", limits.CONFIRM_BUTTON),
    }
    return {**drawn, "style": "danger"} if button.danger else drawn


def notification(message: Message) -> str:
    """The plain text beside the blocks: notifications, screen readers and old clients show it."""
    return escaped(message.summary.strip(), limits.TEXT) or "Weaver"
