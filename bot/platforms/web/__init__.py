"""The browser: the demonstration's pages, served from here, with every act turned into one neutral event."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from bot.clock import Clock
from bot.logs import log
from bot.platforms import Dispatch, NotKept, PostResult, SendResult, Sent, TryAgain
from bot.platforms.web.answers import HEADERS, add_headers, attachment, moved, moved_on, page
from bot.platforms.web.deliveries import CAPABILITIES, Deliveries
from bot.platforms.web.demo import Demo, DemoPerson
from bot.platforms.web.inbound import MESSAGE, NONCE, USER, Fields, Refused, Seat, posted, verify
from bot.platforms.web.limits import HEARTBEAT_SECONDS, MAX_STREAMS
from bot.platforms.web.moving import WAYS, Mover, Tick, nothing
from bot.platforms.web.outbound import Conversation, Conversations, changes, shown
from bot.platforms.web.render import HERE, Asked, Pages
from handlers.kit.content import Message
from handlers.kit.events import Submission
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from storage.records import Account, Home

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

__all__ = ["Demo", "DemoPerson", "Web"]

ERASURE = "privacy.erase"
"""The form that erases a person: what is answered to it stands alone, without the conversation before it."""


class Web:
    """The browser platform. It exists in the demonstration only: nobody can sign in yet.

    `tick` is awaited at each quarter of an hour that somebody moves the demo's clock on.
    """

    name = "web"
    capabilities = CAPABILITIES

    def __init__(
        self,
        demo: Demo,
        dispatch: Dispatch,
        clock: Clock,
        heartbeat: float = HEARTBEAT_SECONDS,
        tick: Tick = nothing,
    ) -> None:
        self.tick = tick
        self._demo = demo
        self._dispatch = dispatch
        self._heartbeat = heartbeat
        self._pages = Pages(demo)
        self._talks = Conversations(clock)
        self._deliveries = Deliveries(demo, self._talks)
        self._mover = Mover(demo.clock) if demo.clock else None
        self._stopping = False

    def mount(self, app: web.Application) -> None:
        """Add the pages: `/`, `/as/<user>` and what is below, `/static`."""
        root = "/as/{user}"
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/", self._choose),
            ("GET", "/static/{name}", self._static),
            ("GET", root, self._show),
            ("GET", f"{root}/posts", self._board),
            ("GET", f"{root}/form", self._open),
            ("GET", f"{root}/file/{{message}}/{{number}}", self._file),
            ("GET", f"{root}/events", self._events),
            ("POST", f"{root}/say", self._say),
            ("POST", f"{root}/press", self._press),
            ("POST", f"{root}/form", self._submit),
            ("POST", "/clock", self._move_on),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, path, self._guarded(handler))
        app.on_shutdown.append(self._shut_down)
        app.on_response_prepare.append(self._harden)

    async def start(self) -> None:
        """Nothing to open: the pages are there once the server listens."""
        self._stopping = False

    async def stop(self) -> None:
        """End the event streams, so that the server can close."""
        self._stopping = True
        self._talks.wake()

    async def trouble(self) -> str | None:
        """The browser needs nothing that could be away."""
        return None

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Say it in that person's conversation, once for each key. Raises nothing."""
        return await self._deliveries.send(account, message, key)

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Whether it was said under that key; what another process said went with it. Raises nothing."""
        return self._deliveries.find(key)

    async def post(self, home: Home, address: str | None, message: Message, key: str) -> PostResult:
        """Nothing more is to be done: a network's page here is drawn of what counts as posted, for whoever may read."""
        return Sent(key)

    async def find_post(self, home: Home, address: str | None, key: str, since: datetime) -> PostResult:
        """What does not count as posted is not shown."""
        return TryAgain("It was not shown.")

    async def amend(self, home: Home, address: str | None, ref: str, message: Message, key: str) -> PostResult:
        """The page says what there is to say today, at any time."""
        return Sent(ref)

    async def _shut_down(self, app: web.Application) -> None:
        await self.stop()

    @staticmethod
    async def _harden(request: web.Request, response: web.StreamResponse) -> None:
        """What aiohttp answers itself, where no route fits, carries our headers too."""
        if request.match_info.http_exception is not None:
            add_headers(response)

    def _guarded(self, handler: Handler) -> Handler:
        """The handler behind the checks that every request passes, its answer under the strict headers."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                verify(request.method, request.headers, self._demo.hosts)
                response = await handler(request)
            except Refused as refused:
                log.warning("refused a request", platform="web", status=refused.status, why=refused.why)
                response = page(self._pages.error(refused.status, refused.sentence), refused.status)
            if not response.prepared:
                add_headers(response)
            return response

        return guarded

    def _seat(self, request: web.Request) -> tuple[Seat, Conversation]:
        person = self._demo.person(request.match_info["user"])
        if person is None:
            raise Refused(404, "nobody of that name", "There is nobody of that name here.")
        return Seat(self._demo, person), self._talks.of(person)

    async def _choose(self, request: web.Request) -> web.StreamResponse:
        return page(self._pages.chooser())

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in ("weaver.css", "weaver.js", "weaver.svg"):
            raise Refused(404, "no such file", "There is nothing here.")
        return web.FileResponse(HERE / "static" / name, headers={"Cache-Control": "no-cache"})

    async def _show(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        trouble = ""
        try:
            reply = await self._dispatch(seat.home_opened())
            talk.home = reply.message if isinstance(reply, Say | Replace) else talk.home
        except NotKept:
            trouble = "Some of this page can’t be shown just now. Please reload in a minute."
        return page(self._pages.conversation(seat.person, talk, trouble), 503 if trouble else 200)

    async def _say(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        event = seat.said(await posted(request))
        if not event.text:
            return moved(seat.person)
        async with talk.turn:
            try:
                reply = await self._dispatch(event)
            except NotKept as not_kept:
                return page(self._pages.conversation(seat.person, talk, not_kept.sentence, event.text), 503)
            talk.heard(event.id, await shown(event.text))
            return self._carry_out(seat, talk, reply)

    async def _press(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        fields = await posted(request)
        event, message = seat.pressed(fields), fields.one("message", MESSAGE)
        async with talk.turn:
            try:
                reply = await self._dispatch(event)
            except NotKept as not_kept:
                return page(self._pages.conversation(seat.person, talk, not_kept.sentence), 503)
            return self._carry_out(seat, talk, reply, message)

    async def _board(self, request: web.Request) -> web.StreamResponse:
        """What this person's networks posted to their homes, newest first."""
        seat, talk = self._seat(request)
        try:
            reply = await self._dispatch(seat.asked("posts"))
        except NotKept as not_kept:
            return page(self._pages.conversation(seat.person, talk, not_kept.sentence), 503)
        return page(self._pages.board(seat.person, reply.message)) if isinstance(reply, Say) else moved(seat.person)

    async def _open(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        fields = Fields.parse(request.rel_url.raw_query_string.encode("ascii", "replace"))
        event, message = seat.form_opened(fields), fields.one("message", MESSAGE)
        try:
            reply = await self._dispatch(event)
        except NotKept as not_kept:
            return page(self._pages.conversation(seat.person, talk, not_kept.sentence), 503)
        if isinstance(reply, Say | Replace):
            return page(self._pages.told(seat.person, reply.message))
        if not isinstance(reply, Ask):
            return moved(seat.person)
        talk.hold(reply.form)
        return page(self._pages.form(seat.person, Asked(reply.form, message=message)))

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        fields = await posted(request)
        event, message = seat.submitted(fields), fields.one("message", MESSAGE)
        async with talk.turn:
            try:
                reply = await self._dispatch(event)
            except NotKept as not_kept:
                return self._not_kept(seat, talk, event, fields, not_kept.sentence)
            if isinstance(reply, Correct):
                talk.hold(reply.form)
                asked = Asked(reply.form, fields.one("nonce", NONCE), message, reply.errors)
                return page(self._pages.form(seat.person, asked), 422)
            if event.form == ERASURE:
                talk.forget()
            return self._carry_out(seat, talk, reply, message)

    def _not_kept(
        self, seat: Seat, talk: Conversation, event: Submission, fields: Fields, sentence: str
    ) -> web.StreamResponse:
        """The form again with all that was typed; where it was never drawn here, only what was typed."""
        held = talk.held(event.form, event.argument)
        if held is None:
            return page(self._pages.retry(seat.person, fields.pairs, sentence), 503)
        nonce, message = fields.one("nonce", NONCE), fields.one("message", MESSAGE)
        asked = Asked(held.filled(event.values), nonce, message, trouble=sentence)
        return page(self._pages.form(seat.person, asked), 503)

    def _carry_out(self, seat: Seat, talk: Conversation, reply: Reply, message: str = "") -> web.StreamResponse:
        """Do what a reply says, and lead the browser to where it can be seen."""
        if isinstance(reply, Ask):
            return moved(seat.person, reply.form, message)
        if isinstance(reply, Say):
            return moved(seat.person, entry=talk.say(reply.message).id)
        if isinstance(reply, Replace):
            return moved(seat.person, entry=talk.say(reply.message, instead_of=message).id)
        return moved(seat.person)

    async def _move_on(self, request: web.Request) -> web.StreamResponse:
        if self._mover is None:
            raise Refused(404, "no clock", "The time can’t be moved on here.")
        fields = await posted(request)
        way, nonce = fields.one("by", WAYS), fields.one("nonce", NONCE)
        person = self._demo.person(fields.one("user", USER))
        talk = self._talks.of(person) if person else None
        mark = talk.mark if talk else ""
        await self._mover.move(way, nonce, self.tick, lambda: self._stopping)
        came = talk.since(mark) if talk else []
        return moved_on(person, came[-1].id if came else "")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        _, talk = self._seat(request)
        entry_id = request.match_info["message"]
        entry = talk.find(entry_id)
        message = talk.home if entry_id == "home" else entry.message if entry else None
        numbered = {str(number): file for number, file in enumerate(message.attachments)} if message else {}
        file = numbered.get(request.match_info["number"])
        if file is None:
            raise Refused(404, "no such file", "That file is no longer here. Ask for it again.")
        return attachment(file)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        seat, talk = self._seat(request)
        if talk.streams >= MAX_STREAMS:
            raise Refused(429, "too many tabs", "Too many tabs are open. Please close some.")
        mark = request.headers.get("Last-Event-ID") or request.query.get("since", "")
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream; charset=utf-8"})
        talk.streams += 1
        try:
            await response.prepare(request)
            await self._stream(response, seat.person, talk, mark)
        except ConnectionError:
            pass  # The tab was closed.
        finally:
            talk.streams -= 1
        return response

    async def _stream(self, response: web.StreamResponse, person: DemoPerson, talk: Conversation, mark: str) -> None:
        await response.write(b"retry: 2000\n\n")
        async for entry in changes(talk, mark, self._heartbeat, lambda: self._stopping):
            if entry is None:
                await response.write(b": still here\n\n")
                continue
            lines = self._pages.entry(person, entry).splitlines()
            data = "".join(f"data: {line}\n" for line in lines)
            await response.write(f"id: {talk.epoch}-{entry.serial}\n{data}\n".encode())
