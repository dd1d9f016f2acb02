"""The words that every network uses, so that none of them is a topic."""

from functools import cache
from pathlib import Path


@cache
def common_words() -> frozenset[str]:
    """Words of five letters and more, in small letters, that name no matter of any network."""
    return frozenset(Path(__file__).with_name("common_words.txt").read_text(encoding="utf-8").split())
