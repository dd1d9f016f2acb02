"""All repositories on one connection."""

from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, insert, update

from storage.addresses import Addresses
from storage.audit import Audit
from storage.budgets import Budgets
from storage.checkin_facts import CheckInFacts
from storage.checkins import CheckIns
from storage.coaching import Coaching
from storage.coaching_questions import CoachingQuestions
from storage.database import schema_of
from storage.deliveries import Deliveries
from storage.drafts import Drafts
from storage.faculty import Faculty
from storage.figures import Figures
from storage.goal_facts import GoalFacts
from storage.goal_news import GoalNews
from storage.goal_reviews import GoalReviews
from storage.goal_sentences import GoalSentences
from storage.goals import Goals
from storage.letters import Letters
from storage.model_use import ModelUse
from storage.networks import Networks
from storage.one_to_one_words import OneToOneWords
from storage.one_to_ones import OneToOnes
from storage.outbox import Outbox
from storage.people import People
from storage.places import Places
from storage.plans import Plans
from storage.posts import Posts
from storage.pulses import Pulses
from storage.reviews import Reviews
from storage.schedules import Schedules
from storage.seen import Seen
from storage.tables import probe
from storage.templates import Templates
from storage.wishes import Wishes


class Store:
    """All repositories on one connection, inside one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def schema(self) -> str | None:
        """The migration that the database stands at; None for an empty one."""
        return schema_of(self._connection)

    def probe(self, at: datetime) -> None:
        """Write one row, to see whether the database can keep anything."""
        if not self._connection.execute(update(probe).values(at=at)).rowcount:
            self._connection.execute(insert(probe).values(id=1, at=at))

    @cached_property
    def people(self) -> People:
        """People, their accounts and roles."""
        return People(self._connection)

    @cached_property
    def networks(self) -> Networks:
        """Networks, and the programme."""
        return Networks(self._connection)

    @cached_property
    def templates(self) -> Templates:
        """Check-in templates."""
        return Templates(self._connection)

    @cached_property
    def checkins(self) -> CheckIns:
        """Check-ins with their answers."""
        return CheckIns(self._connection)

    @cached_property
    def checkin_facts(self) -> CheckInFacts:
        """What check-ins say to an audience."""
        return CheckInFacts(self._connection)

    @cached_property
    def coaching(self) -> Coaching:
        """Coaching conversations."""
        return Coaching(self._connection)

    @cached_property
    def coaching_questions(self) -> CoachingQuestions:
        """Coaching questions, those asked and those of networks."""
        return CoachingQuestions(self._connection)

    @cached_property
    def addresses(self) -> Addresses:
        """Where a platform can write to people."""
        return Addresses(self._connection)

    @cached_property
    def schedules(self) -> Schedules:
        """What is sent unasked, and when."""
        return Schedules(self._connection)

    @cached_property
    def wishes(self) -> Wishes:
        """What people want of it."""
        return Wishes(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What was and will be sent to whom."""
        return Deliveries(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        """Deliveries on their way out."""
        return Outbox(self._connection)

    @cached_property
    def faculty(self) -> Faculty:
        """What faculty and networks write each other."""
        return Faculty(self._connection)

    @cached_property
    def letters(self) -> Letters:
        """What people send each other, on its way out."""
        return Letters(self._connection)

    @cached_property
    def budgets(self) -> Budgets:
        """How fast each workspace may be written to."""
        return Budgets(self._connection)

    @cached_property
    def posts(self) -> Posts:
        """What is posted to networks' homes."""
        return Posts(self._connection)

    @cached_property
    def places(self) -> Places:
        """Places that a network can call home."""
        return Places(self._connection)

    @cached_property
    def model_use(self) -> ModelUse:
        """What models have used."""
        return ModelUse(self._connection)

    @cached_property
    def goals(self) -> Goals:
        """Goals with their story."""
        return Goals(self._connection)

    @cached_property
    def figures(self) -> Figures:
        """Figures of closed months."""
        return Figures(self._connection)

    @cached_property
    def goal_facts(self) -> GoalFacts:
        """What goals tell an audience."""
        return GoalFacts(self._connection)

    @cached_property
    def goal_reviews(self) -> GoalReviews:
        """Walks through a network's goals."""
        return GoalReviews(self._connection)

    @cached_property
    def goal_news(self) -> GoalNews:
        """What people must be told of goals."""
        return GoalNews(self._connection)

    @cached_property
    def goal_sentences(self) -> GoalSentences:
        """Lines about goals that are not kept yet."""
        return GoalSentences(self._connection)

    @cached_property
    def one_to_ones(self) -> OneToOnes:
        """One-to-ones of two people."""
        return OneToOnes(self._connection)

    @cached_property
    def one_to_one_words(self) -> OneToOneWords:
        """Notes, preparation and actions of one-to-ones."""
        return OneToOneWords(self._connection)

    @cached_property
    def reviews(self) -> Reviews:
        """Rapid reviews of networks."""
        return Reviews(self._connection)

    @cached_property
    def plans(self) -> Plans:
        """Development plans of networks."""
        return Plans(self._connection)

    @cached_property
    def drafts(self) -> Drafts:
        """Drafted updates."""
        return Drafts(self._connection)

    @cached_property
    def pulses(self) -> Pulses:
        """Pulses of networks."""
        return Pulses(self._connection)

    @cached_property
    def seen(self) -> Seen:
        """Events that were handled."""
        return Seen(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """The audit log."""
        return Audit(self._connection)
