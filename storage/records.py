"""The frozen records that the rest of the house sees; they know nothing of SQL."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time


class Audience(enum.IntEnum):
    """Who may read an answer, from narrow to wide; each tier includes those before it (design.md §4)."""

    ONLY_ME = 0
    COORDINATOR = 1
    LEADERS = 2
    NETWORK = 3
    FACULTY = 4
    FUNDER = 5


class Role(enum.StrEnum):
    """What a person is: in one network (member, coordinator, leader) or in the programme (faculty, admin)."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    FACULTY = "faculty"
    ADMIN = "admin"


class QuestionKind(enum.StrEnum):
    """The kinds of question that a form can ask."""

    SCALE = "scale"
    CHOICE = "choice"
    SEVERAL = "several choices"
    NUMBER = "number"
    YES_NO = "yes/no"
    DATE = "date"
    SHORT_TEXT = "short text"
    LONG_TEXT = "long text"
    PERSON = "person"

    @property
    def is_text(self) -> bool:
        """True where a person types words of their own."""
        return self in (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class Account:
    """One account on one platform: `workspace` is Slack's team or Teams' tenant, `user` the id there."""

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True, slots=True)
class Home:
    """The channel that a network calls home."""

    platform: str
    workspace: str
    place: str


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme that all networks belong to; its zone decides where a week begins.

    `messages_a_week`: how many messages that they did not ask for a person may get in a week.
    """

    name: str
    time_zone: str
    messages_a_week: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """A practitioner network."""

    id: int
    key: str
    name: str
    purpose: str
    started_on: date | None
    home: Home | None = None


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role, with the network it is held in; None for a role in the programme."""

    role: Role
    network_id: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the programme knows, with the roles they hold. `time_zone` None: not yet known."""

    id: int
    name: str
    time_zone: str | None = None
    nation: str | None = None
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    hours_from: time = time(9)
    hours_to: time = time(17)
    leave_from: date | None = None
    leave_to: date | None = None
    preferred_platform: str | None = None
    roles: tuple[RoleHeld, ...] = ()

    def holds(self, role: Role, network_id: int | None = None) -> bool:
        """True if the person holds the role, in that network where one is named."""
        return RoleHeld(role, network_id) in self.roles

    def runs(self, network_id: int | None) -> bool:
        """True for the co-ordinators and leaders of the network."""
        return any(self.holds(role, network_id) for role in (Role.COORDINATOR, Role.LEADER))

    @property
    def network_ids(self) -> tuple[int, ...]:
        """The networks that the person has a role in, each once, in a steady order."""
        return tuple(sorted({held.network_id for held in self.roles if held.network_id is not None}))


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only if the answer to an earlier question is one of `values`; no values: if it is answered at all."""

    key: str
    values: tuple[str, ...] = ()

    def is_met_by(self, value: str | tuple[str, ...] | None) -> bool:
        """True if the earlier answer lets the question be shown."""
        given = (value,) if isinstance(value, str) else (value or ())
        filled = [one for one in given if one.strip()]
        return bool(filled) if not self.values else any(one in self.values for one in filled)


@dataclass(frozen=True, slots=True)
class TemplateQuestion:
    """One question of a check-in template. `low` and `high` are the words at the ends of a scale of 1 to 5."""

    key: str
    label: str
    kind: QuestionKind
    required: bool = False
    audience: Audience = Audience.ONLY_ME
    choices: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    shown_if: Condition | None = None
    asks_for_help: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a network's check-in questions; versions never change once written."""

    id: int
    network_id: int
    version: int
    questions: tuple[TemplateQuestion, ...]

    def question(self, key: str) -> TemplateQuestion | None:
        """The question with that key, if this version has it."""
        return next((question for question in self.questions if question.key == key), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `value` is text, or several chosen texts; `audience` is who may read it."""

    key: str
    value: str | tuple[str, ...]
    audience: Audience


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A check-in as one reader may see it: `answers` holds only what that reader may read."""

    id: int
    network_id: int
    person_id: int
    person_name: str
    template_id: int
    week_on: date
    recorded_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    answers: tuple[Answer, ...] = ()

    def answer(self, key: str) -> Answer | None:
        """The answer to that question, if there is one that the reader may see."""
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """What a check-in said before one edit; only its author ever sees it."""

    checkin_id: int
    template_id: int
    replaced_at: datetime
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when; never with anyone's words."""

    at: datetime
    person_id: int | None
    what: str
    detail: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who reads in one network: `tier` is the narrowest audience that includes them, None for no one's."""

    person_id: int
    tier: Audience | None


@dataclass(frozen=True, slots=True)
class WeekMean:
    """The mean of a scale over the answers of one week that the reader may read."""

    week_on: date
    mean: float
