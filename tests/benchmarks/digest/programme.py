"""The database that is asked: networks whose people have checked in for years, and whose goals moved now and then."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Date, Integer, MetaData, Table, insert, text

from handlers.kit.template import product_questions
from storage.database import open_engine
from storage.goal_tables import goal_entries, goals
from storage.instant import Instant
from storage.migrate import migrate
from storage.store import Store
from storage.tables import networks, people, roles

WEEKS = 156
OF_A_NETWORK = 2_000
"""Check-ins of a network in all weeks, of other people each: a million of 500 networks in three years."""
PEOPLE = 40
GOALS = 10
END_ON = date(2027, 6, 28)
"""The Monday after the last week."""
FIRST_ON, LAST_ON = date(2027, 4, 1), date(2027, 6, 30)
NOW = datetime(2027, 7, 2, 9, tzinfo=UTC)
AT_ONCE = 10_000
_moments = Table(
    "moments",
    MetaData(),
    Column("week", Integer),
    Column("day", Integer),
    Column("week_on", Date),
    Column("at", Instant),
    prefixes=["TEMPORARY"],
)
_NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
# In the order of time, as they come; each week other people of a network.
_CHECKINS = f"""
INSERT INTO checkins (id, network_id, person_id, template_id, week_on, recorded_at)
{_NUMBERS}
SELECT i + 1, i % :networks + 1, (i % :networks) * {PEOPLE} + (i / :networks) % {PEOPLE} + 1, i % :networks + 1,
       m.week_on, m.at
FROM n JOIN moments m ON m.week = (i / :networks) * :weeks / :each AND m.day = i % 5
"""
_SAID = {
    # key: how many of a hundred answer, the value, the number, and the audiences by turns; {mix} is as if thrown
    "feeling": (100, "'\"' || ({mix} / 3 % 5 + 1) || '\"'", "{mix} / 3 % 5 + 1", (1, 3, 3, 4)),
    "moved": (
        60,
        "'\"In week ' || ({mix} % 500) || ' two more wards said yes to the new rota.\"'",
        "NULL",
        (0, 1, 3, 4),
    ),
    "in_the_way": (40, "'\"No room ' || ({mix} % 700) || ' that we can book.\"'", "NULL", (0, 1, 1, 3, 4)),
    "help": (40, "CASE WHEN {mix} % 9 = 0 THEN '\"yes\"' ELSE '\"no\"' END", "NULL", (1, 1, 3, 4)),
    "next_step": (30, "'\"Ring ward ' || ({mix} % 300) || ' on Monday.\"'", "NULL", (0, 0, 1, 3, 4)),
}
_ANSWERS = """
INSERT INTO answers (checkin_id, key, value, number, audience)
SELECT id, '{key}', {value}, {number}, CASE ({mix} / 1009) % {turns} {cases} END
FROM checkins WHERE {mix} / 7 % 100 < {share}
"""
_MIX = "((CAST(id AS BIGINT) * 48271 + {seed} * 7919) % 2147483647)"


def fill(url: str, count: int, weeks: int = WEEKS) -> None:
    """So many networks, each with its check-ins of so many weeks."""
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Millions of rows at once, which are known to refer to what is there.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        store = Store(connection)
        store.networks.keep_programme("Programme", "Europe/London")
        ids = range(1, count + 1)
        connection.execute(insert(networks), [{"id": one, "key": f"n{one}", "name": f"Network {one}"} for one in ids])
        for one in ids:
            store.templates.add(one, product_questions(), NOW, None)
        _many(connection, people, ({"id": one, "name": f"Member {one}"} for one in range(1, count * PEOPLE + 1)))
        member = (
            {"person_id": one + 1, "network_id": one // PEOPLE + 1, "role": "member"} for one in range(count * PEOPLE)
        )
        _many(connection, roles, member)
        _check_ins(connection, count, weeks)
        _goals(connection, count, weeks)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # All of this has stood for long.
        connection.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"))
    engine.dispose()


def _check_ins(connection: Connection, count: int, weeks: int) -> None:
    _moments.create(connection)
    first_on = END_ON - timedelta(weeks=weeks)
    connection.execute(insert(_moments), [_moment(first_on, week, day) for week in range(weeks) for day in range(5)])
    about = {"count": count * each(weeks), "networks": count, "weeks": weeks, "each": each(weeks)}
    connection.execute(text(_CHECKINS), about)
    for seed, (key, (share, value, number, turns)) in enumerate(_SAID.items()):
        cases = " ".join(f"WHEN {turn} THEN {audience}" for turn, audience in enumerate(turns))
        mix = _MIX.format(seed=seed)
        words = {"value": value.format(mix=mix), "number": number.format(mix=mix), "cases": cases, "turns": len(turns)}
        connection.execute(text(_ANSWERS.format(key=key, share=share, mix=mix, **words)))


def each(weeks: int) -> int:
    """Check-ins of each network in so many weeks."""
    return OF_A_NETWORK * weeks // WEEKS


def _moment(first_on: date, week: int, day: int) -> dict[str, Any]:
    week_on = first_on + timedelta(weeks=week)
    at = datetime(week_on.year, week_on.month, week_on.day, 10, tzinfo=UTC) + timedelta(days=day)
    return {"week": week, "day": day, "week_on": week_on, "at": at}


def _goals(connection: Connection, count: int, weeks: int) -> None:
    """Of each network's goals half are closed; each was told of once in eight weeks."""
    ids = range(1, count * GOALS + 1)
    _many(connection, goals, (_goal(one, weeks) for one in ids))
    _many(
        connection,
        goal_entries,
        (_entry(one, week, weeks) for week in range(weeks) for one in ids if (one + week) % 8 == 0),
    )


def _goal(number: int, weeks: int) -> dict[str, Any]:
    made_at = NOW - timedelta(weeks=weeks)
    return {
        "id": number, "network_id": (number - 1) // GOALS + 1, "is_personal": False, "is_objective": False,
        "audience": 3 + number % 2, "state": "open" if number % 2 else "achieved", "title": f"Goal {number}",
        "measure": "", "step_when": "", "step_then": "", "with_whom": "", "now": "3", "value": 3.0, "target": 5.0,
        "made_at": made_at, "moved_at": NOW - timedelta(weeks=2), "closed_at": None if number % 2 else NOW,
    }  # fmt: skip


def _entry(goal_id: int, week: int, weeks: int) -> dict[str, Any]:
    return {
        "goal_id": goal_id, "at": NOW - timedelta(weeks=weeks - week), "told": "progress", "confidence": "on",
        "now": "3", "value": 3.0, "why": "It moved on.", "changes": "[]",
    }  # fmt: skip


def _many(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == AT_ONCE:
            connection.execute(insert(table), waiting)
            waiting.clear()
    if waiting:
        connection.execute(insert(table), waiting)
