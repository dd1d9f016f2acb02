"""The forms of a coaching conversation: one question each, and whom to share a plan with."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.coaching import rules, views
from handlers.kit import whom
from handlers.kit.content import Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import listed
from storage.coached import Step, Talk
from storage.records import QuestionKind

LONGEST_HALF = 300
"""Characters of each half of a plan: it is one small step."""
KEYS = {Step.REVIEW: "review", Step.OUTCOME: "outcome", Step.KNOW_HOW: "know_how"}
"""The questions that are answered in one text, with the field of `Talk` that each fills."""
_HINTS = {
    Step.REVIEW: "Even a little counts. It is fine if nothing is.",
    Step.OUTCOME: "One thing is enough.",
    Step.KNOW_HOW: "It may be small.",
}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone to share a plan with, in a network that both are in."""

    person_id: int
    network_id: int
    name: str
    network: str

    @property
    def candidate(self) -> whom.Candidate:
        """The colleague as one to choose."""
        value = f"{self.network_id}.{self.person_id}"
        return whom.Candidate(value, self.person_id, self.name, f"{self.name}, {self.network}")


def say(talk: Talk, step: Step, readers: Sequence[str] = ()) -> Form:
    """The form of one question, with what was answered before. `readers`: with whom the plan is shared already."""
    argument = f"{talk.id}.{rules.number_of(step)}"
    if step is Step.ACTION:
        return Form("coaching.say", "One small step", _plan_questions(talk, readers), argument, (NO_PATIENTS,), "Keep")
    asked = Talk(talk.id, talk.person_id, step, talk.started_at, talk.moved_at, scale=talk.scale)
    question = Question(
        KEYS[step],
        views.question_on(asked),
        QuestionKind.LONG_TEXT,
        required=True,
        hint=f"{_HINTS[step]} {views.PRIVATE}",
        value=getattr(talk, KEYS[step]) or None,
    )
    return Form("coaching.say", "Coach me", (question,), argument, (NO_PATIENTS,), "Keep")


def _plan_questions(talk: Talk, readers: Sequence[str]) -> tuple[Question, ...]:
    who = f"You and {listed(readers)} can read this." if readers else views.PRIVATE
    return (
        Question(
            "when", "When will you do it?", QuestionKind.SHORT_TEXT, required=True,
            hint=f"For example: when the rota is out. {who}", value=talk.when or None,
            max_length=LONGEST_HALF,
        ),
        Question(
            "then", "What will you do then?", QuestionKind.SHORT_TEXT, required=True,
            hint=f"For example: I will ring the ward. {who}", value=talk.then or None,
            max_length=LONGEST_HALF,
        ),
        Question(
            "moment_on", "Which day could that be?", QuestionKind.DATE, hint="You can leave this out.",
            value=talk.moment_on.isoformat() if talk.moment_on else None,
        ),
    )  # fmt: skip


def share(talk: Talk, colleagues: Sequence[Colleague]) -> Form:
    """The form that says with whom the plan is shared: nothing happens until it is sent."""
    intro = (f"They can read this and nothing else: {views.plan_of(talk)} You can stop sharing at any time.",)
    typing = "Type the name of someone in your network."
    question = whom.question("With whom do you want to share it?", [one.candidate for one in colleagues], typing)
    return Form("coaching.share", "Share my plan", (question,), str(talk.id), intro, "Share")


def chosen(value: str, colleagues: Sequence[Colleague]) -> list[Colleague]:
    """Whom the answer means."""
    by_value = {one.candidate.value: one for one in colleagues}
    return [by_value[one.value] for one in whom.meant(value, [one.candidate for one in colleagues])]
