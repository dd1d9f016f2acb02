"""A timeline as Slack's own lists."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.platforms.slack import limits
from bot.platforms.slack.text import plain, shorten
from handlers.kit.charts import Timeline

Json = dict[str, Any]


def blocks(timeline: Timeline) -> Iterator[Json]:
    """Each phase stands out above a list of its stops. Rich text: what people typed is read as they typed it."""
    yield {"type": "header", "text": plain(timeline.title, limits.HEADER)}
    yield {"type": "section", "text": plain(timeline.summary)}
    for phase in timeline.phases:
        name = {"type": "text", "text": shorten(timeline.name_of(phase), limits.TEXT) or " ", "style": {"bold": True}}
        head = [{"type": "rich_text_section", "elements": [name]}]
        for lines in _batches([shorten(stop.line, limits.TEXT) for stop in phase.stops]):
            yield {"type": "rich_text", "elements": [*head, *map(_listed, [lines] if lines else [])]}
            head = []


def _batches(lines: Sequence[str]) -> list[list[str]]:
    """The lines in parts of which each goes into one block; one empty part where there are none."""
    parts: list[list[str]] = [[]]
    for one in lines:
        if parts[-1] and sum(map(len, parts[-1])) + len(one) > limits.TEXT:
            parts.append([])
        parts[-1].append(one)
    return parts


def _listed(lines: Sequence[str]) -> Json:
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": one}]} for one in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}
