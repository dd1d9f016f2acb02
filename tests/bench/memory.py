"""Finds the words that an object still holds, however deep."""

from __future__ import annotations

import gc
from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Any

CONTAINERS = (dict, OrderedDict, list, tuple, set, frozenset, deque)


def words_held(root: object) -> Iterator[str]:
    """Every text that is reachable from the object through containers and through what Weaver itself defines."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif id(one) not in seen and _is_ours(one):
            seen.add(id(one))
            waiting += gc.get_referents(one)


def _is_ours(one: object) -> bool:
    if isinstance(one, type):
        return False
    return isinstance(one, CONTAINERS) or type(one).__module__.split(".")[0] in ("bot", "handlers", "storage")
