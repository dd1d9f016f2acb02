"""Posts to a network's home: what a feature declares, how one is wanted, drawn and told of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.kit.content import Block, Button, Buttons, Link, Message, Paragraph, plain
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.occasions import Desk, Drop
from handlers.kit.text import day
from handlers.kit.times import time_in_words
from storage.post_records import Post
from storage.records import Home, Network
from storage.scheduled import State

if TYPE_CHECKING:
    from handlers.kit.context import Context

Draw = Callable[[str, Network, Desk], Message | Drop]
"""Called with the argument of a post when it is about to be shown or put right: what it says, in today's words and
rights. Whoever is in the channel reads it, so nothing may stand in it that not everyone in the network may read. Drop,
with the reason as a sentence: it is not posted; and where it is shown already, it is taken back."""

NO_HOME = "Your network has no home yet. Go to its channel, mention me there, and write: make this our home"
NOT_SET_UP = (
    "Your network’s home is on a platform where I am not set up. Ask whoever runs Weaver, or choose another home."
)
NO_MORE = "I do not know any more what this was."
NOT_THEIRS = "Whoever asked for it does not run this network any more."
MOVED = "The network has another home by now. Post it again, and it goes there."
TAKEN_BACK = "This was taken back by those who run the network."
HOME_MADE, WANTED, CORRECTED = "made a network's home", "posted to the home", "corrected a post"
"""What the audit log says."""


@dataclass(frozen=True, slots=True)
class PostKind:
    """Something that a feature can post to a network's home. `name` is `feature.action`."""

    name: str
    draw: Draw


def post(context: "Context", network: Network, kind: str, argument: str) -> Post:
    """Have it posted to the network's home; returns how it stands. Wanted twice it is posted once.

    Only for those who run the network. Raises NotAllowed for others, and Refusal, with the mend, where the network has
    no home that can be posted to.
    """
    if not context.person.runs(network.id):
        raise NotAllowed(f"posting for network {network.id}", "Only those who run the network can post for it.")
    context.store.networks.hold(network.id)
    home = home_of(context, network)
    before = context.store.posts.of(kind, argument)
    wanted = context.store.posts.want(network.id, kind, argument, home, context.person.id, context.now)
    if before is None or wanted.id != before.id:
        context.audit(WANTED, f"network {network.id} {kind}")
    return wanted


def home_of(context: "Context", network: Network) -> Home:
    """The network's home. Raises Refusal, with the mend, where it has none that can be posted to."""
    if network.home is None:
        raise Refusal(NO_HOME)
    if context.posts_on is not None and network.home.platform not in context.posts_on:
        raise Refusal(NOT_SET_UP)
    return network.home


def correct(context: "Context", network: Network, kind: str, argument: str) -> bool:
    """Have what is shown say what it would say today, in its place; False where it is not shown, or being put right.

    Only for those who run the network: raises NotAllowed for others.
    """
    if not context.person.runs(network.id):
        raise NotAllowed(f"correcting a post of network {network.id}", "Only those who run the network can do that.")
    shown = context.store.posts.of(kind, argument)
    if shown is None or shown.network_id != network.id:
        return False
    is_begun = context.store.posts.correct(shown.id, context.person.id)
    if is_begun:
        context.audit(CORRECTED, f"network {network.id} {kind}")
    return is_begun


def draw(wanted: Post, desk: Desk, kinds: Mapping[str, PostKind]) -> Message | Drop:
    """What the post says now, if it may still be shown; what is shown already always gets a message."""
    network, kind = desk.store.networks.by_id(wanted.network_id), kinds.get(wanted.kind)
    if network is None or kind is None:
        return Drop(NO_MORE)
    if not wanted.is_shown:
        asker = desk.store.people.by_id(wanted.wanted_by) if wanted.wanted_by is not None else None
        if asker is None or not asker.runs(network.id):
            return Drop(NOT_THEIRS)
        if network.home != wanted.home:
            return Drop(MOVED)
    drawn = kind.draw(wanted.argument, network, desk)
    return plain(TAKEN_BACK) if isinstance(drawn, Drop) and wanted.is_shown else drawn


def told(post: Post, zone: ZoneInfo) -> tuple[Block, ...]:
    """How it stands with a post, for those who run the network: a sentence or two, a link, and what they can do."""
    spans = (_standing(post, zone), " ", Link("See it there.", post.link)) if post.link else (_standing(post, zone),)
    buttons = tuple(_ways_on(post, f"asked for on {moment(post.wanted_at, zone)}"))
    return (Paragraph(spans), Buttons(buttons)) if buttons else (Paragraph(spans),)


def _standing(post: Post, zone: ZoneInfo) -> str:
    if post.state is State.SENT:
        put_right = f" Put right on {moment(post.corrected_at, zone)}." if post.corrected_at else ""
        return f"Posted on {moment(post.sent_at or post.wanted_at, zone)}.{put_right}"
    why = _sentence(post.why)
    if post.is_shown:
        is_over = post.state is State.GAVE_UP
        return f"It is not quite as it should be.{why}" if is_over else f"I am putting right what is shown.{why}"
    if post.state is State.UNKNOWN:
        return f"It may or may not be shown.{why} Please look there first."
    if post.state is State.GAVE_UP:
        return f"It could not be posted.{why}"
    if post.state is State.DROPPED:
        return f"It was not posted.{why}"
    return f"It is not posted yet.{why} I am trying again." if post.why else "It is on its way to the network’s home."


def _ways_on(post: Post, about: str) -> Iterator[Button]:
    is_uncertain = post.state is State.UNKNOWN and not post.is_shown
    if is_uncertain:
        yield Button("It is there", "posts.there", str(post.id), about=about)
    if is_uncertain or post.state in (State.GAVE_UP, State.DROPPED):
        yield Button("Try again" if post.is_shown else "Post it again", "posts.again", str(post.id), about=about)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A moment as "3 May 2027 at 2.15pm"."""
    local = at.astimezone(zone)
    return f"{day(local.date())} at {time_in_words(local.time())}"


def _sentence(why: str) -> str:
    """A reason as a sentence of its own, a space before it; "" for none."""
    return f" {why[0].upper()}{why[1:].rstrip('.')}." if why else ""
