"""The shape of the house: who may know whom, how large a file may grow, and what a start may cost."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.house import PACKAGES, ROOT, features, name_of, our_files, python_files

BANNED_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "service",
    "services",
    "manager",
    "base",
    "misc",
}
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
COSTLY = ("openai", "alembic", "botbuilder", "botframework", "msrest", "pydantic", "docx", "PIL")
PURE = ["handlers.kit", "prompts", "storage.records"]

each_python_file = pytest.mark.parametrize("path", python_files(), ids=name_of)
each_feature = pytest.mark.parametrize("feature", features(), ids=name_of)


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_imports_run_one_way() -> None:
    _run("import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))")


@each_python_file
def test_a_file_is_small_and_so_are_its_functions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, "a file holds at most 300 lines: split it by what it is about"
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [each.name for each in functions if (each.end_lineno or 0) - each.lineno >= 40]
    assert long == [], "a function holds at most 40 lines"


@each_python_file
def test_a_module_has_a_name_of_the_field_and_says_its_job(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert re.match(r"[^\n].*?[.?](\n|$)", docstring, re.DOTALL), "open with one sentence on the module's job"


@each_python_file
def test_a_silenced_type_error_gives_its_reason(path: Path) -> None:
    ignored = re.findall(r"# type: ignore.*", path.read_text(encoding="utf-8"))
    unexplained = [each for each in ignored if not re.match(r"# type: ignore\[[\w, -]+\]\s+# \w", each)]
    assert unexplained == [] or path == Path(__file__)


@each_feature
def test_a_feature_tells_its_story_and_keeps_to_the_plan(feature: Path) -> None:
    assert (feature / "flow.py").is_file()
    assert (feature / "views.py").is_file()
    story = ast.get_docstring(ast.parse((feature / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert story.count(".") >= 2, "the docstring of a feature tells its conversation as a story"


def test_no_test_folder_hides_a_package() -> None:
    folders = [path for path in (ROOT / "tests").rglob("*") if path.is_dir()]
    assert [each for each in folders if each.name in PACKAGES] == []
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_file_names_a_package_registry() -> None:
    texts = ((path, path.read_bytes()) for path in our_files())
    assert [name_of(path) for path, text in texts for host in REGISTRIES if host.encode() in text] == []


def test_a_start_pays_only_for_what_it_uses() -> None:
    loaded = _run(f"import bot.__main__, bot.app, sys; print(*sorted(set(sys.modules) & set({COSTLY})))")
    assert loaded == ""


def test_what_decides_and_what_phrases_load_no_database_and_no_platform() -> None:
    inner = [f"handlers.{each.name}.{part}" for each in features() for part in ("rules", "views")]
    there = [name for name in [*PURE, *inner] if (ROOT / name.replace(".", "/")).is_dir() or _is_file(name)]
    outside = ("sqlalchemy", "aiohttp", "slack_sdk", "slack_bolt", *COSTLY)
    loaded = _run(f"import sys, {', '.join(there)}; print(*sorted(set(sys.modules) & set({outside})))")
    assert loaded == ""


def _is_file(module: str) -> bool:
    return (ROOT / (module.replace(".", "/") + ".py")).is_file()
