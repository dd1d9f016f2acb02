"""A plan as a file, and the message that it comes with: for Word, and as a table."""

from handlers.kit import word_parts
from handlers.kit.content import Message, paragraph
from handlers.kit.file_kinds import FileKind
from handlers.plan import document, views
from handlers.plan.document import Whole

KINDS = {
    "docx": FileKind("plan.word", word_parts.MEDIA_TYPE, "A plan for Word", document.word),
    "csv": FileKind("plan.csv", "text/csv", "A plan as a table", document.table),
}
"""By their endings."""


def message(whole: Whole, ending: str) -> Message:
    """The plan as a file with that ending."""
    text = "Here is the plan as a file. Keep it where only its readers can open it."
    file = KINDS[ending].of(whole, whole.file_name(ending), whole.plan.id)
    return Message(text, (paragraph(text),), (views.ours(whole.seen.network),), (file,))
