"""Every message and form of plans, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.kit import wheels, whom
from handlers.kit.content import Example, Message, plain
from handlers.kit.occasions import Item
from handlers.kit.reviewed import reviewed
from handlers.plan import attached, examples_of_many, forms, months, offers, own_page, rules, sentences, views
from handlers.plan.document import Whole
from handlers.plan.views import Page
from prompts.kinds import Dimension, Governance, Kind, Stage
from prompts.plan import catalogue
from prompts.plan.words import words_for
from prompts.review import review_bank
from storage.goal_records import GoalState
from storage.plan_records import Plan, PlanEnd, PlanItem, PlanPoint, PlanState
from storage.records import Audience, Network
from storage.review_records import Agreed, Point, PointKind, Result, Review, ReviewState

NOW = datetime(2027, 5, 12, 10, tzinfo=UTC)
TODAY, BEGAN = date(2027, 5, 12), date(2027, 1, 11)
NETWORK = Network(3, "sexual-health", "Sexual Health & <b>Improvement</b>", "Care", date(2026, 12, 1))
KIND = Kind(governance=Governance.ENCLAVE, stage=Stage.STARTING)
WORDS, USUAL = words_for(KIND), words_for(Kind())
REVIEW = Review(5, 3, 1, ReviewState.ENDED, 6, NOW, NOW, ended_at=datetime(2027, 1, 4, 12, tzinfo=UTC))
_LEVELS = {
    key: Agreed(key, level, "", None, "", NOW)
    for one in review_bank().statements
    for key, level in ((one.now_key, "2"), (one.hoped_key, "4"))
}
_OF_KIND = {
    key: Agreed(key, value, "", None, "", NOW) for key, value in (("governance", "enclave"), ("stage", "starting"))
}
RESULT = Result(
    REVIEW, 3, {**_LEVELS, **_OF_KIND}, {}, (Point(PointKind.WORK_ON, 1, "Say it", Dimension.PURPOSE.value),), True
)  # fmt: skip
REVIEWED = reviewed(RESULT)
LATE = PlanItem(
    41, 12, 1, "purpose-one-sentence", "Say in one sentence what *the network* is <for>", "common purpose",
    "You want to work on common purpose.", date(2027, 2, 1), 6, "Bea Example", "when I next see a member",
    "I will ask what it is for.", 51, first_on=date(2027, 1, 1),
)  # fmt: skip
NEXT = PlanItem(
    42, 12, 2, "", "نلتقي كل شهر مع المرضى", "", "", date(2027, 6, 1), None, "", "", "ring the ward", 52
)  # fmt: skip
LATER = replace(
    NEXT, id=43, place=3, title=f"Visit {'a-network-like-ours-' * 12}", month_on=date(2027, 9, 1), objective_id=53
)
DONE = replace(
    LATE, id=44, place=4, title="Meet everyone", objective_id=54, state=GoalState.ACHIEVED, closed_at=NOW, first_on=None
)  # fmt: skip
DROPPED = replace(DONE, id=45, title="Print a leaflet", objective_id=55, state=GoalState.DROPPED)
GONE = replace(LATER, id=46, title="A newsletter", objective_id=56, left_on=TODAY)
NOTE = "Two came.\nWe keep *the* date."
_DAYS = months.usual_points(BEGAN)
POINTS = (
    PlanPoint(12, 3, _DAYS[3], _DAYS[3], date(2027, 4, 13), NOTE),
    PlanPoint(12, 6, _DAYS[6], date(2027, 7, 20)),
    *(PlanPoint(12, month, _DAYS[month], _DAYS[month]) for month in (9, 12, 15, 18)),
)
PLAN = Plan(
    12, 3, 2, PlanState.CURRENT, 5, BEGAN, Audience.NETWORK, 6, NOW, 9,
    items=(LATE, NEXT, LATER, DONE, DROPPED, GONE), points=POINTS, hidden=1,
)  # fmt: skip
EMPTY = replace(PLAN, items=(), hidden=0, audience=Audience.LEADERS)
END = PlanEnd("We *meet* each month", "The list of names", "", None, "", NOW)
OVER = replace(
    PLAN, number=1, state=PlanState.REPLACED, closed_at=NOW, audience=Audience.FACULTY, hidden=2,
    points=tuple(replace(one, held_on=one.on, note=NOTE) for one in POINTS[:2]),
)  # fmt: skip
ENDED = replace(OVER, state=PlanState.ENDED, end=END)
FOLK = [whom.Candidate("6", 6, "Bea Example", "Bea Example"), whom.Candidate("8", 8, "Cal <b>", "Cal <b>")]
FIRST = catalogue().actions[0]


def examples() -> Iterable[Example]:
    """All of them, in the order of the story."""
    yield from _making()
    yield from _pages()
    yield from _changing()
    yield from _ending()
    yield from _own_page()
    yield from examples_of_many.examples()


def _page(plan: Plan, *, runs: bool = True, today_on: date = TODAY) -> Page:
    return Page(NETWORK, plan, WORDS if runs else USUAL, today_on, runs, older=runs)


def _making() -> Iterable[Example]:
    review_on = date(2027, 1, 4)
    yield Example("none_yet", offers.none_yet(NETWORK, None, runs=True, older=False))
    yield Example("none_yet_after_a_review", offers.none_yet(NETWORK, review_on, runs=True, older=True))
    yield Example("none_to_read", offers.none_yet(NETWORK, None, runs=False, older=False))
    yield Example("to_begin", offers.to_begin(NETWORK))
    wrong = {"began_on": "That is more than a year ago. Please choose a later day."}
    yield Example("begin", forms.begin(NETWORK, BEGAN, WORDS, review_on, "3"), wrong)
    yield Example("begin_without_a_review", forms.begin(NETWORK, BEGAN, USUAL, None, "3"))
    proposed = rules.propose(catalogue(), REVIEWED, ())
    said = "Your plan is made. Everyone in the network can read this."
    yield Example("offers", offers.offers(NETWORK, EMPTY, proposed, WORDS, review_on, said))
    any_network = rules.propose(catalogue(), None, ())
    yield Example("offers_without_a_review", offers.offers(NETWORK, PLAN, any_network, USUAL, None))
    yield Example("nothing_left_to_offer", offers.offers(NETWORK, PLAN, [], USUAL, None))
    yield Example("choose", forms.item(PLAN, WORDS, FOLK, TODAY, 6, FIRST, f"12.{FIRST.key}"))
    error = {"who": whom.not_one([], "in your network")}
    yield Example("own", forms.item(EMPTY, USUAL, FOLK, TODAY, 5, None, "12"), error)
    told = "I tell Bea Example at a good time for them."
    yield Example("put_in", offers.put_in(NETWORK, LATER, "September 2027", told))
    for name, sentence in (
        ("full", sentences.FULL),
        ("twice", sentences.TWICE),
        ("over", sentences.OVER),
        ("done", sentences.DONE),
    ):
        yield Example(name, plain(sentence))


def _pages() -> Iterable[Example]:
    yield Example("page", views.page(_page(PLAN), "That is kept."))
    yield Example("page_of_a_reader", views.page(_page(PLAN, runs=False)))
    yield Example("page_of_nothing_yet", views.page(_page(EMPTY)))
    begins = replace(EMPTY, began_on=date(2027, 7, 1), items=(NEXT,))
    yield Example("page_before_it_begins", views.page(_page(begins)))
    yield Example("page_near_a_point", views.page(_page(PLAN, today_on=date(2027, 7, 15))))
    yield Example("page_after_18_months", views.page(_page(PLAN, today_on=date(2028, 9, 1))))
    yield Example("points", views.points(_page(PLAN)))
    yield Example("points_of_a_reader", views.points(_page(PLAN, runs=False)))
    yield Example("older", views.older(NETWORK, [ENDED, OVER]))
    yield Example("older_none", views.older(NETWORK, []))
    yield Example("old", views.old(_page(OVER), replace(PLAN, why="Half of us <left>.")))
    yield Example("old_that_ended", views.old(_page(ENDED, runs=False), None))
    wheel = wheels.wheel(REVIEWED)
    yield Example("as_word", attached.message(Whole(_page(PLAN), wheel, NOW), "docx"))
    yield Example("as_table", attached.message(Whole(_page(ENDED), None, NOW), "csv"))


def _changing() -> Iterable[Example]:
    error = {"title": sentences.item_meanwhile(LATE)}
    yield Example("change", forms.change(PLAN, LATE, WORDS, FOLK, TODAY, "12.41.9.3"), error)
    yield Example("change_of_nobodys", forms.change(PLAN, NEXT, USUAL, FOLK, TODAY, "12.42.9.3"))
    yield Example("taken_out", offers.taken_out(NETWORK, LATER))
    yield Example("readers", forms.readers(PLAN, WORDS, "12.9"), {"audience": sentences.MORE_READERS})
    yield Example("move", forms.move(PLAN, POINTS[1], "12.6.9"), {"on": sentences.not_a_day(BEGAN, PLAN, TODAY)})
    yield Example("hold", forms.hold(PLAN, POINTS[2], TODAY, WORDS, "12.9.9"))
    yield Example(
        "hold_again",
        forms.hold(PLAN, POINTS[0], TODAY, WORDS, "12.3.9"),
        {"note": sentences.point_meanwhile(POINTS[0])},
    )
    for month in (3, 9, 18):
        yield Example(
            f"held_{month}", views.held(_page(PLAN), next(one for one in POINTS if one.month == month), again=month > 3)
        )
    yield Example("again", forms.again(PLAN, 5, "12.9"))
    yield Example("again_after_18_months", forms.again(EMPTY, 20, "12.9"))
    yield Example("made_anew", offers.made_anew(NETWORK, 2, 1, 0))
    yield Example("made_anew_without_any", offers.made_anew(NETWORK, 0, 3, 2))


def _ending() -> Iterable[Example]:
    yield Example("end", forms.end(PLAN, WORDS, "12.3"), {"changed": sentences.MORE_READERS})
    yield Example("ended", views.ended(NETWORK, PLAN))


def _own_page() -> Iterable[Example]:
    for name, plan, today_on in (
        ("slipped", PLAN, TODAY),
        ("slipped_and_point", PLAN, date(2027, 7, 15)),
        ("point", EMPTY, date(2027, 7, 21)),
    ):
        item = own_page.line(NETWORK, plan, today_on)
        yield Example(f"home_{name}", _as_message(item or Item("Nothing waits.")))


def _as_message(item: Item) -> Message:
    return plain(item.text, *filter(None, (item.button, *item.also)))
