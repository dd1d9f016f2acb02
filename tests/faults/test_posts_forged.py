"""S3: every button of homes and posts, forged with the ids of somebody else's ask, network and post."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bench.clock import TUESDAY
from bench.straight import Straight, account, words_in
from bot.dispatch import Dispatcher
from handlers import find_routes
from handlers.kit.content import plain
from handlers.kit.context import Context
from handlers.kit.events import Command, Place
from handlers.kit.feature import Feature, Routes
from handlers.kit.posts import NO_HOME, NOT_SET_UP, correct, post
from handlers.kit.replies import Reply, Say
from storage.post_records import Post, PostOutcome
from storage.records import Home
from storage.scheduled import State
from storage.store import Store

HOME = Home("slack", "T01", "C01")
PRESSES = [one for one in find_routes().presses if one.startswith("posts.")]
ARGUMENTS = ("1", "1.1", "1.2", "2.1", "1.0", "999", "999.1", "1.999", "", "x", "1.1.1")


def _people(store: Store) -> dict[str, int]:
    found = {user: store.people.by_account(account(user)) for user in ("ann", "bea", "cal", "kit")}
    return {user: person.id for user, person in found.items() if person}


def _prepared(store: Store) -> tuple[int, Post]:
    """Bea asked in the channel, and something of her network is uncertain."""
    network = store.networks.by_key("sexual-health")
    assert network is not None
    bea = _people(store)["bea"]
    store.networks.make_home(network.id, HOME)
    wanted = store.posts.want(network.id, "posts.hello", f"{network.id}.99", HOME, bea, TUESDAY)
    store.posts.claim("slack", "T01", TUESDAY, 60, "token")
    store.posts.expired(TUESDAY + timedelta(minutes=9), ["slack"], lease_seconds=60)
    store.posts.want(network.id, "posts.hello", f"{network.id}.98", HOME, bea, TUESDAY)
    shown = store.posts.claim("slack", "T01", TUESDAY + timedelta(minutes=20), 60, "shown")
    assert shown is not None
    store.posts.record([PostOutcome(shown.post.id, "shown", State.SENT, TUESDAY, ref="C01:1")])
    return store.places.ask(bea, Home("slack", "T01", "C77"), "", TUESDAY), wanted


async def _rows(straight: Straight) -> tuple[list[object], list[object], list[object]]:
    tables = await straight.tables()
    return tables["networks"], tables["posts"], tables["home_asks"]


async def test_nobody_but_those_who_run_the_network_does_anything(straight: Straight) -> None:
    await straight.store(_prepared)
    before = await _rows(straight)
    for user in ("ann", "kit", "fay"):
        for press in PRESSES:
            for argument in ARGUMENTS:
                reply = await straight.presses(user, press, argument)
                may_read = (user, press, argument) == ("ann", "posts.page", "1.0")
                assert ("From now on I show here" in words_in(reply)) == may_read
    assert await _rows(straight) == before


async def test_a_home_is_made_only_where_one_asked_oneself_and_only_of_ones_own_network(straight: Straight) -> None:
    """A leader runs the network too, but does not choose its home; Kit co-ordinates another one."""
    ask_id, _ = await straight.store(_prepared)
    cals = await straight.store(lambda store: store.places.ask(_people(store)["cal"], HOME, "", TUESDAY))
    before = await _rows(straight)
    for user, argument in (
        ("cal", f"{cals}.1"),
        ("cal", f"{ask_id}.1"),
        ("kit", f"{ask_id}.2"),
        ("bea", f"{ask_id}.2"),
    ):
        assert "Done." not in words_in(await straight.presses(user, "posts.home", argument))
    assert await _rows(straight) == before
    assert "Done." in words_in(await straight.presses("bea", "posts.home", f"{ask_id}.1"))
    again = await straight.presses("bea", "posts.home", f"{ask_id}.1")
    assert "Done." in words_in(again)
    found = await straight.store(lambda store: [one.turn for one in store.posts.wanted_by(_people(store)["bea"])])
    assert found == [0, 0, 0], "pressed twice it greets once"


async def test_a_member_reads_what_is_shown_and_nothing_of_what_is_in_trouble(straight: Straight) -> None:
    await straight.store(_prepared)
    member, leader = await straight.says("ann", "posts"), await straight.says("cal", "posts")
    assert ("may or may not" in words_in(member), "may or may not" in words_in(leader)) == (False, True)


async def test_a_press_that_comes_late_changes_nothing(straight: Straight) -> None:
    _, wanted = await straight.store(_prepared)
    await straight.presses("bea", "posts.there", str(wanted.id))
    for press in ("posts.there", "posts.again"):
        assert "needs nothing from you" in words_in(await straight.presses("bea", press, str(wanted.id)))
    stands = await straight.store(lambda store: store.posts.by_id(wanted.id))
    assert stands is not None
    assert stands.state is State.SENT


@pytest.fixture
def newsroom(straight: Straight) -> Straight:
    """A feature that posts what its command is given, in a bot that is not set up on Teams."""
    feature = Feature("news")

    @feature.command("tell", does="Post it")
    def tell(command: Command, rest: str, context: Context) -> Reply:
        network = context.store.networks.by_key("sexual-health")
        assert network is not None
        return Say(plain(f"It is {post(context, network, 'news.told', rest).state}."))

    @feature.command("mend", does="Put it right")
    def mend(command: Command, rest: str, context: Context) -> Reply:
        network = context.store.networks.by_key("sexual-health")
        assert network is not None
        return Say(plain("begun" if correct(context, network, "news.told", rest) else "not there"))

    routes = Routes([*find_routes().features, feature])
    on = frozenset({"slack", "web"})
    straight.dispatch = Dispatcher(straight.units, routes, straight.clock, straight.metrics, on)
    return straight


async def test_what_cannot_be_posted_is_refused_in_words_when_it_is_wanted(newsroom: Straight) -> None:
    def moved(store: Store, home: Home) -> None:
        network = store.networks.by_key("sexual-health")
        assert network is not None
        store.networks.make_home(network.id, home)

    assert words_in(await newsroom.says("bea", "tell 1")).startswith(NO_HOME)
    await newsroom.store(lambda store: moved(store, Home("teams", "T", "C")))
    assert words_in(await newsroom.says("bea", "tell 1")).startswith(NOT_SET_UP)
    await newsroom.store(lambda store: moved(store, HOME))
    assert "Only those who run the network" in words_in(await newsroom.says("ann", "tell 1"))
    assert "Only those who run the network" in words_in(await newsroom.says("ann", "mend 1"))
    assert "It is planned." in words_in(await newsroom.says("cal", "tell 1"))
    assert "It is planned." in words_in(await newsroom.says("bea", "tell 1"))
    assert len((await newsroom.tables())["posts"]) == 1
    assert "not there" in words_in(await newsroom.says("bea", "mend 1"))


async def test_a_channel_that_tells_its_address_is_known_from_then_on(straight: Straight) -> None:
    place = Place("teams", "T", "C9", private=False, address="at the channel")
    said = Command(id="1", sender=account("ann"), place=place, text="help")
    await straight.dispatch(said)
    of_stranger = Command(id="2", sender=account("sam"), place=Place("teams", "T", "C8", False, "x"), text="help")
    await straight.dispatch(of_stranger)

    def kept(store: Store) -> list[str | None]:
        return [store.places.address_of(Home("teams", "T", place)) for place in ("C9", "C8")]

    assert await straight.store(kept) == ["at the channel", None], "nothing is kept of a stranger"
