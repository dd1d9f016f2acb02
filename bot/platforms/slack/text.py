"""Words to and from Slack: escaped on the way out, plain on the way in, shortened where Slack has a limit."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any
from urllib.parse import urlsplit

from bot.platforms.slack import limits
from handlers.kit.content import Bold, Link, Span

SHORTENED = "… (shortened)"
_TOKEN = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_BREAKS = re.compile(r"\s*\n\s*")
_SPREADS = re.compile(r"```|^\s*>>>", re.MULTILINE)
"""Marks that go on to the end of their section, whatever comes after them."""
_LOOK_BACK = 300
"""How far before a limit a text is broken at most, so that a line or a word stays whole."""


def shorten(text: str, most: int) -> str:
    """The text, at most that many characters long; where it was cut, it says so."""
    if len(text) <= most:
        return text
    if most <= 2 * len(SHORTENED):
        return text[: most - 1].rstrip() + "…"
    return text[: most - len(SHORTENED)].rstrip() + SHORTENED


def plain(text: str, most: int = limits.TEXT) -> dict[str, Any]:
    """A plain text object: nothing in it means anything to Slack, no emoji names either."""
    return {"type": "plain_text", "text": shorten(text, most) or " ", "emoji": False}


def escape(text: str) -> str:
    """Text that mrkdwn shows as it is written: no mention, link or date can be made with it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escaped(text: str, most: int) -> str:
    """The text escaped, and cut so that what Slack gets has at most that many characters."""
    whole = escape(text)
    if len(whole) <= most:
        return whole
    room = max(most - len(SHORTENED), 1)
    sizes = accumulate(len(escape(character)) for character in text[: room + 1])
    return escape(text[: sum(1 for size in sizes if size <= room)].rstrip()) + SHORTENED


def mrkdwn(spans: Iterable[Span], most: int = limits.TEXT) -> dict[str, Any]:
    """A mrkdwn text object of these spans; `verbatim` keeps Slack from finding links and names by itself."""
    parts: list[str] = []
    room = most
    for span in spans:
        part = _span(span, room)
        room -= len(part)
        parts.append(part)
        if room <= len(SHORTENED):
            break
    return {"type": "mrkdwn", "text": "".join(parts) or " ", "verbatim": True}


def spans_text(spans: Iterable[Span], most: int = limits.TEXT) -> dict[str, Any]:
    """Plain text where the spans are only words, mrkdwn where some stand out."""
    listed = tuple(spans)
    if all(isinstance(span, str) for span in listed):
        return plain("".join(str(span) for span in listed), most)
    return mrkdwn(listed, most)


def sections(paragraphs: Iterable[Sequence[Span]], most: int = limits.TEXT) -> Iterator[dict[str, Any]]:
    """The paragraphs as few text objects, a blank line between two; a longer one goes on in the next, nothing is lost.

    Plain text where all are only words, else mrkdwn. Nothing joins a paragraph whose marks would reach into it.
    """
    listed = [tuple(spans) for spans in paragraphs]
    is_plain = all(isinstance(span, str) for spans in listed for span in spans)
    made = _plain_object if is_plain else _mrkdwn_object
    held, may_join = "", False
    for spans in listed:
        spreads = not is_plain and any(_SPREADS.search(span) for span in spans if isinstance(span, str))
        pieces = [piece for piece in _pieces(spans, str if is_plain else escape, most) if piece.strip()]
        for number, piece in enumerate(pieces):
            joined = f"{held}\n\n{piece}"
            if may_join and not number and len(joined) <= most:
                held = joined
            else:
                if held:
                    yield made(held)
                held = piece
            may_join = not spreads
    if held:
        yield made(held)


def _plain_object(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _mrkdwn_object(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _pieces(spans: Iterable[Span], drawn: Callable[[str], str], most: int) -> Iterator[str]:
    """The spans as they are sent, in pieces of at most that many characters, broken where a line or a word ends."""
    held = ""
    for span in spans:
        if not isinstance(span, str):
            marked = _span(span, most)
            if len(held) + len(marked) > most:
                yield held
                held = ""
            held += marked
            continue
        rest = span
        while len(held) + len(drawn(rest)) > most:
            fits = _fitting(rest, drawn, most - len(held))
            yield held + drawn(rest[:fits].rstrip())
            held, rest = "", rest[fits:].lstrip(" \n")
        held += drawn(rest)
    yield held


def _fitting(text: str, drawn: Callable[[str], str], room: int) -> int:
    """How many characters of a text go into that room: up to the end of a line or word where one is near."""
    sizes = accumulate(len(drawn(character)) for character in text[:room])
    most = sum(1 for size in sizes if size <= room)
    since = max(most - _LOOK_BACK, 0)
    ends = (text.rfind(mark, since, most) + 1 for mark in ("\n", " "))
    return next((end for end in ends if end > 0), most)


def _span(span: Span, room: int) -> str:
    if isinstance(span, str):
        return escaped(span, room)
    words = _BREAKS.sub(" ", span.text)
    if isinstance(span, Bold):
        return _bold(words, room)
    return _link(span, words.strip(), room)


def _bold(words: str, room: int) -> str:
    """Stars hug the words: Slack takes `* this*` for stars."""
    inner = words.strip()
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    strong = escaped(inner.replace("*", "∗"), max(room - 2 - len(before + after), 1))  # noqa: RUF001
    return f"{before}*{strong}*{after}"


def _link(link: Link, words: str, room: int) -> str:
    url = escape(link.url).replace("|", "%7C").replace(" ", "%20")
    left = room - len(url) - 3
    is_web = urlsplit(link.url).scheme in ("http", "https") and len(url) <= limits.LINK
    if not is_web or left < len(SHORTENED) * 2:
        return escaped(words, room)
    return f"<{url}|{escaped(words.replace('|', '¦'), left)}>"


def clean(text: str) -> str:
    """The text without what nobody types and no database keeps: control characters and halves of characters."""
    if text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))


def typed(text: str, bot_user: str = "") -> str:
    """What a person typed, as plain words: entities undone, a mention of the bot cut off, other marks as text.

    https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
    """
    if bot_user:
        text = re.sub(rf"<@{re.escape(bot_user)}(\|[^<>]*)?>:?", " ", text)
    return clean(html_free(_TOKEN.sub(_as_words, text))).strip()


def html_free(text: str) -> str:
    """The text with Slack's three entities undone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def without_first_mention(text: str) -> str:
    """The text without a mention at its beginning: it is the bot's, where the bot's id is not known yet."""
    return re.sub(r"^\s*<@[A-Z0-9]+(\|[^<>]*)?>:?", "", text)


def _as_words(found: re.Match[str]) -> str:
    inner, label = found.group(1), found.group(2) or ""
    if inner.startswith(("@", "#")):
        return inner[0] + (label.lstrip("@#") or inner[1:])
    if inner.startswith("!"):
        return label or "@" + inner[1:].split("^", 1)[0]
    bare = re.sub(r"^(mailto:|tel:|https?://)", "", inner)
    if not label or label in (inner, bare) or inner.startswith("tel:"):
        return label or inner
    return f"{label} ({inner})"
