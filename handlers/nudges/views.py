"""Shows what is sent unasked, and what its buttons answer."""

from collections.abc import Iterable, Sequence

from handlers.kit.content import Block, Button, Buttons, Example, Message, paragraph
from handlers.kit.occasions import Item
from handlers.kit.text import counted

MOST_ITEMS = 12
"""Lines of one message: more than that is a list that nobody reads, and would not fit one message of Slack."""

HALVED = "The last two had no answer, so I now write half as often. Is that right?"


def nudge(
    name: str,
    delivery_id: int,
    items: Sequence[Item],
    *,
    is_again: bool = False,
    was_put_off: bool = False,
    asks_whether_right: bool = False,
) -> Message:
    """One message with a line for each thing that waits, its button beneath, and below all what one can do about it."""
    opening = f"Hello {first_name(name)}."
    if is_again:
        opening += " This is a reminder, and the only one."
    elif was_put_off:
        opening += " You asked me to come back to this."
    body: list[Block] = [paragraph(opening)]
    for item in items[:MOST_ITEMS]:
        body.append(paragraph(item.text))
        if item.button:
            body.append(Buttons((item.button,)))
    if more := len(items) - MOST_ITEMS:
        body += [paragraph(f"{counted(more, 'more waits', 'more wait')} for the next time.")] if more > 0 else []
    if asks_whether_right:
        body += [paragraph(HALVED), Buttons(right_or_before(delivery_id))]
    return Message(f"{opening} {items[0].text}", tuple(body), _actions(delivery_id))


def first_name(name: str) -> str:
    """What someone is greeted by: the first word of their name, or the one after a title."""
    words = name.split()
    titled = len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES
    return words[1 if titled else 0] if words else "there"


_TITLES = ("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev")


def right_or_before(delivery_id: int) -> tuple[Button, ...]:
    """The two answers to whether half as often is right."""
    return (
        Button("Yes, that is right", "nudges.right", str(delivery_id)),
        Button("No, as before", "nudges.before", str(delivery_id)),
    )


def _actions(delivery_id: int) -> tuple[Button, ...]:
    own = str(delivery_id)
    return (
        Button("Later", "nudges.later", own),
        Button("Skip this one", "nudges.skip", own),
        Button("Less often", "nudges.less", own),
        Button("Stop", "nudges.stop", own),
        Button("Why did I get this?", "nudges.why", own),
    )


def examples() -> Iterable[Example]:
    """Every message of this conversation, as it looks in use."""
    ask = Item(
        "Your check-in for Sexual Health Improvement Network is due. It takes about two minutes.",
        Button("Check in", "checkins.record", "7", opens_form=True, primary=True),
    )
    yield Example("nudge", nudge("Ann <Example> & *Co*", 12, [ask]))
    yield Example("nudge_again", nudge("Dr Ann Example", 12, [ask], is_again=True))
    yield Example("nudge_put_off", nudge("Ann Example", 12, [ask], was_put_off=True))
    yield Example("nudge_halved", nudge("Ann Example", 12, [ask], asks_whether_right=True))
