"""What a check-in's conversation shows: records in, messages out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from handlers.checkins import forms
from handlers.kit import answers, audience, choosing
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Example,
    Heading,
    Message,
    pages,
    paragraph,
    plain,
)  # fmt: skip
from handlers.kit.happenings import CheckInRecorded
from handlers.kit.occasions import Item
from handlers.kit.template import product_questions
from handlers.kit.text import day, weekday
from storage.records import Answer, Audience, CheckIn, Network, Revision, Template

PAGE = 5
"""Check-ins on one page of the history."""

HISTORY = Button("My history", "checkins.history", "0")

_HOW = (
    "It takes about two minutes.",
    "One line is enough.",
    "Say what moved, or what is in the way.",
    "You can leave out what you like.",
)
"""What stands behind the line that asks: not the same two weeks running, nor two fortnights."""
NOTHING_SAID = "Please answer at least one question."
NOTHING_LEFT = "Please leave at least one answer, or withdraw the check-in instead."
CHECKED_IN_MEANWHILE = (
    "You have checked in for this week meanwhile. Send again to put this in its place. "
    "What it said stays in your history."
)
CHANGED_MEANWHILE = (
    "This check-in, or who can read it, was changed since you opened it. "
    "Look at who can read each answer, then save again. What it said stays in your history."
)


def which_network(networks: Sequence[Network]) -> Message:
    """Asks someone in several networks which one they check in for."""
    question = "Which network do you want to check in for?"
    return choosing.which_network(question, networks, "checkins.record", opens_form=True)


def no_network(*, is_faculty: bool) -> str:
    """Why someone in no network cannot check in, and what to do instead."""
    if is_faculty:
        return "Check-ins are for people in a network. To read what is shared with the faculty, type network."
    return choosing.NO_NETWORK


def prompt(network: Network, *, again: bool, week: int = 0) -> Item:
    """The line that asks for a check-in; `again`: the first time it had no answer. `week`: any number of that week."""
    text = (
        f"A short check-in for {network.name} would still help. It takes about two minutes."
        if again
        else f"It is time for your check-in for {network.name}. {_HOW[week % len(_HOW)]}"
    )
    about = network.name
    return Item(
        text, Button("Answer now", "checkins.record", f"{network.id}", opens_form=True, primary=True, about=about)
    )


def invitation(network: Network, before: CheckIn | None) -> Message:
    """Where a form cannot open at once: a button that opens it."""
    if before:
        text = f"You checked in for {network.name} on {weekday(before.recorded_at.date())}. You can change it."
        return plain(text, Button("Edit my check-in", "checkins.edit", str(before.id), opens_form=True), HISTORY)
    text = f"Your check-in for {network.name} takes about two minutes."
    return plain(text, Button("Check in", "checkins.record", f"{network.id}", opens_form=True, primary=True))


def kept(network: Network, checkin_id: int, given: Sequence[Answer], also: CheckInRecorded | None = None) -> Message:
    """One sentence that says it is kept, and one that says who else can read it, with what one can do about it."""
    text = f"Thank you. Your check-in for {network.name} is kept. {_how_open(given)}"
    return _with_actions(text, checkin_id, also)


def _how_open(given: Sequence[Answer]) -> str:
    shared = sum(answer.audience is not Audience.ONLY_ME for answer in given)
    if not shared:
        return "Only you can read it."
    if shared < len(given):
        return f"Others can read {shared} of your {len(given)} answers."
    every = {1: "your answer", 2: "both answers"}.get(shared, f"all {shared} answers")
    return f"Others can read {every}."


def changed(network: Network, checkin_id: int, also: CheckInRecorded | None = None) -> Message:
    """One sentence that says it is changed."""
    text = f"Your check-in for {network.name} is changed. Only you can see what it said before."
    return _with_actions(text, checkin_id, also)


def audience_kept(checkin: CheckIn, audiences: Mapping[str, Audience], template: Template) -> Message:
    """Says who can read each answer now."""
    widest = [f"“{answers.label(template, key)}”: {audience.WORDS[who]}" for key, who in audiences.items()]
    text = "That is saved. This is who can read your answers now."
    body = (paragraph(text), *(paragraph(line) for line in widest))
    return Message(text, body, actions(checkin.id))


def withdrawn() -> Message:
    """Says that a check-in is gone."""
    return plain("Your check-in is withdrawn and its answers are deleted.", HISTORY)


def _with_actions(text: str, checkin_id: int, also: CheckInRecorded | None) -> Message:
    """The sentence with what one can do, and what those who heard of the check-in had to add."""
    said, buttons = (also.said, also.buttons) if also else ((), ())
    return plain(" ".join([text, *said]), *actions(checkin_id), *buttons)


def actions(checkin_id: int, about: str = "") -> tuple[Button, ...]:
    """What its author can do with a check-in."""
    own = str(checkin_id)
    return (
        Button("Edit", "checkins.edit", own, opens_form=True, about=about),
        Button("Who can see this", "checkins.audience", own, opens_form=True, about=about),
        Button(
            "Withdraw", "checkins.withdraw", own, danger=True, about=about,
            confirm="Withdraw this check-in? Its answers will be deleted.",
        ),
    )  # fmt: skip


def history(
    checkins: Sequence[CheckIn],
    templates: Mapping[int, Template],
    networks: Mapping[int, Network],
    page: int,
    total: int,
) -> Message:
    """A page of one's own check-ins, newest first."""
    if not total:
        return plain("You have not checked in yet. Type check in when you are ready.")
    first = page * PAGE + 1
    title = f"Your check-ins, {first} to {first + len(checkins) - 1} of {total}, newest first"
    body: list[Block] = [Heading(title)]
    for one in checkins:
        body.extend(_past(one, templates[one.template_id], networks[one.network_id]))
    return Message(title, tuple(body), pages("checkins.history", page, total, PAGE))


def _past(checkin: CheckIn, template: Template, network: Network) -> Iterable[Block]:
    about = f"{network.name}, week of {day(checkin.week_on)}"
    state = ", withdrawn" if checkin.withdrawn_at else ", edited" if checkin.edited_at else ""
    yield paragraph(Bold(f"Week of {day(checkin.week_on)}"), f", {network.name}{state}")
    if checkin.withdrawn_at:
        return
    yield from answers.blocks(checkin, template, with_audience=True)
    earlier = (Button("Earlier versions", "checkins.earlier", str(checkin.id), about=about),)
    yield Buttons(actions(checkin.id, about) + (earlier if checkin.edited_at else ()))


def earlier(checkin: CheckIn, revisions: Sequence[Revision], templates: Mapping[int, Template]) -> Message:
    """What a check-in said before its edits; only its author is shown this."""
    title = f"What your check-in of the week of {day(checkin.week_on)} said before. Only you can see this."
    body: list[Block] = [paragraph(title)]
    for revision in revisions:
        template = templates[revision.template_id]
        body.append(Heading(f"Until {day(revision.replaced_at.date())}"))
        body.extend(
            paragraph(Bold(answers.label(template, answer.key)), "\n", answers.shown(template, answer))
            for answer in revision.answers
        )
    now = Button("What it says now", "checkins.shown", str(checkin.id))
    return Message(title, tuple(body), (now, HISTORY))


def as_text(
    checkin: CheckIn, network: Network, revisions: Sequence[Revision], templates: Mapping[int, Template]
) -> str:
    """A check-in with its earlier versions as Markdown text, for its author's export."""
    lines = [f"Network: {network.name}", f"Recorded: {day(checkin.recorded_at.date())}"]
    if checkin.withdrawn_at:
        lines.append(f"Withdrawn: {day(checkin.withdrawn_at.date())}")
    template = templates[checkin.template_id]
    lines.extend(_answer_lines(answers.in_order(checkin, template), template))
    for revision in revisions:
        lines.append(f"Until {day(revision.replaced_at.date())} it said:")
        lines.extend(_answer_lines(revision.answers, templates[revision.template_id]))
    return "\n\n".join(lines)


def _answer_lines(given: Iterable[Answer], template: Template) -> Iterable[str]:
    for answer in given:
        yield answers.label(template, answer.key)
        yield answers.shown(template, answer)
        yield f"Who can see this: {audience.WORDS[answer.audience]}"


def examples() -> Iterable[Example]:
    """Every message and form of this conversation, as it looks in use."""
    network, template = Network(7, "sh", "Sexual Health Improvement Network", "", None), EXAMPLE_TEMPLATE
    one = example_checkin(41, "Ann Example")
    networks, templates = {network.id: network}, {template.id: template}
    other = Network(8, "mt", "Medical Training Voices", "", None)
    yield Example("record", forms.record_form(network, template))
    yield Example(
        "record_meanwhile", forms.record_form(network, template, one), {template.questions[0].key: CHECKED_IN_MEANWHILE}
    )
    yield Example("edit", forms.edit_form(network, template, one))
    yield Example("edit_with_errors", forms.edit_form(network, template, one), {"feeling": "Please answer this one."})
    yield Example("audience", forms.audience_form(one, template))
    yield Example("which_network", which_network([network, other]))
    yield Example("invitation", invitation(network, None))
    yield Example("invitation_again", invitation(network, one))
    yield Example("kept", kept(network, one.id, one.answers))
    yield Example("kept_private", kept(network, one.id, one.answers[2:3]))
    yield Example("changed", changed(network, one.id))
    yield Example("audience_kept", audience_kept(one, {"moved": Audience.NETWORK}, template))
    yield Example("withdrawn", withdrawn())
    yield Example("history", history([one] * PAGE, templates, networks, 1, 14))
    yield Example("no_history", history([], templates, networks, 0, 0))
    yield Example("earlier", earlier(one, [Revision(41, 3, one.recorded_at, one.answers)], templates))


EXAMPLE_TEMPLATE = Template(3, 7, 1, product_questions())


def example_checkin(checkin_id: int, name: str) -> CheckIn:
    """A check-in with awkward words in it, for examples."""
    at = datetime(2027, 1, 12, 17, 30, tzinfo=UTC)
    return CheckIn(
        checkin_id, 7, 5, name, EXAMPLE_TEMPLATE.id, date(2027, 1, 11), at, at, None,
        (
            Answer("feeling", "4", Audience.COORDINATOR),
            Answer("moved", "Two wards <said yes> & a *third* _thinks_.\nSee http://example.org", Audience.NETWORK),
            Answer("in_the_way", "No room that we can book. <!channel> <at>everyone</at>", Audience.ONLY_ME),
            Answer("help", "yes", Audience.COORDINATOR),
        ),
    )  # fmt: skip
