"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from handlers.coaching import rules, views
from handlers.coaching.forms import Colleague
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from storage.coached import Step, Talk

MOST_IN_NETWORK = 1000
"""People of one network among whom someone is looked for."""


def own_talk(talk_id: int, context: Context) -> Talk:
    """The person's own talk. Raises NotAllowed for any other, and where it is deleted."""
    if not context.opening:
        context.store.people.hold(context.person.id)
    talk = context.store.coaching.own(talk_id, context.person.id)
    if talk is None:
        raise NotAllowed("a coaching talk that is not theirs", views.NOT_YOURS)
    return talk


def talk_and_step(argument: str, context: Context) -> tuple[Talk, Step]:
    """The talk and the question of it that an argument names."""
    talk_id, number = ids(argument, 2)
    step = rules.step_in(number)
    if step is None:
        raise NotAllowed("an unknown question of coaching")
    return own_talk(talk_id, context), step


def readers_of(talk: Talk, context: Context) -> list[str]:
    """The names of those with whom the person shares the talk's plan."""
    return [one.with_name for one in context.store.coaching.shares_of(talk.person_id, [talk.id])]


def colleagues(context: Context) -> list[Colleague]:
    """Everyone else in the person's networks, by name."""
    store, person = context.store, context.person
    found = [
        Colleague(one.id, network.id, one.name, network.name)
        for network in store.networks.by_ids(person.network_ids)
        for one in store.people.in_network(network.id, MOST_IN_NETWORK)
        if one.id != person.id
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.network))
