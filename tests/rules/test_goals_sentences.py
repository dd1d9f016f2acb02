"""How a goal goes, from one typed line: a small grammar that people would guess, read the same way every time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.goals import sentences
from handlers.goals.sentences import Said
from storage.goal_records import Confidence, Goal, GoalState, GoalWords
from storage.records import Audience

NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
VOICE = Goal(
    1, GoalWords("Patient voice in each clinic"), 5, 5, "Ann Example", 7, True, False, None, Audience.ONLY_ME,
    GoalState.OPEN, NOW, NOW, None, 0,
)  # fmt: skip
ROTA = replace(VOICE, id=2, words=GoalWords("A rota for the voice group: who, when"), owner_id=6)
HELPED = replace(ROTA, id=3, words=GoalWords("The panel"), helpers=((5, "Ann Example"),))
ON, RISK, OFF = Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3 of 5", Said("3 of 5", 3)),
        ("3, on track, because the ward agreed", Said("3", 3, ON, "the ward agreed")),
        (
            "two workshops done, third booked, on track because the ward agreed",
            Said("two workshops done, third booked", None, ON, "the ward agreed"),
        ),
        ("On track", Said(confidence=ON)),
        ("▲ At risk.", Said(confidence=RISK)),
        ("off-track; no room", Said("no room", None, OFF)),
        ("1,200 people, at risk, two rooms fell through", Said("1,200 people", 1200, RISK, "two rooms fell through")),
        ("60%. We are still on track. The rota is out.", Said("60%", 60, ON, "The rota is out")),
        ("3, at risk, no room because of the move", Said("3", 3, RISK, "no room, because of the move")),
        ("because the ward agreed", Said(why="the ward agreed")),
        ("not on track", Said(confidence=OFF)),
        ("4, isn’t on track", Said("4", 4, OFF)),
        ("no longer at risk", Said("no longer at risk")),
        ("was at risk, now on track", Said("was at risk", None, ON)),
        ("the third one is on track at last", Said("the third one is on track at last", None, ON)),
        ("on track to be off the list", Said("on track to be off the list", None, ON)),
        ("at track, on risk", Said("at track, on risk")),
        ("-2.5 and counting", Said("-2.5 and counting", -2.5)),
        ("99999999999", Said("99999999999")),
        ("10:30 is free", Said("10:30 is free")),
        ("  ,.; ", Said()),
        ("", Said()),
        ("<b>*_`|</b> 😀", Said("<b>*_`|</b> 😀")),
    ],
)
def test_a_line_is_read_as_people_mean_it(text: str, read: Said) -> None:
    assert sentences.said(text) == read


def test_ten_thousand_characters_are_read_without_a_word_lost() -> None:
    for text in ("x" * 10_000, "on track, " * 1000, "because " * 1250, ", " * 5000, "a:" * 5000, "word " * 2000):
        read = sentences.said(text)
        assert len(read.now) <= sentences.MOST_NOW
        sentences.meant(text, [VOICE, ROTA], 5)


@given(st.text(st.sampled_from("ab1 ,.:;’-é“") | st.characters(), max_size=150))
def test_no_line_is_refused_and_none_loses_a_letter(text: str) -> None:
    read = sentences.said(text)
    if read.confidence is None and "because" not in text.casefold():
        kept = f"{read.now} {read.why}"
        assert [one for one in text if one.isalnum()] == [one for one in kept if one.isalnum()]


@pytest.mark.parametrize(
    ("line", "goals"),
    [
        ("patient voice: 3 of 5", [1]),
        ("VOICE: 3 of 5", [1, 2]),
        ("pat voi: 3", [1]),
        ("a rota for the voice group: who, when", [2]),
        ("the panel: on track", [3]),
        ("rota", [2]),
        ("3 of 5, on track", [1, 3]),
        ("ward 4: two beds", [1, 3]),
        ("10:30 is free", [1, 3]),
        (": 3", [1, 3]),
    ],
)
def test_the_words_before_a_colon_say_which_goal_is_meant(line: str, goals: list[int]) -> None:
    assert [one.id for one in sentences.meant(line, [VOICE, ROTA, HELPED], 5)[0]] == goals


def test_where_one_has_no_goal_any_that_one_may_say_something_of_is_meant() -> None:
    assert [one.id for one in sentences.meant("3 of 5", [VOICE, ROTA], 9)[0]] == [1, 2]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("patient voice: 3 of 5", Said("3 of 5", 3)),
        ("patient voice:", Said()),
        ("patient voice", Said()),
        ("ward 4: two beds", Said("ward 4: two beds")),
        ("patiant voice: 3 of 5", Said("patiant voice: 3 of 5")),
        ("3 of 5: on track", Said("3 of 5", 3, ON)),
    ],
)
def test_only_a_name_that_fits_is_left_out_of_what_is_said(line: str, read: Said) -> None:
    assert sentences.said_of(line, VOICE) == read
