"""Shows what comes to a person, a network's schedules with what they would do, and how its messages fared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.content import Block, Bold, Button, Buttons, Facts, Heading, Message, paragraph, plain
from handlers.kit.occasions import Occasion
from handlers.kit.text import counted, day, listed, weekday
from handlers.kit.times import time_in_words
from handlers.nudges import rules, spec, views, words
from handlers.nudges.coming import Again, Coming
from storage.records import Network
from storage.scheduled import Delivery, Schedule, State, Wanted

NOTHING = "I send you nothing unasked. Type help to see what you can do."
NO_MORE_DATES = "The last day of that has passed. Type schedule to set a new one."
NOT_UNCERTAIN = "That message is not uncertain. Type deliveries to see those that are."
IN_HOURS = "I write in your working hours, and never on your days off. You can change those."
SETTINGS = Button("My settings", "help.do", "settings")
HELP = Button("What can I do?", "help.everything")
STATES = {
    State.PLANNED: "waiting to be sent",
    State.SENDING: "being sent",
    State.UNKNOWN: "uncertain",
    State.BUNDLED: "part of another message",
    State.SENT: "sent",
    State.GAVE_UP: "not delivered",
    State.DROPPED: "left out",
    State.MISSED: "too late to send",
}
AGAIN = {
    Again.NO: "Next: {}.",
    Again.REMINDER: "Reminder: {}, unless you answer first.",
    Again.PUT_OFF: "You put one off. It comes again on {}.",
}
"""How the moment of what comes next is said."""
LEFT_OUT = "I leave a message out where people have answered, are away or want fewer, or where its time has passed."
SHOWN = 10
"""Messages in trouble that are shown by name: each has a row of buttons, and Slack takes 50 blocks."""


def when(wanted: Wanted, *, own: bool = False) -> str:
    """ "every two weeks on Monday, at 9am on your own clock", in the middle of a sentence."""
    return f"{words.how_often(wanted)}, at {words.at_what_time(wanted, own=own)}"


def mine(things: Sequence[Coming], today_on: date) -> Message:
    """All that comes to a person: how often, when next, and what they can do about it."""
    if not things:
        return plain(NOTHING, HELP)
    opening = "This is what I send you without being asked."
    body: list[Block] = [paragraph(opening)]
    for one in things:
        body.append(Heading(words.began(one.occasion.title)))
        body += [paragraph(line) for line in _lines(one, today_on)]
        body.append(Buttons(tuple(_buttons(one))))
    body.append(paragraph(IN_HOURS))
    return Message(opening, tuple(body), (SETTINGS,))


def _lines(one: Coming, today_on: date) -> Iterable[str]:
    if one.wish.stopped_at is not None:
        yield "You stopped this."
        return
    for schedule in one.schedules:
        wanted = schedule.wanted
        of = _for_which(wanted, one)
        yield f"{f'For {of}: ' if of else ''}{_sentence(when(wanted, own=True), capital=not of)}"
    if one.wish.every > 1:
        yield f"You get it {words.rhythm(one.wish.every)}."
    if one.next_at is None:
        yield "No next one is planned."
        return
    at = words.moment(one.next_at, today_on)
    yield AGAIN[one.again].format(at)


def _for_which(wanted: Wanted, one: Coming) -> str:
    """The networks that a schedule is for, where another is for the person's others."""
    theirs = {each.wanted.network_id for each in one.schedules} - {None}
    if not theirs or wanted.person_id is not None:
        return ""
    if wanted.network_id is None:
        return listed([network.name for network in one.networks if network.id not in theirs])
    return next((network.name for network in one.networks if network.id == wanted.network_id), "")


def _sentence(text: str, *, capital: bool) -> str:
    return f"{words.began(text) if capital else text}."


def _buttons(one: Coming) -> Iterable[Button]:
    name, title = one.occasion.name, one.occasion.title
    if one.wish.stopped_at is not None:
        yield Button("Start again", "nudges.resume", name, about=title)
        return
    yield views.change_own(name, title)
    if one.own and one.occasion.role:
        yield Button("Use the network’s time", "nudges.shared", name, about=title)
    if one.wish.every < rules.RAREST:
        yield Button("Less often", "nudges.less", f"{name}/{rules.rarer(one.wish.every)}", about=title)
    if one.wish.every > 1:
        yield Button("Every time", "nudges.before", name, about=title)
    yield Button("Stop", "nudges.stop", name, about=title)


def own_kept(one: Coming, today_on: date) -> Message:
    """Says that one's own day and time are kept."""
    return _own("That is kept, for you alone.", one, today_on)


def own_given_up(one: Coming, today_on: date) -> Message:
    """Says that the network's way counts again."""
    return _own("This comes at the network’s time again.", one, today_on)


def _own(opening: str, one: Coming, today_on: date) -> Message:
    lines = (paragraph(line) for line in _lines(one, today_on))
    title = paragraph(Bold(words.began(one.occasion.title)))
    return Message(opening, (paragraph(opening), title, *lines, paragraph(IN_HOURS)), (views.MINE, SETTINGS))


@dataclass(frozen=True, slots=True)
class Line:
    """One occasion in a network: the schedule that counts, who set it and when, and what it does next."""

    occasion: Occasion
    schedule: Schedule
    set_by: str | None
    set_on: date
    preview: rules.Preview | None
    is_mine: bool = False


def schedules(network: Network, lines: Sequence[Line], today_on: date) -> Message:
    """When everyone in a network gets what, with a button to change each."""
    title = f"When I write to {network.name}"
    body: list[Block] = [Heading(title)]
    for one in lines:
        wanted, name = one.schedule.wanted, one.occasion.title
        body.append(paragraph(Bold(words.began(name)), f", to {words.role_in_plural(one.occasion.role)}"))
        who = words.who_set(one.schedule, one.set_by, [network], is_mine=one.is_mine, on=one.set_on)
        until = (("Until", day(wanted.until_on)),) if wanted.until_on else ()
        body.append(Facts((("When", words.began(when(wanted))), *until, ("Set by", who))))
        body += _in_threes(next_in_words(one.preview, wanted, today_on))
        body.append(Buttons(tuple(_edit_buttons(network, one))))
    return Message(title, tuple(body), (_deliveries_of(network),))


def _edit_buttons(network: Network, one: Line) -> Iterable[Button]:
    argument = spec.of_network(network.id, one.occasion.name)
    yield Button("Edit", "nudges.edit", argument, opens_form=True, about=one.occasion.title)
    if one.schedule.wanted.network_id is not None:
        sure = "Drop your network’s own day and time, and use the programme’s?"
        yield Button("Use the programme’s time", "nudges.programme", argument, about=one.occasion.title, confirm=sure)


def next_in_words(found: rules.Preview | None, wanted: Wanted, today_on: date) -> list[str]:
    """What a schedule does next: "Next: Monday 11 January at 9am, to 14 people." "Two are on leave." """
    if found is None:
        return ["No next one is planned."]
    year = f" {found.on.year}" if abs((found.on - today_on).days) > words.FAR_DAYS else ""
    at = time_in_words(wanted.at)
    said = [f"Next: {weekday(found.on)}{year} at {at}, to {counted(found.people, 'person', 'people')}."]
    for count, one, several in (
        (found.on_leave, "is on leave", "are on leave"),
        (found.later_that_day, "gets it later that day", "get it later that day"),
        (found.on_a_later_day, "gets it on a later day", "get it on a later day"),
        (found.none, "gets nothing this time", "get nothing this time"),
    ):
        if count:
            said.append(f"{words.number(count)} {one if count == 1 else several}.")
    return said


def preview(
    network: Network, occasion: Occasion, wanted: Wanted, found: rules.Preview | None, today_on: date
) -> Message:
    """What a schedule would do, before anything is kept."""
    opening = f"This is what it would mean for {network.name}. Nothing is kept yet."
    body = (paragraph(opening), *_what_it_does(occasion, wanted, found, today_on))
    argument = spec.written(wanted)
    return Message(
        opening,
        body,
        (
            Button("Start this", "nudges.start", argument, primary=True),
            Button("Change", "nudges.edit", argument, opens_form=True),
        ),
    )


def _what_it_does(occasion: Occasion, wanted: Wanted, found: rules.Preview | None, today_on: date) -> tuple[Block, ...]:
    rows = [("What", words.began(occasion.title)), ("When", words.began(when(wanted)))]
    if wanted.from_on > today_on:
        rows.append(("From", day(wanted.from_on)))
    if wanted.until_on:
        rows.append(("Until", day(wanted.until_on)))
    move = f"It comes up to {counted(wanted.window_days, 'day', 'days')} later" if wanted.moves else "It is left out"
    rows.append(("On days off", move))
    return Facts(tuple(rows)), *_in_threes(next_in_words(found, wanted, today_on))


def _in_threes(sentences: Sequence[str]) -> Iterable[Block]:
    return (paragraph(" ".join(sentences[at : at + 3])) for at in range(0, len(sentences), 3))


def started(
    network: Network, occasion: Occasion, wanted: Wanted, found: rules.Preview | None, today_on: date
) -> Message:
    """Says that a schedule counts from now on."""
    opening = f"This is set for {network.name}."
    body = (paragraph(opening), *_what_it_does(occasion, wanted, found, today_on))
    return Message(opening, body, (Button("All schedules", "nudges.schedule", str(network.id)),))


def _deliveries_of(network: Network) -> Button:
    return Button("What was sent", "nudges.deliveries", str(network.id))


def deliveries(
    network: Network, days: int, counts: Mapping[State, int], troubled: Sequence[tuple[Delivery, str, date]]
) -> Message:
    """How the messages of the last days fared, and those in trouble by name: never who has not answered."""
    title = f"Messages to {network.name} in the last {days} days"
    rows = tuple((words.began(said), f"{counts[state]:,}") for state, said in STATES.items() if counts.get(state))
    body: list[Block] = [Heading(title), Facts(rows) if rows else paragraph("None were sent or planned.")]
    if troubled:
        body.append(paragraph("These did not arrive, or may not have arrived."))
    for one, name, on in troubled[:SHOWN]:
        why = f" {words.sentence(one.why)}" if one.why else ""
        body.append(paragraph(Bold(name), f", {weekday(on)}: {STATES[one.state]}.{why}"))
        body.append(Buttons((_resend(network, one, f"{name}, {weekday(on)}"),)))
    if len(troubled) > SHOWN:
        body.append(paragraph(f"There are {len(troubled) - SHOWN} more. Send these first, then look again."))
    if counts.get(State.DROPPED):
        body.append(paragraph(LEFT_OUT))
    schedule = Button("When I write", "nudges.schedule", str(network.id))
    again = Button("Look again", "nudges.deliveries", str(network.id))
    return Message(title, tuple(body), (again, schedule))


def _resend(network: Network, one: Delivery, about: str) -> Button:
    sure = "It may have arrived already, and would then come twice. Send it again?"
    confirm = sure if one.state is State.UNKNOWN else ""
    return Button("Send again", "nudges.resend", f"{network.id}.{one.id}", about=about, confirm=confirm)


def sent_again(network: Network) -> Message:
    """Says that a message goes out once more."""
    return plain("I am sending it again. It may take a minute.", _deliveries_of(network))
