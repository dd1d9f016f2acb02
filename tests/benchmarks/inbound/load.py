"""The load: signed requests over a fixed number of kept-alive connections, and the platforms that take the answers."""

import asyncio
import hashlib
import hmac
import json
import math
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from benchmarks.inbound.programme import MEMBERS, NETWORKS, TENANT, WORKSPACE
from benchmarks.inbound.running import SECRET, Server

WORDS = "Two wards said yes and the third is thinking about it. We meet again when the rota for the spring is out."


@dataclass(frozen=True)
class Figures:
    """Requests a second, milliseconds until the answer, and CPU milliseconds of the server a request."""

    rate: float
    p50: float
    p99: float
    cpu: float


def check_ins(server: Server, connections: int, count: int) -> Figures:
    """Whole check-ins: each member has been seen once before, so that nobody is new to the process."""
    warm = [_request("/slack/events", _check_in(number)) for number in range(MEMBERS)]
    timed = [_request("/slack/events", _check_in(MEMBERS + number)) for number in range(count)]
    return asyncio.run(_measure(server, connections, warm, timed))


def redelivered(server: Server, connections: int, count: int) -> None:
    """So many events, most of them redelivered."""
    requests = [_request("/slack/events", _check_in(number % (MEMBERS * NETWORKS))) for number in range(count)]
    asyncio.run(_measure(server, connections, [], requests))


def turns(server: Server, connections: int, count: int) -> Figures:
    """Teams turns, each answered by a message to the service."""
    requests = [_turn(server, number) for number in range(count + 200)]
    return asyncio.run(_measure(server, connections, requests[:200], requests[200:]))


def _check_in(number: int) -> bytes:
    network, member = divmod(number, MEMBERS)
    chosen = {"selected_option": {"value": "only_me", "text": {"type": "plain_text", "text": "Only me"}}}
    state = {
        "feeling": {"answer": {"type": "radio_buttons", "selected_option": {"value": "4"}}},
        "moved": {"answer": {"type": "plain_text_input", "value": WORDS}},
        "moved:who": {"answer": {"type": "static_select", **chosen}},
        "in_the_way:who": {"answer": {"type": "static_select", **chosen}},
        "idea:who": {"answer": {"type": "static_select", **chosen}},
        "next_step": {"answer": {"type": "plain_text_input", "value": "Ring the ward when the rota is out"}},
        "next_step:who": {"answer": {"type": "static_select", **chosen}},
    }
    payload = {
        "type": "view_submission",
        "team": {"id": WORKSPACE, "domain": "bench"},
        "user": {"id": f"U{member}", "username": "member", "team_id": WORKSPACE},
        "api_app_id": "A01",
        "token": "unused",
        "trigger_id": f"1.2.{number}",
        "view": {
            "id": f"V{number}",
            "team_id": WORKSPACE,
            "app_id": "A01",
            "type": "modal",
            "hash": f"156.{number}",
            "callback_id": "checkins.record",
            "private_metadata": json.dumps({"argument": f"{network % NETWORKS + 1}.{network % NETWORKS + 1}"}),
            "state": {"values": state},
            "blocks": [{"type": "input", "block_id": key, "element": {"action_id": "answer"}} for key in state],
        },
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
    return b"payload=" + quote_plus(json.dumps(payload)).encode()


def _request(path: str, body: bytes) -> bytes:
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _turn(server: Server, number: int) -> bytes:
    member = number % MEMBERS
    activity = {
        "type": "message",
        "id": f"{number}",
        "channelId": "msteams",
        "serviceUrl": server.service_url,
        "from": {"id": f"29:{member}", "aadObjectId": f"aad-{member}", "name": "Member"},
        "recipient": {"id": "28:bot", "name": "Weaver"},
        "conversation": {"id": f"a:{member}", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "text": "help",
        "textFormat": "plain",
        "locale": "en-GB",
    }
    body = json.dumps(activity).encode()
    head = "POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _measure(server: Server, connections: int, warm: list[bytes], timed: list[bytes]) -> Figures:
    await _run(server.port, connections, warm)
    cpu, began = server.cpu_seconds(), time.perf_counter()
    seconds = await _run(server.port, connections, timed)
    took = time.perf_counter() - began
    used = server.cpu_seconds() - cpu
    ranked = sorted(seconds)
    p99 = ranked[math.ceil(len(ranked) * 0.99) - 1]
    return Figures(len(timed) / took, statistics.median(ranked) * 1e3, p99 * 1e3, used * 1e3 / len(timed))


async def _run(port: int, connections: int, requests: list[bytes]) -> list[float]:
    seconds: list[float] = []
    row = iter(requests)
    await asyncio.gather(*(_connection(port, row, seconds) for _ in range(connections)))
    return seconds


async def _connection(port: int, row: Iterator[bytes], seconds: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in row:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        body = await reader.readexactly(length) if length else b""
        seconds.append(time.perf_counter() - began)
        status = head.split(b" ", 2)[1]
        assert status in (b"200", b"201", b"202"), (head, body[:300])
        assert b"errors" not in body, body[:300]
    writer.close()
    await writer.wait_closed()
