"""A handful of people who live with the bot for months: the real dispatcher, planner and outbox on a moved clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bench.eighteen_months_text import buttons_of, form_text, message_text
from bench.ledger import Shown
from bench.simulation import Simulation
from bot.dispatch import Dispatcher
from bot.metrics import Metrics
from handlers.kit.content import Button, Form, Message, Question
from handlers.kit.events import Command, Event, FormOpened, HomeOpened, Joined, Place, Press, Submission
from handlers.kit.feature import Routes
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from handlers.kit.text import weekday
from handlers.kit.times import time_in_words
from storage.records import Account, Person, QuestionKind
from storage.unit import Units

LONDON = ZoneInfo("Europe/London")
PLATFORM, WORKSPACE = "ledger", "W"
React = Callable[["Life", Message], Awaitable[None]]
"""What someone does with what came to them unasked."""


@dataclass(frozen=True)
class Unasked:
    """What came to someone by itself: when, and as whom the programme knew them just then."""

    user: str
    at: datetime
    message: Message
    person: Person


@dataclass
class Months:
    """The bot without its platforms, the people in it, and the transcript of those who are followed."""

    units: Units
    routes: Routes
    begin: datetime
    transcript: list[str] = field(default_factory=list)
    unasked: list[Unasked] = field(default_factory=list)
    said: list[Message | Form] = field(default_factory=list)
    lives: dict[str, Life] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.simulation = _Reacting(self.units, self.routes, self.begin)
        self.simulation.reacts = self._came
        self.dispatch = Dispatcher(self.units, self.routes, self.simulation.clock, Metrics())
        self.ids = count(1)

    @property
    def now(self) -> datetime:
        """What the clock on the wall says."""
        return self.simulation.clock.now().astimezone(LONDON)

    def person(self, user: str, name: str, reacts: React, *, followed: bool = False) -> Life:
        """Someone who is there; `followed`: what they see and do stands in the transcript."""
        self.lives[user] = Life(self, user, name, reacts, followed)
        return self.lives[user]

    async def until(self, year: int, month: int, day: int, hour: int, minute: int = 0) -> None:
        """Let time pass until then, in London."""
        await self.simulation.live(datetime(year, month, day, hour, minute, tzinfo=LONDON))

    def minutes(self, number: float) -> None:
        """Somebody takes their time."""
        self.simulation.clock.move(minutes=number)

    def note(self, line: str) -> None:
        """Write a line into the transcript."""
        self.transcript.append(line)

    async def _came(self, shown: Shown) -> None:
        life = self.lives[shown.user]
        account = Account(PLATFORM, WORKSPACE, shown.user)
        person = await self.simulation.do(lambda store: store.people.by_account(account))
        assert person is not None
        self.unasked.append(Unasked(shown.user, shown.at.astimezone(LONDON), shown.message, person))
        life.sees(shown.message, "by itself")
        await life.reacts(life, shown.message)


class _Reacting(Simulation):
    """Lets people act on what came before time goes on."""

    reacts: Callable[[Shown], Awaitable[None]]

    async def live(self, until: datetime) -> None:
        """Let time pass."""
        news: list[Shown] = []
        self._look_at = self.clock.now()
        while self.clock.now() < until:
            if self._is_due:
                await self._outbox.deliver()
            following = await self.do(lambda store: self._answer_and_look(store, lambda _, one, __: news.append(one)))
            if news:
                for shown in news:
                    await self.reacts(shown)
                news.clear()
                self._look_at, self._is_due = self.clock.now(), True
                continue
            self.clock.move(seconds=(min(following, until) - self.clock.now()).total_seconds())


@dataclass
class Life:
    """One person's hands and eyes, straight at the dispatcher."""

    months: Months
    user: str
    name: str
    reacts: React
    followed: bool
    messages: list[Message] = field(default_factory=list)
    form: Form | None = None
    forms_seen: set[str] = field(default_factory=set)

    async def joins(self) -> None:
        """Meet the bot for the first time."""
        self._does("opens the chat with Weaver for the first time")
        await self._give(Joined(**self._about()))

    async def opens_home(self) -> None:
        """Open the bot's own page."""
        self._does("opens Weaver’s own page")
        await self._give(HomeOpened(**self._about()))

    async def types(self, text: str) -> None:
        """Type to the bot."""
        self._does(f"types: {text}")
        await self._give(Command(**self._about(), text=text))

    async def presses(self, label: str, about: str = "") -> None:
        """Press the button of that label in the newest message that has one; `about`: the one for that thing."""
        place, button = self._find(label, about)
        self._does(f"presses [{button.label}]")
        if button.opens_form:
            await self._give(FormOpened(**self._about(), form=button.action, argument=button.argument))
        else:
            await self._give(Press(**self._about(), action=button.action, argument=button.argument), place)

    async def fills(self, answers: Mapping[str, str | tuple[str, ...]]) -> None:
        """Fill the open form by the beginnings of its questions, and send it."""
        form = self.form
        assert form is not None, "no form is open"
        values = {one.key: one.value for one in form.questions if one.value is not None}
        for begins, answer in answers.items():
            question = next(one for one in form.questions if one.label.startswith(begins))
            values[question.key] = _as_value(question, answer)
            self._writes(question, answer)
        self.form = None
        await self._give(Submission(**self._about(), form=form.name, argument=form.argument, values=values))

    def has(self, label: str) -> bool:
        """True if the newest message has such a button."""
        return any(one.label == label for one in buttons_of(self.messages[-1]))

    def sees(self, message: Message, how: str = "", instead_of: int | None = None) -> None:
        """Something is shown."""
        self.months.said.append(message)
        if instead_of is not None:
            self.messages[instead_of] = message
        else:
            self.messages.append(message)
        self._tells(f"Weaver{f', {how}' if how else ''}:", message_text(message))

    def _find(self, label: str, about: str) -> tuple[int, Button]:
        for place in range(len(self.messages) - 1, -1, -1):
            for one in buttons_of(self.messages[place]):
                if one.label == label and about in one.about:
                    return place, one
        raise AssertionError(f"{self.name} sees no button {label!r} in {message_text(self.messages[-1])}")

    async def _give(self, event: Event, place: int | None = None) -> None:
        self.months.minutes(0.5)
        reply: Reply = await self.months.dispatch(event)
        if isinstance(reply, Say):
            self.sees(reply.message)
        elif isinstance(reply, Replace):
            self.sees(reply.message, "in its place", place)
        elif isinstance(reply, Ask | Correct):
            self.form = reply.form
            self.months.said.append(reply.form)
            errors = reply.errors if isinstance(reply, Correct) else None
            is_new = reply.form.name not in self.forms_seen or errors
            self.forms_seen.add(reply.form.name)
            self._tells("A form opens:", form_text(reply.form, errors) if is_new else f"({reply.form.title})")

    def _about(self) -> dict[str, Any]:
        return {
            "id": f"life:{next(self.months.ids)}",
            "sender": Account(PLATFORM, WORKSPACE, self.user),
            "place": Place(PLATFORM, WORKSPACE, f"D{self.user}", private=True),
        }

    def _does(self, what: str) -> None:
        if self.followed:
            now = self.months.now
            self.months.note(f"\n### {weekday(now.date())} {now.year}, {time_in_words(now.time())}: {self.name} {what}")

    def _writes(self, question: Question, answer: str | tuple[str, ...]) -> None:
        if self.followed:
            said = answer if isinstance(answer, str) else ", ".join(answer)
            self.months.note(f"  {self.name} answers “{question.label}”: {said}")

    def _tells(self, opening: str, text: str) -> None:
        if not self.followed:
            return
        now = self.months.now
        if "by itself" in opening:
            self.months.note(f"\n### {weekday(now.date())} {now.year}, {time_in_words(now.time())}: to {self.name}")
        self.months.note(f"{opening}\n" + "\n".join(f"    {line}" for line in text.splitlines()))


def _as_value(question: Question, answer: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if question.kind is QuestionKind.SEVERAL:
        return tuple(one.value for one in question.choices if one.label in answer)
    if question.choices:
        return next(one.value for one in question.choices if one.label.startswith(str(answer)))
    return answer


def lines_of(transcript: Sequence[str]) -> str:
    """The transcript as one text."""
    return "\n".join(transcript).strip() + "\n"
