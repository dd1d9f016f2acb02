"""What goals do when others say that something happened: a check-in came, or someone asks for their data."""

from handlers.goals import rules, shown, spoken
from handlers.goals.feature import feature
from handlers.kit import audience
from handlers.kit.audience import goal_reader
from handlers.kit.content import Button
from handlers.kit.context import Context
from handlers.kit.happenings import CheckInRecorded, DataAsked, ErasureAsked, GoalWanted
from handlers.kit.text import day, listed, shortened
from storage.goal_records import Entry, Goal, GoalState, GoalWords


@feature.hears(CheckInRecorded)
def offer_to_name_a_goal(recorded: CheckInRecorded, context: Context) -> None:
    """Someone with an open goal may say which one the check-in moved."""
    person, network_id = context.person, recorded.network_id
    if context.store.goals.is_any_movable(goal_reader(person), network_id, runs=person.runs(network_id)):
        recorded.buttons.append(Button("It moved a goal", "goals.moved", str(recorded.checkin_id), opens_form=True))


@feature.hears(GoalWanted)
def make_a_goal_of_a_plan(wanted: GoalWanted, context: Context) -> None:
    """Its words become the title of a goal that only its author can read; a second wish finds it there."""
    title, reader = shortened(wanted.text, rules.LONGEST), goal_reader(context.person)
    standing = [one for one in context.store.goals.kept_of(reader) if one.state is GoalState.OPEN]
    if title in [one.words.title for one in standing]:
        wanted.said.append("This is one of your goals already. Type goals to see it.")
        return
    shown.keep_own(GoalWords(title), context)
    wanted.said.append("It is one of your goals now, and only you can read the goal. Type goals to see it.")


@feature.hears(DataAsked)
def tell_goals(asked: DataAsked, context: Context) -> None:
    """The goals that a person wrote or owns, what they said of any, and the reviews that they led."""
    store = context.store
    person = store.people.by_id(asked.person_id)
    if person is None:
        return
    for goal in store.goals.kept_of(goal_reader(person)):
        asked.sections.append((f"Goal: {goal.words.title}", _as_text(goal, context)))
    said = [_line(one, context) for one in store.goals.said_by(goal_reader(person))]
    if said:
        asked.sections.append(("What you said in the stories of goals", "\n".join(said)))
    waiting = store.goal_sentences.of_person(asked.person_id)
    if waiting:
        asked.sections.append(
            ("What you typed of goals and did not keep yet", "\n".join(f"- {one}" for one in waiting))
        )
    led = [f"- {day(context.local_on(one.began_at))}" for one in store.goal_reviews.of_person(asked.person_id)]
    if led:
        asked.sections.append(("Reviews of goals that you led", "\n".join(led)))


def _as_text(goal: Goal, context: Context) -> str:
    words = spoken.written(goal.words)
    lines = [f"{spoken.LABELS[key]}: {value}" for key, value in words.items() if value]
    lines.append(f"How sure: {spoken.CONFIDENCE[goal.confidence] if goal.confidence else spoken.NOT_SAID}")
    lines.extend([f"Where it is now: {goal.now}"] * bool(goal.now))
    lines.append(f"State: {spoken.STATES[goal.state]}")
    lines.append(f"Written on {day(context.local_on(goal.made_at))}")
    if goal.helpers:
        lines.append(f"Who helps: {listed([name for _, name in goal.helpers])}")
    lines.append(f"Who can read it: {audience.WORDS[goal.audience]}")
    return "\n".join(f"- {line}" for line in lines)


def _line(entry: Entry, context: Context) -> str:
    how = [entry.now, spoken.CONFIDENCE[entry.confidence] if entry.confidence else "", entry.why]
    changes = [f"{spoken.LABELS[one.key]}: “{one.before}” became “{one.after}”" for one in entry.changes]
    said = "; ".join(filter(None, [*how, *changes]))
    title = entry.goal_title or "a goal that you can read no more"
    about = f"{day(context.local_on(entry.at))}, {title}: {entry.told.value}"
    return f"- {about}; {said}" if said else f"- {about}"


@feature.hears(ErasureAsked)
def erase_goals(asked: ErasureAsked, context: Context) -> None:
    """Erase a person's own goals and what they said of others; a network's goals stay, without their name."""
    context.store.goals.erase_person(asked.person_id)
    context.store.goal_news.erase_person(asked.person_id)
    context.store.goal_sentences.erase_person(asked.person_id)
