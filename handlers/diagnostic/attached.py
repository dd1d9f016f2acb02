"""A result as a file, and the message that it comes with: for Word, as a table, and the wheel as a picture."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.diagnostic import word_file
from handlers.diagnostic.result_views import Shown
from handlers.kit import wheels, word_parts
from handlers.kit.content import Again, Attachment, Button, Message, paragraph
from handlers.kit.harmless import in_csv
from handlers.kit.picture import wheel_picture
from handlers.kit.text import day
from prompts.review import review_bank

COLUMNS = (
    "Review",
    "Part",
    "Question",
    "Agreed now",
    "Agreed for eighteen months",
    "Lowest now",
    "Highest now",
    "Answered",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the press that makes it, what it is, and how it is made."""

    action: str
    media_type: str
    about: str
    make: Callable[[Shown], bytes]


def table(shown: Shown) -> bytes:
    """A row for each question with a level, of this review and of the first, as CSV."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for seen, on in ((shown.first, shown.first_on), (shown.seen, shown.ended_on)):
        if seen is None or on is None:
            continue
        result = seen.result
        for one in review_bank().statements:
            agreed = [result.agreed.get(key) for key in (one.now_key, one.hoped_key)]
            levels = [kept.value if kept else "" for kept in agreed]
            ends = result.ranges.get(one.now_key, (wheels.NOT_SHOWN, wheels.NOT_SHOWN))
            text = one.for_kind(seen.kind).text
            rows.append((on.isoformat(), one.dimension.value, text, *levels, *ends, str(result.people)))
    return in_csv(rows).encode()


def picture(shown: Shown) -> bytes:
    """The wheel as a PNG, which says of itself whose it is and of which day."""
    return wheel_picture(replace(wheels.wheel(shown.seen, shown.first), title=shown.title))


KINDS = {
    "docx": Kind(
        "diagnostic.word",
        word_parts.MEDIA_TYPE,
        "A review for Word",
        word_file.word,
    ),
    "csv": Kind("diagnostic.table", "text/csv", "A review as a table", table),
    "png": Kind("diagnostic.picture", "image/png", "The wheel of a review", picture),
}
"""By their endings."""


def message(shown: Shown, ending: str) -> Message:
    """The result as a file with that ending."""
    kind, review = KINDS[ending], shown.result.review
    text = f"Here it is: the review of {day(shown.ended_on)}, as a file. Keep it where only its readers can open it."
    name = f"review-{shown.network.id}-{shown.ended_on.isoformat()}.{ending}"
    file = Attachment(name, kind.media_type, kind.make(shown), kind.about, Again(kind.action, str(review.id)))
    back = Button("The whole result", "diagnostic.result", str(review.id))
    return Message(text, (paragraph(text),), (back,), (file,))
