"""Plays the storage of files behind Teams: places for files that were agreed to, filled range by range."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
STEP = 320 * 1024
LOST = 0
"""In `answers`: the range is taken, and the answer is lost on its way."""


@dataclass
class Place:
    """Where one file is put; `whole` as soon as all of it is there."""

    name: str
    content: bytes = b""
    whole: bool = False


@dataclass
class Drive:
    """OneDrive. `asked`: each request that came, by method. `answers`: what becomes of the next ones: a status (and no
    byte is taken), LOST, or None where all is well."""

    places: dict[str, Place] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answers: list[int | None] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    url: str = ""

    def mount(self, app: web.Application) -> None:
        """Listen for uploads, and for anything else that nobody should ask for."""
        app.router.add_route("*", "/drive/{id}", self._take)

    def begin(self, name: str) -> Json:
        """A new place: the uploadInfo that Teams sends with the consent."""
        id_ = f"place-{len(self.places) + 1}"
        self.places[id_] = Place(name)
        return {
            "uploadUrl": f"{self.url}/drive/{id_}?guid='{id_}'&sign=a%2Fb", "contentUrl": f"{self.url}/drive/{id_}",
            "name": name, "uniqueId": id_, "fileType": name.rpartition(".")[2], "etag": "1",
        }  # fmt: skip

    @property
    def files(self) -> dict[str, bytes]:
        """What is there as a whole, by the address that it is known under."""
        return {f"{self.url}/drive/{id_}": one.content for id_, one in self.places.items() if one.whole}

    async def _take(self, request: web.Request) -> web.Response:
        self.asked.append(request.method)
        if request.method != "PUT" or "Authorization" in request.headers or "sign=a%2Fb" not in request.raw_path:
            self.troubles.append("an upload that is no PUT, with a token, or to an address that was changed")
        planned = self.answers.pop(0) if self.answers else None
        if planned:
            return web.Response(status=planned, headers={"Location": f"{self.url}/drive/elsewhere", "Retry-After": "0"})
        answer = self._taken(request, await request.read())
        if planned == LOST and request.transport is not None:
            request.transport.abort()
        return answer

    def _taken(self, request: web.Request, piece: bytes) -> web.Response:
        place = self.places.get(request.match_info["id"])
        span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
        if place is None or span is None:
            return web.Response(status=404 if place is None else 400)
        first, last, total = map(int, span.groups())
        if first < len(place.content):
            return web.Response(status=416)
        is_last = last + 1 == total
        if first != len(place.content) or len(piece) != last + 1 - first or (len(piece) % STEP and not is_last):
            self.troubles.append(f"an odd range {span[0]} of {len(piece)} bytes")
            return web.Response(status=400)
        place.content += piece
        place.whole = is_last
        return web.json_response({"name": place.name} if is_last else {}, status=201 if is_last else 202)


def file_problems(attachment: Json) -> list[str]:
    """What Teams would refuse of an offer of a file, or of the card of one that is there."""
    name, content = attachment.get("name", ""), attachment.get("content", {})
    found = ["a file's name"] if not name or re.search(r'["*:<>?/\\|]', name) else []
    if attachment["contentType"] == INFO:
        return found + ([] if content.get("uniqueId") and attachment.get("contentUrl") else ["a file nobody can find"])
    is_sized = isinstance(content.get("sizeInBytes"), int) and content["sizeInBytes"] > 0
    contexts = (content.get("acceptContext"), content.get("declineContext"))
    fits = is_sized and bool(content.get("description")) and all(isinstance(one, dict) for one in contexts)
    return found + ([] if fits else ["an offer without size, purpose or contexts"])
