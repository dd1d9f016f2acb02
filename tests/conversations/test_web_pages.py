"""The browser's pages in a real browser: by keyboard alone, on a small screen, in two tabs, with and without script."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from bench.axe import axe_findings
from bench.chromium import chromium
from bench.small_talk import SmallTalk, serve

FOCUSED = """() => {
  const focused = document.activeElement;
  return focused === document.body ? "" : (focused.labels?.[0] || focused).textContent.trim();
}"""
FORM = "/as/ann/form?form=talk.answer&argument=7"


@pytest.fixture
def talk() -> SmallTalk:
    return SmallTalk()


@pytest.fixture
async def site(talk: SmallTalk) -> AsyncIterator[str]:
    async with serve(talk) as url:
        yield url


@pytest.fixture
async def plain_page() -> AsyncIterator[Page]:
    """A page of a browser that runs no script."""
    async with chromium() as browser:
        context = await browser.new_context(java_script_enabled=False, locale="en-GB")
        page = await context.new_page()
        page.set_default_timeout(15_000)
        yield page


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control with that accessible name has the focus."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if (await page.evaluate(FOCUSED)).startswith(name):
            return
    raise AssertionError(f"Tab never reached {name!r}")


async def open_form(page: Page, site: str) -> None:
    await page.goto(f"{site}/as/ann")
    await page.get_by_role("link", name="Check in").click()
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_a_whole_check_in_by_keyboard_alone(page: Page, site: str, talk: SmallTalk) -> None:
    await page.goto(site)
    await tab_to(page, "Ann Okafor")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/as/ann")
    await tab_to(page, "Check in")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="This week’s check-in")).to_be_visible()
    await tab_to(page, "1: stuck")
    await page.keyboard.press("ArrowRight")
    await tab_to(page, "What moved?")
    await page.keyboard.type("The evening clinic opened.")
    await tab_to(page, "No answer")
    await page.keyboard.press("ArrowDown")
    await tab_to(page, "Who could help?")
    await page.keyboard.type("Somebody in estates")
    await tab_to(page, "Schools")
    await page.keyboard.press("Space")
    await tab_to(page, "Send")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Kept. Only you can read it.")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    (sent,) = talk.kept
    wanted = {"feel": "2", "moved": "The evening clinic opened.", "help": "yes", "who": "Somebody in estates"}
    assert {key: sent.values[key] for key in wanted} == wanted
    assert sent.values["areas"] == ("schools",)


async def test_what_is_wrong_is_said_at_the_top_and_at_the_question(page: Page, site: str) -> None:
    await open_form(page, site)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("What moved?").fill("It stays here")
    await dialog.get_by_role("button", name="Send").click()
    summary = dialog.get_by_role("alert").filter(has_text="There is a problem")
    await expect(summary).to_be_focused()
    await expect(dialog.get_by_label("What moved?")).to_have_value("It stays here")
    await summary.get_by_role("link", name="How does the network feel").click()
    await expect(dialog.get_by_label("1: stuck")).to_be_focused()


async def test_a_form_that_cannot_be_opened_says_so_in_place(page: Page, site: str, talk: SmallTalk) -> None:
    await page.goto(f"{site}/as/ann")
    talk.closed = True
    await page.get_by_role("link", name="Check in").click()
    dialog = page.get_by_role("dialog", name="This form can’t be opened")
    await expect(dialog.get_by_text("You can’t do that here.")).to_be_visible()
    assert await axe_findings(page) == []
    await dialog.get_by_role("link", name="Go back").click()
    await expect(dialog).to_be_hidden()
    await expect(page.locator("#messages article")).to_have_count(0)


async def test_a_question_is_hidden_until_it_counts(page: Page, site: str) -> None:
    await open_form(page, site)
    await expect(page.get_by_label("Who could help?")).to_be_hidden()
    await page.get_by_label("Yes", exact=True).check()
    await expect(page.get_by_label("Who could help?")).to_be_visible()
    await page.get_by_label("No", exact=True).check()
    await expect(page.get_by_label("Who could help?")).to_be_hidden()


async def test_a_half_filled_form_that_was_closed_is_still_there(page: Page, site: str) -> None:
    await open_form(page, site)
    await page.get_by_label("What moved?").fill("Half a thought")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("link", name="Check in").click()
    await expect(page.get_by_label("What moved?")).to_have_value("Half a thought")


async def test_a_message_arrives_in_a_second_tab(page: Page, site: str) -> None:
    second = await page.context.new_page()
    await second.goto(f"{site}/as/ann")
    await page.goto(f"{site}/as/ann")
    await page.get_by_label("Write to Weaver").fill("hello")
    await page.keyboard.press("Enter")
    await expect(second.get_by_text("You wrote: hello")).to_be_visible()
    await expect(page.get_by_text("You wrote: hello")).to_have_count(1)
    await expect(page.get_by_label("Write to Weaver")).to_have_value("")


async def test_a_message_that_changes_changes_in_both_tabs(page: Page, site: str) -> None:
    second = await page.context.new_page()
    for tab in (second, page):
        await tab.goto(f"{site}/as/ann")
    await page.get_by_role("button", name="Everything").click()
    await expect(second.get_by_role("img", name="How the network feels")).to_be_visible()
    await page.locator("summary", has_text="Withdraw").click()
    await page.get_by_role("button", name="Yes: Withdraw").click()
    for tab in (second, page):
        await expect(tab.get_by_text("It is withdrawn.")).to_be_visible()
        await expect(tab.get_by_role("img", name="How the network feels")).to_have_count(0)


async def test_pressing_twice_counts_once_and_pressing_again_counts_again(
    page: Page, site: str, talk: SmallTalk
) -> None:
    await page.goto(f"{site}/as/ann")
    await page.get_by_role("button", name="History").dblclick()
    await expect(page.get_by_text("talk.history")).to_have_count(1)
    await page.get_by_role("button", name="History").click()
    await expect(page.get_by_text("talk.history")).to_have_count(2)


async def test_nothing_typed_is_lost_while_nothing_can_be_kept(page: Page, site: str, talk: SmallTalk) -> None:
    await open_form(page, site)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("3", exact=True).check()
    await dialog.get_by_label("What moved?").fill("A lot")
    talk.away = True
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_text("nothing was kept")).to_be_visible()
    await expect(dialog.get_by_label("What moved?")).to_have_value("A lot")
    talk.away = False
    await dialog.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Kept. Only you can read it.")).to_be_visible()
    assert len(talk.kept) == 1


async def test_a_check_in_without_script(plain_page: Page, site: str, talk: SmallTalk) -> None:
    page = plain_page
    await page.goto(f"{site}/as/ann")
    await page.get_by_role("link", name="Check in").click()
    await expect(page.get_by_text("Only if you answered “Yes”")).to_be_visible()
    await page.get_by_label("What moved?").fill("It stays here")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    await expect(page.get_by_label("What moved?")).to_have_value("It stays here")
    await page.get_by_label("5: moving well").check()
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Kept. Only you can read it.")).to_be_visible()
    await page.get_by_label("Write to Weaver").fill("everything")
    await page.keyboard.press("Enter")
    await page.locator("summary", has_text="Withdraw").click()
    await page.get_by_role("button", name="Yes: Withdraw").click()
    await expect(page.get_by_text("It is withdrawn.")).to_be_visible()
    assert len(talk.kept) == 1


async def _at(page: Page, site: str, place: str) -> None:
    """Go to one of the pages that the rules below are held against."""
    if place == "chooser":
        await page.goto(site)
    elif place == "conversation":
        await page.goto(f"{site}/as/ann")
        await page.get_by_role("button", name="Everything").click()
        await expect(page.get_by_role("img", name="How the network feels")).to_be_visible()
        await page.locator("summary", has_text="Withdraw").click()
        await page.locator("summary", has_text="as a table").click()
    elif place == "form page":
        await page.goto(site + FORM)
    elif place == "error page":
        await page.goto(f"{site}/as/nobody")
    else:
        await open_form(page, site)
        if place == "form with errors":
            await page.get_by_role("dialog").get_by_role("button", name="Send").click()
            await expect(page.get_by_text("There is a problem")).to_be_visible()


PLACES = ("chooser", "conversation", "form", "form page", "form with errors", "error page")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
async def test_the_accessibility_checker_finds_nothing(page: Page, site: str, place: str, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await _at(page, site, place)
    assert await axe_findings(page) == []


@pytest.mark.parametrize("place", PLACES)
async def test_a_small_screen_never_scrolls_sideways(page: Page, site: str, place: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await _at(page, site, place)
    overflow = "all => all.map(one => one.scrollWidth - one.clientWidth)"
    assert set(await page.locator("html, dialog[open]").evaluate_all(overflow)) == {0}


async def test_the_policy_is_never_broken(page: Page, site: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for place in PLACES:
        await _at(page, site, place)
    assert complaints == []


async def test_buttons_are_big_enough_for_a_finger(page: Page, site: str) -> None:
    await page.goto(f"{site}/as/ann")
    heights = "() => [...document.querySelectorAll('.button, .composer input[type=text]')].map(one => one.offsetHeight)"
    assert min(await page.evaluate(heights)) >= 44
