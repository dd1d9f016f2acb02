"""Decides where the bot may call out to: https to a host on a list, and no address that two readers could read in two
ways."""

import re

from yarl import URL

from bot.settings import LOOPBACK

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def is_allowed(url: str, hosts: tuple[str, ...]) -> bool:
    """True for https to a host on the list; plain http only to this machine, if listed.

    A listed name that begins with a full stop stands for every host below it.
    """
    host = host_of(url)
    listed = any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)
    scheme = url.partition(":")[0].lower()
    return listed and (scheme == "https" or (scheme == "http" and host in LOOPBACK))


def host_of(url: str) -> str:
    """The host that a call to this address would reach; "" where the address is odd or holds a name or password."""
    if not url.isascii() or not url.isprintable() or " " in url:
        return ""
    try:
        parsed = URL(url, encoded=True)
        host = (parsed.host or "").lower()
    except ValueError:
        return ""
    is_plain = parsed.user is None and parsed.password is None
    return host if is_plain and (_HOST.fullmatch(host) or host in LOOPBACK) else ""
