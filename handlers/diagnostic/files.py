"""A result as a file, and the message that it comes with: for Word, as a table, and the wheel as a picture."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.diagnostic import ending_views, result_views
from handlers.diagnostic.result_views import Shown
from handlers.kit import wheels, word_parts
from handlers.kit.content import Button, Message, paragraph
from handlers.kit.file_kinds import FileKind
from handlers.kit.harmless import in_csv, in_word
from handlers.kit.picture import wheel_picture
from handlers.kit.text import counted, day, shortened
from prompts.review import ATTRIBUTION, review_bank

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

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

LONGEST_NAME = 60
"""Of a network in the title of a picture, which has two lines."""


def word(shown: Shown) -> bytes:
    """The result as a .docx. People's words stand in it as plain text, never as fields or links."""
    # Imported when a file is wanted: it takes as long as the rest of a start.
    from docx import Document as new_document

    made = new_document()
    made.core_properties.title = in_word(shown.title)
    made.core_properties.author = in_word(shown.network.name)
    made.core_properties.comments = ""
    ended_at = shown.result.review.ended_at
    assert ended_at is not None, "it has ended"
    made.core_properties.created = made.core_properties.modified = ended_at
    made.add_heading(in_word(shown.title), 0)
    if shown.is_one_view:
        made.add_paragraph(result_views.ALONE)
    word_parts.add_wheel(made, wheels.wheel(shown.seen, shown.first))
    if shown.first:
        made.add_heading("Beside the first review", 1)
        made.add_paragraph(wheels.in_words(shown.seen, shown.first))
        word_parts.add_table(made, wheels.change_table(shown.seen, shown.first))
        made.add_paragraph(" ".join(wheels.CAUTION))
    made.add_paragraph(ATTRIBUTION)
    _agreed(made, shown)
    made.add_paragraph(result_views.read_by(shown.result.review.audience))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _agreed(made: "WordDocument", shown: Shown) -> None:
    for asks, words in result_views.goals(shown.result):
        made.add_heading(in_word(asks), 1)
        made.add_paragraph(in_word(words))
    made.add_heading("What kind of network it is", 1)
    for label, words in result_views.kind_rows(shown.result):
        made.add_paragraph(in_word(f"{label}: {words}"), "List Bullet")
    for kind, heading in ending_views.HEADINGS.items():
        _list(made, heading, [ending_views.line(one) for one in shown.result.points if one.kind is kind])
    _list(made, "Where views differ", result_views.differing(shown.seen))
    _list(made, "Notes", [f"{asks} {note}" for asks, note in result_views.notes(shown.seen)])


def _list(made: "WordDocument", heading: str, lines: Sequence[str]) -> None:
    if lines:
        made.add_heading(heading, 1)
    for line in lines:
        made.add_paragraph(in_word(line), "List Bullet")


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
    """The wheel as a PNG, which says of itself whose it is, of which day, and how many answered."""
    named = replace(shown, network=replace(shown.network, name=shortened(shown.network.name, LONGEST_NAME)))
    title = f"{named.title}: {counted(shown.result.people, 'person', 'people')} answered"
    return wheel_picture(replace(wheels.wheel(shown.seen, shown.first), title=title))


KINDS = {
    "docx": FileKind("diagnostic.word", word_parts.MEDIA_TYPE, "A review for Word", word),
    "csv": FileKind("diagnostic.table", "text/csv", "A review as a table", table),
    "png": FileKind("diagnostic.picture", "image/png", "The wheel of a review", picture),
}
"""By their endings."""


def message(shown: Shown, ending: str) -> Message:
    """The result as a file with that ending."""
    text = f"Here it is: the review of {day(shown.ended_on)}, as a file. Keep it where only its readers can open it."
    name = f"review-{shown.network.id}-{shown.ended_on.isoformat()}.{ending}"
    review_id = shown.result.review.id
    file = KINDS[ending].of(shown, name, review_id)
    back = Button("The whole result", "diagnostic.result", str(review_id))
    return Message(text, (paragraph(text),), (back,), (file,))
