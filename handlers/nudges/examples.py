"""Every message and form of what is sent unasked, as it looks in use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from handlers.kit import dates
from handlers.kit.choosing import which_network
from handlers.kit.content import Button, Example
from handlers.kit.occasions import Asked, Desk, Item, Occasion
from handlers.nudges import forms, pages, rules, spec, views, words
from handlers.nudges.coming import Again, Coming
from storage.records import Account, Network, Role
from storage.scheduled import Delivery, Schedule, State, Wanted, Wish

TODAY = date(2027, 1, 12)
AT = datetime(2027, 1, 13, 10, tzinfo=UTC)
NETWORK = Network(7, "sh", "Sexual Health Improvement Network", "", None)
OTHER = Network(8, "mt", "Medical Training Voices", "", None)
TITLE = "check-in prompts"


def _draw(asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    return {}


ASK = Occasion("checkins.ask", TITLE, Role.MEMBER, "w2:0", "09:00", _draw)
WAITS = Occasion("network.waiting", "reminders of what is waiting", Role.LEADER, "w1:0", "09:00", _draw, False)
OURS = Wanted("checkins.ask", "w2:0", time(9), date(2027, 1, 11), 7)
PROGRAMME = Schedule(1, replace(OURS, network_id=None), None, AT, None, AT)
NETWORKS_OWN = Schedule(2, OURS, 5, AT, None, AT)
OWN = Schedule(3, replace(OURS, network_id=None, person_id=5, cadence="n1:3", at=time(14, 30)), 5, AT, None, AT)
CHOSEN = replace(
    OURS, cadence="d2027-01-18,2027-02-15", zone="Europe/London", from_on=date(2027, 1, 18),
    until_on=date(2027, 6, 30), moves=False,
)  # fmt: skip
CHECK_IN = Item(
    "It is time for your check-in for Sexual Health Improvement Network. It takes about two minutes.",
    Button("Answer now", "checkins.record", "7", opens_form=True, primary=True),
)


def examples() -> Iterable[Example]:
    """All of them, the messages first."""
    yield from _nudges()
    yield from _answers()
    yield from _mine()
    yield from _schedules()
    yield from _deliveries()


def _nudges() -> Iterable[Example]:
    yield Example("nudge", views.nudge("Ann <Example> & *Co*", 12, [CHECK_IN]))
    yield Example("nudge_again", views.nudge("Dr Ann Example", 12, [CHECK_IN], is_again=True))
    yield Example("nudge_put_off", views.nudge("Ann Example", 12, [CHECK_IN], was_put_off=True))
    letter = Item("Bea Example suggests times for a one-to-one.", Button("See the times", "help.do", "prompts"))
    yield Example("nudge_letter", views.nudge("Ann Example", 12, [letter], rarer=""))
    yield Example("nudge_halved", views.nudge("Ann Example", 12, [CHECK_IN], asks_whether_right=True))
    many = [Item(f"Goal {number} waits for your review.") for number in range(views.MOST_ITEMS + 3)]
    yield Example("nudge_with_much", views.nudge("Ann Example", 12, many, rarer="24"))


def _answers() -> Iterable[Example]:
    yield Example("later", views.later(12))
    yield Example("day", forms.for_later(12, date(2027, 1, 13), date(2027, 4, 14)), {"on": views.NO_GOOD_TIME})
    yield Example("put_off", views.put_off(AT, TODAY))
    yield Example("cannot_put_off", views.cannot_put_off(12))
    yield Example("nothing_to_put_off", views.nothing_to_put_off())
    yield Example("skipped", views.skipped(AT, TODAY))
    yield Example("rarer", views.rhythm([(TITLE, Wish(2)), ("your weekly prompt", Wish(8))], "checkins.ask"))
    yield Example("as_before", views.rhythm([(TITLE, Wish())], "checkins.ask"))
    yield Example("stopped", views.stopped([TITLE], "checkins.ask"))
    yield Example("resumed", views.resumed([TITLE], AT, TODAY))
    yield Example("why", views.why([_reason(PROGRAMME, None, 2), _reason(NETWORKS_OWN, "Bea Example", 1)]))
    yield Example("why_letter", views.why([views.Reason("what your one-to-ones need of you")]))


def _reason(schedule: Schedule, name: str | None, every: int) -> views.Reason:
    wanted = schedule.wanted
    return views.Reason(
        TITLE if every > 1 else "your weekly prompt",
        words.for_whom(wanted, Role.MEMBER, [NETWORK]),
        words.often_for(wanted, every),
        words.at_what_time(wanted, own=True),
        words.who_set(schedule, name, [NETWORK], is_mine=False, on=date(2027, 1, 4)),
        wanted.occasion,
    )


def _mine() -> Iterable[Example]:
    asked = Coming(ASK, (NETWORKS_OWN, PROGRAMME), (NETWORK, OTHER), Wish(), AT)
    own = Coming(ASK, (OWN,), (NETWORK,), Wish(4), AT)
    stopped = Coming(WAITS, (PROGRAMME,), (NETWORK,), Wish(1, AT), None)
    yield Example("mine", pages.mine([asked, stopped], TODAY))
    yield Example("mine_own", pages.mine([own], TODAY))
    yield Example("mine_reminder", pages.mine([replace(asked, again=Again.REMINDER)], TODAY))
    yield Example("mine_put_off", pages.mine([replace(asked, again=Again.PUT_OFF)], TODAY))
    yield Example("mine_nothing", pages.mine([], TODAY))
    wrong = {"date": "Please write a day of the month in digits, from 1 to 31."}
    yield Example("own", forms.for_oneself(OWN.wanted, TITLE, "checkins.ask"), wrong)
    yield Example("own_kept", pages.own_kept(own, TODAY))
    yield Example("own_given_up", pages.own_given_up(asked, TODAY))


def _schedules() -> Iterable[Example]:
    some = rules.Preview(date(2027, 1, 18), 14, on_leave=2, later_that_day=1, on_a_later_day=3, none=1)
    all_of_them = rules.Preview(date(2027, 1, 18), 1)
    lines = [
        pages.Line(ASK, NETWORKS_OWN, "Bea Example", date(2027, 1, 4), some),
        pages.Line(WAITS, PROGRAMME, None, date(2027, 1, 4), all_of_them),
        pages.Line(ASK, Schedule(4, CHOSEN, 5, AT, None, AT), "Bea Example", TODAY, None, is_mine=True),
    ]
    question = "Whose schedules do you want to see?"
    yield Example("which_schedules", which_network(question, [NETWORK, OTHER], "nudges.schedule"))
    yield Example("schedules", pages.schedules(NETWORK, lines[:2], TODAY))
    yield Example("schedules_until", pages.schedules(NETWORK, lines[2:], TODAY))
    argument = spec.of_network(7, "checkins.ask")
    yield Example("edit", forms.for_network(NETWORK, OURS, TITLE, "Europe/London", argument))
    problem = dates.dates_in("31 February 2027", TODAY)[1]
    changed = forms.for_network(NETWORK, CHOSEN, TITLE, "Europe/London", spec.written(CHOSEN))
    yield Example("edit_chosen", changed, {"dates": problem, "until_on": "This is before the first day."})
    yield Example("preview", pages.preview(NETWORK, ASK, OURS, some, TODAY))
    yield Example("preview_chosen", pages.preview(NETWORK, ASK, CHOSEN, all_of_them, TODAY))
    yield Example("started", pages.started(NETWORK, ASK, CHOSEN, some, TODAY))


def _deliveries() -> Iterable[Example]:
    question = "Whose messages do you want to see?"
    yield Example("which_deliveries", which_network(question, [NETWORK, OTHER], "nudges.deliveries"))
    unknown = _delivery(31, State.UNKNOWN, "the platform did not answer")
    gone = _delivery(32, State.GAVE_UP, "they have blocked the bot")
    counts = {State.SENT: 1204, State.PLANNED: 14, State.UNKNOWN: 1, State.GAVE_UP: 1, State.DROPPED: 3}
    troubled = [(unknown, "Ann <Example> & *Co*", TODAY), (gone, "Cal Example", TODAY)]
    many = [(replace(gone, id=40 + number), f"Person {number} Example", TODAY) for number in range(20)]
    yield Example("deliveries", pages.deliveries(NETWORK, 28, counts, troubled))
    yield Example("deliveries_none", pages.deliveries(NETWORK, 28, {}, []))
    yield Example("deliveries_many", pages.deliveries(NETWORK, 28, {State.GAVE_UP: 20}, many))
    yield Example("sent_again", pages.sent_again(NETWORK))


def _delivery(delivery_id: int, state: State, why: str) -> Delivery:
    return Delivery(
        delivery_id, 3, 5, 0, AT, state, why, Account("slack", "T01", "UANN"), None, True, 1, "", AT, None, None, ""
    )
