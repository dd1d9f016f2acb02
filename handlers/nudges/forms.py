"""The forms that set when something comes: for a network, for oneself, and for one message that is put off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from handlers.kit import recurrence
from handlers.kit.content import Choice, Form, Question
from handlers.kit.recurrence import Cadence, Chosen, Monthly, MonthlyOn, Weekly
from handlers.kit.text import WEEKDAYS, day
from handlers.kit.times import time_in_words, zone_in_words
from handlers.nudges import words
from storage.records import Condition, Network, QuestionKind
from storage.scheduled import Wanted

WEEKS = {
    "w1": "Every week",
    "w2": "Every two weeks",
    "w3": "Every three weeks",
    "w4": "Every four weeks",
    "w13": "Every 13 weeks",
}
ON_WEEKDAY, ON_DATE, CHOSEN = "weekday", "date", "chosen"
OFTEN = {
    **WEEKS,
    ON_WEEKDAY: "Once a month, on a weekday",
    ON_DATE: "Once a month, on a date",
    CHOSEN: "On days that you choose",
}
NTH = {"1": "The first", "2": "The second", "3": "The third", "4": "The fourth", "-1": "The last"}
OWN_CLOCK = "own"
LEAVE_OUT = "0"
MOVES = {
    "1": "Send it the next day, if they work then",
    "3": "Send it up to 3 days later",
    "7": "Send it up to a week later",
    LEAVE_OUT: "Leave it out",
}
_DAYS = tuple(Choice(str(number), name) for number, name in enumerate(WEEKDAYS))


def for_network(network: Network, wanted: Wanted, title: str, programme_zone: str, argument: str) -> Form:
    """The form that sets when everyone in the network gets something, with what stands there now."""
    questions = (
        *_cadence_questions(recurrence.read(wanted.cadence)),
        _time(wanted),
        _clock(wanted, programme_zone),
        _date("from_on", "From which day on?", wanted.from_on, "", required=True),
        _date("until_on", "Until which day?", wanted.until_on, "Leave this empty if it has no last day."),
        _moves(wanted),
    )
    intro = (f"{words.began(title)} for {network.name}. You see what it means before anything changes.",)
    return Form("nudges.edit", "When it comes", questions, argument, intro, "Show me")


def for_oneself(wanted: Wanted, title: str, argument: str) -> Form:
    """The form that sets when one gets something oneself."""
    intro = (f"This is about {title}, for you alone.",)
    questions = (*_cadence_questions(recurrence.read(wanted.cadence)), _time(wanted))
    return Form("nudges.own", "Your day and time", questions, argument, intro, "Save")


def for_later(delivery_id: int, first_on: date, last_on: date) -> Form:
    """The form that asks on which day a message shall come again."""
    hint = f"From tomorrow, {day(first_on)}, to {day(last_on)}."
    question = Question("on", "On which day shall I ask again?", QuestionKind.DATE, required=True, hint=hint)
    return Form("nudges.day", "Ask me later", (question,), str(delivery_id), (), "Ask me then")


def _cadence_questions(stands: Cadence) -> Iterable[Question]:
    weekly = stands if isinstance(stands, Weekly) else Weekly(1, (0,))
    on_weekday = stands if isinstance(stands, MonthlyOn) else MonthlyOn(1, 0)
    on_date = stands.day if isinstance(stands, Monthly) else 1
    chosen = ", ".join(on.isoformat() for on in stands.dates) if isinstance(stands, Chosen) else None
    yield _choice("often", "How often?", OFTEN, often_of(stands))
    yield Question(
        "days", "On which weekdays?", QuestionKind.SEVERAL, choices=_DAYS, value=tuple(str(one) for one in weekly.days),
        shown_if=Condition("often", tuple(WEEKS)), required=True,
    )  # fmt: skip
    yield replace(_choice("nth", "Which one in the month?", NTH, str(on_weekday.nth)), shown_if=_if(ON_WEEKDAY))
    yield Question(
        "weekday", "Which weekday?", QuestionKind.CHOICE, True, choices=_DAYS, value=str(on_weekday.weekday),
        shown_if=_if(ON_WEEKDAY),
    )  # fmt: skip
    yield Question(
        "date", "Which day of the month?", QuestionKind.NUMBER, True, "From 1 to 31.", value=str(on_date),
        shown_if=_if(ON_DATE),
    )  # fmt: skip
    hint = "For example 11 January 2027, 8 February 2027."
    yield Question(
        "dates", "Which days?", QuestionKind.LONG_TEXT, True, hint, value=chosen, shown_if=_if(CHOSEN), max_length=1000
    )


def _if(often: str) -> Condition:
    return Condition("often", (often,))


def often_of(cadence: Cadence) -> str:
    """The choice that a cadence is; the nearest one where it is none of them."""
    if isinstance(cadence, Weekly):
        return f"w{cadence.every}" if f"w{cadence.every}" in WEEKS else "w4"
    return ON_WEEKDAY if isinstance(cadence, MonthlyOn) else ON_DATE if isinstance(cadence, Monthly) else CHOSEN


def _time(wanted: Wanted) -> Question:
    hint, at = "For example 9am, 17:30 or 5.30pm.", time_in_words(wanted.at)
    return Question("at", "At what time?", QuestionKind.SHORT_TEXT, True, hint, value=at, max_length=20)


def _clock(wanted: Wanted, programme_zone: str) -> Question:
    zones = dict.fromkeys((programme_zone, wanted.zone or programme_zone))
    choices = {OWN_CLOCK: "Each person’s own"} | {one: f"{zone_in_words(one)} time, for all" for one in zones}
    return _choice("clock", "By whose clock?", choices, wanted.zone or OWN_CLOCK)


def _date(key: str, label: str, value: date | None, hint: str, *, required: bool = False) -> Question:
    stands = value.isoformat() if value else None
    return Question(key, label, QuestionKind.DATE, required, hint, value=stands)


def _moves(wanted: Wanted) -> Question:
    stands = str(wanted.window_days) if wanted.moves else LEAVE_OUT
    choices = MOVES if stands in MOVES else MOVES | {stands: f"Send it up to {stands} days later"}
    label = "What if someone is away, or it is their day off?"
    return _choice("moves", label, choices, stands)


def _choice(key: str, label: str, choices: dict[str, str], value: str) -> Question:
    listed = tuple(Choice(*pair) for pair in choices.items())
    return Question(key, label, QuestionKind.CHOICE, required=True, choices=listed, value=value)
