"""The routes of the digest: of all networks or some, of any time, in private and in the faculty's channel."""

from datetime import date

from handlers.digests import asked, channel, forms, heard, monthly, periods, views, writing
from handlers.digests.asked import Wanted
from handlers.digests.feature import feature
from handlers.digests.views import Scope
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Place, Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from storage.records import Role

__all__ = ["channel", "feature", "heard", "monthly", "writing"]


@feature.command("digest", does="See all networks at a glance, and who needs you", roles=(Role.FACULTY,), order=15)
def show_digest(command: Command, rest: str, context: Context) -> Reply:
    """The digest of the last four weeks, or of the time that was typed."""
    asked.only_faculty(context)
    period = periods.meant(rest, context.today_on)
    if period is None:
        return Say(views.not_days(rest))
    found = asked.gather(Scope(period), context)
    if not found.digest.lines:
        raise Refusal(views.NO_NETWORKS)
    return _shown(found, command.place, context)


def _shown(found: Wanted, place: Place, context: Context) -> Reply:
    """Where everyone is of the faculty, for everyone there; elsewhere for the one who asked alone."""
    if place.private:
        return Say(views.digest(found.digest, found.scope, found.latest))
    home = context.store.faculty.channel()
    if home and (home.platform, home.workspace, home.place) == (place.platform, place.workspace, place.id):
        return Say(views.digest(found.digest, found.scope, found.latest), public=True)
    said = views.ALONE.format(faculty=views.FACULTY_PLACE if home else views.NO_PLACE)
    return Say(views.digest(found.digest, found.scope, found.latest, said=said))


@feature.press("page")
def turn_page(press: Press, context: Context) -> Reply:
    """Another page of the networks."""
    (page,), scope = _read(press.argument, 1, context)
    found = asked.gather(scope, context)
    shown = views.digest(found.digest, scope, found.latest, min(page, (len(found.digest.lines) - 1) // views.PAGE))
    return Replace(shown) if press.place.private else Say(shown)


@feature.press("needs")
def show_needs(press: Press, context: Context) -> Reply:
    """All that needs the faculty."""
    (page,), scope = _read(press.argument, 1, context)
    shown = views.needs(asked.gather(scope, context).digest, scope, page)
    return Replace(shown) if press.place.private else Say(shown)


@feature.press("open")
def open_network(press: Press, context: Context) -> Reply:
    """One network with all that the faculty may read of that time."""
    (network_id, page), scope = _read(press.argument, 2, context)
    found = asked.gather(Scope(scope.period, (network_id,)), context)
    line = found.digest.line(network_id)
    if line is None:
        raise NotAllowed("a network that is not there")
    noted = context.store.faculty.count_notes(network_id)
    figures = [] if page else asked.figures(line.network, scope, context)
    return Say(views.opened(line, scope, found.latest.get(network_id), page, noted, figures))


def _read(argument: str, count: int, context: Context) -> tuple[tuple[int, ...], Scope]:
    """The numbers that a button carries first, and its digest. Raises NotAllowed for any other argument."""
    asked.only_faculty(context)
    parts = argument.count(".") + 1
    if not count + 2 <= parts <= count + 2 + views.MOST_CHOSEN:
        raise NotAllowed("a malformed button or form")
    found = ids(argument, parts)
    period = periods.read(found[count], found[count + 1], context.today_on)
    if period is None:
        raise NotAllowed("a malformed button or form")
    return found[:count], Scope(period, found[count + 2 :])


def draw_choice(argument: str, context: Context) -> Form:
    """The form that asks for days and networks, with those that were shown."""
    asked.only_faculty(context)
    scope = _read(f"0.{argument}", 1, context)[1] if argument else Scope(periods.lately(context.today_on))
    networks = context.store.networks.all()
    return forms.choose(networks, scope, argument)


@feature.form("choose", draw_choice)
def choose(submission: Submission, context: Context) -> Reply:
    """The digest of those days and networks."""
    asked.only_faculty(context)
    first_on, last_on = (date.fromisoformat(str(submission.values[key])) for key in ("first", "last"))
    last_on = min(last_on, context.today_on) if first_on <= context.today_on else last_on
    several = submission.values.get("networks") or ()
    chosen = tuple(filter(None, map(number, (several,) if isinstance(several, str) else several)))
    errors = {"last": problem} if (problem := periods.problem(first_on, last_on, context.today_on)) else {}
    if len(chosen) > views.MOST_CHOSEN:
        errors["networks"] = f"Please choose up to {views.MOST_CHOSEN} networks, or none for all."
    if errors:
        return Correct(draw_choice(submission.argument, context).filled(submission.values), errors)
    found = asked.gather(Scope(periods.Period(first_on, last_on), chosen), context)
    return Say(views.digest(found.digest, found.scope, found.latest))
