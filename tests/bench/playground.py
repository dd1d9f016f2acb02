"""Microsoft's Agents Playground: their own Teams client on this machine, in front of the bot, seen in a browser."""

from __future__ import annotations

import asyncio
import re
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.node import playground_command, playground_environment

TENANT = "00000000-0000-0000-0000-0000000000001"
USER = "00000000-0000-0000-0000-0000000000020"
"""Who the Playground plays; it does so each time."""
SETTINGS = {"WEAVER_TEAMS_UNAUTHENTICATED": "1"}


@asynccontextmanager
async def playground(bot_url: str) -> AsyncIterator[str]:
    """Start the Playground in front of the bot at this address; gives the address of its page."""
    with tempfile.TemporaryDirectory() as folder:
        command = playground_command("--app-endpoint", f"{bot_url}/api/messages", "--channel-id", "msteams")
        environment = playground_environment(Path(folder))
        process = await asyncio.create_subprocess_exec(
            *command, "--port", "0", env=environment, cwd=folder, stdout=PIPE, stderr=STDOUT
        )
        try:
            yield f"http://localhost:{await _port(process)}/"
        finally:
            process.terminate()
            await process.communicate()


async def _port(process: Process) -> int:
    assert process.stdout is not None
    told = []
    async with asyncio.timeout(30):
        async for line in process.stdout:
            told.append(line.decode())
            if found := re.match(r"Listening on (\d+)", told[-1]):
                return int(found[1])
    raise AssertionError("the Playground did not start: " + "".join(told))
