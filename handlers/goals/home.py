"""What stands on a person's own page about goals: theirs that could do with a look, and a review that they began."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.goals import rules, spoken, whose
from handlers.goals.feature import feature
from handlers.goals.rules import Need
from handlers.kit.content import Button
from handlers.kit.context import Context
from handlers.kit.happenings import HomeDrawn
from handlers.kit.occasions import Item
from handlers.kit.text import shortened
from storage.goal_records import Goal
from storage.records import Network, Role

MINE = Button("All of mine", "goals.list", "1.0.0")
"""The list of goals that the person looks after or helps with."""


@feature.hears(HomeDrawn)
def show_goals_that_need_a_look(drawn: HomeDrawn, context: Context) -> None:
    """One line for the goals that the person looks after or helps with, and one for each review that goes on."""
    goals = [
        one
        for one in context.store.goals.open_for(whose.reader(context))
        if drawn.person_id in (one.owner_id, *(helper for helper, _ in one.helpers))
        and rules.need(one, context.today_on, context.now) is not Need.NONE
    ]
    if goals:
        drawn.items.append(
            need_a_look(rules.by_need(goals, context.today_on, context.now), context.today_on, context.now)
        )
    for network in whose.my_networks(context):
        leads = context.person.holds(Role.LEADER, network.id)
        if leads and context.store.goal_reviews.going_on(network.id, drawn.person_id):
            drawn.items.append(review_goes_on(network))


def need_a_look(goals: Sequence[Goal], today_on: date, now: datetime) -> Item:
    """How many goals could do with a look, and the first of them with the reason."""
    first = goals[0]
    need = rules.need(first, today_on, now)
    sure = spoken.CONFIDENCE[first.confidence] if first.confidence else ""
    reason = spoken.why(need, first, today_on, now) or f"{sure}."
    title = shortened(first.words.title, 120)
    button = Button("Open this goal", "goals.show", str(first.id), about=title)
    if len(goals) == 1:
        return Item(f"One of your goals could do with a look: “{title}”. {reason}", button)
    return Item(f"{len(goals)} of your goals could do with a look. The first is “{title}”. {reason}", button, (MINE,))


def review_goes_on(network: Network) -> Item:
    """The line that leads back into a review."""
    text = f"You began to look at the goals of {network.name}. You can go on where you stopped."
    return Item(text, Button("Go on", "goals.review", str(network.id), about=network.name))
