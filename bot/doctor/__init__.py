"""Checks what the bot needs, all of it even without a network, and says how to mend what is not well."""

import asyncio
from collections.abc import Iterator, Mapping

from aiohttp import ClientSession

from bot.clock import Clock, SystemClock
from bot.doctor import machine, slack, teams
from bot.doctor.findings import MEND, Finding, mend, note, ok
from bot.doctor.network import TIMEOUT, Web
from bot.settings import BadSettings, Settings, read

__all__ = ["MEND", "Finding", "examine"]

MOST_DRIFT = 60
"""Seconds that the clock may differ; past 300 the bot refuses each of Slack's requests as too old, as Slack asks."""


async def examine(env: Mapping[str, str], clock: Clock | None = None) -> list[Finding]:
    """Every finding, in the order of settings, machine, platforms and clock. Raises nothing, holds no secret."""
    findings = [machine.zones()]
    try:
        settings = read(env)
    except BadSettings as bad:
        again = note("The rest is checked once the settings are right: run doctor again then.")
        return [*(mend(problem) for problem in bad.problems), *findings, again]
    clock = clock or SystemClock()
    findings = [*_of_settings(settings), *findings, *await asyncio.to_thread(machine.database, settings, clock)]
    async with ClientSession(timeout=TIMEOUT) as session:
        web = Web(session, clock)
        findings.append(await machine.port(settings, web))
        if settings.slack:
            findings += await slack.examine(settings.slack, web)
        if settings.teams:
            findings += await teams.examine(settings.teams, web)
    return [*findings, _of_clock(web.drifts)]


def _of_settings(settings: Settings) -> Iterator[Finding]:
    names = [name for name, on in (("Slack", settings.slack), ("Teams", settings.teams)) if on]
    if names:
        yield ok(f"Settings: every value can be used; {' and '.join(names)} will be served.")
    else:
        yield mend(
            "Settings: neither Slack nor Teams is set up; set SLACK_BOT_TOKEN or MICROSOFT_APP_ID (README.md says how)."
        )
    if settings.model is None:
        yield note("Language model: none, which is fine; everything works without one.")
    else:
        yield ok("Language model: its key and its name are set; it is asked only when something is drafted.")


def _of_clock(drifts: list[float]) -> Finding:
    """The clock beside the dates of the answers that came; the nearest counts, since an answer may come late."""
    if not drifts:
        return note("Clock: no service answered to compare it with.")
    drift = min(drifts, key=abs)
    if abs(drift) <= MOST_DRIFT:
        return ok("Clock: right, to the minute.")
    return mend(
        f"Clock: {abs(drift):.0f} seconds {'fast' if drift > 0 else 'slow'}. Let a time server set it; "
        "past 300 seconds no request from Slack is believed."
    )
