"""What one can do with a section: see its sources, edit it, add to it, leave it out; two at once lose nothing."""

from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press, Submission
from handlers.kit.facts import Section
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.kit.text import shortened
from handlers.updates import edits, forms, pages, shown, stale, whose
from handlers.updates.drafted import of_facts
from handlers.updates.feature import feature
from handlers.updates.whose import Open
from storage.draft_records import Draft, Sentence

FULL = "This section is full. Please take a line out first."
ROOM = 2_600
"""Characters of a section that leave room for one more line in its form."""


def _named(argument: str, context: Context, parts: int = 2) -> tuple[Draft, Section, tuple[int, ...]]:
    """The draft and section of a button or form, and the numbers behind them."""
    draft_id, place, *rest = ids(argument, parts)
    which = whose.section(place)
    return whose.editable(draft_id, context), which, tuple(rest)


def _set(found: Open, which: Section, sentences: list[Sentence], context: Context, what: str) -> None:
    context.store.drafts.set_section(found.draft, which.value, sentences, context.person.id)
    context.audit(what, f"draft {found.draft.id} section {which.value}")


def _in(found: Open, which: Section) -> list[stale.Line]:
    return [one for one in found.lines if one.section is which]


@feature.press("section")
def show_sources(press: Press, context: Context) -> Reply:
    """Each sentence of a section with its sources."""
    draft_id, place = ids(press.argument, 2)
    return Say(shown.section(whose.draft(draft_id, context), whose.section(place), context))


@feature.press("more")
def show_more(press: Press, context: Context) -> Reply:
    """What else was shared that belongs in a section."""
    draft_id, place, page = ids(press.argument, 3)
    which, draft = whose.section(place), whose.draft(draft_id, context)
    found = whose.opened(draft, context)
    message = pages.more(draft, which, stale.unused(found.lines, found.facts)[which], page)
    return Replace(message) if page else Say(message)


@feature.press("put")
def put_in(press: Press, context: Context) -> Reply:
    """Put something that was shared into its section; a second press finds it there."""
    draft, which, (number,) = _named(press.argument, context, 3)
    found = whose.opened(draft, context)
    fact = next((one for one in found.facts if one.section is which and pages.number_of(one.key) == number), None)
    if fact is None:
        raise Refusal("That was taken back, or is shared with fewer people by now.")
    mine = _in(found, which)
    if all(source.key != fact.key for one in found.lines for source in one.sentence.sources):
        _set(found, which, [*(one.sentence for one in mine), of_facts([fact])], context, "added a source to a draft")
    return Replace(shown.section(whose.draft(draft.id, context), which, context, "It stands in the section now."))


def draw_edit(argument: str, context: Context) -> Form:
    """The section's text as it stands."""
    draft, which, _ = _named(argument, context, 3)
    return forms.edit(draft, which, edits.as_text(_in(whose.opened(draft, context), which)))


@feature.form("edit", draw_edit)
def edit_section(submission: Submission, context: Context) -> Reply:
    """Keep the section as it was typed. Where someone else changed it meanwhile, theirs is shown and this stays
    typed."""
    draft, which, (version,) = _named(submission.argument, context, 3)
    found, values = whose.opened(draft, context), submission.values
    before, typed = _in(found, which), str(values.get("text", ""))
    part = draft.part(which.value)
    if part.version != version:
        who = part.changed_by or "Someone"
        theirs = shortened(edits.as_text(before), 1000) or "nothing"
        problem = f"{who} changed this since you opened it. It says now: “{theirs}”. Yours stands here: save it again."
        return Correct(draw_edit(submission.argument, context).filled(values), {"text": problem}, redraw=True)
    sentences = edits.read(typed, which.value, before, found.facts, context.person)
    if [one.id for one in sentences] == [one.sentence.id for one in before]:
        return Say(shown.anew(draft.id, context, "Nothing has changed."))
    _set(found, which, sentences, context, "edited a section of a draft")
    return Say(shown.anew(draft.id, context, "Your change is kept."))


def draw_add(argument: str, context: Context) -> Form:
    """A line of one's own."""
    draft, which, _ = _named(argument, context)
    if context.opening and len(edits.as_text(_in(whose.opened(draft, context), which))) > ROOM:
        raise Refusal(FULL)
    return forms.add(draft, which)


@feature.form("add", draw_add)
def add_line(submission: Submission, context: Context) -> Reply:
    """Put a line of one's own under the others; it needs no look at what others changed meanwhile."""
    draft, which, _ = _named(submission.argument, context)
    found = whose.opened(draft, context)
    before = _in(found, which)
    if len(edits.as_text(before)) > ROOM:
        raise Refusal(FULL)
    line = edits.own(str(submission.values["line"]), which.value, found.facts, context.person)
    _set(found, which, [*(one.sentence for one in before), line], context, "added a line to a draft")
    return Say(shown.anew(draft.id, context, "Your line is added."))


@feature.press("leave")
def leave_out(press: Press, context: Context) -> Reply:
    """Leave a section out of what others will read."""
    return _leave(press, context, is_left_out=True)


@feature.press("back")
def put_back(press: Press, context: Context) -> Reply:
    """Put a section back that was left out."""
    return _leave(press, context, is_left_out=False)


def _leave(press: Press, context: Context, *, is_left_out: bool) -> Reply:
    draft, which, _ = _named(press.argument, context)
    if draft.part(which.value).is_left_out != is_left_out:
        context.store.drafts.leave_out(draft, which.value, context.person.id, is_left_out=is_left_out)
        what = "left a section of a draft out" if is_left_out else "put a section of a draft back"
        context.audit(what, f"draft {draft.id} section {which.value}")
    return Replace(shown.anew(draft.id, context))


@feature.press("out")
def take_out(press: Press, context: Context) -> Reply:
    """Take one line out; a second press finds it gone."""
    draft_id, sentence_id = ids(press.argument, 2)
    draft = whose.editable(draft_id, context)
    found = whose.opened(draft, context)
    line = next((one for one in found.lines if one.sentence.id == sentence_id), None)
    if line is None:
        raise NotAllowed("a line of another draft", "That line is not there any more. Open the draft to see what is.")
    rest = [one.sentence for one in _in(found, line.section) if one is not line]
    _set(found, line.section, rest, context, "took a line out of a draft")
    said = "The line is taken out."
    if line in stale.stale(found.lines):
        after = shown.seen(whose.opened(whose.draft(draft.id, context), context), context, said)
        return Replace(pages.changes(after))
    return Replace(shown.section(whose.draft(draft.id, context), line.section, context, said))
