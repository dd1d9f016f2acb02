"""Parts of a Word file that several features make: a wheel as a picture with its words, and a table."""

import io
from typing import TYPE_CHECKING

from handlers.kit.content import Table, Wheel
from handlers.kit.harmless import in_word
from handlers.kit.picture import wheel_picture

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH_INCHES = 5.5
"""Of a picture: as wide as the text of a page."""


def add_wheel(made: "WordDocument", wheel: Wheel) -> None:
    """The wheel under its heading: as a picture that says what it shows, in words, and as its table."""
    # Imported when a file is wanted: it takes as long as the rest of a start.
    from docx.shared import Inches

    made.add_heading(in_word(wheel.title), 1)
    shape = made.add_picture(io.BytesIO(wheel_picture(wheel)), width=Inches(WIDTH_INCHES))
    about = shape._inline.docPr
    about.set("descr", in_word(f"{wheel.title}. {wheel.summary}"))
    about.set("title", in_word(wheel.title))
    made.add_paragraph(in_word(wheel.summary))
    add_table(made, wheel.table)


def add_table(made: "WordDocument", shown: Table) -> None:
    """A table under its caption."""
    made.add_paragraph(in_word(shown.caption))
    table = made.add_table(1, len(shown.columns), "Table Grid")
    for row, texts in [(table.rows[0], shown.columns), *((table.add_row(), one) for one in shown.rows)]:
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = in_word(text)
