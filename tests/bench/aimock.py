"""aimock from npm on this machine: a stand-in for model servers that others wrote, so it knows nothing of ours."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.node import aimock_command


@asynccontextmanager
async def aimock(answers: dict[str, str], *options: str) -> AsyncIterator[str]:
    """Start it with what it answers where a request holds that text; gives its address. It knows no other request."""
    fixtures = [{"match": {"userMessage": asked}, "response": {"content": said}} for asked, said in answers.items()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fixtures.json")
        file.write_text(json.dumps({"fixtures": fixtures}), encoding="utf-8")
        command = aimock_command("--port", "0", "--fixtures", str(file), "--strict", *options)
        process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=PIPE, stderr=STDOUT)
        try:
            yield await _address(process)
        finally:
            process.terminate()
            await process.communicate()


async def _address(process: Process) -> str:
    assert process.stdout is not None
    told = []
    async with asyncio.timeout(30):
        async for line in process.stdout:
            told.append(line.decode())
            if found := re.search(r"listening on (http://\S+)", told[-1]):
                return found[1]
    raise AssertionError("aimock did not start: " + "".join(told))
