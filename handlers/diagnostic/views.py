"""Shows what a review is, and where one stands, to whoever has a part in it: never who has not answered yet."""

from dataclasses import dataclass
from datetime import datetime

from handlers.diagnostic import rules
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.rules import PARTS, Part
from handlers.kit.choosing import MOST
from handlers.kit.content import Block, Button, Facts, Heading, Message, paragraph
from handlers.kit.text import counted, listed, shortened
from storage.records import Network
from storage.review_records import Review, ReviewState

MOST_NAMED = 12
"""People of a review who are named on its page."""
NO_REVIEW = (
    "A rapid review is begun by those who run a network, or by the faculty. You are not in one now. "
    "If they ask you, I will tell you."
)
WHICH = "A rapid review of which network?"
OR_TYPE = f"These are the first {MOST}. For another, type diagnostic and part of its name."
BEGUN = "It has begun. Answer your part, and ask others to take part."
BEGUN_ALONE = "It has begun."
BEGUN_ALREADY = "A review of this network had begun already, so I led you into it. You are in it now."
MEANWHILE = "Someone has gone on with this review, so it stays. This is how it stands."
NOBODY_LEFT = "Everyone in the network and the faculty is in this review already. To see it, type diagnostic."
TOO_LATE = "The joint session has begun, so nobody else is asked now. To see it, type diagnostic."
FINISHED = "Thank you. That was all from you for now."
WHAT_IT_IS = "A rapid review looks at how a network works, and at what would help it."
COMES = "A picture of the network, three strengths, and three things to work on"
ALONE = "There is nobody else to ask in it yet. You can do it alone: then it shows one view, yours."


@dataclass(frozen=True, slots=True)
class Seen:
    """A review as its page shows it. `going`: the part that whoever looks goes on with; None where all are answered.

    `has_begun`: they have answers. `minutes`: about how long the rest takes. `last_id`: the review before, if they may
    read it. `can_ask`: there is someone to ask.
    """

    gathered: Gathering
    now: datetime
    began: str
    going: Part | None = None
    has_begun: bool = False
    minutes: int = rules.MINUTES
    last_id: int = 0
    can_ask: bool = True


def offer(network: Network, last: Review | None = None, ended: str = "", *, is_alone: bool = False) -> Message:
    """What a review is, before one begins. `last`: the one before, if whoever looks may read it, which `ended` then."""
    body: list[Block] = [Heading(title(network)), paragraph(WHAT_IT_IS)]
    if last is not None:
        body.append(paragraph(f"The last one ended on {ended}. You will read the new one beside it."))
    body.append(Facts(_for_one() if is_alone else _for_several()))
    if is_alone:
        body.append(paragraph(ALONE))
    buttons = [Button("Begin", "diagnostic.begin", str(network.id), primary=True, about=network.name)]
    if last is not None:
        buttons.append(_last(last.id))
    return Message(f"{title(network)}. {WHAT_IT_IS}", tuple(body), tuple(buttons))


def _for_several() -> tuple[tuple[str, str], ...]:
    return (
        ("Who", "You, and the people whom you ask: from the network and the faculty"),
        ("How long", f"About {rules.MINUTES} minutes each, in parts if you like"),
        ("Then", "You talk together about what you see differently"),
        ("What comes of it", COMES),
        ("Who sees it", "The people in it. You choose later who else reads what you agreed"),
    )


def _for_one() -> tuple[tuple[str, str], ...]:
    return (
        ("How long", f"About {rules.MINUTES} minutes, in parts if you like"),
        ("What comes of it", COMES),
        ("Who sees it", "You. You choose later who else reads what it came to"),
    )


def ended(network: Network, last: Review, on: str, *, may_start: bool) -> Message:
    """There is a result to read, and no open review."""
    body = paragraph(f"The last review of {network.name} ended on {on}.")
    result = Button("See what it came to", "diagnostic.result", str(last.id), primary=True)
    anew = (Button("Begin a new one", "diagnostic.new", str(network.id)),) if may_start else ()
    return Message(f"The last review ended on {on}.", (Heading(title(network)), body), (result, *anew))


def standing(seen: Seen, opening: str = "") -> Message:
    """Where an open review stands, and what to do next. `opening` says what was done just now."""
    gathered = seen.gathered
    body: list[Block] = [Heading(title(gathered.network))]
    body += [paragraph(opening)] if opening else []
    body.append(paragraph(f"{who(gathered)} {how_far(gathered)}".strip()))
    body += [paragraph(one) for one in (_joint(gathered), _mine(seen), _next(seen)) if one]
    said = opening or f"{title(gathered.network)}. {how_far(gathered)}".strip()
    return Message(said, tuple(body), tuple(_buttons(seen)))


def title(network: Network) -> str:
    """The heading of a review's pages."""
    return f"Review of {shortened(network.name, 100)}"


def who(gathered: Gathering) -> str:
    """Who is in it, with the reader last."""
    names = [shortened(one, 60) for one in gathered.others[:MOST_NAMED]]
    more = len(gathered.others) - len(names)
    names += [counted(more, "other", "others")] * bool(more)
    if gathered.mine:
        return f"{listed([*names, 'you'])} are in it." if names else "You are the only one in it now."
    return f"{listed(names)} {'are' if len(gathered.people) > 1 else 'is'} in it."


def how_far(gathered: Gathering) -> str:
    """How many have answered, and never who; "" for whoever has no seat in it."""
    if gathered.mine is None:
        return ""
    people, finished = len(gathered.people), gathered.finished
    if not finished:
        return "No answers are in yet."
    if people == finished:
        return {1: "One person has answered.", 2: "Both have answered."}.get(people, f"All {people} have answered.")
    return f"{finished} of {people} have answered."


def _joint(gathered: Gathering) -> str:
    if gathered.review.state is not ReviewState.JOINT:
        return ""
    led = "You" if gathered.review.led_by_id == gathered.me else shortened(gathered.review.led_by_name, 60)
    return f"The joint session has begun. {led} led it last." if led else "The joint session has begun."


def _mine(seen: Seen) -> str:
    gathered = seen.gathered
    if gathered.mine is None:
        return ""
    if gathered.has_finished:
        return "Your answers are in. You can change them until the review ends."
    if seen.going is None:
        return "You have answered every part. Read it over and press Finish, so that it counts."
    if not seen.has_begun:
        return f"Your part takes about {rules.MINUTES} minutes. You can stop and go on whenever you like."
    minutes = counted(seen.minutes, "minute", "minutes")
    return f"You are at part {seen.going.number} of {len(PARTS)}. The rest takes about {minutes}."


def _next(seen: Seen) -> str:
    gathered = seen.gathered
    is_joint = gathered.review.state is ReviewState.JOINT
    if gathered.finished == 1 and (is_joint or len(gathered.people) == 1 or _may_go_on_alone(seen)):
        left = "One person’s answers are in it now." if is_joint and gathered.mine else ""
        ask = "You can ask someone, so that there is more than one view." if _may_ask(seen) else ""
        alone = "You can go on alone: then it shows one view, yours." if _may_go_on_alone(seen) else ""
        return " ".join(filter(None, (left, ask, alone)))
    if is_joint or not gathered.has_finished:
        return ""
    if gathered.finished < rules.ENOUGH:
        return "The joint session can begin once two have answered."
    if gathered.finished == len(gathered.people):
        return "You can begin the joint session: any of you can lead it."
    return "You can begin the joint session now, or wait for the others. Any of you can lead it."


def _may_ask(seen: Seen) -> bool:
    return seen.can_ask and rules.may_ask(seen.gathered)


def _may_go_on_alone(seen: Seen) -> bool:
    return rules.may_go_on_alone(seen.gathered, seen.now)


def _buttons(seen: Seen) -> list[Button]:
    gathered = seen.gathered
    own, about = str(gathered.review.id), gathered.network.name
    buttons = [*_session(seen, own, about), *_answering(seen, own, about)]
    if _may_ask(seen):
        buttons.append(Button("Ask someone", "diagnostic.ask", own, opens_form=True, about=about))
    if seen.last_id:
        buttons.append(_last(seen.last_id))
    if gathered.mine or gathered.may_run:
        buttons.append(Button("Not for me" if gathered.mine else "End it", "diagnostic.leave", own, about=about))
    return buttons


def _session(seen: Seen, own: str, about: str) -> list[Button]:
    gathered = seen.gathered
    is_alone = _may_go_on_alone(seen)
    if gathered.review.state is ReviewState.JOINT and gathered.has_finished:
        label = "Go on alone" if is_alone else "Go on with it"
        return [Button(label, "diagnostic.go_on", own, primary=True, about=about)]
    if rules.may_begin_joint(gathered):
        return [Button("Begin the joint session", "diagnostic.joint", own, primary=True, about=about)]
    return [Button("Go on alone", "diagnostic.joint", own, about=about)] if is_alone else []


def _answering(seen: Seen, own: str, about: str) -> list[Button]:
    gathered = seen.gathered
    if gathered.mine is None:
        return [Button("Take part", "diagnostic.join", own, primary=True, about=about)]
    if gathered.has_finished:
        return [Button("Change my answers", "diagnostic.mine", own, about=about)]
    if seen.going is None:
        return [Button("Read it over", "diagnostic.mine", own, primary=True, about=about)]
    label = "Go on" if seen.has_begun else "Answer"
    return [Button(label, "diagnostic.answer", own, opens_form=True, primary=True, about=about)]


def _last(review_id: int) -> Button:
    return Button("See the last one", "diagnostic.result", str(review_id))


def what_it_is(gathered: Gathering) -> Message:
    """For whoever is asked to take part and wants to know more."""
    own, about = str(gathered.review.id), gathered.network.name
    facts = Facts(
        (
            ("What you do", f"You answer seven short parts, in about {rules.MINUTES} minutes, in parts if you like"),
            ("What is asked", "What the network is for, what kind it is, and how it works now"),
            ("Then", "You talk together about what you see differently, if you can come"),
            ("Who sees your answers", "The people in the review, without your name, when that talk begins"),
            ("If you would rather not", "Press Not for me. Nobody asks why"),
        )
    )
    buttons = () if gathered.has_finished else (
        Button("Answer", "diagnostic.answer", own, opens_form=True, primary=True, about=about),
    )  # fmt: skip
    leave = Button("Not for me", "diagnostic.leave", own, about=about)
    shown = (Heading(title(gathered.network)), paragraph(WHAT_IT_IS), paragraph(who(gathered)), facts)
    return Message(WHAT_IT_IS, shown, (*buttons, leave))


def asked(names: list[str], unreached: list[str]) -> str:
    """Who was asked just now, and who must be told some other way."""
    reached = [shortened(one, 60) for one in names if one not in unreached]
    said = [f"I ask {listed(reached[:MOST_NAMED])} in their working hours."] if reached[:MOST_NAMED] else []
    if len(reached) > MOST_NAMED:
        said = [f"I ask {len(reached)} people in their working hours."]
    if unreached:
        shown = listed([shortened(one, 60) for one in unreached[:MOST_NAMED]])
        said.append(f"I can’t write to {shown} now. Please tell them to type diagnostic.")
    return " ".join(said)
