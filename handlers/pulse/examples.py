"""Every message and form of pulses, as it looks in use."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from handlers.kit.content import Example, Message
from handlers.kit.occasions import Item
from handlers.pulse import rules, views
from handlers.pulse.views import Seen, Told
from storage.pulse_records import Pulse, PulseFigure
from storage.records import Audience, Network

_ODD = Network(7, "sh", 'The “Open" <b>Door</b> & *Friends* شبكة', "", None)
_OTHER = Network(8, "mt", "Medical Training Voices", "", None)
_BEGAN, _CLOSES = datetime(2027, 3, 1, 9, tzinfo=UTC), datetime(2027, 3, 29, 9, tzinfo=UTC)
_ON, _BEFORE_ON = date(2027, 3, 29), date(2026, 12, 1)


def _pulse(number: int, *levels: tuple[int, int, float], audience: Audience = Audience.NETWORK) -> Pulse:
    keys = [one.key for one in rules.statements()]
    figures = {key: PulseFigure(*each, 8 + number) for key, each in zip(keys, levels, strict=False)}
    answered = 8 + number if levels else None
    return Pulse(number, 7, number, 5, _BEGAN, _CLOSES, _CLOSES if levels else None, 14, answered, audience, figures)


def examples() -> Iterable[Example]:
    """Each once, with odd names."""
    last = Told(_pulse(2, (2, 5, 4), (1, 4, 2.5), (2, 5, 3), (2, 4, 3), audience=Audience.FACULTY), _ON)
    before = Told(_pulse(1, (1, 5, 3), (1, 4, 3), (2, 5, 3), (2, 5, 3.5), (3, 5, 4)), _BEFORE_ON)
    is_open = _pulse(3)
    yield Example("which_network", views.which_network([_OTHER, Network(9, "q", "“Q” & <b>", "", None)]))
    yield Example("none_yet", views.page(Seen(_ODD)))
    yield Example("may_begin", views.page(Seen(_ODD, may_begin=True, runs=True)))
    said = views.began(_ODD, _ON)
    yield Example("open", views.page(Seen(_ODD, open=is_open, closes_on=_ON, runs=True), said))
    first = Told(before.pulse, date(2026, 8, 31))
    answered = Seen(_ODD, open=is_open, closes_on=_ON, has_answered=True, last=first)
    yield Example("open_and_answered", views.page(answered))
    runs = Seen(_ODD, last=last, before=before, next_on=date(2027, 5, 31), runs=True)
    yield Example("came_to", views.page(runs))
    again = Seen(_ODD, last=Told(before.pulse, date(2026, 9, 14)), may_begin=True, runs=True)
    yield Example("may_begin_again", views.page(again))
    yield Example("came_to_nothing", views.page(Seen(_ODD, came_to_nothing=True, next_on=_ON, runs=True)))
    yield Example("came_to_before", views.came_to(_ODD, before, None))
    yield Example("none_shown", views.came_to(_ODD, Told(_hidden(), _ON), before))
    yield Example("answer", views.answer_form(is_open, _ODD, _ON, {"purpose-known": 4}))
    wrong = {rules.statements()[0].key: views.NOTHING_CHOSEN}
    yield Example("answer_nothing", views.answer_form(is_open, _ODD, _ON, {}), wrong)
    yield Example("kept", views.answered(is_open, _ODD, _ON))
    yield Example("taken_out", views.taken_out(is_open, _ODD))
    yield Example("nothing_yet", views.nothing_yet(_ODD))
    yield Example("line", _as_message(views.line(is_open, _ODD, _ON)))
    yield Example("line_again", _as_message(views.line(is_open, _ODD, _ON, again=True)))
    yield Example("has_closed", _as_message(views.has_closed(_ODD, last.pulse)))
    yield Example("has_closed_with_nothing", _as_message(views.has_closed(_ODD, is_open)))


def _hidden() -> Pulse:
    return Pulse(4, 7, 4, 5, _BEGAN, _CLOSES, _CLOSES, 14, 6, Audience.NETWORK, {})


def _as_message(item: Item) -> Message:
    return Message(item.text, (), (item.button,) if item.button else ())
