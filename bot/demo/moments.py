"""When a made-up person does something in a week that is past: in office hours, and the same for the same now."""

from datetime import datetime, timedelta
from random import Random

from handlers.kit.text import week_of


def moment(user: str, weeks_ago: int, now: datetime, later: float = 0.0) -> datetime:
    """A local moment of that week, in office hours of Monday to Thursday; of this week, some moment that is past.

    `now` is on the clock of the place. `later` is a share of a day after the person's check-in of that week, 0.4 at
    the most.
    """
    dice = Random(f"{user} {weeks_ago}")
    monday = datetime.combine(week_of(now.date()), datetime.min.time(), now.tzinfo)
    if weeks_ago == 0:
        return monday + (now - monday) * (0.3 + 0.3 * dice.random() + later)
    day = timedelta(weeks=-weeks_ago, days=dice.randrange(4), minutes=60 * 8 + dice.randrange(9 * 60))
    return monday + day + timedelta(days=later)
