"""Tells people of goals that concern them: one that was handed to them, someone who helps, a review that is shared."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.goals import news, rules, shown, whose
from handlers.goals.feature import feature
from handlers.kit import letters, telling
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.replies import Reply, Say
from storage.goal_records import Entry, Goal, GoalReview, GoalState, News, Told
from storage.records import Person

TOLD, NEWS = "goals.told", "goals.news"
GIVER_LEFT = "Whoever gave you this goal has left. Open the goal, and press Hand it over to choose someone else."
NOT_GIVEN = "Nobody handed you this goal. Open its page to see who looks after it."


@feature.letter("told", title="goals that people hand to you")
def tell_of_goals(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each goal that was handed to someone, or back to them, and that they have not looked at."""
    return _by_person(desk.store.goal_news.given_to([one.person.id for one in asked]), asked)


@feature.occasion("news", title="news of goals", role=None, cadence="w1:0", answerable=False)
def tell_news(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """A line for each who joined to help with someone's goal, and for each review that was shared."""
    return _by_person(desk.store.goal_news.news_for({one.person.id: one.on for one in asked}), asked)


def _by_person(found: Iterable[News], asked: Sequence[Asked]) -> dict[int, list[Item]]:
    lines: dict[int, list[Item]] = {one.person.id: [] for one in asked}
    for one in found:
        lines[one.to_id].append(news.line(one))
    return lines


def hand(goal: Goal, person: Person, context: Context, *, back: bool = False) -> str:
    """Let that person look after the goal and tell them; returns what whoever handed it over must know of that."""
    context.store.goals.set_owner(goal.id, person.id)
    shown.tell(goal.id, Entry(Told.OWNER, context.now, context.person.id, about_id=person.id), context)
    context.audit("handed over a goal", f"goal {goal.id} to person {person.id}")
    if person.id == context.person.id:
        context.store.goal_news.nobody_gave(goal.id)
        return ""
    context.store.goal_news.give(goal.id, person.id, context.person.id, context.now, back=back)
    if letters.bring(context, person.id, TOLD):
        return f"I tell {person.name} at a good time for them."
    return f"I cannot write to {person.name} for now, so please tell them yourself."


def pass_on(goal: Goal, person: Person, context: Context) -> None:
    """Let that person look after a goal without a word of its own to them: they hear of what it stands under."""
    context.store.goals.set_owner(goal.id, person.id)
    context.store.goal_news.nobody_gave(goal.id)
    shown.tell(goal.id, Entry(Told.OWNER, context.now, context.person.id, about_id=person.id), context)


def pass_on_under(objective: Goal, person: Person, context: Context) -> None:
    """Pass on the open goals under an objective that whoever looks after it looks after too."""
    for goal in context.store.goals.under(objective.id, whose.reader(context)):
        if goal.state is GoalState.OPEN and goal.owner_id == objective.owner_id:
            pass_on(goal, person, context)


@feature.press("decline")
def hand_back(press: Press, context: Context) -> Reply:
    """Give a goal that was handed to one back to whoever gave it, who is told."""
    goal = whose.open_to(ids(press.argument, 1)[0], context)
    gift = context.store.goal_news.gift(goal.id, context.person.id)
    if gift is None:
        raise Refusal(NOT_GIVEN)
    giver = context.store.people.by_id(gift.by_id) if gift.by_id is not None else None
    if giver is None or goal.network_id not in giver.network_ids:
        raise Refusal(GIVER_LEFT)
    pass_on_under(goal, giver, context)
    return Say(news.handed_back(goal, hand(goal, giver, context, back=True)))


def helped(goal: Goal, context: Context) -> None:
    """Let whoever looks after the goal know, with their next message, that someone helps."""
    if goal.owner_id is not None and goal.owner_is_here:
        context.store.goal_news.helps(goal.id, goal.owner_id, context.person.id, context.now)
        telling.with_the_next(context, goal.owner_id, NEWS)


def shared(review: GoalReview, context: Context) -> None:
    """Let the others who run the network know, with their next message, that there is a summary."""
    context.store.goal_news.taken_back(review.id)
    for person in context.store.people.in_network(review.network_id, rules.MOST_IN_NETWORK):
        if person.runs(review.network_id) and person.id != context.person.id:
            context.store.goal_news.shared(review.id, person.id, context.person.id, context.now)
            telling.with_the_next(context, person.id, NEWS)
