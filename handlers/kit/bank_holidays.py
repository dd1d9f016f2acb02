"""Knows the bank holidays of the four nations, as GOV.UK announces them."""

from datetime import date
from functools import lru_cache

_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}


def is_bank_holiday(nation: str | None, on: date) -> bool:
    """True on the nation's bank holidays, and on the day itself where another day stands in for it.

    Christmas Day on a Saturday counts, and so does the Monday after. False for any other nation, and for None. The
    first call takes about a tenth of a second, since `holidays` reads every country in.
    """
    return nation in _SUBDIVISIONS and on in _of(nation, on.year)


@lru_cache(maxsize=128)
def _of(nation: str, year: int) -> frozenset[date]:
    import holidays  # Late: it is slow to import, and most commands never ask.

    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))
