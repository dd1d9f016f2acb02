"""The routes of `question bank`: co-ordinators see it, switch questions off for their network, and add their own."""

from handlers.coaching import shelves
from handlers.coaching.feature import feature
from handlers.coaching.occasions import as_question
from handlers.kit import choosing
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from prompts.coaching import question_bank
from storage.coached import OwnQuestion
from storage.records import Network, Role


@feature.command(
    "question bank",
    does="See the coaching questions, switch some off, or add your own",
    roles=(Role.COORDINATOR,),
    order=68,
)
def show_bank(command: Command, rest: str, context: Context) -> Reply:
    """The bank of the network that one co-ordinates."""
    networks = choosing.co_ordinated(context)
    if not networks:
        raise Refusal(shelves.NOT_YOURS)
    if len(networks) > 1:
        question = "Whose coaching questions do you want to see?"
        return Say(choosing.which_network(question, networks, "coaching.bank"))
    return Say(_overview(networks[0], context))


def _network(network_id: int, context: Context) -> Network:
    network = context.store.networks.by_id(network_id)
    if network is None or not context.person.holds(Role.COORDINATOR, network_id):
        raise NotAllowed(f"the question bank of network {network_id}", shelves.NOT_YOURS)
    return network


def _own(network: Network, context: Context) -> list[OwnQuestion]:
    return context.store.coaching_questions.own_in([network.id]).get(network.id, [])


def _shelves(network: Network, context: Context) -> list[shelves.Shelf]:
    return shelves.shelves(question_bank(), [as_question(one) for one in _own(network, context)])


def _off(network: Network, context: Context) -> frozenset[str]:
    return context.store.coaching_questions.off_in([network.id]).get(network.id, frozenset())


def _overview(network: Network, context: Context, opening: str = "") -> Message:
    return shelves.overview(network, _shelves(network, context), _off(network, context), opening)


def _page(network: Network, shelf: int, page: int, context: Context) -> Message:
    if shelf > shelves.OWN:
        raise NotAllowed("an unknown shelf of the question bank")
    return shelves.shelf(network, _shelves(network, context)[shelf], _off(network, context), page)


@feature.press("bank")
def show_shelf(press: Press, context: Context) -> Reply:
    """All shelves of a network; or a page of one."""
    if number(press.argument) is not None:
        return Replace(_overview(_network(ids(press.argument, 1)[0], context), context))
    network_id, shelf, page = ids(press.argument, 3)
    return Replace(_page(_network(network_id, context), shelf, page, context))


@feature.press("switch_off")
def switch_off(press: Press, context: Context) -> Reply:
    """Ask nobody this in the network; a second press finds it done."""
    network, shelf, page, key = _named(press.argument, context)
    context.store.coaching_questions.switch_off(network.id, key)
    context.audit("switched a coaching question off", f"network {network.id} {key}")
    return Replace(_page(network, shelf, page, context))


@feature.press("switch_on")
def switch_on(press: Press, context: Context) -> Reply:
    """Ask this again in the network; a second press finds it done."""
    network, shelf, page, key = _named(press.argument, context)
    context.store.coaching_questions.switch_on(network.id, key)
    context.audit("switched a coaching question on", f"network {network.id} {key}")
    return Replace(_page(network, shelf, page, context))


def _named(argument: str, context: Context) -> tuple[Network, int, int, str]:
    """The network, shelf and page that an argument names, and the question of the bank."""
    place, _, key = argument.rpartition(".")
    network_id, shelf, page = ids(place, 3)
    if question_bank().question(key) is None:
        raise NotAllowed("an unknown coaching question")
    return _network(network_id, context), shelf, page, key


def draw_add(argument: str, context: Context) -> Form:
    """The form that adds a question."""
    network = _network(ids(argument, 1)[0], context)
    if context.opening and len(_own(network, context)) >= shelves.MOST_OWN:
        raise Refusal(shelves.FULL)
    return shelves.add(network)


@feature.form("add", draw_add)
def add_question(submission: Submission, context: Context) -> Reply:
    """Add a question to the network's own; advice on its style stops nobody."""
    network, values = _network(ids(submission.argument, 1)[0], context), submission.values
    context.store.networks.hold(network.id)
    text, there = " ".join(str(values["text"]).split()), _own(network, context)
    taken = {one.text.casefold() for shelf in _shelves(network, context) for one in shelf.questions}
    problem = shelves.FULL if len(there) >= shelves.MOST_OWN else shelves.THERE if text.casefold() in taken else ""
    if problem:
        return Correct(shelves.add(network).filled(values), {"text": problem})
    dimension = str(values.get("dimension", "")) or None
    context.store.coaching_questions.add_own(network.id, text, dimension, context.now, context.person.id)
    context.audit("added a coaching question", f"network {network.id}")
    return Say(shelves.added(network, _own(network, context)[-1]))


@feature.press("take_out")
def take_out(press: Press, context: Context) -> Reply:
    """Take a question of the network's own out; a second press finds it done."""
    network_id, question_id = ids(press.argument, 2)
    network = _network(network_id, context)
    context.store.coaching_questions.remove_own(question_id, network.id)
    context.audit("took a coaching question out", f"network {network.id}")
    return Replace(_overview(network, context, "That question is taken out."))
