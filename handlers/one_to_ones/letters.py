"""Tells each of the two what the other did, and reminds both, by letters at their own good times."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from handlers.kit.context import Context
from handlers.kit.letters import bring
from handlers.kit.occasions import Asked, Desk, Item
from handlers.kit.times import own_zone
from handlers.one_to_ones import lines, rules
from handlers.one_to_ones.eyes import Eyes
from handlers.one_to_ones.feature import feature
from storage.one_to_one_records import About, News, OneToOne, Standing

TOLD = "one_to_ones.told"


@feature.letter("told", title="one-to-ones")
def tell(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    """What the other did since each was last told, and the reminders of that day."""
    news = desk.store.one_to_ones.news_for({one.person.id: one.on for one in asked}, desk.now)
    shared = desk.store.one_to_one_words.shared_for({one.meeting.id for one in news})
    to_do = desk.store.one_to_one_words.open_in({one.meeting.pair_id for one in news})
    usual = ZoneInfo(desk.programme.time_zone)
    told: dict[int, Sequence[Item]] = {}
    for one in asked:
        eyes = Eyes(one.person.id, own_zone(one.person, desk.programme), usual, desk.now)
        told[one.person.id] = _lines(eyes, [each for each in news if each.person_id == eyes.me], shared, to_do)
    return told


def _lines(
    eyes: Eyes, news: Sequence[News], shared: Mapping[int, str], to_do: Mapping[int, Sequence[str]]
) -> list[Item]:
    drawn: dict[tuple[int, About], Item | None] = {}
    for one in news:
        meeting, key = one.meeting, (one.meeting.id, one.about)
        if one.about is About.STANDING:
            drawn[key] = lines.news(eyes, meeting)
        elif one.about is About.PREPARED:
            drawn[key] = lines.prepared(eyes, meeting, shared.get(meeting.id, ""))
        else:
            drawn[key] = lines.reminder(eyes, meeting, shared.get(meeting.id, ""), to_do.get(meeting.pair_id, ()))
    return [item for key, item in drawn.items() if item and not _is_said(key, drawn)]


def _is_said(key: tuple[int, About], drawn: Mapping[tuple[int, About], Item | None]) -> bool:
    """True for what a reminder in the same letter says too."""
    meeting_id, about = key
    return about is About.PREPARED and drawn.get((meeting_id, About.REMINDER)) is not None


def tell_other(meeting: OneToOne, context: Context, about: About = About.STANDING) -> bool:
    """Let the other know at their next good time; False where they cannot be written to, or only when it is too late.

    `meeting`: as it stands now, with what they are to know of it.
    """
    other = meeting.other(context.person.id).person_id
    if other is None:
        return False
    context.store.one_to_ones.tell(meeting.id, other, about, context.now)
    return bring(context, other, TOLD, by=_too_late_at(meeting))


def _too_late_at(meeting: OneToOne) -> datetime | None:
    """From when on there is nothing left to tell: all is over that was agreed, or that could be chosen."""
    last = [max(one.at for one in meeting.times)] if meeting.times else []
    if meeting.standing is Standing.AGREED and meeting.starts_at is not None:
        return min(meeting.starts_at, *last) if last else meeting.starts_at
    return last[0] if last and meeting.standing is Standing.SUGGESTED else None


def remind_both(meeting: OneToOne, context: Context) -> None:
    """Let both be reminded of the time that is agreed now, and of no earlier one."""
    assert meeting.starts_at is not None, "it was agreed just now"
    for side in (meeting.coach, meeting.coachee):
        person = context.store.people.by_id(side.person_id) if side.person_id is not None else None
        if person is None:
            continue
        context.store.one_to_ones.forget_news(meeting.id, About.REMINDER, person.id)
        zone = own_zone(person, context.programme)
        at = rules.reminder_at(person, zone, meeting.starts_at, context.now)
        if at is not None:
            context.store.one_to_ones.tell(meeting.id, person.id, About.REMINDER, _day_of(at, zone))
            bring(context, person.id, TOLD, at)


def _day_of(at: datetime, zone: ZoneInfo) -> datetime:
    """When the day of that moment begins: an earlier letter of the day takes the reminder along."""
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)


def withdraw(meeting: OneToOne, context: Context) -> None:
    """The person took back times: tell the other, unless they have not heard of this one-to-one at all.

    `meeting`: as it was. Where times were suggested more than once, they may know of the earlier ones, or await an
    answer to their own.
    """
    other = meeting.other(context.person.id).person_id
    is_first = meeting.version == 1
    if is_first and not (other and context.store.one_to_ones.was_told(meeting.id, other, About.STANDING)):
        context.store.one_to_ones.forget_news(meeting.id, About.STANDING)
    else:
        tell_other(meeting, context)
