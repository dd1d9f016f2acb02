"""Reads Weaver's pages as a person sees them, and fills their forms as a browser does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.driver import SeenForm, SeenMessage, SeenQuestion

LINES = {"h3", "h4", "li", "p", "blockquote", "figcaption", "caption", "th", "td"}
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Act:
    """What a browser would send: an address, and the fields where it posts."""

    address: str
    pairs: tuple[tuple[str, str], ...] = ()
    posts: bool = True


def act_of(node: LexborNode, typed: Mapping[str, str] | None = None) -> Act:
    """What pressing this link or button, or sending this form, would do."""
    if node.tag == "a":
        return Act(node.attributes["href"] or "", posts=False)
    form: LexborNode | None = node
    while form is not None and form.tag != "form":
        form = form.parent
    assert form is not None
    pairs = [(_name(one), (typed or {}).get(_name(one), _value(one))) for one in form.css("input")]
    return Act(form.attributes["action"] or "", tuple(pairs))


def fill(page: LexborHTMLParser, answers: Mapping[str, str | tuple[str, ...]]) -> Act:
    """The open form with these answers in it, by the beginning of a question's label; the rest as it stands."""
    form = page.css_first("#form form")
    assert form is not None
    pairs: Pairs = [(_name(one), _value(one)) for one in form.css("input[type=hidden]")]
    left = dict(answers)
    for question in form.css(".question"):
        label = _question_label(question)
        key = next((one for one in left if label.startswith(one)), None)
        pairs += _as_it_stands(question) if key is None else _answered(question, left.pop(key))
    assert not left, f"no question for {sorted(left)} in {[_question_label(one) for one in form.css('.question')]}"
    return Act(form.attributes["action"] or "", tuple(pairs))


def read_form(page: LexborHTMLParser) -> SeenForm:
    """The form of a form's page."""
    title, intro = page.css_first("#form h1"), page.css_first("#form .intro")
    assert title is not None
    lines = [trouble_text(page), _text(intro) if intro else ""]
    questions = tuple(_question(one) for one in page.css("#form .question"))
    return SeenForm(_text(title), "\n".join(filter(None, lines)), questions)


def read_messages(page: LexborHTMLParser, files: Mapping[str, bytes], where: str = "#messages") -> list[SeenMessage]:
    """The bot's messages in the conversation, or elsewhere; `files` holds what each link to a file led to."""
    return [_message(one, files) for one in page.css(f"{where} .message")]


def home_text(page: LexborHTMLParser) -> str:
    """The text of the person's own page."""
    message = page.css_first("#home .message")
    return "\n".join((*_lines(message), *_labels(message))) if message else ""


def trouble_text(page: LexborHTMLParser) -> str:
    """The sentence of a page that says that nothing was kept, "" if it says nothing."""
    node = page.css_first(".trouble")
    return _text(node) if node else ""


def _message(node: LexborNode, files: Mapping[str, bytes]) -> SeenMessage:
    links = {_text(one): files.get(one.attributes["href"] or "", b"") for one in node.css(".file a")}
    return SeenMessage("\n".join(_lines(node)), _labels(node), files=links)


def _labels(node: LexborNode) -> tuple[str, ...]:
    """What stands on the buttons; of one that asks first, what stands there before it asks."""
    shown = node.css("a.button, button.button, summary.button")
    return tuple(_text(one) for one in shown if not _inside(one, "ask"))


def _lines(node: LexborNode) -> Iterator[str]:
    for one in node.traverse():
        if one.tag == "div" and one.parent is not None and one.parent.tag == "dl":
            label, value = one.css_first("dt"), one.css_first("dd")
            assert label is not None
            assert value is not None
            yield f"{_text(label)}: {_text(value)}"
        elif one.tag in LINES and not _inside(one, "ask") and not _inside(one, "file"):
            yield _text(one)


def _inside(node: LexborNode, css_class: str) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if css_class in (above.attributes.get("class") or "").split():
            return True
        above = above.parent
    return False


def _text(node: LexborNode) -> str:
    """The text that is seen: without what only a screen reader says."""
    copy = LexborHTMLParser(node.html or "")
    for unseen in copy.css(".hidden, .optional"):
        unseen.decompose()
    return (copy.text() or "").strip()


def _question(node: LexborNode) -> SeenQuestion:
    error = node.css_first(".error")
    choices = tuple(label for label, value in _choices(node) if value)
    hint = "\n".join(_text(one) for one in node.css(".only-if, .hint"))
    return SeenQuestion(_question_label(node), hint, _seen_value(node), choices, _text(error) if error else "")


def _question_label(node: LexborNode) -> str:
    label = node.css_first("legend, label")
    assert label is not None
    return _text(label)


def _choices(node: LexborNode) -> list[tuple[str, str]]:
    """Label and value of all that can be chosen."""
    options = [(_text(one), _value(one)) for one in node.css("option")]
    for label in node.css("label.option"):
        box = label.css_first("input")
        assert box is not None
        options.append((_text(label), _value(box)))
    return options


def _as_it_stands(node: LexborNode) -> Pairs:
    pairs = [(_name(one), _value(one)) for one in node.css("input") if "checked" in one.attributes]
    pairs += [(_name(one), _value(one)) for one in node.css("input:not([type=radio]):not([type=checkbox])")]
    pairs += [(_name(one), _typed(one)) for one in node.css("textarea")]
    for one in node.css("select"):
        chosen = one.css_first("option[selected]") or one.css_first("option")
        pairs.append((_name(one), _value(chosen) if chosen else ""))
    return pairs


def _seen_value(node: LexborNode) -> str | tuple[str, ...]:
    values = [value for _, value in _as_it_stands(node) if value]
    labels = {value: label for label, value in _choices(node)}
    seen = tuple(labels.get(value, value) for value in values)
    return seen if node.css_first("[type=checkbox]") else "".join(seen)


def _answered(node: LexborNode, answer: str | tuple[str, ...]) -> Pairs:
    field = node.css_first("input, textarea, select")
    assert field is not None
    given = (answer,) if isinstance(answer, str) else answer
    if not (choices := _choices(node)):
        return [(_name(field), one) for one in given]
    return [(_name(field), _chosen(choices, label)) for label in given]


def _chosen(choices: list[tuple[str, str]], wanted: str) -> str:
    exact = [value for label, value in choices if label == wanted]
    near = [value for label, value in choices if label.startswith(wanted)]
    known = [value for _, value in choices if value == wanted]
    assert exact or near or known, f"{wanted!r} is not among {[label for label, _ in choices]}"
    return (exact or near or known)[0]


def _name(node: LexborNode) -> str:
    return node.attributes.get("name") or ""


def _value(node: LexborNode) -> str:
    return node.attributes.get("value") or ""


def _typed(node: LexborNode) -> str:
    return (node.text() or "").removeprefix("\n")
