"""Structured logs: one JSON line each, with the event id, never with a person's words or a secret."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

MAX_LINE = 1000
"""Characters: no log line is longer (limits.md F11)."""

_ALWAYS = ("at", "level", "from", "what")


class Log:
    """What the bot's loops write with: a fixed phrase, and fields that hold ids and reasons only."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, what: str, **fields: object) -> None:
        """Something worth knowing happened."""
        self._logger.info(what, extra={"fields": fields})

    def warning(self, what: str, **fields: object) -> None:
        """Something was refused or is odd."""
        self._logger.warning(what, extra={"fields": fields})

    def error(self, what: str, **fields: object) -> None:
        """Something failed that the bot cannot mend itself."""
        self._logger.error(what, extra={"fields": fields})

    def bug(self, what: str, error: BaseException, **fields: object) -> None:
        """A bug: its kind and the places in the code it passed, without its message, which may hold words."""
        self._logger.error(what, extra={"fields": {**fields, **_described(error)}})


def _described(error: BaseException) -> dict[str, str]:
    return {"error": type(error).__name__, "at": _places(error.__traceback__)}


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-4:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))


class JsonLines(logging.Formatter):
    """Formats a record as one JSON line of MAX_LINE at most; of a library's error only its kind is kept."""

    def format(self, record: logging.LogRecord) -> str:
        """One line: when, level, logger, what, and the fields."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        fields = getattr(record, "fields", None)
        line["what"] = record.getMessage()[:300] if fields is not None else _of_library(record)
        line.update(fields or {})
        if record.exc_info and record.exc_info[1] is not None:
            line.update(_described(record.exc_info[1]))
        return _fitted(line)


def _fitted(line: dict[str, object]) -> str:
    """The line as JSON. What is too long has its longest texts shortened, all to the same length, until it fits."""
    text, most = _json(line), MAX_LINE
    while len(text) > MAX_LINE and most > 8:
        most //= 2
        line = {key: _shortened(value, most) if key not in _ALWAYS[:3] else value for key, value in line.items()}
        text = _json(line)
    # So many fields that not even their beginnings fit.
    return text if len(text) <= MAX_LINE else _json({key: line[key] for key in _ALWAYS})


def _json(line: dict[str, object]) -> str:
    return json.dumps(line, default=str, ensure_ascii=False)


def _shortened(value: object, most: int) -> object:
    text = value if isinstance(value, str) else _json({"": value})
    return f"{str(value)[: most - 1]}…" if len(text) > most else value


def _of_library(record: logging.LogRecord) -> str:
    """A library's message without its arguments, which may hold a payload."""
    return record.msg[:200] if isinstance(record.msg, str) and record.args else "a library's message"


def set_up(level: str = "INFO") -> None:
    """Send all logs to standard error as JSON lines; libraries only from WARNING up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("weaver").setLevel(level)


log = Log("weaver")
