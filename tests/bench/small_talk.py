"""A tiny bot for the browser platform's own tests: one form of every kind of question, one message of every block."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.clock import SystemClock
from bot.platforms import Dispatch, NotKept
from bot.platforms.web import Demo, DemoPerson, Web
from handlers.kit.content import (
    YES_NO,
    Attachment,
    Bold,
    Button,
    Buttons,
    Chart,
    Choice,
    Facts,
    Form,
    Heading,
    Link,
    Message,
    Question,
    Quote,
    Table,
    paragraph,
    plain,
)
from handlers.kit.events import Command, Event, FormOpened, HomeOpened, Press, Submission
from handlers.kit.replies import Ask, Correct, Nothing, Replace, Reply, Say
from storage.records import Condition, QuestionKind

HOSTILE = '</p><script>alert(1)</script><a href="https://example.org">x</a> & "quoted" <!-- &amp;'

DEMO = Demo(
    (
        DemoPerson("ann", "Ann Okafor", "Member", ("Sexual Health Improvement Network",)),
        DemoPerson("cas", "Cas Llewellyn", "Co-ordinator", ("Sexual Health Improvement Network",)),
        DemoPerson("fay", "Fay Iqbal", "Faculty"),
    )
)

FORM = Form(
    "talk.answer",
    "This week’s check-in",
    (
        Question(
            "feel", "How does the network feel this week?", QuestionKind.SCALE, required=True,
            hint="Your co-ordinator can read this.",
            choices=tuple(Choice(one[0], one) for one in ("1: stuck", "2", "3", "4", "5: moving well")),
        ),
        Question("moved", "What moved?", QuestionKind.LONG_TEXT, hint="Only you can read this.", required=True),
        Question("help", "Do you want help?", QuestionKind.YES_NO, choices=YES_NO),
        Question(
            "who", "Who could help?", QuestionKind.SHORT_TEXT, hint="Only you can read this.",
            shown_if=Condition("help", ("yes",)),
        ),
        Question(
            "areas", "Which areas?", QuestionKind.SEVERAL,
            choices=(Choice("clinics", "Clinics"), Choice("schools", "Schools"), Choice("online", "Online")),
        ),
        Question(
            "readers", "Who can read it?", QuestionKind.CHOICE, value="only me",
            choices=tuple(
                Choice(one.lower(), one)
                for one in ("Only me", "Co-ordinator", "Leaders", "Network", "Faculty", "Funder")
            ),
        ),
        Question("met", "How many people did you meet?", QuestionKind.NUMBER),
        Question("on", "When do you meet next?", QuestionKind.DATE),
        Question("person", "Who asked you?", QuestionKind.PERSON),
    ),
    argument="7",
    intro=("For the ", Bold("Sexual Health Improvement Network"), "."),
)  # fmt: skip

TREND = Chart(
    "How the network feels", "From 2 to 4 over six weeks, with no answers in one.",
    ("4 Jan", "11 Jan", "18 Jan", "25 Jan", "1 Feb", "8 Feb"), (2, 2.5, None, 3, 3.5, 4), "Middle answer", 1, 5,
)  # fmt: skip

HOME = Message(
    "Hello Ann",
    (Heading("Hello"), paragraph("One check-in is open: ", Bold("Sexual Health Improvement Network"), ".")),
    (
        Button("Check in", "talk.answer", "7", opens_form=True, primary=True),
        Button("Everything", "talk.everything"),
        Button("History", "talk.history"),
    ),
)

EVERYTHING = Message(
    "This week",
    (
        Heading("Sexual Health Improvement Network"),
        paragraph("Five of eight people answered. ", Link("What this is", "https://example.org/a?b=c&d=e")),
        Facts((("Answered", "5"), ("Asked for help", "Ann Okafor"))),
        Quote("We got the evening clinic.\nThe bus route is still in the way."),
        Buttons((Button("Edit", "talk.answer", "7", opens_form=True, about="the check-in of 8 February"),)),
        TREND,
        Table("Answers by week", ("Week", "Answers", "Asked for help"), (("4 Jan", "5", "1"), ("11 Jan", "6", "0"))),
    ),
    (
        Button("Withdraw", "talk.withdraw", "7", danger=True, confirm="Withdraw this check-in? Nobody will see it."),
        Button("Who can see this", "talk.readers", "7", about="the check-in of 8 February"),
    ),
    (Attachment.of_text("my data.txt", "text/plain", "Everything: £5\n"),),
)  # fmt: skip


class SmallTalk:
    """Dispatches like the real one: an event's effect once, `NotKept` while `away`, no form while `closed`.

    `events` holds what came.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.kept: list[Submission] = []
        self.away = False
        self.closed = False
        self._seen: set[str] = set()

    async def __call__(self, event: Event) -> Reply:
        await asyncio.sleep(0)
        if self.away:
            raise NotKept
        self.events.append(event)
        if isinstance(event, HomeOpened):
            return Say(HOME)
        if isinstance(event, FormOpened):
            is_open = event.form == FORM.name and not self.closed
            return Ask(FORM, plain("A form")) if is_open else Say(plain("You can’t do that here."))
        if event.id in self._seen:
            return Nothing()
        self._seen.add(event.id)
        return self._act(event)

    def _act(self, event: Event) -> Reply:
        if isinstance(event, Submission):
            return self._submit(event)
        if isinstance(event, Press):
            return self._press(event)
        assert isinstance(event, Command)
        if event.text == "check in":
            return Ask(FORM, plain("Check in"))
        return Say(EVERYTHING if event.text == "everything" else plain(f"You wrote: {event.text}"))

    def _press(self, event: Press) -> Reply:
        if event.action == "talk.everything":
            return Say(EVERYTHING)
        return Replace(plain("It is withdrawn.")) if event.action == "talk.withdraw" else Say(plain(event.action))

    def _submit(self, event: Submission) -> Reply:
        missing = [one for one in FORM.questions if one.required and not event.values.get(one.key)]
        if missing:
            self._seen.discard(event.id)
            return Correct(FORM.filled(event.values), {one.key: "Please answer this one." for one in missing})
        self.kept.append(event)
        return Say(plain("Kept. Only you can read it.", Button("Edit", FORM.name, "7", opens_form=True)))


@asynccontextmanager
async def serve(dispatch: Dispatch, heartbeat: float = 15.0) -> AsyncIterator[str]:
    """A browser platform with this dispatch on a loopback port of its own."""
    async with serving(Web(DEMO, dispatch, SystemClock(), heartbeat)) as url:
        yield url


@asynccontextmanager
async def serving(platform: Web) -> AsyncIterator[str]:
    """The platform on a loopback port of its own; gives its address without a slash at the end."""
    app = web.Application(client_max_size=1_000_000)
    platform.mount(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    await platform.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await platform.stop()
        await runner.cleanup()
