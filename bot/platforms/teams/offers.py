"""Offers files in the personal chat: Teams' consent card, with a signed note of how the file is made once it is taken.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.platforms.teams.limits import Json, shortened
from handlers.kit.content import Again, Attachment
from storage.records import Account

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
LASTS = timedelta(days=7)
"""How long a file that was offered can be taken; after that it is asked for once more."""
PURPOSE = b"weaver file offer"
MOST_ABOUT = 200
MOST_NAME = 120
"""Characters of a file's name. OneDrive takes 400 for the whole path, in which the folder also counts."""
MOST_ENDING = 10
_NOT_IN_NAMES = re.compile(r'["*:<>?/\\|#%\x00-\x1f\x7f]+')


class NotOffered(Exception):
    """This file was never offered to this person."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What was offered: the file's name, how it is made again, and whether that was too long ago."""

    name: str
    again: Again
    is_old: bool


class Offers:
    """Writes and reads offers. All that is known of one travels in its card, so any process can take it up.

    `secret` is what all processes of the bot share, and nobody else knows; without one nothing is offered.
    """

    def __init__(self, secret: str, clock: Clock) -> None:
        self._key = hmac.digest(secret.encode(), PURPOSE, hashlib.sha256) if secret else b""
        self._clock = clock

    def activity(self, file: Attachment, account: Account, summary: str) -> Json | None:
        """The message that offers the file to this person; None where it must be shown in another way."""
        if not (self._key and file.again and file.content):
            return None
        content = {
            "description": shortened(file.about or summary, MOST_ABOUT), "sizeInBytes": len(file.content),
            "acceptContext": self._note(file.again, file.name, account), "declineContext": {},
        }  # fmt: skip
        card = {"contentType": CONSENT, "name": stored_name(file.name), "content": content}
        return {"type": "message", "summary": shortened(summary, 500) or "Weaver", "attachments": [card]}

    def _note(self, again: Again, name: str, account: Account) -> Json:
        noted = {"action": again.action, "argument": again.argument, "file": name}
        noted["at"] = str(int(self._clock.now().timestamp()))
        return {**noted, "sign": self._signed(noted, account)}

    def read(self, note: Json, account: Account) -> Offered:
        """What a note that came back says. Raises NotOffered where it was not written for this person."""
        noted = {name: note.get(name) for name in ("action", "argument", "file", "at")}
        sign = note.get("sign")
        if not (self._key and isinstance(sign, str) and sign.isascii()):
            raise NotOffered
        if not hmac.compare_digest(sign, self._signed(noted, account)):
            raise NotOffered
        age = self._clock.now().timestamp() - int(str(noted["at"]))
        again = Again(str(noted["action"]), str(noted["argument"]))
        return Offered(str(noted["file"]), again, age > LASTS.total_seconds())

    def _signed(self, noted: Json, account: Account) -> str:
        """The sign under a note, which holds for this person alone."""
        whole = json.dumps([noted, account.platform, account.workspace, account.user], sort_keys=True)
        return hmac.new(self._key, whole.encode(), hashlib.sha256).hexdigest()


def stored_name(name: str) -> str:
    """The name as OneDrive takes it, without the signs that it refuses; the ending stays."""
    clean = _NOT_IN_NAMES.sub("-", name).strip(" .~") or "file"
    stem, _, ending = clean.rpartition(".")
    if len(clean) <= MOST_NAME or not stem or len(ending) > MOST_ENDING:
        return clean[:MOST_NAME]
    return f"{stem[: MOST_NAME - 1 - len(ending)]}.{ending}"
