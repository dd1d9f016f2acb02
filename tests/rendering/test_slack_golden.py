"""Every feature's examples as Slack is sent them: within its limits, and as they were when someone last looked.

After a change that is meant, look at the difference that `GOLDEN=write pytest tests/rendering` makes.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bench.slack_limits import problems
from bot.platforms.slack.render import Level, message_payload, modal
from handlers import find_routes
from handlers.kit.content import Example, Message

GOLDEN = Path(__file__).parents[1] / "golden" / "slack"
EXAMPLES = {f"{feature.name}.{one.name}": one for feature in find_routes().features for one in feature.examples()}


def _sent(example: Example) -> dict[str, Any]:
    content = example.content
    if isinstance(content, Message):
        return message_payload(content, Level.CHARTS)
    return modal(content, example.errors)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_within_slacks_limits(name: str) -> None:
    surface = "message" if isinstance(EXAMPLES[name].content, Message) else "modal"
    assert problems(_sent(EXAMPLES[name]), surface) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_drawn_as_it_was(name: str) -> None:
    drawn = json.dumps(_sent(EXAMPLES[name]), indent=1, ensure_ascii=False) + "\n"
    golden = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == drawn


def test_no_golden_file_is_left_of_an_example_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} <= set(EXAMPLES)
