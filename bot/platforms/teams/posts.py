"""Posts to a channel or group chat in Teams, each of its messages once, and puts right what is shown."""

import json
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass

from bot.logs import log
from bot.platforms import GaveUp, Partly, PostResult, SendResult, Sent
from bot.platforms.teams.connector import Answer, Connector, ServiceAway
from bot.platforms.teams.deliveries import NOT_DRAWN, Deliveries, not_answered, outcome
from bot.platforms.teams.limits import Json
from bot.platforms.teams.outbound import Outbound
from handlers.kit.content import Message, plain
from storage.records import Home

NOT_KNOWN = "I do not know that channel yet. Mention me there once, then post it again."
UNREACHABLE = {
    403: "Teams does not let me post there. Add Weaver to that team or chat, then post it again.",
    404: "Teams does not find that channel any more. Make another one your network’s home.",
}
REST_MISSING = "Its beginning is shown, the rest may be or not: {}"
NOT_THERE = "What was posted is not there any more."
OF_SHOWN = {**UNREACHABLE, 404: NOT_THERE}
TAKEN_OUT = plain("This part is not needed any more.")


@dataclass(frozen=True, slots=True)
class _Where:
    """A place's address, read. `is_channel`: each post begins a conversation of its own there."""

    service: str
    tenant: str
    bot: str
    is_channel: bool


class Posts:
    """A reference names the conversation and its messages, in order. Teams gives a bot no way to read its own back."""

    def __init__(self, connector: Connector, outbound: Outbound, deliveries: Deliveries) -> None:
        self._connector = connector
        self._outbound = outbound
        self._deliveries = deliveries

    async def post(self, home: Home, address: str | None, message: Message) -> PostResult:
        """Begin a conversation in the channel; what one message cannot hold follows under it. Raises nothing."""
        where = _read(address)
        if where is None:
            return GaveUp(NOT_KNOWN, unreachable=True)
        try:
            first, *rest = self._drawn(message, where)
        except Exception as bug:  # noqa: BLE001  what cannot be drawn must not stop the others
            log.bug("a post for Teams could not be drawn", bug)
            return GaveUp(NOT_DRAWN)
        try:
            answer = await self._begin(home, where, first)
        except ServiceAway as away:
            return not_answered(away)
        result = self._noted(answer)
        if not isinstance(result, Sent):
            return result
        conversation = answer.sent_id if where.is_channel else home.place
        shown = [answer.activity_id or answer.sent_id.partition(";messageid=")[2] or answer.sent_id]
        return await self._follow(where, conversation, shown, rest)

    async def amend(self, home: Home, address: str | None, ref: str, message: Message) -> PostResult:
        """Replace each message of the post, add what is new, and empty what is left over. Raises nothing."""
        where = _read(address)
        if where is None:
            return GaveUp(NOT_KNOWN, unreachable=True)
        conversation, *shown = json.loads(ref)
        parts = self._drawn(message, where)
        empty = self._drawn(TAKEN_OUT, where)
        for activity_id, part in zip(shown, [*parts, *empty * len(shown)], strict=False):
            result = await self._once(self._connector.replace(where.service, conversation, activity_id, part), OF_SHOWN)
            if isinstance(result, GaveUp):
                return GaveUp(result.why, unreachable=result.why == NOT_THERE)
            if not isinstance(result, Sent):
                return result
        return await self._follow(where, conversation, shown, parts[len(shown) :])

    async def _begin(self, home: Home, where: _Where, first: Json) -> Answer:
        if not where.is_channel:
            return await self._connector.attempt(where.service, home.place, first)
        # https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
        described = {
            "isGroup": True, "bot": {"id": where.bot}, "tenantId": where.tenant, "activity": first,
            "channelData": {"channel": {"id": home.place}, "tenant": {"id": where.tenant}},
        }  # fmt: skip
        return await self._connector.begin(where.service, described)

    async def _follow(self, where: _Where, conversation: str, shown: list[str], rest: Sequence[Json]) -> PostResult:
        """Show the rest. Where a part fails nothing more is tried by itself: one that is uncertain could be doubled."""
        for part in rest:
            result = await self._once(self._connector.attempt(where.service, conversation, part))
            if not isinstance(result, Sent):
                return Partly(json.dumps([conversation, *shown]), REST_MISSING.format(result.why))
            shown = [*shown, result.ref]
        return Sent(json.dumps([conversation, *shown]))

    async def _once(self, answering: Awaitable[Answer], unreachable: Mapping[int, str] = UNREACHABLE) -> SendResult:
        try:
            return self._noted(await answering, unreachable)
        except ServiceAway as away:
            return not_answered(away)

    def _noted(self, answer: Answer, unreachable: Mapping[int, str] = UNREACHABLE) -> SendResult:
        self._deliveries.noticed(answer)
        return outcome(answer, unreachable)

    def _drawn(self, message: Message, where: _Where) -> list[Json]:
        return [{**one, "from": {"id": where.bot}} for one in self._outbound.drawn(message)]


def _read(address: str | None) -> _Where | None:
    try:
        kept = json.loads(address or "")
        return _Where(str(kept["service"]), str(kept["tenant"]), str(kept["bot"]), bool(kept["channel"]))
    except (ValueError, KeyError, TypeError):
        return None
