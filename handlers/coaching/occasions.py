"""Asks those who want it one coaching question a week: chosen for each, and kept with its reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.coaching import questions, rules
from handlers.coaching.choice import QUIET_WEEKS, About, Chosen, Goal, Plan, choose
from handlers.coaching.choice import Asked as Before
from handlers.coaching.feature import feature
from handlers.kit.audience import reader_in
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.reviewed import reviewed
from prompts.coaching import Question, question_bank
from prompts.kinds import Dimension, Kind, Stage
from storage.coached import AskedQuestion, NewQuestion, OwnQuestion, Talk
from storage.goal_records import QuietGoal
from storage.records import Network, Role
from storage.review_records import Result

ASK = "coaching.ask"
REMEMBERED = timedelta(days=800)
"""How far back a choice looks at what was asked: much further than the half year in which nothing comes again."""
PLAN_LASTS = timedelta(weeks=8)
"""A plan whose moment lies further back is not asked about out of the blue; the next talk still looks back on it."""
STARTING = timedelta(weeks=26)
"""A network is just starting for so long. Of later stages its age alone says nothing, so none is supposed."""
_ROLES = (Role.COORDINATOR, Role.LEADER, Role.MEMBER)
"""Of two roles in one network, the one that a question is chosen for."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the choice needs, read once for everyone who is asked."""

    networks: Mapping[int, Network]
    asked: Mapping[int, Sequence[AskedQuestion]]
    plans: Mapping[int, Sequence[Talk]]
    goals: Mapping[int, Sequence[QuietGoal]]
    off: Mapping[int, frozenset[str]]
    own: Mapping[int, Sequence[OwnQuestion]]
    reviews: Mapping[tuple[int, int], Result]
    now: datetime


@feature.occasion("ask", title="coaching questions", role=None, cadence="w1:0")
def ask(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """One question for each; none for whoever has answered the one of that date, or touched the goal that it is on."""
    known = _known(asked, desk)
    new = [found for one in asked if (found := _new(one, known)) is not None]
    if new:
        desk.store.coaching_questions.add(new)
    kept = desk.store.coaching_questions.asked_since([one.person.id for one in asked], min(one.on for one in asked))
    lines: dict[int, Sequence[Item]] = {}
    for one in asked:
        question = next((each for each in kept.get(one.person.id, ()) if each.on == one.on), None)
        waits = question is not None and not question.answer and _is_still_quiet(question, known)
        lines[one.person.id] = [questions.line(question, again=one.again)] if question and waits else []
    return lines


def _is_still_quiet(question: AskedQuestion, known: _Known) -> bool:
    """False once the goal that the question is on has news, is closed, or is looked after by someone else."""
    return question.goal_id is None or any(
        each.id == question.goal_id for each in known.goals.get(question.person_id, ())
    )


def _known(asked: Sequence[Asked], desk: Desk) -> _Known:
    store, people = desk.store, [one.person.id for one in asked]
    networks = sorted({network_id for one in asked for network_id in one.network_ids})
    first_on = min(one.on for one in asked)
    goals: dict[int, list[QuietGoal]] = defaultdict(list)
    for each in store.goals.quiet_of(people, desk.now - timedelta(weeks=QUIET_WEEKS)):
        goals[each.owner_id].append(each)
    return _Known(
        {one.id: one for one in store.networks.by_ids(tuple(networks))},
        store.coaching_questions.asked_since(people, first_on - REMEMBERED),
        store.coaching.plans_due(people, first_on - PLAN_LASTS),
        goals,
        store.coaching_questions.off_in(networks),
        store.coaching_questions.own_in(networks),
        store.reviews.latest_for([(reader_in(one.person, id_), id_) for one in asked for id_ in one.network_ids]),
        desk.now,
    )


def _new(one: Asked, known: _Known) -> NewQuestion | None:
    """The question of that date, where none was chosen yet."""
    before = known.asked.get(one.person.id, ())
    if any(each.on == one.on for each in before) or not one.network_ids:
        return None
    network_id = whose_turn(one.network_ids, before)
    role = next((role for role in _ROLES if one.person.holds(role, network_id)), None)
    chosen = choose(question_bank(), _about(role, one, network_id, known), one.on) if role else None
    return _as_new(one, network_id, chosen) if chosen else None


def whose_turn(network_ids: Iterable[int], before: Sequence[AskedQuestion]) -> int:
    """Of several networks, the one that a question was asked about longest ago."""
    last: dict[int | None, date] = defaultdict(lambda: date.min)
    last.update({each.network_id: each.on for each in before})
    return min(network_ids, key=lambda network_id: (last[network_id], network_id))


def _about(role: Role, one: Asked, network_id: int, known: _Known) -> About:
    network, before = known.networks[network_id], known.asked.get(one.person.id, ())
    by_key = {each.key: each for each in question_bank().questions}
    own = tuple(as_question(each) for each in known.own.get(network_id, ()))
    by_key.update({each.key: each for each in own})
    answered = [found for each in before if each.answer and (found := by_key.get(each.key))]
    last = answered[-1].dimension if answered else None
    result = known.reviews.get((one.person.id, network_id))
    review = reviewed(result) if result else None
    kind = review.kind if review else Kind()
    return About(
        role,
        kind.stage or stage_of(network, one.on),
        kind.governance,
        kind.origin,
        kind.stance,
        wrote_about=(last,) if last else (),
        weak=review.weak if review else (),
        goals=_goals(known, one.person.id, network_id),
        plans=tuple(
            Plan(each.id, rules.plan(each.when, each.then), each.moment_on)
            for each in known.plans.get(one.person.id, ())
            if each.moment_on
        ),
        asked=tuple(Before(each.key, each.on, each.goal_id, each.plan_id) for each in before),
        off=known.off.get(network_id, frozenset()),
        own=own,
        stage_is_reviewed=kind.stage is not None,
    )


def _goals(known: _Known, person_id: int, network_id: int) -> tuple[Goal, ...]:
    """The person's own quiet goals, and those of that network which they look after."""
    return tuple(
        Goal(each.id, each.title, (known.now - each.moved_at).days // 7)
        for each in known.goals.get(person_id, ())
        if each.network_id in (None, network_id)
    )


def as_question(own: OwnQuestion) -> Question:
    """A network's own question as one of the bank; no key of the bank has a colon."""
    return Question(f"own:{own.id}", own.text, dimension=Dimension(own.dimension) if own.dimension else None)


def stage_of(network: Network, on: date) -> Stage | None:
    """Where the network is in its life, as far as the day on which it began tells."""
    began = network.started_on
    return Stage.STARTING if began and on - began < STARTING else None


def _as_new(one: Asked, network_id: int, chosen: Chosen) -> NewQuestion:
    about = None if chosen.plan_id else network_id
    return NewQuestion(
        one.person.id, about, one.on, chosen.key, chosen.text, chosen.reason, chosen.plan_id, chosen.goal_id
    )
