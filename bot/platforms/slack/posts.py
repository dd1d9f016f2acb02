"""Posts to a channel in Slack: a long one goes on in its thread; each message is known by its metadata."""

import asyncio
from datetime import datetime
from functools import partial

from bot.logs import log
from bot.platforms import GaveUp, Partly, PostResult, SendResult, Sent, TryAgain, Unknown
from bot.platforms.slack.api import Api, ApiError, InDoubt
from bot.platforms.slack.deliver import ELSEWHERE, EVENT, GONE, IN_DOUBT, NO_ANSWER, PAGE, PAGES, Deliveries, key_in
from bot.platforms.slack.levels import Levels, with_files_in_words
from bot.platforms.slack.outbound import QUIET
from bot.platforms.slack.render import Json, Level, message_payloads
from handlers.kit.content import Message, plain
from storage.records import Home

SETTLED_SECONDS = 60.0
"""By then a message that Slack did not answer for is shown in its thread, or never will be."""
SOON_SECONDS = 5.0
"""When the rest of a post is tried again that Slack did not take."""
PART = "/"
"""Between a post's key and the number of a part in its thread."""
TAKEN_OUT = plain("This part is not needed any more.")

_NOT_IN = "Weaver is not in that channel. Type /invite @Weaver there, then post it again."
_NOT_OPEN = "Only some people may post in that channel. Ask who looks after it to let Weaver post."
_WORDS = {
    "not_in_channel": _NOT_IN,
    "channel_not_found": "Slack does not find that channel, or Weaver is not in it. Invite Weaver, then post it again.",
    "is_archived": "That channel is archived. Make another one your network’s home.",
    "restricted_action": _NOT_OPEN,
    "restricted_action_read_only_channel": _NOT_OPEN,
    "restricted_action_thread_only_channel": _NOT_OPEN,
    "no_permission": _NOT_OPEN,
}
NOT_REACHED = "Slack does not let Weaver post there."
GONE_BY = ("message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found")
NOT_THERE = "What was posted is not there any more, or cannot be changed."
NOT_READ = "Slack does not let Weaver read that channel, so I cannot tell what of it is shown."


class Posts:
    """A reference is the channel and the first message's time, as for deliveries."""

    def __init__(self, api: Api, levels: Levels, deliveries: Deliveries, gap: float) -> None:
        self._api = api
        self._levels = levels
        self._deliveries = deliveries
        self._gap = gap

    async def post(self, home: Home, message: Message, key: str) -> PostResult:
        """Post it, and what one message cannot hold in its thread. Raises nothing."""
        if self._deliveries.is_elsewhere(home.workspace):
            return GaveUp(ELSEWHERE, unreachable=True)
        message, shown = with_files_in_words(message), list[str]()
        has_more = len(message_payloads(message, Level.CHARTS)) > 1

        async def first(said: Json) -> None:
            about = {**_metadata(key), "event_payload": {"key": key, "more": has_more}}
            answer = await self._api.once(
                "chat.postMessage", {"channel": home.place, **QUIET, "metadata": about, **said}
            )
            shown.append(f"{answer.get('channel', '')}:{answer.get('ts', '')}")

        async def further(said: Json) -> None:
            await self._reply(shown[0], key, len(shown), said)
            shown.append("")

        try:
            await self._levels.tell(home.workspace, message, first, further)
        except ApiError as error:
            return await self._partly(shown[0], key, error) if shown else self._failed(error)
        self._deliveries.shut = None
        return Sent(shown[0], await self._link(shown[0]))

    async def find(self, home: Home, key: str, since: datetime) -> PostResult:
        """Whether a message with that key stands in the channel. Raises nothing."""
        has_more = True

        def is_it(message: Json) -> bool:
            nonlocal has_more
            if key_in(message) == key:
                has_more = message["metadata"]["event_payload"].get("more") is not False
                return True
            return False

        try:
            found = await self._deliveries.look(home.place, is_it, since)
        except ApiError as error:
            log.info("a post was not looked for", key=key, error=error.code)
            return Unknown(NOT_READ if error.code == "missing_scope" else NO_ANSWER)
        except (AttributeError, KeyError, TypeError):
            log.warning("a post was not looked for", key=key, error="unreadable")
            return Unknown(NO_ANSWER)
        if not isinstance(found, Sent):
            return found
        link = await self._link(found.ref)
        # Whether all of a long one is shown, its thread says when it is put right.
        return Partly(found.ref, "", 0.0, link) if has_more else Sent(found.ref, link)

    async def amend(self, home: Home, ref: str, message: Message, key: str) -> PostResult:
        """Update each message of the post, add what is missing, and empty what is left over. Raises nothing."""
        message, begun = with_files_in_words(message), 0
        try:
            parts = await self._readable_parts(ref, key)
            if parts is None and len(message_payloads(message, Level.CHARTS)) > 1:
                return GaveUp(NOT_READ)
            parts = {0: ref.partition(":")[2]} if parts is None else parts

            async def say(said: Json) -> None:
                nonlocal begun
                if begun in parts:
                    await self._update(ref, parts[begun], said)
                    del parts[begun]
                else:
                    await self._reply(ref, key, begun, said)
                begun += 1

            await self._levels.tell(home.workspace, message, say)
            for left in parts.values():
                await self._levels.tell(home.workspace, TAKEN_OUT, partial(self._update, ref, left))
        except ApiError as error:
            return await self._partly(ref, key, error) if begun else self._failed(error)
        except (AttributeError, KeyError, TypeError):
            return Unknown(NO_ANSWER)
        return Sent(ref)

    async def _reply(self, ref: str, key: str, number: int, said: Json) -> None:
        channel, _, ts = ref.partition(":")
        await asyncio.sleep(self._gap)
        about = {"metadata": _metadata(f"{key}{PART}{number}"), "thread_ts": ts}
        await self._api.once("chat.postMessage", {"channel": channel, **QUIET, **about, **said})

    async def _update(self, ref: str, ts: str, said: Json) -> None:
        channel = ref.partition(":")[0]
        await self._api.once(
            "chat.update", {"channel": channel, "ts": ts, "parse": "none", "link_names": False, **said}
        )

    async def _readable_parts(self, ref: str, key: str) -> dict[int, str] | None:
        """As `_parts`; None where the app may not read the channel, which is no harm to whatever is one message."""
        try:
            return await self._parts(ref, key)
        except ApiError as error:
            if error.code == "missing_scope":
                return None
            raise

    async def _parts(self, ref: str, key: str) -> dict[int, str]:
        """The messages of the post that are shown, by their numbers. Raises ApiError."""
        channel, _, ts = ref.partition(":")
        asked: Json = {"channel": channel, "ts": ts, "limit": PAGE, "include_all_metadata": True}
        parts = {0: ts}
        for _ in range(PAGES):
            answer = await self._api.once("conversations.replies", asked)
            for one in answer["messages"]:
                own, _, number = (key_in(one) or "").partition(PART)
                if own == key and number.isdigit():
                    parts.setdefault(int(number), str(one["ts"]))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return parts
            asked["cursor"] = cursor
        return parts

    async def _partly(self, ref: str, key: str, error: ApiError) -> Partly:
        """The beginning is shown; the rest is put right later, once what is on its way must have come."""
        log.warning("the rest of a post was not shown", key=key, error=error.code)
        result = self._failed(error)
        if isinstance(result, GaveUp):
            return Partly(ref, result.why, None, await self._link(ref))
        after = result.after if isinstance(result, TryAgain) and result.after is not None else SOON_SECONDS
        is_uncertain = isinstance(error, InDoubt) or error.code in IN_DOUBT
        why = "" if isinstance(result, Sent) else result.why
        return Partly(ref, why, max(after, SETTLED_SECONDS if is_uncertain else 0.0), await self._link(ref))

    def _failed(self, error: ApiError) -> SendResult:
        if error.code in GONE_BY:
            return GaveUp(NOT_THERE, unreachable=error.code != "cant_update_message")
        if error.code in GONE:
            return GaveUp(_WORDS.get(error.code, NOT_REACHED))
        return self._deliveries.failed(error)

    async def _link(self, ref: str) -> str:
        """Slack's address of a message; "" where it does not say one, which is no harm."""
        channel, _, ts = ref.partition(":")
        try:
            answer = await self._api.once("chat.getPermalink", {"channel": channel, "message_ts": ts})
        except ApiError:
            return ""
        return str(answer.get("permalink") or "")


def _metadata(key: str) -> Json:
    return {"event_type": EVENT, "event_payload": {"key": key}}
