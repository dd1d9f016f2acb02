"""The settings, read once from the environment: frozen, and every missing or wrong value named at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "::1", "localhost")
MIN_PACE = 0.1
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")


class BadSettings(Exception):
    """Settings that cannot be used; `problems` holds one sentence each, with its mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """How to reach Slack. `app_token` present: Socket Mode, which needs no public address.

    `messages_a_second`: sent unasked, to one workspace. Slack lets through "several hundred a minute", without a figure
    (docs.slack.dev/reference/methods/chat.postMessage); whatever is too much for it is also too much for answers.
    """

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False, default="")
    app_token: str = field(repr=False, default="")
    api_url: str = "https://slack.com/api/"
    messages_a_second: float = 10.0


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """How to reach Teams. `tenants`: whose people may talk to the bot; `service_hosts`: where tokens may be sent.

    `file_hosts`: where files may be put for those who agree, `.host` for all below it; empty where none are offered.
    """

    app_id: str
    app_password: str = field(repr=False)
    tenant_id: str = ""
    app_type: str = "SingleTenant"
    tenants: tuple[str, ...] = ()
    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    issuer: str = "https://api.botframework.com"
    service_hosts: tuple[str, ...] = ("smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com")
    unauthenticated: bool = False
    file_hosts: tuple[str, ...] = (".sharepoint.com",)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model that may help to draft; off unless a key is set.

    `tokens_a_day`: what all drafts of a day (UTC) may cost together. `seconds`: how long one draft may take; nobody
    waits for it, as the draft that needs no model is there before.
    """

    api_key: str = field(repr=False)
    model: str
    base_url: str = "https://api.openai.com/v1"
    tokens_a_day: int = 300_000
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. A platform that is None is off."""

    database_url: str = field(default="sqlite:///weaver.db", repr=False)
    host: str = "127.0.0.1"
    port: int = 3978
    slack: SlackSettings | None = None
    teams: TeamsSettings | None = None
    model: ModelSettings | None = None


def read(env: Mapping[str, str]) -> Settings:
    """The settings that the environment holds. Raises BadSettings with every problem at once."""
    problems: list[str] = []
    host = env.get("WEAVER_HOST", "127.0.0.1")
    settings = Settings(
        _database(env, problems), host, _port(env, problems), _slack(env, problems), _teams(env, host, problems),
        _model(env, problems),
    )  # fmt: skip
    if problems:
        raise BadSettings(tuple(problems))
    return settings


def read_model(env: Mapping[str, str]) -> ModelSettings | None:
    """The model that the environment names, for the demonstration, which needs nothing else of it.

    Raises BadSettings with every problem at once.
    """
    problems: list[str] = []
    model = _model(env, problems)
    if problems:
        raise BadSettings(tuple(problems))
    return model


def _database(env: Mapping[str, str], problems: list[str]) -> str:
    url = env.get("WEAVER_DATABASE_URL", "sqlite:///weaver.db")
    if url.split(":", 1)[0] not in DATABASES:
        problems.append(
            "WEAVER_DATABASE_URL must begin with sqlite:/// and a file, or postgresql:// and a server; "
            "leave it out to use the file weaver.db here."
        )
    return re.sub(r"^postgresql:", "postgresql+psycopg:", url)


def _port(env: Mapping[str, str], problems: list[str]) -> int:
    text = env.get("WEAVER_PORT", "3978")
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    problems.append(f"WEAVER_PORT must be a number from 0 to 65535, and is {text!r}.")
    return 0


def _slack(env: Mapping[str, str], problems: list[str]) -> SlackSettings | None:
    names = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")
    token, secret, app_token = (env.get(name, "") for name in names)
    if not (token or secret or app_token):
        return None
    if not token.startswith("xoxb-"):
        problems.append("SLACK_BOT_TOKEN must be the bot token that begins with xoxb- (OAuth & Permissions page).")
    if app_token and not app_token.startswith("xapp-"):
        problems.append("SLACK_APP_TOKEN must begin with xapp- (Basic Information, App-Level Tokens).")
    if not (secret or app_token):
        problems.append("Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.")
    url = _url(env, "SLACK_API_URL", "https://slack.com/api/", problems)
    return SlackSettings(token, secret, app_token, url if url.endswith("/") else url + "/", _pace(env, problems))


def _pace(env: Mapping[str, str], problems: list[str]) -> float:
    text = env.get("SLACK_MESSAGES_A_SECOND", "10")
    if re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", text) and float(text) >= MIN_PACE:
        return float(text)
    problems.append(f"SLACK_MESSAGES_A_SECOND must be a number from {MIN_PACE} to 9999, and is {text!r}.")
    return 10.0


def _teams(env: Mapping[str, str], host: str, problems: list[str]) -> TeamsSettings | None:
    app_id, password = env.get("MICROSOFT_APP_ID", ""), env.get("MICROSOFT_APP_PASSWORD", "")
    if env.get("WEAVER_TEAMS_UNAUTHENTICATED") == "1":
        if host not in LOOPBACK:
            problems.append(
                "WEAVER_TEAMS_UNAUTHENTICATED=1 is for local tools: set WEAVER_HOST=127.0.0.1, or unset it."
            )
        return TeamsSettings(app_id, password, unauthenticated=True, service_hosts=LOOPBACK, file_hosts=())
    if not (app_id or password):
        return None
    kind, tenant = env.get("MICROSOFT_APP_TYPE", "SingleTenant"), env.get("MICROSOFT_APP_TENANTID", "").strip()
    tenants = _listed(env.get("WEAVER_TEAMS_TENANTS", tenant))
    if not (app_id and password):
        problems.append("Set both MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD, or neither.")
    if kind not in ("SingleTenant", "MultiTenant"):
        problems.append("MICROSOFT_APP_TYPE must be SingleTenant (the default) or MultiTenant.")
    if kind == "SingleTenant" and not tenant:
        problems.append("MICROSOFT_APP_TENANTID must be the tenant that the bot is registered in.")
    if not tenants:
        problems.append("WEAVER_TEAMS_TENANTS must name the tenants whose people may use the bot, with commas between.")
    default = TeamsSettings("", "")
    return TeamsSettings(
        app_id, password, tenant, kind, tenants,
        _url(env, "MICROSOFT_LOGIN_URL", default.login_url, problems),
        _url(env, "MICROSOFT_OPENID_URL", default.openid_url, problems),
        env.get("MICROSOFT_ISSUER", default.issuer),
        _listed(env.get("WEAVER_TEAMS_SERVICE_HOSTS", "")) or default.service_hosts,
        file_hosts=_file_hosts(env, default.file_hosts),
    )  # fmt: skip


def _file_hosts(env: Mapping[str, str], default: tuple[str, ...]) -> tuple[str, ...]:
    """Where files may be put: "none" for nowhere, so that they are shown as text instead."""
    hosts = _listed(env.get("WEAVER_TEAMS_FILE_HOSTS", "")) or default
    return () if hosts == ("none",) else hosts


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas. Hosts, and the ids of tenants, are the same in capitals and small letters."""
    return tuple(one.strip().lower() for one in text.split(",") if one.strip())


def _model(env: Mapping[str, str], problems: list[str]) -> ModelSettings | None:
    key, model = env.get("OPENAI_API_KEY", ""), env.get("WEAVER_MODEL", "").strip()
    if not key:
        return None
    if not (key.isascii() and key.isprintable() and " " not in key):
        problems.append("OPENAI_API_KEY must be letters, digits and signs without a space or a line break.")
    if not model:
        problems.append("OPENAI_API_KEY is set without WEAVER_MODEL: set that too (a model's name), or leave both out.")
    default = ModelSettings("", "")
    return ModelSettings(
        key, model, _url(env, "OPENAI_BASE_URL", default.base_url, problems),
        _whole(env, "WEAVER_MODEL_TOKENS_A_DAY", default.tokens_a_day, 1_000_000_000, problems),
        _whole(env, "WEAVER_MODEL_SECONDS", default.seconds, 600, problems),
    )  # fmt: skip


def _whole(env: Mapping[str, str], name: str, default: int, most: int, problems: list[str]) -> int:
    text = env.get(name, str(default))
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most:
        return int(text)
    problems.append(f"{name} must be a whole number from 1 to {most}, and is {text[:20]!r}.")
    return default


def _url(env: Mapping[str, str], name: str, default: str, problems: list[str]) -> str:
    url = env.get(name) or default
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe:
        problems.append(f"{name} must be an https:// address (http:// only on this machine).")
    return url
