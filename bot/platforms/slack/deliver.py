"""Sends what nobody asked for in one attempt each, and looks whether an uncertain message is shown after all."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.logs import log
from bot.platforms import GaveUp, SendResult, Sent, TryAgain, Unknown
from bot.platforms.slack.api import Api, ApiError, InDoubt, Limited, NotReached
from bot.platforms.slack.levels import Deliver, Levels, files_in_words
from bot.platforms.slack.outbound import QUIET
from bot.platforms.slack.render import Json
from handlers.kit.content import Message
from storage.records import Account

EVENT = "weaver_delivery"
"""What the metadata of a delivery is called. Anyone in the workspace could read it: it holds the key and no more."""
CLOCKS_APART = timedelta(hours=26)
"""How far back before `since` is looked: Slack's clock counts there, and ours may be wrong by a day (limits.md F10)."""
PAGE, PAGES = 200, 3
"""Messages in a page of a direct conversation, and pages that are read; more than that in a day is nobody."""
LATER = 900.0
"""Seconds until a workspace that shut the bot out is tried again."""
FILES_SECONDS = 10.0
"""How long the files of one delivery may take to go up, so that it ends before its turn does."""
LONGEST_HOLD = 3600.0
"""Seconds: a longer Retry-After is not believed."""
SOON = 30.0
"""Seconds to wait where Slack says that it was too much, but not for how long."""

IN_DOUBT = ("internal_error", "fatal_error", "service_unavailable")
"""Slack on these: "it's possible some aspect of the operation succeeded before the error was raised"."""
_TOO_MUCH = ("ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org")
_KEY = ("invalid_auth", "not_authed", "token_expired", "not_allowed_token_type")
_REMOVED = ("token_revoked", "account_inactive", "team_access_not_granted")
_NOT_ALLOWED = ("missing_scope", "access_denied", "accesslimited", "ekm_access_denied", "org_login_required",
                "enterprise_is_restricted", "messages_tab_disabled")  # fmt: skip
GONE = (
    "channel_not_found", "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "is_archived",
    "is_inactive", "not_in_channel", "cannot_dm_bot", "user_is_bot", "no_permission", "restricted_action",
    "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
    "method_not_supported_for_channel_type",
)  # fmt: skip
_NOT_TAKEN = (
    "invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_too_long", "msg_blocks_too_long", "no_text",
    "too_many_attachments", "invalid_arguments", "invalid_arg_name", "invalid_metadata_format",
    "invalid_metadata_schema", "metadata_too_large", "metadata_must_be_sent_from_app",
)  # fmt: skip
_SHUT: Mapping[str, str] = {
    **dict.fromkeys(_KEY, "Slack does not accept Weaver’s key"),
    **dict.fromkeys(_REMOVED, "Weaver has no place in this Slack workspace any more"),
    **dict.fromkeys(_NOT_ALLOWED, "Slack does not let Weaver send messages"),
}
"""What is wrong with the bot itself: then nothing can be sent to the workspace, whoever it is for."""

NOT_SHOWN = "It was not shown."
NO_ANSWER = "Slack did not say whether it was shown."
ELSEWHERE = "This account belongs to another Slack workspace."


class Deliveries:
    """The way out for messages that nobody asked for, over the session that answers use.

    `shut`: Slack's word and a sentence, while the bot itself is shut out. `workspaces`: what the token is for, as soon
    as that is known.
    """

    def __init__(self, api: Api, levels: Levels) -> None:
        self.shut: tuple[str, str] | None = None
        self.workspaces: frozenset[str] = frozenset()
        self._api = api
        self._levels = levels

    def known(self, identity: Json) -> None:
        """Slack said who the bot is (auth.test): its key is good, and the workspaces are these."""
        self.workspaces = frozenset(str(identity[name]) for name in ("team_id", "enterprise_id") if identity.get(name))
        if self.shut is not None and self.shut[0] not in _NOT_ALLOWED:
            self.shut = None

    def is_elsewhere(self, workspace: str) -> bool:
        """True if the bot's token is for other workspaces."""
        return bool(self.workspaces) and workspace not in self.workspaces

    async def send(self, account: Account, message: Message, key: str) -> SendResult:
        """Send the message to the person's direct conversation; once it is shown, nothing undoes that."""
        if self.is_elsewhere(account.workspace):
            return GaveUp(ELSEWHERE, unreachable=True)
        to: Json = {"channel": account.user, **QUIET}
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        shown: list[str] = []

        async def first(said: Json) -> None:
            answer = await self._api.once("chat.postMessage", {**to, "metadata": metadata, **said})
            shown.append(f"{answer.get('channel', '')}:{answer.get('ts', '')}")

        async def further(said: Json) -> None:
            await self._api.call("chat.postMessage", {**to, **said})

        try:
            await self._levels.tell(account.workspace, replace(message, attachments=()), first, further)
            if message.attachments:
                await self._send_files(account, message, shown[0].partition(":")[0], further)
        except ApiError as error:
            if not shown:
                return self.failed(error)
            log.warning("the rest of a delivery was not shown", key=key, error=error.code)
        except Exception as bug:  # noqa: BLE001 - what cannot be drawn keeps nothing else from going out
            log.bug("a delivery failed", bug, key=key)
            if not shown:
                return Unknown(NO_ANSWER)
        self.shut = None
        return Sent(shown[0])

    async def _send_files(self, account: Account, message: Message, channel: str, further: Deliver) -> None:
        """The files after their message, which is shown; where they cannot be sent, their text in more messages."""
        try:
            async with asyncio.timeout(FILES_SECONDS):
                await self._api.upload(channel, message.attachments)
        except (ApiError, TimeoutError) as error:
            log.warning("files of a delivery were not uploaded", error=str(error) or "too slow")
            await self._levels.tell(account.workspace, files_in_words(message), further, further)

    async def find(self, account: Account, key: str, since: datetime) -> SendResult:
        """Whether a message with that key stands in the person's direct conversation."""
        try:
            opened = await self._api.once("conversations.open", {"users": account.user})
            return await self.look(str(opened["channel"]["id"]), lambda one: key_in(one) == key, since)
        except ApiError as error:
            log.info("a delivery was not looked for", key=key, error=error.code)
        except (AttributeError, KeyError, TypeError):
            log.warning("a delivery was not looked for", key=key, error="unreadable")
        return Unknown(NO_ANSWER)

    async def look(self, channel: str, is_it: Callable[[Json], bool], since: datetime) -> SendResult:
        """Whether that message stands in the conversation. Raises ApiError, or what garbage raises."""
        oldest = (since - CLOCKS_APART).timestamp()
        asked: Json = {"channel": channel, "oldest": f"{oldest:.6f}", "limit": PAGE}
        asked["include_all_metadata"] = True
        for _ in range(PAGES):
            answer = await self._api.once("conversations.history", asked)
            for one in answer["messages"]:
                if is_it(one):
                    return Sent(f"{channel}:{one['ts']}")
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return Unknown(NO_ANSWER) if answer.get("has_more") else TryAgain(NOT_SHOWN)
            asked["cursor"] = cursor
        return Unknown(NO_ANSWER)

    def failed(self, error: ApiError) -> SendResult:
        """What became of a message, by what Slack said; what is wrong with the bot itself shuts the workspace."""
        if why := _SHUT.get(error.code):
            self.shut = (error.code, f"{why} ({error.code}).")
            return TryAgain(self.shut[1], LATER, holds_workspace=True)
        return outcome(error)


def outcome(error: ApiError) -> SendResult:
    """What became of a message, by what Slack said of it. A refusal that is new to us counts as an attempt."""
    if isinstance(error, NotReached):
        return TryAgain("Slack could not be reached.")
    if isinstance(error, InDoubt) or error.code in IN_DOUBT:
        return Unknown(NO_ANSWER)
    if isinstance(error, Limited):
        return TryAgain("Slack asked us to wait.", min(max(error.seconds, 1.0), LONGEST_HOLD), holds_workspace=True)
    if error.code in _TOO_MUCH:
        return TryAgain("Slack asked us to wait.", SOON, holds_workspace=True)
    if error.code in GONE:
        return GaveUp("This person cannot be reached in Slack.", unreachable=True)
    if error.code in _NOT_TAKEN:
        return GaveUp(f"Slack could not show this message ({error.code}).")
    return TryAgain(f"Slack refused it just now ({error.code}).")


def key_in(message: Json) -> str | None:
    """The key that a message carries, if it is one of these."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None
