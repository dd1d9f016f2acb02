"""The routes to updates: a draft for some days and readers, the list, a draft's page and the update as it is read."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from handlers.kit import choosing
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission, Values
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from handlers.updates import changing, deciding, drafted, editing, exporting, forms, heard, rules, shown, views, whose
from handlers.updates.feature import feature
from handlers.updates.rules import Period
from storage.draft_records import Draft, NewDraft
from storage.plan_records import Plan
from storage.records import Audience, Network, Role

__all__ = ["changing", "deciding", "editing", "exporting", "feature", "heard"]
RUNNERS = (Role.COORDINATOR, Role.LEADER)


@feature.command(
    "update",
    does="Draft an update of your network, from what people shared",
    roles=RUNNERS,
    also=("draft update", "new update"),
    order=30,
)
def draft_on_command(command: Command, rest: str, context: Context) -> Reply:
    """Ask for which days, and first of which network where there are several."""
    return _begin(context, rest)


@feature.press("begin")
def draft_on_press(press: Press, context: Context) -> Reply:
    """The same, from the list."""
    return _begin(context, "")


def _begin(context: Context, rest: str) -> Reply:
    networks = whose.run_by(context)
    if not networks:
        raise Refusal(whose.NOT_RUN)
    words = " ".join(rest.casefold().strip(" .,!").removeprefix("for ").removeprefix("the ").split())
    period = forms.TYPED.get(words, Period.LAST_MONTH)
    named = [one for one in networks if rest and rest.casefold() in one.name.casefold()]
    if len(networks) > 1 and len(named) != 1:
        return Say(choosing.which_network(views.WHICH, networks, "updates.new", opens_form=True, also=(views.ALL,)))
    network = named[0] if len(named) == 1 else networks[0]
    return Ask(_form(network, context, period), views.begin(network, period))


def draw_new(argument: str, context: Context) -> Form:
    """The form of a draft."""
    network, period = _of(argument, context)
    return _form(network, context, period)


def _of(argument: str, context: Context) -> tuple[Network, Period]:
    """The network that a button or form names, and the days that were typed before; last month, unless some were."""
    found = ids(argument, 1 + min(1, argument.count(".")))
    number = found[1] if len(found) > 1 else views.PERIODS.index(Period.LAST_MONTH)
    if number >= len(views.PERIODS):
        raise NotAllowed("a malformed button or form")
    return whose.run(found[0], context), views.PERIODS[number]


def _form(network: Network, context: Context, period: Period = Period.LAST_MONTH) -> Form:
    return forms.new(network, has_last=context.store.drafts.last_told_on(network.id) is not None, period=period)


@feature.form("new", draw_new)
def make_draft(submission: Submission, context: Context) -> Reply:
    """Make the draft at once, with no model; where one is set up, it is asked for another version."""
    network, _ = _of(submission.argument, context)
    values = submission.values
    span, errors = _days(values, network, context)
    if span is None:
        return Correct(draw_new(submission.argument, context).filled(values), errors)
    return _drafted(network, span, values, context)


def _drafted(network: Network, span: tuple[date, date], values: Values, context: Context) -> Reply:
    audience = Audience[str(values["audience"]).upper()]
    new = NewDraft(network.id, context.person.id, *span, audience, with_model=bool(context.model_name))
    draft = _made(new, network, context)
    context.audit("drafted an update", f"draft {draft.id} network {network.id}")
    return Say(shown.anew(draft.id, context))


def draw_final(argument: str, context: Context) -> Form:
    """The form of a draft over a whole plan."""
    plan, network = whose.plan(ids(argument, 1)[0], context)
    return forms.final(plan, network, _days_of(plan, context))


@feature.form("final", draw_final)
def make_final_draft(submission: Submission, context: Context) -> Reply:
    """Make a draft of all days of a plan: of what its people came to, it is the last update."""
    plan, network = whose.plan(ids(submission.argument, 1)[0], context)
    return _drafted(network, _days_of(plan, context), submission.values, context)


def _days_of(plan: Plan, context: Context) -> tuple[date, date]:
    """From the day on which the plan began to the day on which it ended; to today while it goes on."""
    ended_on = plan.closed_at.astimezone(ZoneInfo(context.programme.time_zone)).date() if plan.closed_at else None
    last_on = ended_on or context.programme_on
    return min(plan.began_on, last_on), last_on


def _days(values: Values, network: Network, context: Context) -> tuple[tuple[date, date] | None, Mapping[str, str]]:
    """The first and last day that were chosen, or what is wrong with them."""
    period = Period(str(values["period"]))
    if period is not Period.OWN:
        told_on = context.store.drafts.last_told_on(network.id)
        return rules.span(period, context.programme_on, told_on), {}
    first_on, last_on = (_date(values.get(key)) for key in ("first", "last"))
    where, problem = rules.days_problem(first_on, last_on, context.programme_on)
    if problem or first_on is None or last_on is None:
        return None, {where: problem}
    return (first_on, min(last_on, context.programme_on)), {}


def _date(value: str | tuple[str, ...] | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _made(new: NewDraft, network: Network, context: Context) -> Draft:
    draft = Draft(0, network.id, None, "", new.first_on, new.last_on, new.audience, context.now)
    asked = whose.asked(draft, (network,), context.programme)
    facts = whose.of_draft(draft, context.routes.facts(asked, context.store))
    draft_id = context.store.drafts.add(new, context.now, drafted.sentences(facts))
    return whose.draft(draft_id, context)


@feature.command("updates", does="Read the updates of your networks", also=("my updates", "drafts"), order=31)
def list_updates(command: Command, rest: str, context: Context) -> Reply:
    """The drafts of networks that one runs, and the updates that one may read."""
    return Say(_list(context))


@feature.press("list")
def list_on_press(press: Press, context: Context) -> Reply:
    """The same, from a page."""
    return Say(_list(context))


def _list(context: Context) -> Message:
    person, drafts = context.person, context.store.drafts
    found = drafts.of_networks(person.network_ids) if person.network_ids else []
    if person.holds(Role.FACULTY):
        found = list({one.id: one for one in (*found, *drafts.shared_with_faculty())}.values())
    mine = [one for one in found if person.runs(one.network_id) or whose.may_read(one, person)]
    newest = sorted(mine, key=lambda one: one.id, reverse=True)[: views.LISTED]
    networks = {one.id: one for one in context.store.networks.by_ids(tuple({one.network_id for one in newest}))}
    return views.listing([(one, networks[one.network_id], person.runs(one.network_id)) for one in newest])


@feature.press("show")
def show_draft(press: Press, context: Context) -> Reply:
    """The draft, to those who run its network."""
    return Say(shown.anew(ids(press.argument, 1)[0], context))


@feature.press("read")
def read_update(press: Press, context: Context) -> Reply:
    """An update that has gone out, to those who may read it."""
    return Say(shown.update(whose.readable(ids(press.argument, 1)[0], context), context))


@feature.press("version")
def choose_version(press: Press, context: Context) -> Reply:
    """Show the model's version, or the plain one: the one that is shown is the one that counts."""
    draft_id, shows = ids(press.argument, 2)
    draft = whose.editable(draft_id, context)
    if shows > 1 or draft.writing.done_at is None or draft.writing.failed:
        raise NotAllowed("a version that there is not")
    if draft.shows_model != bool(shows):
        context.store.drafts.show_model(draft.id, shows=bool(shows))
        writing = draft.writing
        told = f"draft {draft.id} model {writing.model} prompt {writing.prompt_version}"
        context.audit("chose a model's version" if shows else "chose the plain version", told)
    return Replace(shown.anew(draft.id, context))
