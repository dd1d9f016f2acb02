"""What platforms do to a fan-out: too much, no answer, shut out, this person never. Each gets it once, or it is known.

The real bot and both real platforms, over sockets to the fakes. What a single answer means is in tests/outbound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from bench.fanout import Fanout, Stands, assert_each_once, at_work, fanout
from bench.slack_service import Fault
from bench.teams_service import Fault as TeamsFault
from bot.claiming import LEASE_SECONDS
from bot.lane import MOST_FAILING, SLOTS
from bot.outcomes import REST_SECONDS

POST = "chat.postMessage"
WAVES = 10
"""More than the attempts after which a delivery is given up."""


@pytest.fixture
async def fan(database_url: str) -> AsyncIterator[Fanout]:
    async with fanout(database_url) as opened:
        yield opened


@pytest.fixture
async def alone(sqlite_url: str) -> AsyncIterator[Fanout]:
    async with fanout(sqlite_url) as opened:
        yield opened


def of(stands: Sequence[Stands], platform: str) -> set[tuple[str, int, int]]:
    """The states, attempts and showings that there are on one platform."""
    return {(one.state, one.attempts, one.shown) for one in stands if one.platform == platform}


def posts(fan: Fanout) -> Counter[int]:
    """How often Slack was told to show something to each number."""
    return Counter(int(payload["channel"].removeprefix("U")) for payload in fan.slack.called(POST))


async def test_a_storm_of_too_many_holds_one_workspace_and_costs_no_attempt(fan: Fanout) -> None:
    """F5: for as long as Slack says, again and again, while Teams' people get theirs; after it everyone has it once."""
    await fan.due(range(40))
    fan.slack.faults[POST] = Fault(error="ratelimited", status=429, retry_after="30")
    async with at_work(fan) as bot:
        for wave in range(1, WAVES + 1):
            await bot.tick()
            told = len(fan.slack.called(POST))
            assert 0 < told <= wave * SLOTS
            await fan.pass_by(20)
            await bot.tick()
            assert len(fan.slack.called(POST)) == told, "nothing goes there before its time"
            assert of(await fan.stands(), "slack") == {("planned", 0, 0)}
            assert of(await fan.stands(), "teams") == {("sent", 1, 1)}
            await fan.pass_by(11)
        fan.slack.faults.clear()
        await bot.tick()
    stands = await fan.stands()
    assert_each_once(stands, 40)
    assert of(stands, "slack") == of(stands, "teams") == {("sent", 1, 1)}


async def test_a_storm_on_teams_holds_the_tenant_alone(alone: Fanout) -> None:
    """F5: the other way round."""
    await alone.due(range(40))
    async with at_work(alone) as bot:
        alone.teams.answers += [(429, {"Retry-After": "30"})] * SLOTS
        await bot.tick()
        taken = SLOTS - len(alone.teams.answers)
        await alone.pass_by(20)
        await bot.tick()
        assert SLOTS - len(alone.teams.answers) == taken
        assert of(await alone.stands(), "slack") == {("sent", 1, 1)}
        alone.teams.answers.clear()
        await alone.pass_by(11)
        await bot.tick()
    stands = await alone.stands()
    assert_each_once(stands, 40)
    assert of(stands, "teams") == {("sent", 1, 1)}


async def test_what_was_not_answered_is_looked_for_or_held_and_never_doubled(fan: Fanout) -> None:
    """F6: torn down, 5xx, unreadable, each before and after it is shown: one post an attempt."""
    lost = [Fault(reset=True), Fault(status=503, error="x"), Fault(status=500), Fault(error="internal_error")]
    shown = [Fault(reset=True, shown=True), Fault(status=502, shown=True), Fault(garbage=True, shown=True)]
    await fan.due(range(32))
    for number, fault in enumerate([*lost, *shown]):
        fan.slack.faults[f"{POST} U{4 * number}"] = fault
        fault.times = 1
    fan.teams.always.update({"1": TeamsFault.RESET, "5": TeamsFault.ERROR, "9": (504, {})})
    doubtful = {*range(0, 28, 4), 1, 5, 9}
    async with at_work(fan) as bot:
        await bot.tick()
        first = {one.number: (one.state, one.attempts) for one in await fan.stands()}
        assert first == {n: ("unknown" if n in doubtful else "sent", 1) for n in range(32)}
        for _ in range(3):
            await fan.pass_by(LEASE_SECONDS)
            await bot.tick()
    stands = await fan.stands()
    assert {one.number for one in stands if one.state == "unknown"} == {1, 5, 9}
    assert {one.number: one.shown for one in stands} == {n: 0 if n == 9 else 1 for n in range(32)}
    assert posts(fan) == {n: 2 if n in (0, 4, 8, 12) else 1 for n in range(0, 32, 2)}
    assert fan.teams.calls.count("POST") == 16


async def test_platforms_that_fail_altogether_leave_few_in_doubt(fan: Fanout) -> None:
    """F6: nobody else is written to until they have rested, or on Teams all would be held."""
    await fan.due(range(80))
    fan.slack.faults[POST] = Fault(status=503)
    fan.teams.always.update({str(number): (503, {}) for number in range(1, 80, 2)})
    async with at_work(fan) as bot:
        await bot.tick()
        states = Counter((one.platform, one.state, one.attempts) for one in await fan.stands())
        for platform in ("slack", "teams"):
            assert MOST_FAILING <= states[platform, "unknown", 1] < SLOTS + MOST_FAILING
            assert states[platform, "unknown", 1] + states[platform, "planned", 0] == 40
        fan.slack.faults.clear()
        fan.teams.always.clear()
        for _ in range(2):
            await fan.pass_by(LEASE_SECONDS + 1)
            await bot.tick()
    stands = await fan.stands()
    assert_each_once(stands, 80)
    assert sum(one.state == "unknown" for one in stands) == states["teams", "unknown", 1]


async def test_a_platform_that_takes_from_nobody_costs_nobody_their_message(alone: Fanout) -> None:
    """F6: however long it lasts; and those whom it fails keep nobody waiting whom it does not."""
    await alone.due(range(0, 80, 2))
    alone.slack.faults[POST] = Fault(error="a_word_that_is_new")
    async with at_work(alone) as bot:
        for _ in range(WAVES):
            await bot.tick()
            await alone.pass_by(61)
        assert max(one.attempts for one in await alone.stands()) <= 2
        alone.slack.faults = {f"{POST} U{number}": Fault(error="a_word_that_is_new") for number in range(0, 40, 2)}
        await alone.pass_by(REST_SECONDS)
        for _ in range(6):
            await bot.tick()
            await alone.pass_by(61)
        assert {one.number for one in await alone.stands() if one.state == "sent"} == set(range(40, 80, 2))
        alone.slack.faults.clear()
        await alone.pass_by(REST_SECONDS)
        await bot.tick()
    assert {(one.state, one.shown) for one in await alone.stands()} == {("sent", 1)}


async def test_what_slack_shows_late_is_not_sent_again(alone: Fanout) -> None:
    """F6: nobody looks before a minute has gone, when it is shown or never will be."""
    await alone.due([2])
    alone.slack.faults[POST] = Fault(reset=True, times=1)
    async with at_work(alone) as bot:
        await bot.tick()
        await alone.pass_by(LEASE_SECONDS - 15)
        await bot.tick()
        (payload,) = alone.slack.called(POST)
        alone.slack.put("U2", payload)
        await alone.pass_by(20)
        await bot.tick()
        await bot.tick()
    (only,) = await alone.stands()
    assert (only.state, only.shown) == ("sent", 1)


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_shut_out_the_queue_waits_and_goes_out_after_a_restart(alone: Fanout, code: str) -> None:
    """F7: the workspace rests after the first calls, no attempt is counted, and who restarts the bot need not wait."""
    await alone.due(range(40))
    async with at_work(alone) as bot:
        alone.slack.faults.update({POST: Fault(error=code), "auth.test": Fault(error=code)})
        await bot.tick()
        await alone.pass_by(600)
        await bot.tick()
        assert 0 < len(alone.slack.called(POST)) <= SLOTS
        assert of(await alone.stands(), "slack") == {("planned", 0, 0)}
        assert of(await alone.stands(), "teams") == {("sent", 1, 1)}
    alone.slack.faults.clear()
    async with at_work(alone) as bot:
        await bot.tick()
    stands = await alone.stands()
    assert_each_once(stands, 40)
    assert of(stands, "slack") == {("sent", 1, 1)}


async def test_shut_out_it_is_tried_again_by_itself(alone: Fanout) -> None:
    """F7: whoever lets the bot in again without a restart waits a quarter of an hour at most."""
    await alone.due([0, 2, 4])
    alone.slack.faults[POST] = Fault(error="account_inactive")
    async with at_work(alone) as bot:
        await bot.tick()
        alone.slack.faults.clear()
        await alone.pass_by(901)
        await bot.tick()
    assert of(await alone.stands(), "slack") == {("sent", 1, 1)}


async def test_an_ordinary_wait_holds_though_the_bot_is_restarted(alone: Fanout) -> None:
    """F5: a restart is no way round what Slack asked for."""
    await alone.due([0, 2, 4])
    alone.slack.faults[POST] = Fault(error="ratelimited", status=429, retry_after="30")
    async with at_work(alone) as bot:
        await bot.tick()
    told = len(alone.slack.called(POST))
    async with at_work(alone) as bot:
        await bot.tick()
    assert len(alone.slack.called(POST)) == told


async def test_who_cannot_be_reached_is_given_up_or_gets_it_on_the_other_platform(fan: Fanout) -> None:
    """F8: only where the first says that it cannot reach them; what may be shown there is sent nowhere else."""
    await fan.fill(range(12))
    preferred = {0: "slack", 2: "slack", 4: "slack", 1: "teams", 3: "teams", 5: "teams", 7: "teams"}
    for number, platform in preferred.items():
        await fan.also(number, platform)
    await fan.plan()
    gone = {0: "channel_not_found", 2: "is_archived", 4: "invalid_blocks", 6: "user_disabled"}
    fan.slack.faults.update({f"{POST} U{number}": Fault(error=code) for number, code in gone.items()})
    fan.teams.always.update({"1": (403, {}), "3": (404, {}), "5": (400, {}), "7": TeamsFault.RESET, "9": (403, {})})
    async with at_work(fan) as bot:
        for _ in range(3):
            await bot.tick()
            await fan.pass_by(LEASE_SECONDS)
    stands = await fan.stands()
    assert {one.number: (one.platform, one.state, one.shown) for one in stands} == {
        0: ("teams", "sent", 1),
        2: ("teams", "sent", 1),
        4: ("slack", "gave up", 0),
        6: ("slack", "gave up", 0),
        8: ("slack", "sent", 1),
        10: ("slack", "sent", 1),
        1: ("slack", "sent", 1),
        3: ("slack", "sent", 1),
        5: ("teams", "gave up", 0),
        7: ("teams", "unknown", 1),
        9: ("teams", "gave up", 0),
        11: ("teams", "sent", 1),
    }
    assert all(one.why for one in stands if one.state == "gave up")
    assert set(posts(fan).values()) == {1}, "nobody is tried again who can never be reached"
