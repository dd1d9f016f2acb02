"""With whom a result can be shared, and the form that asks: it says what exactly they would read."""

from handlers.diagnostic import ending_views, result_views
from handlers.diagnostic.result_views import Shown
from handlers.kit.content import Choice, Form, Question
from prompts.plan.words import words_for
from storage.records import Audience, QuestionKind

WIDTHS: dict[str, Audience | None] = {
    "nobody": None,
    "leaders": Audience.LEADERS,
    "network": Audience.NETWORK,
    "faculty": Audience.FACULTY,
}
"""With whom a result can be shared, from narrow to wide."""
LABELS = {
    "nobody": "Nobody else",
    "leaders": "The co-ordinator and the leaders",
    "network": "Everyone in the network",
    "faculty": "Everyone in the network, and the faculty",
}
ONLY_RUNNERS = "Nobody else can read it. Only those who run the network can let others read it: ask one of them."

ONLY_THEIRS = (
    "Nobody else can read it. It holds one person’s answers. "
    "Only they can let others read it, as long as they run the network."
)


def offered(now: Audience | None, *, may_widen: bool) -> list[str]:
    """What can be chosen, from narrow to wide: no more than now, unless one may widen."""
    return [key for key, one in WIDTHS.items() if may_widen or (one or 0) <= (now or 0)]


def form(shown: Shown) -> Form:
    """The form of who else may read it; it carries who could when it was drawn."""
    review = shown.result.review
    intro = (*ending_views.others_read(is_one_view=shown.is_one_view), "Updates and digests for them may quote it.")
    choices = tuple(Choice(key, LABELS[key]) for key in offered(review.audience, may_widen=shown.may_widen))
    now = next((key for key, one in WIDTHS.items() if one == review.audience), "faculty")
    hint = words_for(shown.seen.kind).readers if shown.may_widen else _who_widens(shown)
    asked = Question("who", "Who else can read the result?", QuestionKind.CHOICE, True, hint, choices, now)
    carried = f"{review.id}.{int(review.audience or 0)}"
    return Form("diagnostic.share", "Who can read this", (asked,), carried, (" ".join(intro),), "Keep")


def _who_widens(shown: Shown) -> str:
    if shown.is_one_view:
        return "Only the person who answered can let more people read it."
    return "Only those who run the network can let more people read it."


def meanwhile(now: Audience | None) -> str:
    """Why a form waits: who can read it changed meanwhile."""
    return f"This changed since you opened it. {result_views.read_by(now)} Look, then send again."
