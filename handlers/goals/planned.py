"""What goals do when those who run a network put something into its plan, or change what stands there."""

from dataclasses import replace

from handlers.goals import rules, shown, told, whose
from handlers.goals.feature import feature
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.happenings import ObjectiveChanged, ObjectiveWanted
from handlers.kit.text import shortened
from storage.goal_records import Goal, GoalState, GoalWords
from storage.records import Person

NOT_THERE = "That person is not in the network any more. Please choose someone else."


@feature.hears(ObjectiveWanted)
def make_an_objective(wanted: ObjectiveWanted, context: Context) -> None:
    """An objective of the network with its goals under it; its owner has a letter if it is someone else."""
    if not context.person.runs(wanted.network_id):
        raise NotAllowed("an objective for another network", whose.NOT_YOURS)
    owner = _owner(wanted.owner_id, wanted.network_id, context)
    words = GoalWords(
        shortened(wanted.title, rules.LONGEST), wanted.due_on, step_when=wanted.step_when, step_then=wanted.step_then
    )  # fmt: skip
    objective = _made(wanted, words, None, context)
    wanted.made.append(objective.id)
    for title in wanted.goals:
        under = _made(wanted, GoalWords(shortened(title, rules.LONGEST), wanted.due_on), objective.id, context)
        wanted.made.append(under.id)
        if owner.id != context.person.id:
            told.pass_on(under, owner, context)
    if owner.id != context.person.id:
        wanted.said.append(told.hand(objective, owner, context))


def _made(wanted: ObjectiveWanted, words: GoalWords, objective_id: int | None, context: Context) -> Goal:
    goals = context.store.goals
    goal_id = goals.add(
        words, context.person.id, context.now, network_id=wanted.network_id, audience=wanted.audience,
        is_personal=False, is_objective=objective_id is None,
    )  # fmt: skip
    if objective_id is not None:
        goals.change(goal_id, words, objective_id)
    return whose.readable(goal_id, context)


def _owner(person_id: int, network_id: int | None, context: Context) -> Person:
    person = context.store.people.by_id(person_id)
    if person is None or network_id not in person.network_ids:
        raise Refusal(NOT_THERE)
    return person


@feature.hears(ObjectiveChanged)
def change_an_objective(changed: ObjectiveChanged, context: Context) -> None:
    """Old and new stand side by side in its story; goals under it that were due with it are due with it again."""
    goal = whose.open_to(changed.goal_id, context)
    words = replace(
        goal.words, title=shortened(changed.title, rules.LONGEST), due_on=changed.due_on,
        step_when=changed.step_when, step_then=changed.step_then,
    )  # fmt: skip
    shown.keep_words(goal, words, context)
    if changed.due_on != goal.words.due_on:
        for under in _open_under(goal, context):
            if under.words.due_on == goal.words.due_on:
                shown.keep_words(under, replace(under.words, due_on=changed.due_on), context)
    if changed.owner_id is not None and changed.owner_id != goal.owner_id:
        owner = _owner(changed.owner_id, goal.network_id, context)
        told.pass_on_under(goal, owner, context)
        changed.said.append(told.hand(goal, owner, context))


def _open_under(goal: Goal, context: Context) -> list[Goal]:
    found = context.store.goals.under(goal.id, whose.reader(context))
    return [one for one in found if one.state is GoalState.OPEN]
