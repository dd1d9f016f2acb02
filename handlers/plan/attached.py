"""A plan as a file, and the message that it comes with: for Word, and as a table."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.kit import word_parts
from handlers.kit.content import Again, Attachment, Message, paragraph
from handlers.plan import document, views
from handlers.plan.document import Whole


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the press that makes it, what it is, and how it is made."""

    action: str
    media_type: str
    about: str
    make: Callable[[Whole], bytes]


KINDS = {
    "docx": Kind("plan.word", word_parts.MEDIA_TYPE, "A plan for Word", document.word),
    "csv": Kind("plan.csv", "text/csv", "A plan as a table", document.table),
}
"""By their endings."""


def message(whole: Whole, ending: str) -> Message:
    """The plan as a file with that ending."""
    kind = KINDS[ending]
    text = "Here is the plan as a file. Keep it where only its readers can open it."
    again = Again(kind.action, str(whole.plan.id))
    file = Attachment(whole.file_name(ending), kind.media_type, kind.make(whole), kind.about, again)
    return Message(text, (paragraph(text),), (views.ours(whole.seen.network),), (file,))
