"""A coach and a coachee find a time, prepare, meet, keep notes of their own and one list of what they agreed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bench.driver import Hands, SeenMessage
from bench.world import World

TIMES = "Tue 19 Jan 2pm\nWednesday 20 January 10.30\n2027-01-21 16:00"
TUESDAY = datetime(2027, 1, 19, 14, tzinfo=UTC)
DAY_BEFORE = datetime(2027, 1, 18, 12, tzinfo=UTC)
AFTER = datetime(2027, 1, 19, 16, tzinfo=UTC)


async def _suggests(fay: Hands, times: str = TIMES, **more: str) -> None:
    """Fay suggests times to Bea."""
    await fay.says("one to one")
    await fay.presses("Suggest times")
    whom = "Bea Co-ordinator, Sexual Health Network"
    await fay.sends({"With whom": whom, "When could it be": times, **more})


async def _agreed(world: World) -> tuple[Hands, Hands]:
    """Fay and Bea have agreed on Tuesday."""
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay, **{"Where": "Room 4", "What is it": "The next half year"})
    await world.moves_to(world.clock.now() + timedelta(minutes=1))
    await bea.presses("Tue 19 Jan, 2pm")
    await world.moves_to(world.clock.now() + timedelta(minutes=1))
    return fay, bea


def _event(message: SeenMessage) -> Event:
    """The one event of the calendar that goes with a message, or that stands in it as text."""
    text = next((text for name, text in message.files.items() if name.endswith(".ics")), message.text)
    begin, end = text.index("BEGIN:VCALENDAR"), text.index("END:VCALENDAR")
    (event,) = Calendar.from_ical(text[begin:end] + "END:VCALENDAR\r\n").walk("VEVENT")
    assert isinstance(event, Event)
    return event


async def test_two_people_find_a_time_and_both_have_it_in_their_calendars(world: World) -> None:
    fay, bea = world.person("fay"), world.person("bea")
    await bea.says("help")
    await _suggests(fay)
    assert "I tell Bea Co-ordinator in their working hours." in fay.messages[-1].text
    await world.moves_to(world.clock.now() + timedelta(minutes=1))
    for words in ("Fay Faculty suggests a one-to-one of 45 minutes.", "Tuesday 19 January, 2pm"):
        assert words in bea.messages[-1].text
    for label in ("Wed 20 Jan, 10.30am", "Thu 21 Jan, 4pm", "None of these", "Not now"):
        assert label in bea.messages[-1].buttons
    await bea.presses("Tue 19 Jan, 2pm")
    event = _event(bea.messages[-1])
    assert event.start == TUESDAY
    assert event.end == TUESDAY + timedelta(minutes=45)
    assert event["summary"] == "One-to-one"
    await world.moves_to(world.clock.now() + timedelta(minutes=1))
    assert "Bea Co-ordinator agreed to a one-to-one." in fay.messages[-1].text
    await fay.presses("Calendar file")
    assert _event(fay.messages[-1])["uid"] == event["uid"]
