"""The routes of a check-in: take it, show it again, change it, share it, withdraw it."""

from dataclasses import replace

from handlers.checkins import facts, forms, rules, source, views
from handlers.checkins.home import show_this_week
from handlers.checkins.occasions import ask
from handlers.kit import audience
from handlers.kit.arguments import number
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.feature import Feature
from handlers.kit.happenings import CheckInRecorded, DataAsked, ErasureAsked, HomeDrawn
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from handlers.kit.template import template_in_force
from handlers.kit.text import day
from storage.records import CheckIn, Network, Revision, Role, Template

NOT_YOURS = "You are not in that network. Type check in to start again."

feature = Feature("checkins")
feature.examples = source.examples
feature.hears(HomeDrawn)(show_this_week)
feature.occasion("ask", title="check-in prompts", role=Role.MEMBER, cadence="w2:0")(ask)
feature.occasion("weekly", title="your weekly prompt", role=Role.COORDINATOR, cadence="w1:0")(ask)
feature.facts(facts.collect)
feature.press("shown")(source.show_check_in)


@feature.command(
    "check in", does="Answer a short check-in, in about two minutes", also=("checkin", "check-in"), order=10
)
def offer_check_in(command: Command, rest: str, context: Context) -> Reply:
    """Open the form for someone in one network; ask someone in several which one."""
    networks = context.store.networks.by_ids(context.person.network_ids)
    wanted = [one for one in networks if rest and rest.casefold() in one.name.casefold()] or networks
    if not wanted:
        raise Refusal(views.no_network(is_faculty=context.person.holds(Role.FACULTY)))
    if len(wanted) > 1:
        return Say(views.which_network(wanted))
    network, before = wanted[0], _standing(wanted[0], context)
    return Ask(_form_now(network, template_in_force(context, network.id), context), views.invitation(network, before))


def _standing(network: Network, context: Context) -> CheckIn | None:
    return _local(context.store.checkins.standing(network.id, context.person.id, context.week_on), context)


def _form_now(network: Network, template: Template, context: Context) -> Form:
    """An empty form; or the one that changes this week's check-in, if there is one."""
    before = _standing(network, context)
    if before is None:
        return forms.record_form(network, template)
    return forms.edit_form(*_network_and_template(before, context), before)


def _local(checkin: CheckIn | None, context: Context) -> CheckIn | None:
    """The check-in with its times on the person's own clock."""
    if checkin is None:
        return None
    edited_at = checkin.edited_at.astimezone(context.zone) if checkin.edited_at else None
    return replace(checkin, recorded_at=checkin.recorded_at.astimezone(context.zone), edited_at=edited_at)


def _my_network(text: str, context: Context) -> Network:
    network_id = number(text) or 0
    network = context.store.networks.by_id(network_id) if network_id in context.person.network_ids else None
    if network is None:
        raise NotAllowed("check-in for another network", NOT_YOURS)
    return network


def _template_for(text: str, network: Network, context: Context) -> Template:
    template = context.store.templates.by_id(number(text) or 0)
    if template is None or template.network_id != network.id:
        raise NotAllowed("check-in with another network's questions")
    return template


def draw_record_form(argument: str, context: Context) -> Form:
    """The form for `network`; once drawn `network.template`, so that later versions do not disturb an open form.

    A third part names the check-in of this week that the person knows it to put aside.
    """
    network, template, instead_of = _addressed(argument, context)
    if context.opening:
        return _form_now(network, template, context)
    return forms.record_form(network, template, _mine(instead_of, context) if instead_of else None)


def _addressed(argument: str, context: Context) -> tuple[Network, Template, str]:
    """The network and the questions that an argument names, and the check-in that it puts aside, if any."""
    network_text, _, rest = argument.partition(".")
    template_text, _, instead_of = rest.partition(".")
    if not template_text:
        network = _my_network(network_text, context)
        return network, template_in_force(context, network.id), instead_of
    found = context.store.templates.with_network(number(template_text) or 0)
    if found is None or found[0].id != number(network_text) or found[0].id not in context.person.network_ids:
        raise NotAllowed("check-in for another network", NOT_YOURS)
    return *found, instead_of


@feature.form("record", draw_record_form)
def record_check_in(submission: Submission, context: Context) -> Reply:
    """Keep the check-in. Where one of this week came to stand meanwhile, say so before it is put aside."""
    network, template, instead_of = _addressed(submission.argument, context)
    given = rules.answers_in(template, submission.values)
    if not given:
        return _mend(forms.record_form(network, template), submission, views.NOTHING_SAID)
    store, person = context.store, context.person
    added = store.checkins.record(network.id, person.id, template.id, context.week_on, context.now, given)
    if added is not None:
        return Say(views.kept(network, added, given, _tell(network, added, context)))
    store.people.hold(person.id)
    before = _standing(network, context)
    assert before is not None, "one stands, or it would have been added"
    given = rules.answers_in(template, submission.values, before)
    if rules.same(before.answers, given):
        return Say(views.kept(network, before.id, given))
    if instead_of != str(before.id):
        return _mend(forms.record_form(network, template, before), submission, views.CHECKED_IN_MEANWHILE)
    store.checkins.edit(before, template.id, context.now, given)
    return Say(views.changed(network, before.id, _tell(network, before.id, context)))


def _tell(network: Network, checkin_id: int, context: Context) -> CheckInRecorded:
    """Tell whoever hears it, such as who asked; it comes back with what they have to say about it."""
    recorded = CheckInRecorded(context.person.id, network.id, checkin_id)
    context.announce(recorded)
    return recorded


def _mend(form: Form, submission: Submission, sentence: str) -> Correct:
    return Correct(form.filled(submission.values), {form.questions[0].key: sentence}, redraw=True)


def _mine(text: str, context: Context) -> CheckIn:
    if not context.opening:
        context.store.people.hold(context.person.id)
    own = _local(context.store.checkins.own(number(text) or 0, context.person.id), context)
    if own is None:
        raise NotAllowed("another person's check-in", "That check-in is not yours, so you can't change it.")
    return own


def _own(text: str, context: Context) -> CheckIn:
    own = _mine(text, context)
    if own.withdrawn_at:
        raise Refusal("That check-in was withdrawn. Type check in to write a new one.")
    return own


def _network_and_template(checkin: CheckIn, context: Context) -> tuple[Network, Template]:
    network = context.store.networks.by_id(checkin.network_id)
    template = context.store.templates.by_id(checkin.template_id)
    assert network is not None, "foreign keys hold"
    assert template is not None, "foreign keys hold"
    return network, template


def _edit_form(argument: str, own: CheckIn, context: Context) -> tuple[Network, Template, Form]:
    """The form for `checkin`; once drawn `checkin.template.version`, so that it keeps the questions it asked."""
    network, template = _network_and_template(own, context)
    template_text = argument.split(".")[1] if "." in argument else ""
    if template_text:
        template = _template_for(template_text, network, context)
    return network, template, forms.edit_form(network, template, own)


def draw_edit_form(argument: str, context: Context) -> Form:
    """The form with one's own check-in, under the questions that it answered.

    A form that is sent after a withdrawal is drawn all the same, so that what was typed can stand in it.
    """
    find = _own if context.opening else _mine
    return _edit_form(argument, find(argument.partition(".")[0], context), context)[2]


@feature.form("edit", draw_edit_form)
def edit_check_in(submission: Submission, context: Context) -> Reply:
    """Change one's check-in and keep what it said before; say so first where it changed since the form was opened."""
    own = _own(submission.argument.partition(".")[0], context)
    network, template, form = _edit_form(submission.argument, own, context)
    given = rules.answers_in(template, submission.values, own)
    if not given:
        return _mend(form, submission, views.NOTHING_LEFT)
    if rules.same(own.answers, given):
        return Say(views.kept(network, own.id, given))
    if submission.argument.count(".") == 2 and submission.argument != form.argument:
        return _mend(form, submission, views.CHANGED_MEANWHILE)
    context.store.checkins.edit(own, template.id, context.now, given)
    return Say(views.changed(network, own.id, _tell(network, own.id, context)))


def draw_audience_form(argument: str, context: Context) -> Form:
    """Who can see each answer of one's own check-in."""
    own = _own(argument, context)
    return forms.audience_form(own, _network_and_template(own, context)[1])


@feature.form("audience", draw_audience_form)
def choose_audience(submission: Submission, context: Context) -> Reply:
    """Narrow or widen who can see one's answers."""
    own = _own(submission.argument, context)
    template = _network_and_template(own, context)[1]
    chosen = {key: audience.chosen(value) for key, value in submission.values.items() if isinstance(value, str)}
    context.store.checkins.set_audiences(own.id, chosen)
    context.audit("chose who can see a check-in", str(own.id))
    return Say(views.audience_kept(own, chosen, template))


@feature.press("withdraw")
def withdraw_check_in(press: Press, context: Context) -> Reply:
    """Delete what one's check-in says; a second press finds it done."""
    own = _mine(press.argument, context)
    if own.withdrawn_at is None:
        context.store.checkins.withdraw(own.id, context.now)
        context.audit("withdrew a check-in", str(own.id))
    return Replace(views.withdrawn())


@feature.command(
    "history",
    does="See your own check-ins, and change them",
    also=("edit", "withdraw", "my check-ins", "who can see this"),
    order=40,
)
def show_history(command: Command, rest: str, context: Context) -> Reply:
    """One's own check-ins, newest first."""
    return Say(_history_page(0, context))


@feature.press("history")
def turn_history(press: Press, context: Context) -> Reply:
    """Another page of one's own check-ins."""
    return Replace(_history_page(number(press.argument) or 0, context))


def _history_page(page: int, context: Context) -> Message:
    store, person = context.store, context.person
    checkins = store.checkins.history(person.id, views.PAGE, page * views.PAGE)
    templates = store.templates.by_ids(one.template_id for one in checkins)
    networks = {one.id: one for one in store.networks.by_ids(tuple({one.network_id for one in checkins}))}
    return views.history(checkins, templates, networks, page, store.checkins.count_of(person.id))


@feature.press("earlier")
def show_earlier_versions(press: Press, context: Context) -> Reply:
    """What one's check-in said before its edits."""
    own = _own(press.argument, context)
    revisions = [_locally(one, context) for one in context.store.checkins.revisions(own.id)]
    return Say(views.earlier(own, revisions, context.store.templates.by_ids(one.template_id for one in revisions)))


def _locally(revision: Revision, context: Context) -> Revision:
    return replace(revision, replaced_at=revision.replaced_at.astimezone(context.zone))


@feature.hears(DataAsked)
def tell_check_ins(asked: DataAsked, context: Context) -> None:
    """All of a person's check-ins, for their export, with what they said before each edit."""
    store = context.store
    checkins = store.checkins.history(asked.person_id, store.checkins.count_of(asked.person_id))
    networks = {one.id: one for one in store.networks.all()}
    for one in checkins:
        revisions = [_locally(revision, context) for revision in store.checkins.revisions(one.id)]
        templates = store.templates.by_ids([one.template_id, *(revision.template_id for revision in revisions)])
        text = views.as_text(one, networks[one.network_id], revisions, templates)
        asked.sections.append((f"Check-in, week of {day(one.week_on)}", text))


@feature.hears(ErasureAsked)
def erase_check_ins(asked: ErasureAsked, context: Context) -> None:
    """Erase all of a person's check-ins."""
    context.store.checkins.erase_person(asked.person_id)
