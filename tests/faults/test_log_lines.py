"""F11: a log line is one whole JSON object of at most MAX_LINE characters, however much there is to tell."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import MAX_LINE, JsonLines

LONG = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 400))
VALUES = st.one_of(LONG, st.text(), st.integers(), st.none(), st.lists(LONG, max_size=9))


def line(fields: dict[str, Any], what: str = "something failed") -> dict[str, Any]:
    """The line as a reader of logs gets it."""
    record = logging.makeLogRecord({"msg": what, "name": "weaver", "levelname": "ERROR", "fields": fields})
    written = JsonLines().format(record)
    assert len(written) <= MAX_LINE
    assert "\n" not in written
    read: dict[str, Any] = json.loads(written)
    return read


@given(
    fields=st.dictionaries(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), VALUES, max_size=60),
    what=st.text(max_size=500),
)
def test_whatever_there_is_to_tell(fields: dict[str, Any], what: str) -> None:
    assert {"at", "level", "from", "what"} <= set(line(fields, what))


@pytest.mark.parametrize("character", ["a", '"', "\\", "\x00", "é", "🙂"])
def test_what_is_too_long_is_shortened_and_the_rest_stays(character: str) -> None:
    read = line({"event_id": "event-7", "why": character * 5000, "status": 503})
    assert (read["event_id"], read["status"], read["level"]) == ("event-7", 503, "error")
    assert read["why"].startswith(character)
    assert read["why"].endswith("…")
    assert len(read["why"]) > 50


def test_what_fits_is_left_as_it_is() -> None:
    assert line({"names": ["a", "b"], "why": "w" * 700})["why"] == "w" * 700
