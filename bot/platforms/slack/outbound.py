"""Carries out a reply in Slack, after the commit: says, asks, replaces, and keeps what is private out of channels."""

from dataclasses import replace

from bot.logs import log
from bot.platforms import NotKept
from bot.platforms.slack.api import Api, ApiError
from bot.platforms.slack.inbound import Incoming, Origin
from bot.platforms.slack.levels import Deliver, Levels, with_files_in_words
from bot.platforms.slack.render import Json
from bot.platforms.slack.views import home, modal, with_box
from handlers.kit.content import Form, Message, plain
from handlers.kit.events import Event, FormOpened, HomeOpened, ProfileSeen
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say

TOO_LATE = "Slack could not open that form in time. Please press the button again."
NOT_OPENED = "Slack could not open the form just now. Please try again."
_LATE = ("expired_trigger_id", "exchanged_trigger_id")
QUIET: Json = {"unfurl_links": False, "unfurl_media": False, "parse": "none", "link_names": False, "mrkdwn": False}


def in_form(origin: Origin, reply: Reply) -> Json | None:
    """What a submitted modal is answered with in place; None where it closes."""
    if isinstance(reply, Ask):
        return {"response_action": "update", "view": modal(reply.form, from_home=origin.from_home)}
    if not isinstance(reply, Correct):
        return None
    known = set(origin.fields)
    if reply.errors and not reply.redraw and set(reply.errors) <= known:
        return {"response_action": "errors", "errors": dict(reply.errors)}
    return {"response_action": "update", "view": modal(reply.form, reply.errors, from_home=origin.from_home)}


def not_kept_in_form(origin: Origin) -> Json:
    """The modal stays open with all that was typed; the sentence stands at its first field."""
    return {"response_action": "errors", "errors": {origin.fields[0]: NotKept.sentence}}


class Answers:
    """Shows replies. A call that Slack refuses is logged by its code; what was kept stays kept."""

    def __init__(self, api: Api, levels: Levels) -> None:
        self._api = api
        self._levels = levels

    async def show(self, incoming: Incoming, reply: Reply) -> None:
        """Carry out a reply that is not shown in a submitted form."""
        event, origin = incoming.event, incoming.origin
        if event is None or isinstance(event, ProfileSeen):
            return
        try:
            await self._show(event, origin, reply)
        except ApiError as error:
            log.warning("Slack did not take an answer", event_id=event.id, error=error.code)

    async def tell_not_kept(self, incoming: Incoming) -> None:
        """Tell the person that nothing was kept: once, not at each redelivery."""
        if not incoming.origin.is_retry:
            await self.show(incoming, Say(plain(NotKept.sentence)))

    async def _show(self, event: Event, origin: Origin, reply: Reply) -> None:
        if isinstance(event, HomeOpened):
            if isinstance(reply, Say):
                await self._api.call("views.publish", {"user_id": origin.user, "view": home(reply.message)})
        elif isinstance(reply, Say):
            await self._say(origin, reply.message, reply.public)
        elif isinstance(reply, Replace):
            await self._replace(origin, reply.message)
        elif isinstance(reply, Ask):
            await self._ask(event, origin, reply)

    async def _ask(self, event: Event, origin: Origin, asked: Ask) -> None:
        otherwise = asked.otherwise
        if isinstance(event, FormOpened) and origin.view_id and not origin.is_home:
            await self._redraw(event, origin, asked.form)
            return
        if origin.trigger_id:
            view = modal(asked.form, from_home=origin.is_home)
            try:
                await self._api.call("views.open", {"trigger_id": origin.trigger_id, "view": view})
                return
            except ApiError as error:
                log.warning("a form did not open", event_id=event.id, error=error.code)
                if isinstance(event, FormOpened):
                    otherwise = plain(TOO_LATE if error.code in _LATE else NOT_OPENED)
        await self._say(origin, otherwise, public=False)

    async def _redraw(self, event: FormOpened, origin: Origin, form: Form) -> None:
        """Redraw an open modal; a newer change may have been drawn meanwhile, which is then the better one."""
        view = with_box(modal(form, from_home=origin.from_home), form, origin.inputs, event.values)
        redrawn = {"view_id": origin.view_id, "hash": origin.view_hash, "view": view}
        try:
            await self._api.call("views.update", redrawn)
        except ApiError as error:
            if error.code not in ("hash_conflict", "not_found"):
                raise

    async def _say(self, origin: Origin, message: Message, public: bool) -> None:
        message = await self._with_files(origin, message)
        in_channel = bool(origin.channel) and not origin.private
        if public and in_channel:
            await self._post(origin, message, origin.channel)
        elif in_channel:
            await self._whisper(origin, message)
        else:
            await self._post(origin, message, origin.channel or origin.user)

    async def _whisper(self, origin: Origin, message: Message) -> None:
        """Say it in a shared place so that only the sender reads it; if that fails, in the direct message."""
        try:
            if origin.response_url:
                await self._respond(origin, message, replaces=False)
            else:
                await self._ephemeral(origin, message)
        except ApiError:
            await self._post(replace(origin, thread_ts=""), message, origin.user)

    async def _replace(self, origin: Origin, message: Message) -> None:
        message = await self._with_files(origin, message)
        try:
            if origin.is_ephemeral and origin.response_url:
                return await self._respond(origin, message, replaces=True)
            if origin.message_ts and origin.private:
                return await self._update(origin, message)
        except ApiError as error:
            log.warning("a message was not replaced", error=error.code)
        return await self._say(origin, replace(message, attachments=()), public=False)

    async def _post(self, origin: Origin, message: Message, channel: str) -> None:
        to: Json = {"channel": channel, **QUIET}
        if origin.thread_ts and channel == origin.channel:
            to["thread_ts"] = origin.thread_ts
        await self._send(origin, message, lambda said: self._api.call("chat.postMessage", {**to, **said}))

    async def _ephemeral(self, origin: Origin, message: Message) -> None:
        to: Json = {"channel": origin.channel, "user": origin.user, "parse": "none", "link_names": False}
        if origin.thread_ts:
            to["thread_ts"] = origin.thread_ts
        await self._send(origin, message, lambda said: self._api.call("chat.postEphemeral", {**to, **said}))

    async def _update(self, origin: Origin, message: Message) -> None:
        to: Json = {"channel": origin.channel, "ts": origin.message_ts, "parse": "none", "link_names": False}
        more: Json = {"channel": origin.channel, **QUIET}
        if origin.thread_ts:
            more["thread_ts"] = origin.thread_ts
        await self._send(
            origin,
            message,
            lambda said: self._api.call("chat.update", {**to, **said}),
            lambda said: self._api.call("chat.postMessage", {**more, **said}),
        )

    async def _respond(self, origin: Origin, message: Message, replaces: bool) -> None:
        to: Json = {"response_type": "ephemeral"}

        def responding(replaces: bool) -> Deliver:
            return lambda said: self._api.respond(origin.response_url, {**to, "replace_original": replaces, **said})

        await self._send(origin, message, responding(replaces), responding(False))

    async def _send(self, origin: Origin, message: Message, deliver: Deliver, further: Deliver | None = None) -> None:
        await self._levels.tell(origin.team, message, deliver, further)

    async def _with_files(self, origin: Origin, message: Message) -> Message:
        """Upload the files to the direct message; where that fails, their text stands in the message."""
        if not message.attachments:
            return message
        try:
            await self._api.upload(await self._direct(origin), message.attachments)
        except ApiError as error:
            log.warning("files were not uploaded", error=error.code)
            return with_files_in_words(message)
        return replace(message, attachments=())

    async def _direct(self, origin: Origin) -> str:
        if origin.private and origin.channel:
            return origin.channel
        opened = await self._api.call("conversations.open", {"users": origin.user})
        channel = opened.get("channel")
        if not isinstance(channel, dict) or not isinstance(channel.get("id"), str):
            raise ApiError("no direct message")
        return str(channel["id"])
