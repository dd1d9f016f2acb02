"""The door: what everything that people type passes before any handler sees it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from handlers.kit.events import Command, Event, FormOpened, Submission, Values
from handlers.kit.patient_details import Kind, kinds_in

MOST_SAID = 4000
"""Characters of a message that is read; a longer one is refused unread (Slack's own limit for a message)."""

MOST_TYPED = 3000
"""Characters of one answer at the most (Slack's own limit for an input); a longer one is refused unread."""

SHORT_WORK = 500
"""Characters that are judged so fast that nobody waits for it."""

Details = Mapping[str, frozenset[Kind]]
"""Kinds of patient details that were found, by question key; "" is the text of a message."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_E = TypeVar("_E", bound=Event)


def cleaned(event: _E) -> _E:
    """The event without control characters, which no database and no person wants; line breaks and tabs stay."""
    if isinstance(event, Command):
        return replace(event, text=_clean(event.text))
    if isinstance(event, Submission | FormOpened):
        return replace(event, values=_clean_values(event.values))
    return event


def typed(event: Event) -> dict[str, str]:
    """What a person typed in this event that may hold patient details, by question key; "" is a message's text."""
    if isinstance(event, Command):
        return {"": event.text} if len(event.text) <= MOST_SAID else {}
    if isinstance(event, Submission):
        single = {key: value for key, value in event.values.items() if isinstance(value, str)}
        return {key: value for key, value in single.items() if len(value) <= MOST_TYPED}
    return {}


def details_in(texts: Mapping[str, str]) -> Details:
    """The kinds of patient details in each text that holds any."""
    found = {key: kinds_in(text) for key, text in texts.items()}
    return {key: kinds for key, kinds in found.items() if kinds}


def _clean_values(values: Values) -> Values:
    return {
        key: _clean(value) if isinstance(value, str) else tuple(_clean(one) for one in value)
        for key, value in values.items()
    }


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return text if text.isprintable() else _CONTROLS.sub("", text)
