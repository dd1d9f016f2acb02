"""A plan is made: when it begins and who reads it, then what is proposed, chosen or written by its people."""

from datetime import date

from handlers.kit import audience, whom
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.dates import months_after
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission, Values
from handlers.kit.happenings import ObjectiveWanted
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from handlers.plan import forms, months, offers, rules, sentences, standing, views, whose
from handlers.plan.feature import feature
from handlers.plan.rules import Proposal
from prompts.plan import Action, catalogue
from storage.goal_records import GoalState
from storage.plan_records import NewItem, Plan
from storage.records import Audience, Network


def draw_begin(argument: str, context: Context) -> Form:
    """When the plan begins, and who can read it."""
    (network_id,) = ids(argument, 1)
    network, words = whose.run(network_id, context), whose.words(network_id, context)
    began_on, review_on = _usual_beginning(network, context.today_on), reviewed_on(network_id, context)
    return forms.begin(network, began_on, words, review_on, argument)


def _usual_beginning(network: Network, today_on: date) -> date:
    """When the network began, if that is no more than six months ago; else today."""
    began_on = network.started_on
    is_near = began_on is not None and began_on <= today_on <= months_after(began_on, 6)
    return began_on if began_on is not None and is_near else today_on


def reviewed_on(network_id: int, context: Context) -> date | None:
    """When the newest review that the person may read ended."""
    found = whose.last_review(network_id, context)
    ended_at = found.result.review.ended_at if found else None
    return context.local_on(ended_at) if ended_at else None


@feature.form("begin", draw_begin)
def make_a_plan(submission: Submission, context: Context) -> Reply:
    """Make the plan, and propose what could stand in it."""
    network = whose.run(ids(submission.argument, 1)[0], context)
    standing_plan = whose.current(network.id, context)
    if standing_plan is not None:
        return Say(views.page(whose.seen(standing_plan, context), sentences.MADE_MEANWHILE))
    began_on = date.fromisoformat(str(submission.values["began_on"]))
    if problem := sentences.not_a_beginning(began_on, context.today_on):
        form = draw_begin(submission.argument, context).filled(submission.values)
        return Correct(form, {"began_on": problem})
    readers = audience.chosen(str(submission.values["audience"]))
    reviewed = whose.last_review(network.id, context)
    context.store.plans.make(
        network.id, reviewed.result.review.id if reviewed else None, began_on, readers, context.person.id, context.now,
        months.usual_points(began_on, context.today_on),
    )  # fmt: skip
    context.audit("made a plan", f"network {network.id} audience {readers.name.lower()}")
    return Say(_offered(network, context, f"Your plan is made. {audience.SENTENCES[readers]}"))


@feature.press("propose")
def propose(press: Press, context: Context) -> Reply:
    """Three things for the plan; where there is no plan, the form that begins one."""
    network = whose.run(ids(press.argument, 1)[0], context)
    if whose.current(network.id, context) is None:
        return Ask(draw_begin(str(network.id), context), offers.to_begin(network))
    return Say(_offered(network, context))


def _offered(network: Network, context: Context, said: str = "") -> Message:
    plan, taken = _plan_and_taken(network, context)
    reviewed = whose.last_review(network.id, context)
    return _message(network, plan, rules.propose(catalogue(), reviewed, taken), context, said)


def _message(network: Network, plan: Plan, proposals: list[Proposal], context: Context, said: str = "") -> Message:
    words = whose.words(network.id, context)
    return offers.offers(network, plan, proposals, words, reviewed_on(network.id, context), said)


def _plan_and_taken(network: Network, context: Context) -> tuple[Plan, set[str]]:
    """The plan of now, and what of the catalogue needs no proposing: all that was in it, and what was done before."""
    plan = whose.current(network.id, context)
    if plan is None:
        raise Refusal(sentences.OVER)
    done = (
        item.action
        for before in context.store.plans.all_of(network.id, whose.reader(context))
        for item in before.items
        if item.state is GoalState.ACHIEVED
    )
    return plan, {*done, *(one.action for one in plan.items)}


@feature.press("another")
def another(press: Press, context: Context) -> Reply:
    """The same with another one in the place of one."""
    own, _, rest = press.argument.partition(".")
    keys, _, place = rest.rpartition(".")
    shown, network_id, place_at = keys.split("."), number(own), number(place)
    if network_id is None or place_at is None or place_at >= len(shown) or len(shown) > rules.AT_ONCE:
        raise NotAllowed("a malformed button or form")
    network = whose.run(network_id, context)
    plan, taken = _plan_and_taken(network, context)
    reviewed = whose.last_review(network_id, context)
    following = rules.another(catalogue(), reviewed, taken, shown, shown[place_at])
    return Replace(_message(network, plan, rules.shown(catalogue(), reviewed, taken, following), context))


def _action(key: str) -> Action:
    found = catalogue().action(key)
    if found is None:
        raise NotAllowed("an item that is not in the catalogue")
    return found


def _carried(argument: str, count: int) -> tuple[list[str], Audience | None]:
    """So many parts of a form's argument, and who could read the plan when it was drawn."""
    parts = argument.split(".")
    shown = number(parts.pop()) if len(parts) == count + 1 else None
    if len(parts) != count or shown not in (None, *Audience):
        raise NotAllowed("a malformed button or form")
    return parts, None if shown is None else Audience(shown)


def draw_choose(argument: str, context: Context) -> Form:
    """The form of an item from the catalogue."""
    (plan_id, key), readers = _carried(argument, 2)
    return _form(ids(plan_id, 1)[0], _action(key), readers, context)


def draw_own(argument: str, context: Context) -> Form:
    """The form of an item of one's own."""
    (plan_id,), readers = _carried(argument, 1)
    return _form(ids(plan_id, 1)[0], None, readers, context)


def _form(plan_id: int, action: Action | None, readers: Audience | None, context: Context) -> Form:
    plan = whose.changeable(plan_id, context)
    words, people = whose.words(plan.network_id, context), whose.candidates(plan.network_id, context)
    stamp = int(plan.audience if readers is None else readers)
    argument = f"{plan.id}.{action.key}.{stamp}" if action else f"{plan.id}.{stamp}"
    return forms.item(plan, words, people, context.today_on, context.person.id, action, argument)


@feature.form("choose", draw_choose)
def choose(submission: Submission, context: Context) -> Reply:
    """Put an item of the catalogue into the plan."""
    (plan_id, key), readers = _carried(submission.argument, 2)
    return _put_in(ids(plan_id, 1)[0], _action(key), readers, submission.values, context)


@feature.form("own", draw_own)
def write_own(submission: Submission, context: Context) -> Reply:
    """Put an item into the plan that its people wrote."""
    (plan_id,), readers = _carried(submission.argument, 1)
    return _put_in(ids(plan_id, 1)[0], None, readers, submission.values, context)


def _put_in(plan_id: int, action: Action | None, readers: Audience | None, values: Values, context: Context) -> Reply:
    plan = whose.changeable(plan_id, context)
    if len(standing.open_items(plan)) >= sentences.MOST_ITEMS:
        raise Refusal(sentences.FULL)
    if action and action.key in [one.action for one in plan.items if one.left_on is None]:
        raise Refusal(sentences.TWICE)
    form = _form(plan_id, action, None, context).filled(values)
    if readers is not None and readers < plan.audience:
        return Correct(form, {"title": sentences.MORE_READERS}, redraw=True)
    found = whom.meant(str(values["who"]), whose.candidates(plan.network_id, context))
    if len(found) != 1:
        return Correct(form, {"who": whom.not_one([one.name for one in found], "in your network")})
    item = _new_item(action, values, found[0].person_id, plan, context)
    item_id = context.store.plans.add_item(plan.id, item)
    told = make_objective(plan, item_id, item, action.goals if action else (), context)
    network = whose.network(plan.network_id, context)
    now = whose.item_in(whose.readable(plan.id, context), item_id)
    return Say(offers.put_in(network, now, months.in_words(now.month_on), told))


def _new_item(action: Action | None, values: Values, owner_id: int, plan: Plan, context: Context) -> NewItem:
    reviewed = whose.last_review(plan.network_id, context)
    wanted = [one for one in (reviewed.weak if reviewed else ()) if action and one in action.dimensions]
    dimension = (wanted or list(action.dimensions))[0].value if action else ""
    # Whoever reads the plan reads this in its files: so it says nothing of a review, which may be for fewer.
    why = rules.reason(action, None) if action else ""
    return NewItem(
        action.key if action else "", " ".join(str(values["title"]).split()), dimension,
        why, date.fromisoformat(str(values["month"])), owner_id,
        str(values.get("step_when", "")), str(values.get("step_then", "")),
    )  # fmt: skip


def make_objective(plan: Plan, item_id: int, item: NewItem, goals: tuple[str, ...], context: Context) -> str:
    """Let the item become an objective; returns what is to be known of that."""
    assert item.owner_id is not None, "a new item has someone who looks after it"
    wanted = ObjectiveWanted(
        plan.network_id, item.title, item.owner_id, months.end_of_month(item.month_on), plan.audience,
        item.step_when, item.step_then, goals, [],
    )  # fmt: skip
    context.announce(wanted)
    if wanted.made:
        context.store.plans.set_objective(item_id, wanted.made[0])
    return " ".join(wanted.said)
