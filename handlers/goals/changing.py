"""What a goal says, who can read it, who looks after it and who helps."""

from dataclasses import replace

from handlers.goals import edits, forms, news, reviewing, rules, shown, told, views, whose
from handlers.goals.feature import feature
from handlers.kit import audience
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.kit.text import listed
from storage.goal_records import Change, Entry, Goal, Told
from storage.records import Audience, Person


def _objectives(goal: Goal, context: Context) -> list[Goal]:
    """The objectives that a network's goal can serve."""
    if goal.is_objective or goal.is_personal or goal.network_id is None:
        return []
    return context.store.goals.objectives(goal.network_id, whose.reader(context))[: forms.MOST_NAMES]


def draw_edit(argument: str, context: Context) -> Form:
    """The form with what the goal says now."""
    at = whose.at(argument)
    goal = whose.changeable(at.goal_id, context)
    whose.in_review(at, goal, context)
    stamped = at if at.version is not None else replace(at, version=goal.version)
    return forms.edit(goal, _objectives(goal, context), str(stamped))


@feature.form("edit", draw_edit)
def edit_goal(submission: Submission, context: Context) -> Reply:
    """Keep the new words with the old ones beside them; where others changed them meanwhile, both come together."""
    at = whose.at(submission.argument)
    goal, values = whose.open_to(at.goal_id, context), dict(submission.values)
    since = context.store.goals.changes_since(goal.id, at.version or 0, whose.reader(context))
    objectives = _objectives(goal, context)
    if since:
        # Slack keeps what stands in an open form, so what others changed is taken over again when it is sent again.
        both = edits.merged(values, since)
        values = both.values
        if at.seen != goal.version:
            form = forms.edit(goal, objectives, str(replace(at, seen=goal.version)))
            return Correct(form.filled(values), both.errors, redraw=True)
    read = edits.read(values, goal.words, context.today_on)
    if read.errors:
        return Correct(forms.edit(goal, objectives, str(at)).filled(values), read.errors)
    goal = _serving(goal, str(values.get("objective", "")), context)
    changes = shown.keep_words(
        goal, read.words, context, why=str(values.get("why", "")), review_id=at.review_id or None
    )  # fmt: skip
    if at.review_id:
        if not changes:
            shown.tell(goal.id, reviewing.kept(at.review_id, context), context)
        return Say(reviewing.following(at.review_id, context))
    return Say(views.changed(goal, changes) if changes else shown.anew(goal.id, context, views.NOTHING_CHANGED))


def _serving(goal: Goal, chosen: str, context: Context) -> Goal:
    """The goal under the objective that was chosen, if one was."""
    objective_id = number(chosen) if chosen else goal.objective_id
    if objective_id == goal.objective_id:
        return goal
    before, after = ("An objective" if one else "" for one in (goal.objective_id, objective_id))
    moved = replace(goal, objective_id=objective_id)
    context.store.goals.change(goal.id, goal.words, objective_id)
    changes = (Change("objective", before, f"{'Another' if before else 'An'} objective" if after else ""),)
    shown.tell(goal.id, Entry(Told.CHANGED, context.now, context.person.id, changes=changes), context)
    return moved


def draw_audience(argument: str, context: Context) -> Form:
    """Who can read the goal."""
    goal = whose.held(ids(argument, 1)[0], context)
    if not rules.may_change(goal, context.person, whose.reader(context)):
        raise NotAllowed("who can read a goal", whose.NOT_YOURS)
    return forms.who_can_read(goal, rules.audiences(goal, context.person), whose.my_networks(context))


@feature.form("audience", draw_audience)
def choose_audience(submission: Submission, context: Context) -> Reply:
    """Narrow who can read the goal, or widen it: the form offers that to its author alone."""
    goal, values = whose.held(ids(submission.argument, 1)[0], context), submission.values
    chosen = audience.chosen(str(values["audience"]))
    network_id = goal.network_id
    if goal.is_personal and chosen is not Audience.ONLY_ME:
        mine = context.person.network_ids
        network_id = int(str(values["network"])) if values.get("network") else next(iter(mine), None)
        if network_id not in mine:
            raise Refusal("You are in no network, so there is nobody to share it with yet.")
    context.store.goals.set_audience(goal.id, network_id, chosen)
    context.audit("chose who can read a goal", str(goal.id))
    after = context.store.goals.by_id(goal.id, whose.reader(context))
    return Say(views.audience_kept(after, goal, context.person.id))


def draw_owner(argument: str, context: Context) -> Form:
    """The form that gives a network's goal another owner."""
    goal = whose.changeable(ids(argument, 1)[0], context)
    if goal.is_personal or goal.network_id is None:
        raise NotAllowed("to hand over a goal that is personal", whose.NOT_YOURS)
    others, is_large = _others(goal, context)
    if not others:
        raise Refusal("There is nobody else in the network yet.")
    return forms.hand_over(goal, others, is_large=is_large)


def _others(goal: Goal, context: Context) -> tuple[list[Person], bool]:
    """Everyone in the goal's network but its owner, and whether they are too many for a list."""
    people = context.store.people.in_network(goal.network_id or 0, rules.MOST_IN_NETWORK)
    others = [one for one in people if one.id != goal.owner_id]
    return others, len(others) > forms.MOST_NAMES


@feature.form("owner", draw_owner)
def hand_over(submission: Submission, context: Context) -> Reply:
    """Give the goal another owner, who is in its network."""
    goal = whose.open_to(ids(submission.argument, 1)[0], context)
    others, is_large = _others(goal, context)
    typed = str(submission.values["owner"])
    found = [one for one in others if (typed.casefold() in one.name.casefold() if is_large else str(one.id) == typed)]
    if len(found) != 1:
        names = listed([one.name for one in found[:5]])
        problem = (
            f"I found several: {names}. Please write more of the name." if found else "I know nobody of that name."
        )
        form = forms.hand_over(goal, others, is_large=is_large).filled(submission.values)
        return Correct(form, {"owner": problem}, redraw=True)
    return Say(_owned_by(found[0], goal, context))


def _owned_by(person: Person, goal: Goal, context: Context) -> Message:
    said = told.hand(goal, person, context)
    if context.store.goals.by_id(goal.id, whose.reader(context)) is None:
        return news.handed_back(goal, f"{said} {views.NOT_READ}")
    return shown.anew(goal.id, context, f"That is kept. {said}".strip())


@feature.press("take")
def take_on(press: Press, context: Context) -> Reply:
    """Take on a goal that nobody owns any more."""
    goal = whose.held(ids(press.argument, 1)[0], context)
    if not rules.may_take_on(goal, whose.reader(context)):
        raise Refusal("Someone looks after this goal already. Open it again to see who.")
    return Replace(_owned_by(context.person, goal, context))


@feature.press("help")
def join(press: Press, context: Context) -> Reply:
    """Help with a goal; a second press finds it done."""
    goal = whose.held(ids(press.argument, 1)[0], context)
    if not rules.may_help(goal, context.person, whose.reader(context)):
        raise NotAllowed("to help with a goal", whose.NOT_YOURS)
    if all(helper_id != context.person.id for helper_id, _ in goal.helpers):
        context.store.goals.add_helper(goal.id, context.person.id)
        shown.tell(goal.id, Entry(Told.HELPER, context.now, context.person.id), context)
        told.helped(goal, context)
    return Replace(shown.anew(goal.id, context, "Thank you. You can now say how it goes."))


@feature.press("leave")
def leave(press: Press, context: Context) -> Reply:
    """Help no longer."""
    goal = whose.held(ids(press.argument, 1)[0], context)
    if any(helper_id == context.person.id for helper_id, _ in goal.helpers):
        context.store.goals.remove_helper(goal.id, context.person.id)
        shown.tell(goal.id, Entry(Told.LEFT, context.now, context.person.id), context)
        context.store.goal_news.helps_no_longer(goal.id, context.person.id)
    return Replace(shown.anew(goal.id, context, "That is kept."))
