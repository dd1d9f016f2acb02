"""Every message and form of the joint session and of its result, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from handlers.diagnostic import ending_views, files, items, joint_forms, joint_views, result_views
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.result_views import Shown
from handlers.diagnostic.session import NOT_BEGUN, Session
from handlers.kit.content import Example, Message, plain
from handlers.kit.reviewed import reviewed
from prompts.kinds import AXES, Axis, Dimension
from prompts.review import review_bank
from storage.records import Audience, Network
from storage.review_records import Agreed, Point, PointKind, Result, Review, ReviewState, Seat, Views

AT = datetime(2027, 3, 4, 14, 4, tzinfo=UTC)
BANK, LONDON = review_bank(), ZoneInfo("Europe/London")
NETWORK = Network(7, "sh", "Sexual Health Improvement Network", "", date(2026, 7, 6))
REVIEW = Review(
    31, 7, 1, ReviewState.JOINT, 5, AT, AT, AT, led_by_id=6, led_by_name="Ann <Example> & *Co*"
)  # fmt: skip
SEATS = tuple(
    Seat(id_, name, AT, AT) for id_, name in ((5, "Bea Sample"), (6, "Ann <Example> & *Co*"), (9, "Cal Sample"))
)
FOUND = Gathering(REVIEW, NETWORK, SEATS, 5, may_run=True)
WORDS = ("Care that <people> would choose & *use*.", "“مرحبا بكم في الشبكة” <!channel>")
STATEMENT, OTHER = BANK.statements[0], BANK.statements[4]
NOTE = "Ring <the ward> about *this*."
KEPT = {
    "purpose": Agreed("purpose", WORDS[0], "", 6, "Ann <Example> & *Co*", AT, 2),
    STATEMENT.now_key: Agreed(STATEMENT.now_key, "3", NOTE, 6, "Ann <Example> & *Co*", AT, 3),
    STATEMENT.hoped_key: Agreed(STATEMENT.hoped_key, "5", "", 6, "Ann <Example> & *Co*", AT, 4),
    OTHER.now_key: Agreed(OTHER.now_key, "", "", None, "", AT, 5),
    Axis.STAGE.value: Agreed(Axis.STAGE.value, "", "Two of us *see* the end.", 5, "Bea Sample", AT, 6),
}
POINTS = (
    Point(PointKind.STRENGTH, 1, "People <ring> each other & *help*."),
    Point(PointKind.STRENGTH, 2, "نحن نتعلم معا"),
    Point(PointKind.WORK_ON, 1, "Find out who is missing.", Dimension.MASS.value),
    Point(PointKind.WORK_ON, 2, "=Say no to what does not fit", Dimension.PURPOSE.value),
)


def _views(people: int) -> Views:
    by_key: dict[str, tuple[str, ...]] = {"purpose": tuple(sorted(WORDS))[:people]}
    for place, one in enumerate(BANK.statements):
        levels = (str(place % 3 + 1), str(place % 3 + 1), str(min(5, place % 3 + 1 + place % 4)))
        by_key |= {one.now_key: tuple(sorted(levels[:people])), one.hoped_key: ("4", "5")[:people]}
    for axis in Axis:
        by_key[axis.value] = (next(iter(AXES[axis])).value,) * people
    differs = {Axis.STAGE.value: ("growing", "unsure", "unsure")} if people > 1 else {}
    return Views(people, by_key | differs)


def _session(views: Views, kept: dict[str, Agreed], points: tuple[Point, ...] = (), me: int = 5) -> Session:
    found = replace(FOUND, me=me)
    return Session(found, views, kept, items.everything(views, kept, BANK), points, LONDON)


FRESH = _session(_views(3), {}, me=6)
MIDWAY = _session(replace(_views(3), changed_at={STATEMENT.now_key: AT}), KEPT, POINTS)
ALONE = _session(_views(1), {}, me=6)
EVERY = {
    one.key: Agreed(one.key, one.answers[0] if one.answers else "So", "", 5, "Bea Sample", AT, 9) for one in FRESH.items
}
DONE = _session(_views(3), EVERY, POINTS, me=6)


def examples() -> Iterable[Example]:
    """Every message and form of this part of the conversation."""
    yield from _session_pages()
    yield from _forms()
    yield from _endings()
    yield from _results()


def _session_pages() -> Iterable[Example]:
    yield Example("joint_alone", joint_views.asks_alone(FOUND))
    for name, one in (("fresh", FRESH), ("midway", MIDWAY), ("one_view", ALONE), ("done", DONE)):
        yield Example(f"session_{name}", joint_views.overview(one))
    yield Example("session_questions", joint_views.questions(MIDWAY))
    yield Example("session_rest", joint_views.rest(FRESH))
    for name, found, key in (
        ("goal", FRESH, "purpose"),
        ("goal_empty", FRESH, "difference"),
        ("level", FRESH, BANK.statements[3].now_key),
        ("level_alike", FRESH, STATEMENT.now_key),
        ("level_changed", MIDWAY, STATEMENT.now_key),
        ("axis", FRESH, Axis.STAGE.value),
        ("axis_alike", FRESH, Axis.ORIGIN.value),
        ("axis_kept", MIDWAY, Axis.STAGE.value),
        ("alone", ALONE, STATEMENT.now_key),
    ):
        yield Example(f"item_{name}", joint_views.one(found, found.item(key)))
    item = MIDWAY.item(STATEMENT.now_key)
    yield Example("item_next", joint_views.one(MIDWAY, MIDWAY.item(OTHER.now_key), joint_views.kept(item)))
    for number, sentence in enumerate(
        (NOT_BEGUN, joint_views.TOO_EARLY, ending_views.NO_POINTS, result_views.ONLY_RUNNERS, result_views.ONLY_THEIRS)
    ):
        yield Example(f"joint_refused_{number}", plain(sentence))
    yield Example("compare_refused", plain(result_views.NO_FIRST))


def _forms() -> Iterable[Example]:
    for name, found, key in (
        ("goal", FRESH, "purpose"),
        ("goal_kept", MIDWAY, "purpose"),
        ("level", FRESH, BANK.statements[3].now_key),
        ("level_kept", MIDWAY, STATEMENT.now_key),
        ("axis", FRESH, Axis.STAGE.value),
    ):
        item = found.item(key)
        yield Example(f"agree_{name}", joint_forms.agree(found, item, joint_forms.At(found.id, key, "0", item.version)))
    item = MIDWAY.item(STATEMENT.now_key)
    form = joint_forms.agree(MIDWAY, item, joint_forms.At(MIDWAY.id, item.key, "0", item.version))
    said = {"now": joint_views.meanwhile(item, LONDON), "note": joint_forms.TOO_LONG}
    yield Example("agree_meanwhile", form.filled({"now": "4", "note": "My *own* note"}), said)


def _endings() -> Iterable[Example]:
    seen = reviewed(FRESH.result)
    yield Example("points", ending_views.form(FRESH, seen, "a", "a"))
    values = {"strength1": "We meet <often>.", "work1": "Who is missing"}
    errors = ending_views.meanwhile(values, POINTS, "Ann <Example> & *Co*")
    yield Example("points_meanwhile", ending_views.form(MIDWAY, seen, "a", "b").filled(values), errors)
    more = ending_views.meanwhile({}, POINTS, "")
    yield Example("points_more", ending_views.form(MIDWAY, seen, "a", "b"), more)
    yield Example("closing", ending_views.closing(MIDWAY))
    yield Example("closing_kept", ending_views.closing(DONE, "That is kept."))


def _result(found: Session, audience: Audience | None, *, is_own: bool = True, people: int = 0) -> Result:
    review = replace(REVIEW, state=ReviewState.ENDED, ended_at=AT, audience=audience)
    ranges = found.result.ranges if is_own else {}
    return replace(found.result, review=review, is_own=is_own, ranges=ranges, people=people or found.views.people)


def _shown(result: Result, first: Result | None = None, *, may_plan: bool = True) -> Shown:
    before, before_on = (reviewed(first), date(2026, 6, 2)) if first else (None, None)
    return Shown(reviewed(result), NETWORK, date(2027, 3, 4), before, before_on, may_plan, first is not None, may_plan)


def _results() -> Iterable[Example]:
    own, shared = _shown(_result(MIDWAY, None)), _shown(_result(MIDWAY, Audience.FACULTY), _result(FRESH, None))
    outside = _shown(_result(MIDWAY, Audience.NETWORK, is_own=False), may_plan=False)
    yield Example("result", result_views.whole(own, "The review has ended. Nobody else can read it yet."))
    yield Example("result_again", result_views.whole(shared))
    yield Example("result_outside", result_views.whole(outside))
    alone = _shown(_result(ALONE, None))
    yield Example("result_one_view", result_views.whole(alone))
    yield Example("share_one_view", result_views.share_form(alone))
    one_shared = _shown(_result(ALONE, Audience.LEADERS))
    yield Example("share_one_view_narrow", result_views.share_form(replace(one_shared, may_widen=False)))
    yield Example("compare", result_views.comparison(shared))
    yield Example("share", result_views.share_form(own))
    yield Example("share_narrow", result_views.share_form(replace(shared, may_widen=False)))
    errors = {"who": result_views.shared_meanwhile(Audience.LEADERS)}
    yield Example("share_meanwhile", result_views.share_form(own).filled({"who": "network"}), errors)
    made: dict[str, Message] = {ending: files.message(shared, ending) for ending in files.KINDS}
    yield from (Example(f"file_{ending}", message) for ending, message in made.items())
