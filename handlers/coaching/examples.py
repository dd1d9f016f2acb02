"""Every message and form of coaching, as it looks in use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from handlers.coaching import examples_of_questions, forms, shared, views
from handlers.kit import whom
from handlers.kit.content import Example, plain
from handlers.kit.replies import Say
from handlers.kit.signpost import with_signpost
from storage.coached import Share, SharedPlan, Step, Talk

AT = datetime(2027, 1, 12, 10, tzinfo=UTC)
ON = date(2027, 1, 12)
OUTCOME = "People ring <each other> & do not wait for *me*.\nAt http://example.org"
TALK = Talk(12, 5, Step.OUTCOME, AT, AT)
PLANNED = replace(
    TALK, step=Step.DONE, outcome=OUTCOME, scale=4, know_how="Two wards _ring_ already.", when="the rota is out",
    then="I will ring the <ward>", moment_on=date(2027, 1, 14), ended_at=AT,
)  # fmt: skip
LATER = Talk(13, 5, Step.REVIEW, AT, AT, before_id=12)
COLLEAGUES = [
    forms.Colleague(6, 7, "Bea <Example>", "Sexual Health Improvement Network"),
    forms.Colleague(8, 7, "Cal Example", "Sexual Health Improvement Network"),
]
SHARE = Share(31, 12, "Bea Example", AT)
PLAN = SharedPlan(31, 6, "Ann Example", PLANNED.when, PLANNED.then, AT)


def examples() -> Iterable[Example]:
    """All of them, in the order of a talk."""
    yield from _talk()
    yield from _forms()
    yield from _shared()
    yield from examples_of_questions.examples()


def _talk() -> Iterable[Example]:
    yield Example("begun", views.begun(TALK, None, None))
    yield Example("begun_on_a_plan", views.begun(LATER, PLANNED, ON))
    yield Example("scale", views.following(replace(TALK, step=Step.SCALE), None, None))
    for name, number in (("know_how", 4), ("know_how_at_0", 0), ("know_how_without_number", None)):
        yield Example(name, views.following(replace(TALK, step=Step.KNOW_HOW, scale=number), None, None))
    action = replace(TALK, step=Step.ACTION, outcome=OUTCOME, scale=4, know_how=PLANNED.know_how)
    yield Example("action", views.following(action, None, None))
    yield Example("come_back", views.come_back(action, None, None, ON))
    yield Example("done", views.done(PLANNED, may_share=True, may_be_goal=True, asks=True))
    yield Example("done_shared", views.done(PLANNED, may_share=True, may_be_goal=True, readers=["Ben Sample"]))
    yield Example("done_without_plan", views.done(replace(PLANNED, then=""), may_share=True, may_be_goal=True))
    yield Example("stopped", views.stopped(replace(action, ended_at=AT)))
    yield Example("stopped_at_once", views.stopped(TALK))
    yield Example("kept_in_old", views.kept_in_old(PLANNED, ON))
    yield Example("goal_made", views.goal_made([]))
    stopped = replace(action, id=14, ended_at=AT)
    yield Example("past", views.past([(replace(action, id=15), ON), (PLANNED, ON), (stopped, ON)], [SHARE], 1, 12, 2))
    long = replace(PLANNED, know_how="Two wards ring. " * 100)
    yield Example("past_long", views.past([(long, ON)], [], 0, 1, 0))
    yield Example("whole", views.whole(long, ON, ["Ben Sample"]))
    yield Example("past_none", views.past([], [], 0, 0, 1))
    yield Example("not_yours", plain(views.NOT_YOURS))
    harm = with_signpost(Say(views.following(replace(TALK, step=Step.SCALE), None, None)), "")
    assert isinstance(harm, Say)
    yield Example("signpost", harm.message)
    yield Example("already_going_on", plain(views.ALREADY_GOING_ON))


def _forms() -> Iterable[Example]:
    yield Example("say_review", forms.say(LATER, Step.REVIEW))
    yield Example("say_outcome", forms.say(TALK, Step.OUTCOME))
    yield Example("say_know_how", forms.say(PLANNED, Step.KNOW_HOW))
    wrong = {"moment_on": "This day has passed."}
    yield Example("say_action", forms.say(PLANNED, Step.ACTION), wrong)
    yield Example("say_action_shared", forms.say(PLANNED, Step.ACTION, ["Bea Example"]))
    yield Example("share", forms.share(PLANNED, COLLEAGUES))
    many = [replace(COLLEAGUES[0], person_id=number) for number in range(whom.MOST_CHOICES + 1)]
    error = {"who": whom.not_one(["Ann Example", "Ann Sample"], "in your network")}
    yield Example("share_with_one_of_many", forms.share(PLANNED, many), error)


def _shared() -> Iterable[Example]:
    yield Example("shared_done", shared.done("Bea Example"))
    yield Example("shared_with_nobody", plain(shared.NOBODY))
    yield Example("shared_not_found", plain(whom.not_one([], "in your network")))
    yield Example("shared", shared.plans([(PLAN, ON)] * 2, 0, 7))
    yield Example("shared_none", shared.plans([], 0, 0))
