"""Decisions about goals: what a typed line says, what is missing, what needs a look first, and who may do what."""

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from handlers.kit.dates import day_meant
from handlers.kit.text import MONTHS, WEEKDAYS, day
from storage.goal_records import Confidence, Goal, GoalReader, GoalState, GoalWords
from storage.records import Audience, Person

LONGEST = 300
"""Characters of a goal's own line."""
QUIET = timedelta(weeks=4)
"""A goal without news for longer is quiet."""
MOST_IN_NETWORK = 100_000
"""People of one network among whom someone is looked for."""
FARTHEST = timedelta(days=3660)
"""A date that is farther ahead is taken for a slip."""
MOST_ASKED = 2
"""Sharpening questions at the most, all of them skippable."""

_BY = re.compile(r"\b(?:by|before|until|till|due)\b", re.IGNORECASE)
_NAMES = "|".join(f"{name}|{name[:3]}" for name in (*MONTHS, *WEEKDAYS))
_LIKE_A_DATE = re.compile(rf"\b(?:{_NAMES}|sept|\d{{1,4}}[/-]\d{{1,2}}(?:[/-]\d{{1,4}})?)\b", re.IGNORECASE)
_MOST_DATE_WORDS = 6
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|twice|every|each|all)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.\d{1,6})?)(?=$|[\s%/]|[,.;:](?!\d))")


class Missing(enum.IntEnum):
    """What a goal does not say yet, the most useful first."""

    MEASURE = 1
    DATE = 2
    STEP = 3
    WHO = 4


class Need(enum.IntEnum):
    """Why a goal needs a look, the most pressing first."""

    PAST = 0
    OFF_TRACK = 1
    AT_RISK = 2
    NOBODYS = 3
    QUIET = 4
    NONE = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A goal as it was typed in one line, and a sentence where its date could not be taken."""

    words: GoalWords
    about_date: str = ""


def line(text: str, today_on: date) -> Line:
    """The goal in the person's own words, with the date that stands in them."""
    title = " ".join(text.split())
    for by in reversed(list(_BY.finditer(title))):
        tokens = title[by.end() :].split()[:_MOST_DATE_WORDS]
        for count in range(len(tokens), 0, -1):
            if due_on := day_meant(_clean(" ".join(tokens[:count])), today_on):
                problem = date_problem(due_on, today_on)
                return Line(GoalWords(title, None if problem else due_on), problem)
        if tokens and _LIKE_A_DATE.search(" ".join(tokens[:3])):
            said = _clean(" ".join(tokens[:3]))
            return Line(GoalWords(title), f"I can't find “{said}” in the calendar, so I set no date.")
    return Line(GoalWords(title))


def _clean(text: str) -> str:
    return text.strip(" .,;:!?()")


def date_problem(due_on: date, today_on: date) -> str:
    """What is wrong with a date to reach a goal by; empty where nothing is."""
    if due_on < today_on:
        return f"{day(due_on)} has passed, so I set no date."
    if due_on - today_on > FARTHEST:
        return f"{day(due_on)} is more than ten years away, so I set no date."
    return ""


def reworded(before: GoalWords, text: str, today_on: date) -> tuple[GoalWords, str]:
    """The goal with another line, and a sentence where a date in it is none.

    A date that the line did not have before becomes the goal's; without one the goal's date stays.
    """
    old, new = line(before.title, today_on), line(text, today_on)
    if new.about_date and new.about_date != old.about_date:
        return before, new.about_date.replace(", so I set no date", ". Please write another date")
    due_on = new.words.due_on if new.words.due_on != old.words.due_on else None
    return replace(before, title=new.words.title, due_on=due_on or before.due_on), ""


def due_from(text: str, before: date | None, today_on: date) -> tuple[date | None, str]:
    """The date that was written in a form, and a sentence if it is none. What stood there before may stay."""
    if not text:
        return None, ""
    due_on = day_meant(text, today_on)
    if due_on is None:
        return None, "I can't find this in the calendar. Write 30 June, 30 June 2027 or end of June."
    if due_on != before and (problem := date_problem(due_on, today_on)):
        return None, problem.replace(", so I set no date", ". Please choose another day")
    return due_on, ""


def number_in(text: str) -> float | None:
    """The number that a line begins with: "1 of 2" is 1; None where it begins with a word, or is no sensible number."""
    found = _NUMBER.match(text.strip())
    value = float(found[1].replace(",", "")) if found else None
    return value if value is not None and abs(value) < 1_000_000_000 else None


def missing(words: GoalWords) -> tuple[Missing, ...]:
    """What the goal does not say, the most useful question first. A line with a count in it says how one will know."""
    said = _without_date(words.title) if words.due_on else words.title
    return tuple(
        one
        for one, is_there in (
            (Missing.MEASURE, words.measure or words.target is not None or _COUNTED.search(said)),
            (Missing.DATE, words.due_on),
            (Missing.STEP, words.step_then),
            (Missing.WHO, words.with_whom),
        )
        if not is_there
    )


def _without_date(title: str) -> str:
    found = list(_BY.finditer(title))
    return title[: found[-1].start()] if found else title


def to_ask(words: GoalWords, left: int = MOST_ASKED, after: int = 0) -> tuple[Missing, ...]:
    """The sharpening questions to offer: at most so many, none that was offered before."""
    return tuple(one for one in missing(words) if one > after)[: max(left, 0)]


def need(goal: Goal, today_on: date, now: datetime) -> Need:
    """Why this open goal needs a look first."""
    if goal.state is not GoalState.OPEN:
        return Need.NONE
    if goal.words.due_on and goal.words.due_on < today_on:
        return Need.PAST
    if goal.confidence is Confidence.OFF_TRACK:
        return Need.OFF_TRACK
    if goal.confidence is Confidence.AT_RISK:
        return Need.AT_RISK
    if not goal.owner_is_here:
        return Need.NOBODYS
    return Need.QUIET if now - goal.moved_at > QUIET else Need.NONE


def by_need(goals: Iterable[Goal], today_on: date, now: datetime) -> list[Goal]:
    """Open goals by what needs a look: the reason first, then the earliest date past, then the quietest."""

    def place(goal: Goal) -> tuple[int, date, datetime, int]:
        why = need(goal, today_on, now)
        due_on = goal.words.due_on if why is Need.PAST and goal.words.due_on else date.max
        return int(why), due_on, goal.moved_at, goal.id

    return sorted(goals, key=place)


def may_update(goal: Goal, person: Person, reader: GoalReader) -> bool:
    """True for whoever may say how the goal goes: those who may change it, and its helpers."""
    is_helper = any(helper_id == person.id for helper_id, _ in goal.helpers)
    is_here = goal.is_personal or reader.is_in(goal.network_id)
    return may_change(goal, person, reader) or (is_helper and is_here)


def may_change(goal: Goal, person: Person, reader: GoalReader) -> bool:
    """True for its author; of a network's goal also for its owner and those who run it, while they are there."""
    if goal.is_personal:
        return goal.author_id == person.id
    is_theirs = person.id in (goal.author_id, goal.owner_id) and reader.is_in(goal.network_id)
    return is_theirs or person.runs(goal.network_id)


def may_take_on(goal: Goal, reader: GoalReader) -> bool:
    """True where a network's goal has no owner there any more: anyone in the network may take it on."""
    return not goal.is_personal and not goal.owner_is_here and reader.is_in(goal.network_id)


def may_help(goal: Goal, person: Person, reader: GoalReader) -> bool:
    """True for anyone of the network who can read the goal and does not own it."""
    return goal.owner_id != person.id and reader.is_in(goal.network_id) and goal.state is GoalState.OPEN


def audiences(goal: Goal, person: Person) -> tuple[Audience, ...]:
    """What can be chosen for the goal: its author any; others who may change it only as wide as it is, or narrower."""
    least = Audience.ONLY_ME if goal.is_personal else Audience.COORDINATOR
    most = Audience.FUNDER if goal.author_id == person.id else goal.audience
    return tuple(one for one in Audience if least <= one <= most)


@dataclass(frozen=True, slots=True)
class RollUp:
    """The goals under an objective as they stand: how many, how sure, how many quiet, and the longest silence.

    `past`: open ones whose date has passed, however sure somebody was of them.
    """

    counts: dict[Confidence | None, int]
    achieved: int
    dropped: int
    quiet: int
    quiet_since: datetime | None
    past: int = 0

    @property
    def open(self) -> int:
        """How many are open."""
        return sum(self.counts.values())


def roll_up(goals: Sequence[Goal], now: datetime, today_on: date) -> RollUp:
    """What the goals say together, as counts and never as a share."""
    going = [one for one in goals if one.state is GoalState.OPEN]
    quiet = [one.moved_at for one in going if now - one.moved_at > QUIET]
    return RollUp(
        counts={one: sum(goal.confidence is one for goal in going) for one in (*Confidence, None)},
        achieved=sum(one.state is GoalState.ACHIEVED for one in goals),
        dropped=sum(one.state is GoalState.DROPPED for one in goals),
        quiet=len(quiet),
        quiet_since=min(quiet, default=None),
        past=sum(one.words.due_on is not None and one.words.due_on < today_on for one in going),
    )
