"""What keeps a run within bounds: calls at once, waiting, giving up, the budget."""

from __future__ import annotations

import asyncio
import math
import random
import threading
import time
from collections import deque
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from drafter.errors import BudgetSpent, ModelError

MAX_WAIT = 60.0
"""Seconds that a server may ask us to wait; a longer wait is an answer for a person."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date).

    ``None`` where there is none or it cannot be read; never negative, never without end.
    """
    if not value:
        return None
    try:
        seconds = float(value)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - now).total_seconds())


def backoff(attempt: int, base: float = 0.5) -> float:
    """Return seconds to wait before try ``attempt`` + 1: doubling, with jitter of ±25 %."""
    return base * float(2**attempt) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


class Gate:
    """At most ``size`` calls at once, first come first served, across threads and event loops."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._lock = threading.Lock()
        self._waiting: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = deque()

    async def __aenter__(self) -> None:
        loop = asyncio.get_running_loop()
        with self._lock:
            if self._free > 0:
                self._free -= 1
                return
            turn: asyncio.Future[None] = loop.create_future()
            self._waiting.append((loop, turn))
        try:
            await turn
        except asyncio.CancelledError:
            self._leave(loop, turn)
            raise

    async def __aexit__(self, *_: object) -> None:
        self._release()

    def _leave(self, loop: asyncio.AbstractEventLoop, turn: asyncio.Future[None]) -> None:
        with self._lock:
            still_queued = (loop, turn) in self._waiting
            if still_queued:
                self._waiting.remove((loop, turn))
        if not still_queued:
            self._release()

    def _release(self) -> None:
        with self._lock:
            while self._waiting:
                loop, turn = self._waiting.popleft()
                if not loop.is_closed():
                    loop.call_soon_threadsafe(_grant, turn)
                    return
            self._free += 1


def _grant(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)


class Pause:
    """A wait that a server asked for; it holds for all calls to this server."""

    def __init__(self) -> None:
        self._until = 0.0

    def extend(self, seconds: float) -> None:
        """Hold all calls for so many seconds from now."""
        self._until = max(self._until, time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds still to wait."""
        return max(0.0, self._until - time.monotonic())

    async def wait(self) -> None:
        """Wait until the pause is over."""
        while (left := self.left) > 0:
            await asyncio.sleep(left)


class Breaker:
    """Gives up on an endpoint after ``limit`` failures in a row; tries again after a while."""

    def __init__(self, limit: int = 3, rest: float = 60.0) -> None:
        self._limit = limit
        self._rest = rest
        self._failures = 0
        self._since = 0.0
        self._last: ModelError | None = None

    def succeeded(self) -> None:
        """Count an answer: the endpoint works."""
        self._failures, self._last = 0, None

    def failed(self, error: ModelError, final: bool = False) -> None:
        """Count a failure; a ``final`` one (denied) stops further calls at once."""
        self._failures = self._limit if final else self._failures + 1
        self._last, self._since = error, time.monotonic()

    def check(self) -> None:
        """Raise the last error again, without a call, while the endpoint is given up."""
        if self._failures < self._limit or self._last is None:
            return
        if time.monotonic() - self._since > self._rest:
            self._failures = self._limit - 1
            return
        raise type(self._last)(str(self._last))


class Budget:
    """A run's budget of tokens; what is under way counts as spent. ``limit`` 0: none."""

    def __init__(self, limit: int = 0) -> None:
        self.limit = limit
        self.spent = 0
        self._reserved = 0
        self._lock = threading.Lock()

    def reserve(self, tokens: int) -> None:
        """Set tokens aside for a call. Raises BudgetSpent where they are not there."""
        with self._lock:
            if self.limit and self.spent + self._reserved + tokens > self.limit:
                raise BudgetSpent(
                    f"本次用量上限{self.limit}词元将用完（已用{self.spent}），"
                    "其余要点由程序按素材拼写；可调高 DRAFTER_TOKEN_BUDGET 后重写。"
                )
            self._reserved += tokens

    def settle(self, reserved: int, used: int) -> None:
        """Replace a reservation by what the call really used."""
        with self._lock:
            self._reserved -= reserved
            self.spent += used
