"""Every message and form of coaching questions and of the question bank, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.coaching import questions, shelves
from handlers.kit.choosing import which_network
from handlers.kit.content import Example, plain
from prompts.coaching import Question, question_bank
from storage.coached import AskedQuestion, OwnQuestion
from storage.records import Network

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
ON = date(2027, 1, 12)
NETWORK = Network(7, "sh", "Sexual Health Improvement Network", "", None)
OTHER = Network(8, "mt", "Medical Training Voices", "", None)


def examples() -> Iterable[Example]:
    """All of them, those of the bank last."""
    yield from _questions()
    yield from _bank()


def _questions() -> Iterable[Example]:
    reason = "because you lead a network, and it is time for a question on what the network is for"
    text = "What came of your plan “When it <rains> & *pours*, I will ring”?"
    asked = AskedQuestion(51, 5, 7, ON, "plan-came-of", text, reason, 12)
    answered = replace(asked, id=52, on=date(2027, 1, 5), answer="She *rang* <back>.\nTwice.")
    line = questions.line(asked, again=False)
    yield Example("line", plain(line.text, *filter(None, (line.button, *line.also))))
    yield Example("line_again", plain(questions.line(asked, again=True).text, questions.COACH))
    on_goal = replace(asked, text="Who could help you with “Two <workshops> & a *walk*”?", plan_id=None, goal_id=41,
        reason="because your goal “Two <workshops> & a *walk*” has been quiet for five weeks")  # fmt: skip
    line = questions.line(on_goal, again=False)
    yield Example("line_on_goal", plain(line.text, *filter(None, (line.button, *line.also))))
    yield Example("why_on_goal", questions.why(on_goal))
    yield Example("reply_kept_on_goal", questions.kept(on_goal))
    yield Example("reply", questions.reply(answered))
    yield Example("reply_kept", questions.kept(asked))
    yield Example("why", questions.why(asked))
    yield Example("questions_offer", questions.offer(3))
    yield Example("questions_on", questions.standing(AT, 3))
    yield Example("questions_turned_on", questions.turned_on())
    yield Example("questions_turned_off", questions.turned_off())
    yield Example("answers", questions.answers([asked, answered], 1, 12))
    yield Example("answers_none", questions.answers([], 0, 0))
    yield Example("question_not_yours", plain(questions.NOT_YOURS))


def _bank() -> Iterable[Example]:
    own = OwnQuestion(4, 7, "Should <you> & *Co* ring?", None)
    there = shelves.shelves(question_bank(), [Question("own:4", own.text)])
    off = frozenset({"patient-notices", "one-change"})
    yield Example(
        "which_bank", which_network("Whose coaching questions do you want to see?", [NETWORK, OTHER], "coaching.bank")
    )
    yield Example("bank", shelves.overview(NETWORK, there, off))
    yield Example("bank_taken_out", shelves.overview(NETWORK, there, off, "That question is taken out."))
    yield Example("bank_shelf", shelves.shelf(NETWORK, there[0], off, 0))
    yield Example("bank_quoting", shelves.shelf(NETWORK, there[shelves.QUOTING], off, 1))
    yield Example("bank_own", shelves.shelf(NETWORK, there[shelves.OWN], off, 0))
    yield Example("bank_none_own", shelves.shelf(NETWORK, replace(there[shelves.OWN], questions=()), off, 0))
    yield Example("add", shelves.add(NETWORK), {"text": shelves.THERE})
    yield Example("added", shelves.added(NETWORK, own))
    yield Example("added_well", shelves.added(NETWORK, replace(own, text="What would help you now?")))
    yield Example("bank_not_yours", plain(shelves.NOT_YOURS))
    yield Example("bank_full", plain(shelves.FULL))
