"""Every sentence that a feature says is short, plain, kind British English, and none leads to a dead end.

The thresholds are the NHS content style's (domain.md §5): a reading age of 9 to 11, sentences of 20 words at most,
paragraphs of three sentences at most. A reading age of 11 is the American school grade 6, which is what the automated
readability index gives; that index counts letters and words, so it needs no list of syllables that would have to be
downloaded. It is taken over all that a feature says, since on one short sentence it says little. What people and
networks are called is data, and counts as one short word.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textstat

from bench.house import ROOT, name_of
from handlers import find_routes
from handlers.kit.content import (
    Bold,
    Button,
    Buttons,
    Example,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Paragraph,
    Quote,
    Span,
    Table,
)  # fmt: skip
from prompts.checkin import default_questions

HARDEST = 6.0
MOST_WORDS = 20
MOST_SENTENCES = 3
LONGEST_TITLE = 24
LONGEST_LABEL = 24
DATA = re.compile(
    "“[^”]*”|Sexual Health Improvement Network|Medical Training Voices|Practitioner networks 2027"
    r"|\(seen by: [^)]*\)|Ann <Example> & \*Co\*|(Ann|Bea|Cal|Person \d+) (Example|Sample)"
)
"""What stands in examples but is no sentence of ours: anything quoted, names, and who sees an answer, a label."""

CHEER = (
    "amazing", "awesome", "brilliant", "congratulations", "excited", "fantastic", "great", "hooray", "keep it up",
    "oops", "streak", "super", "well done", "wonderful", "woo", "yay",
)  # fmt: skip
JARGON = (
    "actionable", "and/or", "bandwidth", "cadence", "click", "deep dive", "deselect", "e.g", "empower", "error",
    "etc", "facilitate", "going forward", "i.e", "impactful", "in order to", "input", "invalid", "key learnings",
    "learnings", "leverage", "modal", "onboarding", "payload", "prior to", "reach out", "robust", "stakeholder",
    "stakeholders", "submission", "submit", "synergy", "touch base", "user", "users", "utilise", "workflow",
)  # fmt: skip
AMERICAN = (
    "behavior", "canceled", "catalog", "center", "color", "dialog", "enroll", "favorite", "fulfill", "gray", "honor",
    "judgment", "labor", "license", "neighbor", "program", "programs", "traveled", "vacation", "zip code",
)  # fmt: skip
IZED = re.compile(r"\b(?!(?:size|prize|seize|capsize)d?\b)\w+(?:ize|ized|izes|izing|ization)\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]")
DOES_SOMETHING = re.compile(r"\b(type|ask|try|choose|add|change|move|tell|send|remove)\b", re.IGNORECASE)

FEATURES = [feature for feature in find_routes().features if list(feature.examples())]
EXAMPLES = [(feature.name, example) for feature in FEATURES for example in feature.examples()]
each_example = pytest.mark.parametrize(
    "example", [example for _, example in EXAMPLES], ids=[f"{name}-{example.name}" for name, example in EXAMPLES]
)


def _joined(spans: tuple[Span, ...]) -> str:
    return "".join(span.text if isinstance(span, Bold | Link) else span for span in spans)


def _buttons(message: Message) -> list[Button]:
    inside = [button for block in message.body if isinstance(block, Buttons) for button in block.buttons]
    return [*inside, *message.buttons]


def _paragraphs(example: Example) -> Iterator[str]:
    content = example.content
    yield from example.errors.values()
    if isinstance(content, Form):
        yield _joined(content.intro)
        yield from (text for one in content.questions for text in (one.label, one.hint))
        return
    yield content.summary
    for block in content.body:
        if isinstance(block, Paragraph):
            yield _joined(block.spans)
        elif isinstance(block, Heading | Quote):
            yield block.text
        elif isinstance(block, Table):
            yield block.caption
        elif isinstance(block, Facts):
            yield from (f"{label}." for label, _ in block.rows)
    yield from (button.confirm for button in _buttons(content))


def _sentences(paragraph: str) -> list[str]:
    plain = DATA.sub("Ann", paragraph)
    return [one.strip() for one in re.split(r"(?<=[.?!])\s+|\n", plain) if one.strip()]


@cache
def _said_in(path: Path) -> tuple[str, ...]:
    """Every text in a module that reads as a sentence; what is put into it counts as one short word."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = (_text(node) for node in ast.walk(tree) if id(node) not in docstrings | inner)
    return tuple(text for text in texts if re.search(r"\w \w.*[.?!]", text) and "(?" not in text)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "Ann" for part in node.values)
    return ""


def _words_of(sentence: str) -> int:
    return len(re.findall(r"[\w’'@./:-]*\w", sentence))


PATHS = sorted(path for path in (ROOT / "handlers").rglob("*.py") if _said_in(path))
each_module = pytest.mark.parametrize("path", PATHS, ids=name_of)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_what_a_feature_says_can_be_read_at_eleven(feature: object) -> None:
    said = [
        one if one[-1] in ".?!" else f"{one.rstrip(':;')}."
        for name, example in EXAMPLES
        if name == getattr(feature, "name", "")
        for paragraph in _paragraphs(example)
        for one in _sentences(paragraph)
        if _words_of(one) > 2
    ]
    assert textstat.automated_readability_index(" ".join(dict.fromkeys(said))) <= HARDEST


@each_example
def test_a_sentence_in_an_example_is_short(example: Example) -> None:
    long = [one for paragraph in _paragraphs(example) for one in _sentences(paragraph) if _words_of(one) > MOST_WORDS]
    assert long == []


@each_example
def test_a_paragraph_is_short(example: Example) -> None:
    blocks = example.content.body if isinstance(example.content, Message) else ()
    paragraphs = [_joined(block.spans) for block in blocks if isinstance(block, Paragraph)]
    longer_than_a_greeting = [[one for one in _sentences(each) if _words_of(one) > 3] for each in paragraphs]
    assert [each for each in longer_than_a_greeting if len(each) > MOST_SENTENCES] == []


@each_module
def test_a_sentence_anywhere_is_short(path: Path) -> None:
    long = [one for text in _said_in(path) for one in _sentences(text) if _words_of(one) > MOST_WORDS]
    assert long == []


@each_module
def test_words_are_plain_british_and_without_cheer(path: Path) -> None:
    banned = re.compile(rf"\b(?:{'|'.join(map(re.escape, (*CHEER, *JARGON, *AMERICAN)))})\b", re.IGNORECASE)
    said = [re.sub(r"\b(?:application|text)/\w+", "", text) for text in _said_in(path)]
    found = [hit for text in said for pattern in (banned, IZED, EMOJI) for hit in pattern.findall(text)]
    assert found == []


@each_module
def test_nobody_is_shouted_at(path: Path) -> None:
    said = [re.sub(r"<[^>]*>", "", text) for text in _said_in(path)]
    assert [text for text in said if "!" in text or re.search(r"\b[A-Z]{4,}\b", text)] == []


@each_example
def test_titles_and_buttons_are_short(example: Example) -> None:
    content = example.content
    if isinstance(content, Form):
        assert len(content.title) <= LONGEST_TITLE
        assert len(content.submit) <= LONGEST_LABEL
        return
    long = [button.label for button in _buttons(content) if len(DATA.sub("Ann", button.label)) > LONGEST_LABEL]
    assert long == []


@each_example
def test_two_buttons_of_one_name_tell_a_screen_reader_which_is_which(example: Example) -> None:
    if isinstance(example.content, Message):
        all_of_them = {(one.label, one.about, one.action, one.argument) for one in _buttons(example.content)}
        assert len({(label, about) for label, about, _, _ in all_of_them}) == len(all_of_them)


@each_example
def test_a_message_ends_with_something_to_do(example: Example) -> None:
    if isinstance(example.content, Message):
        assert _buttons(example.content) or DOES_SOMETHING.search(" ".join(_paragraphs(example)))


def test_the_products_own_questions_are_as_plain() -> None:
    labels = [one["label"] for one in default_questions()]
    assert textstat.automated_readability_index(" ".join(labels)) <= HARDEST
    assert all(_words_of(one) <= MOST_WORDS for one in labels)
