"""Check-ins from two places at once, or over the turn of a week: nothing is lost, and nobody is surprised."""

from bench.stories import NETWORK, ONLY_ME, check_in, opens_check_in, rows
from bench.world import World


async def test_a_form_that_was_open_before_another_check_in_asks_before_it_takes_its_place(
    two_platforms: World,
) -> None:
    world = two_platforms
    on_slack, on_teams = world.person("ann", "slack"), world.person("ann", "teams")
    await on_slack.says("check in")
    await on_slack.presses("Check in")
    await on_teams.says("check in")
    await on_teams.presses("Check in")
    await on_teams.sends({"How is the network": "4", "What has moved": "Said on Teams"})
    await on_slack.sends({"How is the network": "2", "What has moved": "Said on Slack"})
    assert on_slack.form is not None
    assert "checked in for this week meanwhile" in next(iter(on_slack.form.errors.values()))
    assert on_slack.form.question("What has moved").value == "Said on Slack"
    await on_slack.sends()
    assert "is changed" in on_slack.messages[-1].text
    await on_slack.says("history")
    assert "Said on Slack" in on_slack.messages[-1].text
    await on_slack.presses("Earlier versions")
    assert "Said on Teams" in on_slack.messages[-1].text


async def test_what_takes_the_place_of_a_check_in_is_read_by_no_more_people_than_that_was(two_platforms: World) -> None:
    world = two_platforms
    on_slack, on_teams, bea = world.person("ann", "slack"), world.person("ann", "teams"), world.person("bea", "slack")
    await on_slack.says("check in")
    await on_slack.presses("Check in")
    await on_teams.says("check in")
    await on_teams.presses("Check in")
    await on_teams.sends({"How is the network": "4"})
    await on_teams.presses("Who can see this")
    await on_teams.sends({"How is the network": "Only me"})
    await on_slack.sends({"How is the network": "2"})
    await on_slack.sends()
    assert "is changed" in on_slack.messages[-1].text
    await bea.says("network")
    assert "Ann Example" not in bea.messages[-1].text


async def test_a_form_that_was_open_over_the_turn_of_the_week_changes_the_check_in_that_it_shows(world: World) -> None:
    ann = world.person("ann")
    await check_in(world, "ann", {"What has moved": "First words"})
    await ann.presses("Edit")
    world.clock.move(weeks=1)
    await ann.sends({"What has moved": "Second words"})
    assert "is changed" in ann.messages[-1].text
    assert await rows(world, "checkins") == 1


async def test_one_person_answers_once_on_either_platform(two_platforms: World) -> None:
    world = two_platforms
    on_slack, on_teams = world.person("ann", "slack"), world.person("ann", "teams")
    await on_slack.says("check in")
    await on_slack.presses("Check in")
    await on_slack.sends({"How is the network": "4", "What has moved": "Said on Slack"})
    await on_teams.says("check in")
    await on_teams.presses("Edit my check-in")
    assert on_teams.form is not None
    assert on_teams.form.question("What has moved").value == "Said on Slack"
    await on_teams.sends({"What has moved": "Changed on Teams"})
    await on_slack.says("history")
    assert "Changed on Teams" in on_slack.messages[-1].text
    assert await rows(world, "checkins") == 1


async def test_saving_what_stands_there_already_is_no_edit(world: World) -> None:
    await check_in(world, "ann", {"What has moved": "The same words"})
    ann = world.person("ann")
    await ann.presses("Edit")
    await ann.sends()
    assert await rows(world, "revisions") == 0
    await ann.says("history")
    assert "edited" not in ann.messages[-1].text


async def test_an_edit_made_elsewhere_meanwhile_is_said_before_it_is_put_aside(two_platforms: World) -> None:
    world = two_platforms
    on_teams = await opens_check_in(world, "ann", "teams")
    await on_teams.sends({"How is the network": "4", "What has moved": "First words"})
    on_slack = world.person("ann", "slack")
    await on_slack.says("check in")
    await on_slack.presses("Edit my check-in")
    world.clock.move(minutes=5)
    await on_teams.presses("Edit")
    await on_teams.sends({"What has moved": "Teams words"})
    await on_slack.sends({"What has moved": "Slack words"})
    assert on_slack.form is not None
    assert "changed since you opened it" in next(iter(on_slack.form.errors.values()))
    await on_slack.sends()
    await on_slack.says("history")
    assert "Slack words" in on_slack.messages[-1].text
    assert await rows(world, "revisions") == 2


async def test_earlier_versions_stand_under_the_questions_that_they_answered(world: World) -> None:
    await check_in(world, "ann", {"Is there an idea": "Swap two clinics"})
    template = await world.store(lambda store: store.templates.current(1))
    assert template is not None
    kept = tuple(question for question in template.questions if question.key != "idea")
    await world.store(lambda store: store.templates.add(template.network_id, kept, world.clock.now(), None))
    ann = world.person("ann")
    await ann.presses("Edit")
    assert ann.form is not None
    assert ann.form.question("Is there an idea").value == "Swap two clinics"
    await ann.sends({"What has moved": "More"})
    await ann.says("history")
    await ann.presses("Earlier versions")
    assert "Is there an idea worth trying?" in ann.messages[-1].text


async def test_someone_who_asks_for_help_is_seen_though_the_question_was_changed_since(world: World) -> None:
    await check_in(world, "ann", {"What is in the way": "No room", "Would you like help": "Yes"})
    template = await world.store(lambda store: store.templates.current(1))
    assert template is not None
    kept = tuple(question for question in template.questions if not question.asks_for_help)
    await world.store(lambda store: store.templates.add(template.network_id, kept, world.clock.now(), None))
    bea = world.person("bea")
    await bea.says("network")
    assert "Asking for help: Ann Example" in bea.messages[-1].text


async def test_days_are_told_by_the_persons_own_clock(world: World) -> None:
    world.clock.move(days=150, hours=13.75)  # 23.45 on 11 June in UTC is a quarter to one on the 12th in London.
    await check_in(world, "ann", {})
    ann = world.person("ann")
    await ann.says("check in")
    if ann.form is None:
        await ann.presses("Edit my check-in")
    assert ann.form is not None
    assert "You checked in on Saturday 12 June" in ann.form.intro


async def test_words_typed_over_a_check_in_that_was_withdrawn_meanwhile_stay_in_the_form(two_platforms: World) -> None:
    world = two_platforms
    on_teams = await opens_check_in(world, "ann", "teams")
    await on_teams.sends({"How is the network": "4"})
    on_slack = world.person("ann", "slack")
    await on_slack.says("check in")
    await on_slack.presses("Edit my check-in")
    await on_teams.presses("Withdraw")
    await on_slack.sends({"What has moved": "Long and careful words"})
    assert on_slack.form is not None
    assert "was withdrawn" in next(iter(on_slack.form.errors.values()))
    assert on_slack.form.question("What has moved").value == "Long and careful words"
    assert await rows(world, "answers") == 0


async def test_a_text_narrowed_elsewhere_is_not_widened_by_a_form_that_was_open_before(two_platforms: World) -> None:
    world = two_platforms
    on_teams = await opens_check_in(world, "ann", "teams")
    shared = {"What has moved": "First words", "Who can read your answer to “What has moved": NETWORK}
    await on_teams.sends({"How is the network": "4", **shared})
    on_slack, bea = world.person("ann", "slack"), world.person("bea", "slack")
    await on_slack.says("check in")
    await on_slack.presses("Edit my check-in")
    await on_teams.presses("Who can see this")
    await on_teams.sends({"What has moved": ONLY_ME})
    await on_slack.sends({"What is the one next step": "Ring the ward"})
    assert on_slack.form is not None
    assert "changed since you opened it" in next(iter(on_slack.form.errors.values()))
    await bea.says("network")
    assert "First words" not in bea.messages[-1].text


async def test_a_form_that_takes_the_place_of_a_check_in_says_who_will_read_it(two_platforms: World) -> None:
    world = two_platforms
    on_slack = await opens_check_in(world, "ann", "slack")
    on_teams = await opens_check_in(world, "ann", "teams")
    await on_teams.sends({"How is the network": "4"})
    await on_teams.presses("Who can see this")
    await on_teams.sends({"How is the network": NETWORK})
    assert on_slack.form is not None
    assert "You and your co-ordinator can read this" in on_slack.form.question("How is the network").hint
    await on_slack.sends({"How is the network": "2"})
    assert on_slack.form is not None
    assert "Everyone in the network can read this" in on_slack.form.question("How is the network").hint
    assert on_slack.form.question("How is the network").value == "2"
