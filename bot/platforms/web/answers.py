"""The browser platform's HTTP answers: pages, redirects and files, and the headers that all carry."""

from urllib.parse import quote, urlencode

from aiohttp import web

from bot.platforms.web.demo import DemoPerson
from handlers.kit.content import Attachment, Form

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
SAVED_AS = (
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/calendar",
    "image/png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Kinds that calendars, tables, editors and viewers open; whatever else there is goes as plain text or as bytes."""


def add_headers(response: web.StreamResponse) -> None:
    """Give the response whichever of our headers it has not."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def page(html: str, status: int = 200) -> web.Response:
    """A page."""
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8")


def moved(person: DemoPerson, form: Form | None = None, message: str = "", entry: str = "") -> web.Response:
    """After a post: on to the person's page (at that line), or to a form's page."""
    place = f"/as/{person.user}"
    if form is not None:
        asked = {"form": form.name, "argument": form.argument, "message": message}
        place += "/form?" + urlencode({name: value for name, value in asked.items() if value})
    elif entry:
        place += f"#{entry}"
    return web.Response(status=303, headers={"Location": place})


def moved_on(person: DemoPerson | None, entry: str = "") -> web.Response:
    """After the clock was moved: back to the person's page (at that line), or to where one chooses a person."""
    return moved(person, entry=entry) if person else web.Response(status=303, headers={"Location": "/"})


def attachment(file: Attachment) -> web.Response:
    """A file to be saved and never shown: its name is escaped, and no browser guesses what it is."""
    kind = f"{_kind(file)}; charset=utf-8" if file.is_text else _kind(file)
    name = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return web.Response(body=file.content, headers={"Content-Disposition": name, "Content-Type": kind})


def _kind(file: Attachment) -> str:
    """What the file is called to the browser, which would run some kinds as pages if it ever showed them."""
    kind = file.media_type.partition(";")[0].strip().lower()
    if kind in SAVED_AS:
        return kind
    return "text/plain" if file.is_text else "application/octet-stream"
