"""A new plan takes the place of one that no longer fits; the old one stays to be read beside it."""

from dataclasses import replace
from datetime import date

from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.events import Press, Submission, Values
from handlers.kit.replies import Correct, Reply, Say
from handlers.plan import changing, forms, months, offers, sentences, standing, views, whose
from handlers.plan.feature import feature
from storage.plan_records import NewItem, Plan, PlanItem, PlanState


def draw_again(argument: str, context: Context) -> Form:
    """Why there is a new plan, and what goes on in it."""
    stamp = whose.stamped(argument, 1)
    plan = whose.changeable(stamp.own[0], context)
    version = stamp.shown[0] if stamp.shown else plan.version
    return forms.again(plan, months.month_number(plan.began_on, context.today_on), f"{plan.id}.{version}")


@feature.form("again", draw_again)
def make_a_new_plan(submission: Submission, context: Context) -> Reply:
    """Make the new plan with the items that go on; the objectives of the others stay as they are."""
    stamp, values = whose.stamped(submission.argument, 1), submission.values
    plan = whose.changeable(stamp.own[0], context)
    if stamp.shown != (plan.version,):
        form = draw_again(str(plan.id), context)
        typed = {key: value for key, value in values.items() if key != "items"}
        return Correct(form.resumed(typed), {"why": sentences.ITEMS_CHANGED}, redraw=True)
    ticked = values.get("items") or ()
    chosen = (ticked,) if isinstance(ticked, str) else ticked
    open_items = standing.open_items(plan)
    going_on = [one for one in open_items if str(one.id) in chosen]
    began_on = _beginning(plan, values, context.today_on)
    reviewed = whose.last_review(plan.network_id, context)
    plan_id = context.store.plans.make(
        plan.network_id, reviewed.result.review.id if reviewed else None, began_on, plan.audience, context.person.id,
        context.now, _points(plan, began_on), str(values["why"]),
    )  # fmt: skip
    for item in going_on:
        _carry(item, plan_id, began_on, context)
    context.audit("made a new plan", f"network {plan.network_id} from plan {plan.id}")
    network = whose.network(plan.network_id, context)
    return Say(offers.made_anew(network, len(going_on), len(open_items) - len(going_on), plan.hidden))


def _beginning(plan: Plan, values: Values, today_on: date) -> date:
    """Also where the months are still to begin, nobody is asked, and they begin as they were to."""
    goes_on = values.get("count") == forms.GO_ON or today_on < plan.began_on
    return plan.began_on if goes_on else today_on


def _points(plan: Plan, began_on: date) -> dict[int, date]:
    """The review points of the new plan: those that still wait where the months go on, else all anew."""
    if began_on == plan.began_on:
        return {one.month: one.on for one in standing.waiting_points(plan)}
    return months.usual_points(began_on)


def _carry(item: PlanItem, plan_id: int, began_on: date, context: Context) -> None:
    """Put the item into the new plan; one whose month lies before it has the first month of the plan."""
    month_on = max(item.month_on, months.month_of(began_on))
    new = NewItem(
        item.action, item.title, item.dimension, item.why, item.month_on, item.owner_id, item.step_when, item.step_then,
        item.objective_id, item.first_on,
    )  # fmt: skip
    item_id = context.store.plans.add_item(plan_id, new)
    if month_on != item.month_on:
        carried = replace(item, id=item_id, plan_id=plan_id)
        changing.keep(replace(carried, month_on=month_on), carried, context)


@feature.press("older")
def show_older(press: Press, context: Context) -> Reply:
    """The network's plans that are over, as far as the person may read them."""
    network = whose.network(ids(press.argument, 1)[0], context)
    found = [one for one in context.store.plans.all_of(network.id, whose.reader(context))]
    over = [whose.local(one, context) for one in found if one.state is not PlanState.CURRENT]
    return Say(views.older(network, over))


@feature.press("old")
def show_old(press: Press, context: Context) -> Reply:
    """A plan that is over; the plan of now where it is not."""
    return Say(changing.page(whose.readable(ids(press.argument, 1)[0], context), context))
