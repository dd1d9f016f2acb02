"""Asks a language model for a draft, on any server with OpenAI's interface; the sole importer of openai."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.allowance import Allowance, Taken
from bot.llm_wire import MOST_BYTES, Reply, Shape, asked_as, read_reply, retry_seconds
from bot.logs import log
from bot.settings import ModelSettings
from prompts.updates import (
    MOST_ANSWER_TOKENS,
    VERSION,
    Answer,
    Drafted,
    Messages,
    Outcome,
    Request,
    Silence,
    Silent,
    messages,
    read,
    tokens_in,
)
from storage.errors import DatabaseAway

if TYPE_CHECKING:
    import openai

CONNECT_SECONDS = 5.0
MOST_WAIT_SECONDS = 20.0
"""A server that wants us to wait longer before the second attempt gets none."""


@dataclass(frozen=True, slots=True)
class _Again:
    """The attempt failed in a way that may pass: after so many seconds it may be tried once more."""

    after: float
    why: Silence


@dataclass(frozen=True, slots=True)
class _Simpler:
    """The server does not take a request of this shape."""


_Attempt = Reply | Silent | _Again | _Simpler


class Model:
    """A model that is asked with a budget of tokens and a limit of time. Never logs what was asked or answered."""

    def __init__(self, settings: ModelSettings, allowance: Allowance, first_wait: float = 1.0) -> None:
        self._settings = settings
        self._allowance = allowance
        self._first_wait = first_wait
        self._shape = Shape.SCHEMA
        self._client: openai.AsyncOpenAI | None = None

    async def draft(self, request: Request) -> Outcome:
        """What the model drafts from the request, which fits its budget. Raises nothing but a cancellation."""
        try:
            async with asyncio.timeout(self._settings.seconds):
                outcome = await self._draft(messages(request))
        except TimeoutError:
            outcome = Silent(Silence.SLOW)
        except DatabaseAway:  # the tokens cannot be counted, so none are spent
            outcome = Silent(Silence.BUG)
        except Exception as bug:  # noqa: BLE001  whoever asks must have an answer
            log.bug("the model could not be asked", bug)
            outcome = Silent(Silence.BUG)
        if isinstance(outcome, Silent):
            log.warning("the model is silent", why=outcome.why.value)
        return outcome

    async def close(self) -> None:
        """Close its connections. Raises nothing that matters."""
        if self._client:
            await self._client.close()

    async def _draft(self, asked: Messages) -> Outcome:
        reply = await self._asked(asked)
        if isinstance(reply, Silent):
            return reply
        if reply.is_refusal:
            return Silent(Silence.REFUSED)
        if not reply.text.strip():
            return Silent(Silence.EMPTY)
        answer = read(reply.text)
        if not isinstance(answer, Answer):
            return Silent(Silence.GARBLED)
        return Drafted(answer, self._settings.model, VERSION, reply.tokens)

    async def _asked(self, asked: Messages) -> Reply | Silent:
        """The reply after two attempts at the most; a request that is put more simply is no attempt of its own."""
        shape, was_tried_again = self._shape, False
        while True:
            attempt = await self._attempt(asked, shape)
            if isinstance(attempt, _Simpler):
                if shape is Shape.PLAIN:
                    return Silent(Silence.NOT_TAKEN)
                shape = Shape(shape + 1)
            elif isinstance(attempt, _Again):
                if was_tried_again or attempt.after > MOST_WAIT_SECONDS:
                    return Silent(attempt.why)
                was_tried_again = True
                await asyncio.sleep(attempt.after)
            else:
                if isinstance(attempt, Reply):
                    self._shape = shape
                return attempt

    async def _attempt(self, asked: Messages, shape: Shape) -> _Attempt:
        estimate = tokens_in(asked)
        taken = await self._allowance.take(estimate + MOST_ANSWER_TOKENS)
        if taken is None:
            return Silent(Silence.BUDGET)
        client = self._client or await self._opened()
        import httpx2
        import openai

        try:
            return await self._sent(client, asked, shape, taken)
        except openai.APIStatusError as refused:
            if refused.status_code < 500:
                # It says that nothing was done; of the others nobody knows, and what was taken stays spent.
                await self._allowance.settle(taken, 0)
            return self._refused(refused.status_code, dict(refused.response.headers))
        except (openai.APIConnectionError, httpx2.RequestError):
            # While a body is read, errors of openai's HTTP library come as they are (openai/README.md on streams).
            return _Again(self._first_wait, Silence.AWAY)

    async def _sent(self, client: "openai.AsyncOpenAI", asked: Messages, shape: Shape, taken: Taken) -> Reply | Silent:
        body = bytearray()
        parameters: dict[str, Any] = asked_as(asked, self._settings.model, shape)
        async with client.chat.completions.with_streaming_response.create(**parameters) as response:
            async for piece in response.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    return Silent(Silence.GARBLED)
        reply = read_reply(bytes(body), tokens_in(asked))
        await self._allowance.settle(taken, min(reply.tokens, 10 * taken.tokens) if reply else taken.tokens)
        return reply or Silent(Silence.GARBLED)

    def _refused(self, status: int, headers: dict[str, str]) -> _Attempt:
        log.warning("the model's server refused", status=status)
        if status in (401, 403):
            return Silent(Silence.NOT_ALLOWED)
        if status in (400, 422):
            return _Simpler()
        if status in (408, 409, 429) or status >= 500:
            why = Silence.LIMITED if status == 429 else Silence.FAILED
            return _Again(retry_seconds(headers, self._first_wait), why)
        return Silent(Silence.NOT_TAKEN)

    async def _opened(self) -> "openai.AsyncOpenAI":
        """The client; openai takes a second to import (limits.md 1g), which nobody waits for."""
        self._client = await asyncio.to_thread(_client, self._settings)
        return self._client


def _client(settings: ModelSettings) -> "openai.AsyncOpenAI":
    import openai

    # A redirect would carry people's words to an address that nobody has chosen.
    own = openai.DefaultAsyncHttpxClient(follow_redirects=False)
    limit = openai.Timeout(settings.seconds, connect=CONNECT_SECONDS)
    return openai.AsyncOpenAI(
        api_key=settings.api_key, base_url=settings.base_url, timeout=limit, max_retries=0, http_client=own
    )
