"""What happens when a source changes after somebody looked: it is shown, and a person decides line by line."""

from handlers.kit.arguments import ids
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed, Refusal
from handlers.kit.events import Press
from handlers.kit.replies import Replace, Reply, Say
from handlers.updates import pages, shown, whose
from handlers.updates.feature import feature
from handlers.updates.stale import Line, Standing

CHANGED_AGAIN = "Something has changed once more. Press See what changed to look at it."


@feature.press("changes")
def show_changes(press: Press, context: Context) -> Reply:
    """What has changed since somebody looked."""
    draft = whose.draft(ids(press.argument, 1)[0], context)
    return Say(pages.changes(shown.seen(whose.opened(draft, context), context)))


@feature.press("settle")
def take_over(press: Press, context: Context) -> Reply:
    """Take over what the person has just seen: lines whose source is gone go, the others say what theirs say now."""
    draft_id, number = ids(press.argument, 2)
    draft = whose.editable(draft_id, context)
    seen = shown.seen(whose.opened(draft, context), context)
    if seen.stale and pages.look(seen.stale) != number:
        raise Refusal(CHANGED_AGAIN)
    easy = [one for one in seen.stale if not pages.needs_a_person(one)]
    settle(draft.id, easy, context)
    if easy:
        context.audit("looked at changed sources", f"draft {draft.id}")
    left = shown.seen(whose.opened(whose.draft(draft.id, context), context), context, "That is taken over.")
    return Replace(pages.changes(left)) if left.stale else Replace(shown.anew(draft.id, context, left.said))


def settle(draft_id: int, lines: list[Line], context: Context, *, is_new: bool = True) -> None:
    """What is gone goes, and what has changed says what its sources say now; `is_new` as in the store."""
    gone = [one.sentence.id for one in lines if one.standing is Standing.GONE]
    changed = [one for one in lines if one.standing is Standing.CHANGED]
    if gone:
        context.store.drafts.take_out(draft_id, gone, is_new=is_new)
    if changed:
        _look(draft_id, changed, context, is_new=is_new)


def _look(draft_id: int, lines: list[Line], context: Context, *, is_new: bool = True) -> None:
    stamps = [(one.sentence.id, fact.key, fact.stamp) for one in lines for fact in one.facts]
    missing = [
        (one.sentence.id, source.key)
        for one in lines
        for source in one.sentence.sources
        if source.key not in {fact.key for fact in one.facts}
    ]
    context.store.drafts.restamp(draft_id, stamps, missing, is_new=is_new)


@feature.press("keep")
def keep_line(press: Press, context: Context) -> Reply:
    """Keep a line in a person's or model's words, beside a source that says something else by now."""
    draft_id, sentence_id, number = ids(press.argument, 3)
    draft = whose.editable(draft_id, context)
    found = whose.opened(draft, context)
    line = next((one for one in found.lines if one.sentence.id == sentence_id), None)
    if line is None or line.standing is Standing.GONE:
        raise NotAllowed("a line that is not shown", "That line is not there any more. Open the draft to see what is.")
    if line.standing is Standing.CHANGED:
        if pages.look([line]) != number:
            raise Refusal(CHANGED_AGAIN)
        _look(draft.id, [line], context)
        context.audit("kept a line of a draft", f"draft {draft.id} section {line.section.value}")
    left = shown.seen(whose.opened(whose.draft(draft.id, context), context), context, "The line stays.")
    return Replace(pages.changes(left)) if left.stale else Replace(shown.anew(draft.id, context, left.said))
