"""Shows what a review came to: the wheel, what was agreed, who can read it, and the form of who else may."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from handlers.diagnostic import ending_views
from handlers.diagnostic.items import LABELS
from handlers.diagnostic.rules import ASKED
from handlers.kit import wheels
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Choice,
    Facts,
    Form,
    Heading,
    Message,
    Paragraph,
    Question,
    Quote,
    paragraph,
)
from handlers.kit.reviewed import Reviewed
from handlers.kit.text import day
from prompts.kinds import Axis
from prompts.plan.words import words_for
from prompts.review import ATTRIBUTION, UNSURE, review_bank
from storage.records import Audience, Network, QuestionKind
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
WIDTHS: dict[str, Audience | None] = {
    "nobody": None,
    "leaders": Audience.LEADERS,
    "network": Audience.NETWORK,
    "faculty": Audience.FACULTY,
}
"""With whom a result can be shared, from narrow to wide."""
WIDTH_LABELS = {
    "nobody": "Nobody else",
    "leaders": "The co-ordinator and the leaders",
    "network": "Everyone in the network",
    "faculty": "Everyone in the network, and the faculty",
}
ONLY_RUNNERS = "Nobody else can read it. Only those who run the network can let others read it: ask one of them."
ONLY_THEIRS = (
    "Nobody else can read it. Only the one person who answered can let others, if they run the network. "
    "To see it, type diagnostic."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A result for somebody who may read it. `first`: the earliest review of the network that they may read too, if it
    is another. `ended_on`: on their calendar. `may_plan`: they run the network. `has_plan`: it has one that they may
    read. `may_widen`: they may let more people read it."""

    seen: Reviewed
    network: Network
    ended_on: date
    first: Reviewed | None = None
    first_on: date | None = None
    may_plan: bool = False
    has_plan: bool = False
    may_widen: bool = False

    @property
    def result(self) -> Result:
        """The result."""
        return self.seen.result

    @property
    def may_share(self) -> bool:
        """True for whoever may widen it, and for all of the review's own people where there is something to narrow."""
        return self.may_widen or (self.result.is_own and self.result.review.audience is not None)

    @property
    def is_one_view(self) -> bool:
        """True where it shows what one person answered."""
        return self.result.people == 1

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
    if shown.is_one_view:
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
    if shown.has_plan:
        yield Button("See the plan", "plan.show", str(shown.network.id), primary=True)
    elif shown.may_plan:
        yield Button("Make the plan", "plan.propose", str(shown.network.id), primary=True)
    if shown.may_share:
        yield Button("Who can read this", "diagnostic.share", own, opens_form=True)
    if shown.first:
        yield Button("Compare with the first", "diagnostic.compare", own)
    yield Button("As a Word file", "diagnostic.word", own)
    yield Button("As a table", "diagnostic.table", own)
    yield Button("The wheel as a picture", "diagnostic.picture", own)


def goals(result: Result) -> list[tuple[str, str]]:
    """The goals on which they agreed, each with its question."""
    kept = ((asks, result.agreed.get(key)) for key, asks in ASKED.items())
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
        yield paragraph("There the lower view counts.")
        yield from (paragraph(text) for text in found)


def notes(seen: Reviewed) -> list[tuple[str, str]]:
    """The notes of the session, each with what it is on."""
    bank = review_bank()
    asks = {one.now_key: one.for_kind(seen.kind).text for one in bank.statements}
    asks |= {axis.value: LABELS[axis] for axis in Axis} | ASKED
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


def offered(now: Audience | None, *, may_widen: bool) -> list[str]:
    """What can be chosen, from narrow to wide: no more than now, unless one may widen."""
    return [key for key, one in WIDTHS.items() if may_widen or (one or 0) <= (now or 0)]


def share_form(shown: Shown) -> Form:
    """The form of who else may read it; it carries who could when it was drawn."""
    review = shown.result.review
    intro = (*ending_views.others_read(is_one_view=shown.is_one_view), "Updates and digests for them may quote it.")
    choices = tuple(Choice(key, WIDTH_LABELS[key]) for key in offered(review.audience, may_widen=shown.may_widen))
    now = next((key for key, one in WIDTHS.items() if one == review.audience), "faculty")
    hint = words_for(shown.seen.kind).readers if shown.may_widen else _who_widens(shown)
    asked = Question("who", "Who else can read the result?", QuestionKind.CHOICE, True, hint, choices, now)
    carried = f"{review.id}.{int(review.audience or 0)}"
    return Form("diagnostic.share", "Who can read this", (asked,), carried, (" ".join(intro),), "Keep")


def _who_widens(shown: Shown) -> str:
    if shown.is_one_view:
        return "Only the person who answered can let more people read it."
    return "Only those who run the network can let more people read it."


def shared_meanwhile(now: Audience | None) -> str:
    """Why a form waits: who can read it changed meanwhile."""
    return f"This changed since you opened it. {read_by(now)} Look, then send again."
