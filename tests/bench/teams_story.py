"""What the tests of Teams alone share: a small conversation in one function, and one request as Teams sends it."""

from __future__ import annotations

from typing import Any

from bench.teams_service import BOT, TENANT, Service, user_id
from handlers.kit.content import Button, Choice, Form, Question, plain
from handlers.kit.events import Command, Event, FormOpened, Press, ProfileSeen, Submission
from handlers.kit.replies import Ask, Correct, Nothing, Replace, Reply, Say
from storage.records import QuestionKind

Json = dict[str, Any]
WORDS = "words-that-no-log-may-hold"
SECRET = "the rota is in trouble"
FORM = Form(
    "checkins.answer",
    "Your check-in",
    (
        Question("mood", "How is it?", QuestionKind.SCALE, True, choices=(Choice("1", "Bad"), Choice("5", "Good"))),
        Question("topics", "Which of these?", QuestionKind.SEVERAL, choices=(Choice("a,b", "A, B"), Choice("c", "C"))),
        Question("moved", "What moved?", QuestionKind.LONG_TEXT, hint="Only you can read this."),
    ),
    argument="3",
    intro=("It takes a minute.",),
)
OPEN = Button("Check in", "checkins.answer", "3", opens_form=True)
START = plain("Ready?", OPEN, Button("Not now", "checkins.later", "3"))
SURE = plain("Yours.", Button("Withdraw", "checkins.withdraw", "9", danger=True, confirm="Withdraw it for good?"))
SAID: dict[str, Reply] = {
    "ask": Ask(FORM, START),
    "secret": Say(plain(SECRET)),
    "all": Say(plain("Hello all."), public=True),
    "nothing": Nothing(),
    "sure": Say(SURE),
}


def story(event: Event) -> Reply:
    """A whole conversation in one function."""
    if isinstance(event, Command):
        return SAID.get(event.text, Say(START))
    if isinstance(event, FormOpened):
        return Ask(FORM, START)
    if isinstance(event, Submission):
        if event.values.get("moved") == "wrong":
            return Correct(FORM.filled(event.values), {"moved": "Please say it without names."})
        return Say(plain("Kept. " + " ".join(event.values.get("topics", ()))))
    if isinstance(event, ProfileSeen):
        return Nothing()
    return Replace(plain("Done with that.")) if isinstance(event, Press) else Say(plain("Welcome."))


def message(service: Service, **changed: Any) -> Json:
    """A message as Teams sends it; `changed` parts, where None takes one away."""
    whole: Json = {
        "type": "message",
        "id": "1",
        "text": WORDS,
        "channelId": "msteams",
        "serviceUrl": service.service_url,
        "from": {"id": "29:ann", "aadObjectId": user_id("ann")},
        "recipient": BOT,
        "conversation": {"id": "a:ann", "conversationType": "personal", "tenantId": TENANT},
    }
    return {name: value for name, value in {**whole, **changed}.items() if value is not None}


def service_at(url: str) -> Service:
    """A service at this address, where nobody listens."""
    service = Service()
    service.service_url = url
    return service
