"""Shows a person's settings, and the form that changes them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time

from handlers.kit.content import Button, Choice, Example, Facts, Form, Message, Question, paragraph
from handlers.kit.text import WEEKDAYS, day, listed
from handlers.kit.times import UNKNOWN_TIME, ZONES, time_in_words, zone_in_words
from handlers.settings import rules
from storage.records import Person, QuestionKind

EDIT = Button("Edit", "settings.edit", opens_form=True, primary=True)


def settings(person: Person, zone: str, platforms: Sequence[str], today_on: date, kept: bool = False) -> Message:
    """All settings in one message. `zone` is the person's own, or the programme's while theirs is not
    known.
    """
    opening = "Your settings are kept." if kept else "These are your settings."
    return Message(
        opening,
        (
            paragraph(opening),
            Facts(tuple(_rows(person, zone, platforms, today_on))),
            paragraph("I use them to choose good times for messages to you."),
            paragraph("You can get one coaching question a week. To turn that on or off, type coaching questions."),
        ),
        (EDIT,),
    )


def unchanged(person: Person, zone: str, platforms: Sequence[str], today_on: date) -> Message:
    """Says that the form changed nothing."""
    shown = settings(person, zone, platforms, today_on)
    opening = "Nothing has changed. These are your settings."
    return replace(shown, summary=opening, body=(paragraph(opening), *shown.body[1:]))


def _rows(person: Person, zone: str, platforms: Sequence[str], today_on: date) -> Iterable[tuple[str, str]]:
    own = "" if person.time_zone else ", until you choose another"
    yield "Name", person.name
    yield "Time zone", zone_in_words(zone) + own
    yield "Working days", listed([WEEKDAYS[one] for one in person.working_days]) or "None"
    yield "Working hours", rules.hours_in_words(person.hours_from, person.hours_to)
    yield "Bank holidays", rules.NATIONS.get(person.nation or "", "None")
    if person.leave_from and person.leave_to and rules.is_away_or_will_be(person, today_on):
        yield "Leave", f"{day(person.leave_from)} to {day(person.leave_to)}"
    else:
        yield "Leave", "None"
    if platforms:
        yield "Write to me in", rules.PLATFORMS.get(person.preferred_platform or "", "Either place")


def edit_form(person: Person, zone: str, platforms: Sequence[str], today_on: date) -> Form:
    """The form that changes the settings, with what stands there now."""
    questions = (
        Question("name", "Your name", QuestionKind.SHORT_TEXT, required=True, value=person.name, max_length=80),
        *_zone_questions(zone),
        *_hours_questions(person),
        _choice("nation", "Whose bank holidays do you keep?", rules.NATIONS, person.nation or rules.NO_NATION),
        *_leave_questions(person, today_on),
        *_platform_question(person, platforms),
    )
    return Form("settings.edit", "Your settings", questions, submit="Save")


def _zone_questions(zone: str) -> Iterable[Question]:
    known = zone in ZONES
    zones = ZONES | {rules.OTHER: "Somewhere else"}
    yield _choice("time_zone", "Where do you work?", zones, zone if known else rules.OTHER)
    yield Question(
        "other_zone",
        "Somewhere else: which city?",
        QuestionKind.SHORT_TEXT,
        hint="Only if your place is not in the list. For example Madrid, or Europe/Madrid.",
        value=None if known else zone,
        max_length=64,
    )


def _hours_questions(person: Person) -> Iterable[Question]:
    yield Question(
        "working_days",
        "Which days do you work?",
        QuestionKind.SEVERAL,
        required=True,
        choices=tuple(Choice(str(number), name) for number, name in enumerate(WEEKDAYS)),
        value=tuple(str(one) for one in person.working_days),
    )
    for key, label, at in (
        ("hours_from", "When does your day start?", person.hours_from),
        ("hours_to", "When does your day end?", person.hours_to),
    ):
        hint = "For example 9am, 17:30 or 5.30pm."
        words = time_in_words(at)
        yield Question(key, label, QuestionKind.SHORT_TEXT, True, hint, value=words, max_length=20)


def _leave_questions(person: Person, today_on: date) -> Iterable[Question]:
    stands = rules.is_away_or_will_be(person, today_on)
    for key, label, on in (
        ("leave_from", "First day of your next leave", person.leave_from),
        ("leave_to", "Last day of your next leave", person.leave_to),
    ):
        yield Question(key, label, QuestionKind.DATE, value=on.isoformat() if on and stands else None)
    if stands:
        box = (Choice("yes", "Take this leave out"),)
        yield Question("no_leave", "No longer on leave?", QuestionKind.SEVERAL, choices=box)


def _platform_question(person: Person, platforms: Sequence[str]) -> Iterable[Question]:
    if platforms:
        named = {one: rules.PLATFORMS.get(one, one.capitalize()) for one in platforms}
        question = _choice("preferred_platform", "Where shall I write to you?", named, person.preferred_platform)
        yield replace(question, required=False)


def _choice(key: str, label: str, words: dict[str, str], value: str | None) -> Question:
    choices = tuple(Choice(*pair) for pair in words.items())
    return Question(key, label, QuestionKind.CHOICE, required=True, choices=choices, value=value)


def examples() -> Iterable[Example]:
    """Every message and form of this conversation, as it looks in use."""
    today_on, both = date(2027, 1, 12), ("slack", "teams")
    new = Person(5, "Ann Example")
    old = Person(
        5, "Ann <Example> & *Co*", "Europe/Madrid", "northern-ireland", (0, 2), time(21), time(7, 30),
        date(2027, 2, 1), date(2027, 2, 12), "teams",
    )  # fmt: skip
    yield Example("settings", settings(new, "Europe/London", (), today_on))
    yield Example("settings_all_set", settings(old, "Europe/Madrid", both, today_on, kept=True))
    yield Example("unchanged", unchanged(new, "Europe/London", (), today_on))
    yield Example("edit", edit_form(new, "Europe/London", (), today_on))
    wrong = {"other_zone": rules.UNKNOWN_PLACE, "hours_from": UNKNOWN_TIME}
    yield Example("edit_all_set", edit_form(old, "Europe/Madrid", both, today_on), wrong)
