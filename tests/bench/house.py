"""Where the house stands and which files are its own, for the tests that look at its shape."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "prompts", "storage")
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", "dist", "devTools"}


def our_files() -> Iterator[Path]:
    """Every file of the project, without what tools make."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = [each for each in subfolders if each not in NOT_OURS and "cache" not in each]
        yield from (Path(folder, name) for name in names)


def python_files() -> list[Path]:
    """Every Python file of the packages and the tests, in a settled order."""
    roots = (ROOT / name for name in (*PACKAGES, "tests"))
    return sorted(path for root in roots for path in root.rglob("*.py"))


def features() -> list[Path]:
    """The folder of each conversation; the kit is the language that they share, not one of them."""
    folders = (path.parent for path in (ROOT / "handlers").glob("*/__init__.py"))
    return sorted(folder for folder in folders if folder.name != "kit")


def name_of(path: Path) -> str:
    """A path as a test's name: short, and the same on every machine."""
    return path.relative_to(ROOT).as_posix()
