"""Shows one-to-ones to one of their two: the list, and the page of each with what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.content import (
    Attachment,
    Block,
    Bold,
    Button,
    Buttons,
    Facts,
    Heading,
    Message,
    Quote,
    pages,
    paragraph,
    plain,
)
from handlers.kit.text import counted, shortened
from handlers.one_to_ones.eyes import Eyes
from storage.one_to_one_records import Known, OneToOne, Preparation, Standing

PAGE = 5
"""Earlier one-to-ones on one page."""
LONGEST_LINE = 120
SUGGEST = Button("Suggest times", "one_to_ones.suggest", opens_form=True, primary=True)
MINE = Button("My one-to-ones", "one_to_ones.mine")
WHO_KNOWS = "Only the two of you know of a one-to-one, unless the one who is coached lets others know."
NOT_FOR_YOU = "One-to-ones are for the faculty, co-ordinators and leaders. Type help to see what you can do."
NOT_YOURS = "I find no such one-to-one of yours. To see those that you have, type one to one."
NOBODY = "There is nobody to suggest a one-to-one to yet. Please ask the people who run the programme."
LEFT = "One of you has left the faculty or the network. To meet someone else, type one to one."
NO_LONGER = "One of you has left the faculty or the network. What you have agreed stands, but no new time can be set."
OVER = "This one-to-one is over, cancelled or declined. To suggest a new one, type one to one."
TIME_GONE = "That time is no longer open. This is how it stands now."
TIME_PASSED = "That time has passed. Please choose another, or suggest times."


@dataclass(frozen=True, slots=True)
class Seen:
    """A one-to-one with all that one of the two may read on its page. `to_do`: what they agreed and is to be done."""

    eyes: Eyes
    meeting: OneToOne
    preparation: Preparation | None = None
    to_do: tuple[str, ...] = ()
    has_left: bool = False


def listing(
    eyes: Eyes,
    coming: Sequence[OneToOne],
    past: Sequence[OneToOne],
    known: Sequence[Known],
    *,
    page: int = 0,
    total: int = 0,
    may_suggest: bool = True,
) -> Message:
    """What lies ahead and a page of what was, `total` in all; and who of the reader's network says that they meet."""
    opening = "You have no one-to-ones yet."
    if coming or total:
        opening = "These are your one-to-ones."
    body: list[Block] = [paragraph(f"{opening} {WHO_KNOWS}")]
    if not (coming or total):
        body.append(paragraph("A one-to-one is a talk between someone of the faculty and someone who runs a network."))
    for one in coming:
        body += [paragraph(*_line(eyes, one)), _open(eyes, one)]
    if past:
        body.append(Heading("Earlier"))
    for one in past:
        assert one.starts_at is not None, "it was agreed"
        body += [paragraph(f"{eyes.in_short(one.starts_at)}, with {eyes.name(one)}"), _open(eyes, one)]
    if known:
        body += [Heading("Others who meet"), paragraph("They let you know that they meet. What they say is theirs.")]
        body += [paragraph(f"{one.coachee_name} meets {one.coach_name}.") for one in known]
    turn = pages("one_to_ones.mine", page, total, PAGE)
    return Message(opening, tuple(body), (*((SUGGEST,) if may_suggest else ()), *turn))


def _line(eyes: Eyes, one: OneToOne) -> tuple[str | Bold, ...]:
    name = eyes.name(one)
    if one.starts_at is None:
        return (f"{eyes.began(one)} suggests times.",) if eyes.is_asked(one) else (f"You suggested times to {name}.",)
    moving = f" {eyes.began(one)} asks to move it." if eyes.is_asked(one) else ""
    return Bold(eyes.when(one.starts_at, one)), f", with {name}.{moving}"


def _open(eyes: Eyes, one: OneToOne) -> Buttons:
    when = eyes.in_short(one.starts_at) if one.starts_at else "no time yet"
    return Buttons((Button("Open", "one_to_ones.open", str(one.id), about=f"{eyes.name(one)}, {when}"),))


def whole(seen: Seen, opening: str = "", file: Attachment | None = None) -> Message:
    """The page of one: how it stands, what both said of it, and what may be done. `opening` says what was done."""
    eyes, one = seen.eyes, seen.meeting
    stands = _stands(eyes, one)
    body: list[Block] = [paragraph(opening)] if opening else []
    body.append(paragraph(Bold(stands[0]), *(f" {each}" for each in stands[1:])))
    if one.standing in (Standing.SUGGESTED, Standing.AGREED):
        body.append(Facts(tuple(_rows(seen))))
        if seen.has_left and not one.is_past(eyes.now):
            body.append(paragraph(NO_LONGER if one.starts_at else LEFT))
    if seen.preparation:
        body += _prepared(seen)
    if seen.to_do and not opening:
        body += [Heading("Still to do from before"), *_to_do(seen.to_do)]
    if file:
        body.append(paragraph("Here it is for your calendar."))
    files = (file,) if file else ()
    return Message(opening or stands[0], tuple(body), tuple(_few_buttons(seen) if opening else _buttons(seen)), files)


def _stands(eyes: Eyes, one: OneToOne) -> list[str]:
    name, began = eyes.name(one), eyes.began(one)
    if one.standing is Standing.CANCELLED:
        when = f" on {eyes.when(one.starts_at, one)}" if one.starts_at else ""
        return [f"Your one-to-one with {name}{when} is cancelled."]
    if one.standing is Standing.DECLINED:
        if one.last_by_id == eyes.me:
            return [f"You said to {name}: not now."]
        return [f"{began} said: not now.", "You could ask again another time."]
    if one.starts_at is None:
        return _without_time(eyes, one)
    if one.is_past(eyes.now):
        return [f"Your one-to-one with {name} was on {eyes.when(one.starts_at, one)}."]
    stands = [f"You meet {name} on {eyes.when(one.starts_at, one)}."]
    if eyes.is_asked(one):
        stands.append(f"{began} asks to move it. Until you choose, this time stands.")
    elif eyes.has_asked(one):
        stands.append(f"You asked to move it. Until {name} chooses, this time stands.")
    return stands


def _without_time(eyes: Eyes, one: OneToOne) -> list[str]:
    passed = [] if eyes.ahead(one) else ["They have all passed. Please suggest others."]
    if eyes.is_asked(one):
        return [f"{eyes.began(one)} suggests times for a one-to-one.", *passed]
    return [f"You suggested times to {eyes.name(one)}.", *(passed or ["I tell you when there is an answer."])]


def _rows(seen: Seen) -> list[tuple[str, str]]:
    eyes, one = seen.eyes, seen.meeting
    ahead = [each for each in one.times if each.at > eyes.now and not one.is_past(eyes.now)]
    rows = [(f"Time {number}", eyes.when(each.at, one)) for number, each in enumerate(ahead, 1)]
    rows.append(("How long", f"{one.words.minutes} minutes"))
    rows.append(("Where", one.words.place or "Not said yet"))
    if one.words.about:
        rows.append(("About", one.words.about))
    whose = "your networks" if one.is_coachee(eyes.me) else f"the networks of {eyes.name(one)}"
    is_known = one.known_at is not None and not seen.has_left
    known = f"Those who run {whose}: that you meet, and no more" if is_known else "Nobody"
    return [*rows, ("Who else knows", known)]


def _prepared(seen: Seen) -> list[Block]:
    eyes, one = seen.eyes, seen.meeting
    assert seen.preparation is not None, "asked before"
    if not one.is_coachee(eyes.me):
        return [Heading("What would make it useful"), Quote(seen.preparation.text)]
    readers = f"You and {eyes.name(one)} can read this." if seen.preparation.is_shared else "Only you can read this."
    return [Heading("What would make it useful"), paragraph(readers), Quote(seen.preparation.text)]


def _to_do(to_do: Sequence[str]) -> list[Block]:
    shown: list[Block] = [Quote(shortened(one, LONGEST_LINE)) for one in to_do[:PAGE]]
    more = len(to_do) - PAGE
    return [*shown, *([paragraph(f"{counted(more, 'more is', 'more are')} under Agreed actions.")] if more > 0 else [])]


def _first_buttons(seen: Seen) -> list[Button]:
    eyes, one = seen.eyes, seen.meeting
    buttons = [*answers(eyes, one)] if eyes.is_asked(one) and not seen.has_left else []
    if one.is_coming(eyes.now) and one.is_coachee(eyes.me):
        buttons.append(Button("Prepare", "one_to_ones.prepare", str(one.id), opens_form=True))
    return buttons


def _few_buttons(seen: Seen) -> list[Button]:
    """Where something was just done, all else is one press away."""
    return [*_first_buttons(seen), Button("Open", "one_to_ones.open", str(seen.meeting.id)), MINE]


def _buttons(seen: Seen) -> list[Button]:
    eyes, one, own = seen.eyes, seen.meeting, str(seen.meeting.id)
    is_coming, is_open = one.is_coming(eyes.now), one.standing is Standing.SUGGESTED
    buttons = _first_buttons(seen)
    if is_coming:
        buttons.append(Button("Calendar file", "one_to_ones.file", own))
        buttons.append(Button("Change the details", "one_to_ones.details", own, opens_form=True))
    if not seen.has_left and not eyes.is_asked(one) and (is_coming or is_open):
        label = "Move it" if is_coming else "Suggest other times"
        buttons.append(Button(label, "one_to_ones.again", own, opens_form=True))
    if is_coming and eyes.has_asked(one):
        buttons.append(Button("Keep the old time", "one_to_ones.keep", own))
    if not (is_coming or is_open) and not seen.has_left:
        other = str(one.other(eyes.me).person_id)
        buttons.append(Button("Suggest times", "one_to_ones.suggest", other, opens_form=True))
    if one.standing is Standing.AGREED:
        buttons += about_both(one)
        buttons += _known_buttons(seen)
    if is_coming:
        sure = f"Cancel it? I tell {eyes.name(one)}."
        buttons.append(Button("Cancel it", "one_to_ones.cancel", own, danger=True, confirm=sure))
    elif is_open and not eyes.is_asked(one):
        buttons.append(Button("Take it back", "one_to_ones.cancel", own, danger=True, confirm="Take your times back?"))
    return [*buttons, MINE]


def about_both(one: OneToOne) -> list[Button]:
    """What is kept of the talks of the two."""
    pair = str(one.pair_id)
    return [Button("Agreed actions", "one_to_ones.actions", pair), Button("My notes", "one_to_ones.notes", pair)]


def _known_buttons(seen: Seen) -> list[Button]:
    one = seen.meeting
    if not one.is_coachee(seen.eyes.me) or (seen.has_left and not one.known_at):
        return []
    pair = str(one.pair_id)
    if one.known_at:
        return [Button("Let nobody know", "one_to_ones.hide", pair)]
    return [Button("Say that we meet", "one_to_ones.say", pair, confirm=SURE_TO_SAY)]


SURE_TO_SAY = "Let those who run your networks see that you two meet? They see nothing else. You can take it back."


def answers(eyes: Eyes, one: OneToOne) -> tuple[Button, ...]:
    """What one can say to times that the other suggests."""
    name, own = eyes.name(one), str(one.id)
    times = tuple(
        Button(eyes.in_short(each.at), "one_to_ones.take", f"{own}.{each.id}", primary=True, about=name)
        for each in one.times
        if each.at > eyes.now
    )
    label = "None of these" if times else "Suggest other times"
    none = Button(label, "one_to_ones.again", own, opens_form=True, about=name)
    if one.starts_at:
        return (*times, none, Button("Keep the old time", "one_to_ones.keep", own, about=name))
    return (*times, none, Button("Not now", "one_to_ones.decline", own, about=name))


def passed_on(eyes: Eyes, one: OneToOne, did: str, *, is_reached: bool) -> str:
    """What was done, and how the other hears of it."""
    if one.other(eyes.me).person_id is None:
        return did
    if is_reached:
        return f"{did} I tell {eyes.name(one)} in their working hours.".strip()
    return f"{did} I can't write to {eyes.name(one)} now, so please tell them yourself.".strip()


def known_now(eyes: Eyes, one: OneToOne) -> str:
    """Says who knows from now on."""
    if one.known_at:
        return f"Those who run your networks can now see that you meet {eyes.name(one)}, and nothing else."
    return f"From now on, nobody else can see that you meet {eyes.name(one)}."


def file_again(eyes: Eyes, one: OneToOne, file: Attachment) -> Message:
    """Hands over the calendar file; of one that is cancelled, it takes the entry out where the calendar can."""
    assert one.starts_at is not None, "it was agreed"
    is_off = one.standing is Standing.CANCELLED
    about = f"your one-to-one with {eyes.name(one)} on {eyes.in_short(one.starts_at)}"
    opening = f"Here it is for your calendar: {about}."
    if is_off:
        opening = f"This takes out of your calendar: {about}. If it stays there, please delete it."
    return Message(opening, (paragraph(opening),), (MINE,), (file,))


def refusal(sentence: str) -> Message:
    """A refusal as it is shown."""
    return plain(sentence, MINE)
