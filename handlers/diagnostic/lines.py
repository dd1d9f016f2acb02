"""Words a review's lines in letters and on people's own page: who asks, of which network, how long, who will see it."""

from collections.abc import Callable

from handlers.diagnostic.rules import MINUTES, PARTS
from handlers.kit.content import Button
from handlers.kit.occasions import Item
from handlers.kit.text import shortened
from storage.review_records import Review

Line = Callable[[Review, str, str, int], Item]
"""Called with the review, its network's name, who began it ("" where that is not known), and the part to go on with
(0: nothing is answered yet)."""
WHO_SEES = "Only the people in the review see your answers, without your name."


def invited(review: Review, network: str, by: str, going: int) -> Item:
    """Somebody is asked to take part."""
    name = shortened(network, 100)
    asks = f"{shortened(by, 60)} asks you to take part in" if by else "You are asked to take part in"
    text = f"{asks} a rapid review of {name}. It takes about {MINUTES} minutes, in parts if you like. {WHO_SEES}"
    return Item(text, _answer(review, network, going), _beside(review, network))


def reminded(review: Review, network: str, by: str, going: int) -> Item:
    """The one reminder."""
    name, whose = shortened(network, 100), f" that {shortened(by, 60)} began" if by else ""
    left = f"You are at part {going} of {len(PARTS)}" if going else f"It takes about {MINUTES} minutes"
    text = f"The review of {name}{whose} is open for your answers. {left}, and I do not ask again. {WHO_SEES}"
    return Item(text, _answer(review, network, going), _beside(review, network))


def goes_on(review: Review, network: str, going: int) -> Item:
    """What stands on one's own page while one's answers are not finished."""
    name = shortened(network, 100)
    if not going:
        text = f"Your part in the review of {name} is open. It takes about {MINUTES} minutes."
    else:
        text = f"You are at part {going} of {len(PARTS)} in the review of {name}. You can go on where you stopped."
    return Item(text, _answer(review, network, going))


def to_finish(review: Review, network: str) -> Item:
    """All is answered, and does not count yet."""
    text = f"You have answered every part in the review of {shortened(network, 100)}. Read it over and finish."
    return Item(text, Button("Read it over", "diagnostic.mine", str(review.id), about=network))


def can_begin(review: Review, network: str) -> Item:
    """Everyone has answered, so that the joint session can begin."""
    text = f"Everyone in the review of {shortened(network, 100)} has answered. You can begin the joint session."
    return Item(text, Button("See the review", "diagnostic.open", str(review.network_id), about=network))


def in_session(review: Review, network: str) -> Item:
    """The joint session has begun."""
    text = f"The joint session on {shortened(network, 100)} has begun. You can go on with it."
    return Item(text, Button("Go on", "diagnostic.go_on", str(review.id), about=network))


def _answer(review: Review, network: str, going: int) -> Button:
    label = "Go on" if going else "Answer"
    return Button(label, "diagnostic.answer", str(review.id), opens_form=True, about=network)


def _beside(review: Review, network: str) -> tuple[Button, ...]:
    own = str(review.id)
    return (
        Button("Not for me", "diagnostic.leave", own, about=network),
        Button("What is this?", "diagnostic.what", own, about=network),
    )
