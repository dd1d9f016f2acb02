"""What the doctor asks, played on this machine: Slack and Microsoft, well unless told otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from aiohttp import web

from bench.clock import TUESDAY, MovedClock
from bot import doctor
from bot.doctor.slack import manifest_scopes
from bot.settings import TeamsSettings

SECRETS = ("xoxb-hush", "xapp-hush", "signing-hush", "password-hush", "key-hush")
TENANT = "11111111-1111-4111-8111-111111111111"


@dataclass
class Services:
    """Slack's and Microsoft's sides on one port of this machine, well unless told otherwise."""

    now: datetime = TUESDAY
    slack_error: str = ""
    socket_error: str = ""
    scopes: frozenset[str] = field(default_factory=manifest_scopes)
    sign_in_code: int = 0
    issuer: str = TeamsSettings("", "").issuer
    keys: tuple[str, ...] = ("a key",)
    url: str = ""
    keys_late: timedelta = timedelta()

    def app(self) -> web.Application:
        """The routes that the doctor asks."""
        app = web.Application()
        app.router.add_post("/api/auth.test", self._identity)
        app.router.add_post("/api/apps.connections.open", self._socket)
        app.router.add_post(f"/{TENANT}/oauth2/v2.0/token", self._token)
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._published)
        app.on_response_prepare.append(self._dated)
        return app

    async def _dated(self, request: web.Request, response: web.StreamResponse) -> None:
        dated = self.now - (self.keys_late if request.path == "/keys" else timedelta())
        response.headers["Date"] = format_datetime(dated, usegmt=True)

    async def _identity(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer xoxb-hush"
        if self.slack_error:
            return web.json_response({"ok": False, "error": self.slack_error})
        return web.json_response({"ok": True}, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    async def _socket(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer xapp-hush"
        refused = {"ok": False, "error": self.socket_error}
        return web.json_response(refused if self.socket_error else {"ok": True, "url": "wss://xapp-hush.example"})

    async def _token(self, request: web.Request) -> web.Response:
        assert (await request.post())["client_secret"] == "password-hush"
        if self.sign_in_code:
            described = "AADSTS: password-hush is wrong"
            refused = {"error": "invalid_client", "error_description": described, "error_codes": [self.sign_in_code]}
            return web.json_response(refused, status=401)
        return web.json_response({"access_token": "token", "expires_in": 3600})

    async def _openid(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": self.issuer, "jwks_uri": f"{self.url}/keys"})

    async def _published(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": list(self.keys)})


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[Services]:
    """The services on a port of their own, while the block runs."""
    runner = web.AppRunner(services.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    services.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield services
    finally:
        await runner.cleanup()


@dataclass
class Practice:
    """A doctor with a folder, a database at the newest schema, and a clock that stands."""

    folder: Path

    def settings(self, services: Services, **others: str) -> dict[str, str]:
        """An environment in which everything is set, and set right."""
        return {
            "WEAVER_DATABASE_URL": f"sqlite:///{self.folder / 'weaver.db'}", "WEAVER_PORT": "0",
            "SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xapp-hush", "SLACK_SIGNING_SECRET": "signing-hush",
            "SLACK_API_URL": f"{services.url}/api/",
            "MICROSOFT_APP_ID": "app-id", "MICROSOFT_APP_PASSWORD": "password-hush", "MICROSOFT_APP_TENANTID": TENANT,
            "MICROSOFT_LOGIN_URL": services.url, "MICROSOFT_OPENID_URL": f"{services.url}/openid",
            "OPENAI_API_KEY": "key-hush", "WEAVER_MODEL": "a-model",
        } | others  # fmt: skip

    async def examine(self, env: dict[str, str]) -> list[str]:
        """The doctor's lines."""
        findings = await doctor.examine(env, MovedClock())
        lines = [f"{one.state} {one.what}" for one in findings]
        assert [line for line in lines for secret in SECRETS if secret in line] == []
        return lines
