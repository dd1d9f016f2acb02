"""The tokens of a day are one budget for all that are on the database, however many ask at once."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from bench.clock import MovedClock
from bot.allowance import DayAllowance
from storage.unit import open_units

ON, NEXT = date(2027, 1, 12), date(2027, 1, 13)


def test_what_is_left_of_a_day_can_be_taken_and_no_more(database_url: str) -> None:
    with closing(open_units(database_url)) as units:

        def take(on: date, tokens: int) -> bool:
            return units.run(lambda store: store.model_use.take(on, tokens, 100)).result()

        def used(on: date) -> int:
            return units.run(lambda store: store.model_use.used(on)).result()

        assert (take(ON, 60), take(ON, 41), take(ON, 40), take(ON, 1)) == (True, False, True, False)
        assert (take(NEXT, 100), used(ON), used(NEXT)) == (True, 100, 100)
        units.run(lambda store: store.model_use.settle(ON, 60, 10)).result()
        assert (used(ON), take(ON, 50), take(ON, 1)) == (50, True, False)
        units.run(lambda store: store.model_use.settle(ON, 40, 90)).result()
        assert used(ON) == 150, "what was used is used, though it was more than was taken"
        units.run(lambda store: store.model_use.settle(NEXT, 500, 0)).result()
        assert used(NEXT) == 0


def test_many_who_take_at_once_take_no_more_than_there_is(database_url: str) -> None:
    with closing(open_units(database_url)) as one, closing(open_units(database_url)) as another:
        tries = [
            units.run(lambda store: store.model_use.take(ON, 10, 100)) for _ in range(15) for units in (one, another)
        ]
        assert sum(each.result() for each in tries) == 10


async def test_the_day_is_the_clocks_and_is_settled_where_it_was_taken(database_url: str) -> None:
    clock = MovedClock()
    with closing(open_units(database_url)) as units:
        allowance = DayAllowance(units, clock, 100)
        taken = await allowance.take(80)
        assert taken is not None
        assert await allowance.take(80) is None
        clock.move(days=1)
        assert await allowance.take(80) is not None
        await allowance.settle(taken, 30)
        used = units.run(lambda store: [store.model_use.used(on) for on in (ON, NEXT)]).result()
        assert used == [30, 80]
