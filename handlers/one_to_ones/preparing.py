"""The routes of what each side keeps for itself: the coachee's preparation, and private notes."""

from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.one_to_ones import forms, kept, letters, views
from handlers.one_to_ones.feature import feature
from handlers.one_to_ones.whose import eyes, own, own_of_pair, page, stamped
from storage.one_to_one_records import About, OneToOne, Preparation


def _prepared_by(meeting_id: int, context: Context) -> OneToOne:
    meeting = own(meeting_id, context)
    if not meeting.is_coachee(context.person.id):
        raise NotAllowed("a preparation that is the coachee's", views.NOT_YOURS)
    if not meeting.is_coming(context.now):
        raise Refusal(views.OVER)
    return meeting


def draw_prepare(argument: str, context: Context) -> Form:
    """The form of the preparation."""
    meeting_id, version = stamped(argument)
    meeting = _prepared_by(meeting_id, context)
    standing = context.store.one_to_one_words.preparation(meeting.id, context.person.id)
    return forms.prepare(eyes(context), meeting, standing, version)


@feature.form("prepare", draw_prepare)
def prepare(submission: Submission, context: Context) -> Reply:
    """Keep what the coachee prepared; the coach is told only where it is shared."""
    meeting_id, version = stamped(submission.argument)
    meeting, me, words = _prepared_by(meeting_id, context), context.person.id, context.store.one_to_one_words
    standing = words.preparation(meeting.id, me)
    if version != forms.version_of(standing):
        form = forms.prepare(eyes(context), meeting, standing).filled(submission.values)
        return Correct(form, {"useful": forms.prepared_meanwhile(standing)}, redraw=True)
    text = str(submission.values.get("useful", ""))
    is_shared = bool(text) and submission.values["who"] == forms.SHARED
    words.prepare(Preparation(meeting.id, text, is_shared, forms.version_of(standing) + 1), me)
    said = kept.prepared(eyes(context), meeting, is_shared=is_shared, is_empty=not text)
    if is_shared:
        said = views.passed_on(
            eyes(context), meeting, said, is_reached=letters.tell_other(meeting, context, About.PREPARED)
        )
    else:
        context.store.one_to_ones.forget_news(meeting.id, About.PREPARED)
    return Say(page(meeting, context, said))


@feature.press("notes")
def show_notes(press: Press, context: Context) -> Reply:
    """The person's own notes, in the place of the page before if there was one."""
    if "." not in press.argument:
        return Say(_notes(own_of_pair(ids(press.argument, 1)[0], context), 0, context))
    pair_id, number = ids(press.argument, 2)
    return Replace(_notes(own_of_pair(pair_id, context), number, context))


def _notes(meeting: OneToOne, number: int, context: Context) -> Message:
    words, me = context.store.one_to_one_words, context.person.id
    notes = words.notes(meeting.pair_id, me, kept.PAGE, number * kept.PAGE)
    dated = [(one, context.local_on(one.at)) for one in notes]
    return kept.notes(eyes(context), meeting, dated, number, words.count_notes(meeting.pair_id, me))


def draw_note(argument: str, context: Context) -> Form:
    """The form of a note."""
    return forms.note(eyes(context), own_of_pair(ids(argument, 1)[0], context))


@feature.form("note", draw_note)
def keep_note(submission: Submission, context: Context) -> Reply:
    """Keep a note, for the person alone."""
    meeting = own_of_pair(ids(submission.argument, 1)[0], context)
    text = str(submission.values["text"])
    context.store.one_to_one_words.add_note(meeting.pair_id, context.person.id, text, context.now)
    return Say(_notes(meeting, 0, context))


@feature.press("unnote")
def delete_note(press: Press, context: Context) -> Reply:
    """Delete a note; a second press finds it done."""
    pair_id, note_id = ids(press.argument, 2)
    meeting = own_of_pair(pair_id, context)
    context.store.one_to_one_words.delete_note(note_id, context.person.id)
    return Replace(_notes(meeting, 0, context))
