"""The routes of one's own answers: part by part, in sittings, read over, finished, and changed afterwards."""

from handlers.diagnostic import answers, forms, letters, rules, starting, views, whose, wording
from handlers.diagnostic.feature import feature
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.rules import GOALS, PARTS, Part
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import NotAllowed
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Reply, Say
from prompts.review import review_bank


def _own(gathered: Gathering, context: Context) -> dict[str, str]:
    own: dict[str, str] = context.store.reviews.own(gathered.review.id, context.person.id)
    return own


def _part(number: int) -> Part:
    found = next((one for one in PARTS if one.number == number), None)
    if found is None:
        raise NotAllowed("a malformed button or form")
    return found


def _carried(argument: str) -> tuple[int, int | None, int | None]:
    """The review, the part, and the stamp that a button or form carries; None for what it does not."""
    parts = ids(argument, argument.count(".") + 1)
    if len(parts) > 3:
        raise NotAllowed("a malformed button or form")
    review_id, number, stamp = (*parts, None, None)[:3]
    assert review_id is not None, "an argument has one part at least"
    return review_id, number, stamp


def draw_part(argument: str, context: Context) -> Form:
    """The form of a part; of the one to go on with, where the button names none."""
    review_id, number, stamp = _carried(argument)
    gathered = whose.in_it(review_id, context)
    own, bank = _own(gathered, context), review_bank()
    part = _part(number) if number is not None else rules.following(own, bank) or GOALS
    return forms.part(gathered, part, own, bank, wording.kind_known(gathered.network.id, context), stamp)


@feature.form("answer", draw_part)
def keep(submission: Submission, context: Context) -> Reply:
    """Keep a part at once, and offer the next; nothing is overwritten that was changed elsewhere unseen."""
    review_id, number, stamp = _carried(submission.argument)
    gathered, bank = whose.in_it(review_id, context), review_bank()
    own = _own(gathered, context)
    part = _part(number) if number is not None else rules.following(own, bank) or GOALS
    given = {key: value for key, value in submission.values.items() if isinstance(value, str)}
    if stamp not in (None, rules.stamp(part, own, bank)):
        form = forms.part(gathered, part, own, bank, wording.kind_known(gathered.network.id, context))
        if errors := forms.elsewhere(form, own, given):
            return Correct(form.filled(given), errors, redraw=True)
    changed = rules.changes(part, own, given, bank)
    if changed:
        context.store.reviews.keep(review_id, context.person.id, changed, context.now)
    return Say(_after(part, gathered, bool(changed), context))


def _after(part: Part, gathered: Gathering, is_changed: bool, context: Context) -> Message:
    own, bank = _own(gathered, context), review_bank()
    kind = wording.kind_known(gathered.network.id, context)
    if gathered.has_finished:
        return answers.all_of_them(gathered, own, bank, kind, answers.changed(gathered) if is_changed else "")
    if rules.missing(own, bank):
        return answers.kept(gathered, part, own, bank, kind)
    return answers.all_of_them(gathered, own, bank, kind, answers.READ_IT_OVER)


@feature.press("mine")
def show_mine(press: Press, context: Context) -> Reply:
    """All answers of whoever acts, each part with a way to change it."""
    return Say(_mine(whose.in_it(ids(press.argument, 1)[0], context), context))


def _mine(gathered: Gathering, context: Context, opening: str = "") -> Message:
    kind = wording.kind_known(gathered.network.id, context)
    return answers.all_of_them(gathered, _own(gathered, context), review_bank(), kind, opening)


@feature.press("finish")
def finish(press: Press, context: Context) -> Reply:
    """Let one's answers count; a second press finds it done."""
    gathered = whose.in_it(ids(press.argument, 1)[0], context)
    if rules.missing(_own(gathered, context), review_bank()):
        return Say(_mine(gathered, context, answers.NOT_YET))
    if not gathered.has_finished:
        context.store.reviews.finish(gathered.review.id, context.person.id, context.now)
        letters.tell_that_all_answered(whose.gathering(gathered.review, context), context)
    return Say(starting.page(gathered.network, context, views.FINISHED))
