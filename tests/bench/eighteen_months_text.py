"""What the bot shows as plain text, as someone reads it who sees no colour and no picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Chart,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Paragraph,
    Quote,
    Span,
    Table,
    Timeline,
    Wheel,
)  # fmt: skip


def joined(spans: tuple[Span, ...]) -> str:
    """A sentence without its marks."""
    return "".join(span.text if isinstance(span, Bold | Link) else span for span in spans)


def buttons_of(message: Message) -> list[Button]:
    """Every button of a message, from top to bottom."""
    inside = [button for block in message.body if isinstance(block, Buttons) for button in block.buttons]
    return [*inside, *message.buttons]


def message_text(message: Message) -> str:
    """The whole message, its buttons in square brackets."""
    lines = [line for block in message.body for line in _block(block)]
    return "\n".join([*(lines or [message.summary]), *_labels(message.buttons)])


def _labels(buttons: tuple[Button, ...]) -> Iterator[str]:
    if buttons:
        yield " ".join(f"[{one.label}]" for one in buttons)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield joined(block.spans)
    elif isinstance(block, Heading):
        yield f"**{block.text}**"
    elif isinstance(block, Quote):
        yield from (f"> {line}" for line in block.text.splitlines())
    elif isinstance(block, Facts):
        yield from (f"{label}: {value}" for label, value in block.rows)
    elif isinstance(block, Buttons):
        yield from _labels(block.buttons)
    elif isinstance(block, Timeline):
        yield from _timeline(block)
    elif isinstance(block, Wheel):
        yield from (block.summary, *_table(block.table))
    else:
        yield from _table(block.as_table() if isinstance(block, Chart) else block)


def _timeline(timeline: Timeline) -> Iterator[str]:
    yield f"**{timeline.title}**"
    yield timeline.summary
    for phase in timeline.phases:
        yield f"**{timeline.name_of(phase)}**"
        yield from (stop.line for stop in phase.stops)


def _table(table: Table) -> Iterator[str]:
    yield table.caption
    yield from (" | ".join(row) for row in (table.columns, *table.rows))


def form_text(form: Form, errors: Mapping[str, str] | None = None) -> str:
    """The form as it opens: its title, what stands above, each question with what stands under it."""
    lines = [f"({form.title})", *([joined(form.intro)] if form.intro else [])]
    for one in form.questions:
        lines.append(f"? {one.label}" + (f" ({one.hint})" if one.hint else ""))
        if errors and one.key in errors:
            lines.append(f"! {errors[one.key]}")
    return "\n".join(lines)


def sentences_of(content: Message | Form) -> Iterator[str]:
    """What of it the bot says itself: quotes of people, facts and labels left out."""
    if isinstance(content, Form):
        yield joined(content.intro)
        yield from (text for one in content.questions for text in (one.label, one.hint) if text)
        return
    for block in content.body or (Paragraph((content.summary,)),):
        if isinstance(block, Paragraph):
            yield "".join(span for span in block.spans if isinstance(span, str))
