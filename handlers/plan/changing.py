"""What those who run a network change in its plan: an item, what is in it, and who can read it."""

from dataclasses import replace
from datetime import date

from handlers.kit import audience, whom
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.happenings import ObjectiveChanged
from handlers.kit.replies import Correct, Reply, Say
from handlers.plan import forms, months, offers, sentences, standing, views, whose
from handlers.plan.feature import feature
from storage.plan_records import Plan, PlanItem, PlanState

SAME_READERS = "That is who can read it already."


def draw_change(argument: str, context: Context) -> Form:
    """The form of an item, with what it says now."""
    stamp = whose.stamped(argument, 2, 2)
    plan = whose.changeable(stamp.own[0], context)
    item = whose.open_item(plan, stamp.own[1])
    shown = stamp.shown or _versions(plan, item, context)
    return _form(plan, item, context, shown)


def _versions(plan: Plan, item: PlanItem, context: Context) -> tuple[int, ...]:
    goal = whose.objective(item, context)
    return plan.version, goal.version if goal else 0


def _form(plan: Plan, item: PlanItem, context: Context, shown: tuple[int, ...]) -> Form:
    words, people = whose.words(plan.network_id, context), whose.candidates(plan.network_id, context)
    argument = ".".join(map(str, (plan.id, item.id, *shown)))
    return forms.change(plan, item, words, people, context.today_on, argument)


@feature.form("change", draw_change)
def change(submission: Submission, context: Context) -> Reply:
    """Keep what the item says now, with its objective; what others changed meanwhile is shown first."""
    stamp, values = whose.stamped(submission.argument, 2, 2), submission.values
    plan = whose.changeable(stamp.own[0], context)
    item = whose.open_item(plan, stamp.own[1])
    versions = _versions(plan, item, context)
    if stamp.shown != versions:
        form = _form(plan, item, context, versions).filled(values)
        return Correct(form, {"title": sentences.item_meanwhile(item)}, redraw=True)
    people = whose.candidates(plan.network_id, context)
    found = whom.meant(str(values["who"]), people)
    if len(found) != 1:
        form = _form(plan, item, context, versions).filled(values)
        return Correct(form, {"who": whom.not_one([one.name for one in found], "in your network")})
    changed = replace(
        item,
        title=" ".join(str(values["title"]).split()),
        month_on=date.fromisoformat(str(values["month"])),
        owner_id=found[0].person_id,
        step_when=str(values.get("step_when", "")),
        step_then=str(values.get("step_then", "")),
    )
    told = keep(changed, item, context)
    return Say(_page(plan.id, context, f"That is kept. {told}".strip()))


def keep(changed: PlanItem, before: PlanItem, context: Context) -> str:
    """Put an item in the place of what it said, and let its objective say the same; returns what is to be known."""
    context.store.plans.change_item(
        before.id, title=changed.title, dimension=changed.dimension, month_on=changed.month_on,
        owner_id=changed.owner_id, step_when=changed.step_when, step_then=changed.step_then,
    )  # fmt: skip
    if before.objective_id is None:
        return ""
    said = ObjectiveChanged(
        before.objective_id, changed.title, changed.owner_id, months.end_of_month(changed.month_on),
        changed.step_when, changed.step_then,
    )  # fmt: skip
    context.announce(said)
    return " ".join(said.said)


def _page(plan_id: int, context: Context, said: str) -> Message:
    return page(whose.readable(plan_id, context), context, said)


def page(plan: Plan, context: Context, said: str = "") -> Message:
    """The page of a plan, whether it is over or not; `said` is what has just been kept."""
    seen = whose.seen(plan, context)
    if plan.state is PlanState.CURRENT:
        return views.page(seen, said)
    later = context.store.plans.all_of(plan.network_id, whose.reader(context))
    following = next((one for one in later if one.number == plan.number + 1), None)
    return views.old(seen, following if plan.state is PlanState.REPLACED else None, said)


@feature.press("leave")
def take_out(press: Press, context: Context) -> Reply:
    """Take an item out of the plan; a second press finds it done. Its objective stays."""
    plan_id, item_id = ids(press.argument, 2)
    plan = whose.changeable(plan_id, context)
    item = whose.item_in(plan, item_id)
    if item.left_on is None:
        whose.open_item(plan, item_id)
        context.store.plans.leave_item(item.id, context.today_on)
    return Say(offers.taken_out(whose.network(plan.network_id, context), item))


@feature.press("back")
def put_back(press: Press, context: Context) -> Reply:
    """Put an item back that was taken out; a second press finds it done."""
    plan_id, item_id = ids(press.argument, 2)
    plan = whose.changeable(plan_id, context)
    item = whose.item_in(plan, item_id)
    if item.left_on is not None:
        if len(standing.open_items(plan)) >= sentences.MOST_ITEMS:
            raise Refusal(sentences.FULL)
        context.store.plans.put_back(item.id)
    return Say(_page(plan.id, context, "It stands in the plan again."))


def draw_audience(argument: str, context: Context) -> Form:
    """Who can read the plan, also once it is over."""
    stamp = whose.stamped(argument, 1)
    plan = whose.theirs(stamp.own[0], context)
    shown = stamp.shown or (plan.version,)
    return forms.readers(plan, whose.words(plan.network_id, context), f"{plan.id}.{shown[0]}")


@feature.form("audience", draw_audience)
def choose_readers(submission: Submission, context: Context) -> Reply:
    """Narrow or widen who can read the plan."""
    stamp = whose.stamped(submission.argument, 1)
    plan = whose.theirs(stamp.own[0], context)
    if stamp.shown != (plan.version,):
        form = draw_audience(str(plan.id), context).filled(submission.values)
        return Correct(form, {"audience": sentences.MORE_READERS}, redraw=True)
    chosen = audience.chosen(str(submission.values["audience"]))
    if chosen is plan.audience:
        return Say(_page(plan.id, context, SAME_READERS))
    context.store.plans.set_audience(plan.id, chosen)
    context.audit("chose who can read a plan", f"plan {plan.id} {chosen.name.lower()}")
    return Say(_page(plan.id, context, f"That is kept. {audience.SENTENCES[chosen]}"))
