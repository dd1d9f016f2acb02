"""The forms of updates."""

from collections.abc import Sequence
from datetime import date

from handlers.kit.content import Choice, Form, Question
from handlers.kit.facts import Section
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import days_in_words
from handlers.updates import document, rules
from handlers.updates.rules import Period
from handlers.updates.views import SECTIONS, begun
from storage.draft_records import Draft
from storage.plan_records import Plan
from storage.records import Audience, Condition, Network, Person, QuestionKind

LONGEST_SECTION = 3000
"""Characters of a section's text in its form."""
LONGEST_LINE = 500
"""Characters of a line of one's own."""
LONGEST_WISH = 300
PERIODS = {
    Period.THIS_MONTH: "This month so far",
    Period.LAST_MONTH: "Last month",
    Period.LAST_QUARTER: "Last quarter",
    Period.SINCE_LAST: "Since the last update",
    Period.OWN: "Days that I choose",
}
AUDIENCES = {
    Audience.NETWORK: "Everyone in the network",
    Audience.FACULTY: "The network and the faculty",
    Audience.FUNDER: "All of these, and funders",
}
WHO_SEES = "You see the draft first. It holds only what people share with those whom you choose here."


TYPED = {
    "this month": Period.THIS_MONTH,
    "month": Period.LAST_MONTH,
    "last month": Period.LAST_MONTH,
    "quarter": Period.LAST_QUARTER,
    "last quarter": Period.LAST_QUARTER,
    "since last": Period.SINCE_LAST,
    "since the last": Period.SINCE_LAST,
    "since the last update": Period.SINCE_LAST,
}
"""Days as people type them behind the word that asks for a draft."""


def new(network: Network, *, has_last: bool, period: Period = Period.LAST_MONTH) -> Form:
    """Which days, and who shall read it; `period` is chosen before."""
    periods = [one for one in Period if has_last or one is not Period.SINCE_LAST]
    chosen = period if period in periods else Period.LAST_MONTH
    own = Condition("period", (Period.OWN.value,))
    days = "First day", "Last day"
    return Form(
        "updates.new",
        "Draft an update",
        (
            Question(
                "period",
                "Which days shall it tell of?",
                QuestionKind.CHOICE,
                True,
                choices=tuple(Choice(one.value, PERIODS[one]) for one in periods),
                value=chosen.value,
            ),
            Question("first", days[0], QuestionKind.DATE, shown_if=own),
            Question("last", days[1], QuestionKind.DATE, shown_if=own),
            _audience(),
        ),
        begun(network, chosen),
        (f"An update of {network.name}, made of what people chose to share.",),
        "Draft it",
    )


def _audience() -> Question:
    choices = tuple(Choice(one.name.lower(), AUDIENCES[one]) for one in rules.AUDIENCES)
    standing = Audience.NETWORK.name.lower()
    return Question("audience", "Who shall be able to read it?", QuestionKind.CHOICE, True, WHO_SEES, choices, standing)


def final(plan: Plan, network: Network, days: tuple[date, date]) -> Form:
    """Who shall read the update of a whole plan; its days stand."""
    intro = f"An update of {network.name} over its whole plan, {days_in_words(*days)}."
    return Form("updates.final", "Draft the final update", (_audience(),), str(plan.id), (intro,), "Draft it")


def edit(draft: Draft, section: Section, text: str) -> Form:
    """A section's text, to change."""
    label = f"What shall stand under “{document.TITLES[section]}”?"
    hint = f"One line for each point. A line that you take out is gone. {document.READ_BY[draft.audience]}"
    argument = f"{draft.id}.{SECTIONS.index(section)}.{draft.part(section.value).version}"
    return Form(
        "updates.edit",
        "Edit a section",
        (Question("text", label, QuestionKind.LONG_TEXT, False, hint, value=text, max_length=LONGEST_SECTION),),
        argument,
        (f"What you change is noted as edited by you. {NO_PATIENTS}",),
        "Save",
    )


def add(draft: Draft, section: Section) -> Form:
    """A line of one's own for a section."""
    label = f"What would you like to say under “{document.TITLES[section]}”?"
    hint = f"You are its source. {document.READ_BY[draft.audience]}"
    return Form(
        "updates.add",
        "Add a line",
        (Question("line", label, QuestionKind.LONG_TEXT, True, hint, max_length=LONGEST_LINE),),
        f"{draft.id}.{SECTIONS.index(section)}",
        (NO_PATIENTS,),
        "Add it",
    )


def ask(draft: Draft, others: Sequence[Person]) -> Form:
    """Whom to ask to approve the draft."""
    choices = tuple(Choice(str(one.id), one.name) for one in others)
    hint = "They get a message from you, with a button to the draft."
    return Form(
        "updates.ask",
        "Ask for approval",
        (Question("who", "Who shall look at it before it goes out?", QuestionKind.CHOICE, True, hint, choices),),
        str(draft.id),
        ("Until they approve it, nobody can post it.",),
        "Ask them",
    )


def wish(draft: Draft) -> Form:
    """What shall be changed before one approves."""
    hint = "Those who run the network can read this."
    return Form(
        "updates.wish",
        "Ask for changes",
        (Question("wish", "What shall be changed?", QuestionKind.SHORT_TEXT, True, hint, max_length=LONGEST_WISH),),
        str(draft.id),
        (NO_PATIENTS,),
        "Send it",
    )
