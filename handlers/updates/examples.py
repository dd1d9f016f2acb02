"""Every message and form of updates, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.kit.choosing import which_network
from handlers.kit.content import Button, Chart, Example, paragraph
from handlers.kit.facts import Fact, Section
from handlers.updates import attached, document, drafted, forms, pages, stale, views
from handlers.updates.document import Document
from handlers.updates.stale import Line, Standing
from storage.draft_records import Approval, Draft, Origin, Part, Sentence, Writing
from storage.plan_records import Plan, PlanState
from storage.records import Audience, Network, Person

AT = datetime(2027, 4, 6, 9, 30, tzinfo=UTC)
NETWORK = Network(7, "sh", "Sexual Health Improvement Network", "“Care that people would <choose>”", None)
TRAINING = Network(8, "mt", "Medical Training Voices", "", None)
DRAFT = Draft(3, 7, 5, "Bea Sample", date(2027, 1, 1), date(2027, 3, 31), Audience.FACULTY, AT)
CAL = Person(6, "Cal Example")
ODD = "We <opened> a *walk-in* hour & told <!channel> and <at>all</at>."
CHART = Chart(
    "How is the network doing?", "From 1, stuck, to 5, moving. The lowest week is 2.5, the highest 4.",
    ("4 Jan", "11 Jan", "18 Jan"), (2.5, None, 4.0), "Average", 1, 5,
)  # fmt: skip


def _fact(key: str, section: Section, text: str, on: date, *, by: str = "Ann Example", quoted: bool = True) -> Fact:
    opens = Button("Read the check-in", "checkins.shown", "41") if quoted else None
    person_id = 9 if by else None
    return Fact(key, 7, section, text, on, Audience.FACULTY, "s", quoted, person_id, by, opens)


FACTS = (
    _fact("checkins:41:moved", Section.PRACTICE, ODD, date(2027, 1, 12)),
    _fact("checkins:42:moved", Section.PRACTICE, ODD, date(2027, 1, 13), by="Cal Example"),
    _fact("goals:8:1", Section.GOALS, "“Two workshops by 30 June”: now 1, on track.", date(2027, 2, 2), quoted=False),
    replace(
        _fact(
            "checkins:n:feeling", Section.HEALTH, "The answers lie between 2 and 5, from 12 people.", date(2027, 3, 31),
            by="", quoted=False,
        ),
        chart=CHART,
    ),
    _fact("checkins:43:in_the_way", Section.LEARNED, "“No <room> that we can book.”", date(2027, 2, 9)),
    _fact("checkins:44:help", Section.HELP, "Ann Example asked for help.", date(2027, 3, 2), quoted=False),
)  # fmt: skip
MORE = tuple(
    _fact(f"checkins:{50 + n}:moved", Section.PRACTICE, f"“Thing {n} moved.”", date(2027, 2, n + 1)) for n in range(8)
)


def lines() -> list[Line]:
    """The lines of the example: drawn from facts, edited, one's own, and one that the guard was not sure of."""
    found = [replace(one, id=place) for place, one in enumerate(drafted.sentences(FACTS), 1)]
    edited = Sentence(
        "practice", Origin.PERSON, found[0].sources[:1], "“Two wards have a <walk-in> hour now.”", False, 5,
        "Bea Sample", 21,
    )  # fmt: skip
    own = Sentence("next", Origin.PERSON, (), "“We meet on 4 May in Leeds & online.”", False, 5, "Bea Sample", 22)
    unsure = Sentence("goals", Origin.MODEL, found[1].sources, "“The workshops go on.”", is_marked=True, id=23)
    return stale.lines([*found, edited, own, unsure], FACTS)


def whole(draft: Draft = DRAFT, found: list[Line] | None = None) -> Document:
    """The example as a document."""
    return document.whole(draft, NETWORK, found or lines(), (*FACTS, *MORE))


def changed() -> list[Line]:
    """Lines of which one source is gone, one says something else, and one lies under a person's words."""
    first, second, *rest = lines()
    gone = replace(first, text="", standing=Standing.GONE, facts=())
    person = next(one for one in rest if one.sentence.is_edited)
    others = [one for one in rest if one is not person]
    return [gone, replace(second, standing=Standing.CHANGED), replace(person, standing=Standing.CHANGED), *others]


def examples() -> Iterable[Example]:
    """Every message and form of this conversation."""
    yield from _drafts()
    yield from _stale()
    yield from _pages()
    yield from _forms()


def _drafts() -> Iterable[Example]:
    yield Example("draft", views.preview(views.Seen(whole(), 5)))
    empty = document.whole(replace(DRAFT, audience=Audience.NETWORK), TRAINING, [], [])
    yield Example("draft_empty", views.preview(views.Seen(empty, 5)))
    asked = replace(DRAFT, approval=Approval(6, "Cal Example", AT))
    yield Example("draft_to_approve", views.preview(views.Seen(whole(asked), 6, "That is kept.")))
    yield Example("draft_waits", views.preview(views.Seen(whole(asked), 5, "I will ask Cal Example.")))
    wish = replace(DRAFT, approval=Approval(6, "Cal Example", AT, "Name the <ward>"))
    yield Example("draft_with_wish", views.preview(views.Seen(whole(wish), 5)))
    writing = Writing(AT)
    yield Example("draft_being_written", views.preview(views.Seen(whole(replace(DRAFT, writing=writing)), 5)))
    failed = replace(writing, done_at=AT, failed="The model took too long.")
    yield Example("draft_not_written", views.preview(views.Seen(whole(replace(DRAFT, writing=failed)), 5)))
    done = Writing(AT, AT, "", "a-model", "3", 2, 1)
    approved = Approval(6, "Cal Example", AT, version=0, by="Cal Example")
    model = replace(DRAFT, writing=done, shows_model=True, approval=approved, parts=(Part("help", 1, True, "Bea"),))
    yield Example("draft_by_model", views.preview(views.Seen(whole(model), 5)))
    yield Example("draft_also_by_model", views.preview(views.Seen(whole(replace(DRAFT, writing=done)), 5)))
    out = replace(model, posted_at=AT, shared_at=AT)
    yield Example(
        "sent", views.preview(views.Seen(whole(out), 5, post=(paragraph("It is on its way to the network’s home."),)))
    )
    told = document.for_readers(out, NETWORK, lines())
    yield Example("update", views.update(told, views.ALL))
    yield Example("update_with_less", views.update(document.for_readers(out, NETWORK, changed()), views.ALL))


def _stale() -> Iterable[Example]:
    seen = views.Seen(whole(found=changed()), 5)
    yield Example("draft_stale", views.preview(seen))
    yield Example("changes", pages.changes(seen))
    yield Example("changes_none", pages.changes(views.Seen(whole(), 5)))
    out = replace(DRAFT, posted_at=AT)
    yield Example("changes_after", pages.changes(views.Seen(whole(out, changed()), 5)))


def _pages() -> Iterable[Example]:
    yield Example("sources", pages.section(views.Seen(whole(), 5, "The line is taken out."), Section.PRACTICE))
    yield Example("sources_none", pages.section(views.Seen(whole(found=lines()[:1]), 5), Section.CONNECTIONS))
    yield Example("more", pages.more(DRAFT, Section.PRACTICE, MORE, 1))
    yield Example("more_none", pages.more(DRAFT, Section.PRACTICE, (), 0))
    yield Example("files", pages.files(DRAFT))
    yield Example("file", attached.message(whole(), "csv"))
    yield Example("file_word", attached.message(whole(), "docx"))
    both = [(DRAFT, NETWORK, True), (replace(DRAFT, id=2, posted_at=AT), TRAINING, False)]
    yield Example("list", views.listing(both))
    yield Example("list_empty", views.listing([]))
    yield Example("discarded", views.discarded())
    yield Example("begin", views.begin(NETWORK))
    question = views.WHICH
    yield Example("which_network", which_network(question, [NETWORK, TRAINING], "updates.new", opens_form=True))


def _forms() -> Iterable[Example]:
    yield Example("new", forms.new(NETWORK, has_last=True), {"first": "Please choose the first day."})
    days = date(2025, 10, 6), date(2027, 4, 6)
    plan = Plan(4, 7, 2, PlanState.ENDED, 3, days[0], Audience.NETWORK, 5, AT, 1, closed_at=AT)
    yield Example("final", forms.final(plan, NETWORK, days))
    text = "\n".join(one.text for one in lines()[:2])
    problem = "Cal Example changed this since you opened it. It says now: “nothing”. Yours stands here: save it again."
    yield Example("edit", forms.edit(DRAFT, Section.PRACTICE, text), {"text": problem})
    yield Example("add", forms.add(DRAFT, Section.NEXT))
    yield Example("ask", forms.ask(DRAFT, [CAL, Person(8, "Ann <Example> & *Co*")]))
    yield Example("wish", forms.wish(DRAFT))
