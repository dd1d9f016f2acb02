"""One co-ordinator's eighteen months with the bot, lived through once: what must hold over the time holds all the time.

With WEAVER_TRANSCRIPT set to a file's path, all that she and her leader saw and did is written there, to be read.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import textstat

from bench.eighteen_months import Months, Unasked, lines_of
from bench.eighteen_months_people import BEGIN, programme
from bench.eighteen_months_story import Story
from bench.eighteen_months_text import message_text, sentences_of
from bench.straight import fresh_sqlite
from handlers import find_routes
from handlers.coaching.choice import HALF_A_YEAR
from handlers.kit.audience import goal_reader
from handlers.kit.bank_holidays import is_bank_holiday
from storage.coached import AskedQuestion, Talk
from storage.goal_records import GoalState
from storage.records import Account
from storage.store import Store
from storage.unit import open_units

HARDEST, MOST_WORDS = 6.0, 20
QUOTED = re.compile("“[^”]*”|Open Clinics|(?:Imogen|Callum|Ann|Ben|Fay) (?:Hale|Reed|Moss|Lark|Stone)")


@dataclass
class Lived:
    """What is left of the months: all that was said, and what the database holds of Imogen's coaching and goals."""

    months: Months
    asked: list[AskedQuestion]
    talks: list[Talk]
    goals: Counter[GoalState]

    def to_imogen(self) -> list[Unasked]:
        """What came to her by itself."""
        return [one for one in self.months.unasked if one.user == "imogen"]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with closing(open_units(fresh_sqlite(tmp_path_factory.mktemp("months")))) as units:
        units.run(programme).result()
        months = Months(units, find_routes(), BEGIN)
        try:
            asyncio.run(_live(months))
        finally:
            if path := os.environ.get("WEAVER_TRANSCRIPT"):
                Path(path).write_text(lines_of(months.transcript), "utf-8")
        yield Lived(months, *units.run(_kept).result())


async def _live(months: Months) -> None:
    try:
        await Story(months).lived()
    finally:
        await months.simulation.stop()


def _kept(store: Store) -> tuple[list[AskedQuestion], list[Talk], Counter[GoalState]]:
    imogen = store.people.by_account(Account("ledger", "W", "imogen"))
    assert imogen is not None
    reader = goal_reader(imogen)
    goals = [*store.goals.open_for(reader), *store.goals.closed_for(reader)]
    asked = store.coaching_questions.history(imogen.id, 1000)[::-1]
    return asked, store.coaching.history(imogen.id, 100)[::-1], Counter(one.state for one in goals)


def test_the_months_hold_what_they_should(lived: Lived) -> None:
    assert len(lived.to_imogen()) > 50
    assert lived.goals[GoalState.ACHIEVED] >= 2
    assert lived.goals[GoalState.DROPPED] == 1
    assert [one.before_id for one in lived.talks] == [None, lived.talks[0].id]
    text = lines_of(lived.months.transcript)
    for what in ("would still help.", "You asked me to come back to this.", "led this review."):
        assert what in text, what


def test_nobody_is_written_to_twice_in_a_week(lived: Lived) -> None:
    unasked = [one for one in lived.months.unasked if "You asked me to come back" not in message_text(one.message)]
    weeks = Counter((one.user, one.at.date() - timedelta(days=one.at.weekday())) for one in unasked)
    assert [week for week, times in weeks.items() if times > 1] == []


def test_nothing_comes_on_leave_on_bank_holidays_on_days_off_or_outside_hours(lived: Lived) -> None:
    assert [(one.user, one.at) for one in lived.months.unasked if not _is_open(one)] == []
    away = [date(2027, 2, 15), date(2027, 3, 29), date(2027, 12, 20), date(2028, 5, 29)]
    assert {one.at.date() for one in lived.to_imogen()}.isdisjoint(away)


def _is_open(one: Unasked) -> bool:
    person, on = one.person, one.at.date()
    is_away = person.leave_from and person.leave_to and person.leave_from <= on <= person.leave_to
    is_free = is_away or is_bank_holiday(person.nation, on) or on.weekday() not in person.working_days
    return not is_free and person.hours_from <= one.at.time() < person.hours_to


def test_no_question_comes_twice_within_half_a_year(lived: Lived) -> None:
    general = [one for one in lived.asked if one.plan_id is None]
    assert len(general) > 40
    for key in {one.key for one in general}:
        days = [one.on for one in general if one.key == key]
        assert all(later - earlier >= HALF_A_YEAR for earlier, later in pairwise(days)), key


def test_each_plan_is_asked_about_once_after_its_moment(lived: Lived) -> None:
    for talk in lived.talks:
        (asked,) = [one for one in lived.asked if one.plan_id == talk.id]
        assert talk.moment_on is not None
        assert asked.on > talk.moment_on


def test_no_message_comes_in_the_same_words_three_times_running(lived: Lived) -> None:
    for user in lived.months.lives:
        texts = [message_text(one.message) for one in lived.months.unasked if one.user == user]
        assert [one for one, two, three in zip(texts, texts[1:], texts[2:], strict=False) if one == two == three] == []


def test_all_that_was_said_can_be_read_at_eleven(lived: Lived) -> None:
    said = dict.fromkeys(sentence for content in lived.months.said for sentence in sentences_of(content))
    plain = [QUOTED.sub("Ann", text) for text in said]
    sentences = [one for text in plain for one in re.split(r"(?<=[.?!:])\s+|\n", text) if one.count(" ") > 1]
    assert textstat.automated_readability_index(" ".join(sentences)) <= HARDEST
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []
