"""S2, S3: every button and form that there is, forged by those who have no right to it and with nonsense in it."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from bench.postgres import PostgresServer
from bench.straight import Straight, account, words_in
from bot.settings import LOOPBACK, BadSettings, read
from handlers import find_routes
from handlers.kit.events import Values
from handlers.kit.replies import Reply
from storage.migrate import migrate
from storage.records import Audience

ROUTES = find_routes()
WORDS = "Words-of-ann-alone"
EARLIER = "Earlier-words-of-ann-alone"
NONSENSE = [
    "", "0", "-1", "999999", "9999999999", "2147483648", "9" * 30, "9" * 5000,
    "1.1", "1.-1", "1.2147483648", "1.9999999999", "1." + "9" * 30, "1." + "9" * 5000, "1.1.1", "1.1.1.1",
    "1." * 20_000,
    "..", "../../x", "%00", "\x00", "1\x00", "\N{SUPERSCRIPT TWO}", "\N{ARABIC-INDIC DIGIT THREE}",
    "\N{FULLWIDTH DIGIT ONE}", "1e3", "0x1", " 1", "1 ", "None", "' OR 1=1 --", "\ud800", "x" * 40_000,
]  # fmt: skip
NUMBERS = [one for one in NONSENSE if one[:1] in ("1", "2", "9", "\x00", "\ud800")]
VALUES: Values = {
    "feeling": "4", "moved": "Stolen", "moved:who": "network", "roles": ("coordinator",), "person": "UX",
    "name": "X Y", "role": "coordinator", "confirmation": "no", "network": "1", "label": "What?", "kind": "short text",
}  # fmt: skip


@pytest.fixture
async def forged(straight: Straight) -> Straight:
    """Ann has a check-in with words for herself alone, edited once, so that every kind of her rows is there."""
    filled = {"feeling": "4", "moved": EARLIER, "next_step": WORDS}
    await straight.fills("ann", "checkins.record", "1", filled)
    await straight.fills("ann", "checkins.edit", "1", {"feeling": "4", "moved": WORDS, "idea": WORDS})
    (kept,) = await straight.history("ann")
    assert {one.audience for one in kept.answers if one.value == WORDS} == {Audience.ONLY_ME}
    return straight


async def forge(straight: Straight, user: str, argument: str, presses: list[str], forms: list[str]) -> list[Reply]:
    """All of someone's presses and forms with that argument, all at once, and what each was answered with."""
    doings = [straight.presses(user, action, argument) for action in presses]
    for form in forms:
        doings += [straight.opens(user, form, argument), straight.opens(user, form, argument, VALUES)]
        doings += [straight.sends(user, form, argument, VALUES), straight.sends(user, form, argument, {})]
    return await asyncio.gather(*doings)


@pytest.mark.parametrize("user", ["ann", "bea", "kit", "sam"])
async def test_nonsense_on_any_button_or_form_is_answered_and_never_a_bug(forged: Straight, user: str) -> None:
    """S3, F11: as the owner, as co-ordinators of this network and of another, and as a stranger."""
    await nonsense_is_harmless(forged, user, NONSENSE)


async def test_nonsense_that_only_a_strict_database_would_trip_over(postgres_server: PostgresServer) -> None:
    """S3, F11: PostgreSQL refuses numbers and characters that SQLite takes."""
    inside = Straight(postgres_server.fresh(migrate).sqlalchemy)
    with closing(inside):
        inside.fill()
        await inside.fills("ann", "checkins.record", "1", {"feeling": "4", "moved": WORDS})
        await nonsense_is_harmless(inside, "bea", NUMBERS)


async def nonsense_is_harmless(inside: Straight, user: str, nonsense: list[str]) -> None:
    """Every button and form with every nonsense: no bug, and nobody else reads Ann's words."""
    presses = [action for action in ROUTES.presses if action != "privacy.export"]  # It grows, and reads no argument.
    for argument in nonsense:
        replies = await forge(inside, user, argument, presses, list(ROUTES.forms))
        bugs = [words_in(reply)[:200] for reply in replies if "went wrong" in words_in(reply)]
        assert not bugs, repr(argument[:20])
        assert user == "ann" or not [reply for reply in replies if WORDS in words_in(reply)]


ANOTHERS = {"checkins.withdraw", "checkins.earlier", "checkins.edit", "checkins.audience"}
"""What acts on one's own check-in only."""


@pytest.mark.parametrize("user", ["ben", "bea", "cal", "kit", "fay"])
async def test_another_persons_check_in_cannot_be_touched_or_read(forged: Straight, user: str) -> None:
    """S3: a member, a co-ordinator, a leader, another network's co-ordinator and the faculty forge Ann's id."""
    before = await forged.tables()
    presses, forms = [sorted(ANOTHERS & set(names)) for names in (ROUTES.presses, ROUTES.forms)]
    replies = await forge(forged, user, "1", presses, forms)
    after = await forged.tables()
    assert not [one for one in replies if WORDS in words_in(one) or EARLIER in words_in(one)]
    assert {name for name in after if after[name] != before[name]} == {"audit", "seen"}
    refused = [entry for entry in await forged.store(lambda store: store.audit.of_kind("refused"))]
    assert len(refused) == len(replies)


@pytest.mark.parametrize("user", ["kit", "sam"])
async def test_another_network_stays_closed_whatever_is_pressed(forged: Straight, user: str) -> None:
    """S3: someone who has no part in the network, and a stranger, forge its id on every button and form."""
    before = await forged.tables()
    own = [form for form in ROUTES.forms if form not in ("settings.edit", "privacy.erase")]
    presses = [action for action in ROUTES.presses if action not in ("coaching.on", "coaching.off")]  # One's own too.
    replies: list[Reply] = []
    for argument in ("1", "1.0", "1.1", "1..", "1..moved", "1.1.moved", "1.3"):
        replies += await forge(forged, user, argument, presses, own)
    after = await forged.tables()
    said = "\n".join(words_in(one) for one in replies)
    assert WORDS not in said
    assert EARLIER not in said
    assert "Ann Example" not in said
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= ({"audit", "seen"} if user == "kit" else set())


COORDINATORS = [name for name in (*ROUTES.presses, *ROUTES.forms) if name.startswith(("people.", "questions."))]


@pytest.mark.parametrize("user", ["ben", "cal", "fay", "kit"])
async def test_what_belongs_to_the_co_ordinator_is_refused_to_others_and_noted(forged: Straight, user: str) -> None:
    """S3: a mere member, a leader, the faculty and another network's co-ordinator."""
    before = await forged.tables()
    presses = [name for name in COORDINATORS if name in ROUTES.presses]
    forms = [name for name in COORDINATORS if name in ROUTES.forms]
    replies: list[Reply] = []
    for argument in ("1", "1.0", "1.1", "1.3", "1..", "1.1.moved"):
        replies += await forge(forged, user, argument, presses, forms)
    after = await forged.tables()
    assert {name for name in after if after[name] != before[name]} == {"audit", "seen"}
    assert len(await forged.store(lambda store: store.audit.of_kind("refused"))) == len(replies)


PEOPLE = ["people.show", "people.remove", "people.change"]


async def act_on_person(straight: Straight, user: str, argument: str) -> list[Reply]:
    return await forge(straight, user, argument, PEOPLE[:2], PEOPLE[2:])


@pytest.mark.parametrize("user", ["kit", "fay", "nobody"])
async def test_a_person_whom_no_button_of_ones_own_shows_is_refused_and_noted(forged: Straight, user: str) -> None:
    """S3: someone of another network, of none, and nobody at all, on the co-ordinator's own buttons."""
    person = await forged.store(lambda store: store.people.by_account(account(user)))
    before = await forged.tables()
    replies = await act_on_person(forged, "bea", f"1.{person.id if person else 999_999}")
    after = await forged.tables()
    assert all("no longer in this network" in words_in(one) for one in replies)
    assert {name for name in after if after[name] != before[name]} == {"audit", "seen"}
    assert len(await forged.store(lambda store: store.audit.of_kind("refused"))) == len(replies)


async def test_somebody_who_has_left_is_said_to_be_gone_and_nothing_is_noted(forged: Straight) -> None:
    """An old button is no forgery."""
    await forged.presses("bea", "people.remove", "1.1")
    replies = await act_on_person(forged, "bea", "1.1")
    assert all("no longer in this network" in words_in(one) for one in replies)
    assert await forged.store(lambda store: store.audit.of_kind("refused")) == []


async def test_an_id_typed_into_a_form_makes_nobody_else(forged: Straight) -> None:
    """S2: user and team come from the verified part only, whatever a form's fields are called."""
    typed = {"feeling": "2", "user_id": "UANN", "person_id": "1", "sender": "UANN", "team_id": "T01", "network_id": "1"}
    await forged.fills("dee", "checkins.record", "2", typed)
    assert len(await forged.history("ann")) == 1
    assert [one.network_id for one in await forged.history("dee")] == [2]


OPEN = {"WEAVER_TEAMS_UNAUTHENTICATED": "1"}


@pytest.mark.parametrize(
    "env",
    [
        {**OPEN, "WEAVER_HOST": "0.0.0.0"},
        {"MICROSOFT_APP_PASSWORD": "x", "MICROSOFT_APP_TENANTID": "t"},
        {"MICROSOFT_APP_ID": "x", "MICROSOFT_APP_PASSWORD": "x"},
        {"MICROSOFT_APP_ID": "x", "MICROSOFT_APP_PASSWORD": "x", "MICROSOFT_APP_TYPE": "MultiTenant"},
    ],
    ids=["open to all", "no app id", "no tenant", "any tenant"],
)
def test_teams_without_proof_is_refused_off_this_machine(env: dict[str, str]) -> None:
    """S5: an empty app id turns botbuilder's authentication off without a word; here it stops the start."""
    with pytest.raises(BadSettings):
        read(env)


def test_teams_that_is_not_set_up_has_no_door() -> None:
    """S5: no setting of Teams, no Teams; and what is open is open to this machine's own services only."""
    assert read({}).teams is None
    teams = read(OPEN).teams
    assert teams is not None
    assert teams.service_hosts == LOOPBACK
