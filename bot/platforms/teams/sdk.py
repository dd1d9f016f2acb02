"""The only place that knows botbuilder (archived by its makers, pinned to 4.17.1): proves a request, runs its turn.

Two mends. Its fetching of keys, which holds everything up, is replaced through `JwtTokenExtractor.metadataCache` (not
documented, so a test guards it). Its two HTTP clients, which cost 10 ms a turn to build (limits.md 1b) and open a
connection for each reply, are never built: replies go through our own connector, and nobody signs in.
"""

import binascii
import json
import time
from base64 import urlsafe_b64decode
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConfiguration,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    ClaimsIdentity,
    JwtTokenExtractor,
    PasswordServiceClientCredentialFactory,
)  # fmt: skip
from jwt.exceptions import PyJWTError

from bot.clock import Clock
from bot.platforms.teams.inbound import Turn
from bot.platforms.teams.keys import Keys, KeysAway
from bot.platforms.teams.limits import Json
from bot.settings import TeamsSettings

CHANNEL = "msteams"
MOST_HEADER = 8_000
"""Characters of an Authorization header; a longer one is nobody's token."""
PROVEN_FOR = timedelta(minutes=5)
"""How long a token that was found good is not judged again: never past its end, nor longer than botbuilder's own
tolerance of clocks that differ."""
MOST_PROVEN = 200


class NotProven(Exception):
    """The request does not prove that Teams sent it for this bot."""


class Proof:
    """A request that Teams has signed for this bot; what it says of its service is checked with `names`."""

    def __init__(self, result: Any, *, unauthenticated: bool = False) -> None:
        self.result = result
        self._unauthenticated = unauthenticated

    def names(self, service_url: str) -> bool:
        """True if the token names this service address; a token or a request without one is not believed."""
        if self._unauthenticated:
            return True
        claimed = self.result.claims_identity.get_claim_value(AuthenticationConstants.SERVICE_URL_CLAIM)
        return bool(service_url) and claimed == service_url


class _NoConnector:
    """Botbuilder wants a factory of connectors for each turn; replies go through our own."""

    async def create(self, service_url: str, audience: str) -> object:
        return self


class _Adapter(CloudAdapterBase):  # type: ignore[misc]  # botbuilder has no types
    """Botbuilder's adapter as it is; the base class leaves nothing abstract."""


class Sdk:
    """Botbuilder's authentication and turns, for one bot."""

    def __init__(self, settings: TeamsSettings, keys: Keys, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._proven: OrderedDict[str, tuple[Proof, datetime]] = OrderedDict()
        JwtTokenExtractor.metadataCache[settings.openid_url] = keys
        self._authentication = _authentication(settings)
        self._adapter = _Adapter(_WithoutSignIn(self._authentication))

    async def prove(self, header: str | None) -> Proof:
        """Judge the Authorization header, before the body is read. Raises NotProven, or KeysAway."""
        if self._settings.unauthenticated:
            return Proof(_anonymous(), unauthenticated=True)
        known = self._proven.get(header or "")
        if known is not None and self._clock.now() < known[1]:
            return known[0]
        if not _may_be_teams(header, self._settings.issuer):
            raise NotProven
        return self._remembered(header or "", await self._judge(header))

    def _remembered(self, header: str, proof: Proof) -> Proof:
        """Teams uses one token for many requests, and judging it is a third of a turn."""
        ends = proof.result.claims_identity.get_claim_value("exp")
        if not isinstance(ends, int):
            raise NotProven  # Botbuilder takes a token that never ends.
        left = timedelta(seconds=min(ends - time.time(), PROVEN_FOR.total_seconds()))
        self._proven[header] = proof, self._clock.now() + left
        if len(self._proven) > MOST_PROVEN:
            self._proven.popitem(last=False)
        return proof

    async def _judge(self, header: str | None) -> Proof:
        try:
            result = await self._authentication.authenticate_streaming_request(header, CHANNEL)
        except KeysAway:
            raise
        except (PyJWTError, PermissionError, ValueError, TypeError, KeyError, AttributeError):
            raise NotProven from None
        except Exception as error:
            # Botbuilder raises a bare Exception for a key without this channel's endorsement.
            if type(error) is Exception:
                raise NotProven from None
            raise
        result.connector_factory = _NoConnector()
        return Proof(result)

    async def run(self, proof: Proof, turn: Turn, answer: Callable[[], Awaitable[Json | None]]) -> Json | None:
        """Run one turn through botbuilder's pipeline; `answer` returns the body of an invoke's response."""
        activity = _activity(turn)

        async def logic(context: TurnContext) -> None:
            body = await answer()
            if turn.type == ActivityTypes.invoke:
                response = InvokeResponse(status=200, body=body)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))

        response = await self._adapter.process_activity(proof.result, activity, logic)
        return response.body if response is not None else None


class _WithoutSignIn(BotFrameworkAuthentication):  # type: ignore[misc]  # botbuilder has no types
    """The authentication, without the client that botbuilder builds each turn for sign-ins: here nobody signs in."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def authenticate_request(self, activity: Any, auth_header: str) -> Any:
        return await self._inner.authenticate_request(activity, auth_header)

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        return await self._inner.authenticate_streaming_request(auth_header, channel_id_header)

    def create_connector_factory(self, claims_identity: Any) -> Any:
        return _NoConnector()

    async def create_user_token_client(self, claims_identity: Any) -> Any:
        return None

    def create_bot_framework_client(self) -> Any:
        return self._inner.create_bot_framework_client()

    def get_originating_audience(self) -> str:
        return str(self._inner.get_originating_audience())

    async def authenticate_channel_request(self, auth_header: str) -> Any:
        return await self._inner.authenticate_channel_request(auth_header)


def _authentication(settings: TeamsSettings) -> Any:
    """Botbuilder's own check of tokens; the password is not given to it, since it fetches no token for us."""
    return BotFrameworkAuthenticationFactory.create(
        validate_authority=True,
        to_channel_from_bot_login_url=settings.login_url,
        to_channel_from_bot_oauth_scope="https://api.botframework.com",
        to_bot_from_channel_token_issuer=settings.issuer,
        oauth_url=settings.login_url,
        to_bot_from_channel_open_id_metadata_url=settings.openid_url,
        to_bot_from_emulator_open_id_metadata_url=settings.openid_url,
        caller_id="urn:botframework:azure",
        credential_factory=PasswordServiceClientCredentialFactory(settings.app_id),
        auth_configuration=AuthenticationConfiguration(),
    )


def _anonymous() -> Any:
    result = AuthenticateRequestResult()
    result.claims_identity = ClaimsIdentity({}, True, AuthenticationConstants.ANONYMOUS_AUTH_TYPE)
    result.connector_factory = _NoConnector()
    return result


def _may_be_teams(header: str | None, issuer: str) -> bool:
    """True if the header holds a signed token of the issuer's, by its own word.

    Botbuilder also takes tokens from other bots and the Emulator; they name no service address, so they are refused
    here (limits.md S4).
    """
    parts = (header or "").split(" ")
    if len(parts) != 2 or parts[0] != "Bearer" or len(parts[1]) > MOST_HEADER or parts[1].count(".") != 2:
        return False
    try:
        head, claims = (json.loads(urlsafe_b64decode(part + "===")) for part in parts[1].split(".")[:2])
    except (ValueError, binascii.Error, RecursionError):
        return False
    fits = isinstance(head, dict) and isinstance(claims, dict)
    return fits and head.get("alg") == "RS256" and bool(head.get("kid")) and claims.get("iss") == issuer


def _activity(turn: Turn) -> Any:
    conversation = ConversationAccount(id=turn.conversation["id"], tenant_id=turn.tenant)
    return Activity(
        type=turn.type, id=turn.activity_id, name=turn.name, service_url=turn.service_url, channel_id=CHANNEL,
        conversation=conversation, recipient=ChannelAccount(id=turn.bot["id"]),
        from_property=ChannelAccount(id=turn.sender["id"], aad_object_id=turn.sender["aadObjectId"]),
    )  # fmt: skip
