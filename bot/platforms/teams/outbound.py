"""Carries out a reply: sends what is for the conversation, and returns what an invoke is answered with."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.clock import Clock
from bot.logs import log
from bot.platforms.teams.buttons import Shown
from bot.platforms.teams.connector import Connector, ServiceAway
from bot.platforms.teams.dialogs import form_dialog, form_message, message_dialog
from bot.platforms.teams.inbound import Turn
from bot.platforms.teams.limits import Json
from bot.platforms.teams.memory import Memory
from bot.platforms.teams.offers import Offers
from bot.platforms.teams.render import CARD, activities, one_card
from handlers.kit.content import Attachment, Form, Message, plain
from handlers.kit.events import Event, FormOpened, Joined, ProfileSeen, Submission
from handlers.kit.replies import Ask, Correct, Nothing, Replace, Reply, Say
from storage.records import Account

BELOW, DONE = "Answered below.", "Done."
GREETING = "Hello, I am Weaver. Please open a chat with me: I answer in private."
ANSWERED = "I have answered you in private."
OPEN_CHAT = "I can only answer that in private. Please open a chat with me and ask there."
FORM_LASTS = timedelta(hours=1)
"""How long a form that was shown is remembered, without anyone's answers, in case it cannot be kept when it is sent."""

AddressOf = Callable[[Account], Awaitable[str | None]]
"""The kept address of an account's personal conversation, if there is one."""


class NotAnAddress(Exception):
    """What is kept as an address is none, or not one of ours."""


async def no_address(account: Account) -> str | None:
    """Knows no kept address."""
    return None


class Outbound:
    """Writes to the conversation that a turn came from, or to the sender's personal one."""

    def __init__(
        self,
        connector: Connector,
        clock: Clock,
        offers: Offers,
        address_of: AddressOf = no_address,
        *,
        has_dialogs: bool,
    ) -> None:
        self._connector = connector
        self._offers = offers
        self._address_of = address_of
        self._shown_in = Shown.IN_CHAT if has_dialogs else Shown.WITHOUT_DIALOGS
        self._forms: Memory[tuple[Account, str, str], Form] = Memory(clock, FORM_LASTS)

    async def carry_out(self, reply: Reply, event: Event, turn: Turn) -> Json | None:
        """Do what the reply says; returns the body of the invoke's response, None where there is none."""
        if turn.name.startswith("task/"):
            return await self._in_dialog(reply, event, turn)
        if turn.name == "adaptiveCard/action":
            return await self._in_card(reply, event, turn)
        await self._in_conversation(reply, event, turn)
        return None

    async def say_not_kept(self, event: Event, turn: Turn, sentence: str) -> Json | None:
        """Tell the person that nothing was kept: in the dialog, the card's answer, or a message.

        None: answer with an error of HTTP, on which Teams leaves a dialog open as it is, and sends a message again.
        """
        if turn.name.startswith("task/"):
            return self._form_not_kept(event, sentence)
        if not isinstance(event, Joined | ProfileSeen):
            # It holds nothing of anyone's, and only the database, which is away, knows the personal chat.
            await self._say(Say(plain(sentence), public=True), event, turn)
        if turn.name == "adaptiveCard/action":
            wrong = {"code": "NotKept", "message": sentence}
            return {"statusCode": 503, "type": "application/vnd.microsoft.error", "value": wrong}
        return None

    async def _in_dialog(self, reply: Reply, event: Event, turn: Turn) -> Json:
        if isinstance(reply, Ask | Correct):
            # What was typed comes again with whatever is sent, so none of it stays here.
            self._forms.put((event.sender, reply.form.name, reply.form.argument), reply.form.filled({}))
            return form_dialog(reply.form, reply.errors if isinstance(reply, Correct) else {})
        if isinstance(event, Submission):
            self._forms.drop((event.sender, event.form, event.argument))
        if isinstance(reply, Nothing):
            return {}
        has_file = bool(reply.message.attachments)
        is_readable = turn.private or (isinstance(reply, Say) and reply.public)
        if is_readable and (has_file or isinstance(event, Submission)):
            await self._in_conversation(reply, event, turn)
            return {}
        # In a channel the dialog itself is the one place that only the person who pressed can read.
        return message_dialog(await self._in_own_chat(reply.message, event) if has_file else reply.message)

    async def _in_own_chat(self, message: Message, event: Event) -> Message:
        """Send what no dialog can hold to the personal conversation; returns what the dialog says of that."""
        address = await self._address_of(event.sender)
        if address is None:
            return plain(OPEN_CHAT)
        try:
            await self.send(address, message, event.sender)
        except ServiceAway as away:
            log.error("a reply was not delivered", event_id=event.id, why=away.why)
            return plain(OPEN_CHAT)
        return plain(ANSWERED)

    def _form_not_kept(self, event: Event, sentence: str) -> Json | None:
        """The form that was sent, with all input and the sentence; None where another process had shown it."""
        if not isinstance(event, Submission):
            return message_dialog(plain(sentence))
        form = self._forms.get((event.sender, event.form, event.argument))
        return form_dialog(form.filled(event.values), sentence=sentence) if form else None

    async def _in_card(self, reply: Reply, event: Event, turn: Turn) -> Json:
        """An Action.Execute's answer: a card that takes the pressed one's place, or a note of where the answer is."""
        if isinstance(reply, Replace) and not reply.message.attachments:
            await self._update(reply.message, turn)
            return {"statusCode": 200, "type": CARD, "value": one_card(reply.message, self._shown_in)}
        await self._in_conversation(reply, event, turn)
        note = {"type": "application/vnd.microsoft.activity.message", "value": _note(reply, turn)}
        return {"statusCode": 200, **note}

    async def _in_conversation(self, reply: Reply, event: Event, turn: Turn) -> None:
        if isinstance(reply, Nothing):
            return
        if self._is_form_a_message(reply, event, turn):
            await self._in_form(reply, event, turn)
        elif isinstance(reply, Correct):
            text = " ".join(reply.errors.values()) or "That could not be kept."
            await self._say(Say(plain(text)), event, turn)
        elif isinstance(reply, Ask):
            await self._say(Say(reply.otherwise), event, turn)
        elif isinstance(reply, Say):
            await self._say(reply, event, turn)
        elif not await self._update(reply.message, turn):
            await self._say(Say(reply.message), event, turn)

    def _is_form_a_message(self, reply: Reply, event: Event, turn: Turn) -> bool:
        is_of_form = turn.type == "message" and isinstance(event, FormOpened | Submission)
        can_ask = isinstance(reply, Ask) and self._shown_in is Shown.WITHOUT_DIALOGS
        return turn.private and (is_of_form or can_ask)

    async def _in_form(self, reply: Reply, event: Event, turn: Turn) -> None:
        """Where a client has no dialogs the form is a message, and what becomes of it takes its place."""
        assert not isinstance(reply, Nothing)
        if isinstance(reply, Ask | Correct):
            shown = [form_message(reply.form, reply.errors if isinstance(reply, Correct) else {})]
        else:
            shown = self._drawn(reply.message, turn.account)
        in_place = isinstance(event, Submission) and await self._put(shown, turn)
        if in_place:
            return
        try:
            await self.send_here(shown, turn)
        except ServiceAway as away:
            log.error("a form was not delivered", event_id=event.id, why=away.why)

    async def _update(self, message: Message, turn: Turn) -> bool:
        return await self._put(self._drawn(message, turn.account), turn)

    async def _put(self, shown: list[Json], turn: Turn) -> bool:
        """Put these in the place of the pressed message, for good; in a shared place all would read it, so not."""
        if not (turn.private and turn.reply_to):
            return False
        first, *rest = shown
        place = turn.service_url, turn.conversation["id"]
        try:
            await self._connector.update(*place, turn.reply_to, _addressed(first, turn))
            for one in rest:
                await self._connector.send(*place, _addressed(one, turn))
        except ServiceAway as away:
            log.warning("a message was not replaced", why=away.why)
            return False
        return True

    async def _say(self, say: Say, event: Event, turn: Turn) -> None:
        try:
            if (turn.private and turn.account == event.sender) or say.public:
                shown = self._drawn(say.message, event.sender if turn.private else None)
                await self.send_here(shown, turn)
            else:
                await self._say_privately(say.message, event, turn)
        except ServiceAway as away:
            log.error("a reply was not delivered", event_id=event.id, why=away.why)

    async def _say_privately(self, message: Message, event: Event, turn: Turn) -> None:
        """Never in the shared place: in the personal conversation if it is known, with a word about that here."""
        address = await self._address_of(event.sender)
        is_newcomer = isinstance(event, Joined)
        if address is None:
            if not is_newcomer or event.sender == turn.account:
                await self.send_here(activities(plain(GREETING if is_newcomer else OPEN_CHAT)), turn)
            return
        await self.send(address, message, event.sender)
        if not is_newcomer:
            await self.send_here(activities(plain(ANSWERED)), turn)

    def _drawn(self, message: Message, account: Account | None) -> list[Json]:
        """The activities of a message; its files are offered to this person, or shown where there is nobody alone."""

        def offer(file: Attachment, summary: str) -> Json | None:
            return self._offers.activity(file, account, summary) if account else None

        return activities(message, self._shown_in, offer)

    async def send_here(self, shown: list[Json], turn: Turn) -> None:
        """Send these into the conversation that the turn came from. Raises ServiceAway."""
        for one in shown:
            await self._connector.send(turn.service_url, turn.conversation["id"], _addressed(one, turn))

    async def send(self, address: str, message: Message, account: Account) -> str:
        """Send a message to a kept address of that account; returns the last activity's id. Raises ServiceAway."""
        place, shown = self.to_address(address, message, account)
        sent = ""
        for one in shown:
            sent = await self._connector.send(*place, one)
        return sent

    def to_address(self, address: str, message: Message, account: Account) -> tuple[tuple[str, str], list[Json]]:
        """The service and the conversation of that account's kept address, and the activities to send there, in order.

        Raises NotAnAddress.
        """
        place, to = _read(address)
        return place, [{**activity, **to} for activity in self._drawn(message, account)]

    def drawn(self, message: Message) -> list[Json]:
        """The message as activities to nobody yet, in order."""
        return activities(message, self._shown_in)


def _read(address: str) -> tuple[tuple[str, str], Json]:
    try:
        kept = json.loads(address)
        to = {
            "from": {"id": kept["bot"]}, "recipient": {"id": kept["user"]},
            "conversation": {"id": kept["conversation"], "tenantId": kept["tenant"]},
        }  # fmt: skip
        return (str(kept["service"]), str(kept["conversation"])), to
    except (ValueError, KeyError, TypeError):
        raise NotAnAddress from None


def _note(reply: Reply, turn: Turn) -> str:
    if isinstance(reply, Nothing):
        return DONE
    return BELOW if turn.private else ANSWERED


def _addressed(activity: Json, turn: Turn) -> Json:
    recipient = {"id": turn.sender["id"]}
    to = {**activity, "from": turn.bot, "recipient": recipient, "conversation": turn.conversation}
    return {**to, "replyToId": turn.activity_id} if turn.type == "message" else to
