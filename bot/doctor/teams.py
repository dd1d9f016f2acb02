"""Checks Teams for the doctor: the bot's token, and the keys that its requests are signed with."""

from urllib.parse import quote

from bot.doctor.findings import Finding, mend, note, ok
from bot.doctor.network import Answer, Away, Web
from bot.settings import TeamsSettings

SCOPE = "https://api.botframework.com/.default"
_MENDS = {
    7000215: "MICROSOFT_APP_PASSWORD is not right: make a new client secret, and copy its value, not its id",
    7000222: "the client secret has run out: make a new one for MICROSOFT_APP_PASSWORD",
    700016: "MICROSOFT_APP_ID is not known in that tenant: check it and MICROSOFT_APP_TENANTID",
    90002: "MICROSOFT_APP_TENANTID is not a tenant: copy it from the bot's registration",
    900023: "MICROSOFT_APP_TENANTID is not a tenant: copy it from the bot's registration",
}
"""Microsoft's sign-in errors by number (learn.microsoft.com/entra/identity-platform/reference-error-codes)."""
_ELSE = "check MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANTID"


async def examine(settings: TeamsSettings, web: Web) -> list[Finding]:
    """The findings about the bot's token and about the keys."""
    if settings.unauthenticated:
        return [
            note("Teams: WEAVER_TEAMS_UNAUTHENTICATED=1 lets local tools in without proof; never use it in earnest.")
        ]
    return [await _token(settings, web), await _keys(settings, web)]


async def _token(settings: TeamsSettings, web: Web) -> Finding:
    tenant = settings.tenant_id if settings.app_type == "SingleTenant" else "botframework.com"
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.app_id,
        "client_secret": settings.app_password,
        "scope": SCOPE,
    }
    url = f"{settings.login_url.rstrip('/')}/{quote(tenant, safe='')}/oauth2/v2.0/token"
    try:
        answer = await web.ask("POST", url, form=form)
    except Away:
        return mend(
            "Teams: Microsoft's sign-in does not answer. Is there a network here? Is MICROSOFT_LOGIN_URL right?"
        )
    if answer.status == 200 and answer.body.get("access_token"):
        return ok("Teams: Microsoft gives the bot its token.")
    return mend(f"Teams: Microsoft gives the bot no token ({answer.error}); {_why(answer)}.")


def _why(answer: Answer) -> str:
    codes = answer.body.get("error_codes")
    known = (_MENDS[code] for code in (codes if isinstance(codes, list) else ()) if code in _MENDS)
    return next(known, _ELSE)


async def _keys(settings: TeamsSettings, web: Web) -> Finding:
    try:
        described = await web.ask("GET", settings.openid_url)
        jwks_uri = described.body.get("jwks_uri")
        if not isinstance(jwks_uri, str):
            return mend(
                "Teams: there are no signing keys at MICROSOFT_OPENID_URL; leave it out unless your cloud needs it."
            )
        if described.body.get("issuer") != settings.issuer:
            return mend(
                "Teams: MICROSOFT_ISSUER is not the issuer that MICROSOFT_OPENID_URL names; set both for one cloud."
            )
        keys = (await web.ask("GET", jwks_uri)).body.get("keys")
    except Away:
        return mend("Teams: the keys that its requests are signed with cannot be fetched. May this machine reach them?")
    return ok("Teams: its signing keys can be fetched.") if keys else mend("Teams: there are no signing keys to fetch.")
