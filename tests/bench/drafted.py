"""Reads the tables of drafted sentences: each with the facts that it rests on, and what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handlers.kit.patient_details import kinds_in
from prompts.guard import Judged, judged
from prompts.updates import Fact, Request, Sentence

TABLES = Path(__file__).parents[1] / "rules"
FAULTS = ("number", "date", "name", "sign", "scope", "invented", "merged", "cause")
_RESTS_ON = re.compile(r" \[([0-9, ]*)\]$")


@dataclass(frozen=True)
class Case:
    """A drafted sentence; `fault` is "supported" where nothing is wrong with it."""

    about: str
    fault: str
    sentence: Sentence
    request: Request

    @property
    def judged(self) -> Judged:
        """What the guard makes of it."""
        return judged([self.sentence], self.request, lambda text: bool(kinds_in(text)))[0]


def request_of(facts: tuple[Fact, ...]) -> Request:
    """A request of a network's year."""
    return Request("Harbour Network", "Care near home", date(2027, 4, 1), date(2028, 3, 31), facts)


def sentence_of(text: str, facts: tuple[Fact, ...]) -> Sentence:
    """A sentence of a table; without brackets at its end it rests on all facts."""
    found = _RESTS_ON.search(text)
    numbers = tuple(int(one) for one in found[1].split(",") if one.strip()) if found else None
    rests_on = tuple(fact.number for fact in facts) if numbers is None else numbers
    return Sentence(facts[0].section, _RESTS_ON.sub("", text), rests_on)


def table(name: str) -> dict[str, Any]:
    """A table file as it stands."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))


def drafted(name: str) -> Iterator[Case]:
    """Every sentence of a table."""
    for case in table(name)["case"]:
        facts = tuple(_fact(number, text) for number, text in enumerate(case["facts"], 1))
        for fault in ("supported", *FAULTS):
            for text in case.get(fault, ()):
                yield Case(case["about"], fault, sentence_of(text, facts), request_of(facts))


def _fact(number: int, row: str) -> Fact:
    on, by, section, text = (part.strip() for part in row.split("|", 3))
    return Fact(number, section, text, date.fromisoformat(on), by)
