"""The question bank: every question is open, short, plain and kind, none says what another says, and none is missing.

The measures are those of `test_words.py` beside this file; a good question is as domain.md §3 has it: one at a time,
open, short, what or how rather than why, about what is to come or what went well.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from itertools import combinations, product

import pytest
import textstat

from bench import plain
from bench.house import ROOT
from bench.plain import HARDEST, MOST_WORDS
from prompts.coaching import Bank, Move, Part, Question, Slot, question_bank, read
from prompts.kinds import Dimension, Governance, Origin, Stage, Stance
from storage.records import Role

HARDEST_ALONE = 9.0
"""A single short sentence measures high with one long word in it; more than this is hard for that alone."""
LONGEST_WORD = 13
FEWEST = 8
FEWEST_IN_ALL = 160
HALF_A_YEAR_OF_WEEKS = 27
ALIKE = 0.5
"""Two questions share at most this part of the words that carry their meaning."""

FILE = ROOT / "prompts" / "coaching" / "questions.toml"
BANK = question_bank()
GENERAL = [one for one in BANK.questions if one.slot is None]
each_question = pytest.mark.parametrize("question", BANK.questions, ids=lambda one: one.key)

ASKS = "what|how|who|whose|when|where|which"
OPENS = re.compile(
    r"(?:(?:From 0 to 10|If|When|With|Now that|After|The last time) ?[^,.?]*, |(?:Think of|It is) [^.?]*\. )?"
    rf"(?:{ASKS})\b",
    re.IGNORECASE,
)
UNFIT = {
    **plain.UNFIT,
    "why": r"why|how come|what for",
    "mood or mind": r"how do you feel|feeling|mood|happy|unhappy|sad|angry|anxious|worr\w+|stress\w*|burn\w* ?out|tired"
    r"|depress\w+|resilien\w+|wellbeing|motivat\w+|confiden\w+",
    "clinic": r"diagnos\w+|treat\w*|symptom\w*|medic\w+|drug\w*|dose|therap\w+|clinical|prescri\w+|ill|illness|harm\w*",
    "staff matters": r"apprais\w+|grievance\w*|disciplin\w+|dismiss\w*|your pay|pay rise|salar\w+|sick\w*"
    r"|contract\w*|complain\w*",
}
SMALL = set(
    f"{ASKS} a an and any as at be been but by can could did do does for from get had has have here how if in is it its"
    " just make many may me might most much network network’s of on one or other others own people s so some than that"
    " the their them there they thing things think this those to up use was way were will with work would you your"
    " members member member’s members’ goal plan 0 10 like".replace("|", " ").split()
)


def _meaning(question: Question) -> frozenset[str]:
    return frozenset(word.lower() for word in plain.words(question.text)) - SMALL


def _read_alone(question: Question) -> str:
    """The question as it is read: what it quotes counts as one short word."""
    return question.quoting("Ann")


@each_question
def test_a_question_is_one_short_open_question(question: Question) -> None:
    assert question.text.endswith("?")
    assert question.text.count("?") == 1
    assert len(plain.words(question.text)) <= MOST_WORDS
    assert OPENS.match(question.text), "it opens with what, how, who, when, where or which, or leads up to it"
    assert not re.search(rf"\b(?:and|or),? (?:{ASKS})\b", question.text, re.IGNORECASE), "that asks two things"


@each_question
def test_a_question_is_plain_and_kind(question: Question) -> None:
    assert plain.unfit(question.text, UNFIT) == {}
    assert not re.search(r"[!;:()/&…\"']|--|\b[A-Z]{2,}\b", question.text)


@each_question
def test_a_question_alone_can_be_read(question: Question) -> None:
    text = _read_alone(question)
    assert max(len(word) for word in plain.words(text)) <= LONGEST_WORD
    assert textstat.automated_readability_index(text) <= HARDEST_ALONE


@pytest.mark.parametrize("of", [*Dimension, *Part, *Stage, *Governance, *Move], ids=str)
def test_each_shelf_can_be_read_at_eleven(of: str) -> None:
    shelf = [
        one
        for one in BANK.questions
        if of in (one.dimension, one.move) or of in one.roles | one.stages | one.governance
    ]
    assert textstat.automated_readability_index(" ".join(map(_read_alone, shelf))) <= HARDEST


@pytest.mark.parametrize("said", ["why is it so", "a stakeholder", "your mood", "it was your fault", "realize"])
def test_what_does_not_fit_would_be_found(said: str) -> None:
    assert plain.unfit(said, UNFIT)


@pytest.mark.parametrize(
    "closed",
    ["Do you have time?", "Could you ring her?", "From 0 to 10, is it clear?", "Tell me: who is it?", "Is it?"],
)
def test_a_closed_question_would_be_found(closed: str) -> None:
    assert OPENS.match(closed) is None


def test_no_two_questions_say_nearly_the_same() -> None:
    alike = [
        (one.text, other.text)
        for one, other in combinations(BANK.questions, 2)
        if (both := _meaning(one) | _meaning(other))
        and len(_meaning(one) & _meaning(other)) / len(both) > ALIKE
        and one.slot is other.slot
    ]
    assert alike == []


def test_questions_do_not_all_begin_alike() -> None:
    begins = Counter(" ".join(plain.words(one.text)[:2]).lower() for one in BANK.questions)
    assert max(begins.values()) <= len(BANK.questions) / 8


def test_there_are_enough_for_each_dimension_and_part() -> None:
    assert len(GENERAL) >= FEWEST_IN_ALL
    held = Counter((one.dimension, part) for one in GENERAL for part in one.roles)
    assert {cell for cell in product(Dimension, Part) if held[cell] < FEWEST} == set()
    for_any = Counter((one.dimension, part) for one in GENERAL if one.is_for_any_network for part in one.roles)
    assert {cell for cell in product(Dimension, Part) if for_any[cell] < FEWEST} == set()


@pytest.mark.parametrize(
    ("tags", "of"),
    [
        (Stage, lambda one: one.stages),
        (Governance, lambda one: one.governance),
        (Origin, lambda one: one.origin),
        (Stance, lambda one: one.stance),
        (Move, lambda one: (one.move,)),
    ],
    ids=["stage", "governance", "origin", "stance", "move"],
)
def test_there_are_enough_for_each_tag(tags: type[Stage], of: Callable[[Question], frozenset[Stage]]) -> None:
    held = Counter(tag for one in GENERAL for tag in of(one))
    assert {tag for tag in tags if held[tag] < FEWEST} == set()


def test_a_quiet_goal_and_a_plan_have_questions_for_everyone() -> None:
    quoting = Counter(one.slot for one in BANK.questions if one.slot and not one.roles and one.is_for_any_network)
    assert all(quoting[slot] >= FEWEST for slot in Slot)
    assert all(one.text.count(f"“{{{one.slot}}}”") == 1 for one in BANK.questions if one.slot)


def test_every_network_has_questions_for_half_a_year_of_weeks() -> None:
    few = [
        kind
        for kind in product(Part, [None, *Stage], [None, *Governance], [None, *Origin], [None, *Stance])
        if sum(_fits(one, kind) for one in GENERAL) < HALF_A_YEAR_OF_WEEKS
    ]
    assert few == []


def _fits(question: Question, kind: tuple[object, ...]) -> bool:
    tags = (question.roles, question.stages, question.governance, question.origin, question.stance)
    return all(not wanted or known in wanted for wanted, known in zip(tags, kind, strict=True))


def test_parts_are_the_roles_in_a_network() -> None:
    assert {part.value for part in Part} <= {role.value for role in Role}


def test_a_quoted_title_with_braces_stays_as_it_is() -> None:
    assert Question("k", "How is “{goal}”?").quoting("{plan} {0} {") == "How is “{plan} {0} {”?"
    assert Question("k", "How is it?").quoting("{goal}") == "How is it?"


GOOD = 'key = "a"\ntext = "What next?"\nmove = "outcome"\ndimension = "critical mass"\nroles = ["leader"]'


def _bank(*entries: str) -> Bank:
    return read("\n".join(f"[[questions]]\n{entry}" for entry in entries))


def test_a_bank_is_read_with_its_tags() -> None:
    bank = _bank(GOOD + '\nstages = ["ending"]', 'key = "b"\ntext = "How is {goal}?"\nmove = "scale"')
    assert bank.questions[0] == Question(
        "a", "What next?", Move.OUTCOME, Dimension.MASS, frozenset({Part.LEADER}), frozenset({Stage.ENDING})
    )
    assert bank.question("b") == Question("b", "How is {goal}?", Move.SCALE)
    assert bank.question("c") is None


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([GOOD, GOOD.replace("next", "then")], "question a: its key stands twice"),
        ([GOOD, GOOD.replace('"a"', '"b"')], "its words stand twice: What next?"),
        ([GOOD.replace("critical", "crucial")], "question a: dimension is 'crucial mass'; it can be common purpose or"),
        ([GOOD.replace("leader", "boss")], "question a: roles is 'boss'; it can be member or coordinator or leader"),
        ([GOOD + '\nstages = "ending"'], "question a: stages is a list in brackets"),
        ([GOOD + '\nstage = ["ending"]'], "question a: stage is no field of a question"),
        ([GOOD.replace("outcome", "advice")], "question a: move is 'advice'; it can be outcome or scale or"),
        ([GOOD.replace("next", "{gaol}")], "question a: its text has at most one slot, goal or plan, in braces"),
        ([GOOD.replace("What next?", " ")], "question a: it has no text"),
        ([GOOD.replace('"a"', '"A b"')], "question A b: a key is of small letters, digits and hyphens"),
        (['text = "What next?"\nmove = "scale"'], "question 1: a key is of small letters"),
        (['key = "a"\ntext = "What next?"\nmove = "scale"'], "question a: dimension is ''; it can be"),
        ([], "there is no question"),
    ],
)
def test_a_wrong_bank_says_what_is_wrong_with_which_question(entries: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        _bank(*entries)


def test_all_that_is_wrong_is_said_at_once() -> None:
    other = 'key = "b"\ntext = "How is {goal}?"\nmove = "advice"'
    with pytest.raises(ValueError, match="boss") as raised:
        _bank(GOOD.replace("leader", "boss"), other)
    assert [line.split(";")[0] for line in str(raised.value).splitlines()] == [
        "question a: roles is 'boss'",
        "question b: move is 'advice'",
    ]


def test_the_file_holds_questions_and_nothing_else() -> None:
    assert list(tomllib.loads(FILE.read_text(encoding="utf-8"))) == ["questions"]
