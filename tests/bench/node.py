"""The Node tools that some tests use, from node_modules; skips in one line where they are not installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def node() -> str:
    """The path of the Node program."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("needs Node: install Node.js 20 or newer and run `npm ci --ignore-scripts`")
    return found


def node_package(name: str) -> Path:
    """The folder of an installed package, such as "axe-core"."""
    folder = ROOT / "node_modules" / name
    if not folder.is_dir():
        pytest.skip(f"needs {name}: run `npm ci --ignore-scripts`")
    return folder


def axe_script() -> str:
    """The accessibility checker as one script, to be added to a page; then `axe.run()` is there."""
    return (node_package("axe-core") / "axe.min.js").read_text(encoding="utf-8")


def playground_command(*options: str) -> list[str]:
    """The command that starts Microsoft's Agents Playground, which plays Teams, with these options."""
    script = node_package("@microsoft/m365agentsplayground") / "cli.js"
    return [node(), str(script), "--disable-telemetry", *options]


def playground_environment(folder: Path) -> dict[str, str]:
    """The environment it needs to open no browser of its own and to keep its log and config in `folder`."""
    return {
        **os.environ,
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(folder / ".m365agentsplayground.yml"),
    }


def aimock_command(*options: str) -> list[str]:
    """The command that starts aimock, which plays the interface of model servers, with these options."""
    return [node(), str(node_package("@copilotkit/aimock") / "dist" / "cli.js"), *options]
