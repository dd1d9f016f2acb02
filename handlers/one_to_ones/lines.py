"""What a letter says of a one-to-one: a line for each thing that the other did, and the reminder before it."""

from collections.abc import Sequence

from handlers.kit.content import Button
from handlers.kit.occasions import Item
from handlers.kit.text import listed, shortened
from handlers.one_to_ones.eyes import Eyes
from handlers.one_to_ones.views import LONGEST_LINE, answers
from storage.one_to_one_records import Deed, OneToOne, Standing

MOST_ACTIONS = 2
"""Actions that a reminder names; the page has all."""


def news(eyes: Eyes, one: OneToOne) -> Item | None:
    """What the other did last, or None where there is nothing to tell any more."""
    if one.last_by_id == eyes.me:
        return None
    if eyes.is_asked(one):
        return _asked(eyes, one) if eyes.ahead(one) else None
    if one.standing is Standing.AGREED:
        return _agreed(eyes, one) if one.is_coming(eyes.now) else None
    if one.standing is Standing.DECLINED:
        text = f"{eyes.began(one)} says to a one-to-one: not now. You could ask again another time."
        return Item(text, _open(eyes, one))
    return _cancelled(eyes, one) if one.standing is Standing.CANCELLED else None


def _asked(eyes: Eyes, one: OneToOne) -> Item:
    times = listed([eyes.when(each.at, one) for each in one.times if each.at > eyes.now], "or")
    if one.starts_at:
        was = f"on {eyes.when(one.starts_at, one)}"
        text = f"{eyes.began(one)} asks to move your one-to-one {was}. Until you choose, that time stands."
    else:
        text = f"{eyes.began(one)} suggests a one-to-one of {one.words.minutes} minutes."
    first, *more = answers(eyes, one)
    return Item(f"{text}{_words(one)} Which suits you: {times}?", first, tuple(more))


def _words(one: OneToOne) -> str:
    place = f" Where: {_quoted(one.words.place)}." if one.words.place else ""
    about = f" About: {_quoted(one.words.about)}." if one.words.about else ""
    return place + about


_DID = {
    Deed.AGREED: "{} agreed to a one-to-one.",
    Deed.MOVED: "{} agreed to the new time.",
    Deed.KEPT: "{} asks to keep the old time.",
    Deed.CHANGED: "{} changed the details of your one-to-one.",
}


def _agreed(eyes: Eyes, one: OneToOne) -> Item:
    assert one.starts_at is not None, "it was agreed"
    did = _DID.get(one.deed, "{} answered.").format(eyes.began(one))
    text = f"{did} You meet on {eyes.when(one.starts_at, one)}, for {one.words.minutes} minutes."
    return Item(f"{text}{_words(one)}", _file(eyes, one), (*_prepare(eyes, one), _open(eyes, one)))


def _cancelled(eyes: Eyes, one: OneToOne) -> Item:
    has_left = one.other(eyes.me).person_id is None
    if one.starts_at is None and has_left:
        what = "you suggested" if one.asked_by_id == eyes.me else "was suggested to you"
        return Item(f"The one-to-one that {what} is off, since the other person has left.", _open(eyes, one))
    if one.starts_at is None:
        return Item(f"{eyes.began(one)} took back the times for a one-to-one. You need do nothing.", _open(eyes, one))
    when = eyes.when(one.starts_at, one)
    if has_left:
        text = f"Your one-to-one on {when} is cancelled, since the other person has left."
        return Item(text, _file(eyes, one))
    text = f"{eyes.began(one)} cancelled your one-to-one on {when}. You could suggest another time."
    return Item(text, _file(eyes, one), (_open(eyes, one),))


def prepared(eyes: Eyes, one: OneToOne, text: str) -> Item | None:
    """That the coachee says what would make it useful; None where it is over, or no longer shared."""
    if not text or not one.is_coming(eyes.now) or one.starts_at is None:
        return None
    about = f"your one-to-one on {eyes.when(one.starts_at, one)}"
    return Item(f"{eyes.began(one)} says what would make {about} useful: {_quoted(text)}", _open(eyes, one))


def reminder(eyes: Eyes, one: OneToOne, shared: str, to_do: Sequence[str]) -> Item | None:
    """The reminder: when, where, what they agreed last time, and for the coachee what would make it useful."""
    if not one.is_coming(eyes.now) or one.starts_at is None:
        return None
    text = f"You meet {eyes.name(one)} on {eyes.when(one.starts_at, one)}.{_words(one)}{_last_time(to_do)}"
    if one.is_coachee(eyes.me):
        return Item(f"{text} What would make this useful?", *_with(_prepare(eyes, one), _open(eyes, one)))
    said = f" {eyes.began(one)} says what would make it useful: {_quoted(shared)}" if shared else ""
    return Item(f"{text}{said}", _open(eyes, one))


def _with(prepare: tuple[Button, ...], then: Button) -> tuple[Button, tuple[Button, ...]]:
    (first,) = prepare
    return first, (then,)


def _quoted(text: str) -> str:
    return f"“{shortened(' '.join(text.split()), LONGEST_LINE)}”"


def _last_time(to_do: Sequence[str]) -> str:
    if not to_do:
        return ""
    said = "; ".join(_quoted(one) for one in to_do[:MOST_ACTIONS])
    more = len(to_do) - MOST_ACTIONS
    also = f"; and {more} more" if more > 0 else ""
    return f" Still to do from before: {said}{also}."


def _open(eyes: Eyes, one: OneToOne) -> Button:
    return Button("Open", "one_to_ones.open", str(one.id), about=eyes.name(one))


def _file(eyes: Eyes, one: OneToOne) -> Button:
    return Button("Calendar file", "one_to_ones.file", str(one.id), about=eyes.name(one))


def _prepare(eyes: Eyes, one: OneToOne) -> tuple[Button, ...]:
    if not one.is_coachee(eyes.me):
        return ()
    return (Button("Prepare", "one_to_ones.prepare", str(one.id), opens_form=True, about=eyes.name(one)),)
