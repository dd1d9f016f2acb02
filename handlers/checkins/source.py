"""One check-in as whoever asks may read it: where a sentence of an update or digest came from."""

from collections.abc import Iterable
from dataclasses import replace

from handlers.checkins import views
from handlers.kit import answers
from handlers.kit.arguments import ids
from handlers.kit.audience import reader_in
from handlers.kit.content import Bold, Example, Message, paragraph
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press
from handlers.kit.replies import Reply, Say
from handlers.kit.text import day
from storage.records import CheckIn, Network, Template

GONE = "That check-in is not there for you any more. Its author chose fewer readers, or withdrew it."


def show_check_in(press: Press, context: Context) -> Reply:
    """What of the check-in reaches whoever pressed; the same refusal where nothing does as where there is none."""
    (checkin_id,) = ids(press.argument, 1)
    checkins = context.store.checkins
    network_id = checkins.network_of(checkin_id)
    found = network_id and checkins.readable(checkin_id, reader_in(context.person, network_id))
    if not found:
        raise NotAllowed("a check-in that one may not read", GONE)
    network = context.store.networks.by_id(found.network_id)
    template = context.store.templates.by_id(found.template_id)
    assert network is not None, "foreign keys hold"
    assert template is not None, "foreign keys hold"
    return Say(message(found, network, template, is_own=found.person_id == context.person.id))


def message(checkin: CheckIn, network: Network, template: Template, *, is_own: bool) -> Message:
    """The check-in with those of its answers that its reader may read; its author can change it from here."""
    edited = ", edited since" if checkin.edited_at else ""
    about = f"{network.name}, week of {day(checkin.week_on)}{edited}"
    first = paragraph(Bold(checkin.person_name), f", {about}")
    body = (first, *answers.blocks(checkin, template, with_audience=is_own))
    more = () if is_own else (paragraph("For more of the network’s weeks, type network."),)
    return Message(f"{checkin.person_name}, {about}", body + more, views.actions(checkin.id) if is_own else ())


def examples() -> Iterable[Example]:
    """Every message and form of check-ins, as it looks in use."""
    yield from views.examples()
    network = Network(7, "sh", "Sexual Health Improvement Network", "", None)
    one = views.example_checkin(41, "Ann Example")
    shared = replace(one, answers=one.answers[:2])
    yield Example("shown", message(shared, network, views.EXAMPLE_TEMPLATE, is_own=False))
    yield Example("shown_own", message(one, network, views.EXAMPLE_TEMPLATE, is_own=True))
