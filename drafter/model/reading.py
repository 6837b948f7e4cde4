"""Reading one answer as it comes: deadlines, limits, and how it ended."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx2

from drafter.domain import Usage
from drafter.errors import ModelAnswerInvalid, ModelTimeout
from drafter.model.answer import Answer, Finish
from drafter.model.stream import Decoder, Piece, loops

DRAIN = 0.05  # seconds
LINGER = 1.0  # seconds that we wait for the usage, once a server has said that it has finished
MAX_BYTES = 8_000_000
MAX_IDLE = 500_000  # bytes in a row that say nothing (pings, blank lines)
MAX_THOUGHTS = 20_000  # pieces of reasoning
SAID = 5  # characters: an event that opens with as many, all there was so far, says it again
_LOOP_STEP = 40
_SHORT = frozenset({"length", "max_tokens", "model_length", "model_context_window_exceeded"})
_DECLINED = frozenset({"content_filter", "refusal", "sensitive", "safety"})
_FAILED = frozenset(
    {"error", "abort", "aborted", "cancelled", "network_error", "insufficient_system_resource"}
)
"""Reasons to finish, as OpenAI, Anthropic, Mistral, Google, DeepSeek and Zhipu name them."""
_LOST = (httpx2.TransportError, httpx2.DecodingError, httpx2.StreamError)


class Deadlines(Protocol):
    """Seconds to the first word, of silence, and in all."""

    @property
    def first(self) -> float: ...  # noqa: D102
    @property
    def stall(self) -> float: ...  # noqa: D102
    @property
    def whole(self) -> float: ...  # noqa: D102


@dataclass
class Reading:
    """What has come so far. ``limit`` is the number of characters after which we stop reading."""

    limit: int
    on_delta: Callable[[str], None] | None = None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    thoughts: int = 0
    finish: str = ""
    done: bool = False
    refused: bool = False
    lost: bool = False
    error: Mapping[str, Any] = field(default_factory=dict)
    usage: Mapping[str, Any] = field(default_factory=dict)
    stop: Finish | None = None
    _checked: int = 0

    def take(self, piece: Piece) -> None:
        """Take in one piece."""
        self.finish = piece.finish or self.finish
        self.usage = piece.usage or self.usage
        self.error = piece.error or self.error
        self.done = self.done or piece.done
        self.refused = self.refused or piece.refusal
        self.thoughts += piece.reasoning
        if piece.text and self.stop is None:
            self._text(piece.text)
        if self.thoughts > MAX_THOUGHTS:
            self.stop = "cut"

    def _text(self, text: str) -> None:
        text = self._new(text)
        self.parts.append(text)
        self.length += len(text)
        if self.on_delta:
            self.on_delta(text)
        if self.length > self.limit:
            self.stop = "cut"
        elif self.length - self._checked > _LOOP_STEP:
            self._checked = self.length
            if loops("".join(self.parts[-200:])):
                self.stop = "loop"

    def _new(self, text: str) -> str:
        """Return what an event adds: some servers send all that came so far with every event."""
        if not SAID <= self.length <= len(text):
            return text
        return text.removeprefix("".join(self.parts))

    @property
    def ended(self) -> bool:
        """Tell whether the server has said that its text is whole."""
        return bool(self.finish) and self.length > 0

    @property
    def progress(self) -> tuple[int, int, bool]:
        """What must change for the answer not to have stalled."""
        return self.length, self.thoughts, self.ended

    @property
    def over(self) -> bool:
        """Tell whether nothing more is to be read."""
        return self.stop is not None or self.done


async def read_answer(
    body: AsyncIterator[bytes], reading: Reading, times: Deadlines, started: float
) -> Answer:
    """Read a body to its end, or to a limit. Raises ModelTimeout and ModelAnswerInvalid."""
    decoder = Decoder()
    try:
        await _pump(body, decoder, reading, times, started)
    except _LOST:
        if not reading.length:
            raise
        reading.lost = True
    except asyncio.TimeoutError:
        if not reading.length:
            raise ModelTimeout("模型迟迟没有给出第一个字，请稍后再试或换一个快些的模型。") from None
        reading.stop = None if reading.ended else "stalled"
    if reading.done:
        await _drain(body)
    for piece in [*decoder.feed(b"", final=True), *decoder.whole()]:
        reading.take(piece)
    return _answer(reading, decoder)


async def _pump(
    body: AsyncIterator[bytes],
    decoder: Decoder,
    reading: Reading,
    times: Deadlines,
    started: float,
) -> None:
    """Move bytes until the body ends. Raises asyncio.TimeoutError on silence."""
    deadline = started + times.first
    received = idle = 0
    while not reading.over and received < MAX_BYTES and idle < MAX_IDLE:
        left = min(deadline, started + times.whole) - time.monotonic()
        try:
            data = await asyncio.wait_for(anext(body), max(left, 0.001))
        except StopAsyncIteration:
            return
        received += len(data)
        idle += len(data)
        before = reading.progress
        for piece in decoder.feed(data):
            reading.take(piece)
        if reading.progress != before:
            deadline = time.monotonic() + (LINGER if reading.ended else times.stall)
            idle = 0


async def _drain(body: AsyncIterator[bytes]) -> None:
    """Read what little follows the end, so that the connection can be used again."""

    async def rest() -> None:
        async for _ in body:
            pass

    with contextlib.suppress(asyncio.TimeoutError, httpx2.HTTPError):
        await asyncio.wait_for(rest(), DRAIN)


def _answer(reading: Reading, decoder: Decoder) -> Answer:
    text = whole_characters("".join(reading.parts))
    if not text.strip():
        _refuse_empty(reading, decoder)
    thought = reading.thoughts > 0
    return Answer(text, _finish(reading, decoder, text), _usage(reading.usage), thought)


def whole_characters(text: str) -> str:
    """Return a text whose halves of characters, sent apart as JSON escapes, are joined or gone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _finish(reading: Reading, decoder: Decoder, text: str) -> Finish:
    if reading.stop is not None:
        return reading.stop
    reason = reading.finish.lower()
    if reading.refused or reason in _DECLINED:
        return "refused"
    if reason in _SHORT:
        return "length"
    whole = reading.done or bool(reason)
    failed = reading.error or decoder.bad or reason in _FAILED
    if failed or "\ufffd" in text or not whole:
        return "incomplete"
    return "stop"


def _refuse_empty(reading: Reading, decoder: Decoder) -> None:
    reason = reading.finish.lower()
    if reading.refused or reason in _DECLINED or (reading.thoughts and reason in _SHORT):
        return
    if decoder.is_page:
        raise ModelAnswerInvalid(
            "模型地址返回的是网页而不是回答：请检查 OPENAI_BASE_URL（通常以 /v1 结尾）。"
        )
    if reading.error:
        raise ModelAnswerInvalid("模型端点在回答中报告了错误，请稍后再试。")
    if decoder.bad or decoder.raw.strip():
        raise ModelAnswerInvalid("模型端点的回答格式不对，读不出文字。")
    raise ModelAnswerInvalid("模型没有给出任何文字。")


def _usage(counts: Mapping[str, Any]) -> Usage:
    details = counts.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Usage(
        prompt_tokens=_count(counts.get("prompt_tokens")),
        completion_tokens=_count(counts.get("completion_tokens")),
        cached_tokens=_count(cached),
        calls=1,
    )


def _count(value: object) -> int:
    """Return a count as given by a server, 0 where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:  # noqa: PLR0124
        return 0
    return max(0, min(int(value), 10**12)) if abs(value) < 10**15 else 0
