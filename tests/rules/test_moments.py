"""A day with a time as people write them: read on their own clock, and one clear sentence where it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.kit.moments import in_short, in_words, moments_in

NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
LONDON, DELHI, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata"), ZoneInfo("Australia/Sydney")
AT_TWO = datetime(2027, 1, 19, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Tue 19 Jan 2pm", AT_TWO),
        ("Tuesday 19 January, 2 pm", AT_TWO),
        ("19 January 14:00", AT_TWO),
        ("19 January 2027 at 14.00", AT_TWO),
        ("19 January 2027 1400", AT_TWO),
        ("2027-01-19 14:00", AT_TWO),
        ("19/01/2027 2pm", AT_TWO),
        ("19th of January 2 o'clock", AT_TWO),
        ("January 19 at 2", AT_TWO),
        ("Tuesday 2", AT_TWO),
        ("next Tuesday 2pm", AT_TWO),
        ("2pm on Tuesday 19 January", AT_TWO),
        ("half two Tuesday", AT_TWO.replace(minute=30)),
        ("tomorrow 9.30", datetime(2027, 1, 13, 9, 30, tzinfo=UTC)),
        ("tomorrow quarter to ten", datetime(2027, 1, 13, 9, 45, tzinfo=UTC)),
        ("today noon", datetime(2027, 1, 12, 12, tzinfo=UTC)),
        ("in two weeks 10am", datetime(2027, 1, 26, 10, tzinfo=UTC)),
        ("3 June 2pm", datetime(2027, 6, 3, 13, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_it_is_meant(text: str, at: datetime) -> None:
    assert moments_in(text, NOW, LONDON, 3) == ((at,), "")


def test_it_is_read_on_the_clock_of_who_writes_it() -> None:
    assert moments_in("Tue 19 Jan 2pm", NOW, DELHI, 3) == ((datetime(2027, 1, 19, 8, 30, tzinfo=UTC),), "")


def test_several_stand_in_a_line_each_or_with_or_between() -> None:
    text = "Wed 20 Jan, 2pm\n\n Tue 19 Jan 2pm; tomorrow 9.30 or "
    found, problem = moments_in(text, NOW, LONDON, 3)
    assert problem == ""
    assert [in_short(one, LONDON) for one in found] == ["Wed 13 Jan, 9.30am", "Tue 19 Jan, 2pm", "Wed 20 Jan, 2pm"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Please write at least one time."),
        (" \n ", "Please write at least one time."),
        ("soon", "I can't read “soon” as a day and a time."),
        ("30 February 2pm", "I can't read “30 February 2pm” as a day and a time."),
        ("Tue 19 Jan 25:00", "I can't read “Tue 19 Jan 25:00” as a day and a time."),
        ("19 January 2027", "“19 January 2027” has no time of day."),
        ("Tuesday", "“Tuesday” has no time of day."),
        ("2pm", "“2pm” has no day."),
        ("Mon 19 Jan 2pm", "“Mon 19 Jan 2pm”: 19 January 2027 is a Tuesday. Please check the day."),
        ("today 9am", "“today 9am” has passed."),
        ("5 January 2027 2pm", "“5 January 2027 2pm” has passed."),
        ("5 January 2pm", "“5 January 2pm” is 5 January 2028, more than half a year away."),
        ("28 March 1.30am", "“28 March 1.30am” is in the hour in which the clocks change."),
        ("tomorrow 9\n13 January 9am", "“tomorrow 9” and “13 January 9am” are the same time."),
        ("1 Feb 9\n2 Feb 9\n3 Feb 9\n4 Feb 9", "These are 4 times. Please write 3 or fewer."),
    ],
)
def test_what_is_wrong_is_said_in_one_clear_sentence(text: str, says: str) -> None:
    found, problem = moments_in(text, NOW, LONDON, 3)
    assert found == ()
    assert problem.startswith(says)


def test_an_hour_that_comes_twice_is_not_guessed() -> None:
    october = datetime(2027, 10, 1, tzinfo=UTC)
    assert "the clocks change" in moments_in("31 October 1.30am", october, LONDON, 3)[1]
    assert moments_in("31 October 2am", october, LONDON, 3)[1] == ""


def test_both_clocks_are_said_only_where_they_differ() -> None:
    assert in_words(AT_TWO, LONDON) == "Tuesday 19 January, 2pm"
    assert in_words(AT_TWO, LONDON, ZoneInfo("Europe/Lisbon")) == "Tuesday 19 January, 2pm"
    assert in_words(AT_TWO, LONDON, DELHI) == "Tuesday 19 January, 2pm (in Delhi: 7.30pm)"
    assert in_words(AT_TWO, LONDON, SYDNEY) == "Tuesday 19 January, 2pm (in Sydney: Wednesday 20 January, 1am)"
