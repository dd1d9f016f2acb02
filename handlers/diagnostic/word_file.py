"""A review's result as a Word file: the wheel as a picture with its words, its table, and what was agreed."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers.diagnostic import ending_views, result_views
from handlers.diagnostic.result_views import Shown
from handlers.kit import wheels, word_parts
from handlers.kit.harmless import in_word
from prompts.review import ATTRIBUTION

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


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
