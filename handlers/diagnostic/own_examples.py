"""Every message and form of a review until its joint session, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from handlers.diagnostic import answers, forms, leaving_views, lines, rules, views, whose
from handlers.diagnostic.gathering import Gathering
from handlers.diagnostic.views import Seen
from handlers.kit.choosing import which_network
from handlers.kit.content import Block, Buttons, Example, Message, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.whom import MOST_CHOICES, Candidate
from prompts.kinds import Axis, Governance, Kind
from prompts.review import UNSURE, review_bank
from storage.records import Network
from storage.review_records import Review, ReviewState, Seat

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
ON = "12 January 2027"
BANK = review_bank()
NETWORK = Network(7, "sh", "Sexual Health Improvement Network", "", date(2026, 7, 6))
TRAINING = Network(8, "mt", "Medical Training Voices", "", None)
REVIEW = Review(31, 7, 1, ReviewState.OPEN, 5, AT, AT)
JOINT = replace(REVIEW, state=ReviewState.JOINT, joint_at=AT, led_by_id=6, led_by_name="Cal Example", number=2)
BEA, CAL, ANN = Seat(5, "Bea Sample", AT, AT), Seat(6, "Cal Example", AT), Seat(9, "Ann <Example> & *Co*", AT, AT)
OPEN = Gathering(REVIEW, NETWORK, (BEA, CAL, ANN), 6, may_run=True)
MEMBER = replace(OPEN, may_run=False)
BEGUN = replace(OPEN, seats=(CAL,))
READY = replace(OPEN, seats=(BEA, replace(CAL, finished_at=AT), ANN), me=5)
WAITING = replace(OPEN, seats=(BEA, CAL), me=5)
MANY = replace(OPEN, seats=tuple(Seat(number, f"Person {number} Sample", AT) for number in range(1, 41)))
WORDS = {
    rules.PURPOSE: "“Care that <people> would choose & *use*.”\n“مرحبا بكم في الشبكة” <!channel>",
    rules.DIFFERENCE: "“Every clinic asks ‘what matters to you?’, and writes it down.”",
}
KINDS: dict[str, str] = {
    Axis.GOVERNANCE: "managed", Axis.FUNCTION: "learning", Axis.ORIGIN: "both", Axis.STANCE: UNSURE,
}  # fmt: skip
WHOLE: dict[str, str] = {
    **WORDS, **KINDS, Axis.STAGE: "growing",
    **{one.now_key: str(place % 5 + 1) for place, one in enumerate(BANK.statements)},
    **{one.hoped_key: "5" for one in BANK.statements[:6]},
}  # fmt: skip
SOME = {key: value for key, value in WHOLE.items() if key in {*WORDS, *Axis}}
ENCLAVE = Kind(governance=Governance.ENCLAVE)
CANDIDATES = [
    Candidate("9", 9, "Ann <Example> & *Co*", "Ann <Example> & *Co*, member"),
    Candidate("12", 12, "Fay Example", "Fay Example, faculty"),
]


def _seen(gathered: Gathering, own: dict[str, str] | None = None, *, last_id: int = 0, can_ask: bool = True) -> Seen:
    going = rules.following(own or {}, BANK)
    minutes = rules.minutes_left(own or {}, BANK)
    return Seen(gathered, AT, ON, going, bool(own), minutes, last_id, can_ask)


def examples() -> Iterable[Example]:
    """Every message and form of this part of the conversation."""
    yield from _before()
    yield from _pages()
    yield from _forms()
    yield from _answers()
    yield from _lines()


def _before() -> Iterable[Example]:
    yield Example("offer", views.offer(NETWORK))
    yield Example("offer_again", views.offer(NETWORK, JOINT, ON))
    yield Example("offer_alone", views.offer(NETWORK, is_alone=True))
    yield Example("ended", views.ended(NETWORK, JOINT, ON, may_start=True))
    yield Example("ended_reader", views.ended(NETWORK, JOINT, ON, may_start=False))
    asked = which_network(views.WHICH, [NETWORK, TRAINING] * 11, "diagnostic.open", or_type=views.OR_TYPE)
    yield Example("which", replace(asked, buttons=asked.buttons[:2]))
    refusals = (views.NO_REVIEW, whose.GONE, whose.NOT_RUN, whose.NOT_FINISHED, whose.OVER, whose.PUT_AWAY)
    for number, sentence in enumerate((*refusals, whose.NO_SEAT, views.NOBODY_LEFT, views.TOO_LATE)):
        yield Example(f"refused_{number}", plain(sentence))


def _pages() -> Iterable[Example]:
    yield Example("begun", views.standing(_seen(BEGUN), views.BEGUN))
    yield Example("open", views.standing(_seen(OPEN, last_id=30)))
    yield Example("open_partway", views.standing(_seen(MEMBER, SOME)))
    yield Example("open_to_finish", views.standing(_seen(MEMBER, WHOLE)))
    yield Example("open_first", views.standing(_seen(WAITING, WHOLE), views.BEGUN_ALREADY))
    yield Example("open_ready", views.standing(_seen(READY, WHOLE)))
    yield Example("open_alone", views.standing(_seen(replace(WAITING, seats=(BEA,)), WHOLE, can_ask=False)))
    yield Example("open_not_in_it", views.standing(_seen(replace(OPEN, me=40), last_id=30)))
    yield Example("open_many", views.standing(_seen(MANY), views.asked(["Ann Example", "Bea Sample"], ["Bea Sample"])))
    yield Example("joint", views.standing(_seen(replace(READY, review=JOINT), WHOLE)))
    yield Example("joint_one_left", views.standing(_seen(replace(WAITING, review=JOINT, seats=(BEA,)), WHOLE)))
    old = replace(REVIEW, moved_at=AT - timedelta(weeks=9))
    yield Example("abandoned", leaving_views.abandoned(_seen(replace(OPEN, review=old))))
    yield Example("abandoned_member", leaving_views.abandoned(_seen(replace(MEMBER, review=old))))
    yield Example("what", views.what_it_is(MEMBER))
    yield Example("leaving", leaving_views.leaving(OPEN))
    yield Example("leaving_member", leaving_views.leaving(MEMBER))
    yield Example("leaving_joint", leaving_views.leaving(replace(MEMBER, review=JOINT)))
    yield Example("leaving_not_in_it", leaving_views.leaving(replace(OPEN, me=40)))
    yield Example("left", leaving_views.left())
    yield Example("left_last", leaving_views.left(was_last=True, may_run=True))
    yield Example("given_up", leaving_views.given_up(NETWORK))


def _forms() -> Iterable[Example]:
    for part in rules.PARTS:
        yield Example(f"part_{part.number}", forms.part(OPEN, part, WHOLE, BANK, Kind()))
    yield Example("part_alone", forms.part(BEGUN, rules.GOALS, {}, BANK, Kind()))
    yield Example("part_in_kind", forms.part(MANY, rules.PARTS[2], {}, BANK, ENCLAVE))
    yield Example("part_late", forms.part(replace(READY, review=JOINT), rules.KIND, KINDS, BANK, Kind()))
    given = {**WORDS, rules.PURPOSE: "Something else"}
    form = forms.part(OPEN, rules.GOALS, WORDS, BANK, Kind())
    yield Example("part_elsewhere", form.filled(given), forms.elsewhere(form, WORDS, given))
    yield Example("ask", forms.ask(OPEN, CANDIDATES))
    yield Example("ask_of_many", forms.ask(OPEN, CANDIDATES * MOST_CHOICES))


def _answers() -> Iterable[Example]:
    yield Example("kept_goals", answers.kept(OPEN, rules.GOALS, WORDS, BANK, Kind()))
    yield Example("kept_nothing", answers.kept(OPEN, rules.GOALS, {}, BANK, Kind()))
    some = {key: value for key, value in WHOLE.items() if key not in rules.keys(rules.PARTS[6], BANK)}
    yield Example("kept_levels", answers.kept(OPEN, rules.PARTS[2], some, BANK, ENCLAVE))
    yield Example("mine", answers.all_of_them(OPEN, WHOLE, BANK, Kind()))
    yield Example("mine_missing", answers.all_of_them(OPEN, SOME, BANK, Kind()))
    late = replace(READY, review=JOINT)
    yield Example("mine_changed", answers.all_of_them(late, WHOLE, BANK, Kind(), answers.changed(late)))


def _lines() -> Iterable[Example]:
    name = NETWORK.name
    drawn = {
        "invited": lines.invited(REVIEW, name, "Bea Sample", 0),
        "invited_by_nobody": lines.invited(REVIEW, name, "", 0),
        "reminded": lines.reminded(REVIEW, name, "Bea Sample", 0),
        "reminded_partway": lines.reminded(REVIEW, name, "", 3),
        "home_answer": lines.goes_on(REVIEW, name, 0),
        "home_go_on": lines.goes_on(REVIEW, name, 3),
        "home_finish": lines.to_finish(REVIEW, name),
        "home_ready": lines.can_begin(REVIEW, name),
        "home_joint": lines.in_session(JOINT, name),
    }
    for key, item in drawn.items():
        yield Example(key, _alone(item))


def _alone(item: Item) -> Message:
    body: tuple[Block, ...] = (paragraph(item.text),)
    return Message(item.text, (*body, Buttons((item.button, *item.also))) if item.button else body)
