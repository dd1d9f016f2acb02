"""Every message and form of digests as it looks in use, for the golden files and the limits' tests."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.digests import follow_ups, forms, notes, periods, rules, views
from handlers.digests.periods import Period
from handlers.digests.views import Latest, Scope
from handlers.kit.content import Button, Example, plain
from handlers.kit.facts import Fact, Section
from storage.faculty_records import FollowUp, Note
from storage.records import Audience, Network

TODAY = date(2027, 5, 14)
AT = datetime(2027, 5, 12, 13, 15, tzinfo=UTC)
PERIOD = Period(date(2027, 4, 17), TODAY)
SCOPE = Scope(PERIOD)
FIGURES = (
    "“How is the network doing just now?” in April 2027: 2 to 5, middle 4, 31 answers by 12 people.",
    "“How is the network doing just now?” in May 2027: not shown, as too few answered or answers have changed.",
)
ODD = "Ann <Example> & *Co*"


def _network(number: int, name: str, purpose: str = "") -> Network:
    return Network(number, f"n{number}", name, purpose, date(2026, 1, 5))


FIRST = _network(7, "Sexual Health Improvement Network", "Care that people would choose.")
SECOND = _network(8, f"Voices of {ODD}", "Patients decide with us")
SMALL = _network(9, "Rural Rehabilitation Network")


def _fact(number: int, network: Network, section: Section, text: str, by: str = "", **more: object) -> Fact:
    key = f"checkins:{number}:moved" if by else f"goals:{number}:stands"
    fact = Fact(key, network.id, section, text, date(2027, 5, 3), Audience.FACULTY, "s", bool(by), number, by)
    return replace(fact, **more)  # type: ignore[arg-type]  # fields by name


def _facts() -> list[Fact]:
    opens = Button("Read the check-in", "checkins.shown", "41", about=ODD)
    asked = _fact(5, FIRST, Section.HELP, "Ann asked for help.", since=date(2027, 5, 3), person_id=5, by="Ann Example")
    late = "“Two <workshops>”: at risk. Its date was 30 April 2027."
    return [
        replace(asked, is_quoted=False),
        _fact(5, FIRST, Section.HELP, "No room for <our> interpreters & *nobody* to ask.", ODD, opens=opens),
        _fact(6, FIRST, Section.GOALS, late, since=date(2027, 4, 30)),
        _fact(7, FIRST, Section.PRACTICE, "Text reminders go out in three languages now.", "Ben Sample", opens=opens),
        _fact(8, SECOND, Section.PRACTICE, "Interpreters come to the clinic on Mondays.", "Cal Example", opens=opens),
        *_of_plan(),
    ]


def _of_plan() -> list[Fact]:
    things = "2 items in the plan are past their month, the first since 1 April 2027."
    look = "The review point of month 3 was planned for 11 April 2027, and has not been held yet."
    late = "“A <leaflet> in *three* languages”: nobody has said how it goes. Its date was 31 March 2027."
    facts = [_fact(9, SECOND, Section.GOALS, text, since=date(2027, 4, 1)) for text in (things, look, late)]
    stands = _fact(9, SECOND, Section.GOALS, "Month 5 of 18: making it work. 1 of 4 items in the plan is done.")
    keys = ("plan:4-slipped:waits", "plan:4-unheld:waits", "goals:9:slipped", "plan:4:stands")
    named = [replace(fact, key=key) for fact, key in zip((*facts, stands), keys, strict=True)]
    return [replace(named[0], sums_up=("goals:9",)), *named[1:]]


def _digest(networks: list[Network], facts: list[Fact]) -> rules.Digest:
    quiet = [rules.Heard(8, date(2027, 4, 5), 12), rules.Heard(9, None, 5)]
    return rules.digest(PERIOD, networks, facts, quiet, TODAY)


def examples() -> Iterable[Example]:
    """Every message and form of this conversation."""
    note = Note(4, 9, 6, ODD, True, "May we move the <event>?", AT, wants_answer=True)
    quiet = [rules.Heard(8, date(2027, 4, 5), 12), rules.Heard(9, None, 5)]
    found = rules.digest(PERIOD, [FIRST, SMALL, SECOND], _facts(), quiet, TODAY, [(note, AT.date())])
    latest = {7: Latest(date(2027, 4, 20), Button("Read the update", "updates.read", "3", about=FIRST.name))}
    yield Example("digest", views.digest(found, SCOPE, latest))
    calm = rules.digest(PERIOD, [FIRST], [], [], TODAY)
    yield Example("digest_calm", views.digest(calm, SCOPE, {}, said=views.ALONE.format(faculty=views.NO_PLACE)))
    many = [_network(number, f"Network {number}") for number in range(20, 34)]
    helps = [_fact(one.id, one, Section.HELP, "Ann asked for help.", since=TODAY) for one in many]
    much = _digest(many, helps)
    yield Example("digest_of_many", views.digest(much, SCOPE, {}))
    yield Example("digest_more", views.digest(much, Scope(PERIOD, (20, 21)), {}, page=1))
    yield Example("needs", views.needs(much, SCOPE, 0))
    line = found.lines[0]
    yield Example("opened", views.opened(line, SCOPE, latest[7], 0, 3, FIGURES))
    yield Example("opened_empty", views.opened(found.lines[1], SCOPE, None, 0, 0))
    problem = periods.problem(TODAY, PERIOD.first_on, TODAY)
    chosen = Scope(PERIOD, (SECOND.id,))
    yield Example("choose", forms.choose([FIRST, SECOND, SMALL], chosen, chosen.written()), {"last": problem})
    yield Example("not_days", views.not_days(f"for {ODD}"))
    yield Example("monthly", views.monthly())
    due = views.due()
    yield Example("due", plain(due.text, due.button) if due.button else plain(due.text))
    yield Example("make_channel", views.make_channel(4))
    yield Example("is_channel", views.is_channel())
    yield Example("no_channel", views.no_channel())
    yield from _notes()
    yield from _follow_ups()


def _notes() -> Iterable[Example]:
    note = Note(3, 7, 5, ODD, False, "Could the trust in <Leeds> help?\nI can ask.", AT)
    answer = Note(4, 7, 6, "Bea Example", True, "Yes, please. We meet on Tuesday.", AT)
    gone = replace(note, author_id=None, author_name="")
    yield Example("write", notes.form(FIRST, is_answer=False))
    yield Example("answer", notes.form(SECOND, is_answer=True))
    yield Example("written", notes.written(FIRST, ["Bea Example", "Cal Example"], ["Cal Example"]))
    yield Example("written_to_be_answered", notes.written(FIRST, [], [], stands_first=True))
    yield Example("written_to_the_faculty", notes.written(FIRST, [], [], is_answer=True))
    yield Example("written_nobody", notes.written(FIRST, [], []))
    dated = [(one, AT.date()) for one in (answer, note, gone)]
    yield Example("notes", notes.page(FIRST, dated, 0, 6, 6))
    yield Example("notes_none", notes.page(FIRST, [], 0, 0, 6))


def _follow_ups() -> Iterable[Example]:
    one = FollowUp(2, 5, 7, FIRST.name, TODAY + timedelta(days=7), f"Ask {ODD} about the room", AT)
    yield Example("follow", follow_ups.form(FIRST, TODAY), {"on": follow_ups.problem(TODAY, TODAY)})
    yield Example("followed", follow_ups.kept(FIRST, one.on, is_brought=True))
    yield Example("followed_not_brought", follow_ups.kept(FIRST, one.on, is_brought=False))
    yield Example("follow_up_done", follow_ups.done(one))
    yield Example("follow_ups", follow_ups.listing([one, replace(one, text="")]))
    yield Example("follow_ups_none", follow_ups.listing([]))
