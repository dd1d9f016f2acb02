"""What every test shares: the bench's fixtures, and the rule that CI skips nothing."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

pytest_plugins = ["bench.postgres", "bench.databases", "bench.chromium"]

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _skips_count_as_failures() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def _strict(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and _skips_count_as_failures():
        report.outcome = "failed"
        report.longrepr = f"Skipped, but CI skips nothing: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _strict((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _strict((yield))
