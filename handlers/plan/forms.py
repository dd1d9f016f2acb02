"""The forms of a plan; under each text stands who will be able to read it."""

from collections.abc import Sequence
from datetime import date

from handlers.kit import audience, whom
from handlers.kit.content import Choice, Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import day, shortened
from handlers.kit.whom import Candidate
from handlers.plan import lines, months, standing
from prompts.plan import Action
from prompts.plan.words import Words
from storage.plan_records import Plan, PlanItem, PlanPoint
from storage.records import Audience, Network, QuestionKind

AUDIENCES = (Audience.LEADERS, Audience.NETWORK, Audience.FACULTY)
"""Who a plan can be for."""
LONGEST_TITLE = 300
LONGEST_STEP = 200
LONGEST_NOTE = 2000
GO_ON, ANEW = "go on", "anew"
_READERS = tuple(Choice(one.name.lower(), audience.WORDS[one]) for one in AUDIENCES)
_TYPING = "Write their name."
_NO_PATIENTS = f" {NO_PATIENTS}"


def begin(network: Network, began_on: date, words: Words, review_on: date | None, argument: str) -> Form:
    """When a plan begins and who can read it."""
    source = f"It can rest on your review of {day(review_on)}." if review_on else "You can make one without a review."
    began = f" The network began on {day(network.started_on)}." if network.started_on else ""
    return Form(
        "plan.begin",
        "Make a plan",
        (
            Question(
                "began_on", "When do the 18 months begin?", QuestionKind.DATE, True,
                f"The review points are counted from that day.{began}", value=began_on.isoformat(),
            ),
            _who_reads(Audience.NETWORK, words),
        ),
        argument,
        (f"This is for {network.name}. {source}",),
        "Make the plan",
    )  # fmt: skip


def _who_reads(stands: Audience, words: Words) -> Question:
    label = "Who can read the plan?"
    return Question("audience", label, QuestionKind.CHOICE, True, words.readers, _READERS, stands.name.lower())


def hint(readers: Audience) -> str:
    """Who can read what is typed."""
    also = " So can whoever looks after it." if readers < Audience.NETWORK else ""
    return f"{audience.SENTENCES[readers]}{also}"


def item(
    plan: Plan,
    words: Words,
    people: Sequence[Candidate],
    today_on: date,
    me_id: int,
    action: Action | None,
    argument: str,
) -> Form:
    """The form that puts something into the plan: from the catalogue, or the people's own."""
    fits = action.months if action else (1, months.LENGTH)
    month_on = months.usual_month(plan.began_on, today_on, fits)
    me = str(me_id) if any(one.person_id == me_id for one in people) else ""
    return Form(
        "plan.choose" if action else "plan.own",
        "Put it in the plan",
        _of_item(
            hint(plan.audience), words, people, me, months.to_choose(plan.began_on, today_on), month_on,
            (action.title, action.step_when, action.step_then) if action else ("", "", ""),
        ),
        argument,
        (f"{words.ask_first} You can put it in your own words.{_NO_PATIENTS}",),
        "Put it in",
    )  # fmt: skip


def change(
    plan: Plan, one: PlanItem, words: Words, people: Sequence[Candidate], today_on: date,
    argument: str,
) -> Form:  # fmt: skip
    """The form that changes an item that is still to do."""
    owner = str(one.owner_id) if any(found.person_id == one.owner_id for found in people) else ""
    choices = months.to_choose(plan.began_on, today_on, one.month_on)
    first = f"{lines.moved(one)} " if one.first_on else ""
    return Form(
        "plan.change",
        "Change this item",
        _of_item(
            hint(plan.audience), words, people, owner, choices, one.month_on, (one.title, one.step_when, one.step_then)
        ),
        argument,
        (f"{first}What its objective said before stays in its story.{_NO_PATIENTS}",),
        "Save",
    )


def _of_item(
    readers: str,
    words: Words,
    people: Sequence[Candidate],
    owner: str,
    choices: Sequence[date],
    month_on: date,
    texts: tuple[str, str, str],
) -> tuple[Question, ...]:
    title, when, then = texts
    named = tuple(Choice(one.isoformat(), months.in_words(one)) for one in choices)
    return (
        _short("title", "What do you want to do?", readers, LONGEST_TITLE, title, required=True),
        Question("month", "In which month?", QuestionKind.CHOICE, True, "", named, month_on.isoformat()),
        whom.question(words.owner_question, people, _TYPING, owner),
        _short("step_when", "First step: when will the moment be? When …", readers, LONGEST_STEP, when),
        _short("step_then", "What will be done then? I will …", readers, LONGEST_STEP, then),
    )


def move(plan: Plan, point: PlanPoint, argument: str) -> Form:
    """The form that moves a review point to another day."""
    first = f" It was first on {day(point.first_on)}." if point.on != point.first_on else ""
    last_on = months.last_day(plan.began_on)
    question = Question(
        "on", "On which day?", QuestionKind.DATE, True, f"Up to {day(last_on)}.", value=point.on.isoformat()
    )
    intro = (f"The review point of month {point.month} is on {day(point.on)}.{first}",)
    return Form("plan.move", "Move a review point", (question,), argument, intro, "Move it")


def hold(plan: Plan, point: PlanPoint, today_on: date, words: Words, argument: str) -> Form:
    """The form that notes what came of a review point."""
    held_on = (point.held_on or today_on).isoformat()
    return Form(
        "plan.hold",
        f"Month {point.month}",
        (
            Question("on", "When was it held?", QuestionKind.DATE, True, value=held_on),
            _long("note", "What came of it?", audience.SENTENCES[plan.audience], point.note, LONGEST_NOTE),
        ),
        argument,
        (f"{words.invitation(point.month)} {words.decides} You can leave the note empty.{_NO_PATIENTS}",),
        "Keep it",
    )


def again(plan: Plan, month: int, argument: str) -> Form:
    """The form that makes a new plan, with what of the old one goes on."""
    open_items = standing.open_items(plan)
    readers = audience.SENTENCES[plan.audience]
    questions = [_short("why", "Why does it need a new plan?", readers, LONGEST_TITLE, required=True)]
    if open_items:
        choices = tuple(
            Choice(str(one.id), shortened(f"{one.title}, {months.in_words(one.month_on)}", whom.LONGEST_LABEL))
            for one in open_items
        )
        label, about = "What goes on in the new plan?", "What you leave out stays as it is among your goals."
        ticked = tuple(one.value for one in choices)
        questions.append(Question("items", label, QuestionKind.SEVERAL, False, about, choices, ticked))
    if 0 < month <= months.LENGTH:
        count = (
            Choice(GO_ON, f"They go on: this is month {month} of {months.LENGTH}"),
            Choice(ANEW, "They begin again today"),
        )
        questions.append(Question("count", "And the 18 months?", QuestionKind.CHOICE, True, "", count, GO_ON))
    intro = (f"The plan as it is now stays to be read beside the new one.{_NO_PATIENTS}",)
    return Form("plan.again", "Make a new plan", tuple(questions), argument, intro, "Make it")


def readers(plan: Plan, words: Words, argument: str) -> Form:
    """The form that says who can read a plan."""
    intro = (
        "This is about the plan: its items and dates. Notes that stand in it already reach nobody new. "
        "Each objective in it keeps its own readers, which you can choose on its page.",
    )
    return Form("plan.audience", "Who can read this", (_who_reads(plan.audience, words),), argument, intro, "Save")


def end(plan: Plan, words: Words, argument: str) -> Form:
    """The three questions at the end of a plan."""
    readers = audience.SENTENCES[plan.audience]
    return Form(
        "plan.end",
        "Look back",
        (
            _long("changed", "What changed?", f"{words.worth} {readers}", "", LONGEST_NOTE, required=True),
            _long("lasts", "What will last?", readers, "", LONGEST_NOTE),
            _long("learned", "What did you learn?", f"What did not work counts too. {readers}", "", LONGEST_NOTE),
        ),
        argument,
        (f"This ends the plan. It stays to be read, and its objectives stay as they are.{_NO_PATIENTS}",),
        "End the plan",
    )


def _short(key: str, label: str, hint: str, most: int, value: str = "", *, required: bool = False) -> Question:
    return Question(key, label, QuestionKind.SHORT_TEXT, required, hint, value=value or None, max_length=most)


def _long(key: str, label: str, hint: str, value: str, most: int, *, required: bool = False) -> Question:
    return Question(key, label, QuestionKind.LONG_TEXT, required, hint, value=value or None, max_length=most)
