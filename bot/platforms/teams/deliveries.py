"""Sends a message unasked to a person's own chat, once, and says for certain what is known of it."""

from collections.abc import Mapping, Sequence

from bot.logs import log
from bot.platforms import Capabilities, GaveUp, SendResult, Sent, TryAgain, Unknown
from bot.platforms.teams.connector import (
    THROTTLED,
    Answer,
    Connector,
    NotOnTheList,
    NotWritten,
    ServiceAway,
    SignInRefused,
)
from bot.platforms.teams.limits import RATE, Json
from bot.platforms.teams.outbound import NotAnAddress, Outbound
from handlers.kit.content import Message
from storage.records import Account

CAPABILITIES = Capabilities(rate=RATE, reads_back=False)
REFUSED_FOR = 900.0
"""Seconds that nothing is sent after the bot was refused: somebody must mend that first."""
LONGEST_HOLD = 3_600.0
"""Seconds that Teams' Retry-After may hold a tenant; what it asks beyond that it can ask again."""

NO_CHAT = "they have no chat with Weaver in Teams yet"
NOT_DRAWN = "the message could not be drawn"
NOT_TAKEN = "Teams does not accept the bot's sign-in (401)"
UNREACHABLE = {
    403: "Weaver is blocked or not installed in their Teams (403)",
    404: "their chat with Weaver in Teams is gone (404)",
}
MAY_BE_SHOWN = "{}: it may have arrived or not"


class Deliveries:
    """Each send is one attempt. `trouble`: why nothing can be sent to anyone now, None where nothing is known."""

    def __init__(self, connector: Connector, outbound: Outbound) -> None:
        self._connector = connector
        self._outbound = outbound
        self.trouble: str | None = None

    async def send(self, account: Account, address: str | None, message: Message) -> SendResult:
        """Send to the account's kept address, in one attempt for each part of the message. Raises nothing.

        Teams has no idempotency key: what ended without an answer stays unknown for good. The parts after the first
        are what one message could not hold; where one fails that is logged, and the message counts as sent.
        """
        try:
            place, shown = self._outbound.to_address(address or "", message, account)
        except NotAnAddress:
            return GaveUp(NO_CHAT, unreachable=True)
        except Exception as bug:  # noqa: BLE001  one message that cannot be drawn must not stop the others
            log.bug("a message for Teams could not be drawn", bug)
            return GaveUp(NOT_DRAWN)
        result = await self._once(place, shown[0])
        if isinstance(result, Sent):
            await self._send_rest(place, shown[1:])
        return result

    async def _send_rest(self, place: tuple[str, str], shown: Sequence[Json]) -> None:
        for number, one in enumerate(shown, 2):
            result = await self._once(place, one)
            if not isinstance(result, Sent):
                log.warning("a later part was not delivered", platform="teams", part=number, why=result.why)
                return

    async def _once(self, place: tuple[str, str], activity: Json) -> SendResult:
        try:
            answer = await self._connector.attempt(*place, activity)
        except ServiceAway as away:
            return not_answered(away)
        self.noticed(answer)
        return outcome(answer)

    def noticed(self, answer: Answer) -> None:
        """Remember whether Teams takes the bot's sign-in."""
        self.trouble = NOT_TAKEN if answer.status == 401 else None


def not_answered(away: ServiceAway) -> SendResult:
    """What it means for a message that Teams' service was not reached, or did not answer."""
    if isinstance(away, SignInRefused):
        return TryAgain(away.why, REFUSED_FOR, holds_workspace=True)
    if isinstance(away, NotOnTheList):
        return GaveUp(away.why, unreachable=True)
    if isinstance(away, NotWritten):
        return TryAgain(away.why)
    return Unknown(MAY_BE_SHOWN.format(away.why))


def outcome(answer: Answer, unreachable: Mapping[int, str] = UNREACHABLE) -> SendResult:
    """What an answer of Teams' service says of the one message; `unreachable` says what is wrong with the place.

    It may show a message and still answer 408 or 5xx (platforms.md §2), so only 412 and 429 are tried again.
    """
    status = answer.status
    if 200 <= status < 300:
        return Sent(answer.sent_id)
    if status in THROTTLED:
        wait = None if answer.wait is None else min(answer.wait, LONGEST_HOLD)
        return TryAgain(f"Teams asked the bot to wait ({status})", wait, holds_workspace=True)
    if status == 401:
        return TryAgain(NOT_TAKEN, REFUSED_FOR, holds_workspace=True)
    if status in unreachable:
        return GaveUp(unreachable[status], unreachable=True)
    if 400 <= status < 500 and status != 408:
        return GaveUp(f"Teams did not take the message ({status})")
    return Unknown(MAY_BE_SHOWN.format(f"Teams answered {status}"))
