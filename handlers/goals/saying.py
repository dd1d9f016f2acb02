"""How a goal goes, in one typed line: it is read back, and kept once its writer says so."""

from handlers.goals import forms, moving, readback, rules, sentences, shown, views, whose
from handlers.goals.feature import feature
from handlers.kit.arguments import ids
from handlers.kit.content import Form, Message
from handlers.kit.context import Context
from handlers.kit.errors import Refusal
from handlers.kit.events import Command, Press, Submission
from handlers.kit.replies import Ask, Correct, Replace, Reply, Say
from storage.goal_records import Entry, Goal, Told


@feature.command("progress", does="Say how a goal goes, as progress: rota: 3 of 5, on track", order=15)
def say_in_a_sentence(command: Command, rest: str, context: Context) -> Reply:
    """Read back what was typed, or ask which goal it is about; without a word on how it goes, offer the form."""
    line = " ".join(rest.split()).lstrip(":-– ").strip()
    if len(line) > rules.LONGEST:
        raise Refusal(
            f"This takes one line of up to {rules.LONGEST} letters, and yours has {len(line):,}. "
            "Please send it again, shorter."
        )
    goals = _tellable(context)
    if not goals:
        raise Refusal(f"There is no open goal that you can say this of. {views.HOW_TO}")
    found, _ = sentences.meant(line, goals, context.person.id)
    if sentences.said_of(line, found[0]).is_empty:
        return _without_words(found)
    sentence_id = context.store.goal_sentences.add(context.person.id, line, context.now)
    if len(found) > 1:
        return Say(readback.which(line, found, sentence_id))
    return Say(_understood(found[0], line, sentence_id, others=len(goals) > 1))


def _tellable(context: Context) -> list[Goal]:
    """The open goals that whoever acts may say something of, what needs a look first."""
    reader = whose.reader(context)
    found = [one for one in context.store.goals.open_for(reader) if rules.may_update(one, context.person, reader)]
    return rules.by_need(found, context.today_on, context.now)


def _without_words(found: list[Goal]) -> Reply:
    if len(found) > 1:
        return Say(readback.which_to_tell(found))
    return Ask(forms.progress(found[0]), readback.to_tell(found[0]))


def _understood(goal: Goal, line: str, sentence_id: int, *, others: bool) -> Message:
    return readback.understood(goal, sentences.said_of(line, goal), sentence_id, others=others)


def _line(sentence_id: int, context: Context) -> str:
    line = context.store.goal_sentences.own(sentence_id, context.person.id)
    if line is None:
        raise Refusal(readback.GONE)
    return line


@feature.press("which")
def ask_which(press: Press, context: Context) -> Reply:
    """Any goal that the line may be about, where the wrong one was understood."""
    (sentence_id,) = ids(press.argument, 1)
    return Replace(readback.which(_line(sentence_id, context), _tellable(context), sentence_id))


@feature.press("meant")
def say_which(press: Press, context: Context) -> Reply:
    """Read the line back as one about that goal."""
    goal_id, sentence_id = ids(press.argument, 2)
    goal = whose.open_to(goal_id, context, rules.may_update)
    return Replace(_understood(goal, _line(sentence_id, context), sentence_id, others=True))


@feature.press("said")
def keep_sentence(press: Press, context: Context) -> Reply:
    """Keep with the goal what was understood of the line; read it back anew where the goal is not as it was then."""
    goal_id, sentence_id, *stamp = ids(press.argument, 4)
    goal = whose.open_to(goal_id, context, rules.may_update)
    if tuple(stamp) != readback.stamp(goal):
        understood = sentences.said_of(_line(sentence_id, context), goal)
        return Replace(readback.understood(goal, understood, sentence_id, others=True, is_anew=True))
    line = context.store.goal_sentences.take(sentence_id, context.person.id)
    if line is None:
        raise Refusal(readback.GONE)
    said = sentences.said_of(line, goal)
    entry = Entry(
        Told.PROGRESS, context.now, context.person.id, "", said.confidence, said.now, said.number, said.why
    )  # fmt: skip
    shown.tell(goal.id, entry, context)
    return Replace(shown.anew(goal.id, context, "That is kept."))


def draw_say(argument: str, context: Context) -> Form:
    """The form of how the goal goes, with what was understood of the line."""
    goal_id, sentence_id = ids(argument, 2)
    goal = whose.changeable(goal_id, context, rules.may_update)
    return readback.change(goal, sentences.said_of(_line(sentence_id, context), goal), sentence_id)


@feature.form("say", draw_say)
def keep_changed(submission: Submission, context: Context) -> Reply:
    """Keep with the goal what the form says now."""
    goal_id, sentence_id = ids(submission.argument, 2)
    goal, entry = whose.open_to(goal_id, context, rules.may_update), moving.told_by(submission.values, context)
    if moving.says_nothing(entry, goal):
        form = draw_say(submission.argument, context).filled(submission.values)
        return Correct(form, {"now": moving.SAY_SOMETHING})
    if context.store.goal_sentences.take(sentence_id, context.person.id) is None:
        raise Refusal(readback.GONE)
    shown.tell(goal.id, entry, context)
    return Say(shown.anew(goal.id, context, "That is kept."))
