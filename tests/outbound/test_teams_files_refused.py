"""Files in Teams that are refused: forged and borrowed consents, and addresses where Microsoft keeps no files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bench.teams import TeamsDriver, TeamsHands
from bench.teams_bot import Noted, SetClock, teams_bot
from bench.teams_offers import AGAIN, BYTES, Makes, hosts
from bot.platforms.teams.consents import FAILED, NOT_OFFERED
from bot.platforms.teams.limits import Json
from bot.platforms.teams.offers import NotOffered, Offers
from storage.records import Account


@pytest.fixture
def makes() -> Makes:
    return Makes()


@pytest.fixture
def dispatch(makes: Makes) -> Noted:
    return Noted(makes)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def driver(dispatch: Noted, clock: SetClock) -> AsyncIterator[TeamsDriver]:
    async with teams_bot(dispatch, clock=clock) as driver:
        yield driver


@pytest.fixture
async def ann(driver: TeamsDriver) -> TeamsHands:
    """Somebody who was just offered the file."""
    ann = driver.person("ann")
    await ann.says("update")
    return ann


HOSTILE = [
    "https://evil.test/up", "http://evil.test/up", "https://127.0.0.1@evil.test/up", "http://127.0.0.2/up",
    "file:///etc/passwd", "//evil.test/up", "", "http://localhost/up", "https://127.0.0.1.evil.test/up",
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
async def test_no_request_goes_to_an_address_that_is_not_on_the_list(
    driver: TeamsDriver, ann: TeamsHands, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await ann.agrees(*ann.offers[0], uploadInfo={**driver.service.drive.begin("a.docx"), "uploadUrl": url})
    assert (ann.messages[-1].text, driver.service.drive.asked) == (FAILED, [])
    (logged,) = [one for one in caplog.records if "not uploaded" in one.getMessage()]
    assert "that upload address is not on the list" in str(logged.__dict__)


async def test_a_link_that_is_not_on_the_list_is_not_shown(driver: TeamsDriver, ann: TeamsHands) -> None:
    upload = {**driver.service.drive.begin("a.docx"), "contentUrl": "https://evil.test/a.docx"}
    await ann.agrees(*ann.offers[0], uploadInfo=upload)
    assert ann.messages[-1].text == "Saved in your OneDrive: An: update?.docx"
    assert "evil.test" not in str(driver.service.conversations)
    assert list(driver.service.drive.files.values()) == [BYTES.content]


async def test_only_this_machine_may_be_asked_without_https_and_only_if_it_is_listed(dispatch: Noted) -> None:
    async with teams_bot(dispatch, change=hosts(".sharepoint.com")) as driver:
        ann = driver.person("ann")
        await ann.says("update")
        await ann.agrees(*ann.offers[0])
        assert (ann.messages[-1].text, driver.service.drive.asked) == (FAILED, [])


async def test_a_redirect_is_not_followed(driver: TeamsDriver, ann: TeamsHands) -> None:
    driver.service.drive.answers = [307]
    await ann.agrees(*ann.offers[0])
    assert (ann.messages[-1].text, driver.service.drive.asked) == (FAILED, ["PUT"])


FORGED: dict[str, Callable[[Json], Json]] = {
    "another action": lambda note: {**note, "action": "privacy.export"},
    "another argument": lambda note: {**note, "argument": "8"},
    "a later time": lambda note: {**note, "at": "99999999999"},
    "another name": lambda note: {**note, "file": "b.docx"},
    "no sign": lambda note: {name: value for name, value in note.items() if name != "sign"},
    "an odd sign": lambda note: {**note, "sign": "ü"},
    "an odd time": lambda note: {**note, "at": [["x"]]},
    "nothing": lambda note: {},
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_offer_is_refused_and_nothing_is_made(
    driver: TeamsDriver, dispatch: Noted, ann: TeamsHands, forge: Callable[[Json], Json]
) -> None:
    id_, offer = ann.offers[0]
    await ann.agrees(id_, offer, context=forge(offer["content"]["acceptContext"]))
    assert (ann.messages[-1].text, ann.last_status) == (NOT_OFFERED, 200)
    assert (len(dispatch.events), driver.service.drive.asked) == (1, [])


async def test_another_persons_offer_is_refused(driver: TeamsDriver, dispatch: Noted, ann: TeamsHands) -> None:
    ben = driver.person("ben")
    await ben.agrees(*ann.offers[0])
    assert [one.text for one in ben.messages] == [NOT_OFFERED]
    assert (len(dispatch.events), driver.service.drive.asked, len(ann.offers)) == (1, [], 1)


async def test_the_file_is_authorised_again_when_it_is_taken(
    makes: Makes, driver: TeamsDriver, ann: TeamsHands
) -> None:
    makes.refused = True
    await ann.agrees(*ann.offers[0])
    assert (ann.messages[-1].text, driver.service.drive.asked) == ("You can’t have that.", [])


@pytest.mark.parametrize(
    "changed",
    [{"value": {}}, {"value": {"action": "accept"}}, {"value": {"action": "no"}}, {"value": 7}],
    ids=str,
)
async def test_a_consent_that_is_none_is_refused(
    driver: TeamsDriver, dispatch: Noted, ann: TeamsHands, changed: Json
) -> None:
    await ann.tell({"type": "invoke", "name": "fileConsent/invoke", **changed})
    assert (ann.last_status, len(dispatch.events)) == (400, 1)


async def test_a_consent_from_a_channel_is_refused(driver: TeamsDriver, dispatch: Noted, ann: TeamsHands) -> None:
    value = {"action": "accept", "context": ann.offers[0][1]["content"]["acceptContext"], "uploadInfo": {}}
    await ann.tell({"type": "invoke", "name": "fileConsent/invoke", "value": value}, private=False)
    assert (ann.last_status, len(dispatch.events)) == (403, 1)


def test_an_account_is_part_of_the_sign() -> None:
    offers = Offers("secret", SetClock())
    ann = Account("teams", "t", "ann")
    offered = offers.activity(BYTES, ann, "Here.")
    assert offered is not None
    note = offered["attachments"][0]["content"]["acceptContext"]
    assert offers.read(note, ann).again == AGAIN
    for other in (replace(ann, user="ben"), replace(ann, workspace="u")):
        with pytest.raises(NotOffered):
            offers.read(note, other)
    with pytest.raises(NotOffered):
        Offers("other", SetClock()).read(note, ann)
