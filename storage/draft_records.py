"""The frozen records of drafted updates, which the rest of the house sees; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Audience


class Origin(enum.StrEnum):
    """Where a sentence of a draft comes from: drawn from its facts each time, a model, or a person's own hand."""

    FACTS = "facts"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Source:
    """A fact that a sentence rests on: its key, its stamp when somebody last looked, and whose words or deed it is."""

    key: str
    stamp: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft. `text` is empty where it is drawn from its facts: no one's words are kept twice.

    `is_marked`: the guard was not sure of a model's sentence, so a person must look. `author_id`: who wrote or edited
    it, where it is by a person. One by a person that has sources is an edited one.
    """

    section: str
    origin: Origin
    sources: tuple[Source, ...] = ()
    text: str = ""
    is_marked: bool = False
    author_id: int | None = None
    author_name: str = ""
    id: int = 0

    @property
    def is_edited(self) -> bool:
        """True if a person changed what stood there."""
        return self.origin is Origin.PERSON and bool(self.sources)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a draft: how often it was changed, by whom last, and whether it is left out."""

    section: str
    version: int = 0
    is_left_out: bool = False
    changed_by: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of a model's version. `wanted_at` None: none was asked for. `failed`: why there is none."""

    wanted_at: datetime | None = None
    done_at: datetime | None = None
    failed: str = ""
    model: str = ""
    prompt_version: str = ""
    dropped: int = 0
    marked: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """Who was asked to approve, and what they said. `wish`: what they want changed, in their own words.

    `version`: the draft's version that was approved; a later one is not.
    """

    asked_id: int | None = None
    asked_name: str = ""
    asked_at: datetime | None = None
    wish: str = ""
    version: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted update of a network. `version` changes with every change to what it says.

    `author_id` None: that person has had their data erased. `shows_model`: the model's version is the one that counts.
    `corrects_id`: the posted one that it shall take the place of.
    """

    id: int
    network_id: int
    author_id: int | None
    author_name: str
    first_on: date
    last_on: date
    audience: Audience
    made_at: datetime
    version: int = 0
    shows_model: bool = False
    parts: tuple[Part, ...] = ()
    writing: Writing = Writing()
    approval: Approval = Approval()
    posted_at: datetime | None = None
    posted_id: int | None = None
    shared_at: datetime | None = None
    corrects_id: int | None = None

    @property
    def is_out(self) -> bool:
        """True once it is posted or shared: from then on it is not edited, but corrected."""
        return self.posted_at is not None or self.shared_at is not None

    @property
    def is_approved(self) -> bool:
        """True if it was approved just as it stands now."""
        return self.approval.version == self.version

    @property
    def waits(self) -> bool:
        """True while someone who was asked has not approved it as it stands."""
        return self.approval.asked_at is not None and not self.is_approved

    def part(self, section: str) -> Part:
        """How that section stands; a fresh one where nobody has touched it."""
        return next((one for one in self.parts if one.section == section), Part(section))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model's version that somebody claimed to have written; `token` proves it when it is brought."""

    draft_id: int
    token: str


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What a draft is made of. `with_model`: a model shall write another version."""

    network_id: int
    author_id: int
    first_on: date
    last_on: date
    audience: Audience
    with_model: bool = False
    corrects_id: int | None = None
