"""What a pulse looks like: its form, what it came to, and what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit import choosing
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Choice,
    Form,
    Heading,
    Message,
    Question,
    Series,
    Table,
    Wheel,
    paragraph,
    plain,
)
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day, shortened
from handlers.pulse import rules
from prompts.review import ATTRIBUTION, Statement
from storage.pulse_records import Pulse, PulseFigure
from storage.records import Audience, Network, QuestionKind

WHO_SEES = (
    "Nobody sees your answers. Your network sees the range, the middle and how many answered, if five or more do. "
    "Those who run the network may show that to the faculty."
)
WHAT = "A pulse is five choices about how the network is now. It takes everyone two minutes."
TOO_FEW = (
    "Fewer than five people answered, so there is nothing to show, and what they answered is deleted. "
    "That happens, and it says nothing about anyone."
)
ASK_THEM = "You can ask people to say it to each other when you next meet."
NOT_SHOWN = "not shown"
WHY_NOT = (
    f"“{NOT_SHOWN.capitalize()}” means that too few answered, or that their answers were so alike that they would tell "
    "what someone said."
)
CLEARER = "A lower level than before may mean that people see the network more clearly, and not that it got worse."
TALK = (
    "Talk about it before you change anything. What surprised you? What would someone have seen to choose lower?",
    "To look closer together, type diagnostic. To see what you planned, type plan.",
)
NOT_IN_IT = "This pulse is for the people of its network. Type pulse to see what is there for you."
CLOSED = "This pulse has closed, so its answers are counted and deleted. Type pulse to see what it came to."
NOTHING_CHOSEN = "Please choose at least one. To take out all that you answered, press Take my answers out."
ONE_IS_OPEN = "A pulse of this network is open already. Type pulse to see it."
OR_TYPE = f"These are the first {choosing.MOST}. For another, type pulse and part of its name."
NOTHING_FOR_YOU = "No network has shown a pulse to the faculty yet."
TOO_SMALL = "A pulse needs a network of five people or more. In a smaller one, everyone could guess who said what."


@dataclass(frozen=True, slots=True)
class Told:
    """A pulse that came to something, and the day on which it closed."""

    pulse: Pulse
    on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A network's pulse as one person sees it.

    `open`: the pulse that goes on, until `closes_on`; `has_answered`: the person has. `last`, `before`: the newest that
    they can read, and the one before it. `came_to_nothing`: the newest had too few answers. `may_begin`: they may begin
    one now; `next_on`: when one may begin, if that lies ahead. `runs`: they run the network.
    """

    network: Network
    open: Pulse | None = None
    closes_on: date | None = None
    has_answered: bool = False
    last: Told | None = None
    before: Told | None = None
    came_to_nothing: bool = False
    may_begin: bool = False
    next_on: date | None = None
    runs: bool = False


def page(seen: Seen, said: str = "") -> Message:
    """The network's pulse: what goes on, what the last one came to, and what can be done."""
    title = f"Pulse of {seen.network.name}"
    body: list[Block] = [Heading(title), *([paragraph(said)] if said else []), *_standing(seen)]
    if seen.last is not None:
        body.extend(_came_to(seen.last, seen.before))
    return Message(said or title, tuple(body), tuple(_buttons(seen)))


def _standing(seen: Seen) -> Iterator[Block]:
    if seen.open is not None and seen.closes_on is not None:
        until = f"A pulse is open until {day(seen.closes_on)}."
        yield paragraph(f"{until} You can change your answers until then." if seen.has_answered else f"{until} {WHAT}")
        yield paragraph(WHO_SEES)
        return
    if seen.came_to_nothing:
        yield paragraph(TOO_FEW)
        yield paragraph(ASK_THEM)
    elif seen.last is None:
        yield paragraph(f"There has been no pulse of this network so far. {WHAT}")
    if seen.may_begin:
        yield paragraph("You can begin one. Then I ask everyone in the network.")
        yield paragraph(WHO_SEES)
    elif seen.last is None and not seen.runs:
        yield paragraph("You can ask your co-ordinator to begin one.")
    elif seen.runs and seen.next_on:
        yield paragraph(f"The next one can begin on {day(seen.next_on)}. Three months lie between two pulses.")


def _buttons(seen: Seen) -> Iterator[Button]:
    name = seen.network.name
    if seen.open is not None:
        yield _answer(seen.open, seen.network, "Change my answers" if seen.has_answered else "Answer")
        if seen.has_answered:
            yield _out(seen.open, seen.network)
    if seen.may_begin:
        sure = f"Ask everyone in {shortened(name, 100)} now? The next pulse can begin in three months."
        yield Button("Begin a pulse", "pulse.begin", str(seen.network.id), confirm=sure, primary=True, about=name)
    if seen.last is not None and seen.runs:
        yield _sharing(seen.last.pulse)
    if seen.before is not None:
        yield Button("The one before", "pulse.came_to", str(seen.before.pulse.id), about=name)


def _answer(pulse: Pulse, network: Network, label: str) -> Button:
    is_first = label == "Answer"
    return Button(label, "pulse.answer", str(pulse.id), opens_form=True, primary=is_first, about=network.name)


def _out(pulse: Pulse, network: Network) -> Button:
    sure = "Take all of your answers out of this pulse?"
    return Button("Take my answers out", "pulse.out", str(pulse.id), danger=True, confirm=sure, about=network.name)


def _sharing(pulse: Pulse) -> Button:
    if pulse.audience >= Audience.FACULTY:
        return Button("Only for the network", "pulse.narrow", str(pulse.id))
    sure = "Let the faculty see the range, the middle and how many answered?"
    return Button("Show it to the faculty", "pulse.share", str(pulse.id), confirm=sure)


def came_to(network: Network, told: Told, before: Told | None) -> Message:
    """What one pulse came to."""
    title = f"Pulse of {network.name}"
    back = Button("The newest", "pulse.show", str(network.id), about=network.name)
    earlier = (Button("The one before", "pulse.came_to", str(before.pulse.id), about=network.name),) if before else ()
    return Message(title, (Heading(title), *_came_to(told, before)), (back, *earlier))


def _came_to(told: Told, before: Told | None) -> Iterator[Block]:
    yield paragraph(Bold(f"What it came to on {day(told.on)}. "), _answered(told.pulse), _who_can_see(told.pulse))
    if told.pulse.figures:
        yield _wheel(told, before)
    else:
        yield paragraph("None of the five can be shown.")
    if len(told.pulse.figures) < len(rules.statements()):
        yield paragraph(WHY_NOT)
    if before is not None:
        yield paragraph(CLEARER)
    yield from map(paragraph, TALK)
    yield paragraph(ATTRIBUTION)


def _answered(pulse: Pulse) -> str:
    people = counted(pulse.answered or 0, "person", "people")
    return f"{people} answered; the network had {counted(pulse.asked, 'person', 'people')} when it began. "


def _who_can_see(pulse: Pulse) -> str:
    wide = pulse.audience >= Audience.FACULTY
    return "The network and the faculty can see this." if wide else "Everyone in the network can see this."


def _wheel(told: Told, before: Told | None) -> Wheel:
    asked = rules.statements()
    rings = [told, *([before] if before else [])]
    series = tuple(Series(day(one.on), tuple(_middle(one.pulse, each.key) for each in asked)) for one in rings)
    axes = tuple(one.dimension.value.capitalize() for one in asked)
    return Wheel("The five, now", summary(told.pulse), axes, series, _table(told, before))


def _middle(pulse: Pulse, key: str) -> float | None:
    figure = pulse.figures.get(key)
    return figure.middle if figure else None


def summary(pulse: Pulse) -> str:
    """What the pulse came to, in a sentence."""
    shown = [
        f"{one.dimension.value} {figure.middle:g} (from {figure.low} to {figure.high})"
        for one in rules.statements()
        if (figure := pulse.figures.get(one.key))
    ]
    return f"The middle of the answers, from 1 to 5: {', '.join(shown) or NOT_SHOWN}."


def _table(told: Told, before: Told | None) -> Table:
    earlier = (f"Middle on {day(before.on)}",) if before else ()
    columns = ("What was asked", "Lowest", "Highest", "Middle", "Answered", *earlier)
    rows = tuple(
        (_asked(one), *_cells(told.pulse.figures.get(one.key)), *_was(before, one.key)) for one in rules.statements()
    )
    caption = f"The levels that people chose by {day(told.on)}, from 1 to 5, and how many answered"
    return Table(caption, columns, rows)


def _asked(one: Statement) -> str:
    return f"{one.dimension.value.capitalize()}: {one.text}"


def _cells(figure: PulseFigure | None) -> tuple[str, ...]:
    if figure is None:
        return (NOT_SHOWN,) * 4
    return str(figure.low), str(figure.high), f"{figure.middle:g}", str(figure.people)


def _was(before: Told | None, key: str) -> tuple[str, ...]:
    if before is None:
        return ()
    was = _middle(before.pulse, key)
    return (NOT_SHOWN if was is None else f"{was:g}",)


def answer_form(pulse: Pulse, network: Network, closes_on: date, standing: dict[str, int]) -> Form:
    """The five choices; who sees what comes of them stands above."""
    questions = tuple(
        Question(
            one.key, one.text, QuestionKind.CHOICE,
            hint=f"{one.dimension.value.capitalize()}. You can leave this out.",
            choices=tuple(Choice(str(level), f"{level}: {words}") for level, words in enumerate(one.levels, 1)),
            value=str(standing[one.key]) if one.key in standing else None,
        )
        for one in rules.statements()
    )  # fmt: skip
    until = f"You can change your answers until {day(closes_on)}."
    intro = f"How is {shortened(network.name, 100)} now? Choose what fits best. {WHO_SEES} {until}"
    return Form("pulse.answer", "Two-minute pulse", questions, str(pulse.id), (intro,), "Keep")


def line(pulse: Pulse, network: Network, closes_on: date, *, again: bool = False) -> Item:
    """The line that asks for an answer; `again`: the one reminder."""
    opening = (
        f"The pulse of {network.name} is open until {day(closes_on)}. Your two minutes would still help."
        if again
        else f"{network.name} has a pulse: five choices about how it is now. It takes two minutes."
    )
    button = Button("Answer", "pulse.answer", str(pulse.id), opens_form=True, about=network.name)
    return Item(f"{opening} Nobody sees your answers.", button)


def which_network(networks: Sequence[Network]) -> Message:
    """Asks someone who can see several."""
    return choosing.which_network("Whose pulse do you want to see?", networks, "pulse.show", or_type=OR_TYPE)


def began(network: Network, closes_on: date) -> str:
    """Says that a pulse has begun, and how people hear of it."""
    return (
        f"The pulse of {network.name} has begun. Everyone finds a line about it in a message next week, and again "
        f"two weeks later. It closes by itself on {day(closes_on)}."
    )


def answered(pulse: Pulse, network: Network, closes_on: date) -> Message:
    """Says that the answers are kept."""
    text = f"It is kept. Nobody sees your answers. You can change them until {day(closes_on)}."
    return plain(text, _answer(pulse, network, "Change my answers"), _out(pulse, network))


def taken_out(pulse: Pulse, network: Network) -> Message:
    """Says that the person's answers are gone."""
    text = f"Your answers are taken out of the pulse of {network.name}. Nothing of them is kept."
    return plain(text, _answer(pulse, network, "Answer"))


def has_closed(network: Network, pulse: Pulse) -> Item:
    """The line to whoever began it."""
    text = f"The pulse of {network.name} has closed."
    if pulse.answered is None:
        return Item(f"{text} {TOO_FEW} {ASK_THEM}")
    said = f"{text} {_answered(pulse).strip()} Everyone in the network can see what it came to."
    return Item(said, Button("See it", "pulse.came_to", str(pulse.id), about=network.name))


def not_yet(next_on: date) -> str:
    """Why no pulse can begin now."""
    return f"Three months lie between two pulses. The next one can begin on {day(next_on)}."


def nothing_yet(network: Network) -> Message:
    """There is nothing that this reader may see."""
    return plain(f"{network.name} has not shown a pulse to the faculty. You can ask those who run it.")
