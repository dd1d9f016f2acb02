"""The routes of a network's check-in questions; each press and form is authorised again, and keeps a new version."""

from dataclasses import dataclass, replace

from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.feature import Draw, Feature
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.kit.template import product_questions, template_in_force
from handlers.questions import filled, forms, rules, views
from storage.records import Network, Role, Template, TemplateQuestion

feature = Feature("questions", examples=views.examples)


@dataclass(frozen=True, slots=True)
class _At:
    """What an argument leads to: the network, its questions now, and what was shown."""

    network: Network
    now: Template
    which: rules.Which

    @property
    def is_stale(self) -> bool:
        return self.which.version != self.now.version


@feature.command("questions", does="Change your network's check-in questions", roles=(Role.COORDINATOR,), order=65)
def show_questions(command: Command, rest: str, context: Context) -> Reply:
    """The questions of the network that one co-ordinates."""
    held = tuple(one.network_id for one in context.person.roles if one.role is Role.COORDINATOR and one.network_id)
    networks = context.store.networks.by_ids(held)
    if not networks:
        raise Refusal(views.NOT_YOURS)
    if len(networks) > 1:
        return Say(views.which_network(networks))
    return Say(views.template(networks[0], template_in_force(context, networks[0].id)))


@feature.press("show")
def show_of_network(press: Press, context: Context) -> Reply:
    """The questions of the network that was chosen."""
    at = _at(press.argument, context)
    return Replace(views.template(at.network, at.now))


def _at(argument: str, context: Context) -> _At:
    which = rules.which(argument)
    if which is None:
        raise NotAllowed("malformed button of questions")
    network = context.store.networks.by_id(which.network_id)
    if network is None or not context.person.holds(Role.COORDINATOR, which.network_id):
        raise NotAllowed(f"questions of network {which.network_id}", views.NOT_YOURS)
    return _At(network, template_in_force(context, network.id), which)


def _version(at: _At, context: Context) -> Template | None:
    """The version that was shown."""
    versions = context.store.templates.versions(at.network.id)
    return next((one for one in versions if one.version == at.which.version), None)


def _taken(at: _At, context: Context) -> set[str]:
    """Every key that a question of the network has, or had, or may get back."""
    versions = context.store.templates.versions(at.network.id)
    return {one.key for version in versions for one in version.questions} | {one.key for one in product_questions()}


def _stamped(at: _At) -> str:
    """The argument with the version: a button that opens a form means the version in force when it is pressed."""
    return str(at.which if at.which.version is not None else replace(at.which, version=at.now.version))


def draw_add(argument: str, context: Context) -> Form:
    """The form that adds a question."""
    at = _at(argument, context)
    if len(at.now.questions) >= rules.MOST and at.which.version is None:
        raise Refusal(rules.FULL)
    return forms.add(at.network, at.now, _stamped(at))


@feature.form("add", draw_add)
def add_question(submission: Submission, context: Context) -> Reply:
    """Keep a new version with the question at its end."""
    at = _at(submission.argument, context)
    return _submitted(draw_add, submission, at, "", context)


def draw_edit(argument: str, context: Context) -> Form:
    """The form that changes a question, as it is now or, where it is gone, as it was."""
    at = _at(argument, context)
    return forms.edit(at.network, at.now, _question(at, context), _stamped(at))


def _question(at: _At, context: Context) -> TemplateQuestion:
    """The question as it is now; where someone took it out while a form was open, as it was last."""
    found = at.now.question(at.which.key)
    if found is None and at.which.version is not None:
        versions = context.store.templates.versions(at.network.id)
        found = next((one for version in reversed(versions) if (one := version.question(at.which.key))), None)
    if found is None:
        raise Refusal("That question is not there any more. Type questions to see what is.")
    return found


@feature.form("edit", draw_edit)
def edit_question(submission: Submission, context: Context) -> Reply:
    """Keep a new version with the question changed; one that is gone comes back at the end."""
    at = _at(submission.argument, context)
    return _submitted(draw_edit, submission, at, at.which.key, context)


def _submitted(draw: Draw, submission: Submission, at: _At, key: str, context: Context) -> Reply:
    """Keep the question that was filled in; or the form to correct, with all that was typed."""
    values, is_gone = submission.values, bool(key) and at.now.question(key) is None
    if at.is_stale:
        form = draw(str(replace(at.which, version=at.now.version)), context).filled(values)
        what = rules.what_changed(_version(at, context), at.now)
        return Correct(form, {"label": views.stale_form(what, is_gone=is_gone)}, redraw=True)
    read = filled.read(values, rules.before(at.now.questions, key))
    if read.errors:
        return Correct(draw(submission.argument, context).filled(values), read.errors)
    outcome = rules.put(at.now.questions, "" if is_gone else key, read.question, _taken(at, context))
    if isinstance(outcome, rules.Problem):
        return Correct(draw(submission.argument, context).filled(values), {outcome.where: outcome.sentence})
    return Say(_keep(outcome, at, context))


def _keep(questions: rules.Questions, at: _At, context: Context) -> Message:
    if questions == at.now.questions:
        return views.unchanged(at.network, at.now)
    added = context.store.templates.add(at.network.id, questions, context.now, context.person.id)
    context.audit("changed questions", f"network {at.network.id} version {added.version}")
    return views.kept(at.network, added)


@feature.press("up")
def move_up(press: Press, context: Context) -> Reply:
    """Keep a new version with the question a place higher."""
    at = _at(press.argument, context)
    if at.is_stale or not at.now.question(at.which.key):
        return _stale(at, context)
    if why := rules.why_not_move_up(at.now.questions, at.which.key):
        raise Refusal(why)
    return Replace(_keep(rules.moved_up(at.now.questions, at.which.key), at, context))


@feature.press("remove")
def remove(press: Press, context: Context) -> Reply:
    """Keep a new version without the question."""
    at = _at(press.argument, context)
    if at.is_stale or not at.now.question(at.which.key):
        return _stale(at, context)
    if why := rules.why_not_remove(at.now.questions, at.which.key):
        raise Refusal(why)
    return Replace(_keep(rules.without(at.now.questions, at.which.key), at, context))


@feature.press("reset")
def use_the_products(press: Press, context: Context) -> Reply:
    """Keep a new version with the questions that come with the product."""
    at = _at(press.argument, context)
    return _stale(at, context) if at.is_stale else Replace(_keep(product_questions(), at, context))


def _stale(at: _At, context: Context) -> Reply:
    return Replace(views.stale(at.network, at.now, rules.what_changed(_version(at, context), at.now)))
