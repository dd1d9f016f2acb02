"""Carries out what a person said to an offered file: makes it again, puts it in their OneDrive, and tells them."""

from dataclasses import replace

from bot.file_words import to_try_again
from bot.logs import log
from bot.platforms import Dispatch, NotKept
from bot.platforms.teams.connector import Connector, ServiceAway
from bot.platforms.teams.hosts import host_of
from bot.platforms.teams.inbound import Consent, Turn, Upload
from bot.platforms.teams.limits import Json, shortened
from bot.platforms.teams.offers import NotOffered, Offered, Offers
from bot.platforms.teams.outbound import Outbound
from bot.platforms.teams.uploads import NotUploaded, Uploads
from handlers.kit.content import Attachment, Button, Message, paragraph, plain
from handlers.kit.events import Event, Press
from handlers.kit.replies import Replace, Reply, Say

INFO = "application/vnd.microsoft.teams.card.file.info"
DECLINED = "All right, I did not save the file."
NOT_OFFERED = "I can’t save that file for you. Please ask for it yourself."
OLD = "I offered you that file some time ago. Please ask for it again."
FAILED = "I could not save the file in your OneDrive."
SAVED = "Saved in your OneDrive: {}"
GET_IT = "Get the file"


class Consents:
    """Answers fileConsent/invoke. The bytes wait nowhere: the press that made the file is dispatched again, as the
    person who accepts, and authorised anew."""

    def __init__(
        self, connector: Connector, outbound: Outbound, offers: Offers, uploads: Uploads, dispatch: Dispatch
    ) -> None:
        self._connector = connector
        self._outbound = outbound
        self._offers = offers
        self._uploads = uploads
        self._dispatch = dispatch

    async def answer(self, consent: Consent, turn: Turn) -> bool:
        """Do what follows from the consent; False where the database could not keep it."""
        event = Event(**consent.base)
        if not consent.is_given:
            await self._take_away(turn)
            await self._say(plain(DECLINED), event, turn)
            return True
        try:
            offered = self._offers.read(consent.note, turn.account)
        except NotOffered:
            log.warning("refused a file that was not offered", event_id=event.id)
            await self._say(plain(NOT_OFFERED), event, turn)
            return True
        if offered.is_old:
            await self._take_away(turn)
            await self._say(_asked_again(offered), event, turn)
            return True
        return await self._accepted(offered, consent, turn)

    async def _accepted(self, offered: Offered, consent: Consent, turn: Turn) -> bool:
        press = Press(**consent.base, action=offered.again.action, argument=offered.again.argument)
        try:
            reply = await self._dispatch(press)
        except NotKept as away:
            await self._outbound.say_not_kept(press, turn, away.sentence)
            return False
        file = _named(reply, offered.name)
        if file is None:
            # Refused by now, or another file came of it: that is said, and offered, as ever.
            said = Say(reply.message) if isinstance(reply, Replace) else reply
            await self._outbound.carry_out(said, press, turn)
        else:
            await self._save(file, consent.upload, press, turn)
        await self._take_away(turn)
        return True

    async def _save(self, file: Attachment, upload: Upload, event: Event, turn: Turn) -> None:
        try:
            await self._uploads.put(upload.url, file.content)
        except NotUploaded as failed:
            log.warning("a file was not uploaded", platform="teams", why=failed.why, host=host_of(upload.url))
            await self._say(_failed(file), event, turn)
            return
        if not self._uploads.knows(upload.content_url):
            await self._say(plain(SAVED.format(file.name)), event, turn)
            return
        try:
            await self._outbound.send_here([_info(upload)], turn)
        except ServiceAway as away:
            log.error("a reply was not delivered", event_id=event.id, why=away.why)

    async def _say(self, message: Message, event: Event, turn: Turn) -> None:
        await self._outbound.carry_out(Say(message), event, turn)

    async def _take_away(self, turn: Turn) -> None:
        """The card has done its work; where it stays, nothing is lost."""
        if not turn.reply_to:
            return
        try:
            await self._connector.delete(turn.service_url, turn.conversation["id"], turn.reply_to)
        except ServiceAway as away:
            log.info("an offer was not taken away", why=away.why)


def _named(reply: Reply, name: str) -> Attachment | None:
    files = reply.message.attachments if isinstance(reply, Say | Replace) else ()
    return next((file for file in files if file.name == name), None)


def _asked_again(offered: Offered) -> Message:
    button = Button(GET_IT, offered.again.action, offered.again.argument, about=offered.name)
    return plain(OLD, button)


def _failed(file: Attachment) -> Message:
    """Says so, with a way to try again; a text is shown as well, so that nobody is kept from it."""
    shown = (replace(file, again=None),) if file.is_text else ()
    return Message(FAILED, (paragraph(FAILED),), to_try_again(file), shown)


def _info(upload: Upload) -> Json:
    content = {"uniqueId": upload.unique_id, "fileType": upload.file_type}
    card = {"contentType": INFO, "contentUrl": upload.content_url, "name": upload.name, "content": content}
    return {"type": "message", "summary": shortened(SAVED.format(upload.name), 500), "attachments": [card]}
