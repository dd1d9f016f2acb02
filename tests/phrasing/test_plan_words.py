"""A plan speaks to each kind of network in words of its own, and none of them names what that kind does not have."""

from __future__ import annotations

import re
from dataclasses import astuple
from itertools import product

import pytest
import textstat

from bench import plain
from bench.house import ROOT
from bench.plain import HARDEST, MOST_WORDS
from prompts.kinds import AXES, Axis, Function, Governance, Kind, Origin, Stage, Stance
from prompts.plan.words import Words, read, words_for

ONE_KNOWN = {
    Axis.GOVERNANCE: [Kind(each) for each in Governance],
    Axis.FUNCTION: [Kind(function=each) for each in Function],
    Axis.ORIGIN: [Kind(origin=each) for each in Origin],
    Axis.STANCE: [Kind(stance=each) for each in Stance],
    Axis.STAGE: [Kind(stage=each) for each in Stage],
}
KINDS = [Kind(), *(kind for kinds in ONE_KNOWN.values() for kind in kinds)]
SAID = list(dict.fromkeys(text for kind in KINDS for text in astuple(words_for(kind))))
TEXT = (ROOT / "prompts" / "plan" / "words.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", SAID)
def test_the_words_are_short_plain_and_kind(text: str) -> None:
    assert [one for one in plain.sentences(text) if len(plain.words(one)) > MOST_WORDS] == []
    assert plain.unfit(text, {**plain.UNFIT, **plain.MEASURING}) == {}
    assert not re.search(r"[!;:()/&…\"']|--|\b[A-Z]{2,}\b", text)


def test_the_words_can_be_read_at_eleven() -> None:
    assert textstat.automated_readability_index(plain.as_sentences(SAID)) <= HARDEST


@pytest.mark.parametrize("axis", Axis)
def test_each_value_of_an_axis_has_words_of_its_own(axis: Axis) -> None:
    found = [words_for(kind) for kind in (Kind(), *ONE_KNOWN[axis])]
    assert len(set(found)) == len(found)


def test_words_of_all_axes_come_together() -> None:
    words = words_for(Kind(Governance.MANAGED, Function.LEARNING, Origin.OUTSIDE, Stance.CHALLENGES, Stage.ENDING))
    assert words.decides.startswith("The core team")
    assert "heard here" in words.worth
    assert words.ask_first.startswith("Others set this network up.")
    assert "may not like" in words.readers
    assert words.pace.endswith("after the network has ended.")


def test_every_kind_of_network_has_all_its_words() -> None:
    for parts in product(*([None, *AXES[axis]] for axis in Axis)):
        kind = Kind(*parts)
        assert all(astuple(words_for(kind)))


WRONG_FOR = {
    Governance.ENCLAVE: r"leader|core team|members?",
    Governance.MANAGED: r"all of you",
    Governance.INDIVIDUALISTIC: r"leader|core team|members?|all of you",
}


@pytest.mark.parametrize("governance", Governance)
def test_no_network_is_told_what_it_does_not_have(governance: Governance) -> None:
    words = words_for(Kind(governance))
    said = (words.owner_question, words.decides, words.slipped, words.invite)
    assert [text for text in said if re.search(rf"\b(?:{WRONG_FOR[governance]})\b", text)] == []


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_what_slipped_is_said_with_its_month_and_with_a_way_on(kind: Kind) -> None:
    said = words_for(kind).slipped_since("March 2027")
    assert said.startswith("Planned for March 2027. Not done yet. ")
    assert "month 9 of" in words_for(kind).invitation(9)
    assert "{" not in said + words_for(kind).invitation(9)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('decides = "The core team decides, and tells members why."\n', "", "governance managed: it has no decides"),
        ("[stage.ending]", "[stage.finished]", "stage has no value finished"),
        ("[stage.ending]", "[stage.finished]", "stage ending: it has no pace"),
        ("[usual]\n", "[usual]\nfaster = 'Run.'\n", "usual: faster is not among its words"),
        ("[origin.inside]", "[size.large]\nask_first = 'Ask.'\n[origin.inside]", "size is no axis"),
    ],
)
def test_wrong_words_say_what_is_wrong(right: str, wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        read(TEXT.replace(right, wrong))


def test_a_month_is_put_in_as_it_is() -> None:
    assert Words(*["{month} {number}"] * 8).slipped_since("{number}") == "{number} {number}"
