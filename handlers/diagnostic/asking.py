"""The routes that ask people to take part: a form to choose them, a letter to each, and one reminder a week later."""

import re
from collections.abc import Sequence

from handlers.diagnostic import forms, letters, rules, starting, views, whose
from handlers.diagnostic.feature import feature
from handlers.diagnostic.gathering import Gathering
from handlers.kit.arguments import ids
from handlers.kit.content import Form
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Submission, Values
from handlers.kit.replies import Correct, Reply, Say
from handlers.kit.whom import Candidate, meant, not_one

_BETWEEN = re.compile(r"[\n;,]")


def draw_ask(argument: str, context: Context) -> Form:
    """The form that asks people to take part."""
    gathered = _asked_by(argument, context)
    candidates = whose.candidates(gathered, context)
    if not candidates:
        raise Refusal(views.NOBODY_LEFT)
    return forms.ask(gathered, candidates)


def _asked_by(argument: str, context: Context) -> Gathering:
    gathered = whose.still_open(whose.run(ids(argument, 1)[0], context))
    if not rules.may_ask(gathered):
        raise Refusal(views.TOO_LATE)
    return gathered


@feature.form("ask", draw_ask)
def ask(submission: Submission, context: Context) -> Reply:
    """Let them be in it, and write to each."""
    gathered = _asked_by(submission.argument, context)
    found, problem = _chosen(submission.values, whose.candidates(gathered, context))
    if problem:
        return Correct(draw_ask(submission.argument, context).filled(submission.values), {"who": problem})
    unreached = [one.name for one in found if not _invite(one, gathered, context)]
    asked = ", ".join(str(one.person_id) for one in found)
    context.audit("asked people into a review", f"review {gathered.review.id} people {asked}")
    said = views.asked([one.name for one in found], unreached)
    return Say(starting.page(gathered.network, context, said))


def _chosen(values: Values, candidates: Sequence[Candidate]) -> tuple[list[Candidate], str]:
    """Whom the form means, each once, and a sentence about a name that means nobody, or several."""
    given = values.get("who", ())
    wanted = [one.strip() for one in (_BETWEEN.split(given) if isinstance(given, str) else given) if one.strip()]
    found: dict[int, Candidate] = {}
    for one in wanted:
        fitting = meant(one, candidates)
        if len(fitting) != 1:
            where = "among those who can still be asked"
            return [], not_one([each.name for each in fitting], where)
        found[fitting[0].person_id] = fitting[0]
    return list(found.values()), "" if found else "Please choose at least one person."


def _invite(one: Candidate, gathered: Gathering, context: Context) -> bool:
    context.store.reviews.invite(gathered.review.id, one.person_id, context.now)
    return letters.invite(one.person_id, context)
