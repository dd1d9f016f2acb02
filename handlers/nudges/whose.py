"""Reads what a button or form carries, and refuses whoever it is not for: looked up anew at every press."""

from dataclasses import dataclass

from handlers.kit.arguments import ids, number
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.occasions import Occasion
from handlers.nudges import views
from storage.records import Network, Role
from storage.scheduled import Carried, Delivery


@dataclass(frozen=True, slots=True)
class Own:
    """A message of one's own, and what it is about."""

    delivery: Delivery
    carried: tuple[Carried, ...]

    def has_letter(self, context: Context) -> bool:
        """True if a person sent some of it."""
        found = (context.routes.occasions.get(one.schedule.wanted.occasion) for one in self.carried)
        return any(one is not None and one.is_letter for one in found)


def own(argument: str, context: Context) -> Own:
    """The message whose id the argument is. Raises NotAllowed where it is not one's own."""
    (delivery_id,) = ids(argument, 1)
    delivery = context.store.deliveries.own(delivery_id, context.person.id)
    if delivery is None:
        raise NotAllowed("another person's message", views.GONE)
    return Own(delivery, context.store.deliveries.carried([delivery.id])[delivery.id])


def occasions_in(argument: str, context: Context) -> list[Occasion]:
    """The occasions that an argument names: by a message's id, or by their names with spaces between."""
    if number(argument) is None:
        names = argument.split(" ")
    else:
        names = [one.schedule.wanted.occasion for one in own(argument, context).carried]
    found = [context.routes.occasions.get(name) for name in dict.fromkeys(names)]
    known = [one for one in found if one is not None and not one.is_letter]
    if not known or (number(argument) is None and not all(is_for(one, context) for one in known)):
        raise NotAllowed("messages that one does not get", views.GONE)
    return known


def one_occasion(argument: str, context: Context) -> Occasion:
    """The one occasion of that name that one gets. Raises NotAllowed for any other."""
    found = context.routes.occasions.get(argument)
    if found is None or not is_for(found, context):
        raise NotAllowed("messages that one does not get", views.GONE)
    return found


def is_for(occasion: Occasion, context: Context) -> bool:
    """True if the person holds its role in any network; where it is for no role, if they have a schedule for it.

    What other people send comes from them, and is nobody's to set.
    """
    if occasion.is_letter:
        return False
    if occasion.role is None:
        own = context.store.schedules.of_person(context.person.id)
        return any(one.wanted.occasion == occasion.name for one in own)
    return any(held.role is occasion.role for held in context.person.roles)


def named(occasions: list[Occasion]) -> str:
    """The argument that names these occasions."""
    return " ".join(one.name for one in occasions)


def network_in(network_id: int | None, context: Context) -> Network:
    """The network of that id. Raises NotAllowed for whoever does not co-ordinate it."""
    network = context.store.networks.by_id(network_id or 0)
    if network is None or not context.person.holds(Role.COORDINATOR, network.id):
        raise NotAllowed(f"schedules of network {network_id}", views.NOT_YOURS)
    return network
