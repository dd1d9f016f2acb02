"""An update as a Word file: headings, lists, figures as tables, and its sources as numbered notes."""

import io
from typing import TYPE_CHECKING

from handlers.kit import word_parts
from handlers.kit.harmless import in_word
from handlers.updates import files
from handlers.updates.document import Document, Told

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def word(found: Document) -> bytes:
    """The update as a .docx. People's words stand in it as plain text, never as fields or links."""
    # Imported when a file is wanted: it takes as long as the rest of a start.
    from docx import Document as new_document

    made = new_document()
    made.core_properties.title = in_word(f"Update of {found.title}")
    made.core_properties.author = in_word(found.network.name)
    made.core_properties.comments = ""
    made.core_properties.created = made.core_properties.modified = found.draft.made_at
    made.add_heading(in_word(f"Update of {found.title}"), 0)
    if found.purpose:
        purpose = made.add_paragraph()
        purpose.add_run("What we are for: ").bold = True
        purpose.add_run(in_word(found.purpose))
    marked = files.noted(found)
    for told in found.sections:
        _section(made, told, marked)
    made.add_heading("How it was made", 1)
    for one in found.notes:
        made.add_paragraph(in_word(one), "List Bullet")
    if marked.notes:
        made.add_heading("Sources", 1)
    # Numbers of our own: Word's count on over all lists of a file.
    for place, one in enumerate(marked.notes, 1):
        made.add_paragraph(in_word(f"{place}. {one}"))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _section(made: "WordDocument", told: Told, marked: files.Noted) -> None:
    made.add_heading(told.title, 1)
    for line in told.lines:
        made.add_paragraph(in_word(f"{files.words(line)} {files.references(line, marked)}"), "List Bullet")
    for chart in told.charts:
        word_parts.add_table(made, chart.as_table())
    if told.last:
        made.add_paragraph(in_word(told.last))
