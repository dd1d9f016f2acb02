"""No text reaches a reader whom its author did not let read it, whatever is written, edited, narrowed or withdrawn."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.straight import Straight, fresh_sqlite, words_in
from bot.logs import JsonLines
from storage.records import Audience

AUTHORS = ("ann", "ben", "dee", "cal")
KEYS = ("moved", "in_the_way", "next_step", "idea")
SEES_FROM = {"bea": Audience.COORDINATOR, "cal": Audience.LEADERS, "ann": Audience.NETWORK, "ben": Audience.NETWORK,
             "dee": Audience.NETWORK, "fay": Audience.FACULTY, "kit": None, "sam": None}  # fmt: skip
"""The narrowest audience in the network of these stories that includes the person; None: none does."""

NAMES = {audience: audience.name.lower() for audience in Audience}


@dataclass(frozen=True)
class Step:
    """Something that an author does: `write` (a check-in, or an edit of it), `share` or `withdraw`."""

    what: str
    author: str
    audiences: tuple[Audience, ...]
    later: bool


STEPS = st.lists(
    st.builds(
        Step,
        what=st.sampled_from(["write", "write", "write", "share", "withdraw"]),
        author=st.sampled_from(AUTHORS),
        audiences=st.tuples(*(st.sampled_from(list(Audience)) for _ in KEYS)),
        later=st.booleans(),
    ),
    min_size=3,
    max_size=9,
)


@dataclass
class Book:
    """What each author's standing check-in of this week says: question key -> (words, audience). And all ever said."""

    standing: dict[str, dict[str, tuple[str, Audience]]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def new_words(self, author: str) -> str:
        words = f"words-{len(self.said)}-of-{author}-end"
        self.said[words] = author
        return words


async def take(step: Step, inside: Straight, book: Book) -> None:
    """Do it in the bot, and in the book."""
    author = step.author
    if step.what == "write":
        said = {key: (book.new_words(author), audience) for key, audience in zip(KEYS, step.audiences, strict=True)}
        values = {"feeling": "3", **{key: words for key, (words, _) in said.items()}}
        values |= {f"{key}:who": NAMES[audience] for key, (_, audience) in said.items()}
        reply = await inside.fills(author, "checkins.record", "1", values)
        assert "is kept" in words_in(reply) or "is changed" in words_in(reply), words_in(reply)
        book.standing[author] = said
    elif author in book.standing:
        number = str((await inside.history(author))[0].id)
        if step.what == "withdraw":
            await inside.presses(author, "checkins.withdraw", number)
            del book.standing[author]
            return
        chosen = dict(zip(KEYS, step.audiences, strict=True))
        await inside.fills(author, "checkins.audience", number, {key: NAMES[one] for key, one in chosen.items()})
        book.standing[author] = {key: (book.standing[author][key][0], one) for key, one in chosen.items()}


async def what_is_read(inside: Straight, reader: str) -> str:
    """All that a person comes by: the network in all its pages, by its button too, home, help and their export."""
    replies = [await inside.says(reader, "network Sexual"), await inside.opens_home(reader)]
    replies += [await inside.presses(reader, "network.week", f"1.{page}") for page in (0, 1)]
    replies += [
        await inside.says(reader, "export"),
        await inside.says(reader, "people"),
        await inside.says(reader, "help"),
    ]
    return "\n".join(words_in(one) for one in replies)


def may_read(reader: str, book: Book) -> set[str]:
    tier = SEES_FROM[reader]
    others = {
        words
        for author, said in book.standing.items()
        for words, audience in said.values()
        if author != reader and tier is not None and audience >= tier
    }
    return others | {words for words, author in book.said.items() if author == reader}


class Lines(logging.Handler):
    """Keeps every line of every log, as it would be written and with all that the record holds."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines += [JsonLines().format(record), record.getMessage(), str(record.__dict__.get("fields"))]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(steps=STEPS)
def test_nobody_reads_what_is_not_for_them(steps: list[Step]) -> None:
    """design.md §4, S8: random check-ins, audiences, edits, narrowings and withdrawals; readers of every role."""
    asyncio.run(play(steps))


async def play(steps: list[Step]) -> None:
    lines, root = Lines(), logging.getLogger()
    root.addHandler(lines)
    with tempfile.TemporaryDirectory() as folder, closing(Straight(fresh_sqlite(Path(folder)))) as inside:
        inside.fill()
        book = Book()
        for step in steps:
            inside.clock.move(minutes=7 if step.later else 0)
            await take(step, inside, book)
        for reader in SEES_FROM:
            read = await what_is_read(inside, reader)
            seen = {words for words in book.said if words in read}
            assert seen <= may_read(reader, book), (reader, seen - may_read(reader, book))
            standing_for = may_read(reader, book) - {words for words, author in book.said.items() if author == reader}
            assert standing_for <= seen, (reader, "is not shown", standing_for - seen)
    root.removeHandler(lines)
    assert not [words for words in book.said if words in "\n".join(lines.lines)]


@settings(max_examples=6, deadline=None, derandomize=True)
@given(steps=STEPS)
def test_withdrawn_words_are_in_no_table(steps: list[Step]) -> None:
    """What is withdrawn is deleted, with all that it said before its edits."""

    async def story() -> Mapping[str, object]:
        with tempfile.TemporaryDirectory() as folder, closing(Straight(fresh_sqlite(Path(folder)))) as inside:
            inside.fill()
            book = Book()
            for step in steps:
                await take(step, inside, book)
            for author in list(book.standing):
                await take(Step("withdraw", author, (), later=False), inside, book)
            return await inside.tables()

    assert "words-" not in json.dumps(asyncio.run(story()), default=str)
