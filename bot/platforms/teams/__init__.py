"""Microsoft Teams: proves each request, turns it into events, and carries out what was decided."""

from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import ClientTimeout, web

from bot.clock import Clock
from bot.logs import log
from bot.platforms import Dispatch, GaveUp, NotKept, PostResult, SendResult, Unknown
from bot.platforms.teams.connector import TIMEOUT, Connector, ServiceAway
from bot.platforms.teams.consents import Consents
from bot.platforms.teams.deliveries import CAPABILITIES, Deliveries
from bot.platforms.teams.hosts import is_allowed
from bot.platforms.teams.inbound import (
    FILE_CONSENT,
    NAME,
    Consent,
    Malformed,
    Turn,
    decode,
    read_consent,
    read_events,
    read_turn,
)
from bot.platforms.teams.joining import Welcomes
from bot.platforms.teams.limits import Json
from bot.platforms.teams.offers import Offers
from bot.platforms.teams.outbound import AddressOf, Outbound, no_address
from bot.platforms.teams.posts import Posts
from bot.platforms.teams.uploads import Uploads
from bot.settings import LOOPBACK, TeamsSettings
from handlers.kit.content import Message
from handlers.kit.events import Event
from storage.records import Account, Home

if TYPE_CHECKING:
    from bot.platforms.teams.sdk import Proof

PATH = "/api/messages"
NOT_LISTED = "The home’s organisation is not on the list of those that Weaver talks to."


class Teams:
    """The platform. `address_of` finds the kept address of an account, for private answers to what is asked in a
    channel; this process itself remembers nobody's address."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(
        self,
        settings: TeamsSettings,
        dispatch: Dispatch,
        clock: Clock,
        address_of: AddressOf = no_address,
        timeout: ClientTimeout = TIMEOUT,
    ) -> None:
        # Botbuilder takes 0.2 s and 24 MB to import (limits.md 1g): only a bot that talks to Teams pays for it.
        from bot.platforms.teams.keys import Keys, KeysAway
        from bot.platforms.teams.sdk import NotProven, Sdk

        self._settings = settings
        self._dispatch = dispatch
        self._connector = Connector(settings, clock, timeout)
        # Without authentication nobody could tell whose consent comes, so nothing is offered.
        takes_files = settings.file_hosts and not settings.unauthenticated
        offers = Offers(settings.app_password if takes_files else "", clock)
        uploads = Uploads(lambda: self._connector.session, settings.file_hosts)
        is_real = not settings.unauthenticated
        self._outbound = Outbound(self._connector, clock, offers, address_of, has_dialogs=is_real)
        self._consents = Consents(self._connector, self._outbound, offers, uploads, dispatch)
        self._deliveries = Deliveries(self._connector, self._outbound)
        self._posts = Posts(self._connector, self._outbound, self._deliveries)
        self._welcomes = Welcomes(clock)
        self._keys = Keys(settings.openid_url, lambda: self._connector.session, clock)
        self._sdk = Sdk(settings, self._keys, clock)
        self._not_proven, self._keys_away = NotProven, KeysAway

    def mount(self, app: web.Application) -> None:
        """Add `POST /api/messages`."""
        app.router.add_post(PATH, self.receive)

    async def start(self) -> None:
        """Fetch the bot's token, so that the first answer need not wait; trouble shows in `trouble`."""
        if trouble := await self.trouble():
            log.warning("teams is not ready", why=trouble)

    async def stop(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def trouble(self) -> str | None:
        """Why Teams cannot be answered now; None when it can."""
        why = self._deliveries.trouble
        try:
            if not self._settings.unauthenticated:
                await self._connector.token.value()
        except ServiceAway as away:
            why = away.why
        return f"Teams: {why}." if why else None

    async def send(self, account: Account, address: str | None, message: Message, key: str) -> SendResult:
        """Send to the account's kept personal chat, in one attempt. Raises nothing; Teams has no place for `key`."""
        if not self._is_listed(account.workspace):
            return GaveUp("their organisation is not on the list", unreachable=True)
        return await self._deliveries.send(account, address, message)

    async def find(self, account: Account, address: str | None, key: str, since: datetime) -> SendResult:
        """Teams gives a bot no way to read its own messages back."""
        return Unknown("Teams cannot say")

    async def post(self, home: Home, address: str | None, message: Message, key: str) -> PostResult:
        """Post to that channel or group chat, in one attempt. Raises nothing; Teams has no place for `key`."""
        if not self._is_listed(home.workspace):
            return GaveUp(NOT_LISTED, unreachable=True)
        return await self._posts.post(home, address, message)

    async def find_post(self, home: Home, address: str | None, key: str, since: datetime) -> PostResult:
        """Teams gives a bot no way to read its own messages back."""
        return Unknown("Teams cannot say")

    async def amend(self, home: Home, address: str | None, ref: str, message: Message, key: str) -> PostResult:
        """Put what is shown right. Raises nothing."""
        if not self._is_listed(home.workspace):
            return GaveUp(NOT_LISTED, unreachable=True)
        return await self._posts.amend(home, address, ref, message)

    def _is_listed(self, tenant: str) -> bool:
        return self._settings.unauthenticated or tenant in self._settings.tenants

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request: 401 unproven, other 4xx unfit, 503 not kept; never with an error's own text."""
        try:
            proof = await self._prove(request)
            return await self._take(proof, await self._read(request))
        except self._not_proven:
            return _refused("not proven", 401)
        except Malformed as malformed:
            return _refused(malformed.what, malformed.status)
        except web.HTTPException as stopped:
            return _refused("not readable", stopped.status)
        except self._keys_away:
            log.error("the keys that sign Teams' requests could not be fetched")
            return web.Response(status=503)
        except (ConnectionError, TimeoutError):
            return _refused("broken off", 400)
        except Exception as bug:  # noqa: BLE001  # the one catch of this loop
            log.bug("a Teams turn failed", bug)
            return web.Response(status=500)

    async def _prove(self, request: web.Request) -> "Proof":
        # A page of another site whose name was pointed here comes from this machine too, but under its own name.
        is_local = request.remote in LOOPBACK and request.url.host in LOOPBACK
        if self._settings.unauthenticated and not is_local:
            raise Malformed("not from this machine", 403)
        return await self._sdk.prove(request.headers.get("Authorization"))

    @staticmethod
    async def _read(request: web.Request) -> Json:
        # Any web page may post plain text to this machine, but JSON only after asking.
        if request.content_type != "application/json":
            raise Malformed("not JSON", 415)
        return decode(await request.read())

    async def _take(self, proof: "Proof", body: Json) -> web.Response:
        turn = read_turn(body, unauthenticated=self._settings.unauthenticated)
        self._admit(proof, body, turn)
        if turn.type == "invoke" and turn.name == FILE_CONSENT:
            return await self._consented(proof, read_consent(body, turn), turn)
        events = [self._welcomes.once(event, turn) for event in read_events(body, turn)]
        if not events:
            return web.Response(status=200)
        kept = True

        async def answer() -> Json | None:
            nonlocal kept
            answers = [await self._handle(event, turn) for event in events]
            kept = all(was_kept for was_kept, _ in answers)
            return answers[-1][1]

        content = await self._sdk.run(proof, turn, answer)
        # An answer without a body closes a dialog.
        return web.json_response(content) if content else web.Response(status=200 if kept else 503)

    async def _consented(self, proof: "Proof", consent: Consent, turn: Turn) -> web.Response:
        kept = True

        async def answer() -> None:
            nonlocal kept
            kept = await self._consents.answer(consent, turn)

        await self._sdk.run(proof, turn, answer)
        return web.Response(status=200 if kept else 503)

    def _admit(self, proof: "Proof", body: Json, turn: Turn) -> None:
        """Refuse whatever the proof does not cover: another channel, another service, another tenant."""
        if not turn.service_url:
            raise Malformed("no serviceUrl")
        if not proof.names(turn.service_url):
            raise Malformed("a serviceUrl that the token does not name", 401)
        if not is_allowed(turn.service_url, self._settings.service_hosts):
            raise Malformed("a serviceUrl that is not on the list", 403)
        if self._settings.unauthenticated:
            return
        if body.get("channelId") != "msteams":
            raise Malformed("another channel", 403)
        if turn.tenant not in self._settings.tenants:
            raise Malformed("another tenant", 403)

    async def _handle(self, event: Event, turn: Turn) -> tuple[bool, Json | None]:
        """Dispatch one event and carry out its reply: whether it was kept, and an invoke's answer."""
        try:
            reply = await self._dispatch(event)
        except NotKept as away:
            return False, await self._outbound.say_not_kept(event, turn, away.sentence)
        return True, await self._outbound.carry_out(reply, event, turn)


def _refused(why: str, status: int) -> web.Response:
    log.warning("refused a request for Teams", why=why, status=status)
    return web.Response(status=status)
