"""The routes of `my coaching`: one's own talks, to read, go on with, or delete; and what is exported and erased."""

from handlers.coaching import views
from handlers.coaching.feature import feature
from handlers.coaching.whose import own_talk, readers_of
from handlers.kit.arguments import ids, number
from handlers.kit.content import Message
from handlers.kit.context import Context
from handlers.kit.events import Command, Press
from handlers.kit.happenings import DataAsked, ErasureAsked
from handlers.kit.replies import Replace, Reply, Say
from handlers.kit.text import day, listed


@feature.command("my coaching", does="See your own talks with me, share a plan, or delete one", order=45)
def show_mine(command: Command, rest: str, context: Context) -> Reply:
    """One's own talks, newest first."""
    return Say(page_of_mine(0, context))


@feature.press("mine")
def turn_mine(press: Press, context: Context) -> Reply:
    """A page of one's own talks, in the place of the page before if there was one."""
    page = page_of_mine(number(press.argument) or 0, context)
    return Replace(page) if press.argument else Say(page)


def page_of_mine(page: int, context: Context) -> Message:
    """A page of one's own talks."""
    store, person = context.store.coaching, context.person
    talks = store.history(person.id, views.PAGE, page * views.PAGE)
    shares = store.shares_of(person.id, [one.id for one in talks])
    dated = [(one, context.local_on(one.started_at)) for one in talks]
    return views.past(dated, shares, page, store.count_of(person.id), store.count_shared_with(person.id))


@feature.press("read")
def read(press: Press, context: Context) -> Reply:
    """All of one talk, where a page shows it cut."""
    talk = own_talk(ids(press.argument, 1)[0], context)
    return Say(views.whole(talk, context.local_on(talk.started_at), readers_of(talk, context)))


@feature.press("delete")
def delete(press: Press, context: Context) -> Reply:
    """Delete a talk with all that was said in it; a second press finds it done."""
    (talk_id,) = ids(press.argument, 1)
    context.store.coaching.delete(talk_id, context.person.id)
    return Replace(page_of_mine(0, context))


@feature.press("unshare")
def stop_sharing(press: Press, context: Context) -> Reply:
    """Take back what was shared; a second press finds it done."""
    talk_id, share_id = ids(press.argument, 2)
    own_talk(talk_id, context)
    context.store.coaching.unshare(share_id, context.person.id)
    return Replace(page_of_mine(0, context))


@feature.hears(DataAsked)
def tell_talks(asked: DataAsked, context: Context) -> None:
    """All of a person's talks, for their export, with whom they share a plan of each."""
    store = context.store.coaching
    talks = store.history(asked.person_id, store.count_of(asked.person_id))
    shares = store.shares_of(asked.person_id, [one.id for one in talks])
    for talk in talks:
        names = [one.with_name for one in shares if one.talk_id == talk.id]
        with_whom = f"\n\nShared with: {listed(names)}" if names else ""
        title = f"Coaching talk of {day(context.local_on(talk.started_at))}"
        asked.sections.append((title, views.as_text(talk) + with_whom))


@feature.hears(ErasureAsked)
def erase_talks(asked: ErasureAsked, context: Context) -> None:
    """Erase all of a person's talks, and what others shared with them."""
    context.store.coaching.erase_person(asked.person_id)
