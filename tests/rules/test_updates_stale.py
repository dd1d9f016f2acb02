"""How a sentence stands beside its sources, what an edit leaves of them, and what files make of people's words."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from handlers.kit.facts import Fact, Section
from handlers.updates import document, drafted, edits, files, stale, whose, word_file
from handlers.updates.examples import DRAFT, NETWORK
from handlers.updates.stale import Line, Standing
from storage.draft_records import Origin, Sentence
from storage.records import Audience, Person

BEA = Person(5, "Bea Sample")
ONE = Fact(
    "checkins:1:moved", 7, Section.PRACTICE, "The ward has a walk-in hour on Tuesdays", date(2027, 1, 12),
    Audience.NETWORK, "a", True, 9, "Ann Example",
)  # fmt: skip
TWO = replace(ONE, key="checkins:2:moved", text="Patients lead the induction of new doctors", person_id=8, by="Ben")
FIGURE = replace(ONE, key="checkins:n:people", text="2 people shared.", is_quoted=False, person_id=None, by="")


def drawn(*facts: Fact) -> Sentence:
    return replace(drafted.of_facts(facts), id=len(facts))


def written(origin: Origin, *facts: Fact) -> Sentence:
    return Sentence("practice", origin, tuple(drafted.sources(facts)), "Two things moved.", id=9)


def line(sentence: Sentence, *facts: Fact) -> Line:
    (found,) = stale.lines([sentence], facts)
    return found


def test_a_drawn_sentence_says_what_its_source_says_now() -> None:
    assert line(drawn(ONE), ONE).standing is Standing.STANDS
    changed = line(drawn(ONE), replace(ONE, text="New words", stamp="b"))
    assert (changed.standing, changed.text) == (Standing.CHANGED, "“New words” Ann Example, 12 Jan.")
    assert line(drawn(ONE), TWO) == Line(drawn(ONE), "", Standing.GONE)


def test_what_two_said_alike_is_the_others_once_one_takes_theirs_back() -> None:
    left = line(drawn(ONE, TWO), TWO)
    assert left.standing is Standing.CHANGED
    assert ONE.text not in left.text
    assert not left.is_figure


@pytest.mark.parametrize("origin", [Origin.MODEL, Origin.PERSON])
def test_words_that_rest_on_two_sources_are_shown_to_nobody_once_one_is_gone(origin: Origin) -> None:
    sentence = written(origin, ONE, TWO)
    assert line(sentence, ONE, TWO).standing is Standing.STANDS
    gone = line(sentence, TWO)
    assert (gone.standing, gone.text) == (Standing.GONE, "")
    assert stale.hidden([gone]) == [9]
    assert line(replace(sentence, text=""), ONE, TWO).standing is Standing.GONE, "it was struck before"


def test_that_only_a_figure_changed_is_told_apart() -> None:
    now = replace(FIGURE, text="3 people shared.", stamp="b")
    assert line(drawn(FIGURE), now).is_figure
    assert not line(drawn(ONE), replace(ONE, stamp="b")).is_figure
    told = document.for_readers(DRAFT, NETWORK, [line(drawn(FIGURE), now), line(drawn(ONE), replace(ONE, stamp="b"))])
    assert [one.text for one in told.lines] == ["3 people shared."]


def test_the_last_door_lets_in_only_what_is_of_the_draft() -> None:
    of = replace(ONE, audience=Audience.FACULTY)
    others = (
        replace(of, audience=Audience.NETWORK), replace(of, network_id=8),
        replace(of, on=date(2026, 12, 31)), replace(of, on=date(2027, 4, 1)),
    )  # fmt: skip
    assert whose.of_draft(DRAFT, [*others, of]) == [of]


def edited(text: str, *before: Line) -> list[Sentence]:
    return edits.read(text, "practice", before, (ONE, TWO), BEA)


FIRST, SECOND = line(drawn(ONE), ONE, TWO), line(drawn(TWO), ONE, TWO)


def keys(sentence: Sentence) -> list[str]:
    return [one.key for one in sentence.sources]


def test_lines_that_stay_are_what_they_were() -> None:
    assert edited(edits.as_text([FIRST, SECOND]), FIRST, SECOND) == [FIRST.sentence, SECOND.sentence]
    assert edited(f"{SECOND.text}\n\n  {FIRST.text}", FIRST, SECOND) == [SECOND.sentence, FIRST.sentence]
    assert edited("", FIRST, SECOND) == []


def test_an_edited_line_keeps_the_source_of_the_line_that_it_was() -> None:
    (one, two) = edited(f"The ward has a walk-in hour, says Ann.\n{SECOND.text}", FIRST, SECOND)
    assert (one.origin, keys(one), one.author_id) == (Origin.PERSON, [ONE.key], 5)
    assert two == SECOND.sentence


def test_a_line_in_the_place_of_others_keeps_all_their_sources() -> None:
    (one,) = edited("Two good things.", FIRST, SECOND)
    assert keys(one) == [ONE.key, TWO.key]


def test_a_line_that_repeats_what_somebody_said_has_it_as_its_source() -> None:
    one = edits.own("I hear that patients lead the induction of new doctors.", "practice", (ONE, TWO), BEA)
    assert keys(one) == [TWO.key]
    assert keys(edits.own("We meet in May.", "practice", (ONE, TWO), BEA)) == []


def test_a_line_that_is_hidden_stays_until_somebody_looks() -> None:
    hidden = line(written(Origin.PERSON, ONE, TWO), TWO)
    assert edited("New.", hidden)[-1] == hidden.sentence


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", 'a"b,c', "a\nb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    mean = replace(ONE, text=text, is_quoted=False, by=text)
    told = document.whole(DRAFT, NETWORK, [line(drawn(mean), mean)], [mean])
    rows = list(csv.reader(io.StringIO(files.table_of_sources(told), newline="")))
    assert len(rows) == 2
    assert all(not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def test_people_s_words_are_no_markdown() -> None:
    assert files.escaped("# *a* [b](http://c) <script> | `d` & ![e](f)") == (
        r"\# \*a\* \[b\](http://c) \<script\> \| \`d\` \& \!\[e\](f)"
    )
    assert files.escaped("1. one\n2. two") == r"1\. one 2. two"
    assert files.escaped("- a") == r"\- a"
    assert files.escaped("2.8") == "2.8"


def test_a_word_file_has_headings_lists_figures_and_numbered_sources() -> None:
    from docx import Document

    from handlers.updates.examples import whole

    told = whole()
    made = Document(io.BytesIO(word_file.word(told)))
    styles = {(one.style.name if one.style else "", one.text) for one in made.paragraphs}
    assert ("Heading 1", "What changed in practice") in styles
    assert any(style == "List Bullet" and "“No <room> that we can book.”" in text for style, text in styles)
    assert any(text.startswith("1. Ann Example, 12 January 2027: ") for _, text in styles)
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["4 Jan", "2.5"]


def test_a_word_file_takes_any_letters() -> None:
    odd = replace(ONE, text="a\x0bb\ud800c\ufffe\x00 <w:t>", by="\x1b")
    told = document.whole(DRAFT, NETWORK, [line(drawn(odd), odd)], [odd])
    assert b"word/document.xml" in word_file.word(told)
