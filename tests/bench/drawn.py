"""Wheels and timelines for the tests of what draws them: as in use, with gaps, and with odd names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.kit.content import Phase, Series, Standing, Stop, Table, Timeline, Wheel

FIVE = (
    "common purpose", "co-operative structure", "critical mass", "collective intelligence", "community building",
)  # fmt: skip
SHORT = ("", "structure", "", "intelligence", "")
NOW, HOPED = Series("Now", (3.3, 2, 2.7, 3.7, 1)), Series("Hoped for", (4.3, 4, 3.7, 4.7, 3))
EARLIER, LATER = Series("September 2027", (2.3, 3, None, 3.7, 2)), Series("June 2028", (4, None, 3, 4, 3))
ODD = "“Ward 4’s <b>*plan*</b>” & _more_ donaudampfschifffahrtsgesellschaft شبكة الصحة الجنسية"


def _cell(value: float | None) -> str:
    return "not known" if value is None else f"{value:g}"


def wheel(*series: Series, axes: tuple[str, ...] = FIVE, short: tuple[str, ...] = SHORT, title: str = "") -> Wheel:
    """A wheel of these series, with its table."""
    rows = tuple((name, *(_cell(one.values[at]) for one in series)) for at, name in enumerate(axes))
    caption = f"The level of each, from 1 to 5: {' and '.join(one.name for one in series)}."
    table = Table(caption, ("What we looked at", *(one.name for one in series)), rows)
    said = "Highest now is collective intelligence, at 3.7. Lowest is community building, at 1."
    return Wheel(title or "Where the network stands", said, axes, series, table, short=short)


WHEEL = wheel(NOW, HOPED)
FULL_WHEEL = wheel(NOW, HOPED, EARLIER, LATER)
ODD_WHEEL = replace(
    wheel(Series(ODD, (1, None, 9, -3, 2)), NOW, axes=(ODD, *FIVE[1:4], "?"), short=(), title=ODD), summary=ODD
)

TIMELINE = Timeline(
    "Plan of eighteen months",
    "You are in month 5 of 18. Next is the review point in July 2027. One thing is not done yet.",
    (
        Phase(
            "Months 1 to 6: find your feet", date(2027, 2, 1), date(2027, 7, 31),
            (
                Stop(date(2027, 3, 1), "March 2027", "Agree what we are for", Standing.DONE, "Done in April 2027"),
                Stop(date(2027, 5, 1), "May 2027", "Review point", Standing.DONE, "Held on 4 May 2027"),
                Stop(date(2027, 5, 1), "May 2027", "Find a second co-ordinator", Standing.SLIPPED,
                     "Planned for May. Not done yet."),
                Stop(date(2027, 6, 1), "June 2027", "Hold a first learning event", Standing.DUE),
                Stop(date(2027, 6, 1), "June 2027", "Write a newsletter", Standing.LEFT),
            ),
        ),
        Phase(
            "Months 7 to 12: grow", date(2027, 8, 1), date(2028, 1, 31),
            (
                Stop(date(2027, 8, 1), "August 2027", "Review point", Standing.AHEAD),
                Stop(date(2027, 11, 1), "November 2027", "Look at the network again together", Standing.AHEAD,
                     "Moved from October"),
            ),
        ),
        Phase("Months 13 to 18: make it last", date(2028, 2, 1), date(2028, 7, 31)),
    ),
    date(2027, 6, 14),
)  # fmt: skip
ODD_TIMELINE = Timeline(
    ODD, ODD,
    (
        Phase(ODD, date(2027, 1, 1), date(2027, 1, 1), tuple(
            Stop(date(2027, 1, 1), ODD, f"{number} {ODD * 5}", standing, ODD)
            for number in range(4) for standing in Standing
        )),
        Phase("", date(2027, 1, 2), date(2027, 1, 3)),
    ),
    date(2030, 1, 1),
)  # fmt: skip
