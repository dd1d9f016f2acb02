"""Finds the line of every key and element of a TOML text, by tree-sitter's grammar; it judges nothing."""

import tomllib
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""Where something stands in the parsed data: ("people", 0, "accounts", 1, "user")."""
_KEYS = ("bare_key", "quoted_key", "dotted_key")


class Lines:
    """The lines of a TOML text that tomllib has parsed; what stands nowhere is given the line of what holds it."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {(): 1}
        self._elements: dict[Path, int] = {}
        root = Parser(Language(tree_sitter_toml.language())).parse(text.encode()).root_node
        for node in root.named_children:
            if node.type == "pair":
                self._pair((), node)
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def of(self, path: Path) -> int:
        """The line, counted from 1, of a key, an element, or the nearest thing around it that is written."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def _table(self, node: Node) -> None:
        key = next(_keys(node), None)
        if key is None:
            return
        *outer, last = _parts(key)
        path: Path = (*self._through(tuple(outer)), last)
        self._note(path, node)
        if node.type == "table_array_element":
            index = self._elements[path] = self._elements.get(path, -1) + 1
            path += (index,)
            self._note(path, node)
        for child in node.named_children:
            if child.type == "pair":
                self._pair(path, child)

    def _through(self, outer: tuple[str, ...]) -> Path:
        """The outer part of a header's path: of an array of tables a header means the latest element."""
        path: Path = ()
        for part in outer:
            path += (part,)
            if path in self._elements:
                path += (self._elements[path],)
        return path

    def _pair(self, above: Path, node: Node) -> None:
        key = next(_keys(node), None)
        if key is None:
            return
        path = above
        for part in _parts(key):
            path += (part,)
            self._note(path, node)
        self._value(path, node.named_children[-1])

    def _value(self, path: Path, node: Node) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(path, child)
        elif node.type == "array":
            elements = (child for child in node.named_children if child.type not in ("comment", "ERROR"))
            for index, child in enumerate(elements):
                self._note((*path, index), child)
                self._value((*path, index), child)

    def _note(self, path: Path, node: Node) -> None:
        self._found.setdefault(path, node.start_point.row + 1)


def _keys(node: Node) -> Iterator[Node]:
    return (child for child in node.named_children if child.type in _KEYS)


def _parts(key: Node) -> list[str]:
    """The parts of a key as TOML reads them, quotes and escapes undone."""
    parts: list[str] = []
    inner: object = tomllib.loads(f"{(key.text or b'').decode()} = 0")
    while isinstance(inner, dict):
        part, inner = next(iter(inner.items()))
        parts.append(part)
    return parts
