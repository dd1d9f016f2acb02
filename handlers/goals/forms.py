"""The forms of goals; under each text stands who will be able to read it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.goals import rules, spoken
from handlers.goals.rules import Missing
from handlers.kit import audience
from handlers.kit.content import Bold, Choice, Form, Question
from handlers.kit.patient_details import NO_PATIENTS
from handlers.kit.text import shortened
from storage.goal_records import Confidence, Goal, GoalWords
from storage.records import Audience, Network, Person, QuestionKind

MINE = "mine"
NO_OBJECTIVE = "none"
AS_IT_IS = "as_it_is"
MOST_NAMES = 100
"""Names to choose from at once; a larger network's are typed."""
LIKE = "For example 30 June, end of June, or in three weeks."
WRITTEN_DATE = f"{LIKE} Leave this empty if there is none."
READ_BY = {
    Audience.ONLY_ME: "Only you can read this.",
    Audience.COORDINATOR: "Its author, its owner and the co-ordinator can read this.",
    Audience.LEADERS: "Its author, its owner, the co-ordinator and the leaders can read this.",
    Audience.NETWORK: "Everyone in the network can read this.",
    Audience.FACULTY: "Everyone in the network and the faculty can read this.",
    Audience.FUNDER: "The network and the faculty can read this, and it may stand in reports to funders.",
}
TITLES = {
    Missing.MEASURE: "How will you know?",
    Missing.DATE: "By when?",
    Missing.STEP: "The first step",
    Missing.WHO: "Who else?",
}
_CONFIDENCES = tuple(Choice(one.value, words) for one, words in spoken.CONFIDENCE.items())


def read_by(goal: Goal) -> str:
    """Who can read what is written about the goal, as a sentence under a question."""
    return READ_BY[goal.audience]


def new(networks: Sequence[Network]) -> Form:
    """The form of a new goal, for who would rather not type it in one line."""
    hint = "Only you can read this" + (", unless you choose a network below." if networks else ".")
    return Form(
        "goals.new",
        "A new goal",
        (
            _short("title", "What do you want to reach?", hint, rules.LONGEST, required=True),
            _short("due", "By when?", f"{WRITTEN_DATE} {hint}", 60),
            *([_whose(networks)] if networks else ()),
        ),
        intro=(f"One line in your own words is enough. {NO_PATIENTS}",),
        submit="Keep it",
    )


def _whose(networks: Sequence[Network]) -> Question:
    choices = (Choice(MINE, "Mine"), *(Choice(str(one.id), one.name) for one in networks))
    hint = "Everyone in a network can read the network's goals."
    return Question("whose", "Whose goal is it?", QuestionKind.CHOICE, True, hint, choices, MINE)


def sharpen(goal: Goal, which: Missing, left: int) -> Form:
    """One sharpening question; `left`: how many may still be asked, with this one."""
    return Form(
        "goals.sharpen",
        TITLES[which],
        _sharpening(goal.words, which, read_by(goal)),
        f"{goal.id}.{int(which)}.{left}",
        ("Your goal: ", Bold(shortened(goal.words.title, 200))),
        "Save",
    )


def _sharpening(words: GoalWords, which: Missing, hint: str) -> tuple[Question, ...]:
    if which is Missing.MEASURE:
        return (replace(_long("measure", "How will you know that you are there?", hint), required=True),)
    if which is Missing.DATE:
        return (_short("due", "By when do you want to be there?", f"{LIKE} {hint}", 60, required=True),)
    if which is Missing.STEP:
        return _step(words, hint, required=True)
    return (_short("with_whom", "Who else could help, or needs to agree?", hint, rules.LONGEST, required=True),)


def _step(words: GoalWords, hint: str, *, required: bool = False) -> tuple[Question, ...]:
    moment, act = f"Such as: the rota is out. {hint}", f"Such as: ring the ward. {hint}"
    return (
        _short("step_when", "When will the moment be? When …", moment, 200, words.step_when),
        _short("step_then", "What will you do then? I will …", act, 200, words.step_then, required),
    )


def edit(goal: Goal, objectives: Sequence[Goal], argument: str) -> Form:
    """The form that changes what the goal says; old and new then stand side by side in its story."""
    words, hint = goal.words, read_by(goal)
    stands = spoken.written(words)
    return Form(
        "goals.edit",
        "Change this goal",
        (
            _short("title", "What do you want to reach?", hint, rules.LONGEST, words.title, required=True),
            _short("due", "By when?", f"{WRITTEN_DATE} {hint}", 60, stands["due"]),
            _long("measure", "How will you know that you are there?", hint, words.measure),
            Question(
                "target", "Is there a number to reach?", QuestionKind.NUMBER, hint=f"In digits, such as 12. {hint}",
                value=stands["target"] or None,
            ),
            *_step(words, hint),
            _short("with_whom", "Who else could help, or needs to agree?", hint, rules.LONGEST, words.with_whom),
            *([_objective(goal, objectives)] if objectives else ()),
            _short("why", "What made you change it?", hint, rules.LONGEST),
        ),
        argument,
        (f"What it said before stays in its story. {NO_PATIENTS}",),
        "Save",
    )  # fmt: skip


def _objective(goal: Goal, objectives: Sequence[Goal]) -> Question:
    known = {str(one.id): shortened(one.words.title, 70) for one in objectives}
    stands = str(goal.objective_id) if str(goal.objective_id) in known else NO_OBJECTIVE
    choices = (Choice(NO_OBJECTIVE, "None"), *(Choice(*one) for one in known.items()))
    return Question("objective", "Which objective does it serve?", QuestionKind.CHOICE, True, "", choices, stands)


def progress(goal: Goal) -> Form:
    """The form that says how the goal goes. Its argument carries who is said to read it."""
    return told(goal, "", goal.confidence, "", f"{goal.id}.{int(goal.audience)}", "goals.progress")


def told(goal: Goal, now: str, confidence: Confidence | None, why: str, argument: str, name: str = "goals.say") -> Form:
    """The same with what was said already."""
    target = f" You aim for {goal.words.target:g}." if goal.words.target is not None else ""
    return Form(
        name,
        "How does it go?",
        (
            _short("now", "Where is it now?", f"A number, or a word or two.{target} {read_by(goal)}", 100, now),
            _confidence(confidence),
            _short("why", "Why do you think so?", f"One line. {read_by(goal)}", rules.LONGEST, why),
        ),
        argument,
        ("The goal: ", Bold(shortened(goal.words.title, 200))),
        "Save",
    )


def _confidence(stands: Confidence | None) -> Question:
    value = stands.value if stands else None
    return Question("confidence", "How sure are you?", QuestionKind.CHOICE, choices=_CONFIDENCES, value=value)


def who_can_read(goal: Goal, choices: Sequence[Audience], networks: Sequence[Network]) -> Form:
    """Who can read the goal and its story, to narrow or widen; of one's own, also where."""
    labels = {Audience.COORDINATOR: "Its author and owner, and the co-ordinator"} if not goal.is_personal else {}
    offered = tuple(Choice(one.name.lower(), labels.get(one, audience.WORDS[one])) for one in choices)
    stands = goal.audience.name.lower() if goal.audience in choices else None
    questions = [Question("audience", "Who can read it?", QuestionKind.CHOICE, True, "", offered, stands)]
    if goal.is_personal and len(networks) > 1:
        where = tuple(Choice(str(one.id), one.name) for one in networks)
        hint = "This counts unless you choose Only me."
        value = str(goal.network_id or networks[0].id)
        questions.append(Question("network", "In which network?", QuestionKind.CHOICE, True, hint, where, value))
    intro = ("This is about the goal ", Bold(shortened(goal.words.title, 200)), " and all of its story.")
    return Form("goals.audience", "Who can read it", tuple(questions), str(goal.id), intro, "Save")


def hand_over(goal: Goal, people: Sequence[Person], *, is_large: bool) -> Form:
    """The form that gives the goal another owner: from a list, or by name in a large network."""
    if is_large:
        who = _short("owner", "Who takes it on?", "Write their name.", 200, required=True)
    else:
        names = tuple(Choice(str(one.id), one.name) for one in people)
        who = Question("owner", "Who takes it on?", QuestionKind.CHOICE, True, choices=names)
    intro = (
        "The goal: ",
        Bold(shortened(goal.words.title, 200)),
        ". Please ask them first. I tell them, and they can hand it back.",
    )
    return Form("goals.owner", "Hand it over", (who,), str(goal.id), intro, "Hand over")


def achieved(goal: Goal, argument: str) -> Form:
    """The form that closes a goal that was reached."""
    question = _long("why", "Who would notice, and what?", f"In a line or two. {read_by(goal)}")
    intro = ("The goal: ", Bold(shortened(goal.words.title, 200)))
    return Form("goals.achieved", "It is achieved", (question,), argument, intro, "It is achieved")


def dropped(goal: Goal, argument: str) -> Form:
    """The form that closes a goal that is let go."""
    question = _long("why", "What did you learn?", f"To let a goal go is fine, and helps others. {read_by(goal)}")
    intro = ("The goal: ", Bold(shortened(goal.words.title, 200)))
    return Form("goals.dropped", "Let it go", (question,), argument, intro, "Let it go")


def keep(goal: Goal, argument: str) -> Form:
    """The one question of a review about a goal that stays as it is."""
    question = _short("why", "What is the next step?", f"You can leave this empty. {read_by(goal)}", rules.LONGEST)
    intro = ("The goal: ", Bold(shortened(goal.words.title, 200)))
    return Form("goals.keep", "Keep this goal", (question,), argument, intro, "Keep it")


def reword(goal: Goal, argument: str) -> Form:
    """The one question of a review about a goal that changes."""
    hint = f"If the date changes, write it here too, such as by 30 June. {read_by(goal)}"
    question = _short("title", "What should it say now?", hint, rules.LONGEST, goal.words.title, required=True)
    intro = (f"What it said before stays in its story. {NO_PATIENTS}",)
    return Form("goals.reword", "Change this goal", (question,), argument, intro, "Save")


def moved(goals: Sequence[Goal], checkin_id: int) -> Form:
    """The form that says which goal a check-in moved."""
    choices = tuple(Choice(str(one.id), shortened(one.words.title, 70)) for one in goals[:MOST_NAMES])
    hint = "Whoever can read the goal can read this line, and that a check-in of yours moved it."
    return Form(
        "goals.moved",
        "It moved a goal",
        (
            Question("goal", "Which goal did it move?", QuestionKind.CHOICE, True, choices=choices),
            _short("why", "What moved, in one line?", hint, rules.LONGEST),
            _confidence(None),
        ),
        str(checkin_id),
        ("What your check-in says is not shown with the goal.",),
        "Save",
    )


def _short(key: str, label: str, hint: str, most: int, value: str = "", required: bool = False) -> Question:
    return Question(key, label, QuestionKind.SHORT_TEXT, required, hint, value=value or None, max_length=most)


def _long(key: str, label: str, hint: str, value: str = "") -> Question:
    return Question(key, label, QuestionKind.LONG_TEXT, hint=hint, value=value or None, max_length=1000)
