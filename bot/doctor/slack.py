"""Checks Slack for the doctor: the tokens, and the scopes that the app's manifest asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.doctor.findings import Finding, mend, note, ok
from bot.doctor.network import Answer, Away, Web
from bot.settings import SlackSettings

_INSTALLED = Path(__file__).parents[1] / "platforms" / "slack" / "app_manifest.yml"
MANIFEST = _INSTALLED if _INSTALLED.is_file() else Path(__file__).parents[2] / "app_manifest.yml"
"""The app's manifest: in an installed Weaver beside what speaks to Slack, in a checkout at its top."""
_AWAY = mend("Slack: it does not answer. Is there a network here, and may this machine reach slack.com?")
_BOT_TOKEN = "copy the Bot User OAuth Token again from the app's OAuth & Permissions page into SLACK_BOT_TOKEN"
_APP_TOKEN = (
    "make an app-level token with connections:write on the Basic Information page, and put it in SLACK_APP_TOKEN"
)
_MENDS = {
    "invalid_auth": _BOT_TOKEN,
    "not_authed": _BOT_TOKEN,
    "token_revoked": f"install the app again, then {_BOT_TOKEN}",
    "token_expired": _BOT_TOKEN,
    "account_inactive": f"the app was removed from the workspace: install it again, then {_BOT_TOKEN}",
    "ratelimited": "wait a minute, then run doctor again",
}


async def examine(settings: SlackSettings, web: Web) -> list[Finding]:
    """The findings about tokens, scopes and the way in."""
    try:
        identity = await web.ask("POST", f"{settings.api_url}auth.test", token=settings.bot_token)
        findings = [*_identity(identity)]
        if not settings.app_token:
            return [*findings, ok("Slack: the signing secret is set; Slack's first request shows whether it is right.")]
        opened = await web.ask("POST", f"{settings.api_url}apps.connections.open", token=settings.app_token)
    except Away:
        return [_AWAY]
    return [*findings, _socket(opened)]


def _identity(answer: Answer) -> Iterator[Finding]:
    if answer.body.get("ok") is not True:
        how = _MENDS.get(answer.error, "see what this word means in Slack's page on auth.test")
        yield mend(f"Slack: it refuses the bot token ({answer.error}); {how}.")
        return
    yield ok("Slack: the bot token is good.")
    wanted = manifest_scopes()
    has = {one.strip() for one in answer.headers.get("x-oauth-scopes", "").split(",")} - {""}
    missing = sorted(wanted - has)
    if not wanted or not has:
        yield note("Slack: its scopes could not be compared with app_manifest.yml.")
    elif missing:
        yield mend(
            f"Slack: the app lacks the scopes {', '.join(missing)}; put app_manifest.yml into the app's "
            "App Manifest page, then install it again."
        )
    else:
        yield ok("Slack: the app has every scope that it needs.")


def _socket(answer: Answer) -> Finding:
    if answer.body.get("ok") is True:
        return ok("Slack: Socket Mode opens.")
    return mend(f"Slack: Socket Mode is refused ({answer.error}); turn it on in the app's settings, {_APP_TOKEN}.")


def manifest_scopes(manifest: Path = MANIFEST) -> frozenset[str]:
    """The bot scopes of the app's manifest; none where it is not at hand. A YAML library is only a tool of ours."""
    if not manifest.is_file():
        return frozenset()
    listed = re.search(r"^ +scopes:\s*\n +bot:\s*\n((?: +- .*\n)+)", manifest.read_text("utf-8"), re.MULTILINE)
    return frozenset(re.findall(r"- ['\"]?([a-z_.:]+)", listed[1])) if listed else frozenset()
