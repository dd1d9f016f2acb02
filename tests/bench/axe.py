"""Runs axe-core, the accessibility checker, in a page of the tests' browser."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

from bench.node import axe_script

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong in the page as it stands now: one line each with the rule, the mend and the element."""
    # What is still fading in has too little contrast for a moment: axe shall see it when it stands.
    await page.emulate_media(reduced_motion="reduce")
    await page.evaluate(axe_script())
    run = "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })"
    found: dict[str, Any] = await page.evaluate(run, STANDARDS)
    return [
        f"{rule['id']}: {rule['help']} at {node['html'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
