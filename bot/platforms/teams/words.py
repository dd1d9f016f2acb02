"""Makes people's words safe to stand in a card: as data in text runs, and escaped where Teams reads Markdown."""

import re
from urllib.parse import urlsplit

from bot.platforms.teams.limits import MOST_TEXT, Json, shortened
from handlers.kit.content import Bold, Link, Span

_MARKDOWN = re.compile(r"([\\`*_\[\]()<>#+~|!-])")
_LIST = re.compile(r"^(\s*\d+)\.", re.MULTILINE)


def data(text: str, most: int = MOST_TEXT) -> str:
    """Words for a place that reads no Markdown.

    A card's own functions, such as `{{DATE(...)}}`, are broken up: Teams runs them in every text, and nothing escapes
    them.
    """
    return shortened(text, most).replace("{{", "{\u200b{") or " "


def escaped(text: str, most: int = MOST_TEXT) -> str:
    """Words for a place that reads Markdown: what looks like bold, a list, a link or a tag stays as it was typed."""
    return _LIST.sub(r"\1\\.", _MARKDOWN.sub(r"\\\1", data(text, most)))


def label(text: str, most: int = MOST_TEXT) -> str:
    """Words for a label: some clients read Markdown there, others would show a backslash, so only links are broken."""
    return data(text, most).replace("](", "]\u200b(")


def is_web_address(url: str) -> bool:
    """True for an http or https address with a host, the only kinds that become links."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def runs(spans: tuple[Span, ...], **look: object) -> Json:
    """A block of text in which nothing that a person typed is read as anything but words."""
    return {"type": "RichTextBlock", "inlines": [_run(span, look) for span in spans] or [_run(" ", look)]}


def _run(span: Span, look: dict[str, object]) -> Json:
    text = span if isinstance(span, str) else span.text
    run: Json = {"type": "TextRun", "text": data(text), **look}
    if isinstance(span, Bold):
        run["weight"] = "Bolder"
    if isinstance(span, Link) and is_web_address(span.url):
        run["selectAction"] = {"type": "Action.OpenUrl", "url": span.url}
        run["underline"] = True
    return run
