"""Reads what a model answered, however odd: the sound part of it, or a plain statement that there is none."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prompts.updates.shape import SECTIONS, Answer, Sentence

MOST_READ = 200_000
"""Characters of an answer that are read; an update of one page has 4,000."""
MOST_SENTENCES = 200
MOST_IN_SENTENCE = 600
MOST_FACTS = 40
"""Facts that one sentence may name; whoever names more names none in earnest."""
MOST_TRIES = 20

_WHOLE = re.compile(r'\{\s*"sections"\s*:')
_PIECE = re.compile(r'"section"\s*:\s*"([A-Za-z]{1,20})"|\{(?=\s*"(?:text|facts)"\s*:)')
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_NUMBER = re.compile(r"(?i)\s*(?:fact\s*|f|#)?([0-9]{1,6})\s*")
_JSON = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Nothing in it could be read as sentences."""


def read(text: str) -> Answer | Unreadable:
    """The answer in `text`: JSON as asked for, with prose or fences around it, in the wrong types, or cut off.

    A sentence that names no facts is read too: it is for the guard to stop. Raises nothing.
    """
    text = _THOUGHT.split(text[:MOST_READ])[-1]
    for value in _wholes(text):
        answer = _answer(value)
        if answer is not None:
            return answer
    sentences = _sorted(_pieces(text))
    return Answer(sentences, lost=1) if sentences else Unreadable()


def _wholes(text: str) -> Iterator[Any]:
    """Whole JSON values that may be the answer, the last first: before it, models think aloud and try."""
    starts = [found.start() for found in _WHOLE.finditer(text)][-MOST_TRIES:]
    first = re.search(r"[\[{]", text)
    for start in [*reversed(starts), *([first.start()] if first else [])]:
        try:
            yield _JSON.raw_decode(text, start)[0]
        except (ValueError, RecursionError):  # not JSON, half of it, numbers of 5,000 digits, brackets 50,000 deep
            continue


def _answer(value: Any) -> Answer | None:
    """The sentences in a whole JSON value; None where it is nothing like an answer."""
    sections = value.get("sections", value) if isinstance(value, dict) else value
    if isinstance(sections, dict):
        sections = [{"section": name, "sentences": listed} for name, listed in sections.items()]
    if not isinstance(sections, list):
        return None
    read_ones: list[Sentence] = []
    lost = 0
    for each in sections:
        name = _section(each.get("section")) if isinstance(each, dict) else None
        listed = each.get("sentences") if isinstance(each, dict) else None
        if name is None or not isinstance(listed, list):
            lost += 1
            continue
        found = [_sentence(name, one) for one in listed]
        read_ones += [one for one in found if one]
        lost += found.count(None)
    if sections and not read_ones:
        return None
    return Answer(_sorted(read_ones), lost + max(0, len(read_ones) - MOST_SENTENCES))


def _pieces(text: str) -> Iterator[Sentence]:
    """The whole sentences of an answer that breaks off, each under the section that was named last."""
    section: str | None = None
    tries = 0
    for found in _PIECE.finditer(text):
        if found[1]:
            section = _section(found[1])
        elif section and tries < MOST_SENTENCES:
            tries += 1
            try:
                sentence = _sentence(section, _JSON.raw_decode(text, found.start())[0])
            except (ValueError, RecursionError):
                continue
            if sentence:
                yield sentence


def _section(value: object) -> str | None:
    name = value.strip().lower() if isinstance(value, str) else ""
    return name if name in SECTIONS else None


def _sentence(section: str, value: object) -> Sentence | None:
    given = {"text": value} if isinstance(value, str) else value
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return None
    text = " ".join(given["text"].split())
    if not text or len(text) > MOST_IN_SENTENCE:
        return None
    return Sentence(section, text, _facts(given.get("facts")))


def _facts(value: object) -> tuple[int, ...]:
    """The numbers among these, each once; none where there are far too many."""
    listed = value if isinstance(value, list) else [value]
    if len(listed) > MOST_FACTS:
        return ()
    return tuple(dict.fromkeys(number for one in listed if (number := _number(one)) is not None))


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) if found else None


def _sorted(sentences: "Iterator[Sentence] | list[Sentence]") -> tuple[Sentence, ...]:
    return tuple(sorted(sentences, key=lambda one: SECTIONS.index(one.section))[:MOST_SENTENCES])
