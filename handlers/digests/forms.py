"""The form that narrows a digest: which days, and which networks."""

from collections.abc import Sequence

from handlers.digests.views import MOST_CHOSEN, Scope
from handlers.kit.content import Choice, Form, Question
from storage.records import Network, QuestionKind

MOST_CHOICES = 100
"""Networks to choose from in one menu (Slack's limit)."""


def choose(networks: Sequence[Network], scope: Scope, argument: str) -> Form:
    """Asks for days and, where there are several networks, for some of them."""
    questions = [
        Question("first", "From which day?", QuestionKind.DATE, True, value=scope.period.first_on.isoformat()),
        Question("last", "Up to which day?", QuestionKind.DATE, True, value=scope.period.last_on.isoformat()),
    ]
    if 1 < len(networks) <= MOST_CHOICES:
        hint = f"Leave it empty for all, or choose up to {MOST_CHOSEN}."
        choices = tuple(Choice(str(one.id), one.name) for one in networks)
        chosen = tuple(str(one) for one in scope.network_ids) or None
        kind = QuestionKind.SEVERAL
        questions.append(Question("networks", "Which networks?", kind, hint=hint, choices=choices, value=chosen))
    return Form("digests.choose", "Days and networks", tuple(questions), argument, submit="Show")
