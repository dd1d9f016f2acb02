"""A network's schedules: set with a preview, started with one press, and what became of the messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bench.driver import Hands
from bench.stories import rows
from bench.world import World
from storage.scheduled import NewDelivery, Outcome, Schedule, State, Wanted
from storage.unit import Store


async def _own_schedules(world: World) -> list[Schedule]:
    def read(store: Store) -> list[Schedule]:
        network = store.networks.by_key("sexual-health")
        assert network is not None
        return store.schedules.of_network(network.id)

    return await world.store(read)


async def _opens_the_form(world: World) -> Hands:
    bea = world.person("bea")
    await bea.says("schedule")
    await bea.presses("Edit", 0)
    assert bea.form is not None
    return bea


async def test_a_schedule_is_shown_as_it_would_be_and_kept_when_it_is_started(world: World) -> None:
    bea = await _opens_the_form(world)
    assert bea.form is not None
    assert bea.form.question("How often?").value == "Every two weeks"
    await bea.sends(
        {
            "How often?": "Every week",
            "On which weekdays?": ("Monday", "Thursday"),
            "At what time?": "2.30pm",
            "By whose clock?": "London time, for all",
            "From which day on?": "2027-01-18",
        }
    )
    said = bea.messages[-1].text
    for words in (
        "Nothing is kept yet.",
        "Every week on Monday and Thursday, at 2.30pm London time",
        "Next: Monday 18 January at 2.30pm, to 3 people.",
    ):
        assert words in said
    assert await _own_schedules(world) == []
    await bea.presses("Start this")
    assert "This is set for Sexual Health Network." in bea.messages[-1].text
    (kept,) = await _own_schedules(world)
    assert kept.wanted.cadence == "w1:0,3"
    assert (kept.wanted.at, kept.wanted.zone) == (time(14, 30), "Europe/London")
    noted = await world.store(lambda store: store.audit.of_kind("set a schedule"))
    assert len(noted) == 1


async def test_what_does_not_fit_is_said_at_the_question_and_nothing_typed_is_lost(world: World) -> None:
    bea = await _opens_the_form(world)
    answers = {"How often?": "On days that you choose", "Which days?": "31 February 2027", "At what time?": "early"}
    await bea.sends(answers)
    if bea.form is None or "Which days?" not in bea.form.errors:
        await bea.sends(answers)  # Where a question comes only once its choice is made.
    assert bea.form is not None
    assert "“31 February 2027” in the calendar" in bea.form.errors["Which days?"]
    assert "I can't read that as a time." in bea.form.errors["At what time?"]
    await bea.sends({"Which days?": "11 February 2027, 4 March 2027", "At what time?": "9am"})
    assert "On 11 February and 4 March 2027, at 9am" in bea.messages[-1].text
    assert await _own_schedules(world) == []


async def test_what_was_shown_can_be_changed_before_it_starts(world: World) -> None:
    bea = await _opens_the_form(world)
    await bea.sends({"How often?": "Every three weeks", "At what time?": "11am"})
    await bea.presses("Change")
    assert bea.form is not None
    assert bea.form.question("How often?").value == "Every three weeks"
    assert bea.form.question("At what time?").value == "11am"
    await bea.sends({"At what time?": "midday"})
    assert "at midday on each person’s own clock" in bea.messages[-1].text


async def test_people_who_are_away_are_counted_and_never_named(world: World) -> None:
    account = world.person("ann").account

    def go_away(store: Store) -> None:
        ann = store.people.by_account(account)
        assert ann is not None
        store.people.change(ann.id, {"leave_from": date(2027, 1, 18), "leave_to": date(2027, 1, 29)})

    await world.store(go_away)
    bea = await _opens_the_form(world)
    await bea.sends({"How often?": "Every week", "From which day on?": "2027-01-18"})
    said = bea.messages[-1].text
    assert "to 2 people. One is on leave. One gets nothing this time." in said
    assert "Ann" not in said


async def test_the_programmes_way_can_be_taken_back(world: World) -> None:
    bea = await _opens_the_form(world)
    await bea.sends({"How often?": "Every week"})
    await bea.presses("Start this")
    await bea.says("schedule")
    assert "You, for Sexual Health Network, on 12 January 2027" in bea.messages[-1].text
    await bea.presses("Use the programme’s time")
    assert "Every two weeks on Monday" in bea.messages[-1].text
    assert await _own_schedules(world) == []


async def test_a_started_schedule_sends_at_its_time(world: World) -> None:
    ann = world.person("ann")
    await ann.says("help")
    bea = await _opens_the_form(world)
    await bea.sends({"How often?": "Every week", "On which weekdays?": ("Wednesday",), "At what time?": "3pm"})
    await bea.presses("Start this")
    assert "Next: Wednesday 13 January at 3pm, to 3 people." in bea.messages[-1].text
    await world.bot.tick()
    world.clock.move(hours=29)
    await world.bot.tick()
    if ann.account.platform == "web":
        await ann.opens_home()
    assert "It is time for your check-in" in ann.messages[-1].text
    await ann.presses("Why did I get this?")
    assert "Bea Co-ordinator, for Sexual Health Network, on 12 January 2027" in ann.messages[-1].text


async def test_only_co_ordinators_see_schedules_and_deliveries(world: World) -> None:
    ann = world.person("ann")
    for words in ("schedule", "deliveries"):
        await ann.says(words)
        assert "Only the network’s co-ordinators can see or change that." in ann.messages[-1].text
    assert await rows(world, "schedules") in (0, 4), "nobody set one: there are the programme's alone, once planned"


async def _sends_one_that_is_uncertain(world: World) -> None:
    """A message to Ben of which nobody knows whether it arrived."""
    account = world.person("ben").account

    def prepare(store: Store) -> None:
        ben, network = store.people.by_account(account), store.networks.by_key("sexual-health")
        assert ben is not None
        assert network is not None
        on, at = date(2027, 1, 11), datetime(2027, 1, 11, 9, tzinfo=UTC)
        schedule_id = store.schedules.put(Wanted("checkins.ask", "w4:0", time(9), on, network.id), None, at)
        added = store.schedules.add_occurrences([(schedule_id, on, 0, False)])
        store.schedules.planned([(schedule_id, date(2027, 1, 17), None)])
        store.deliveries.add([NewDelivery(added[schedule_id, on], ben.id, at, account=account)])
        machine_at = store.outbox.machine_time()
        (claimed,) = store.outbox.claim(account.platform, account.workspace, at, machine_at, 9, 60, "token")
        why = "the platform did not answer"
        unknown = Outcome(claimed.delivery.id, "token", State.UNKNOWN, why, machine_at=machine_at)
        store.outbox.record([unknown])

    await world.store(prepare)


async def test_an_uncertain_message_is_shown_and_sent_again_with_one_press(world: World) -> None:
    ben, bea = world.person("ben"), world.person("bea")
    await ben.says("help")
    await _sends_one_that_is_uncertain(world)
    await bea.says("deliveries")
    said = bea.messages[-1].text
    assert "Uncertain" in said
    assert "Ben Example, Monday 11 January: uncertain. The platform did not answer." in said
    await bea.presses("Send again")
    assert "I am sending it again." in bea.messages[-1].text
    await world.bot.tick()
    if ben.account.platform == "web":
        await ben.opens_home()
    assert "It is time for your check-in" in ben.messages[-1].text
    await bea.says("deliveries")
    assert "Ben" not in bea.messages[-1].text
    noted = await world.store(lambda store: store.audit.of_kind("sent a message again"))
    assert len(noted) == 1
