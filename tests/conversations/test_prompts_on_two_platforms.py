"""Someone on Slack and Teams: a prompt comes once, where they want it, and what they say to it counts on both."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.driver import Driver, Hands
from bench.slack import SlackDriver
from bench.slack_faults import Fault
from bench.teams import TeamsDriver
from bench.world import World

SECOND_MONDAY = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
"""Members are asked every two weeks; the first Monday had passed when the bot was set up."""


def _asked(*hands: Hands) -> list[int]:
    """How many messages that ask for something stand before someone, on each platform."""
    return [sum("Hello " in one.text for one in each.messages) for each in hands]


async def _ann(world: World, prefers: str, *, has_met_it: bool = True) -> tuple[Hands, Hands]:
    """Ann on Slack and on Teams, who prefers one; `has_met_it`: in Teams, where nobody can be written to before."""
    on_slack, on_teams = world.person("ann", "slack"), world.person("ann", "teams")
    if has_met_it:
        await on_teams.says("help")
    account = on_slack.account
    ann = await world.store(lambda store: store.people.by_account(account))
    assert ann is not None
    await world.store(lambda store: store.people.change(ann.id, {"preferred_platform": prefers}))
    return on_slack, on_teams


def _driver(world: World, kind: type[Driver]) -> Driver:
    return next(one for one in world.drivers if isinstance(one, kind))


async def test_a_prompt_comes_once_and_where_it_is_wanted(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams")
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [0, 1]
    await two_platforms.moves_to(datetime(2027, 1, 31, 12, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 1]


async def test_whoever_changes_where_they_want_it_gets_what_is_planned_there(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams")
    await two_platforms.moves_to(datetime(2027, 1, 24, 12, 0, tzinfo=UTC))
    await on_slack.says("settings")
    await on_slack.presses("Edit")
    await on_slack.sends({"Where shall I write to you": "Slack"})
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [1, 0]


async def test_before_someone_has_met_it_in_teams_it_comes_in_slack(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams", has_met_it=False)
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [1, 0]


async def test_where_teams_was_removed_it_comes_in_slack(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams")
    teams = _driver(two_platforms, TeamsDriver)
    assert isinstance(teams, TeamsDriver)
    teams.service.always["a:ann"] = (403, {})
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [1, 0]
    bea = two_platforms.person("bea", "slack")
    await bea.says("deliveries")
    assert "Ann" not in bea.messages[-1].text, "it arrived: there is nothing to do"


async def test_where_slack_knows_them_no_more_it_comes_in_teams(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "slack")
    slack = _driver(two_platforms, SlackDriver)
    assert isinstance(slack, SlackDriver)
    slack.service.faults[f"chat.postMessage {on_slack.account.user}"] = Fault("user_not_found")
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [0, 1]


async def test_where_nobody_knows_whether_it_arrived_a_co_ordinator_sends_it_again(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams")
    teams = _driver(two_platforms, TeamsDriver)
    assert isinstance(teams, TeamsDriver)
    teams.service.always["a:ann"] = (502, {})
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [0, 0], "it may be there already: it goes nowhere else by itself"
    del teams.service.always["a:ann"]
    await two_platforms.moves_to(datetime(2027, 1, 25, 11, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 0]
    bea = two_platforms.person("bea", "slack")
    await bea.says("deliveries")
    assert "Ann Example, Monday 25 January: uncertain" in bea.messages[-1].text
    await bea.presses("Send again")
    await two_platforms.bot.tick()
    assert _asked(on_slack, on_teams) == [0, 1]
    await bea.says("deliveries")
    assert "Ann" not in bea.messages[-1].text


async def test_an_answer_on_one_is_an_answer_to_what_came_on_the_other(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "slack")
    await two_platforms.moves_to(SECOND_MONDAY)
    assert _asked(on_slack, on_teams) == [1, 0]
    await two_platforms.moves_to(datetime(2027, 2, 1, 8, 0, tzinfo=UTC))
    await on_teams.says("check in")
    if on_teams.form is None:
        await on_teams.presses("Check in")
    await on_teams.sends({"How is the network": "4"})
    assert "This also answers what I asked on Monday 25 January." in on_teams.messages[-1].text
    await on_slack.presses("Later")
    assert "You have answered this already" in on_slack.messages[-1].text
    await two_platforms.moves_to(datetime(2027, 2, 7, 12, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 0], "no reminder on either; the message gave its place to the answer"


async def test_skipped_on_one_nothing_more_of_it_comes_on_the_other(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "slack")
    await two_platforms.moves_to(SECOND_MONDAY)
    await on_slack.presses("Skip this one")
    await _ann(two_platforms, "teams")
    await two_platforms.moves_to(datetime(2027, 2, 7, 12, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 0]
    await two_platforms.moves_to(datetime(2027, 2, 8, 9, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 1], "the next one comes where it is wanted now"


async def test_put_off_on_one_it_comes_again_once(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "teams")
    await two_platforms.moves_to(SECOND_MONDAY)
    await on_teams.presses("Later")
    await on_teams.presses("Tomorrow")
    await two_platforms.moves_to(datetime(2027, 1, 26, 8, 59, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 0]
    await two_platforms.moves_to(datetime(2027, 1, 26, 9, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 1]
    await two_platforms.moves_to(datetime(2027, 2, 7, 12, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 1]


async def test_less_often_on_one_is_less_often_on_the_other(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "slack")
    await two_platforms.moves_to(SECOND_MONDAY)
    await on_slack.presses("Less often")
    await on_teams.says("prompts")
    assert "You get it every second time." in on_teams.messages[-1].text
    await on_slack.presses("Answer now")
    await on_slack.sends({"How is the network": "4"})
    await on_teams.says("prompts")
    assert "Monday 22 February at 9am" in on_teams.messages[-1].text
    before = _asked(on_slack, on_teams)
    await two_platforms.moves_to(datetime(2027, 2, 21, 12, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == before
    await two_platforms.moves_to(datetime(2027, 2, 22, 9, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [before[0] + 1, before[1]]


async def test_what_was_stopped_on_one_before_it_came_does_not_come_on_the_other(two_platforms: World) -> None:
    on_slack, on_teams = await _ann(two_platforms, "slack")
    await two_platforms.moves_to(datetime(2027, 1, 24, 18, 0, tzinfo=UTC))
    await on_teams.says("prompts")
    await on_teams.presses("Stop")
    await two_platforms.moves_to(datetime(2027, 2, 10, 9, 0, tzinfo=UTC))
    assert _asked(on_slack, on_teams) == [0, 0]
    await on_slack.says("prompts")
    assert "You stopped this." in on_slack.messages[-1].text
