"""The routes of homes and posts."""

from dataclasses import replace
from datetime import timedelta

from handlers.kit import posts
from handlers.kit.arguments import ids
from handlers.kit.choosing import NO_NETWORK, co_ordinated
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.feature import Feature
from handlers.kit.happenings import DataAsked
from handlers.kit.occasions import Desk, Drop
from handlers.kit.replies import Replace, Reply, Say
from handlers.posts import views
from storage.post_records import Post
from storage.records import Home, Network, Role

feature = Feature("posts", examples=views.examples)
HELLO = "posts.hello"
SENT_AGAIN, SEEN = "posted once more", "saw that a post is there"
"""What the audit log says."""
LOOKED_BACK = timedelta(days=30)
MOST_UNSETTLED = 5


@feature.command(
    "make this our home",
    does="Choose where your network’s posts are shown",
    roles=(Role.COORDINATOR,),
    order=68,
)
def ask_for_home(command: Command, rest: str, context: Context) -> Reply:
    """Asked in the place itself: says what it means, with a button for each network that one co-ordinates."""
    networks, place = co_ordinated(context), command.place
    if not networks:
        raise Refusal(views.NOT_YOURS)
    if place.private and not place.has_pages:
        raise Refusal(views.IN_PRIVATE)
    where = Home(place.platform, place.workspace, "" if place.has_pages else place.id)
    ask_id = context.store.places.ask(context.person.id, where, place.address, context.now)
    return Say(views.make_home(networks, ask_id, is_page=place.has_pages))


@feature.press("home")
def make_home(press: Press, context: Context) -> Reply:
    """Make the place where this person asked for it the home of their network, and say hello there."""
    ask_id, network_id = ids(press.argument, 2)
    ask = context.store.places.asked(ask_id)
    if ask is None or ask.person_id != context.person.id:
        raise NotAllowed("a place where somebody else asked", views.ASK_ANEW)
    if not context.person.holds(Role.COORDINATOR, network_id):
        raise NotAllowed(f"the home of network {network_id}", views.NOT_YOURS)
    context.store.networks.hold(network_id)
    network = context.store.networks.by_id(network_id)
    assert network is not None, "a co-ordinator's network is there"
    # Where a platform keeps a page for each network, the page is called as the network is.
    home = ask.place if ask.place.place else replace(ask.place, place=network.key)
    if network.home != home:
        context.store.networks.make_home(network_id, home)
        context.audit(posts.HOME_MADE, f"network {network_id}")
    made = context.store.networks.by_id(network_id) or network
    hello = posts.post(context, made, HELLO, f"{network_id}.{ask_id}")
    return Replace(views.is_home(made, hello.id))


@feature.post("hello")
def say_hello(argument: str, network: Network, desk: Desk) -> Message | Drop:
    """What a new home is greeted with."""
    return views.hello(network)


@feature.command("posts", does="Read what your network has posted", order=23)
def show_posts(command: Command, rest: str, context: Context) -> Reply:
    """What was posted, newest first; whoever is in several networks chooses one."""
    networks = context.store.networks.by_ids(context.person.network_ids)
    if not networks:
        raise Refusal(NO_NETWORK)
    return Say(views.which_network(networks) if len(networks) > 1 else _board(networks[0], 0, context))


@feature.press("page")
def turn_page(press: Press, context: Context) -> Reply:
    """One page of what a network posted; the argument is `network.page`."""
    network_id, page = ids(press.argument, 2)
    network = context.store.networks.by_id(network_id)
    if network is None or network_id not in context.person.network_ids:
        raise NotAllowed("another network's posts", views.NOT_IN)
    return Replace(_board(network, page, context))


def _board(network: Network, page: int, context: Context) -> Message:
    store, desk = context.store, Desk(context.store, context.now, context.programme, context.routes)
    shown = store.posts.shown_in(network.id, views.PAGE, page * views.PAGE)
    drawn = [(one, _words(one, network, desk, context)) for one in shown]
    since = context.now - LOOKED_BACK
    runs = context.person.runs(network.id) and not page
    unsettled = store.posts.unsettled_in(network.id, since, MOST_UNSETTLED) if runs else []
    return views.board(views.Board(network, drawn, store.posts.count_shown(network.id), page, context.zone, unsettled))


def _words(post: Post, network: Network, desk: Desk, context: Context) -> Message | None:
    """What a post that is shown would say now; None where it was taken back."""
    kind = context.routes.posts.get(post.kind)
    drawn = kind.draw(post.argument, network, desk) if kind else None
    return drawn if isinstance(drawn, Message) else None


@feature.press("how")
def show_how(press: Press, context: Context) -> Reply:
    """How it stands with one post."""
    post, network = _own(press.argument, context)
    return Replace(views.how(network, post, context.zone))


@feature.press("again")
def post_again(press: Press, context: Context) -> Reply:
    """Post what is uncertain, was given up or left out once more; a second press finds it done."""
    post, network = _own(press.argument, context)
    newest = context.store.posts.of(post.kind, post.argument)
    home = post.home if post.is_shown else posts.home_of(context, network)
    is_newest = newest is not None and newest.id == post.id
    if not is_newest or not context.store.posts.send_again(post.id, home, context.person.id, context.now):
        return Say(views.settled(views.NOT_UNCERTAIN, network))
    context.audit(SENT_AGAIN, f"network {network.id} {post.kind}")
    return Replace(views.settled("I am posting it once more.", network))


@feature.press("there")
def say_it_is_there(press: Press, context: Context) -> Reply:
    """Somebody has looked, and an uncertain post is there."""
    post, network = _own(press.argument, context)
    if not context.store.posts.is_there(post.id, context.now):
        return Say(views.settled(views.NOT_UNCERTAIN, network))
    context.audit(SEEN, f"network {network.id} {post.kind}")
    return Replace(views.settled("Good. I have noted that it is there.", network))


def _own(argument: str, context: Context) -> tuple[Post, Network]:
    """The post with that id and its network, held. Raises NotAllowed for all but those who run it."""
    post = context.store.posts.by_id(ids(argument, 1)[0])
    network = context.store.networks.by_id(post.network_id) if post else None
    if post is None or network is None or not context.person.runs(network.id):
        raise NotAllowed("a post of another network", views.NOT_IN)
    context.store.networks.hold(network.id)
    return context.store.posts.by_id(post.id) or post, network


@feature.hears(DataAsked)
def add_posts(asked: DataAsked, context: Context) -> None:
    """What the person had posted, and when: the words are kept with what was posted."""
    mine = context.store.posts.wanted_by(asked.person_id)
    names = {one.id: one.name for one in context.store.networks.by_ids(tuple({post.network_id for post in mine}))}
    lines = [f"- {posts.moment(one.wanted_at, context.zone)}: a post for {names[one.network_id]}" for one in mine]
    asks = context.store.places.asked_by(asked.person_id)
    lines += [
        f"- {posts.moment(at, context.zone)}: you asked for a home in {views.PLATFORMS[one.platform]}"
        for one, at in asks
    ]
    if lines:
        asked.sections.append(("Homes and posts", "\n".join(lines)))
