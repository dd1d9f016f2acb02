"""The routes to one's own answers: giving, changing and taking them out; nobody else ever reads them."""

from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.events import Press, Submission
from handlers.kit.replies import Correct, Replace, Reply, Say
from handlers.pulse import rules, views, whose
from handlers.pulse.feature import feature


def answer_form(argument: str, context: Context) -> Form:
    """The five choices, with what the person has chosen before."""
    pulse, network = whose.open_to(argument, context)
    standing = context.store.pulses.own(pulse.id, context.person.id)
    return views.answer_form(pulse, network, whose.on_programme(pulse.closes_at, context), standing)


@feature.form("answer", answer_form)
def answer(submission: Submission, context: Context) -> Reply:
    """Keep what was chosen, in the place of what the person chose before."""
    pulse, network = whose.open_to(submission.argument, context)
    values = {one.key: submission.values.get(one.key) for one in rules.statements()}
    levels = {key: int(value) for key, value in values.items() if isinstance(value, str) and value}
    if not levels:
        form = answer_form(submission.argument, context).filled(submission.values)
        return Correct(form, {form.questions[0].key: views.NOTHING_CHOSEN})
    context.store.pulses.keep(pulse.id, context.person.id, levels)
    return Say(views.answered(pulse, network, whose.on_programme(pulse.closes_at, context)))


@feature.press("out")
def take_out(press: Press, context: Context) -> Reply:
    """Take all that the person answered out of an open pulse; a second press finds it done."""
    pulse, network = whose.open_to(press.argument, context)
    context.store.pulses.keep(pulse.id, context.person.id, {})
    return Replace(views.taken_out(pulse, network))
