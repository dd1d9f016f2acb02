"""Reads how a goal goes from one typed line: "patient voice: 3 of 5, on track, because the ward agreed"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handlers.goals import rules
from storage.goal_records import Confidence, Goal

MOST_NOW = 100
"""Characters of where a goal is now, as in its form; what is longer goes to the line of why."""

_AFTER_NAME = re.compile(r"(?<!\d):|:(?!\d)")
_WORD = re.compile(r"\w+")
_BECAUSE = re.compile(r"\bbecause\b", re.IGNORECASE)
_SURE = re.compile(
    r"(?:\b(?P<no>not|no longer|isn[’']t|never) )?(?:[●▲■] ?)?\b(?P<sure>on|at|off)[ -](?P<what>track|risk)\b",
    re.IGNORECASE,
)
_MEANT = {
    ("on", "track"): Confidence.ON_TRACK,
    ("at", "risk"): Confidence.AT_RISK,
    ("off", "track"): Confidence.OFF_TRACK,
}
_FILLERS = frozenset({"and", "but", "we", "are", "is", "it", "now", "still", "so", "all"})
_ENDS = (", ", "; ", ": ", ". ", "! ")
_LOOSE = " ,;.:–"


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: where the goal is now, the number that this begins with, how sure one is, and why."""

    now: str = ""
    number: float | None = None
    confidence: Confidence | None = None
    why: str = ""

    @property
    def is_empty(self) -> bool:
        """True if the line says nothing of how the goal goes."""
        return not (self.now or self.confidence or self.why)


def named(line: str) -> tuple[str, str]:
    """The words before the first colon, which may name a goal, and the rest; no colon: no words, and all of it."""
    found = _AFTER_NAME.search(line)
    if found is None or not _WORD.search(line[: found.start()]):
        return "", line
    return line[: found.start()].strip(), line[found.end() :].strip()


def fits(words: str, goal: Goal) -> bool:
    """True if each of the words begins a word of the goal's title, however they are written."""
    title = [one.casefold() for one in _WORD.findall(goal.words.title)]
    wanted = [one.casefold() for one in _WORD.findall(words)[:20]]
    return bool(wanted) and all(any(there.startswith(one) for there in title) for one in wanted)


def meant(line: str, goals: Iterable[Goal], person_id: int) -> tuple[list[Goal], str]:
    """The goals that the line may be about, in their order, and the words that name them.

    Words that fit no goal name none: then it is one of the person's own or those that they help with, else any.
    """
    there = list(goals)
    for words in (named(line)[0], line):
        exact = [one for one in there if words.casefold() == one.words.title.casefold()]
        if found := exact or [one for one in there if fits(words, one)]:
            return found, words
    mine = [one for one in there if person_id in (one.owner_id, *(helper_id for helper_id, _ in one.helpers))]
    return mine or there, ""


def said_of(line: str, goal: Goal) -> Said:
    """What the line says of the goal; a name that does not fit the goal is part of what is said."""
    words, rest = named(line)
    if not words and fits(line, goal):
        return Said()
    return said(rest if words and fits(words, goal) else line)


def said(text: str) -> Said:
    """What the text says: where it is now, "on track", "at risk" or "off track", and behind that or "because", why.

    Every word of it stands somewhere in what is read, but for the words of how sure one is.
    """
    line = " ".join(text.split())
    because = _BECAUSE.search(line)
    head, why = (line[: because.start()], line[because.end() :].strip(_LOOSE)) if because else (line, "")
    sure = list(_SURE.finditer(head))
    confidence = _confidence(sure[-1]) if sure else None
    now = head.strip(_LOOSE)
    if confidence and (around := _around(head, sure[-1])):
        now, behind = around
        now, why = (now, _joined(behind, why)) if now else (behind, why)
    now, more = _cut(now)
    return Said(now, rules.number_in(now) if now else None, confidence, _joined(more, why))


def _confidence(found: re.Match[str]) -> Confidence | None:
    """What was meant; "not on track" is off track, and any other "not" says nothing sure."""
    meant = _MEANT.get((found["sure"].casefold(), found["what"].casefold()))
    if found["no"]:
        return Confidence.OFF_TRACK if meant is Confidence.ON_TRACK else None
    return meant


def _around(head: str, sure: re.Match[str]) -> tuple[str, str] | None:
    """What stands before and behind the words of how sure one is; None where they are part of a longer sentence."""
    begin = max((head.rfind(one, 0, sure.start()) + 1 for one in _ENDS), default=0)
    ends = [at for one in _ENDS if (at := head.find(one, sure.end())) >= 0]
    end = min(ends, default=len(head))
    beside = _WORD.findall(head[begin : sure.start()]) + _WORD.findall(head[sure.end() : end])
    if any(one.casefold() not in _FILLERS for one in beside):
        return None
    return head[:begin].strip(_LOOSE), head[end:].strip(_LOOSE)


def _cut(now: str) -> tuple[str, str]:
    """Where it is now, as long as a form takes it, and the rest."""
    if len(now) <= MOST_NOW:
        return now, ""
    at = max(now.rfind(", ", 0, MOST_NOW), 0) or max(now.rfind(" ", 0, MOST_NOW), 0)
    return now[:at].strip(_LOOSE), now[at:].strip(_LOOSE)


def _joined(first: str, then: str) -> str:
    return f"{first}, because {then}" if first and then else first or then
