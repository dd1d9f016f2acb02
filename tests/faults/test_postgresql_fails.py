"""PostgreSQL away and back: no 200 for anything that is not stored, and it heals without a restart."""

from __future__ import annotations

import asyncio
import json

from aiohttp import ClientSession

from bench.outage import PATIENCE, counts, everyone_succeeds, everyone_tries, is_ready, open_world, ready
from bench.postgres import PostgresServer
from bench.slack import SlackDriver
from bench.world import World
from bot.app import create
from bot.settings import Settings
from storage.migrate import migrate


async def test_postgresql_stops_and_comes_back(postgres_server: PostgresServer) -> None:
    """F4: no 200 for anything that is not stored, everyone is told, and it is there again without a restart."""
    world = await open_world(postgres_server.fresh(migrate).sqlalchemy)
    before = await counts(world)
    await asyncio.to_thread(postgres_server.pause)
    try:
        await everyone_tries(world)
        status, said = await ready(world)
    finally:
        await asyncio.to_thread(postgres_server.resume)
    assert (status, said["database"]) == (503, "the database server does not answer")
    await is_ready(world)
    assert await counts(world) == before
    await everyone_succeeds(world)
    await world.stop()


async def test_postgresql_restarted_under_load_fails_each_connection_once_at_most(
    postgres_server: PostgresServer,
) -> None:
    """F4: the pool's ten connections broke while they lay idle; nobody is refused for that."""
    world = World(postgres_server.fresh(migrate).sqlalchemy, (SlackDriver(),))
    await world.start()
    slack = world.drivers[0]
    assert isinstance(slack, SlackDriver)
    await asyncio.gather(*(world.store(lambda store: store.schema()) for _ in range(20)))
    await asyncio.to_thread(postgres_server.pause)
    await asyncio.to_thread(postgres_server.resume)
    await asyncio.gather(*(world.person("ann").says("help") for _ in range(30)))
    assert len(slack.statuses) == 30
    assert slack.statuses.count(200) >= 20
    assert set(slack.statuses) <= {200, 503}
    await world.stop()


async def test_a_database_whose_tables_are_gone_is_told_and_nothing_is_acknowledged(
    postgres_server: PostgresServer,
) -> None:
    """Reached, but without a table: Slack delivers again later, and /readyz says what to type."""
    world = await open_world(postgres_server.fresh(migrate).sqlalchemy)
    await world.store(lambda store: store._connection.exec_driver_sql("DROP SCHEMA public CASCADE").close())
    await world.store(lambda store: store._connection.exec_driver_sql("CREATE SCHEMA public").close())
    await everyone_tries(world)
    status, said = await ready(world)
    assert (status, said["database"]) == (503, "the database has no tables yet: run python -m bot migrate")
    await asyncio.to_thread(migrate, world.database_url)
    await is_ready(world)
    await world.stop()


async def test_a_bot_that_starts_without_its_database_serves_as_soon_as_there_is_one(
    postgres_server: PostgresServer,
) -> None:
    """F4, F12: it listens, says why it is not ready, and prepares the schema by itself once it can."""
    database = postgres_server.fresh()
    await asyncio.to_thread(postgres_server.pause)
    bot = create(Settings(database.sqlalchemy, port=0))
    try:
        await bot.start()
        url = f"http://127.0.0.1:{bot.port}"
        async with ClientSession() as session:
            async with session.get(f"{url}/readyz") as answer:
                assert answer.status == 503
                assert json.loads(await answer.text())["database"] == "the database server does not answer"
            await asyncio.to_thread(postgres_server.resume)
            async with asyncio.timeout(PATIENCE):
                while True:
                    async with session.get(f"{url}/readyz") as answer:
                        if answer.status == 200:
                            break
                    await asyncio.sleep(0.05)
    finally:
        await asyncio.to_thread(postgres_server.resume)
        await bot.stop()
