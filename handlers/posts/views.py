"""What is said of homes and posts: records in, messages out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.kit import choosing
from handlers.kit.content import Block, Bold, Button, Example, Heading, Message, Paragraph, paragraph, plain
from handlers.kit.posts import TAKEN_BACK, moment, told
from storage.post_records import Post
from storage.records import Home, Network
from storage.scheduled import State

PAGE = 3
"""Posts on one page: each may be as long as a message."""
PLATFORMS = {"slack": "Slack", "teams": "Teams", "web": "the browser"}

NOT_YOURS = "Only a co-ordinator can choose their network’s home. You can ask yours."
IN_PRIVATE = "Go to the channel that shall be the home, mention me there, and write: make this our home"
ASK_ANEW = "Please ask there anew: mention me and write make this our home."
NOT_IN = "You are not in that network, so you can’t see what it posts."
NOT_UNCERTAIN = "That post needs nothing from you any more. Type posts to see how it stands."


def make_home(networks: Sequence[Network], ask_id: int, *, is_page: bool) -> Message:
    """Says what a home is, and asks for which network this shall be it."""
    where = "a page here in the browser" if is_page else "this channel"
    readers = "Everyone in the network can read it." if is_page else "Everyone in this channel will read it."
    means = f"A home is where I show what a network posts. Shall {where} be one? {readers}"
    body: list[Block] = [paragraph(means)]
    body += [
        paragraph(f"The home of {one.name} is in {PLATFORMS[one.home.platform]} now.") for one in networks if one.home
    ]
    buttons = (Button(f"Home of {one.name}", "posts.home", f"{ask_id}.{one.id}") for one in networks)
    return Message(means, tuple(body), tuple(buttons))


def is_home(network: Network, post_id: int) -> Message:
    """The home is made."""
    said = f"Done. This is the home of {network.name} now. I am saying hello there."
    return plain(said, Button("See if it worked", "posts.how", str(post_id)))


def hello(network: Network) -> Message:
    """What is posted first to a new home."""
    heading = f"The home of {network.name}"
    body = "From now on I show here what this network posts. I keep nothing of what people say to each other here."
    again = "Type posts to me to read it again."
    return Message(f"{heading}. {body}", (Heading(heading), paragraph(body), paragraph(again)))


def how(network: Network, post: Post, zone: ZoneInfo) -> Message:
    """How it stands with one post."""
    blocks = told(post, zone)
    again = () if post.state in (State.SENT, State.DROPPED) else (Button("Look again", "posts.how", str(post.id)),)
    all_of_them = Button("See the posts", "posts.page", f"{network.id}.0")
    return Message(f"A post of {network.name}", (Heading(f"A post of {network.name}"), *blocks), (*again, all_of_them))


def which_network(networks: Sequence[Network]) -> Message:
    """Asks whose posts to read."""
    return choosing.which_network("Whose posts do you want to read?", networks, "posts.page", ".0")


@dataclass(frozen=True, slots=True)
class Board:
    """What a network posted, as one reader sees it: `shown` with what each says now, None where it was taken back.

    `unsettled` is for those who run the network; `total` is how many posts are shown on all pages.
    """

    network: Network
    shown: Sequence[tuple[Post, Message | None]]
    total: int
    page: int
    zone: ZoneInfo
    unsettled: Sequence[Post] = ()


def board(seen: Board) -> Message:
    """What was posted, newest first; before it what needs those who run the network."""
    title = f"Posts of {seen.network.name}"
    body: list[Block] = [Heading(title)]
    for post in seen.unsettled:
        body += [paragraph(f"Asked for on {moment(post.wanted_at, seen.zone)}:"), *told(post, seen.zone)]
    for post, message in seen.shown:
        body.append(Heading(f"Posted on {moment(post.sent_at or post.wanted_at, seen.zone)}"))
        body += _words(message) if message else [paragraph(TAKEN_BACK)]
    if not seen.shown:
        body.append(paragraph("Nothing has been posted yet. Ask your co-ordinator if you wait for something."))
    return Message(title, tuple(body), tuple(_turns(seen)))


def _words(message: Message) -> Sequence[Block]:
    """What a post says, under a heading that is there already."""
    body = message.body or (paragraph(message.summary),)
    return [Paragraph((Bold(block.text),)) if isinstance(block, Heading) else block for block in body]


def _turns(seen: Board) -> Iterable[Button]:
    if seen.page:
        yield Button("Newer", "posts.page", f"{seen.network.id}.{seen.page - 1}")
    if (seen.page + 1) * PAGE < seen.total:
        yield Button("Older", "posts.page", f"{seen.network.id}.{seen.page + 1}")


def settled(sentence: str, network: Network) -> Message:
    """What came of a press on an uncertain post."""
    return plain(sentence, Button("See the posts", "posts.page", f"{network.id}.0"))


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    zone, at = ZoneInfo("Europe/London"), datetime(2027, 5, 3, 13, 15, tzinfo=UTC)
    network = Network(7, "sh", "Ann <Example> & *Co*", "", None, Home("teams", "T", "C"))
    other = Network(8, "mt", "Medical Training Voices", "", None)
    sent = Post(
        12, 7, "posts.hello", "7.1", 0, Home("slack", "T01", "C01"), 5, at, State.SENT, ref="C01:1.2", sent_at=at
    )
    linked = replace(sent, link="https://example.slack.com/archives/C01/p12")
    yield Example("make_home", make_home([network, other], 4, is_page=False))
    yield Example("make_page", make_home([other], 4, is_page=True))
    yield Example("is_home", is_home(network, 12))
    yield Example("hello", hello(network))
    yield Example("how", how(network, linked, zone))
    yield Example("which", which_network([network, other]))
    yield Example("none_yet", board(Board(network, [], 0, 0, zone)))
    unshown = replace(sent, ref="", sent_at=None)
    unsettled = [
        replace(unshown, id=20, state=State.PLANNED),
        replace(unshown, id=21, state=State.PLANNED, why="Slack asked us to wait."),
        replace(unshown, id=22, state=State.UNKNOWN, why="the line to Teams broke off"),
        replace(unshown, id=23, state=State.GAVE_UP, why="Weaver is not in that channel. Type /invite @Weaver there."),
        replace(unshown, id=24, state=State.DROPPED, why="The network has another home by now."),
        replace(sent, id=30, state=State.GAVE_UP, why="Slack could not be reached"),
        replace(sent, id=31, state=State.PLANNED),
    ]
    unsettled = [replace(one, wanted_at=at - timedelta(hours=number)) for number, one in enumerate(unsettled)]
    shown = [(replace(linked, corrected_at=at), hello(network)), (sent, None)]
    yield Example("board", board(Board(network, shown, 9, 1, zone, unsettled)))
    yield Example("settled", settled("Good. I have noted that it is there.", network))
