"""Shows people their own answers: what was just kept, and all of it before they finish."""

from collections.abc import Mapping, Sequence

from handlers.diagnostic import rules
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.rules import ASKED, GOALS, KIND, PARTS, Part
from handlers.kit.content import Block, Button, Buttons, Facts, Heading, Message, paragraph
from handlers.kit.text import listed
from prompts.kinds import Axis, Kind
from prompts.review import UNSURE, Bank
from storage.review_records import ReviewState

STOP = "You can stop here. To go on later, type diagnostic, wherever you talk to me."
NOTHING = "You left this out, and that is fine."
READ_IT_OVER = "That was the last part. Read it over, then press Finish, so that it counts."
NOT_YET = "Not yet: some answers are missing."
OTHERS_SEE = "The others will see that an answer was changed, and not whose."


def kept(gathered: Gathering, which: Part, answers: Mapping[str, str], bank: Bank, kind: Kind) -> Message:
    """What stands in a part now, and the next part to go on with, as long as there is one."""
    on = rules.after(which, answers, bank)
    opening = f"Part {which.number} of {len(PARTS)} is kept."
    own = gathered.review.id
    rows = spoken(which, answers, bank, kind)
    body = (
        paragraph(opening),
        Facts(rows) if rows else paragraph(NOTHING),
        paragraph(f"Next is part {on.number}: {on.title}. {STOP}"),
    )
    buttons = (
        Button("Next part", "diagnostic.answer", f"{own}.{on.number}", opens_form=True, primary=True, about=on.title),
        Button("Change this", "diagnostic.answer", f"{own}.{which.number}", opens_form=True, about=which.title),
    )
    return Message(opening, body, buttons)


def all_of_them(
    gathered: Gathering, answers: Mapping[str, str], bank: Bank, kind: Kind, opening: str = ""
) -> Message:  # fmt: skip
    """All answers of one person, part by part, each with its Change; and Finish, as long as they do not count."""
    own = gathered.review.id
    body: list[Block] = [paragraph(opening or "These are your answers.")]
    lacking = rules.missing(answers, bank)
    if lacking:
        body.append(paragraph(_still_missing(lacking)))
    for part in PARTS:
        rows = spoken(part, answers, bank, kind)
        label = "Change" if rows else "Answer"
        change = Button(label, "diagnostic.answer", f"{own}.{part.number}", opens_form=True, about=part.title)
        body += [Heading(f"{part.number}. {part.title.capitalize()}")]
        body += [Facts(rows) if rows else paragraph("You have not answered this."), Buttons((change,))]
    finish = Button("Finish", "diagnostic.finish", str(own), primary=True, about=gathered.network.name)
    back = Button("See the review", "diagnostic.open", str(gathered.network.id), about=gathered.network.name)
    last = () if gathered.has_finished or lacking else (finish,)
    return Message(opening or "These are your answers.", tuple(body), (*last, back))


def _still_missing(parts: Sequence[Part]) -> str:
    which = f"part {parts[0].number}" if len(parts) == 1 else f"parts {listed([str(one.number) for one in parts])}"
    return f"Something is still to be answered in {which}."


def changed(gathered: Gathering) -> str:
    """What follows from a change of answers that count already."""
    return f"That is changed. {OTHERS_SEE}" if gathered.review.state is ReviewState.JOINT else "That is changed."


def spoken(part: Part, answers: Mapping[str, str], bank: Bank, kind: Kind) -> tuple[tuple[str, str], ...]:
    """What was answered in a part: what was asked, and the answer in words."""
    if part is GOALS:
        return tuple((label, answers[key]) for key, label in ASKED.items() if answers.get(key))
    if part is KIND:
        return tuple(
            (bank.situation(axis).text, in_kind(axis, answers[axis], bank)) for axis in Axis if axis in answers
        )
    return tuple(
        (words.text.rstrip("."), said)
        for one in (bank.of(part.dimension) if part.dimension else ())
        if (said := _levels(answers, one.now_key, one.hoped_key, (words := one.for_kind(kind)).levels))
    )


def in_kind(axis: Axis, value: str, bank: Bank) -> str:
    """The words of a choice between situations."""
    return "Not sure" if value == UNSURE else bank.situation(axis).words(value)


def _levels(answers: Mapping[str, str], now: str, hoped: str, levels: Sequence[str]) -> str:
    said = [
        f"{label} {answers[key]}: {levels[int(answers[key]) - 1]}."
        for key, label in ((now, "Now"), (hoped, "Hoped for"))
        if answers.get(key)
    ]
    return "\n".join(said)
