"""Plays a browser without script over real sockets: opens the pages, fills their forms, and reads what stands there."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from selectolax.lexbor import LexborHTMLParser

from bench.driver import SeenForm, SeenMessage
from bench.web_page import Act, act_of, fill, home_text, read_form, read_messages, trouble_text
from storage.records import Account


class WebHands:
    """One person in one tab. `last` is what was posted last; `status` and `url` are of the page that came."""

    def __init__(self, driver: WebDriver, user: str) -> None:
        self.account = Account("web", "demo", user)
        self.last: Act | None = None
        self.status = 0
        self.url = ""
        self._driver = driver
        self._root = f"/as/{user}"
        self._page: LexborHTMLParser | None = None
        self._form: LexborHTMLParser | None = None
        self._told: LexborHTMLParser | None = None
        self._files: dict[str, bytes] = {}

    async def says(self, text: str) -> None:
        """Type in the box at the end of the page."""
        composer = (await self._fresh()).css_first("form.composer")
        assert composer is not None, "the page has nowhere to write"
        await self._post(act_of(composer, {"text": text}))

    async def says_in_channel(self, text: str) -> None:
        """The browser has no channels: the same as saying it."""
        await self.says(text)

    async def opens_home(self) -> None:
        """Open one's page."""
        await self._go(self._root)

    async def presses(self, label: str, nth: int = -1) -> None:
        """Press a button of the newest message that has it, or of one's page; a question in between is answered yes."""
        page = await self._fresh()
        messages = [*reversed(page.css("#messages .message")), *page.css("#home .message")]
        for message in messages:
            found = [one for one in message.css("a.button, button.button") if _label(one.text()) == _label(label)]
            if found:
                act = act_of(found[nth])
                await self.does(act)
                return
        raise AssertionError(f"no button {label!r} on the page, only {[one.buttons for one in self.messages]}")

    async def sends(self, answers: Mapping[str, str | tuple[str, ...]] | None = None) -> None:
        """Fill the open form and send it."""
        assert self._form is not None, "no form is open"
        await self._post(fill(self._form, answers or {}))

    async def saves(self) -> dict[str, bytes]:
        """Follow the links to the files of the newest message that has any."""
        await self._fresh()
        return dict(next(one.files for one in reversed(self.messages) if one.files))

    async def moves_on(self, way: str) -> None:
        """Move the demo's clock on by an "hour", a "day" or a "week"."""
        acts = [act_of(one) for one in (await self._fresh()).css(".clock form")]
        await self._post(next(one for one in acts if ("by", way) in one.pairs))

    @property
    def time(self) -> str:
        """The time that the page says it is, "" where it has no clock."""
        now = self._page.css_first("#now") if self._page else None
        return now.text().strip() if now else ""

    async def closes_form(self) -> None:
        """Follow the link that leads back."""
        await self._go(self._root)

    async def repeats(self) -> None:
        """Send the last post once more, as a double click or a reload does."""
        assert self.last is not None
        await self._post(self.last)

    async def does(self, act: Act) -> None:
        """Ask for or post anything at all, as a forger would."""
        await (self._post(act) if act.posts else self._go(act.address))

    @property
    def form(self) -> SeenForm | None:
        """The form that is open, if one is."""
        return read_form(self._form) if self._form else None

    @property
    def messages(self) -> list[SeenMessage]:
        """The bot's messages, and the sentence that says that something was not kept."""
        if self._page is None:
            return []
        page = self._form or self._page
        trouble = trouble_text(page)
        extra = [SeenMessage(trouble)] if trouble else []
        told = read_messages(self._told, {}, "#told") if self._told else []
        return read_messages(self._page, self._files) + told + extra

    @property
    def home(self) -> str:
        """The text of one's page."""
        return home_text(self._page) if self._page else ""

    async def _fresh(self) -> LexborHTMLParser:
        """The conversation as it is now, with names for the acts to come."""
        await self._go(self._root)
        assert self._page is not None, f"no page, but {self.status}"
        return self._page

    async def _post(self, act: Act) -> None:
        self.last = act
        async with self._driver.session.post(self._driver.url + act.address, data=act.pairs) as response:
            await self._arrive(response)

    async def _go(self, address: str) -> None:
        async with self._driver.session.get(self._driver.url + address) as response:
            await self._arrive(response)

    async def _arrive(self, response: aiohttp.ClientResponse) -> None:
        self.status, self.url = response.status, str(response.url)
        page = LexborHTMLParser(await response.text())
        self._told = page if page.css_first("#told") else None
        if self._told:
            self._form, self._page = None, self._page or await self._conversation()
            return
        if page.css_first("#form"):
            self._form = page
            if self._page is None:
                self._page = await self._conversation()
            return
        assert page.css_first("#messages"), f"{self.status} at {self.url}: {page.css_first('main')}"
        self._page, self._form = page, None
        for link in page.css(".file a"):
            await self._save(link.attributes["href"] or "")

    async def _conversation(self) -> LexborHTMLParser:
        async with self._driver.session.get(self._driver.url + self._root) as response:
            return LexborHTMLParser(await response.text())

    async def _save(self, address: str) -> None:
        if address not in self._files or "/file/home/" in address:
            async with self._driver.session.get(self._driver.url + address) as response:
                assert response.headers["Content-Disposition"].startswith("attachment")
                self._files[address] = await response.read()


class WebDriver:
    """The browser; there is no server of its own to play, only pages to open."""

    name = "web"

    def __init__(self) -> None:
        self.url = ""
        self.session: aiohttp.ClientSession

    async def start(self) -> dict[str, str]:
        """Nothing has to be set for the bot."""
        return {}

    async def connect(self, bot_url: str) -> None:
        """The bot is up at this address."""
        self.url = bot_url
        self.session = aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"})

    def person(self, user: str) -> WebHands:
        """That person's tab."""
        return WebHands(self, user)

    async def stop(self) -> None:
        """Close the browser."""
        await self.session.close()


def _label(text: str) -> str:
    """A button's words, without the screen reader's and without the "Yes:" of one that asks first."""
    return " ".join(text.split(":")[1 if text.strip().startswith("Yes: ") else 0].split())
