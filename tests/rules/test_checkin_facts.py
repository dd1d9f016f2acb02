"""What check-ins tell for updates: gaps said in a sentence, scales as figures, and each answer in its section."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checkins import gaps, scales
from handlers.checkins.scales import Mark
from handlers.checkins.sections import Role, roles
from handlers.kit.template import product_questions
from storage.records import Condition, QuestionKind, Template, TemplateQuestion

WEEKS = gaps.whole_weeks(date(2027, 4, 1), date(2027, 6, 30))
FEELING = product_questions()[0]


def test_only_weeks_that_lie_wholly_in_the_period_can_be_missing() -> None:
    assert (WEEKS[0], WEEKS[-1], len(WEEKS)) == (date(2027, 4, 5), date(2027, 6, 21), 12)
    assert gaps.whole_weeks(date(2027, 4, 5), date(2027, 4, 11)) == [date(2027, 4, 5)]
    assert gaps.whole_weeks(date(2027, 4, 5), date(2027, 4, 10)) == []
    assert gaps.whole_weeks(date(2027, 4, 5), date(2027, 4, 18), date(2027, 4, 6)) == [date(2027, 4, 12)]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ([], ""),
        ([4], "No check-ins were shared in the week of 3 May."),
        ([4, 5], "No check-ins were shared in the weeks of 3 and 10 May."),
        ([3, 4, 5], "No check-ins were shared in the weeks of 26 April, 3 and 10 May."),
        ([0, 1, 2, 3, 5, 7, 9], "No check-ins were shared in 7 of 12 weeks. "
         "The longest time without was 4 weeks, from 5 April."),
        (list(range(12)), "No check-ins were shared in any of the 12 weeks."),
    ],
)  # fmt: skip
def test_gaps_are_said_in_a_sentence_or_two(missing: list[int], said: str) -> None:
    told = {week for number, week in enumerate(WEEKS) if number not in missing}
    assert gaps.sentence(WEEKS, told) == said


@given(st.sets(st.sampled_from(WEEKS)))
def test_gaps_are_never_said_at_length_and_never_left_out(told: set[date]) -> None:
    said = gaps.sentence(WEEKS, told)
    assert len(said) <= 130
    assert bool(said) is (set(WEEKS) != told)


def test_a_network_that_shared_nothing_in_its_only_week() -> None:
    assert gaps.sentence(WEEKS[:1], ()) == "No check-ins were shared in the week of 5 April."
    with_faculty = gaps.sentence(WEEKS[:1], (), " with the faculty")
    assert with_faculty == "No check-ins were shared with the faculty in the week of 5 April."


def _marks(*numbers: int) -> list[Mark]:
    return [Mark(each, WEEKS[0] + timedelta(weeks=each), number) for each, number in enumerate(numbers)]


def test_a_scale_is_told_with_range_middle_and_how_many_answered() -> None:
    said = scales.sentence(FEELING, [*_marks(2, 5, 4, 4, 3), Mark(1, WEEKS[0], 4)])
    assert said == (
        "“How is the network doing just now?”: 2 to 5, middle 4, 6 answers by 5 people (1 is stuck, 5 is thriving)."
    )


def test_many_answers_of_few_people_are_not_told() -> None:
    marks = _marks(2, 5, 4, 4) * 3
    assert scales.sentence(FEELING, marks) == (
        "“How is the network doing just now?”: too few people answered to show it."
    )
    assert scales.chart(FEELING, marks, WEEKS[0], WEEKS[-1]) is None


def test_a_chart_goes_by_week_over_a_quarter_and_by_month_over_a_year() -> None:
    marks = _marks(2, 5, 4, 4, 3)
    by_week = scales.chart(FEELING, marks, date(2027, 4, 1), date(2027, 6, 30))
    by_month = scales.chart(FEELING, marks, date(2026, 7, 1), date(2027, 6, 30))
    assert by_week is not None
    assert by_month is not None
    assert (by_week.along, len(by_week.values)) == ("Week", 14)
    assert by_week.values[:7] == (None, 2, 5, 4, 4, 3, None)
    assert (by_month.along, len(by_month.values), by_month.categories[-3:]) == (
        "Month", 12, ("Apr 2027", "May 2027", "Jun 2027"),
    )  # fmt: skip
    assert by_month.values[-3:] == (3.8, 3, None)


def test_an_answer_goes_where_its_question_says_in_the_networks_own_template() -> None:
    text, yes_no = QuestionKind.LONG_TEXT, QuestionKind.YES_NO
    own = (
        TemplateQuestion("barrier", "What stops you?", text),
        TemplateQuestion("hand", "Shall we help?", yes_no, shown_if=Condition("barrier"), asks_for_help=True),
        TemplateQuestion("met", "Whom did you meet?", text),
        TemplateQuestion("ward", "Which ward?", QuestionKind.CHOICE, choices=("A", "B")),
    )
    assert roles(Template(1, 1, 1, own)) == {"barrier": Role.OBSTACLE, "hand": Role.HELP, "met": Role.PRACTICE}
    assert roles(Template(2, 1, 2, product_questions())) == {
        "feeling": Role.SCALE, "moved": Role.PRACTICE, "in_the_way": Role.OBSTACLE, "help": Role.HELP,
        "next_step": Role.NEXT, "idea": Role.NEXT,
    }  # fmt: skip
