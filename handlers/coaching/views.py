"""Shows a coaching conversation: one question at a time, and what came of it."""

from collections.abc import Sequence
from datetime import date

from handlers.coaching import rules
from handlers.kit.audience import SENTENCES
from handlers.kit.content import Block, Bold, Button, Buttons, Facts, Heading, Message, Quote, pages, paragraph, plain
from handlers.kit.occasions import Item
from handlers.kit.text import counted, day, listed, shortened, weekday
from storage.coached import Share, SharedPlan, Step, Talk
from storage.records import Audience

PAGE = 5
"""Talks, or shared plans, on one page."""
LONGEST_QUOTED = 200
"""Characters of what someone said that a question quotes."""
LONGEST_SHOWN = 600
"""Characters of what someone said beside all else that they said; one press shows the whole."""
SCALE = tuple(range(11))
PRIVATE = SENTENCES[Audience.ONLY_ME]
NOT_YOURS = "That talk is not there any more, or it is not yours. Type coach me to begin one."
ALREADY_GOING_ON = "You are in another talk now. Type coach me to go on with that one."
MINE = Button("My coaching", "coaching.mine")
WEEKLY = "I can also send you one question a week to think about."
_QUESTIONS = {
    Step.REVIEW: "What is better since then?",
    Step.OUTCOME: "What do you want to be different in your work with the network?",
    Step.SCALE: "Where are you now?",
    Step.ACTION: "What is one small thing that you will do next?",
}
_HEADS = {
    Step.REVIEW: "What is better",
    Step.OUTCOME: "What you want",
    Step.SCALE: "Where you are",
    Step.KNOW_HOW: "What works",
    Step.ACTION: "Your plan",
}


def question_on(talk: Talk) -> str:
    """The question that a talk asks now, as short as it can be."""
    if talk.step is not Step.KNOW_HOW:
        return _QUESTIONS[talk.step]
    if talk.scale is None:
        return "What already works, even a little?"
    if talk.scale == 0:
        return "You are at 0. What helps you to carry on?"
    return f"You are at {talk.scale}, and not at 0. What already works?"


def plan_of(talk: Talk | SharedPlan) -> str:
    """The plan in quotation marks."""
    return f"“{rules.plan(talk.when, talk.then)}.”"


def begun(talk: Talk, before: Talk | None, said_on: date | None) -> Message:
    """The first question of a new talk, with what one needs to know before."""
    opening = "This is a short talk with a few questions. I am a bot, and nobody else reads this."
    more = "You can skip a question, stop at any time, or come back another day."
    asked = _asking(talk, before, said_on)
    return Message(f"{opening} {asked[-1]}", (paragraph(f"{opening} {more}"), *_paragraphs(asked)), _buttons(talk))


def come_back(talk: Talk, before: Talk | None, said_on: date | None, began_on: date) -> Message:
    """The next question of a talk that began some time ago, with what was said in it so far."""
    opening = f"You began this talk on {weekday(began_on)}. Only you can read it."
    body: list[Block] = [paragraph(opening)]
    if rows := _said(talk):
        body.append(Facts(tuple(rows)))
    asked = _asking(talk, before, said_on)
    return Message(f"{opening} {asked[-1]}", (*body, *_paragraphs(asked)), _buttons(talk))


def goes_on(talk: Talk, began_on: date) -> Item:
    """The line of one's own page that leads back into a talk."""
    text = f"You began a coaching talk on {weekday(began_on)}. You can go on with it when it suits you."
    return Item(text, Button("Go on", "coaching.resume", str(talk.id), about="your coaching talk"))


def following(talk: Talk, before: Talk | None, said_on: date | None) -> Message:
    """The next question."""
    asked = _asking(talk, before, said_on)
    return Message(" ".join(asked), tuple(_paragraphs(asked)), _buttons(talk))


def _paragraphs(asked: Sequence[str]) -> list[Block]:
    return [*(paragraph(one) for one in asked[:-1]), paragraph(Bold(asked[-1]))]


def _asking(talk: Talk, before: Talk | None, said_on: date | None) -> list[str]:
    """What stands before the question, if anything, and the question."""
    said: list[str] = []
    if talk.step is Step.REVIEW and before and said_on:
        said.append(f"On {weekday(said_on)} you said: {plan_of(before)}")
    if talk.step is Step.SCALE:
        said.append("Think of a scale. 0 is as far away as can be. 10 is just as you want it.")
    if talk.step is Step.ACTION and talk.know_how:
        said.append(f"You have this to build on: “{_quoted(talk.know_how)}”")
    return [*said, question_on(talk)]


def _buttons(talk: Talk) -> tuple[Button, ...]:
    own = str(talk.id)
    step = f"{talk.id}.{rules.number_of(talk.step)}"
    answer = [Button("Answer", "coaching.say", step, opens_form=True, primary=True)]
    if talk.step is Step.SCALE:
        answer = [Button(str(number), "coaching.scale", f"{own}.{number}") for number in SCALE]
    return (
        *answer,
        Button("Skip this question", "coaching.skip", step),
        Button("Stop here", "coaching.stop", own),
    )


def _said(talk: Talk) -> list[tuple[str, str]]:
    """What was said in a talk, in its order, each cut where it is very long."""
    return [(head, shortened(words, LONGEST_SHOWN)) for head, words in _whole(talk)]


def _whole(talk: Talk) -> list[tuple[str, str]]:
    rows = [
        (_HEADS[Step.REVIEW], talk.review),
        (_HEADS[Step.OUTCOME], talk.outcome),
        (_HEADS[Step.SCALE], "" if talk.scale is None else f"{talk.scale}, from 0 to 10"),
        (_HEADS[Step.KNOW_HOW], talk.know_how),
        (_HEADS[Step.ACTION], f"{rules.plan(talk.when, talk.then)}." if talk.has_plan else ""),
    ]
    return [(head, words) for head, words in rows if words]


def done(talk: Talk, *, may_share: bool, may_be_goal: bool, asks: bool = False, readers: Sequence[str] = ()) -> Message:
    """What the talk came to, and what one may do with it: each is an offer. `asks`: so is a question each week.

    `readers`: with whom the plan is shared already.
    """
    weekly = (Button("A question each week", "coaching.on"),) if asks else ()
    if not talk.has_plan:
        opening = "That was the last question. What you said is kept, and only you can read it."
        return plain(f"{opening} {WEEKLY}" if asks else opening, *weekly, MINE)
    who = f"You and {listed(list(readers))}" if readers else "Only you"
    opening = f"That is your plan. {who} can read it."
    body: list[Block] = [paragraph(opening), Quote(f"{rules.plan(talk.when, talk.then)}.")]
    if talk.moment_on:
        body.append(paragraph(f"The day for it is {weekday(talk.moment_on)}."))
    body.append(paragraph("When you type coach me again, I ask what is better since then."))
    if asks:
        body.append(paragraph(WEEKLY))
    return Message(opening, tuple(body), (*_offers(talk, may_share, may_be_goal), *weekly, MINE))


def _offers(talk: Talk, may_share: bool, may_be_goal: bool) -> list[Button]:
    offers = []
    if may_share:
        offers.append(Button("Share my plan", "coaching.share", str(talk.id), opens_form=True))
    if may_be_goal:
        offers.append(Button("Make it a goal", "coaching.goal", str(talk.id)))
    return offers


def stopped(talk: Talk) -> Message:
    """Says that a talk has ended before its last question."""
    if talk.is_empty:
        return plain("We have stopped, and nothing is kept. Type coach me when you want to talk.", MINE)
    text = "We have stopped. What you said is kept, and only you can read it."
    return plain(text, Button("Go on after all", "coaching.resume", str(talk.id)), MINE)


def kept_in_old(talk: Talk, on: date) -> Message:
    """Says that an answer came to a talk that has ended."""
    return plain(f"That is kept in your talk of {day(on)}. Only you can read it.", MINE)


def goal_made(said: Sequence[str]) -> Message:
    """Says what came of a plan that should be a goal."""
    return plain(" ".join(said) or "Your plan is a goal now. Type goals to see it.", MINE)


def past(talks: Sequence[tuple[Talk, date]], shares: Sequence[Share], page: int, total: int, shared: int) -> Message:
    """A page of one's own talks, each with its date, newest first; `shared`: how many plans others share with one."""
    from_others = (
        Button(f"Plans shared with me ({shared})", "coaching.shared"),
    ) if shared else ()  # fmt: skip
    if not total:
        opening = "You have no talks yet. Type coach me to begin one. Only you will read it."
        return plain(opening, *from_others)
    them = "it" if total == 1 else "them"
    opening = f"You have had {counted(total, 'talk', 'talks')}. Only you can read {them}, but for plans that you share."
    body: list[Block] = [paragraph(opening)]
    for place, (talk, on) in enumerate(talks):
        about = f"talk {total - page * PAGE - place}, {day(on)}"
        body += _one_of_past(talk, on, about, [one for one in shares if one.talk_id == talk.id])
    turn = pages("coaching.mine", page, total, PAGE)
    return Message(opening, tuple(body), (*turn, *from_others))


def _one_of_past(talk: Talk, on: date, about: str, shares: Sequence[Share]) -> list[Block]:
    rows = tuple(_said(talk))
    body: list[Block] = [Heading(day(on)), Facts(rows) if rows else paragraph("Nothing was said yet.")]
    if shares:
        body.append(paragraph(f"You share this plan with {listed([one.with_name for one in shares])}."))
    buttons = [
        Button(f"Stop sharing: {shortened(one.with_name, 40)}", "coaching.unshare", f"{talk.id}.{one.id}", about=about)
        for one in shares
    ]
    if rows != tuple(_whole(talk)):
        buttons.append(Button("Read all of it", "coaching.read", str(talk.id), about=about))
    if talk.ended_at is None:
        buttons.append(Button("Go on", "coaching.resume", str(talk.id), about=about))
    elif talk.has_plan:
        buttons.append(Button("Share this plan", "coaching.share", str(talk.id), opens_form=True, about=about))
    sure = "Delete this talk? All that you said in it goes for good."
    buttons.append(Button("Delete", "coaching.delete", str(talk.id), danger=True, about=about, confirm=sure))
    return [*body, Buttons(tuple(buttons))]


def whole(talk: Talk, on: date, readers: Sequence[str]) -> Message:
    """All that was said in one talk, however long. `readers`: with whom its plan is shared."""
    but = f", but {listed(list(readers))} can read its plan" if readers else ""
    title = f"Your talk of {day(on)}. Only you can read it{but}."
    body: list[Block] = [paragraph(title)]
    for head, words in _whole(talk):
        body += [Heading(head), Quote(words)]
    return Message(title, tuple(body), (MINE,))


def as_text(talk: Talk) -> str:
    """A talk as text, for its person's export."""
    rows = [*_whole(talk), *([("The day of your plan", day(talk.moment_on))] if talk.moment_on else [])]
    return "\n\n".join(f"{head}\n\n{words}" for head, words in rows) or "Nothing was said."


def _quoted(words: str) -> str:
    return shortened(" ".join(words.split()), LONGEST_QUOTED)
