"""Verifies a browser's request and turns it into one neutral event, sent by whose page one is on."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from bot.platforms.web.demo import Demo, DemoPerson
from bot.platforms.web.limits import MAX_ARGUMENT, MAX_FIELDS, MAX_NAME
from handlers.kit.events import Command, FormOpened, HomeOpened, Place, Press, Profile, Submission
from storage.records import Account

ROUTE = re.compile(rf"(?=.{{1,{MAX_NAME}}}\Z)[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")
MESSAGE = re.compile(r"[A-Za-z0-9_-]{0,64}")
USER = re.compile(r"[A-Za-z0-9-]{0,64}")
ARGUMENT = re.compile(rf"[^\x00-\x1f\x7f]{{0,{MAX_ARGUMENT}}}")
ONE, SEVERAL = "one.", "several."
"""What a question's field is called: its kind of answer, then its key."""

_FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """A request that is not answered: `status` is a 4xx, `sentence` is for whoever sits there."""

    def __init__(self, status: int, why: str, sentence: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.sentence = sentence


def garbage(why: str) -> Refused:
    """A request that no page of ours sends."""
    return Refused(400, why, "That did not come from one of these pages. Please go back and try again.")


def verify(method: str, headers: Mapping[str, str], hosts: tuple[str, ...]) -> None:
    """Refuses another host's name (DNS rebinding) and what another site sends or embeds.

    A post must prove that it is ours: Fetch Metadata says same-origin, or, where a browser sends none, the
    Origin is this host. (OWASP on CSRF; the Fetch Standard sends `Origin: null` under no-referrer.)
    """
    host = headers.get("Host", "")
    if _host_name(host) not in hosts:
        raise Refused(421, "another host", "This demo only answers on the computer that it runs on.")
    site, mode = headers.get("Sec-Fetch-Site"), headers.get("Sec-Fetch-Mode")
    from_here = _is_from_here(site, headers.get("Origin"), host)
    reads = method in ("GET", "HEAD")
    if not (from_here or (reads and (site in (None, "none", "same-origin") or mode == "navigate"))):
        raise Refused(403, "another site", "That came from another site, so nothing was done.")


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_from_here(site: str | None, origin: str | None, host: str) -> bool:
    if site is not None and site != "same-origin":
        return False
    if origin in (None, "null"):
        return site == "same-origin"
    return origin in (f"http://{host}", f"https://{host}")


@dataclass(frozen=True, slots=True)
class Fields:
    """What was posted or asked for, in order; reading a field that does not fit raises Refused."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, body: bytes, media_type: str = _FORM) -> "Fields":
        """The fields of a posted form or a query."""
        if media_type != _FORM:
            raise Refused(415, "not a form", "Only a form can be sent here.")
        try:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS)
        except ValueError:
            raise garbage("unreadable form") from None
        return cls(tuple((name, _cleaned(value)) for name, value in pairs))

    def one(self, name: str, fits: re.Pattern[str]) -> str:
        """The only value of that field, "" if it is not there."""
        found = [value for key, value in self.pairs if key == name]
        if len(found) > 1 or not fits.fullmatch(found[0] if found else ""):
            raise garbage(f"bad field {name}")
        return found[0] if found else ""

    def text(self, name: str) -> str:
        """What was typed in that field."""
        return self.one(name, re.compile(r".*", re.DOTALL))

    def values(self) -> dict[str, str | tuple[str, ...]]:
        """The answers of a form by question key; several choices are a tuple."""
        values: dict[str, str | tuple[str, ...]] = {}
        for name, value in self.pairs:
            if len(name) > MAX_NAME:
                raise garbage("long field name")
            if name.startswith(SEVERAL):
                key = name.removeprefix(SEVERAL)
                earlier = values.get(key, ())
                if isinstance(earlier, str):
                    raise garbage("one answer and several")
                values[key] = (*earlier, value)
            elif name.startswith(ONE):
                key = name.removeprefix(ONE)
                if key in values:
                    raise garbage("two answers")
                values[key] = value
        return values


def _cleaned(value: str) -> str:
    """Line breaks as one character; no NUL, which PostgreSQL's text cannot hold."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


async def posted(request: web.Request) -> Fields:
    """The fields of the request's body. Raises Refused."""
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "too big", "That is too long to send. Please make it shorter.") from None
    return Fields.parse(body, request.content_type)


class _Known(TypedDict):
    id: str
    sender: Account
    place: Place
    profile: Profile
    address: str


@dataclass(frozen=True, slots=True)
class Seat:
    """The person whose page this is: every event from here is theirs, whatever a form says."""

    demo: Demo
    person: DemoPerson

    def _known(self, nonce: str) -> _Known:
        user, workspace = self.person.user, self.demo.workspace
        return {
            "id": f"web:{workspace}:{user}:{nonce}",
            "sender": Account("web", workspace, user),
            "place": Place("web", workspace, user, private=True, has_pages=True),
            "profile": Profile(self.person.name),
            "address": user,
        }

    def said(self, fields: Fields) -> Command:
        """Something typed to the bot."""
        return Command(**self._known(fields.one("nonce", NONCE)), text=fields.text("text").strip())

    def asked(self, words: str) -> Command:
        """A page asked for that words lead to; it changes nothing, so each time is a new event."""
        return Command(**self._known(fresh_nonce()), text=words)

    def pressed(self, fields: Fields) -> Press:
        """A button pressed."""
        known = self._known(fields.one("nonce", NONCE))
        return Press(**known, action=fields.one("action", ROUTE), argument=fields.one("argument", ARGUMENT))

    def submitted(self, fields: Fields) -> Submission:
        """A form sent."""
        known = self._known(fields.one("nonce", NONCE))
        form, argument = fields.one("form", ROUTE), fields.one("argument", ARGUMENT)
        return Submission(**known, form=form, argument=argument, values=fields.values())

    def form_opened(self, fields: Fields) -> FormOpened:
        """A form asked for; it changes nothing, so each time is a new event."""
        form, argument = fields.one("form", ROUTE), fields.one("argument", ARGUMENT)
        return FormOpened(**self._known(fresh_nonce()), form=form, argument=argument)

    def home_opened(self) -> HomeOpened:
        """The person's page was opened."""
        return HomeOpened(**self._known(fresh_nonce()))


def fresh_nonce() -> str:
    """A name for one act to come: a double click or a second post carries the same one, and counts once."""
    return secrets.token_urlsafe(12)
