"""Says in plain words what pydantic found wrong in a programme file, and how to mend it."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel

from bot.programme_file.shape import (
    AccountTable,
    FileTable,
    HomeTable,
    NetworkTable,
    PersonTable,
    ProgrammeTable,
    RoleTable,
    zones,
)  # fmt: skip

_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): FileTable,
    ("programme",): ProgrammeTable,
    ("networks",): NetworkTable,
    ("networks", "home"): HomeTable,
    ("people",): PersonTable,
    ("people", "accounts"): AccountTable,
    ("people", "roles"): RoleTable,
}
_KEY_MEND = "make it of small letters, digits and -, at most 64 of them, such as sexual-health"
_EXAMPLES = {
    "programme": '[programme] with name = "…" and time_zone = "Europe/London"',
    "accounts": '[{ platform = "slack", workspace = "T01", user = "U01" }]',
    "roles": '[{ network = "KEY", role = "member" }]',
    "home": '{ platform = "slack", workspace = "T01", place = "C01" }',
    "started_on": "2027-01-11, without quotation marks or a time",
}


def mend(error: Mapping[str, Any]) -> str:
    """One sentence or two for one of pydantic's errors."""
    place = tuple(part for part in error["loc"] if isinstance(part, str))
    key, kind, given = (place or ("",))[-1], error["type"], error["input"]
    if kind == "missing":
        return f"{key} is missing: add {_example(key)}."
    if kind == "extra_forbidden":
        return _unknown(place)
    if kind == "literal_error":
        return _not_one_of(key, given, error["ctx"]["expected"].replace("'", ""))
    if kind == "value_error":
        return _unknown_zone(key, str(given))
    if kind.startswith("string_"):
        return _bad_text(key, kind, error)
    if kind == "too_short":
        return f"{key} is empty: add {_example(key)}."
    if kind == "list_type":
        return _not_a_list(key)
    if key == "messages_a_week":
        return f"{key} must be a number from 1 to 7, and is {_shown(given)}."
    return f"{_named(error['loc'])} must be {_what(key, kind)}."


def _unknown(place: tuple[str, ...]) -> str:
    key = place[-1]
    known = list(_TABLES[place[:-1]].model_fields) if place[:-1] in _TABLES else []
    close = get_close_matches(key, known, 1)
    asked = f" Did you mean {close[0]}?" if close else ""
    return f"{_short(key)} is not a key that belongs here.{asked} These do: {', '.join(known)}."


def _not_one_of(key: str, given: object, expected: str) -> str:
    if key == "platform" and given == "web":
        return "platform web is only for the demo: use slack or teams."
    return f"{key} must be {expected}, and is {_shown(given)}."


def _unknown_zone(key: str, given: str) -> str:
    close = get_close_matches(given, zones(), 1)
    asked = f"did you mean {close[0]}?" if close else "write one like Europe/London."
    return f"{key} {_shown(given)} is not a time zone: {asked}"


def _bad_text(key: str, kind: str, error: Mapping[str, Any]) -> str:
    if key == "key" and kind != "string_type":
        return f"key {_shown(error['input'])} will not do: {_KEY_MEND}."
    if kind == "string_too_short":
        return f"{key} is empty: write something in it."
    if kind == "string_too_long":
        return f"{key} is too long: at most {error['ctx']['max_length']} characters fit."
    if kind == "string_pattern_mismatch":
        return f"{key} holds a line break or a control character: take it out."
    return f'{key} must be text in quotation marks, such as "…".'


def _not_a_list(key: str) -> str:
    if key in ("networks", "people"):
        return f"write [[{key}]] with two brackets at each side, once for each of the {key}."
    return f"{key} must be a list: {_example(key)}."


def _what(key: str, kind: str) -> str:
    if kind.startswith("date"):
        return f"a date: {_EXAMPLES['started_on']}"
    example = _EXAMPLES.get(key, "{ … }")
    return f"a table: {example[1:-1] if example.startswith('[{') else example}"


def _example(key: str) -> str:
    if key in ("networks", "people"):
        return f"[[{key}]]"
    if key == "programme":
        return _EXAMPLES[key]
    return f"{key} = " + _EXAMPLES.get(key, '"…"')


def _named(place: tuple[str | int, ...]) -> str:
    last = place[-1] if place else "the file"
    return f"number {last + 1} of {place[-2]}" if isinstance(last, int) else last


def _shown(given: object) -> str:
    return f'"{_short(given)}"' if isinstance(given, str) else _short(str(given))


def _short(given: object) -> str:
    text = "".join(sign if sign.isprintable() else "?" for sign in str(given))
    return text if len(text) <= 40 else text[:39] + "…"
