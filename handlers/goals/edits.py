"""What an edit changes, and how the edits of two people at once come together without a word lost."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.goals import rules, spoken
from handlers.kit.events import Values
from handlers.kit.text import listed, shortened
from storage.goal_records import Change, Entry, GoalWords


def differences(before: GoalWords, after: GoalWords) -> tuple[Change, ...]:
    """What differs, in the order of the form."""
    old, new = spoken.written(before), spoken.written(after)
    return tuple(Change(key, old[key], new[key]) for key in old if old[key] != new[key])


@dataclass(frozen=True, slots=True)
class Read:
    """What a filled form makes of a goal, and one sentence at each answer that does not fit."""

    words: GoalWords
    errors: dict[str, str] = field(default_factory=dict)


def read(values: Values, before: GoalWords, today_on: date) -> Read:
    """The goal's words as the form has them."""
    said = {key: str(values.get(key, "")).strip() for key in spoken.written(before)}
    due_on, problem = rules.due_from(said["due"], before.due_on, today_on)
    target = float(said["target"].replace(",", "")) if said["target"] else None
    title = " ".join(said["title"].split())
    words = GoalWords(
        title, due_on, said["measure"], target, said["step_when"], said["step_then"], said["with_whom"]
    )  # fmt: skip
    return Read(words, {"due": problem} if problem else {})


@dataclass(frozen=True, slots=True)
class Merged:
    """The form's values with what others changed meanwhile, and what to say where both changed the same."""

    values: dict[str, str | tuple[str, ...]]
    errors: dict[str, str]


def only(key: str, since: Iterable[Entry]) -> list[Entry]:
    """Of what others changed, that alone."""
    changed = ((entry, tuple(one for one in entry.changes if one.key == key)) for entry in since)
    return [replace(entry, changes=changes) for entry, changes in changed if changes]


def merged(values: Values, since: Iterable[Entry], first_key: str = "title") -> Merged:
    """Someone's form after others changed the goal: what they left alone takes the change, the rest stays theirs."""
    now, errors, taken = dict(values), dict[str, str](), dict[str, None]()
    names = dict[str, None]()
    for entry in since:
        names[entry.person_name or spoken.LEFT] = None
        for one in entry.changes:
            mine = str(now.get(one.key, ""))
            if mine == one.before:
                now[one.key] = one.after
                taken[spoken.LABELS[one.key].lower()] = None
            elif mine != one.after:
                errors[one.key] = f"This says now: “{shortened(one.after, 300) or 'nothing'}”. Yours stands here."
    who = listed(list(names))
    also = f" Taken over: {listed(list(taken))}." if taken else ""
    opening = f"{who} changed this goal since you opened it.{also} Look at it, then save again."
    errors[first_key] = f"{opening} {errors.get(first_key, '')}".strip()
    return Merged({key: value for key, value in now.items() if value}, errors)
