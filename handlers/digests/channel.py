"""The routes that make a channel the faculty's: everyone there then sees what a digest says."""

from handlers.digests import asked, views
from handlers.digests.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press
from handlers.kit.replies import Replace, Reply, Say
from storage.records import Home, Role

MADE, GAVE_UP = "made the faculty's channel", "gave up the faculty's channel"
"""What the audit log says."""


@feature.command(
    "make this the faculty’s channel",
    does="Choose where everyone sees the digest that one of you asks for",
    roles=(Role.FACULTY,),
    also=("make this the faculty's channel", "make this the faculty channel"),
    order=71,
    offered=False,
)
def ask_for_channel(command: Command, rest: str, context: Context) -> Reply:
    """Asked in the channel itself: says what it means, and asks for one press."""
    asked.only_faculty(context)
    place = command.place
    if place.private:
        raise Refusal(views.IN_PRIVATE)
    where = Home(place.platform, place.workspace, place.id)
    return Say(views.make_channel(context.store.places.ask(context.person.id, where, place.address, context.now)))


@feature.press("channel")
def make_channel(press: Press, context: Context) -> Reply:
    """Make the place where this person asked for it the faculty's channel."""
    asked.only_faculty(context)
    ask = context.store.places.asked(ids(press.argument, 1)[0])
    if ask is None or ask.person_id != context.person.id:
        raise NotAllowed("a place where somebody else asked", views.ASK_ANEW)
    if context.store.faculty.channel() != ask.place:
        context.store.faculty.make_channel(ask.place)
        context.audit(MADE)
    return Replace(views.is_channel())


@feature.press("no_channel")
def give_up_channel(press: Press, context: Context) -> Reply:
    """There is no such channel any more: digests are for whoever asks alone."""
    asked.only_faculty(context)
    if context.store.faculty.channel() is not None:
        context.store.faculty.make_channel(None)
        context.audit(GAVE_UP)
    return Replace(views.no_channel())
