"""The routes to goals: a new one in one line, the list, a goal's page and its story."""

from dataclasses import replace

from handlers.goals import (
    changing,
    closing,
    facts,
    forms,
    heard,
    home,
    moving,
    pages,
    planned,
    reviewing,
    rules,
    saying,
    shown,
    views,
    whose,
)  # fmt: skip
from handlers.goals.feature import feature
from handlers.goals.rules import Missing
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from storage.records import Audience, Network, Role

__all__ = ["changing", "closing", "facts", "feature", "heard", "home", "moving", "planned", "reviewing", "saying"]


@feature.command(
    "new goal",
    does="Write down a goal in one line, as new goal: and what you want",
    also=("add goal", "goal"),
    order=13,
)
def write_goal(command: Command, rest: str, context: Context) -> Reply:
    """Keep a goal as it was typed, for its author's eyes alone; or offer the form."""
    if not _typed(rest):
        return Ask(forms.new(whose.my_networks(context)), views.how_to())
    line = rules.line(_typed(rest), context.today_on)
    return Say(views.kept(shown.keep_own(line.words, context), line.about_date, _to_choose_from(context)))


@feature.command(
    "new objective",
    does="Write down what your network wants to reach, over months",
    roles=(Role.COORDINATOR, Role.LEADER),
    also=("add objective", "objective"),
    order=14,
)
def write_objective(command: Command, rest: str, context: Context) -> Reply:
    """Keep an objective as it was typed, and ask for which network; until that is said, only its author reads it."""
    networks = whose.run_by(context)
    if not networks:
        raise Refusal("Only those who run a network can add its objectives. For a goal of your own, type new goal.")
    if not _typed(rest):
        raise Refusal("Type new objective: and what your network wants to reach, in one line.")
    line = rules.line(_typed(rest), context.today_on)
    goal = shown.keep_own(line.words, context, is_objective=True)
    return Say(views.which_network(networks, goal, line.about_date))


def _typed(rest: str) -> str:
    """What was typed after the words. Raises Refusal where it is too long for a goal: it stays in the chat."""
    typed = " ".join(rest.split()).lstrip(":-– ").strip()
    if len(typed) > rules.LONGEST:
        raise Refusal(
            f"A goal is one line of up to {rules.LONGEST} letters, and this has {len(typed):,}. "
            "Please send it again, shorter. You can add more to it later."
        )
    return typed


def _to_choose_from(context: Context) -> list[Network]:
    """The networks whose goal it might be: asked only of those who run one, or are in several."""
    networks = whose.my_networks(context)
    return networks if whose.run_by(context) or len(networks) > 1 else []


@feature.press("give")
def give_to_network(press: Press, context: Context) -> Reply:
    """Make one's own goal the network's: everyone in it can read it then."""
    goal_id, network_id = ids(press.argument, 2)
    goal = whose.held(goal_id, context)
    network = context.store.networks.by_id(network_id)
    if goal.author_id != context.person.id or network is None or network_id not in context.person.network_ids:
        raise NotAllowed("a goal for another network", whose.NOT_YOURS)
    if goal.is_objective and not context.person.runs(network_id):
        raise NotAllowed("an objective for another network", whose.NOT_YOURS)
    if goal.is_personal:
        context.store.goals.give_to_network(goal.id, network.id, Audience.NETWORK)
        context.audit("gave a goal to a network", str(goal.id))
    return Replace(views.given(whose.readable(goal.id, context), network))


@feature.press("offer")
def offer_to_network(press: Press, context: Context) -> Reply:
    """Ask which network one's own goal shall be given to; only then anybody else can read it."""
    goal = whose.readable(ids(press.argument, 1)[0], context)
    networks = whose.run_by(context) if goal.is_objective else whose.my_networks(context)
    if goal.author_id != context.person.id or not networks:
        raise NotAllowed("a goal for another network", whose.NOT_YOURS)
    return Say(views.whose(goal, networks))


@feature.press("mine")
def leave_it_mine(press: Press, context: Context) -> Reply:
    """Leave the goal its author's own."""
    goal = whose.readable(ids(press.argument, 1)[0], context)
    if not goal.is_personal or goal.audience is not Audience.ONLY_ME:
        return Replace(shown.page(goal, context))
    return Replace(views.stays_mine(goal))


def draw_new(argument: str, context: Context) -> Form:
    """The form of a new goal."""
    return forms.new(whose.my_networks(context))


@feature.form("new", draw_new)
def keep_goal(submission: Submission, context: Context) -> Reply:
    """Keep a goal from the form, one's own or a network's."""
    values = submission.values
    due_on, problem = rules.due_from(str(values.get("due", "")), None, context.today_on)
    if problem:
        return Correct(draw_new("", context).filled(values), {"due": problem})
    line = rules.line(str(values["title"]), context.today_on)
    words = replace(line.words, due_on=due_on or line.words.due_on)
    goal = shown.keep_own(words, context)
    if (chosen := str(values.get("whose", forms.MINE))) != forms.MINE:
        context.store.goals.give_to_network(goal.id, int(chosen), Audience.NETWORK)
        context.audit("gave a goal to a network", str(goal.id))
    about_date = "" if words.due_on else line.about_date
    return Say(views.kept(whose.readable(goal.id, context), about_date, ()))


def draw_sharpen(argument: str, context: Context) -> Form:
    """One sharpening question."""
    goal_id, which, left = ids(argument, 3)
    if which not in list(Missing) or not 0 < left <= rules.MOST_ASKED:
        raise NotAllowed("a malformed button or form")
    return forms.sharpen(whose.changeable(goal_id, context), Missing(which), left)


@feature.form("sharpen", draw_sharpen)
def sharpen(submission: Submission, context: Context) -> Reply:
    """Keep the answer with the goal; the next question is offered, if one is left."""
    goal_id, which, left = ids(submission.argument, 3)
    goal, values = whose.open_to(goal_id, context), submission.values
    said = {key: str(value) for key, value in values.items() if key != "due"}
    due_on, problem = goal.words.due_on, ""
    if Missing(which) is Missing.DATE:
        due_on, problem = rules.due_from(str(values["due"]), goal.words.due_on, context.today_on)
    if problem:
        return Correct(draw_sharpen(submission.argument, context).filled(values), {"due": problem})
    words = replace(goal.words, due_on=due_on, **said)  # type: ignore[arg-type]  # the form's text questions are fields
    shown.keep_words(goal, words, context)
    return Say(views.sharpened(whose.readable(goal.id, context), Missing(which), left))


@feature.command("goals", does="See your goals and your networks’, and how they go", also=("my goals",), order=12)
def show_goals(command: Command, rest: str, context: Context) -> Reply:
    """Mine and my networks', what needs a look first; or one network's, where part of its name is typed."""
    named = [one for one in whose.networks_by_id(context).values() if rest and rest.casefold() in one.name.casefold()]
    if len(named) == 1:
        return Say(_list(views.NETWORK, named[0].id, 0, context))
    return Say(_list(views.ALL, 0, 0, context))


@feature.press("list")
def turn_list(press: Press, context: Context) -> Reply:
    """Another page of the list, or another filter."""
    which, network_id, page = ids(press.argument, 3)
    return Replace(_list(which, network_id, page, context))


def _list(which: int, network_id: int, page: int, context: Context) -> Message:
    networks = whose.networks_by_id(context)
    if which > views.NETWORK or (which == views.NETWORK and network_id not in networks):
        raise NotAllowed("another network's goals", whose.GONE)
    goals, reader = context.store.goals, whose.reader(context)
    if which == views.CLOSED:
        found = goals.closed_for(reader)
    else:
        of_network = network_id if which == views.NETWORK else None
        found = rules.by_need(goals.open_for(reader, of_network), context.today_on, context.now)
    if which == views.MINE:
        found = [one for one in found if context.person.id in (one.owner_id, *(helper for helper, _ in one.helpers))]
    page = min(page, max(0, (len(found) - 1) // views.PAGE))
    is_here = which == views.NETWORK and network_id in context.person.network_ids
    review = context.store.goal_reviews.last_shared(network_id) if is_here else None
    return views.listing(
        views.Listed(
            goals=[shown.local(one, context) for one in found[page * views.PAGE : (page + 1) * views.PAGE]],
            total=len(found),
            page=page,
            which=which,
            network_id=network_id,
            networks=networks,
            person_id=context.person.id,
            today_on=context.today_on,
            now=context.now,
            review_id=review.id if review else 0,
            leads=which == views.NETWORK and context.person.holds(Role.LEADER, network_id),
        )
    )


@feature.press("show")
def show_goal(press: Press, context: Context) -> Reply:
    """The goal's own page; whoever was handed it is not told of it again."""
    goal = whose.readable(ids(press.argument, 1)[0], context)
    if goal.owner_id == context.person.id:
        context.store.goal_news.looked_at(goal.id, context.person.id, context.today_on)
    return Say(shown.page(goal, context))


@feature.press("story")
def turn_story(press: Press, context: Context) -> Reply:
    """A page of the goal's whole story."""
    goal_id, turn = ids(press.argument, 2)
    goal, goals, reader = whose.readable(goal_id, context), context.store.goals, whose.reader(context)
    total = goals.count_story(goal.id, reader)
    turn = min(turn, max(0, (total - 1) // pages.STORY))
    entries = goals.story(goal.id, reader, pages.STORY, turn * pages.STORY)
    told = [shown.locally(one, context) for one in entries]
    message = pages.story(goal, told, turn, total, context.person.id)
    return Replace(message) if turn else Say(message)
