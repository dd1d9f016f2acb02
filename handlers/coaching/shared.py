"""Shows what sharing a plan does, to the one who shares and to the one who reads."""

from collections.abc import Sequence
from datetime import date

from handlers.coaching import views
from handlers.kit.content import Block, Button, Message, Quote, pages, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.text import counted, shortened, weekday
from storage.coached import SharedPlan

NOBODY = "There is nobody else in your network to share it with. To see your plan, type my coaching."


def done(name: str) -> Message:
    """Says who can read the plan from now on."""
    text = f"{name} can now read your plan, and nothing else. I tell them with their next message from me."
    return plain(f"{text} To stop sharing, type my coaching.", views.MINE)


def line(plan: SharedPlan) -> Item:
    """The line that tells someone of a plan."""
    text = f"{plan.author_name} shares a plan with you: {_short(plan)} You could ask how it went."
    return Item(text, Button("Plans shared with me", "coaching.shared"))


def _short(plan: SharedPlan) -> str:
    return f"“{shortened(views.plan_of(plan)[1:-1], views.LONGEST_QUOTED)}”"


def plans(shared: Sequence[tuple[SharedPlan, date]], page: int, total: int) -> Message:
    """A page of the plans that others share with the person, newest first."""
    if not total:
        return plain("Nobody shares a plan with you now.", views.MINE)
    opening = f"People share {counted(total, 'plan', 'plans')} with you. Please keep what you read to yourself."
    body: list[Block] = [paragraph(opening)]
    for plan, on in shared:
        body += [paragraph(f"{plan.author_name}, on {weekday(on)}:"), Quote(views.plan_of(plan)[1:-1])]
    return Message(opening, tuple(body), (*pages("coaching.shared", page, total, views.PAGE), views.MINE))
