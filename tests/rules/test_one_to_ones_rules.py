"""Who is the coach of whom, when each is reminded, and what a calendar is told of a one-to-one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from handlers.kit.content import Link
from handlers.one_to_ones import lines, rules
from handlers.one_to_ones.calendar_file import calendar_file
from handlers.one_to_ones.examples import AGREED, ASKED, CANCELLED, COACH, COACHEE, MOVING, TAKEN_BACK
from storage.one_to_one_records import Deed
from storage.records import Person, Role, RoleHeld

LONDON, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("Australia/Sydney")
NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
FAY = Person(5, "Fay", roles=(RoleHeld(Role.FACULTY),))
BEA = Person(6, "Bea", roles=(RoleHeld(Role.COORDINATOR, 1),))
BOTH = Person(7, "Both", roles=(RoleHeld(Role.FACULTY), RoleHeld(Role.LEADER, 2)))
ANN = Person(8, "Ann", roles=(RoleHeld(Role.MEMBER, 1),))


@pytest.mark.parametrize(
    ("one", "other", "coach_and_coachee"),
    [
        (FAY, BEA, (5, 6)),
        (BEA, FAY, (5, 6)),
        (BOTH, BEA, (7, 6)),
        (BOTH, FAY, (5, 7)),
        (BOTH, replace(BOTH, id=9), (7, 9)),
        (FAY, ANN, None),
        (BEA, ANN, None),
        (BEA, replace(BEA, id=9), None),
        (FAY, FAY, None),
        (BOTH, BOTH, None),
    ],
)
def test_a_coach_is_of_the_faculty_and_a_coachee_runs_a_network(
    one: Person, other: Person, coach_and_coachee: tuple[int, int] | None
) -> None:
    assert rules.sides(one, other) == coach_and_coachee


@pytest.mark.parametrize(
    ("person", "starts_at", "at"),
    [
        (BEA, datetime(2027, 1, 19, 14, tzinfo=UTC), datetime(2027, 1, 18, 9, tzinfo=UTC)),
        (BEA, datetime(2027, 1, 18, 14, tzinfo=UTC), datetime(2027, 1, 15, 9, tzinfo=UTC)),
        (replace(BEA, hours_from=time(13), hours_to=time(20)), datetime(2027, 1, 19, 14, tzinfo=UTC),
         datetime(2027, 1, 18, 13, tzinfo=UTC)),
        (replace(BEA, leave_from=date(2027, 1, 14), leave_to=date(2027, 1, 19)),
         datetime(2027, 1, 20, 14, tzinfo=UTC), datetime(2027, 1, 13, 9, tzinfo=UTC)),
        (BEA, datetime(2027, 1, 13, 14, tzinfo=UTC), None),
        (replace(BEA, working_days=()), datetime(2027, 1, 20, 14, tzinfo=UTC), None),
    ],
)  # fmt: skip
def test_each_is_reminded_on_the_last_good_day_before(person: Person, starts_at: datetime, at: datetime | None) -> None:
    assert rules.reminder_at(person, LONDON, starts_at, NOW) == at


def test_the_day_before_is_that_of_ones_own_clock() -> None:
    late = datetime(2027, 1, 19, 14, tzinfo=UTC)  # Wednesday, 1am in Sydney.
    assert rules.reminder_at(BEA, SYDNEY, late, NOW) == datetime(2027, 1, 18, 22, tzinfo=UTC)


def _event(text: bytes) -> tuple[Calendar, Event]:
    calendar = Calendar.from_ical(text)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return calendar, event


def test_a_calendar_is_told_the_time_and_nobodys_private_words() -> None:
    calendar, event = _event(calendar_file(AGREED, 6).content)
    assert (calendar["method"], calendar["version"]) == ("PUBLISH", "2.0")
    assert (event.start, event.end) == (AGREED.starts_at, AGREED.ends_at)
    assert (event["uid"], event["sequence"], event["status"], event["class"]) == ("u-1", 0, "CONFIRMED", "PRIVATE")
    assert (event["summary"], event["location"]) == ("One-to-one", AGREED.words.place)
    assert AGREED.words.about.encode() not in calendar_file(AGREED, 6).content
    assert all(len(line) <= 75 for line in calendar_file(AGREED, 6).content.split(b"\r\n"))


def test_the_coach_is_named_in_the_coachees_calendar_where_others_may_know_and_the_coachee_in_no_calendar() -> None:
    known = replace(AGREED, known_at=NOW)
    assert str(_event(calendar_file(known, 6).content)[1]["summary"]) == f"One-to-one with {AGREED.coach.name}"
    assert str(_event(calendar_file(known, 5).content)[1]["summary"]) == "One-to-one"


def test_a_change_and_a_cancellation_are_of_the_same_entry() -> None:
    later = replace(CANCELLED, sequence=3)
    _, event = _event(calendar_file(later, 6).content)
    assert (event["uid"], event["sequence"], event["status"]) == ("u-1", 3, "CANCELLED")
    assert not any(isinstance(one, Link) for one in calendar_file(later, 6).instead), "there is nothing to put in"


def test_words_with_line_breaks_or_commas_stay_one_field_of_the_file() -> None:
    place = "Room 4, ask; at\nthe desk\r\nATTENDEE:mailto:someone"
    meeting = replace(AGREED, words=replace(AGREED.words, place=place))
    _, event = _event(calendar_file(meeting, 6).content)
    assert "attendee" not in event
    assert str(event["location"]).startswith("Room 4, ask; at\nthe desk")


def test_what_has_never_had_a_time_has_no_file() -> None:
    with pytest.raises(ValueError, match="nothing was agreed"):
        calendar_file(ASKED, 6)


def test_a_letter_tells_what_the_other_did_and_nothing_that_is_over() -> None:
    after = replace(COACHEE, now=NOW + timedelta(days=30))
    assert lines.news(COACHEE, ASKED) is not None
    assert lines.news(COACH, ASKED) is None, "it is what they did themselves"
    assert lines.news(after, ASKED) is None
    assert lines.news(COACHEE, MOVING) is not None
    over = replace(MOVING, times=(replace(MOVING.times[0], at=NOW + timedelta(days=40)),))
    assert lines.news(after, over) is None, "what it would move is over"
    assert not after.is_asked(over)
    assert lines.news(after, replace(AGREED, last_by_id=5, deed=Deed.CHANGED)) is None
    assert lines.reminder(after, AGREED, "", ()) is None
    assert lines.reminder(COACHEE, TAKEN_BACK, "", ()) is None
    assert lines.prepared(COACH, AGREED, "") is None, "it is no longer shared"
