"""Brings together what a goal's page shows, with its times on the reader's own clock."""

from dataclasses import replace

from handlers.goals import edits, pages, whose
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.happenings import GoalMoved
from storage.goal_records import Change, Entry, Goal, GoalWords, Told
from storage.records import Audience


def page(goal: Goal, context: Context, said: str = "") -> Message:
    """The goal's page; `said` is what has just been kept."""
    goals, reader = context.store.goals, whose.reader(context)
    return pages.page(
        pages.Page(
            goal=local(goal, context),
            reader=reader,
            person=context.person,
            networks=whose.networks_by_id(context),
            story=[locally(one, context) for one in goals.story(goal.id, reader, pages.NEWEST)],
            numbers=[(context.local_on(at), value) for at, value in goals.numbers(goal.id, reader)],
            today_on=context.today_on,
            now=context.now,
            objective=goals.by_id(goal.objective_id, reader) if goal.objective_id else None,
            under=goals.under(goal.id, reader) if goal.is_objective else (),
            said=said,
            given_by=_given_by(goal, context),
        )
    )


def _given_by(goal: Goal, context: Context) -> str:
    """Who handed the goal to whoever acts, if they look after it."""
    if goal.is_personal or goal.owner_id != context.person.id:
        return ""
    gift = context.store.goal_news.gift(goal.id, context.person.id)
    return gift.by_name if gift else ""


def anew(goal_id: int, context: Context, said: str = "") -> Message:
    """The page of a goal that has just been changed."""
    return page(whose.readable(goal_id, context), context, said)


def local(goal: Goal, context: Context) -> Goal:
    """The goal with the time when it was closed on the reader's own clock."""
    return replace(goal, closed_at=goal.closed_at.astimezone(context.zone)) if goal.closed_at else goal


def locally(entry: Entry, context: Context) -> Entry:
    """The line of the story with its time on the reader's own clock."""
    return replace(entry, at=entry.at.astimezone(context.zone))


def keep_own(words: GoalWords, context: Context, *, is_objective: bool = False) -> Goal:
    """Keep a goal of whoever acts, for their eyes alone."""
    networks = context.person.network_ids
    goal_id = context.store.goals.add(
        words,
        context.person.id,
        context.now,
        network_id=networks[0] if len(networks) == 1 else None,
        audience=Audience.ONLY_ME,
        is_objective=is_objective,
    )
    return whose.readable(goal_id, context)


def tell(goal_id: int, entry: Entry, context: Context) -> None:
    """Add a line to the goal's story, and let whoever asked about the goal know."""
    context.store.goals.tell(goal_id, entry)
    context.announce(GoalMoved(context.person.id, goal_id))


def keep_words(
    goal: Goal, words: GoalWords, context: Context, *, why: str = "", review_id: int | None = None
) -> tuple[Change, ...]:
    """Put these words in the place of the goal's, with a line in its story where they differ."""
    changes = edits.differences(goal.words, words)
    if changes:
        context.store.goals.change(goal.id, words, goal.objective_id)
        entry = Entry(Told.CHANGED, context.now, context.person.id, why=why, changes=changes, review_id=review_id)
        tell(goal.id, entry, context)
    return changes
