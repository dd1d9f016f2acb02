"""What is drawn when a message is claimed: one for all that waits, or why there is none any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import cast

import pytest

from handlers.kit.content import Button, Message
from handlers.kit.feature import Feature, Routes
from handlers.kit.occasions import Asked, Desk, Drop, Item, Later
from handlers.nudges.bundle import draw
from handlers.nudges.views import HALVED, MOST_ITEMS
from storage.records import Account, Person, Programme, Role, RoleHeld
from storage.scheduled import Carried, Claimed, Delivery, Recipient, Schedule, State, Wanted, Wish
from storage.unit import Store

MONDAY = date(2027, 1, 11)
NINE = datetime(2027, 1, 11, 9, tzinfo=UTC)
ANN = Person(5, "Ann Example", roles=(RoleHeld(Role.MEMBER, 7), RoleHeld(Role.LEADER, 7), RoleHeld(Role.MEMBER, 8)))


@dataclass
class SmallStore:
    """As much of a store as drawing needs; `dropped` is what was dropped from a message, by why."""

    wished: Mapping[int, Mapping[str, Wish]] = field(default_factory=dict)
    own_schedules: Mapping[int, Sequence[Schedule]] = field(default_factory=dict)
    dropped: dict[str, list[int]] = field(default_factory=dict)

    @property
    def wishes(self) -> SmallStore:
        return self

    @property
    def schedules(self) -> SmallStore:
        return self

    @property
    def deliveries(self) -> SmallStore:
        return self

    def of_people(self, person_ids: Iterable[int]) -> Mapping[int, Mapping[str, Wish]]:
        return {one: self.wished[one] for one in person_ids if one in self.wished}

    def of_networks(self, network_ids: Iterable[int]) -> Sequence[Schedule]:
        return [schedule for one in network_ids for schedule in self.own_schedules.get(one, ())]

    def drop(self, delivery_ids: Iterable[int], why: str) -> None:
        self.dropped.setdefault(why, []).extend(delivery_ids)


@dataclass
class Occasions:
    """Two occasions that ask everyone, and remember whom they were asked about."""

    asked: list[list[Asked]] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)

    def routes(self) -> Routes:
        feature = Feature("talks")
        feature.occasion("ask", title="talk prompts", role=Role.MEMBER, cadence="w1:0")(self.ask)
        feature.occasion("lead", title="leaders' prompts", role=Role.LEADER, cadence="w1:0")(self.lead)
        return Routes([feature])

    def ask(self, asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
        self.asked.append(list(asked))
        return {one.person.id: self._lines(one) for one in asked if one.person.id not in self.answered}

    def lead(self, asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
        return {one.person.id: [Item("A goal waits.")] for one in asked}

    @staticmethod
    def _lines(one: Asked) -> list[Item]:
        return [Item(f"Talk {number}{' still' if one.again else ''} waits.") for number in one.network_ids]


def _schedule(
    id_: int = 1, occasion: str = "talks.ask", network_id: int | None = None, *, moves: bool = True
) -> Schedule:
    wanted = Wanted(occasion, "w1:0", time(9), MONDAY, network_id, moves=moves)
    return Schedule(id_, wanted, None, NINE, None, None)


def _claimed(
    *schedules: Schedule,
    person: Person = ANN,
    turn: int = 0,
    due_at: datetime = NINE,
    unasked: bool = True,
    id_: int = 12,
) -> Claimed:
    account = Account("slack", "T01", "UANN")
    parts = tuple(
        Carried(id_ + number, 40 + number, schedule, MONDAY, turn)
        for number, schedule in enumerate(schedules or (_schedule(),))
    )
    delivery = Delivery(
        id_, 40, person.id, turn, due_at, State.SENDING, "", account, None, unasked, 1, "t", due_at, None, None, ""
    )
    return Claimed(delivery, Recipient(person, person.network_ids, (account,)), parts)


def _drawn(
    claimed: Claimed, *, now: datetime = NINE, store: SmallStore | None = None, occasions: Occasions | None = None
) -> Message | Drop | Later:
    desk = Desk(cast(Store, store or SmallStore()), now, Programme("A programme", "Europe/London"))
    return draw([claimed], desk, (occasions or Occasions()).routes())[claimed.delivery.id]


def _text(message: Message | Drop | Later) -> str:
    assert isinstance(message, Message), message
    return str(message.body)


def test_one_message_has_a_line_for_each_network_and_all_that_one_can_do_about_it() -> None:
    message = _drawn(_claimed())
    assert isinstance(message, Message)
    assert message.summary == "Hello Ann. Talk 7 waits."
    assert "Talk 8 waits." in _text(message)
    assert [(one.label, one.action, one.argument) for one in message.buttons] == [
        ("Later", "nudges.later", "12"),
        ("Skip this one", "nudges.skip", "12"),
        ("Less often", "nudges.less", "12/2"),
        ("Stop", "nudges.stop", "12"),
        ("Why did I get this?", "nudges.why", "12"),
    ]


def test_everyone_is_asked_about_in_one_call() -> None:
    occasions, people = Occasions(), [replace(ANN, id=number) for number in range(20, 40)]
    claimed = [_claimed(person=one, id_=one.id * 10) for one in people]
    desk = Desk(cast(Store, SmallStore()), NINE, Programme("A programme", "Europe/London"))
    drawn = draw(claimed, desk, occasions.routes())
    assert all(isinstance(one, Message) for one in drawn.values())
    assert [len(one) for one in occasions.asked] == [20]


def test_what_was_stopped_is_dropped() -> None:
    store = SmallStore({5: {"talks.ask": Wish(1, NINE)}})
    assert _drawn(_claimed(), store=store) == Drop("they stopped these messages")


def test_a_part_that_was_stopped_is_left_out_and_counts_as_no_silence() -> None:
    store = SmallStore({5: {"talks.lead": Wish(1, NINE)}})
    message = _drawn(_claimed(_schedule(), _schedule(2, "talks.lead")), store=store)
    assert "goal" not in _text(message)
    assert store.dropped == {"they stopped these messages": [13]}


def test_a_part_that_is_answered_is_left_out_and_the_rest_is_sent() -> None:
    store, occasions = SmallStore(), Occasions(answered={5})
    message = _drawn(_claimed(_schedule(2, "talks.lead"), _schedule()), store=store, occasions=occasions)
    assert "A goal waits." in _text(message)
    assert store.dropped == {"already answered": [13]}


def test_less_often_says_for_each_thing_how_rare_it_gets() -> None:
    store = SmallStore({5: {"talks.lead": Wish(4)}})
    message = _drawn(_claimed(_schedule(), _schedule(2, "talks.lead")), store=store)
    assert isinstance(message, Message)
    assert "12/28" in [one.argument for one in message.buttons]


def test_what_is_answered_already_is_not_asked() -> None:
    assert _drawn(_claimed(), occasions=Occasions(answered={5})) == Drop("already answered")


def test_who_has_left_the_network_gets_nothing() -> None:
    gone = replace(ANN, roles=(RoleHeld(Role.COORDINATOR, 7),))
    assert _drawn(_claimed(person=gone)) == Drop("they are no longer in the network")


def test_a_networks_own_schedule_takes_the_network_out_of_the_programmes() -> None:
    store = SmallStore(own_schedules={7: [_schedule(9, network_id=7)]})
    assert "Talk 7" not in _text(_drawn(_claimed(), store=store))
    assert "Talk 8" not in _text(_drawn(_claimed(_schedule(9, network_id=7)), store=store))


def test_two_networks_schedules_of_one_thing_are_asked_as_one() -> None:
    text = _text(_drawn(_claimed(_schedule(1, network_id=7), _schedule(2, network_id=8))))
    assert (text.count("Talk 7"), text.count("Talk 8")) == (1, 1)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"leave_from": MONDAY, "leave_to": date(2027, 1, 12)}, Later(datetime(2027, 1, 13, 9, tzinfo=UTC))),
        ({"leave_from": MONDAY, "leave_to": date(2027, 1, 31)}, Drop("they are on leave")),
        ({"hours_from": time(10)}, Later(datetime(2027, 1, 11, 10, tzinfo=UTC))),
        ({"working_days": (1, 2)}, Later(datetime(2027, 1, 12, 9, tzinfo=UTC))),
        ({"time_zone": "America/New_York"}, Later(datetime(2027, 1, 11, 14, tzinfo=UTC))),
    ],
)
def test_in_quiet_time_it_moves_inside_its_window_or_is_dropped(
    fields: dict[str, object], outcome: Drop | Later
) -> None:
    person = replace(ANN, **fields)  # type: ignore[arg-type]  # any field of a person
    assert _drawn(_claimed(person=person)) == outcome


def test_what_does_not_move_is_dropped_in_quiet_time_but_not_what_someone_put_off() -> None:
    away = replace(ANN, leave_from=MONDAY, leave_to=date(2027, 1, 12))
    fixed = _schedule(moves=False)
    assert _drawn(_claimed(fixed, person=away)) == Drop("they are on leave")
    put_off = _claimed(fixed, person=away, turn=1, unasked=False)
    assert _drawn(put_off) == Later(datetime(2027, 1, 13, 9, tzinfo=UTC))


def test_what_is_past_its_window_by_more_than_a_day_is_missed() -> None:
    for days, is_missed in ((3, False), (4, False), (7, True)):
        outcome = _drawn(_claimed(), now=NINE + timedelta(days=days))
        assert (outcome == Drop("it was past its time", missed=True)) is is_missed, days


def test_a_reminder_and_what_was_put_off_have_windows_of_their_own() -> None:
    week_later = NINE + timedelta(days=7)
    assert isinstance(_drawn(_claimed(turn=1, due_at=week_later), now=week_later), Message)


def test_a_reminder_is_shorter_and_says_that_it_is_the_only_one() -> None:
    text = _text(_drawn(_claimed(turn=1)))
    assert "This is a reminder, and the only one." in text
    assert "Talk 7 still waits." in text


def test_what_was_put_off_is_no_reminder() -> None:
    text = _text(_drawn(_claimed(turn=1, unasked=False)))
    assert "You asked me to come back to this." in text
    assert "still" not in text


def test_after_two_silences_it_asks_whether_half_as_often_is_right() -> None:
    store = SmallStore({5: {"talks.ask": Wish(2, None, halved=True)}})
    assert HALVED in _text(_drawn(_claimed(), store=store))
    assert HALVED not in _text(_drawn(_claimed(turn=1), store=store))
    assert HALVED not in _text(_drawn(_claimed()))


def test_where_only_one_of_several_things_is_halved_it_says_which_and_asks_about_that_alone() -> None:
    store = SmallStore({5: {"talks.lead": Wish(2, None, halved=True)}})
    message = _drawn(_claimed(_schedule(), _schedule(2, "talks.lead")), store=store)
    assert "I had no answer to leaders' prompts the last two times" in _text(message)
    assert HALVED not in _text(message)
    assert "argument='talks.lead'" in _text(message)


def _says(item: Item, asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    return {one.person.id: [item] for one in asked}


def test_what_asks_for_something_stands_before_what_may_wait() -> None:
    feature, ask = Feature("talks"), Button("Answer now", "checkins.record", "7", opens_form=True, primary=True)
    for name, role, item in (("ask", Role.MEMBER, Item("A thought.")), ("lead", Role.LEADER, Item("Your turn.", ask))):
        feature.occasion(name, title=name, role=role, cadence="w1:0")(partial(_says, item))
    desk = Desk(cast(Store, SmallStore()), NINE, Programme("A programme", "Europe/London"))
    claimed = _claimed(_schedule(), _schedule(2, "talks.lead"))
    message = draw([claimed], desk, Routes([feature]))[claimed.delivery.id]
    assert isinstance(message, Message)
    assert message.summary == "Hello Ann. Your turn."


def test_a_long_list_is_cut_and_says_so() -> None:
    many = replace(ANN, roles=tuple(RoleHeld(Role.MEMBER, number) for number in range(1, MOST_ITEMS + 4)))
    text = _text(_drawn(_claimed(person=many)))
    assert text.count("Talk ") == MOST_ITEMS
    assert "3 more wait for the next time." in text


def test_two_lines_that_one_button_answers_stand_there_once() -> None:
    feature, button = Feature("talks"), Button("Answer now", "checkins.record", "7", opens_form=True)
    for name, role, text in (("ask", Role.MEMBER, "Your talk waits."), ("lead", Role.LEADER, "Your talk waits still.")):
        item = Item(text, button)
        draw_it = feature.occasion(name, title=name, role=role, cadence="w1:0")
        draw_it(partial(_everyone_gets, [item, Item(name)]))
    claimed = _claimed(_schedule(), _schedule(2, "talks.lead"))
    desk = Desk(cast(Store, SmallStore()), NINE, Programme("A programme", "Europe/London"))
    text = _text(draw([claimed], desk, Routes([feature]))[12])
    assert (text.count("Your talk waits."), text.count("Your talk waits still.")) == (1, 0)
    assert text.index("Your talk waits.") < text.index("ask") < text.index("lead")


def _everyone_gets(items: Sequence[Item], asked: Sequence[Asked], desk: Desk) -> Mapping[int, Sequence[Item]]:
    return {one.person.id: items for one in asked}
