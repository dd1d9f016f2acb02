"""What a newcomer and a server install: one lock, a whole wheel, a plain image, nothing from elsewhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.house import PACKAGES, ROOT
from bot.doctor.slack import manifest_scopes

CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = CONFIG["project"]
WANTED = [Requirement(each) for each in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
LOCK = [Requirement(line) for line in (ROOT / "requirements.lock").read_text().splitlines()]


def _told(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("wanted", WANTED, ids=lambda each: each.name)
def test_the_lock_holds_every_dependency_at_a_version_that_is_wanted(wanted: Requirement) -> None:
    versions = [
        next(iter(each.specifier)).version
        for each in LOCK
        if canonicalize_name(each.name) == canonicalize_name(wanted.name)
    ]
    assert versions
    assert all(wanted.specifier.contains(version) for version in versions)


def test_the_lock_is_exact() -> None:
    assert [each for each in LOCK if [part.operator for part in each.specifier] != ["=="] or each.url] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that an image installs."""
    folder = tmp_path_factory.mktemp("wheel")
    built = _told(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    ours = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert ours - inside == set()
    assert {name.split("/")[0] for name in inside if ".dist-info/" not in name} == set(PACKAGES)


def test_an_installed_doctor_has_the_manifest_to_compare_with(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "from bot.doctor.slack import MANIFEST, manifest_scopes as s; print(MANIFEST, *sorted(s()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    there, *scopes = done.stdout.split()
    assert Path(there).is_relative_to(tmp_path)
    assert scopes == sorted(manifest_scopes())
    assert Path(there).read_bytes() == (ROOT / "app_manifest.yml").read_bytes()


def test_the_image_is_built_from_all_that_the_wheel_takes_in() -> None:
    forced = CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    let_in = (ROOT / ".dockerignore").read_text().splitlines()
    assert [name for name in forced if f"!{name}" not in let_in] == []


def test_the_node_lock_says_what_but_not_where_from() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, each in locked.items() if "resolved" in each] == []
    assert [name for name, each in locked.items() if name and "integrity" not in each] == []


def test_a_python_that_is_too_old_is_named_in_one_line() -> None:
    told = _told("make", "--always-make", "setup", "PYTHON=/bin/false")
    assert told.returncode == 2
    first, *rest = told.stderr.splitlines()
    assert first.startswith("Weaver needs Python 3.11 to 3.14.")
    assert all(line.startswith("make") for line in rest)


def test_the_image_is_plain_and_runs_as_nobody_special() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert hadolint is not None
    told = _told(hadolint, "--no-color", "Dockerfile")
    assert told.stdout == ""
    assert "\nUSER 10001\n" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("name", ["compose.yaml", ".yamllint.yaml"])
def test_yaml_is_well_formed(name: str) -> None:
    assert _told(sys.executable, "-m", "yamllint", "--strict", name).stdout == ""


def test_compose_migrates_before_the_bot_starts_and_holds_no_secret() -> None:
    text = (ROOT / "compose.yaml").read_text()
    services = yaml.safe_load(text)["services"]
    assert set(services) == {"bot", "door", "migrate", "database"}
    assert services["bot"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["command"] == ["python", "-m", "bot", "migrate"]
    assert services["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_compose_runs_two_bots_behind_the_one_port_that_is_published() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert compose["services"]["bot"]["deploy"]["replicas"] == 2
    published = {name: each["ports"] for name, each in compose["services"].items() if "ports" in each}
    assert published == {"door": ["127.0.0.1:3978:3978"]}
    assert "server-template bot 2 bot:3978 check" in compose["configs"]["door"]["content"]
