"""Every message and form of goals, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.goals import edits, forms, news, pages, readback, rules, sentences, summaries, views
from handlers.goals.rules import Missing
from handlers.kit.content import Example, plain
from storage.goal_records import (
    Change,
    Confidence,
    Entry,
    Goal,
    GoalReader,
    GoalReview,
    GoalState,
    GoalWords,
    Kind,
    News,
    Told,
)
from storage.records import Audience, Network, Person, Role, RoleHeld

AT = datetime(2027, 1, 12, 17, 30, tzinfo=UTC)
TODAY = date(2027, 1, 12)
SEXUAL_HEALTH = Network(7, "sh", "Sexual Health Improvement Network", "", None)
TRAINING = Network(8, "mt", "Medical Training Voices", "", None)
NETWORKS = {7: SEXUAL_HEALTH, 8: TRAINING}
BEA = Person(5, "Bea Sample", roles=(RoleHeld(Role.COORDINATOR, 7), RoleHeld(Role.LEADER, 7)))
READER = GoalReader(5, ((7, Audience.COORDINATOR),))
WORDS = GoalWords(
    "“Two workshops with <patients> & *staff* by 30 June. <!channel>”", date(2027, 6, 30),
    "“Each has a date & a room.”", 2.0, "the rota is out", "ring the <ward>", "“The patient panel”",
)  # fmt: skip
MINE = Goal(
    41, WORDS, 5, 5, "Bea Sample", 7, True, False, None, Audience.ONLY_ME, GoalState.OPEN, AT - timedelta(weeks=9),
    AT - timedelta(weeks=5), None, 0,
)  # fmt: skip
SHARED = replace(
    MINE, id=42, is_personal=False, audience=Audience.NETWORK, confidence=Confidence.AT_RISK, now="1", value=1.0,
    moved_at=AT, helpers=((6, "Cal Example"),), version=3, objective_id=43,
)  # fmt: skip
PASSED = "12 January 2026 has passed, so I set no date."
OBJECTIVE = replace(
    SHARED, id=43, words=GoalWords("“Patients help to plan each service”"), is_objective=True, objective_id=None,
    confidence=None, now="", value=None, helpers=(),
)  # fmt: skip
DONE = replace(SHARED, id=44, state=GoalState.ACHIEVED, closed_at=AT, confidence=Confidence.ON_TRACK)
LEFT = replace(SHARED, id=45, owner_id=9, owner_name="Ann Example", owner_is_here=False, author_id=9)
PAST = replace(SHARED, id=46, words=replace(WORDS, due_on=date(2027, 1, 4)), confidence=Confidence.OFF_TRACK)
CHANGES = (Change("due", "30 May 2027", "30 June 2027"), Change("measure", "", WORDS.measure))
STORY = (
    Entry(Told.CHANGED, AT, 6, "Cal Example", why="“The room is booked in May.”", changes=CHANGES),
    Entry(Told.CHECK_IN, AT, 5, "Bea Sample", Confidence.AT_RISK, "1", 1.0, checkin_id=3, checkin_on=date(2027, 1, 11)),
    Entry(Told.OWNER, AT, 5, "Bea Sample", about_id=6, about_name="Cal Example"),
    Entry(Told.PROGRESS, AT, None, "", Confidence.ON_TRACK),
    Entry(Told.KEPT, AT, 6, "Cal Example", why="“Ring the ward.”"),
    Entry(Told.MADE, AT, 5, "Bea Sample"),
)
NUMBERS = ((date(2026, 11, 2), 0.0), (date(2026, 12, 1), 0.5), (date(2027, 1, 4), 1.0))
REVIEW = GoalReview(3, 7, 5, "Bea Sample", AT, AT)


def examples() -> Iterable[Example]:
    """Every message and form of this conversation."""
    yield from _writing()
    yield from _lists()
    yield from _pages()
    yield from _forms()
    yield from _sentences()
    yield from _told()
    yield from _reviews()


def _writing() -> Iterable[Example]:
    both = list(NETWORKS.values())
    plain_line = replace(MINE, words=GoalWords("“Patients teach our staff”"))
    yield Example("how_to", views.how_to())
    yield Example("kept", views.kept(MINE, "", ()))
    yield Example("kept_whose", views.kept(plain_line, "", both))
    about_date = rules.date_problem(date(2020, 6, 30), TODAY)
    yield Example("kept_without_date", views.kept(plain_line, about_date, ()))
    yield Example("kept_for_network", views.kept(SHARED, "", ()))
    yield Example("whose", views.whose(MINE, both))
    yield Example("given", views.given(SHARED, SEXUAL_HEALTH))
    yield Example("stays_mine", views.stays_mine(plain_line))
    yield Example("which_objective", views.which_network(both, replace(OBJECTIVE, is_personal=True), PASSED))
    for which in Missing:
        yield Example(f"sharpened_{which.name.lower()}", views.sharpened(MINE, which, 2))


def _lists() -> Iterable[Example]:
    goals = [PAST, SHARED, LEFT, MINE, OBJECTIVE]
    seen = views.Listed(goals, 12, 1, views.ALL, 0, NETWORKS, 5, TODAY, AT)
    yield Example("list", views.listing(seen))
    yield Example(
        "list_of_network", views.listing(replace(seen, which=views.NETWORK, network_id=7, review_id=3, leads=True))
    )
    yield Example("list_closed", views.listing(replace(seen, goals=[DONE], total=1, page=0, which=views.CLOSED)))
    yield Example("list_empty", views.listing(replace(seen, goals=[], total=0, page=0, which=views.MINE)))
    yield Example("saved", views.saved("That is kept in the goal’s story.", SHARED))
    yield Example("changed", views.changed(SHARED, CHANGES))
    yield Example("audience_kept", views.audience_kept(SHARED, SHARED, 5))
    yield Example("audience_kept_gone", views.audience_kept(None, SHARED, 5))


def _pages() -> Iterable[Example]:
    page = pages.Page(SHARED, READER, BEA, NETWORKS, STORY, NUMBERS, TODAY, AT, OBJECTIVE)
    member = replace(page, person=Person(8, "Ann Example"), reader=GoalReader(8, ((7, Audience.NETWORK),)))
    under = (SHARED, MINE, PAST, DONE)
    yield Example("page", pages.page(page))
    yield Example("page_mine", pages.page(replace(page, goal=MINE, numbers=(), objective=None, story=STORY[-1:])))
    yield Example(
        "page_objective",
        pages.page(replace(page, goal=OBJECTIVE, numbers=(), objective=None, under=under, story=STORY[:1])),
    )
    yield Example("page_achieved", pages.page(replace(page, goal=DONE, said="That is kept. This goal is achieved.")))
    yield Example("page_of_others", pages.page(member))
    helping = replace(SHARED, helpers=((8, "Ann Example"),))
    yield Example("page_helping", pages.page(replace(member, goal=helping, said="Thank you.")))
    given = replace(page, goal=replace(SHARED, confidence=None), given_by="Cal Example")
    yield Example("page_given", pages.page(given))
    yield Example("page_nobodys", pages.page(replace(member, goal=LEFT)))
    yield Example("story", pages.story(SHARED, STORY, 1, 14, 5))


def _forms() -> Iterable[Example]:
    audiences = rules.audiences(MINE, BEA)
    people = [Person(6, "Cal Example"), Person(8, "Ann <Example> & *Co*")]
    yield Example("new", forms.new(list(NETWORKS.values())))
    yield Example("new_alone", forms.new(()), {"due": rules.due_from("soonish", None, TODAY)[1]})
    for which in Missing:
        yield Example(f"sharpen_{which.name.lower()}", forms.sharpen(MINE, which, 2))
    yield Example("edit", forms.edit(SHARED, [OBJECTIVE], "42.4.0.0"))
    since = edits.merged({"title": "Mine", "due": "30 May 2027"}, [replace(STORY[0], changes=(
        *CHANGES, Change("title", "Old", "New"),
    ))])  # fmt: skip
    yield Example("edit_meanwhile", forms.edit(SHARED, [], "42.4.0.0").filled(since.values), since.errors)
    yield Example("progress", forms.progress(SHARED))
    yield Example("audience", forms.who_can_read(MINE, audiences, list(NETWORKS.values())))
    yield Example("audience_of_network", forms.who_can_read(SHARED, rules.audiences(SHARED, BEA), []))
    yield Example("owner", forms.hand_over(SHARED, people, is_large=False))
    yield Example("owner_by_name", forms.hand_over(SHARED, people, is_large=True))
    yield Example("achieved", forms.achieved(SHARED, "42.0.0.0"))
    yield Example("dropped", forms.dropped(SHARED, "42.0.0.0"))
    yield Example("keep", forms.keep(SHARED, "42.0.3.0"))
    yield Example(
        "reword", forms.reword(SHARED, "42.4.3.0"), {"title": rules.reworded(WORDS, "By 1 May 1999", TODAY)[1]}
    )
    yield Example("moved", forms.moved([SHARED, MINE], 3))


def _sentences() -> Iterable[Example]:
    line = "3 of 5, on track, because the <ward> & *all* agreed"
    said = sentences.said(line)
    yield Example("which", readback.which(line, [SHARED, MINE] * 5, 3))
    yield Example("which_to_tell", readback.which_to_tell([SHARED, MINE]))
    yield Example("to_tell", readback.to_tell(SHARED))
    yield Example("understood", readback.understood(SHARED, said, 3, others=True))
    yield Example("understood_anew", readback.understood(SHARED, said, 3, others=True, is_anew=True))
    yield Example("understood_at_risk", readback.understood(MINE, sentences.said("At risk"), 3, others=False))
    yield Example("say", readback.change(SHARED, said, 3))


def _told() -> Iterable[Example]:
    given = News(5, Kind.GIVEN, 6, "Cal Example", 42, WORDS.title, None, "")
    review = replace(given, kind=Kind.REVIEW, goal_id=None, review_id=3, network_name=SEXUAL_HEALTH.name)
    for one in (
        given,
        replace(given, by_id=None, by_name="", kind=Kind.BACK),
        replace(given, kind=Kind.HELPER),
        review,
    ):
        item = news.line(one)
        yield Example(f"told_{one.kind.value}", plain(item.text, *filter(None, (item.button, *item.also))))
    yield Example("handed_back", news.handed_back(SHARED, "I tell Cal Example at a good time for them."))


def _reviews() -> Iterable[Example]:
    told = (Told.KEPT, Told.CHANGED, Told.ACHIEVED, Told.DROPPED)
    entries = [
        replace(STORY[4], told=one, goal_id=place, goal_title=f"“Goal number {place} <b>”")
        for place, one in enumerate(told, 1)
    ]
    roll_up = rules.roll_up([SHARED, PAST, MINE, DONE], AT, TODAY)
    seen = summaries.Summary(REVIEW, SEXUAL_HEALTH, TODAY, entries, roll_up, 2, True, AT)
    yield Example("step", summaries.step(SHARED, 3, 4, 5, TODAY, AT))
    yield Example("step_last", summaries.step(LEFT, 3, 1, 5, TODAY, AT))
    yield Example("nothing_to_review", summaries.nothing())
    yield Example("summary", summaries.summary(seen))
    shared = replace(seen, review=replace(REVIEW, shared_at=AT))
    yield Example("summary_shared", summaries.summary(shared))
    yield Example("summary_read", summaries.summary(replace(shared, is_leader=False, left_out=0)))
