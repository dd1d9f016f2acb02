"""Figures of scales in which nobody can be found: from how many people on they are shown, and what they say."""

from collections.abc import Sequence

FEWEST = 5
"""People whose answers a figure is made of, at the least (design.md §4, small numbers)."""


def middle(numbers: Sequence[float]) -> float:
    """The median of numbers in their order, at least one."""
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
