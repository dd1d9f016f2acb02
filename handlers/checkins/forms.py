"""The forms of a check-in: its questions, the same to change it, and who can read each answer."""

from handlers.checkins import rules
from handlers.kit import answers, audience
from handlers.kit.content import Bold, Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import counted, day, shortened, weekday
from storage.records import CheckIn, Network, QuestionKind, Template


def record_form(network: Network, template: Template, instead_of: CheckIn | None = None) -> Form:
    """The check-in form; `instead_of` is the one of this week that sending it puts aside: its readers read this one."""
    replaced = f".{instead_of.id}" if instead_of else ""
    return Form(
        "checkins.record",
        "Check in",
        rules.form_questions(template, instead_of),
        f"{network.id}.{template.id}{replaced}",
        ("For ", Bold(network.name), f". {_what_may_be_skipped(template)} {NO_PATIENTS}"),
        "Send",
    )


def _what_may_be_skipped(template: Template) -> str:
    needed = sum(one.required for one in template.questions)
    if not needed:
        return "You can skip what you like."
    if needed == len(template.questions):
        return "Please answer each question."
    return f"{counted(needed, 'question needs', 'questions need')} an answer. You can skip the rest."


def edit_form(network: Network, template: Template, before: CheckIn) -> Form:
    """The form that changes one's check-in, with what stands there."""
    when = f"You checked in on {weekday(before.recorded_at.date())}. This changes what you said then."
    return Form(
        "checkins.edit",
        "Edit your check-in",
        rules.form_questions(template, before),
        f"{before.id}.{template.id}.{rules.version(before)}",
        ("For ", Bold(network.name), f", week of {day(before.week_on)}. {when} {NO_PATIENTS}"),
        "Save",
    )


def audience_form(checkin: CheckIn, template: Template) -> Form:
    """Who can see each answer, to narrow or widen."""
    questions = tuple(
        Question(
            answer.key,
            answers.label(template, answer.key),
            QuestionKind.CHOICE,
            required=True,
            hint=f"You said: {shortened(answers.shown(template, answer), 80)}",
            choices=audience.CHOICES,
            value=answer.audience.name.lower(),
        )
        for answer in answers.in_order(checkin, template)
    )
    intro = ("Here is who can read each answer. Choose fewer or more people, then save.",)
    return Form("checkins.audience", "Who can see this", questions, str(checkin.id), intro, "Save")
