"""What Teams takes at most, and the size of an activity as Teams counts it."""

import json
from typing import Any

Json = dict[str, Any]
"""A JSON object."""

MOST_BYTES = 80_000
"""Bytes of one activity's JSON in UTF-16. Teams refuses more than 100 KB (format-your-bot-messages); the difference is
room for what the service adds."""
MOST_TEXT = 6_000
"""Characters of one block of text; longer text is cut by `shortened`."""
MOST_LABEL = 200
"""Characters of a button's, a choice's or a column's label."""
MOST_ACTIONS = 5
"""Buttons in one row of a card. Teams shows six; other renderers hide those after the fifth, unless told otherwise."""
MOST_ROWS = 100
"""Rows of one table or list of facts."""
MOST_TITLE = 64
"""Characters of a dialog's title that are shown."""
RATE = 40.0
"""Messages a second to one tenant. Teams takes 50 requests a second of one app in one tenant (platforms.md §2, from
learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit); the rest is room for answers."""
FILE_PART = 12_000
"""Characters of a text file shown in one message."""
FILE_BLOCK = 5_000
"""Characters of a text file in one block of that message: less than `MOST_TEXT`, so that nothing is cut."""

ENDS = " … (shortened)"
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def shortened(text: str, most: int = MOST_TEXT) -> str:
    """The text, cut visibly where it is longer than `most` characters."""
    return text if len(text) <= most else text[: most - len(ENDS)] + ENDS


def size(content: Json | list[Json]) -> int:
    """Bytes of this JSON in UTF-16, as Teams counts them."""
    return len(_WRITER.encode(content).encode("utf-16-le", "surrogatepass"))
