"""National Insurance numbers: two letters, six digits, and a last letter from A to D."""

import re

_J = r"[ ._\-/]{0,3}"
# The prefix does not excuse a match (HMRC NIM39110 names those never issued): a slip in typing is likelier.
_NUMBER = re.compile(rf"(?<![a-z0-9])([a-z]{_J}[a-z]){_J}(?:\d{_J}){{6}}[a-d](?![a-z0-9])", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:ni\b|nino\b|n\.i\.|nat(?:ional|\.)? ins(?:urance|\.)?)(?: ?(?:no|num|number|code|is|#))*[^a-z\d]{0,4}"
    rf"[a-z]{_J}[a-z]{_J}(?:\d{_J}){{5}}\d",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    [
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "pm",
        "so",
        "to",
        "up",
        "us",
        "we",
        "id",
        "nb",
    ]
)
_REFERENCE = re.compile(
    r"\b(?:ref|reference|grant|order|invoice|asset|serial|isrctn|catalogue)[^a-z\d]{0,3}$", re.IGNORECASE
)


def holds_one(folded: str) -> bool:
    """Whether `folded` (see spelling.plain) holds a National Insurance number."""
    if _LABELLED.search(folded):
        return True
    return any(_stands(folded, match) for match in _NUMBER.finditer(folded))


def _stands(folded: str, match: re.Match[str]) -> bool:
    prefix = match[1]
    is_word = prefix in _SMALL_WORDS and folded[match.end(1)] == " "
    return not is_word and _REFERENCE.search(folded[max(0, match.start() - 14) : match.start()]) is None
