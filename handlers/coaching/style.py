"""Says in one sentence how a coaching question could be easier to answer; it is advice, and stops nobody."""

import re

MOST_WORDS = 20
_CLOSED = re.compile(
    r"(?:am|are|can|could|did|do|does|had|has|have|is|may|might|shall|should|was|were|will|would)\b", re.IGNORECASE
)
_WHY = re.compile(r"\bwhy\b", re.IGNORECASE)
_SHOULD = re.compile(r"\b(?:you should|should you|should have)\b", re.IGNORECASE)


def advice(text: str) -> str:
    """The one thing that would help most; empty where nothing comes to mind."""
    words = len(text.split())
    if "?" not in text:
        return "It is not a question yet, and a question mark at its end would help."
    if text.count("?") > 1:
        return "It asks more than one thing, and one at a time is easier to answer."
    if words > MOST_WORDS:
        return f"It has {words} words, and up to {MOST_WORDS} are easier to read."
    if _WHY.search(text):
        return "What or how is often easier to answer than why."
    if _CLOSED.match(text):
        return "It can be answered with yes or no, and what or how would open it up."
    return "Should can sound like blame, and could is kinder." if _SHOULD.search(text) else ""
