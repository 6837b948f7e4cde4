"""An OpenAI-compatible endpoint: ask it, within limits, and hear in our words what went wrong.

The only importer of openai. The package sends the request; the body is read here byte by byte,
since its own reader raises raw errors on odd streams, takes a web page for an empty stream and
follows redirects. Its retries are off: ours are bounded and honour Retry-After.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
import openai

from drafter.domain import Prompt, Usage
from drafter.errors import ModelError, ModelTimeout, SettingsError
from drafter.model import tokens
from drafter.model.answer import Answer
from drafter.model.limits import Breaker, Budget, Gate, Pause, backoff
from drafter.model.reading import Reading, read_answer
from drafter.model.words import Failure, explain, place
from drafter.settings import Settings

DEFAULT_URL = "https://api.openai.com/v1"
OnDelta = Callable[[str], None]
KEY_LENGTH = 8  # characters: a shorter key may stand in a text by chance
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_CAUGHT = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    ModelError,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    RuntimeError,
    asyncio.TimeoutError,
)
"""All that a call can raise, seen with the servers of tests/model; none of it reaches a person."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: to connect, to the first word, of silence in mid-stream, and for all of a call."""

    connect: float = 10.0
    first: float = 60.0
    stall: float = 30.0

    @property
    def whole(self) -> float:
        """Seconds that one call may take in all."""
        return 2 * (self.first + self.stall)


class Endpoint:
    """A model behind an address. ``endpoint(prompt)`` asks it; so does ``endpoint.ask``.

    It may be shared by threads and event loops. ``streams`` tells that ``on_delta`` is understood,
    ``limited`` that every call ends by itself.
    """

    streams = True
    limited = True

    def __init__(self, settings: Settings) -> None:
        self.model = settings.model
        self.concurrency = settings.concurrency
        self.budget = Budget(settings.token_budget)
        self.counting, self.count_tokens = tokens.best_counter()
        self._url = _clean_url(settings.base_url)
        self._key = settings.api_key
        self._times = Times(
            settings.connect_timeout, settings.first_token_timeout, settings.stall_timeout
        )
        self._gate = Gate(settings.concurrency)
        self._pause = Pause()
        self._breaker = Breaker()
        self._refused: set[str] = set()
        self._lock = threading.Lock()
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI]
        self._clients = weakref.WeakKeyDictionary()

    def __repr__(self) -> str:
        return f"Endpoint({place(self._url)!r}, model={self.model!r})"

    @property
    def ask(self) -> Endpoint:
        """Return what ``write`` takes as its ``ask``."""
        return self

    @property
    def waiting(self) -> float:
        """Seconds that the server asked us to wait and that are still left."""
        return self._pause.left

    async def __call__(self, prompt: Prompt, on_delta: OnDelta | None = None) -> Answer:
        """Ask once. Raises a ModelError; the answer is trusted in nothing.

        ``on_delta`` gets the text as it comes. A stalled, cut or broken answer is returned with
        its ``finish`` saying so, where there is any text.
        """
        self._breaker.check()
        async with self._gate:
            reserved = self.count_tokens(str(prompt)) + prompt.max_tokens
            self.budget.reserve(reserved)
            used = 0
            try:
                answer = await self._tries(prompt, on_delta)
                used = answer.usage.prompt_tokens + answer.usage.completion_tokens
            finally:
                self.budget.settle(reserved, used)
        return answer

    def probe(self) -> None:
        """Ask for one word, to see that address, key and model are right. Raises a ModelError."""
        asyncio.run(self._probe())

    async def release(self) -> None:
        """Close the connections of the running event loop."""
        with self._lock:
            client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()

    async def _probe(self) -> None:
        try:
            await self(Prompt((("user", "请回复：好"),), max_tokens=16, purpose="probe"))
        finally:
            await self.release()

    async def _tries(self, prompt: Prompt, on_delta: OnDelta | None) -> Answer:
        attempt = 0
        while True:
            await self._pause.wait()
            self._breaker.check()
            try:
                answer = await self._once(prompt, on_delta)
            except _CAUGHT as error:
                failure = explain(error, self._url, self._key, datetime.now(timezone.utc))
            else:
                self._count(answer)
                return answer
            if self._adapt(failure):
                continue
            attempt += 1
            if attempt >= failure.tries:
                if not failure.ours:
                    self._breaker.failed(failure.error, failure.final)
                raise failure.error from None
            self._pause_for(failure, attempt)

    def _count(self, answer: Answer) -> None:
        if answer.finish == "stalled":
            self._breaker.failed(ModelTimeout(f"{place(self._url)} 答到一半没有了下文。"))
        else:
            self._breaker.succeeded()

    def _pause_for(self, failure: Failure, attempt: int) -> None:
        self._pause.extend(backoff(attempt - 1) if failure.wait is None else failure.wait)

    def _adapt(self, failure: Failure) -> bool:
        """Leave out a parameter that the server does not take; True where that is worth a try."""
        name = failure.parameter
        if not name or name in self._refused:
            return False
        self._refused.add(name)
        return True

    async def _once(self, prompt: Prompt, on_delta: OnDelta | None) -> Answer:
        started = time.monotonic()
        reading = Reading(limit=max(600, 3 * prompt.max_tokens), on_delta=on_delta)
        async with AsyncExitStack() as stack:
            response = await asyncio.wait_for(self._post(prompt), self._times.first)
            stack.push_async_callback(response.aclose)
            answer = await read_answer(response.aiter_bytes(), reading, self._times, started)
        return self._costed(answer, prompt, time.monotonic() - started)

    async def _post(self, prompt: Prompt) -> httpx2.Response:
        """Send the request and return its response, the body unread."""
        response: object = await self._client().post(
            "/chat/completions",
            cast_to=httpx2.Response,
            body=self._arguments(prompt),
            stream=True,
            stream_cls=openai.AsyncStream[object],
        )
        return cast(httpx2.Response, response)

    def _arguments(self, prompt: Prompt) -> dict[str, Any]:
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        optional = {
            "temperature": 0.8 if prompt.purpose == "candidate" else 0.2,
            "stream_options": {"include_usage": True},
        }
        return {
            "model": self.model,
            "messages": [{"role": role, "content": text} for role, text in prompt.messages],
            "stream": True,
            limit: prompt.max_tokens,
            **{name: value for name, value in optional.items() if name not in self._refused},
        }

    def _costed(self, answer: Answer, prompt: Prompt, seconds: float) -> Answer:
        """Return the answer with its usage; what the server did not count is counted here."""
        usage = answer.usage
        usage = replace(
            usage,
            prompt_tokens=usage.prompt_tokens or self.count_tokens(str(prompt)),
            completion_tokens=usage.completion_tokens or self.count_tokens(answer),
            calls=1,
            seconds=seconds,
        )
        text = answer.replace(self._key, "") if len(self._key) >= KEY_LENGTH else answer
        return Answer(text, answer.finish, usage, answer.thought)

    def _client(self) -> openai.AsyncOpenAI:
        """Return the client of the running event loop: connections belong to a loop."""
        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._clients:
                self._clients[loop] = self._new_client()
            return self._clients[loop]

    def _new_client(self) -> openai.AsyncOpenAI:
        limits = httpx2.Limits(max_connections=self.concurrency + 2)
        timeout = httpx2.Timeout(
            self._times.whole, connect=self._times.connect, write=30.0, pool=None
        )
        local = urlsplit(self._url).hostname in _LOOPBACK
        return openai.AsyncOpenAI(
            base_url=self._url,
            api_key=self._key or "none",
            max_retries=0,
            timeout=timeout,
            http_client=httpx2.AsyncClient(
                verify=_verified() if self._url.startswith("https:") else False,
                follow_redirects=False,
                trust_env=not local,
                timeout=timeout,
                limits=limits,
            ),
        )


def connect(settings: Settings) -> Endpoint:
    """Return the endpoint that the settings name; nothing is sent yet.

    Raises SettingsError where no model is set.
    """
    if not settings.has_model:
        raise SettingsError("没有设置模型：请设置 OPENAI_BASE_URL（或密钥）和 DRAFTER_MODEL。")
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return Endpoint(settings)


@cache
def _verified() -> ssl.SSLContext:
    """Return the TLS settings of all clients; reading the certificates takes a while."""
    return httpx2.create_ssl_context()


def _clean_url(url: str) -> str:
    """Return the base address; one that was copied with its path of calls is cut back."""
    return (url or DEFAULT_URL).rstrip("/").removesuffix("/chat/completions")


__all__ = ["Endpoint", "Times", "Usage", "connect"]
