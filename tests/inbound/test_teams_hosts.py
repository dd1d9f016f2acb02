"""Which hosts the bot calls out to in Teams: for messages with its token, and for files."""

from __future__ import annotations

import pytest

from bench.teams_bot import read_settings
from bot.platforms.teams.hosts import is_allowed
from bot.settings import TeamsSettings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://smba.trafficmanager.net/uk/", True),
        ("http://smba.trafficmanager.net/uk/", False),
        ("https://smba.trafficmanager.net.evil.test/", False),
        ("https://evilsmba.trafficmanager.net/", False),
        ("https://evil.smba.trafficmanager.net/", False),
        ("https://evil.test/smba.trafficmanager.net", False),
        ("https://smba.trafficmanager.net@evil.test/", False),
        ("https://me:you@smba.trafficmanager.net/", False),
        ("http://127.0.0.1:9/", False),
        ("ftp://smba.trafficmanager.net/", False),
        ("smba.trafficmanager.net", False),
        ("", False),
    ],
)
def test_a_token_goes_to_listed_hosts_over_https_only(url: str, expected: bool) -> None:
    assert is_allowed(url, TeamsSettings("id", "secret").service_hosts) is expected


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (" SMBA.example.org , other.example.org,", ("smba.example.org", "other.example.org")),
        (" ", TeamsSettings("", "").service_hosts),
        (None, TeamsSettings("", "").service_hosts),
    ],
)
def test_hosts_and_tenants_may_be_written_with_spaces_and_in_capitals(
    hosts: str | None, expected: tuple[str, ...]
) -> None:
    given = {
        "MICROSOFT_APP_ID": "id", "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANTID": " AB-1 ",
        "WEAVER_TEAMS_SERVICE_HOSTS": hosts,
    }  # fmt: skip
    found = read_settings({name: value for name, value in given.items() if value is not None})
    assert (found.service_hosts, found.tenants, found.tenant_id) == (expected, ("ab-1",), "AB-1")


def test_plain_http_is_for_this_machine_where_it_is_listed() -> None:
    assert is_allowed("http://127.0.0.1:9/", ("127.0.0.1",))
    assert not is_allowed("http://evil.test/", ("evil.test",))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoso-my.sharepoint.com/personal/ann/_api/uploadSession?guid='1'&sign=a%2Fb", True),
        ("https://sharepoint.com/", False),
        ("https://evilsharepoint.com/", False),
        ("https://a.sharepoint.com.evil.test/", False),
        ("http://a.sharepoint.com/", False),
        ("https://evil.test/a.sharepoint.com", False),
        ("https://evil.test#.sharepoint.com", False),
        ("https://evil.test;.sharepoint.com/", False),
        ("https://evil.test\\.sharepoint.com/", False),
        ("https://evil.test\\@a.sharepoint.com/", False),
        ("https://a.sharepoint.com@evil.test/", False),
        ("https://a.sharepoint.com\n.evil.test/", False),
        ("https://\uff41.sharepoint.com/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://[", False),
        ("file:///etc/passwd", False),
    ],
)
def test_files_go_below_listed_hosts_over_https_only(url: str, expected: bool) -> None:
    assert is_allowed(url, TeamsSettings("id", "secret").file_hosts) is expected


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [(" .Sharepoint.US,x.example ", (".sharepoint.us", "x.example")), ("", (".sharepoint.com",)), ("none", ())],
)
def test_where_files_go_can_be_set_or_be_nowhere(hosts: str, expected: tuple[str, ...]) -> None:
    given = {"MICROSOFT_APP_ID": "id", "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TENANTID": "t"}
    assert read_settings({**given, "WEAVER_TEAMS_FILE_HOSTS": hosts}).file_hosts == expected
    assert read_settings({"WEAVER_TEAMS_UNAUTHENTICATED": "1", "WEAVER_TEAMS_FILE_HOSTS": hosts}).file_hosts == ()
