"""A person decides: asks for approval, gives it, shares the update, corrects it or discards it. Nothing goes by
itself."""

from dataclasses import replace

from handlers.kit import letters, posts
from handlers.kit.arguments import ids, number
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.occasions import Desk, Drop
from handlers.kit.replies import Replace, Reply, Say
from handlers.updates import document, drafted, forms, pages, shown, views, whose
from handlers.updates.changing import settle
from handlers.updates.feature import feature
from handlers.updates.occasions import TOLD, put_right, told
from handlers.updates.stale import Standing
from handlers.updates.whose import Open
from storage.draft_records import Draft, NewDraft
from storage.records import Audience, Network, Person, Role

feature.letter("told", title="what others ask of you about updates")(told)
feature.occasion("put_right", title="updates to put right", role=Role.COORDINATOR, cadence="w1:0", answerable=False)(
    put_right
)

LOOK_FIRST = "Something in it has changed since you looked. Open the draft, and press See what changed."
WAITS = "It waits for approval. Press Do not wait on the draft if you want to go on without."
EMPTY = "There is nothing in it to send. Add a line first."
ANOTHER = "The draft has changed since you saw it. Open it again, and have a look."
NOBODY = "Nobody else runs this network yet, so there is nobody to ask."


def _others(draft: Draft, context: Context) -> list[Person]:
    """Everyone else who runs the draft's network, by name."""
    people = context.store.people
    runners = [one for role in (Role.COORDINATOR, Role.LEADER) for one in people.holding(role, draft.network_id)]
    return sorted(
        {one.id: one for one in runners if one.id != context.person.id}.values(), key=lambda one: (one.name, one.id)
    )


def draw_ask(argument: str, context: Context) -> Form:
    """Whom to ask to approve the draft."""
    draft = whose.editable(ids(argument, 1)[0], context)
    others = _others(draft, context)
    if not others:
        raise Refusal(NOBODY)
    return forms.ask(draft, others)


@feature.form("ask", draw_ask)
def ask(submission: Submission, context: Context) -> Reply:
    """Ask someone else who runs the network to approve the draft: a letter comes to them."""
    draft = whose.editable(ids(submission.argument, 1)[0], context)
    who = next(one for one in _others(draft, context) if str(one.id) == submission.values["who"])
    context.store.drafts.ask(draft.id, who.id, context.now)
    context.audit("asked for approval", f"draft {draft.id}")
    is_brought = letters.bring(context, who.id, TOLD)
    said = f"I will ask {who.name}." if is_brought else f"I can’t write to {who.name}. Please ask them to type updates."
    return Say(shown.anew(draft.id, context, said))


@feature.press("wait")
def do_not_wait(press: Press, context: Context) -> Reply:
    """Go on without the approval that was asked for."""
    draft = whose.editable(ids(press.argument, 1)[0], context)
    if draft.waits:
        context.store.drafts.ask(draft.id, None, None)
        context.audit("went on without approval", f"draft {draft.id}")
    return Replace(shown.anew(draft.id, context))


def _asked_of(draft_id: int, context: Context) -> Draft:
    """A draft that whoever acts was asked to approve."""
    draft = whose.editable(draft_id, context)
    if draft.approval.asked_at is None or draft.approval.asked_id != context.person.id:
        raise NotAllowed("to approve a draft", "Only the person who was asked can approve it.")
    return draft


@feature.press("approve")
def approve(press: Press, context: Context) -> Reply:
    """Approve the draft as one has just seen it."""
    draft_id, version = ids(press.argument, 2)
    draft = _asked_of(draft_id, context)
    _just_as_seen(draft, version, whose.opened(draft, context))
    if not draft.is_approved:
        context.store.drafts.approve(draft, context.person.id)
        context.audit("approved an update", _told(draft))
        _tell_author(draft, context)
    return Replace(shown.anew(draft.id, context, "You approved it. Thank you."))


def draw_wish(argument: str, context: Context) -> Form:
    """What shall be changed before one approves."""
    return forms.wish(_asked_of(ids(argument, 1)[0], context))


@feature.form("wish", draw_wish)
def ask_for_changes(submission: Submission, context: Context) -> Reply:
    """Say in one line what shall be changed."""
    draft = _asked_of(ids(submission.argument, 1)[0], context)
    context.store.drafts.want_changes(draft.id, str(submission.values["wish"]))
    context.audit("asked for changes to an update", f"draft {draft.id}")
    _tell_author(draft, context)
    return Say(shown.anew(draft.id, context, "That is kept with the draft."))


def _tell_author(draft: Draft, context: Context) -> None:
    if draft.author_id is not None and draft.author_id != context.person.id:
        letters.bring(context, draft.author_id, TOLD)


def _just_as_seen(draft: Draft, version: int, found: Open) -> None:
    """Raises Refusal unless the draft is what its reader saw, and every source says what it said then."""
    if draft.version != version:
        raise Refusal(ANOTHER)
    kept = [line for line in found.lines if not draft.part(line.sentence.section).is_left_out]
    if any(line.standing is not Standing.STANDS for line in kept):
        raise Refusal(LOOK_FIRST)
    if not kept:
        raise Refusal(EMPTY)


def _told(draft: Draft) -> str:
    """What the audit log says of what went out: which version, and which model and instructions where one wrote it."""
    if not draft.shows_model:
        return f"draft {draft.id} version {draft.version} without a model"
    writing = draft.writing
    return f"draft {draft.id} version {draft.version} model {writing.model} prompt {writing.prompt_version}"


def _to_send(argument: str, context: Context) -> Open:
    """A draft that may go out as it stands. Raises Refusal, with what to do first, for any other."""
    draft_id, version = ids(argument, 2)
    draft = whose.draft(draft_id, context)
    found = whose.opened(draft, context)
    if draft.waits:
        raise Refusal(WAITS)
    _just_as_seen(draft, version, found)
    return found


@feature.press("share")
def share(press: Press, context: Context) -> Reply:
    """Let the faculty read it: a released, approved record; a second press finds it done."""
    draft = whose.draft(ids(press.argument, 2)[0], context)
    if draft.shared_at is None:
        found = _to_send(press.argument, context)
        if draft.audience < Audience.FACULTY:
            raise NotAllowed("an update that is for the network alone", "This update is for the network alone.")
        context.store.drafts.share(found.draft.id, context.person.id, context.now)
        context.audit("shared an update with the faculty", _told(draft))
    return Replace(shown.anew(draft.id, context, "The faculty can read it now."))


@feature.press("post")
def post(press: Press, context: Context) -> Reply:
    """Post it to the network's home; a second press finds it done. What it corrects is taken back there."""
    draft = whose.draft(ids(press.argument, 2)[0], context)
    if draft.posted_at is None:
        found = _to_send(press.argument, context)
        posts.post(context, found.network, shown.POST, str(draft.id))
        context.store.drafts.post(draft.id, context.person.id, context.now)
        context.audit("posted an update", _told(draft))
        if draft.corrects_id is not None:
            posts.correct(context, found.network, shown.POST, str(draft.corrects_id))
    return Replace(shown.anew(draft.id, context, "It goes to the network’s home now."))


@feature.post("update")
def draw_post(argument: str, network: Network, desk: Desk) -> Message | Drop:
    """What the post says today: only what everyone in the network may still read."""
    draft = desk.store.drafts.by_id(number(argument) or 0)
    if draft is None or draft.network_id != network.id or draft.posted_at is None or desk.routes is None:
        return Drop("The update is not there any more.")
    if desk.store.drafts.is_replaced(draft.id):
        return Drop("Another update took its place.")
    found = whose.beside_facts(draft, desk.store, desk.routes, desk.programme)
    return views.update(document.for_readers(draft, network, found.lines), views.ALL)


@feature.press("right")
def put_post_right(press: Press, context: Context) -> Reply:
    """Take out of the post what its readers may read no more, and of the update: then nobody is asked again."""
    draft = whose.draft(ids(press.argument, 1)[0], context)
    network = whose.run(draft.network_id, context)
    is_begun = draft.posted_at is not None and posts.correct(context, network, shown.POST, str(draft.id))
    if is_begun:
        stale = [one for one in whose.opened(draft, context).lines if one.standing is not Standing.STANDS]
        settle(draft.id, [one for one in stale if not pages.needs_a_person(one)], context, is_new=False)
    said = "I am putting the post right." if is_begun else "There is no post that I could put right."
    return Replace(shown.anew(draft.id, context, said))


@feature.press("correct")
def correct(press: Press, context: Context) -> Reply:
    """Make a new draft of an update that has gone out, with only what its readers may still read."""
    draft = whose.draft(ids(press.argument, 1)[0], context)
    if not draft.is_out:
        raise Refusal("It has not gone out yet. You can edit it as it is.")
    drafts, found = context.store.drafts, whose.opened(draft, context)
    new = NewDraft(
        draft.network_id, context.person.id, draft.first_on, draft.last_on, draft.audience, corrects_id=draft.id
    )  # fmt: skip
    standing = document.for_readers(draft, found.network, found.lines).lines
    copies = [replace(one.sentence, id=0, sources=tuple(drafted.sources(one.facts))) for one in standing]
    draft_id = drafts.add(new, context.now, copies)
    context.audit("began to correct an update", f"draft {draft_id} of {draft.id}")
    return Say(shown.anew(draft_id, context, "This is a new draft. It takes the place of the other once it is sent."))


@feature.press("discard")
def discard(press: Press, context: Context) -> Reply:
    """Delete a draft that has not gone out."""
    draft_id = ids(press.argument, 1)[0]
    draft = whose.editable(draft_id, context)
    context.store.drafts.discard(draft.id)
    context.audit("discarded a draft", f"draft {draft.id}")
    return Replace(views.discarded())
