"""Writes a request as the messages that a model reads: instructions from a versioned file, and facts as data."""

import json
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from prompts.updates.shape import SECTIONS, Request

VERSION = "v1"
"""The newest instructions: a folder of this package."""
MOST_ANSWER_TOKENS = 3000
"""What one answer may cost, with what a model thinks before it writes."""
CHARACTERS_A_TOKEN = 3
"""Fewer than there are in English (about four), so that an estimate errs to the safe side."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["sections"],
    "properties": {
        "sections": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["section", "sentences"],
                "properties": {
                    "section": {"type": "string", "enum": list(SECTIONS)},
                    "sentences": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["text", "facts"],
                            "properties": {
                                "text": {"type": "string"},
                                "facts": {"type": "array", "items": {"type": "integer"}},
                            },
                        },
                    },
                },
            },
        }
    },
}
"""The answer's shape in JSON Schema, within what structured output allows: every key required, none besides."""

# "<|im_start|>", "</s>" and "[INST]" steer some models wherever they stand; no such sign is left in people's words.
_STEERING = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>[]|`"})


@dataclass(frozen=True, slots=True)
class Messages:
    """What a model reads: `system` is ours, `user` holds the facts."""

    system: str
    user: str


def messages(request: Request) -> Messages:
    """The messages for this request; the same for the same request.

    The facts are one line of JSON each, between two borders. The border is made from all that it encloses, so nobody
    can write it into their own words beforehand; quotation marks, line breaks and signs that steer models are escaped,
    and characters that nobody sees are taken out.
    """
    lines = [_line(network=request.network, purpose=request.purpose, **_period(request))]
    for fact in request.facts:
        by = {"by": fact.by} if fact.by else {}
        lines.append(_line(number=fact.number, section=fact.section, on=fact.on.isoformat(), **by, text=fact.text))
    data = "\n".join(lines)
    border = f"=== {sha256(data.encode()).hexdigest()[:24]} ==="
    return Messages(instructions().replace("{border}", border), f"{border}\n{data}\n{border}")


@cache
def instructions(version: str = VERSION) -> str:
    """The text of a version's instructions, with "{border}" where the border is named."""
    return files(__package__).joinpath(version, "instructions.txt").read_text("utf-8")


def tokens_in(request: Messages) -> int:
    """What the messages cost at the most, in tokens, as far as that can be told without the model's own rules."""
    bare = len(request.system) + len(json.dumps(SCHEMA)) + len(request.user.encode())
    return math.ceil(bare / CHARACTERS_A_TOKEN)


def _period(request: Request) -> dict[str, str]:
    return {"from": request.first_on.isoformat(), "to": request.last_on.isoformat()}


def _line(**values: str | int) -> str:
    seen = {key: _seen(value) if isinstance(value, str) else value for key, value in values.items()}
    return json.dumps(seen, ensure_ascii=False).translate(_STEERING)


def _seen(text: str) -> str:
    """The text as a person sees it: in its plain letters, and without what steers or hides and is never drawn."""
    plain = re.sub(r"[\u2028\u2029]", "\n", unicodedata.normalize("NFKC", text))
    return "".join(each for each in plain if each in "\n\t" or unicodedata.category(each)[0] != "C")
