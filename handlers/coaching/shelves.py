"""The question bank as co-ordinators see it: on shelves, some questions switched off, and their network's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.coaching import reasons, style
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Choice,
    Facts,
    Form,
    Heading,
    Message,
    Question,
    pages,
    paragraph,
)  # fmt: skip
from handlers.kit.text import counted, listed
from prompts.coaching import Bank, Part
from prompts.coaching import Question as Asks
from prompts.kinds import Dimension
from storage.coached import OwnQuestion
from storage.records import Network, QuestionKind

PAGE = 8
"""Questions on one page: each has a row of buttons, and Slack takes 50 blocks."""
MOST_OWN = 40
LONGEST = 200
"""Characters of a question that a network adds."""
NOT_YOURS = "Only the co-ordinators of a network can see or change its question bank. Type help to see what you can do."
FULL = f"A network can add up to {MOST_OWN} questions. To add one, take another out first."
THERE = "That question is in the list already. Please change it a little, or close this form."
DIMENSIONS = tuple(Dimension)
QUOTING = len(DIMENSIONS)
OWN = QUOTING + 1
_PARTS = {Part.MEMBER: "members", Part.COORDINATOR: "co-ordinators", Part.LEADER: "leaders"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf of the bank: its number in buttons, its name, and its questions."""

    number: int
    name: str
    questions: tuple[Asks, ...]


def shelves(bank: Bank, own: Sequence[Asks]) -> list[Shelf]:
    """All shelves: one for each dimension, one for what quotes a plan or goal, and the network's own."""
    found = [
        Shelf(number, f"{one.value[:1].upper()}{one.value[1:]}", _of(bank, one))
        for number, one in enumerate(DIMENSIONS)
    ]
    quoting = tuple(one for one in bank.questions if one.slot)
    return [*found, Shelf(QUOTING, "Plans and goals", quoting), Shelf(OWN, "Your own", tuple(own))]


def _of(bank: Bank, dimension: Dimension) -> tuple[Asks, ...]:
    return tuple(one for one in bank.questions if one.dimension is dimension and not one.slot)


def overview(network: Network, all_of_them: Sequence[Shelf], off: frozenset[str], opening: str = "") -> Message:
    """What there is, with a button to each shelf."""
    title = f"Coaching questions of {network.name}"
    body: list[Block] = [paragraph(opening)] if opening else []
    body += [Heading(title), paragraph("People get them only if they turn that on. You never see who does.")]
    body.append(Facts(tuple((one.name, _count(one, off)) for one in all_of_them)))
    looks = (Button(one.name, "coaching.bank", f"{network.id}.{one.number}.0") for one in all_of_them if one.questions)
    return Message(opening or title, tuple(body), (*looks, _add(network)))


def _count(shelf: Shelf, off: frozenset[str]) -> str:
    count = sum(one.key in off for one in shelf.questions)
    return f"{counted(len(shelf.questions), 'question', 'questions')}{f', {count} switched off' if count else ''}"


def _add(network: Network) -> Button:
    return Button("Add a question", "coaching.add", str(network.id), opens_form=True)


def _all(network: Network) -> Button:
    return Button("All shelves", "coaching.bank", str(network.id))


def shelf(network: Network, one: Shelf, off: frozenset[str], page: int) -> Message:
    """A page of one shelf, with a button at each question."""
    title = f"{one.name}: {counted(len(one.questions), 'question', 'questions')}"
    body: list[Block] = [Heading(title)]
    for question in one.questions[page * PAGE : (page + 1) * PAGE]:
        body += _question(network, one, question, off, page)
    if not one.questions:
        body.append(paragraph("There is none here yet. You can add one."))
    turn = pages("coaching.bank", page, len(one.questions), PAGE, f"{network.id}.{one.number}.")
    return Message(title, tuple(body), (*turn, _all(network), _add(network)))


def _question(network: Network, one: Shelf, question: Asks, off: frozenset[str], page: int) -> Iterable[Block]:
    is_off = question.key in off
    text = question.quoting("their own words")
    state = (Bold("Switched off: "),) if is_off else ()
    whom = f" (for {listed([_PARTS[part] for part in Part if part in question.roles])})" if question.roles else ""
    yield paragraph(*state, text, whom)
    if one.number == OWN:
        sure = "Take this question out? What people answered to it stays theirs."
        argument = f"{network.id}.{question.key.rpartition(':')[2]}"
        yield Buttons((Button("Take out", "coaching.take_out", argument, danger=True, confirm=sure, about=text),))
        return
    argument = f"{network.id}.{one.number}.{page}.{question.key}"
    label, action = ("Switch on", "coaching.switch_on") if is_off else ("Switch off", "coaching.switch_off")
    yield Buttons((Button(label, action, argument, about=text),))


def add(network: Network) -> Form:
    """The form that adds a question to a network's own."""
    dimensions = tuple(Choice(one.value, _began(reasons.DIMENSIONS[one])) for one in Dimension)
    questions = (
        Question(
            "text", "What do you want to ask?", QuestionKind.SHORT_TEXT, required=True, max_length=LONGEST,
            hint="Everyone in the network who gets coaching questions may read it.",
        ),
        Question("dimension", "What is it about?", QuestionKind.CHOICE, choices=dimensions, hint="You can skip this."),
    )  # fmt: skip
    intro = (f"For {network.name}. Please ask nothing that needs details of patients.",)
    return Form("coaching.add", "Add a question", questions, str(network.id), intro, "Add")


def _began(text: str) -> str:
    return text[:1].upper() + text[1:]


def added(network: Network, own: OwnQuestion) -> Message:
    """Says that a question is added, with one sentence of advice where there is some."""
    text = f"That is added for {network.name}. Only people who get coaching questions are asked it."
    told = style.advice(own.text)
    body: list[Block] = [paragraph(text), paragraph(Bold(own.text))]
    if told:
        body += [paragraph("It is fine as it is. Here is some advice, if you like."), paragraph(told)]
    sure = "Take this question out? What people answered to it stays theirs."
    out = Button("Take out", "coaching.take_out", f"{network.id}.{own.id}", danger=True, confirm=sure)
    return Message(text, tuple(body), (_add(network), out, _all(network)))
