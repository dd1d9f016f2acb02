"""Shows what a plan is, what could stand in it, and what has just been put in."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.kit.content import Block, Bold, Button, Buttons, Heading, Message, paragraph
from handlers.kit.text import counted, day, shortened
from handlers.plan import views
from handlers.plan.rules import Proposal
from prompts.plan.words import Words
from storage.plan_records import Plan, PlanItem
from storage.records import Network

WHAT_IT_IS = (
    "A development plan says what your network wants to do over 18 months, who looks after it, and when. "
    "You look at it together every three months, and you can change it at any time."
)


def none_yet(network: Network, review_on: date | None, *, runs: bool, older: bool) -> Message:
    """There is no plan, or none that the reader may read: what a plan is, and how those who run it make one."""
    body: list[Block] = [Heading(f"The plan of {network.name}")]
    buttons: list[Button] = []
    if not runs:
        text = "There is no plan here that you can read now. Those who run the network can make one. You can ask them."
        body.append(paragraph(text))
    elif review_on:
        text = WHAT_IT_IS
        body += [paragraph(text), paragraph(f"Your review of {day(review_on)} says what to begin with.")]
        buttons.append(_make(network))
    else:
        text = WHAT_IT_IS
        review = "A review helps you to choose. Each person takes about ten minutes for it."
        body += [paragraph(text), paragraph(review)]
        buttons += [_make(network), Button("Begin with a review", "diagnostic.new", str(network.id))]
    if older:
        buttons.append(Button("Older plans", "plan.older", str(network.id)))
    return Message(text, tuple(body), tuple(buttons))


def _make(network: Network) -> Button:
    return Button("Make a plan", "plan.begin", str(network.id), opens_form=True, primary=True)


def to_begin(network: Network) -> Message:
    """What is said where the form that begins a plan cannot open by itself."""
    return Message(WHAT_IT_IS, (paragraph(WHAT_IT_IS),), (_make(network),))


def offers(
    network: Network, plan: Plan, proposals: Sequence[Proposal], words: Words, review_on: date | None, said: str = ""
) -> Message:
    """What is proposed, each with the reason why it may fit."""
    title = "More that your network could do" if plan.items else "What your network could do"
    source = (
        f"This comes from your review of {day(review_on)}."
        if review_on
        else "There is no review that you can read. So this is what fits any network."
    )
    body: list[Block] = [paragraph(said)] if said else []
    body += [Heading(title), paragraph(source), paragraph(f"{words.pace} {words.decides}")]
    keys = ".".join(one.action.key for one in proposals)
    for place, one in enumerate(proposals):
        body.extend(_offer(plan, one, f"{plan.network_id}.{keys}.{place}"))
    if not proposals:
        body.append(paragraph("Everything that fits is in your plan, or was. You can write your own."))
    own = Button("Write our own", "plan.own", str(plan.id), opens_form=True)
    return Message(said or f"{title}. {source}", tuple(body), (own, views.ours(network)))


def _offer(plan: Plan, one: Proposal, argument: str) -> Iterable[Block]:
    action, about = one.action, shortened(one.action.title, 60)
    yield paragraph(Bold(action.title))
    yield paragraph(action.text)
    yield paragraph(one.reason)
    yield Buttons(
        (
            Button("Choose", "plan.choose", f"{plan.id}.{action.key}", opens_form=True, about=about),
            Button("Another one", "plan.another", argument, about=about),
        )
    )


def put_in(network: Network, item: PlanItem, when: str, told: str) -> Message:
    """An item was put into the plan, and is an objective now."""
    text = f"It is in your plan for {when}, and it is an objective of your network now."
    body = (paragraph(Bold(shortened(item.title, 300))), *(paragraph(one) for one in (text, told) if one))
    more = Button("Choose another", "plan.propose", str(network.id))
    buttons = [views.ours(network), more]
    if item.objective_id is not None:
        buttons.insert(1, Button("Open the objective", "goals.show", str(item.objective_id)))
    return Message(text, body, tuple(buttons))


def taken_out(network: Network, item: PlanItem) -> Message:
    """An item was taken out of the plan."""
    stays = " Its objective stays as it is among your goals." if item.objective_id is not None else ""
    text = f"It is taken out of the plan.{stays}"
    about = shortened(item.title, 60)
    buttons = [Button("Put it back", "plan.back", f"{item.plan_id}.{item.id}", about=about)]
    if item.objective_id is not None:
        buttons.append(Button("Open the objective", "goals.show", str(item.objective_id), about=about))
    body = (paragraph(Bold(shortened(item.title, 300))), paragraph(text))
    return Message(text, body, (*buttons, views.ours(network)))


def made_anew(network: Network, carried: int, left: int, hidden: int) -> Message:
    """A new plan has taken the place of the one before. `hidden`: items that stand there alone, as they are for fewer
    readers."""
    went_on = f" {counted(carried, 'item goes', 'items go')} on in it." if carried else ""
    stays = {0: "", 1: " One is not in it: its objective stays as it is among your goals."}
    stay = stays.get(left, f" {left} are not in it: their objectives stay as they are among your goals.")
    text = f"Your new plan is made.{went_on}"
    unseen = counted(hidden, "item that you cannot read stays", "items that you cannot read stay")
    fewer = f" {unseen} in the old plan alone." if hidden else ""
    rest = f"{stay}{fewer} The old one stays to be read.".strip()
    more = Button("Add an item", "plan.propose", str(network.id), primary=True)
    before = Button("Older plans", "plan.older", str(network.id))
    return Message(text, (paragraph(text), paragraph(rest)), (more, views.ours(network), before))
