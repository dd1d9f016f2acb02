"""Shows what a review came to: the wheel, the kind of network, what was agreed, and who can read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from handlers.diagnostic import ending_views
from handlers.diagnostic.items import GOALS, LABELS
from handlers.kit import wheels
from handlers.kit.content import Block, Bold, Button, Facts, Heading, Message, Paragraph, Quote, paragraph
from handlers.kit.reviewed import Reviewed
from handlers.kit.text import day
from prompts.kinds import Axis
from prompts.review import ATTRIBUTION, UNSURE, review_bank
from storage.records import Audience, Network
from storage.review_records import Result

VIEWS_DIFFER, NOT_SURE = "Views differ", "Not sure yet"
NO_FIRST = "There is no earlier review that you can read. To see this one again, type diagnostic."
ALONE = "One person answered, so it shows one view."
READ_BY = {
    None: "Only the people of this review can read this.",
    Audience.LEADERS: "The people of this review, the co-ordinator and the leaders can read this.",
    Audience.NETWORK: "The people of this review and everyone in the network can read this.",
    Audience.FACULTY: "The people of this review, everyone in the network and the faculty can read this.",
}
"""Who can read a result, by its audience."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result for somebody who may read it. `first`: the earliest review of the network that they may read too, if it
    is another. `ended_on`: on their calendar. `may_plan`: they run the network."""

    seen: Reviewed
    network: Network
    ended_on: date
    first: Reviewed | None = None
    first_on: date | None = None
    may_plan: bool = False

    @property
    def result(self) -> Result:
        """The result."""
        return self.seen.result

    @property
    def may_share(self) -> bool:
        """True for the review's own people: those who run the network widen, and all narrow what is shared."""
        return self.result.is_own and (self.may_plan or self.result.review.audience is not None)

    @property
    def title(self) -> str:
        """What it is, and of which day."""
        return f"Rapid review of {self.network.name}, {day(self.ended_on)}"


def read_by(audience: Audience | None) -> str:
    """Who can read a result with that audience."""
    return READ_BY[audience if audience is None or audience in READ_BY else Audience.FACULTY]


def whole(shown: Shown, opening: str = "") -> Message:
    """All of the result that its reader may read."""
    result = shown.result
    body: list[Block] = [paragraph(opening)] if opening else []
    body += [Heading(shown.title)]
    if result.people == 1:
        body.append(paragraph(ALONE))
    body.append(wheels.wheel(shown.seen, shown.first))
    body.append(paragraph(ATTRIBUTION))
    if shown.first:
        body.append(paragraph(" ".join(wheels.CAUTION)))
    body += _goals(result)
    body += [Heading("What kind of network it is"), Facts(tuple(kind_rows(result)))]
    body += ending_views.told(result.points)
    body += _differing(shown.seen)
    body += _notes(shown.seen)
    body.append(paragraph(Bold(read_by(result.review.audience))))
    return Message(opening or shown.title, tuple(body), tuple(_buttons(shown)))


def _buttons(shown: Shown) -> Iterator[Button]:
    own = str(shown.result.review.id)
    if shown.may_plan:
        yield Button("To the plan", "plan.propose", str(shown.network.id), primary=True)
    if shown.may_share:
        yield Button("Who can read this", "diagnostic.share", own, opens_form=True)
    if shown.first:
        yield Button("Compare with the first", "diagnostic.compare", own)
    yield Button("As a Word file", "diagnostic.word", own)
    yield Button("As a table", "diagnostic.table", own)
    yield Button("The wheel as a picture", "diagnostic.picture", own)


def goals(result: Result) -> list[tuple[str, str]]:
    """The goals on which they agreed, each with its question."""
    kept = ((asks, result.agreed.get(key)) for key, asks in GOALS.items())
    return [(asks, one.value) for asks, one in kept if one is not None and one.value]


def _goals(result: Result) -> Iterator[Block]:
    for asks, words in goals(result):
        yield Heading(asks)
        yield Quote(words)


def kind_rows(result: Result) -> Iterator[tuple[str, str]]:
    """What kind of network it is, in words; where views differ, that is said."""
    for axis in Axis:
        kept = result.agreed.get(axis.value)
        if kept is None:
            continue
        words = review_bank().situation(axis).words(kept.value)
        yield LABELS[axis], words or (NOT_SURE if kept.value == UNSURE else VIEWS_DIFFER)


def differing(seen: Reviewed) -> list[str]:
    """The statements on which the session kept that views differ, in the words that fit the network."""
    statements = (one.for_kind(seen.kind) for one in review_bank().statements)
    return [one.text for one in statements if one.now_key in seen.result.differing]


def _differing(seen: Reviewed) -> Iterator[Block]:
    if found := differing(seen):
        yield Heading("Where views differ")
        yield paragraph("There the lower view counts until they agree.")
        yield from (paragraph(text) for text in found)


def notes(seen: Reviewed) -> list[tuple[str, str]]:
    """The notes of the session, each with what it is on."""
    bank = review_bank()
    asks = {one.now_key: one.for_kind(seen.kind).text for one in bank.statements}
    asks |= {axis.value: LABELS[axis] for axis in Axis} | GOALS
    agreed = seen.result.agreed
    return [(words, agreed[key].note) for key, words in asks.items() if key in agreed and agreed[key].note]


def _notes(seen: Reviewed) -> Iterator[Block]:
    found = notes(seen)
    if found:
        yield Heading("Notes")
    for asks, note in found:
        yield paragraph(Bold(asks))
        yield Quote(note)


def comparison(shown: Shown) -> Message:
    """This review beside the first."""
    assert shown.first is not None, "asked before"
    assert shown.first_on is not None, "as the first has ended"
    said = f"The review of {day(shown.ended_on)} beside the first, of {day(shown.first_on)}."
    body: tuple[Block, ...] = (
        Heading(shown.network.name),
        paragraph(said),
        wheels.compared(shown.seen, shown.first),
        *_cautions(),
        paragraph(ATTRIBUTION),
    )
    own = str(shown.result.review.id)
    return Message(said, body, (Button("The whole result", "diagnostic.result", own),))


def _cautions() -> Iterable[Paragraph]:
    return (paragraph(Bold(wheels.CAUTION[0]), f" {wheels.CAUTION[1]}"),)
