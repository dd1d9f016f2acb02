"""What a model is asked for an update, and what came of it: frozen records that handlers fill and read."""

import enum
from dataclasses import dataclass
from datetime import date

SECTIONS = ("practice", "goals", "connections", "health", "learned", "help", "next")
"""The parts of an update in the order in which they are read; the same names as handlers/kit/facts.py has."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says, under the number by which sentences name it.

    `text` is data, whoever wrote it. `on` is the source's local date; `by`, whose words or deed it is, may be empty.
    """

    number: int
    section: str
    text: str
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What an update is to be drafted from: nothing in it is above the tier of those who will read the update.

    The period has its first and its last local date in it. No two facts have one number.
    """

    network: str
    purpose: str
    first_on: date
    last_on: date
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft, and the numbers of the facts that it says it rests on; nothing of it is checked yet."""

    section: str
    text: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote, as far as it could be read, in the order of SECTIONS.

    `lost`: pieces that could not be read. `left_out`: the numbers of facts that the model was not shown, as there were
    too many for the budget.
    """

    sentences: tuple[Sentence, ...]
    lost: int = 0
    left_out: tuple[int, ...] = ()


class Silence(enum.StrEnum):
    """Why there is no answer; each value goes on after "The model"."""

    OFF = "is not set up"
    BUDGET = "has used up its tokens for today"
    SLOW = "took too long"
    LIMITED = "had too much to do"
    AWAY = "could not be reached"
    FAILED = "failed"
    NOT_ALLOWED = "did not accept our key"
    NOT_TAKEN = "did not take the request"
    REFUSED = "refused to answer"
    GARBLED = "gave an answer that could not be read"
    EMPTY = "gave an empty answer"
    NOTHING_TO_SAY = "was not asked, as there is nothing to tell"
    BUG = "could not be asked, because of a fault of ours"


@dataclass(frozen=True, slots=True)
class Drafted:
    """An answer came. `model` and `version` (of the instructions) are named in the draft; `tokens` were spent on it."""

    answer: Answer
    model: str
    version: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Silent:
    """None came, and why."""

    why: Silence

    @property
    def sentence(self) -> str:
        """What a person may read of it."""
        return f"The model {self.why.value}."


Outcome = Drafted | Silent
