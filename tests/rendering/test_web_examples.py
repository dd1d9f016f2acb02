"""Every example of every feature as the browser draws it: accessible, narrow enough, and without a dead button."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.async_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from bench.axe import axe_findings
from bench.clock import MovedClock
from bench.small_talk import DEMO, serve
from bot.platforms.web.limits import MAX_ENTRIES
from bot.platforms.web.outbound import Conversation
from bot.platforms.web.render import Asked, Pages
from handlers import find_routes
from handlers.kit.content import Example, Form, Message, plain
from handlers.kit.events import Event, FormOpened, Submission
from handlers.kit.replies import Ask, Correct, Reply, Say

EXAMPLES = {f"{one.name}.{each.name}": each for one in find_routes().features for each in one.examples()}
FORMS = {name: one for name, one in EXAMPLES.items() if isinstance(one.content, Form)}
MESSAGES = {name: one.content for name, one in EXAMPLES.items() if isinstance(one.content, Message)}
AT_ONCE = MAX_ENTRIES // 3
"""Messages on one page: a conversation keeps so many entries, and each message is asked for first."""


class Exhibition:
    """Dispatches nothing: says the message that was named, and asks the form that is shown."""

    def __init__(self, shown: Example | None = None) -> None:
        self._shown = shown

    async def __call__(self, event: Event) -> Reply:
        text = getattr(event, "text", "")
        if text in MESSAGES:
            return Say(MESSAGES[text])
        if self._shown is None or not isinstance(self._shown.content, Form):
            return Say(plain("Hello"))
        if isinstance(event, FormOpened):
            return Ask(self._shown.content, plain("A form"))
        if isinstance(event, Submission):
            return Correct(self._shown.content, self._shown.errors)
        return Say(plain("Hello"))


def drawn(example: Example) -> str:
    """The page with that example."""
    if isinstance(example.content, Form):
        return Pages(DEMO).form(DEMO.people[0], Asked(example.content, errors=example.errors))
    talk = Conversation(MovedClock())
    talk.say(example.content)
    return Pages(DEMO).conversation(DEMO.people[0], talk)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_id_of_an_example_is_there_once(name: str) -> None:
    page = LexborHTMLParser(drawn(EXAMPLES[name]))
    ids = Counter(one.attributes["id"] for one in page.css("[id]"))
    assert [one for one, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_button_of_an_example_leads_somewhere(name: str) -> None:
    routes, page = find_routes(), LexborHTMLParser(drawn(EXAMPLES[name]))
    for field in page.css("#messages [name=action]"):
        assert field.attributes["value"] in routes.presses
    for link in page.css("#messages a.button"):
        assert (link.attributes["href"] or "").split("form=")[1].split("&")[0] in routes.forms
    for field in page.css("#form [name=form]"):
        assert field.attributes["value"] in routes.forms


@pytest.mark.parametrize("first", range(0, len(MESSAGES), AT_ONCE))
async def test_every_message_is_accessible_on_a_small_screen(page: Page, first: int) -> None:
    names = list(MESSAGES)[first : first + AT_ONCE]
    async with serve(Exhibition()) as url:
        await page.set_viewport_size({"width": 320, "height": 640})
        for name in names:
            await page.request.post(
                f"{url}/as/ann/say",
                form={"nonce": "example-" + "".join(one if one.isalnum() else "-" for one in name), "text": name},
                headers={"Sec-Fetch-Site": "same-origin"},
            )
        await page.goto(f"{url}/as/ann")
        await expect(page.locator("#messages .theirs")).to_have_count(len(names))
        assert await page.evaluate("document.documentElement.scrollWidth") == 320
        assert await axe_findings(page) == []


async def test_every_form_is_accessible_on_a_small_screen(page: Page) -> None:
    """One browser for all forms: starting one takes longer than looking at a form."""
    await page.set_viewport_size({"width": 320, "height": 640})
    found = {name: problems for name in FORMS if (problems := await problems_of(page, name))}
    assert found == {}


async def problems_of(page: Page, name: str) -> list[str]:
    """What is wrong with that form on a small screen."""
    async with serve(Exhibition(FORMS[name])) as url:
        await page.goto(f"{url}/as/ann/form?form=example.form")
        if FORMS[name].errors:
            await page.locator("button[type=submit]").click()
            await expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        width = await page.evaluate("document.documentElement.scrollWidth")
        return [*map(str, await axe_findings(page)), *([] if width == 320 else [f"{width} pixels wide"])]
