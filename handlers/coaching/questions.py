"""Shows coaching questions to whoever is asked them: the line that asks, its reason, the answer, and turning it on."""

from collections.abc import Sequence
from datetime import datetime

from handlers.coaching import views
from handlers.kit.content import (
    Block,
    Bold,
    Button,
    Buttons,
    Form,
    Message,
    Question,
    Quote,
    Span,
    pages,
    paragraph,
    plain,
)  # fmt: skip
from handlers.kit.occasions import Item
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import counted, day, weekday
from handlers.kit.times import time_in_words
from storage.coached import AskedQuestion
from storage.records import QuestionKind

NOT_YOURS = "That question is not yours, or it is too old. Type coaching questions to see yours."
OFFER = "I can send you one question a week to think about. It comes in one message with what else I send you."
PROMPTS = Button("My prompts", "nudges.mine")
COACH = Button("Coach me", "help.do", "coach me")
TURN_ON = Button("Send me one a week", "coaching.on")
WHY = "Why this question?"
TURN_OFF = Button("No more questions", "coaching.off")


def line(asked: AskedQuestion, *, again: bool) -> Item:
    """The line of a message that asks."""
    opening = "This question waits for you, if you like" if again else "A question to think about, if you like"
    return Item(
        f"{opening}: {asked.text}",
        Button("Write an answer", "coaching.reply", str(asked.id), opens_form=True),
        (Button(WHY, "coaching.why", str(asked.id)), *_of_goal(asked)),
    )


def _of_goal(asked: AskedQuestion) -> tuple[Button, ...]:
    """The way to say how the goal goes that the question is on."""
    if asked.goal_id is None:
        return ()
    return (Button("Say how the goal goes", "goals.progress", str(asked.goal_id), opens_form=True),)


def reply(asked: AskedQuestion) -> Form:
    """The form of the answer, with what was answered before."""
    question = Question(
        "answer", asked.text, QuestionKind.LONG_TEXT, required=True, hint=views.PRIVATE, value=asked.answer or None
    )
    intro: tuple[Span, ...] = (f"A few words are enough. {NO_PATIENTS}",)
    return Form("coaching.reply", "Coaching question", (question,), str(asked.id), intro, "Keep")


def kept(asked: AskedQuestion) -> Message:
    """Says that an answer is kept."""
    text = "Thank you. Your answer is kept, and only you can read it."
    change = Button("Change my answer", "coaching.reply", str(asked.id), opens_form=True)
    return plain(text, change, *_of_goal(asked), COACH, Button("My answers", "coaching.answers"))


def why(asked: AskedQuestion) -> Message:
    """Says why a question was chosen, in the words that were kept with it."""
    opening = f"{asked.reason[:1].upper()}{asked.reason[1:]}."
    rest = "Fixed rules chose it, and no person did. Only you can read your answer."
    answer = Button("Write an answer", "coaching.reply", str(asked.id), opens_form=True)
    body = (paragraph(Bold(asked.text)), paragraph(opening), paragraph(rest))
    return Message(opening, body, (answer, *_of_goal(asked), TURN_OFF, PROMPTS))


def offer(answered: int) -> Message:
    """What coaching questions are, to someone who does not get them."""
    rest = "Only you can read your answers. You can skip any, and stop at any time."
    return Message(OFFER, (paragraph(OFFER), paragraph(rest)), (TURN_ON, *_answers(answered)))


def standing(next_at: datetime | None, answered: int) -> Message:
    """How coaching questions come to someone who gets them. `next_at` is on their own clock."""
    opening = "You get coaching questions, one at a time. Only you can read your answers."
    following = f" The next comes on {weekday(next_at.date())} at {time_in_words(next_at.time())}." if next_at else ""
    return Message(opening, (paragraph(opening + following),), (TURN_OFF, PROMPTS, *_answers(answered)))


def turned_on() -> Message:
    """Says that they come from now on."""
    text = "You now get one coaching question a week, on Mondays. To choose another day, type prompts."
    return plain(text, TURN_OFF, PROMPTS)


def turned_off() -> Message:
    """Says that they come no more."""
    return plain("I send you no more coaching questions. What you answered is kept for you.", TURN_ON, views.MINE)


def _answers(count: int) -> tuple[Button, ...]:
    return (Button("My answers", "coaching.answers"),) if count else ()


def answers(asked: Sequence[AskedQuestion], page: int, total: int) -> Message:
    """A page of what one was asked and answered, newest first."""
    if not total:
        return plain("You were asked no coaching question yet. Type coaching questions to begin.", COACH)
    opening = f"You were asked {counted(total, 'question', 'questions')}. Only you can read your answers."
    body: list[Block] = [paragraph(opening)]
    for one in asked:
        body.append(paragraph(Bold(f"{day(one.on)}: {one.text}")))
        body.append(Quote(one.answer) if one.answer else paragraph("You have not answered this, and need not."))
        label = "Change my answer" if one.answer else "Write an answer"
        button = Button(label, "coaching.reply", str(one.id), opens_form=True, about=day(one.on))
        body.append(Buttons((button, Button(WHY, "coaching.why", str(one.id), about=day(one.on)))))
    return Message(opening, tuple(body), (*pages("coaching.answers", page, total, views.PAGE), views.MINE))


def as_text(asked: AskedQuestion) -> str:
    """A question and its answer as text, for its person's export."""
    return f"{asked.text}\n\n{asked.answer or 'You did not answer.'}\n\nAsked {asked.reason}."
