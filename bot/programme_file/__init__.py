"""Reads a programme file strictly: all of it sound, or every mistake at once with its line and its mend."""

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.programme_file.shape import FileTable
    from handlers.people.loading import ProgrammeFile

MOST_BYTES = 5_000_000
_AT_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)$")
_SYNTAX = {
    "Expected '=' after a key": "put = between a key and its value",
    "Cannot overwrite": "this key is written twice: keep one",
    "Cannot declare": "this table is written twice: keep one",
    "Duplicate inline table key": "this key is written twice: keep one",
    "Invalid date or datetime": "this date does not exist",
    "Invalid value": 'a value is "text in quotes", a date like 2027-01-11, a [list] or a { table }',
    "Unterminated string": "close the text with a quotation mark",
    "Unclosed array": "close the list with ]",
    "Unclosed inline table": "close the table with }, on the line where it begins",
    "Expected newline or end of document": "put each key on a line of its own, and text in quotation marks",
    "Invalid initial character for a key part": "a key is made of letters, digits, - and _",
    "Illegal character": "text ends on the line where it begins, and holds no control characters",
}


class BadProgrammeFile(Exception):
    """A programme file that cannot be used; `lines` says what is wrong, as `FILE:LINE: what, and how to mend it`."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(path: str) -> "ProgrammeFile":
    """The programme file at that path. Raises BadProgrammeFile with every mistake, in the order of the lines."""
    from pydantic import ValidationError

    from bot.programme_file.crossings import crossings
    from bot.programme_file.lines import Lines
    from bot.programme_file.mends import mend
    from bot.programme_file.shape import FileTable

    text = _text(path)
    data = _parsed(path, text)
    lines = Lines(text)
    mistakes = [(lines.of(place), what) for place, what in crossings(data, lines)]
    try:
        table = FileTable.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        mistakes += [(lines.of(one["loc"]), mend(one)) for one in found]
    if mistakes:
        raise BadProgrammeFile(tuple(f"{path}:{line}: {what}" for line, what in sorted(mistakes)))
    return _programme(table)


def _text(path: str) -> str:
    """The file's text; a mark at its start, as some editors on Windows write, is cut off."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadProgrammeFile((f"{path}: there is no such file. Check its name and folder.",)) from None
    except IsADirectoryError:
        raise BadProgrammeFile((f"{path}: this is a folder. Name the file in it.",)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "bad name"
        raise BadProgrammeFile((f"{path}: the file cannot be read ({why}).",)) from None
    if len(content) > MOST_BYTES:
        raise BadProgrammeFile((f"{path}: the file is larger than {MOST_BYTES:,} bytes.",))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadProgrammeFile((f"{path}:{line}: this is not UTF-8 text. Save the file as UTF-8.",)) from None


def _parsed(path: str, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise BadProgrammeFile((f"{path}:1: lists or tables stand too deep in one another.",)) from None
    except ValueError as error:
        line, what = _syntax(str(error), text)
        raise BadProgrammeFile((f"{path}:{line}: {what}",)) from None


def _syntax(words: str, text: str) -> tuple[int, str]:
    """The line of a syntax error and its mend, from tomllib's words (its fields for these are new in 3.14)."""
    at = _AT_LINE.search(words)
    last = text.rstrip("\n").count("\n") + 1
    line = int(at[1]) if at and at[1] else last if at else 1
    plain = words[: at.start()] if at else words
    known = (mend for sign, mend in _SYNTAX.items() if plain.startswith(sign))
    return line, f"this is not TOML: {next(known, plain[:1].lower() + plain[1:200])}."


def _programme(table: "FileTable") -> "ProgrammeFile":
    from bot.programme_file.shape import folded
    from handlers.people.loading import FileNetwork, FilePerson, FileRole, ProgrammeFile
    from storage.records import Account, Home, Role

    return ProgrammeFile(
        table.programme.name,
        table.programme.time_zone,
        tuple(
            FileNetwork(
                one.key, one.name, one.purpose, one.started_on,
                Home(one.home.platform, folded(one.home.platform, one.home.workspace), one.home.place)
                if one.home else None,
            )
            for one in table.networks
        ),
        tuple(
            FilePerson(
                one.name,
                one.time_zone,
                tuple(
                    Account(its.platform, folded(its.platform, its.workspace), folded(its.platform, its.user))
                    for its in one.accounts
                ),
                tuple(FileRole(Role(held.role), held.network) for held in one.roles),
            )
            for one in table.people
        ),
        table.programme.messages_a_week,
        table.programme.signpost,
    )  # fmt: skip
