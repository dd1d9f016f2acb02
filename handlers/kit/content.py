"""What is said, said neutrally: messages and forms as frozen values; each platform renders and escapes them."""

from dataclasses import dataclass, field, replace

from handlers.kit.charts import Chart as Chart
from handlers.kit.charts import Phase as Phase
from handlers.kit.charts import Series as Series
from handlers.kit.charts import Standing as Standing
from handlers.kit.charts import Stop as Stop
from handlers.kit.charts import Table as Table
from handlers.kit.charts import Timeline as Timeline
from handlers.kit.charts import Wheel as Wheel
from handlers.kit.events import Values
from storage.records import Condition, QuestionKind


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link, shown under its own words; only https and http are rendered as links."""

    text: str
    url: str


MOST_FILE = 2_000_000
"""Bytes of one file that goes with a message."""

Span = str | Bold | Link
"""A piece of a sentence. A plain `str` is data: renderers escape it, whatever it holds."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A short heading inside a message."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, in their own words, line breaks kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a label and a value."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button. `action` names a route `feature.action`, or a form's name where `opens_form`; `argument` is a
    short id, looked up and authorised again at every press. `about` tells a screen reader which thing it acts on.
    `confirm` is a question that is asked before the press counts."""

    label: str
    action: str
    argument: str = ""
    opens_form: bool = False
    primary: bool = False
    danger: bool = False
    confirm: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons inside a message, under what they belong to."""

    buttons: tuple[Button, ...]


Block = Heading | Paragraph | Quote | Facts | Table | Chart | Wheel | Timeline | Buttons


@dataclass(frozen=True, slots=True)
class Again:
    """The press that makes a file once more: `action` names a route, `argument` is a short id, authorised each time.

    It does nothing but make the file, since one file may need it twice.
    """

    action: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message: at most `MOST_FILE` bytes, with a name that has an ending, such as "a.ics".

    Teams takes a file only after its reader has agreed, maybe days later and from another process, so it is made
    `again` then; where there is no such press, or no agreement can be asked for, a text file's text is shown instead.
    `about` says in a few words what the file is. `instead` is said in its place there: what serves its reader better
    than to agree to a file. Raises ValueError for what no platform could carry or show.
    """

    name: str
    media_type: str
    content: bytes
    about: str = ""
    again: Again | None = None
    instead: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if len(self.content) > MOST_FILE:
            raise ValueError(f"a file of {len(self.content):,} bytes: the most is {MOST_FILE:,}, so give it in parts")
        if self.is_text:
            self.content.decode()
        elif self.again is None:
            raise ValueError("a file that is not text needs the press that makes it again, for Teams")

    @classmethod
    def of_text(
        cls, name: str, media_type: str, text: str, about: str = "", again: Again | None = None
    ) -> "Attachment":
        """A file of this text, in UTF-8."""
        return cls(name, media_type, text.encode("utf-8", "replace"), about, again)

    @property
    def is_text(self) -> bool:
        """True if a person can read its content as it is."""
        return self.media_type.startswith("text/")

    @property
    def text(self) -> str | None:
        """The content as text, None where it is none."""
        return self.content.decode() if self.is_text else None


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot says. `summary` is plain text for notifications and where nothing else can be shown."""

    summary: str
    body: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `value` is kept, `label` is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form. SCALE, CHOICE, SEVERAL and YES_NO always carry their `choices`.

    `hint` stands under the label (for text: who will read it). `value` is what stands in it at the start.
    """

    key: str
    label: str
    kind: QuestionKind
    required: bool = False
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    value: str | tuple[str, ...] | None = None
    shown_if: Condition | None = None
    max_length: int = 3000


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `name` is its route, `argument` a short id, `title` at most 24 characters (Slack's modal title)."""

    name: str
    title: str
    questions: tuple[Question, ...]
    argument: str = ""
    intro: tuple[Span, ...] = ()
    submit: str = "Send"

    def filled(self, values: Values) -> "Form":
        """The same form with these values standing in it."""
        questions = (replace(question, value=values.get(question.key)) for question in self.questions)
        return replace(self, questions=tuple(questions))

    def resumed(self, values: Values) -> "Form":
        """The same form while it is being filled: these values, and what stood there at the start elsewhere."""
        return self.filled({one.key: one.value for one in self.questions if one.value is not None} | dict(values))

    def question(self, key: str) -> Question | None:
        """The question with that key."""
        return next((question for question in self.questions if question.key == key), None)


YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


def paragraph(*spans: Span) -> Paragraph:
    """A paragraph of these spans."""
    return Paragraph(spans)


def plain(text: str, *buttons: Button) -> Message:
    """A message of one paragraph, with buttons."""
    return Message(text, (Paragraph((text,)),), buttons)


def pages(action: str, page: int, total: int, size: int, prefix: str = "") -> tuple[Button, ...]:
    """Buttons to the pages before and after; a press on one carries `prefix` and the page's number from 0."""
    newer = (Button("Newer", action, f"{prefix}{page - 1}"),) if page else ()
    older = (Button("Older", action, f"{prefix}{page + 1}"),) if (page + 1) * size < total else ()
    return newer + older


@dataclass(frozen=True, slots=True)
class Example:
    """A message or form as it looks in use, for the golden files and the limits' tests."""

    name: str
    content: Message | Form
    errors: dict[str, str] = field(default_factory=dict)
