"""The routes of help, and of whatever was not understood."""

from handlers.help import rules, views
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Command, Press
from handlers.kit.feature import Feature
from handlers.kit.replies import Reply, Say

feature = Feature("help", examples=views.examples)


@feature.command("help", does="See what you can do", also=("hello", "hi", "?"), order=99)
def help_someone(command: Command, rest: str, context: Context) -> Reply:
    """All that the person can do now; after words that are no command, the three nearest things."""
    routes = context.routes.commands_for(context.person)
    return Say(views.did_you_mean(rules.nearest(rest, routes)) if rest else views.everything(routes))


@feature.press("everything")
def show_everything(press: Press, context: Context) -> Reply:
    """All that the person can do now."""
    return Say(views.everything(context.routes.commands_for(context.person)))


@feature.press("do")
def do_it(press: Press, context: Context) -> Reply:
    """As if one had typed the words on the button."""
    route = context.routes.commands.get(press.argument)
    if route is None:
        raise NotAllowed("unknown words on a button")
    command = Command(id=press.id, sender=press.sender, place=press.place, text=press.argument)
    return route.handler(command, "", context)
