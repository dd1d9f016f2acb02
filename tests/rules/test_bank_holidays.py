"""The bank holidays of the four nations, beside those that GOV.UK announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.kit.bank_holidays import is_bank_holiday

# Substitute days are among them: 28 December 2026 stands in for Boxing Day. 15 June 2026 was proclaimed for one year.
OF_ALL = {
    2026: "01-01 04-03 05-04 05-25 12-25 12-28",
    2027: "01-01 03-26 05-03 05-31 12-27 12-28",
    2028: "01-03 04-14 05-01 05-29 12-25 12-26",
}
NOT_SCOTTISH = {2026: "04-06 08-31", 2027: "03-29 08-30", 2028: "04-17 08-28"}
SCOTTISH = {2026: "01-02 06-15 08-03 11-30", 2027: "01-04 08-02 11-30", 2028: "01-04 08-07 11-30"}
NORTHERN_IRISH = {2026: "03-17 07-13", 2027: "03-17 07-12", 2028: "03-17 07-12"}
ANNOUNCED = {
    "england": (OF_ALL, NOT_SCOTTISH),
    "wales": (OF_ALL, NOT_SCOTTISH),
    "scotland": (OF_ALL, SCOTTISH),
    "northern-ireland": (OF_ALL, NOT_SCOTTISH, NORTHERN_IRISH),
}


@pytest.mark.parametrize("nation", list(ANNOUNCED))
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_bank_holidays_on_weekdays_are_those_announced(nation: str, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    found = {
        on.strftime("%m-%d") for on in days if on.year == year and on.weekday() < 5 and is_bank_holiday(nation, on)
    }
    assert found == {each for part in ANNOUNCED[nation] for each in part[year].split()}


def test_the_day_that_another_stands_in_for_is_kept_too() -> None:
    assert is_bank_holiday("england", date(2027, 12, 25))
    assert is_bank_holiday("northern-ireland", date(2026, 7, 12))
    assert not is_bank_holiday("scotland", date(2026, 7, 12))


@pytest.mark.parametrize("nation", [None, "", "none", "France", "England"])
def test_other_nations_have_no_bank_holidays_here(nation: str | None) -> None:
    assert not is_bank_holiday(nation, date(2027, 12, 27))
