"""Turns neutral messages and forms into pages; Jinja2 escapes everything that a person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.platforms.web.chart import drawing
from bot.platforms.web.demo import Demo, DemoPerson
from bot.platforms.web.inbound import ONE, SEVERAL, fresh_nonce
from bot.platforms.web.limits import RADIOS
from bot.platforms.web.outbound import Conversation, Entry
from bot.platforms.web.timeline import sign, timeline_drawing
from bot.platforms.web.wheel import wheel_drawing
from handlers.kit.content import Form, Link, Message, Question
from handlers.kit.text import weekday
from storage.records import QuestionKind

HERE = Path(__file__).parent

_RADIOS = (QuestionKind.SCALE, QuestionKind.YES_NO)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form on the page: what is wrong with it, the name of this act, the message it came from."""

    form: Form
    nonce: str = field(default_factory=fresh_nonce)
    message: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


class Pages:
    """Every page of the browser platform, as text."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._zone = ZoneInfo(demo.time_zone)

    def chooser(self) -> str:
        """Who would you like to be?"""
        return _template("chooser").render(people=self._demo.people, user="", **self._time())

    def conversation(self, person: DemoPerson, talk: Conversation, trouble: str = "", said: str = "") -> str:
        """One person's page: their home, the conversation, and where to write. `said` stands in the box."""
        return _template("conversation").render(
            person=person, talk=talk, trouble=trouble, said=said, root=_root(person), user=person.user, **self._time()
        )

    def entry(self, person: DemoPerson, entry: Entry) -> str:
        """One line of the conversation, for a tab that is open."""
        return _template("entry").render(entry=entry, root=_root(person), **self._time())

    def form(self, person: DemoPerson, asked: Asked) -> str:
        """A form as a page; the page's script shows it in place."""
        return _template("form").render(
            person=person, asked=asked, form=asked.form, root=_root(person), people=self._demo.people
        )

    def board(self, person: DemoPerson, message: Message) -> str:
        """What a person's networks posted."""
        return _template("board").render(person=person, message=message, root=_root(person))

    def told(self, person: DemoPerson, message: Message) -> str:
        """What is said where a form was asked for that cannot be opened."""
        return _template("told").render(person=person, message=message, root=_root(person))

    def retry(self, person: DemoPerson, pairs: tuple[tuple[str, str], ...], trouble: str) -> str:
        """What was typed, ready to be sent again, where the form itself cannot be drawn."""
        return _template("retry").render(person=person, pairs=pairs, trouble=trouble, root=_root(person))

    def error(self, status: int, sentence: str) -> str:
        """A page that says what went wrong."""
        return _template("error").render(status=status, sentence=sentence)

    def _time(self) -> dict[str, object]:
        """The zone that times are shown in, and the moment it is where that can be moved on."""
        return {"zone": self._zone, "now": self._demo.clock.now() if self._demo.clock else None}


def _root(person: DemoPerson) -> str:
    return f"/as/{person.user}"


def is_link(span: object) -> bool:
    """True for a link that may be one: http or https, with a host."""
    if not isinstance(span, Link):
        return False
    try:
        parts = urlsplit(span.url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """A time as the NHS writes it: 5.30pm, 2pm."""
    local = at.astimezone(zone)
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'am' if local.hour < 12 else 'pm'}"


def calendar_day(at: datetime, zone: ZoneInfo) -> str:
    """A date in full: 6 August 2018."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def full_day(at: datetime, zone: ZoneInfo) -> str:
    """A date with its weekday: Monday 6 August 2018."""
    return f"{weekday_of(at, zone)} {at.astimezone(zone).year}"


def weekday_of(at: datetime, zone: ZoneInfo) -> str:
    """A date without its year: Monday 6 August."""
    return weekday(at.astimezone(zone).date())


def control(question: Question) -> str:
    """How a question is asked: radios, list, checks, person, date, number, long or line."""
    if question.kind in _RADIOS or (question.kind is QuestionKind.CHOICE and len(question.choices) <= RADIOS):
        return "radios"
    names = {
        QuestionKind.CHOICE: "list",
        QuestionKind.SEVERAL: "checks",
        QuestionKind.PERSON: "person",
        QuestionKind.DATE: "date",
        QuestionKind.NUMBER: "number",
        QuestionKind.LONG_TEXT: "long",
    }
    return names.get(question.kind, "line")


def field_name(question: Question) -> str:
    """What the question's field is called in a post."""
    return (SEVERAL if question.kind is QuestionKind.SEVERAL else ONE) + question.key


def chosen(question: Question) -> tuple[str, ...]:
    """What stands in the question now, as a tuple."""
    value = question.value
    return value if isinstance(value, tuple) else (value,) if value else ()


def only_if(form: Form, question: Question) -> str:
    """The line that says when a question counts, "" where it always does."""
    if question.shown_if is None:
        return ""
    earlier = form.question(question.shown_if.key)
    if earlier is None:
        return ""
    labels = {choice.value: choice.label for choice in earlier.choices}
    wanted = " or ".join(f"“{labels.get(value, value)}”" for value in question.shown_if.values)
    if not wanted:
        return f"Only if you answered “{earlier.label}”"
    return f"Only if you answered {wanted} to “{earlier.label}”"


def errors_in_order(form: Form, errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the summary lists: the id of each question's first field, and its label with the sentence."""
    asked = [(question.key, question.label) for question in form.questions if question.key in errors]
    known = {key for key, _ in asked}
    rest = [("form-title", sentence) for key, sentence in errors.items() if key not in known]
    return [(f"q-{key}", f"{label} {errors[key]}") for key, label in asked] + rest


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": lambda block: type(block).__name__.lower(),
        "control": control,
        "field_name": field_name,
        "chosen": chosen,
        "drawing": drawing,
        "wheel_drawing": wheel_drawing,
        "timeline_drawing": timeline_drawing,
        "sign": sign,
        "clock_time": clock_time,
        "calendar_day": calendar_day,
        "full_day": full_day,
        "weekday": weekday_of,
        "query": lambda pairs: urlencode({name: value for name, value in pairs.items() if value}),
    }
    environment.tests["link"] = is_link
    environment.globals |= {
        "fresh_nonce": fresh_nonce,
        "only_if": only_if,
        "errors_in_order": errors_in_order,
    }
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html")
