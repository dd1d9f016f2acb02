"""Every message and form of one-to-ones, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.kit import moments, whom
from handlers.kit.content import Example, Message, plain
from handlers.kit.occasions import Item
from handlers.one_to_ones import forms, kept, lines, views
from handlers.one_to_ones.calendar_file import calendar_file
from handlers.one_to_ones.eyes import Eyes
from storage.one_to_one_records import (
    Action,
    Deed,
    Known,
    Note,
    OneToOne,
    Preparation,
    Side,
    Standing,
    Suggested,
    Words,
)  # fmt: skip

NOW = datetime(2027, 1, 12, 10, tzinfo=UTC)
AT = datetime(2027, 1, 19, 14, tzinfo=UTC)
LONDON, DELHI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Kolkata")
FAY, BEA = Side(5, "Ann <Example> & *Co*", "Asia/Kolkata"), Side(6, "Bea Example", "Europe/London")
COACH, COACHEE = Eyes(5, DELHI, LONDON, NOW), Eyes(6, LONDON, LONDON, NOW)
WORDS = Words(45, "Room <4> at http://example.org", "Our *next* half year")
TIMES = (Suggested(31, AT), Suggested(32, AT + timedelta(days=1, hours=-4)))
ASKED = OneToOne(
    12, 7, FAY, BEA, Standing.SUGGESTED, 5, 5, Deed.ASKED, None, WORDS, "u-1", 0, 1, NOW, times=TIMES
)  # fmt: skip
AGREED = replace(
    ASKED, standing=Standing.AGREED, asked_by_id=None, last_by_id=6, deed=Deed.AGREED, starts_at=AT, times=()
)  # fmt: skip
MOVING = replace(AGREED, times=TIMES[1:], asked_by_id=5, last_by_id=5, deed=Deed.ASKED)
PAST = replace(AGREED, starts_at=NOW - timedelta(days=20), known_at=NOW)
CANCELLED = replace(AGREED, standing=Standing.CANCELLED, last_by_id=5, deed=Deed.CANCELLED)
TAKEN_BACK = replace(ASKED, standing=Standing.CANCELLED, deed=Deed.CANCELLED, times=())
DECLINED = replace(TAKEN_BACK, standing=Standing.DECLINED, last_by_id=6, deed=Deed.DECLINED)
GONE = replace(CANCELLED, coach=Side(None), last_by_id=None)
USEFUL = Preparation(12, "What to do when *nobody* comes.\nAnd who could help?", False, 1)
SHARED = replace(USEFUL, is_shared=True)
TO_DO = ("Ring the <ward>.", "Send the list.", "Ask for a room.")
ACTIONS = [
    Action(43, 7, 6, "Bea Example", "Ring the <ward>.", NOW),
    Action(42, 7, 5, "Ann Example", "Send the list.", NOW),
    Action(41, 7, 6, "Bea Example", "Ask for a room.", NOW, goal_at=NOW),
    Action(40, 7, None, "", "Find a date.", NOW, done_at=NOW),
]
FOLK = [
    whom.Candidate("6", 6, "Bea Example", "Bea Example, Sexual Health Improvement Network"),
    whom.Candidate("8", 8, "Cal Example", "Cal Example, Medical Training Voices"),
]


def examples() -> Iterable[Example]:
    """All of them, in the order of the story."""
    yield from _lists()
    yield from _forms()
    yield from _pages()
    yield from _letters()
    yield from _kept()


def _lists() -> Iterable[Example]:
    yield Example("none", views.listing(COACHEE, [], [], []))
    cal = Side(8, "Cal Example", "Europe/London")
    moving = replace(MOVING, id=13, coach=cal, starts_at=AT + timedelta(days=2))
    coming = [AGREED, moving, replace(ASKED, id=14), replace(ASKED, id=15, coach=cal, asked_by_id=6)]
    known = [Known("Ann Example", "Cal Example")]
    past = [replace(PAST, id=2), replace(PAST, id=1, starts_at=NOW - timedelta(days=50))]
    yield Example("list", views.listing(COACHEE, coming, past, known, page=1, total=12))
    yield Example("list_of_one_who_left", views.listing(COACH, [], past, [], total=2, may_suggest=False))
    for name, sentence in (("not_for_you", views.NOT_FOR_YOU), ("nobody", views.NOBODY), ("over", views.OVER)):
        yield Example(name, plain(sentence))
    yield Example("left", plain(views.LEFT))
    yield Example("not_yours", plain(views.NOT_YOURS))


def _forms() -> Iterable[Example]:
    wrong = moments.moments_in("19 January", NOW, LONDON, 3)[1]
    yield Example("suggest", forms.suggest(COACH, FOLK), {"times": wrong})
    many = [replace(FOLK[0], value=str(number)) for number in range(whom.MOST_CHOICES + 1)]
    error = {"who": whom.not_one([], "whom you could meet")}
    yield Example("suggest_to_one_of_many", forms.suggest(COACHEE, many, "6"), error)
    yield Example("again", forms.again(COACHEE, ASKED), {"times": forms.meanwhile(COACHEE, ASKED)})
    yield Example("again_to_move", forms.again(COACHEE, AGREED))
    yield Example("details", forms.details(AGREED), {"place": forms.meanwhile(COACHEE, AGREED)})
    yield Example("prepare", forms.prepare(COACHEE, AGREED, None))
    error = {"useful": forms.prepared_meanwhile(SHARED)}
    yield Example("prepare_again", forms.prepare(COACHEE, AGREED, SHARED), error)
    yield Example("note", forms.note(COACH, AGREED))
    yield Example("action", forms.action(COACHEE, AGREED))
    yield Example("action_alone", forms.action(COACHEE, GONE))


def _pages() -> Iterable[Example]:
    asking = replace(ASKED, asked_by_id=6, last_by_id=6)
    said = views.passed_on(COACHEE, asking, "", is_reached=True)
    yield Example("asked", views.whole(views.Seen(COACHEE, asking), said))
    yield Example("asks_you", views.whole(views.Seen(COACHEE, ASKED)))
    late = replace(COACHEE, now=AT + timedelta(days=3))
    yield Example("asks_you_too_late", views.whole(views.Seen(late, ASKED)))
    said = views.passed_on(COACHEE, AGREED, "It is agreed.", is_reached=True)
    yield Example("agreed", views.whole(views.Seen(COACHEE, AGREED, to_do=TO_DO), said, calendar_file(AGREED, 6)))
    seen = views.Seen(COACHEE, replace(AGREED, known_at=NOW), USEFUL, TO_DO * 3)
    yield Example("agreed_and_known", views.whole(seen, views.known_now(COACHEE, seen.meeting)))
    yield Example("agreed_and_hidden", views.whole(views.Seen(COACHEE, AGREED), views.known_now(COACHEE, AGREED)))
    said = views.passed_on(COACH, AGREED, "It is changed.", is_reached=False)
    yield Example("agreed_as_coach", views.whole(views.Seen(COACH, replace(AGREED, known_at=NOW), SHARED), said))
    yield Example("agreed_whole", views.whole(views.Seen(COACHEE, AGREED, USEFUL)))
    yield Example("agreed_and_left", views.whole(views.Seen(COACHEE, AGREED, SHARED, has_left=True)))
    yield Example("asks_you_and_left", views.whole(views.Seen(COACHEE, ASKED, has_left=True)))
    yield Example("moving", views.whole(views.Seen(COACHEE, MOVING), views.TIME_GONE))
    yield Example("moving_asked", views.whole(views.Seen(COACH, MOVING)))
    yield Example("moving_mine", views.whole(views.Seen(COACH, MOVING), views.TIME_PASSED))
    yield Example("past", views.whole(views.Seen(COACHEE, PAST)))
    yield Example("cancelled", views.whole(views.Seen(COACHEE, CANCELLED)))
    yield Example("declined", views.whole(views.Seen(COACH, DECLINED)))
    yield Example("declined_by_you", views.whole(views.Seen(COACHEE, DECLINED)))
    yield Example("gone", views.whole(views.Seen(COACHEE, replace(PAST, coach=Side(None)), has_left=True)))
    yield Example("file", views.file_again(COACHEE, AGREED, calendar_file(AGREED, 6)))
    yield Example("file_of_cancelled", views.file_again(COACHEE, CANCELLED, calendar_file(CANCELLED, 6)))


def _letters() -> Iterable[Example]:
    told = {
        "asked": lines.news(COACHEE, ASKED),
        "asked_to_move": lines.news(COACHEE, MOVING),
        "agreed": lines.news(COACH, AGREED),
        "moved": lines.news(COACH, replace(AGREED, deed=Deed.MOVED)),
        "kept": lines.news(COACHEE, replace(AGREED, last_by_id=5, deed=Deed.KEPT)),
        "changed": lines.news(COACHEE, replace(AGREED, last_by_id=5, deed=Deed.CHANGED)),
        "declined": lines.news(COACH, DECLINED),
        "cancelled": lines.news(COACHEE, CANCELLED),
        "taken_back": lines.news(COACHEE, TAKEN_BACK),
        "gone": lines.news(COACHEE, GONE),
        "gone_before": lines.news(COACHEE, replace(GONE, starts_at=None, asked_by_id=6)),
        "gone_who_asked": lines.news(COACHEE, replace(GONE, starts_at=None)),
        "prepared": lines.prepared(COACH, AGREED, SHARED.text),
        "reminder": lines.reminder(COACHEE, AGREED, "", TO_DO),
        "reminder_of_coach": lines.reminder(COACH, AGREED, SHARED.text, TO_DO[:1]),
    }
    for name, item in told.items():
        assert item is not None, name
        yield Example(f"letter_{name}", _as_message(item))


def _as_message(item: Item) -> Message:
    return plain(item.text, *((item.button,) if item.button else ()), *item.also)


def _kept() -> Iterable[Example]:
    notes = [(Note(22, 7, "She was *tired*.\nAsk <again>.", NOW), date(2027, 1, 12))]
    yield Example("notes", kept.notes(COACH, PAST, notes, 1, 7))
    yield Example("notes_none", kept.notes(COACHEE, PAST, [], 0, 0))
    yield Example("actions", kept.actions(COACHEE, PAST, ACTIONS, 1, 12, may_be_goal=True))
    yield Example("actions_none", kept.actions(COACH, PAST, [], may_be_goal=True))
    yield Example("goal_made", kept.goal_made([], PAST))
    yield Example("goal_again", kept.goal_made([kept.IS_GOAL], PAST))
    for name, is_shared, is_empty in (("shared", True, False), ("private", False, False), ("emptied", False, True)):
        said = kept.prepared(COACHEE, AGREED, is_shared=is_shared, is_empty=is_empty)
        yield Example(f"prepared_{name}", views.whole(views.Seen(COACHEE, AGREED), said))
