"""Chooses the one coaching question that fits a person best today, and says why; the same input, the same choice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.coaching import reasons
from handlers.kit.text import shortened
from prompts.coaching import Bank, Part, Question, Slot
from prompts.kinds import Dimension, Governance, Origin, Stage, Stance
from storage.records import Role

HALF_A_YEAR = timedelta(days=183)
"""A question does not come again within this time while others fit."""
QUIET_WEEKS = 4
"""A goal is quiet from so many weeks on without a word about it."""
GOAL_RESTS = timedelta(weeks=4)
"""How long a quiet goal is left alone after a question about it."""
LONGEST_QUOTE = 80
"""Characters of a goal's title or a plan that a question quotes."""


@dataclass(frozen=True, slots=True)
class Goal:
    """An open goal, and how many whole weeks nobody has touched it."""

    id: int
    title: str
    weeks_quiet: int


@dataclass(frozen=True, slots=True)
class Plan:
    """An if-then plan in the person's own words, and the date of its moment."""

    id: int
    text: str
    moment_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the person got on a date, and the goal or plan that it was about."""

    key: str
    on: date
    goal_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a person in one network when a question is chosen; None or empty: not known, or none.

    `governance`, `origin`, `stance` and `weak` are what the newest review says of the network that the person may read;
    `stage` too where `stage_is_reviewed`, and otherwise it is supposed from the network's age. `wrote_about`: what the
    person's own last words were on. `off`: keys that the network or the person switched off. `own`: questions that the
    network's co-ordinators added.
    """

    role: Role
    stage: Stage | None = None
    governance: Governance | None = None
    origin: Origin | None = None
    stance: Stance | None = None
    wrote_about: tuple[Dimension, ...] = ()
    weak: tuple[Dimension, ...] = ()
    goals: tuple[Goal, ...] = ()
    plans: tuple[Plan, ...] = ()
    asked: tuple[Asked, ...] = ()
    off: frozenset[str] = frozenset()
    own: tuple[Question, ...] = ()
    stage_is_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The question to ask, filled in, and why, as "because ...". Keep it as an `Asked` once it was sent."""

    key: str
    text: str
    reason: str
    goal_id: int | None = None
    plan_id: int | None = None


def choose(bank: Bank, about: About, now_on: date) -> Chosen | None:
    """The question for that local date; None where the role gets none, or every question that fits is switched off.

    A plan whose moment has passed comes first and once, then a quiet goal, then what fits the network. Nothing comes
    again within `HALF_A_YEAR` while another question fits; then the one asked longest ago does.
    """
    part = _PARTS.get(about.role)
    if part is None:
        return None
    desk = _Desk(bank, about, part, now_on)
    return desk.on_plan() or desk.on_goal() or desk.on_network() or desk.asked_longest_ago()


_PARTS = {Role.MEMBER: Part.MEMBER, Role.COORDINATOR: Part.COORDINATOR, Role.LEADER: Part.LEADER}


class _Desk:
    """One choice: the questions that fit, and what was asked before."""

    def __init__(self, bank: Bank, about: About, part: Part, now_on: date) -> None:
        self.about, self.part, self.now_on = about, part, now_on
        self.own = frozenset(one.key for one in about.own)
        self.fitting = [one for one in (*about.own, *bank.questions) if self._fits(one)]
        self.asked = sorted(about.asked, key=lambda one: one.on)
        self.last = {one.key: one.on for one in self.asked}
        known = {one.key: one for one in (*bank.questions, *about.own)}
        found = [(known[one.key], one.on) for one in self.asked if one.key in known]
        on_network = [(question, on) for question, on in found if question.dimension]
        self.turns = {question.dimension: (on, question) for question, on in on_network}
        self.before = on_network[-1][0] if on_network else None

    def on_plan(self) -> Chosen | None:
        """A question on the plan whose moment is furthest behind, of those that were not yet asked about."""
        done = {one.plan_id for one in self.asked}
        due = [
            one
            for one in self.about.plans
            if one.moment_on < self.now_on and one.id not in done and one.text.strip(" .")
        ]
        questions = self._quoting(Slot.PLAN)
        if not due or not questions:
            return None
        plan, question = min(due, key=lambda one: (one.moment_on, one.id)), self._longest_ago(questions)
        reason = reasons.of_plan(plan.moment_on)
        return Chosen(question.key, question.quoting(_quoted(plan.text.strip().rstrip(" ."))), reason, plan_id=plan.id)

    def on_goal(self) -> Chosen | None:
        """A question on a quiet goal, with one that did not come for half a year."""
        goal, fresh = self._quiet_goal(), [one for one in self._quoting(Slot.GOAL) if not self._is_recent(one)]
        return self._about_goal(goal, self._longest_ago(fresh)) if goal and fresh else None

    def on_network(self) -> Chosen | None:
        """A question that fits part, stage and kind; the network's own take turns with the bank's."""
        fresh = [one for one in self._quoting(None) if not self._is_recent(one)]
        own = [one for one in fresh if one.key in self.own]
        rest = [one for one in fresh if one.key not in self.own]
        was_own = bool(self.asked) and self.asked[-1].key in self.own
        if own and not (was_own and rest):
            return self._about_network(self._longest_ago(own))
        return self._about_network(self._next_of(self._of_next_dimension(rest))) if rest else None

    def asked_longest_ago(self) -> Chosen | None:
        """What fits and came longest ago, when all of it came within half a year."""
        goal = self._quiet_goal()
        there = [*self._quoting(None), *(self._quoting(Slot.GOAL) if goal else ())]
        if not there:
            return None
        question = self._longest_ago(there)
        return self._about_goal(goal, question) if goal and question.slot else self._about_network(question)

    def _fits(self, question: Question) -> bool:
        about = self.about
        return (
            question.key not in about.off
            and (not question.roles or self.part in question.roles)
            and (not question.stages or about.stage in question.stages)
            and (not question.governance or about.governance in question.governance)
            and (not question.origin or about.origin in question.origin)
            and (not question.stance or about.stance in question.stance)
        )

    def _quoting(self, slot: Slot | None) -> list[Question]:
        return [one for one in self.fitting if one.slot is slot]

    def _is_recent(self, question: Question) -> bool:
        on = self.last.get(question.key)
        return on is not None and self.now_on - on < HALF_A_YEAR

    def _longest_ago(self, questions: Sequence[Question]) -> Question:
        return min(questions, key=lambda one: self.last.get(one.key, date.min))

    def _next_of(self, questions: Iterable[Question]) -> Question:
        """One that never came, else the one that came longest ago.

        In each dimension what fits such networks only and what fits any take turns; a move seldom follows itself.
        """

        def rank(one: Question) -> tuple[date, bool, bool]:
            _, before = self.turns.get(one.dimension, (None, None))
            wants_any = before is not None and not before.is_for_any_network
            follows_itself = self.before is not None and one.move is self.before.move
            return self.last.get(one.key, date.min), one.is_for_any_network is not wants_any, follows_itself

        return min(questions, key=rank)

    def _of_next_dimension(self, questions: Sequence[Question]) -> list[Question]:
        """Those of the dimension whose turn it is: every second time one that matters to the person just now."""
        there = [dimension for dimension in Dimension if any(one.dimension is dimension for one in questions)]
        newest = self.before.dimension if self.before else None
        focus = (*self.about.wrote_about, *self.about.weak)
        wanted = [dimension for dimension in there if dimension in focus and newest not in focus]
        turn = min(wanted or there, key=self._turn_of, default=None)
        return [one for one in questions if one.dimension is turn]

    def _turn_of(self, dimension: Dimension) -> date:
        on, _ = self.turns.get(dimension, (date.min, None))
        return on

    def _quiet_goal(self) -> Goal | None:
        """The quiet goal that was asked about longest ago, then the one that is quiet longest."""
        about = {one.goal_id: one.on for one in self.asked if one.goal_id is not None}
        quiet = [
            one
            for one in self.about.goals
            if one.weeks_quiet >= QUIET_WEEKS and one.title.strip(" .")
            if one.id not in about or self.now_on - about[one.id] >= GOAL_RESTS
        ]
        return min(quiet, key=lambda one: (about.get(one.id, date.min), -one.weeks_quiet, one.id), default=None)

    def _about_goal(self, goal: Goal, question: Question) -> Chosen:
        title = _quoted(goal.title.strip().rstrip(" ."))
        reason = reasons.of_goal(title, goal.weeks_quiet)
        return Chosen(question.key, question.quoting(title), reason, goal_id=goal.id)

    def _about_network(self, question: Question) -> Chosen:
        return Chosen(question.key, question.text, self._reason(question))

    def _reason(self, question: Question) -> str:
        about, dimension = self.about, question.dimension
        if question.key in self.own:
            return reasons.OWN
        if dimension and dimension in about.wrote_about:
            return reasons.wrote_about(dimension)
        if dimension and dimension in about.weak:
            return reasons.is_weak(dimension)
        tags = (question.stages, question.governance, question.origin, question.stance)
        facts = (about.stage, about.governance, about.origin, about.stance)
        known = next((fact for wanted, fact in zip(tags, facts, strict=True) if wanted), None)
        is_supposed = known is about.stage and not about.stage_is_reviewed
        return reasons.of_network(question, self.part, known, is_reviewed=not is_supposed)


def _quoted(words: str) -> str:
    return shortened(" ".join(words.split()), LONGEST_QUOTE)
