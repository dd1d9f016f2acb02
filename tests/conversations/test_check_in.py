"""A check-in goes all the way: the same stories on Slack, Teams and the browser, on SQLite and PostgreSQL."""

from bench.stories import NETWORK, ONLY_ME, check_in, has_form, opens_check_in, rows, texts
from bench.world import World


async def test_a_member_checks_in_and_the_co_ordinator_reads_what_was_shared(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await check_in(
        world,
        "ann",
        {
            "What has moved": "Two wards said yes",
            "Who can read your answer to “What has moved": NETWORK,
            "What is the one next step": "Ring the ward",
        },
    )
    assert not has_form(ann)
    assert ann.messages[-1].text.startswith("Thank you. Your check-in for Sexual Health Network is kept.")
    assert ann.messages[-1].buttons == ("Edit", "Who can see this", "Withdraw")
    await bea.says("network")
    seen = bea.messages[-1].text
    assert "1 person has checked in so far this week" in seen
    assert "Ann Example" in seen
    assert "Two wards said yes" in seen
    assert "Ring the ward" not in seen


async def test_every_text_says_who_will_read_it_and_begins_private(world: World) -> None:
    ann = await opens_check_in(world, "ann")
    form = ann.form
    assert form is not None
    moved = form.question("What has moved")
    assert "Only you can read this" in moved.hint
    who = form.question("Who can read your answer to “What has moved")
    assert who.value == ONLY_ME
    assert NETWORK in who.choices
    assert "You and your co-ordinator can read this" in form.question("How is the network").hint


async def test_editing_shows_what_was_there_keeps_it_and_marks_it(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await check_in(world, "ann", {"What has moved": "First words"})
    await ann.presses("Edit")
    assert ann.form is not None
    assert ann.form.question("What has moved").value == "First words"
    assert ann.form.question("How is the network").value == "4"
    await ann.sends({"What has moved": "Second words"})
    assert "is changed" in ann.messages[-1].text
    await ann.says("history")
    assert "edited" in ann.messages[-1].text
    assert "Second words" in ann.messages[-1].text
    assert "First words" not in ann.messages[-1].text
    await ann.presses("Earlier versions")
    assert "First words" in ann.messages[-1].text
    await ann.presses("What it says now")
    assert "Second words" in ann.messages[-1].text
    assert "First words" not in ann.messages[-1].text
    await bea.says("network")
    assert "Ann Example (edited)" in bea.messages[-1].text


async def test_a_second_check_in_in_the_same_week_changes_the_first(world: World) -> None:
    ann = world.person("ann")
    await check_in(world, "ann", {"What has moved": "First words"})
    world.clock.move(days=2)
    await ann.says("check in")
    if ann.form is None:
        assert "You checked in for Sexual Health Network on Tuesday 12 January" in ann.messages[-1].text
        await ann.presses("Edit my check-in")
    assert ann.form is not None
    assert "You checked in on Tuesday 12 January" in ann.form.intro
    assert ann.form.question("What has moved").value == "First words"
    await ann.sends({"What has moved": "Better words"})
    assert await rows(world, "checkins") == 1
    world.clock.move(days=7)
    await check_in(world, "ann", {"What has moved": "Another week"})
    assert await rows(world, "checkins") == 2


async def test_someone_in_two_networks_chooses_which(world: World) -> None:
    dee = world.person("dee")
    await dee.says("check in")
    assert dee.form is None
    assert dee.messages[-1].buttons == ("Medical Training Voices", "Sexual Health Network")
    await dee.presses("Medical Training Voices")
    await dee.sends({"How is the network": "2"})
    assert "Your check-in for Medical Training Voices is kept" in dee.messages[-1].text


async def test_a_check_in_can_be_withdrawn_and_its_words_are_gone(world: World) -> None:
    ann, bea = world.person("ann"), world.person("bea")
    await check_in(world, "ann", {"What has moved": "Words", "Who can read your answer to “What has moved": NETWORK})
    await ann.presses("Edit")
    await ann.sends({"What has moved": "Other words"})
    await ann.presses("Withdraw")
    assert "withdrawn" in texts(ann)
    assert await rows(world, "answers") == 0
    assert await rows(world, "revisions") == 0
    await bea.says("network")
    assert "words" not in bea.messages[-1].text.lower().replace("what", "")
    await check_in(world, "ann", {"What has moved": "A new start"})
    await ann.says("history")
    assert "A new start" in ann.messages[-1].text
    assert "withdrawn" in ann.messages[-1].text


async def test_bad_input_is_said_at_the_field_and_nothing_typed_is_lost(world: World) -> None:
    ann = await opens_check_in(world, "ann")
    await ann.sends({"What has moved": "x" * 2999, "What is the one next step": "Ring the ward"})
    assert ann.form is not None
    assert ann.form.errors == {"How is the network doing just now?": "Please answer this one."}
    assert ann.form.question("What is the one next step").value == "Ring the ward"
    assert await rows(world, "checkins") == 0
    await ann.sends({"How is the network": "3"})
    assert not has_form(ann)
    assert await rows(world, "checkins") == 1


async def test_a_stranger_is_told_kindly_and_nothing_of_theirs_is_kept(world: World) -> None:
    sam = world.person("sam")
    await sam.says("hello there, I would like to join")
    said = sam.messages[-1].text
    assert "I don't know you yet" in said
    assert "Bea Co-ordinator" in said
    assert not await world.store(lambda store: store.audit.of_kind("refused"))
    for table in ("seen", "checkins"):
        assert await rows(world, table) == 0


async def test_in_a_channel_the_answer_is_for_the_asker_alone(world: World) -> None:
    ann = world.person("ann")
    await check_in(world, "ann", {"What has moved": "Only mine"})
    await ann.says_in_channel("history")
    told = [message for message in ann.messages if "Only mine" in message.text]
    assert told
    assert all(message.private for message in told)


async def test_history_turns_its_pages(world: World) -> None:
    ann = world.person("ann")
    for week in range(7):
        await check_in(world, "ann", {"What has moved": f"Week number {week}"})
        world.clock.move(weeks=1)
    await ann.says("history")
    assert "Week number 6" in ann.messages[-1].text
    assert "Week number 1" not in ann.messages[-1].text
    await ann.presses("Older")
    assert "Week number 1" in texts(ann)
    await ann.presses("Newer")
    assert "Week number 6" in texts(ann)


async def test_the_co_ordinator_sees_help_wanted_the_trend_and_how_many_but_never_who_did_not(world: World) -> None:
    for week, (feeling, shared) in enumerate((("2", ONLY_ME), ("3", NETWORK), ("5", NETWORK))):
        if week:
            world.clock.move(weeks=1)
        await check_in(
            world,
            "ann",
            {
                "How is the network": feeling,
                "What is in the way": "No room to meet",
                "Who can read your answer to “What is in the way": shared,
                "Would you like help": "Yes",
            },
        )
    bea = world.person("bea")
    await bea.says("network")
    seen = bea.messages[-1].text
    assert "Asking for help: Ann Example" in seen
    assert "The lowest week is 2, the highest" in seen
    assert "Ben Example" not in seen
