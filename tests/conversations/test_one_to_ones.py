"""A coach and a coachee find a time, prepare, meet, keep notes of their own and one list of what they agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bench.driver import Hands
from bench.stories import rows, saved, texts
from bench.world import World
from storage.records import Role
from storage.store import Store

TIMES = "Tue 19 Jan 2pm\nWednesday 20 January 10.30\n2027-01-21 16:00"
TUESDAY = datetime(2027, 1, 19, 14, tzinfo=UTC)
MONDAY_NOON = datetime(2027, 1, 18, 12, tzinfo=UTC)
AFTER = datetime(2027, 1, 19, 16, tzinfo=UTC)
USEFUL = "Who could stand in for me?"
NOTE = "She sounded tired"


async def _suggests(fay: Hands, times: str = TIMES, **more: str) -> None:
    """Fay suggests times to Bea."""
    await fay.says("one to one")
    await fay.presses("Suggest times")
    whom = "Bea Co-ordinator, Sexual Health Network"
    words = {label.replace("_", " "): text for label, text in more.items()}
    await fay.sends({"With whom": whom, "When could it be": times, **words})


async def _soon(world: World) -> None:
    """Letters that are due arrive."""
    await world.moves_to(world.clock.now() + timedelta(minutes=1))


async def _agreed(world: World) -> tuple[Hands, Hands]:
    """Fay and Bea have agreed on Tuesday."""
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay, Where="Room 4", What_is_it="The next half year")
    await _soon(world)
    await bea.presses("Tue 19 Jan, 2pm")
    await _soon(world)
    return fay, bea


async def _entry(hands: Hands) -> Event | None:
    """The newest entry for their calendar; None on Teams, which carries no files and says so with a link."""
    if hands.account.platform == "teams":
        assert "Teams calendar" in hands.messages[-1].text
        return None
    (content,) = (await hands.saves()).values()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


async def test_two_people_find_a_time_and_both_have_it_in_their_calendars(world: World) -> None:
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay, Where="Room 4")
    assert "I tell Bea Co-ordinator in their working hours." in texts(fay)
    await _soon(world)
    for words in ("Fay Faculty suggests a one-to-one of 45 minutes. Where: “Room 4”.", "Tuesday 19 January, 2pm"):
        assert words in bea.messages[-1].text
    for label in ("Wed 20 Jan, 10.30am", "Thu 21 Jan, 4pm", "None of these", "Not now"):
        assert label in bea.messages[-1].buttons
    await bea.presses("Tue 19 Jan, 2pm")
    assert "It is agreed. I tell Fay Faculty in their working hours." in texts(bea)
    event = await _entry(bea)
    await _soon(world)
    assert "Bea Co-ordinator agreed to a one-to-one." in fay.messages[-1].text
    await fay.presses("Calendar file")
    same = await _entry(fay)
    if event is not None and same is not None:
        assert (event.start, event.end) == (TUESDAY, TUESDAY + timedelta(minutes=45))
        assert (event["summary"], event["location"], event["uid"]) == ("One-to-one", "Room 4", same["uid"])
    await bea.presses("Wed 20 Jan, 10.30am")
    assert "That time is no longer open." in bea.messages[-1].text
    assert "You meet Fay Faculty on Tuesday 19 January, 2pm." in bea.messages[-1].text


async def test_it_is_prepared_met_noted_and_followed_up(world: World) -> None:
    fay, bea = await _agreed(world)
    await world.moves_to(MONDAY_NOON)
    reminder = bea.messages[-1]
    assert "You meet Fay Faculty on Tuesday 19 January, 2pm. Where: “Room 4”." in reminder.text
    assert "What would make this useful?" in reminder.text
    await bea.presses("Prepare")
    assert bea.form is not None
    assert bea.form.question("What would").hint.startswith("Only you can read this")
    await bea.sends({"What would": USEFUL})
    assert "It is kept. Only you can read it." in bea.messages[-1].text
    await fay.presses("Open")
    assert USEFUL not in texts(fay)
    await bea.presses("Prepare")
    await bea.sends({"Who can read it": "Fay Faculty and me"})
    await _soon(world)
    assert f"useful: “{USEFUL}”" in fay.messages[-1].text
    await world.moves_to(AFTER)
    await _keep_notes_and_actions(fay, bea)
    await _turns_into_a_goal(bea)
    await _next_one(world, fay, bea)


async def _keep_notes_and_actions(fay: Hands, bea: Hands) -> None:
    for someone, words in ((fay, NOTE), (bea, "Too fast for me")):
        await someone.says("one to one")
        await someone.presses("Open")
        await someone.presses("My notes")
        await someone.presses("Add a note")
        assert someone.form is not None
        assert someone.form.questions[0].hint.startswith("Only you can read this.")
        await someone.sends({"Your note": words})
        assert words in someone.messages[-1].text
    assert NOTE not in texts(bea)
    await fay.presses("Back")
    await fay.presses("Agreed actions")
    await fay.presses("Add an action")
    await fay.sends({"What did you agree": "Ring the ward", "Whose is it": "Bea Co-ordinator’s"})
    assert "Make it a goal" not in fay.messages[-1].buttons, "it is not theirs"


async def _turns_into_a_goal(bea: Hands) -> None:
    await bea.presses("Back")
    await bea.presses("Agreed actions")
    assert "Ring the ward" in bea.messages[-1].text
    await bea.presses("Make it a goal")
    assert "It is one of your goals now, and only you can read the goal." in bea.messages[-1].text
    await bea.presses("Make it a goal")
    assert "This is one of your goals already." in bea.messages[-1].text
    await bea.says("goals")
    assert bea.messages[-1].text.count("Ring the ward") == 1


async def _next_one(world: World, fay: Hands, bea: Hands) -> None:
    """The next one begins with what was agreed in the last."""
    await bea.says("one to one")
    await bea.presses("Open")
    await bea.presses("Suggest times")
    await bea.sends({"When could it be": "Tue 2 Feb 2pm"})
    await _soon(world)
    await world.moves_to(datetime(2027, 1, 20, 9, 30, tzinfo=UTC))
    await fay.presses("Tue 2 Feb, 2pm")
    await world.moves_to(datetime(2027, 2, 1, 12, tzinfo=UTC))
    for someone in (fay, bea):
        assert "Still to do from before: “Ring the ward”." in someone.messages[-1].text


async def test_either_moves_it_changes_it_and_cancels_it_and_the_other_is_told(world: World) -> None:
    fay, bea = await _agreed(world)
    await fay.presses("Calendar file")
    first = await _entry(fay)
    await _opens(fay)
    await fay.presses("Move it")
    assert fay.form is not None
    assert "Until Bea Co-ordinator chooses, Tuesday 19 January, 2pm stands." in fay.form.intro
    await fay.sends({"When could it be": "Fri 22 Jan 9"})
    await _soon(world)
    assert "asks to move your one-to-one on Tuesday 19 January, 2pm." in bea.messages[-1].text
    await bea.presses("Fri 22 Jan, 9am")
    await _soon(world)
    assert "Bea Co-ordinator agreed to the new time." in fay.messages[-1].text
    await _opens(bea)
    await bea.presses("Change the details")
    await bea.sends({"Where": "Room 9"})
    await _soon(world)
    assert "Bea Co-ordinator changed the details of your one-to-one." in fay.messages[-1].text
    assert "Where: “Room 9”." in fay.messages[-1].text
    await world.moves_to(datetime(2027, 1, 18, 12, tzinfo=UTC))
    assert "What would make this useful?" not in texts(bea), "there is nothing on Tuesday any more"
    await _opens(fay)
    await fay.presses("Cancel it")
    last = await _entry(fay)
    await _soon(world)
    assert "Fay Faculty cancelled your one-to-one on Friday 22 January, 9am." in bea.messages[-1].text
    await world.moves_to(datetime(2027, 1, 22, 12, tzinfo=UTC))
    assert "What would make this useful?" not in texts(bea)
    if first is not None and last is not None:
        assert (last["uid"], last["status"]) == (first["uid"], "CANCELLED")
        assert (first["sequence"], last["sequence"]) == (0, 3)
        assert last.start == datetime(2027, 1, 22, 9, tzinfo=UTC)


async def _opens(hands: Hands) -> None:
    await hands.says("one to one")
    await hands.presses("Open")


def _in_delhi(store: Store) -> None:
    (fay,) = store.people.holding(Role.FACULTY)
    store.people.change(fay.id, {"time_zone": "Asia/Kolkata"})


async def test_none_of_these_leads_to_other_times_which_are_said_on_both_clocks(world: World) -> None:
    await world.store(_in_delhi)
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay, "Tue 19 Jan 7.30pm")
    assert "Tuesday 19 January, 7.30pm (in London: 2pm)" in fay.messages[-1].text
    await _soon(world)
    assert "Which suits you: Tuesday 19 January, 2pm (in Delhi: 7.30pm)?" in bea.messages[-1].text
    await bea.presses("None of these")
    await bea.sends({"When could it be": "Fri 22 Jan 9"})
    await _soon(world)
    assert "Which suits you: Friday 22 January, 2.30pm (in London: 9am)?" in fay.messages[-1].text
    await fay.presses("Fri 22 Jan, 2.30pm")
    event = await _entry(fay)
    assert event is None or event.start == datetime(2027, 1, 22, 9, tzinfo=UTC)
    assert await rows(world, "one_to_ones") == 1
    assert await rows(world, "one_to_one_times") == 0


async def test_a_time_that_cannot_be_is_said_and_nothing_typed_is_lost(world: World) -> None:
    fay = world.person("fay")
    await _suggests(fay, "Mon 19 Jan 2pm", Where="Room 4")
    for typed, says in (
        ("Tue 19 Jan", "has no time of day"),
        ("yesterday 2pm", "I can't read “yesterday 2pm” as a day and a time."),
        ("today 9am", "has passed"),
        ("tomorrow 9\n13 January 9am", "are the same time"),
        ("28 March 1.30am", "in the hour in which the clocks change"),
    ):
        assert fay.form is not None
        assert fay.form.question("Where").value == "Room 4"
        await fay.sends({"When could it be": typed})
        assert fay.form is not None
        assert says in fay.form.errors["When could it be?"]
        assert fay.form.question("When could it be").value == typed
    await fay.sends({"When could it be": "tomorrow 9"})
    assert "Wednesday 13 January, 9am" in fay.messages[-1].text


async def test_nobody_else_knows_unless_the_coachee_says_so_and_that_can_be_taken_back(world: World) -> None:
    fay, bea = await _agreed(world)
    cal = world.person("cal")
    for words in ("one to one", "network", "people", "deliveries", "export"):
        await cal.says(words)
    await _opens(fay)
    assert "Say that we meet" not in fay.messages[-1].buttons, "it is for the coachee to say"
    await _opens(bea)
    assert "Fay" not in texts(cal)
    await bea.presses("Say that we meet")
    assert (
        "Those who run your networks can now see that you meet Fay Faculty, and nothing else." in bea.messages[-1].text
    )
    await cal.says("one to one")
    assert "Bea Co-ordinator meets Fay Faculty." in cal.messages[-1].text
    assert "19 January" not in cal.messages[-1].text
    await world.person("kit").says("one to one")
    assert "Bea" not in texts(world.person("kit")), "another network"
    await _opens(bea)
    await bea.presses("Let nobody know")
    await cal.says("one to one")
    assert "Fay" not in cal.messages[-1].text


async def test_the_copy_is_ones_own_and_an_erasure_leaves_the_other_what_is_theirs(world: World) -> None:
    fay, bea = await _agreed(world)
    await _keep_before(fay, bea)
    await bea.says("export")
    told = await saved(bea)
    for words in ("with Fay Faculty", "Tuesday 19 January, 2pm", "Too fast for me", "Ring the ward"):
        assert words in told
    assert NOTE not in told
    await bea.says("erase my data")
    await bea.presses("Erase my data")
    await bea.sends({"Type erase": "erase"})
    await _soon(world)
    assert "is cancelled, since the other person has left." in fay.messages[-1].text
    assert await rows(world, "one_to_one_notes") == 1
    pair = (await world.store(lambda store: store.one_to_ones.all_of(_fay(store))))[0].pair_id
    kept = await world.store(lambda store: store.one_to_one_words.notes(pair, _fay(store), 10))
    assert [one.text for one in kept] == [NOTE]
    actions = await world.store(lambda store: store.one_to_one_words.actions(pair, _fay(store)))
    assert [(one.text, one.owner_name) for one in actions] == [("Ring the ward", "")]
    await fay.says("erase my data")
    await fay.presses("Erase my data")
    await fay.sends({"Type erase": "erase"})
    for table in ("one_to_one_pairs", "one_to_ones", "one_to_one_notes", "one_to_one_actions", "one_to_one_news"):
        assert await rows(world, table) == 0, table


async def _keep_before(fay: Hands, bea: Hands) -> None:
    await _opens(fay)
    await _opens(bea)
    for someone, words in ((fay, NOTE), (bea, "Too fast for me")):
        await someone.presses("My notes")
        await someone.presses("Add a note")
        await someone.sends({"Your note": words})
        await someone.presses("Back")
    await bea.presses("Agreed actions")
    await bea.presses("Add an action")
    await bea.sends({"What did you agree": "Ring the ward", "Whose is it": "Mine"})


def _fay(store: Store) -> int:
    return store.people.holding(Role.FACULTY)[0].id
