"""A run's talk with a model: every call goes through here.

Counts what it costs, forwards what comes, continues what breaks off, and stops asking where no
further call makes sense. Whatever an ``ask`` of a caller's own does, only a ModelError comes out.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from drafter.domain import Ask, Prompt, Usage
from drafter.errors import (
    BudgetSpent,
    ModelAnswerInvalid,
    ModelDenied,
    ModelError,
    ModelTimeout,
    ModelUnreachable,
)
from drafter.writing.events import Event, Listener, deaf
from drafter.writing.prompts import Prompts, default_prompts

MAX_CONTINUED = 2
MAX_ANSWER = 20_000  # characters of an answer that are looked at
PATIENCE = 600.0  # seconds for one answer of an asker without limits of its own
MOST_ERRORS = 8  # calls in a row that failed
GIVE_UP = 3  # answers in a row that were of no use
DEFAULT_AT_ONCE = 4


def estimate_tokens(text: str) -> int:
    """Estimate tokens where the asker cannot count: 0.75 a character, 0.25 a Latin one."""
    latin = sum(character.isascii() for character in text)
    return -(-(3 * (len(text) - latin) + latin) // 4)


@dataclass(frozen=True, slots=True)
class Reply:
    """A raw answer. ``broken``: it does not end as the model meant it; ``refused``: it declines."""

    text: str
    broken: bool = False
    refused: bool = False


@dataclass
class Asking:
    """One run's talk with one asker."""

    ask: Ask
    sealed: bool = False
    listen: Listener = deaf
    prompts: Prompts = field(default_factory=default_prompts)
    usage: Usage = field(default_factory=Usage)
    answers: int = 0
    stopping: bool = False
    dead: ModelError | None = None
    fatal: ModelError | None = None
    partial: dict[tuple[int, int], str] = field(default_factory=dict)
    _useless: int = 0
    _errors: int = 0

    @property
    def model(self) -> str:
        """Return the model's name, as far as the asker tells it."""
        return str(getattr(self.ask, "model", "") or "model")

    @property
    def at_once(self) -> int:
        """Return how many calls the asker takes at once."""
        return max(1, int(getattr(self.ask, "concurrency", DEFAULT_AT_ONCE)))

    @property
    def count(self) -> Callable[[str], int]:
        """Return the asker's way of counting tokens, else the estimate."""
        counter: Callable[[str], int] = getattr(self.ask, "count_tokens", estimate_tokens)
        return counter

    @property
    def _patience(self) -> float | None:
        """Seconds for one answer; an asker with limits of its own may queue its calls longer."""
        return None if getattr(self.ask, "limited", False) else PATIENCE

    async def __call__(self, prompt: Prompt, section: int = -1, point: int = -1) -> Reply:
        """Ask, and let the model go on where its answer broke off. Raises a ModelError."""
        reply = await self._once(prompt, section, point)
        if reply.broken and not reply.text.strip():
            return await self._once(
                replace(prompt, max_tokens=4 * prompt.max_tokens), section, point
            )
        for _ in range(MAX_CONTINUED):
            if not reply.broken or reply.refused:
                break
            try:
                more = await self._once(self._continued(prompt, reply.text), section, point)
            except ModelError:
                break
            reply = Reply(joined(reply.text, more.text), more.broken, more.refused)
        return reply

    async def release(self) -> None:
        """Let an endpoint close the connections that belong to this event loop."""
        release = getattr(self.ask, "release", None)
        if release is not None:
            await release()

    def useless(self) -> None:
        """Count an answer that could not be used; after some in a row no more is asked."""
        self._useless += 1
        if self._useless >= GIVE_UP and self.dead is None:
            self.dead = ModelAnswerInvalid(
                f"模型连续{GIVE_UP}次没有给出可用的回答，其余要点由程序按素材拼写；可换一个模型重写。"
            )

    def useful(self) -> None:
        """Count an answer that could be used."""
        self._useless = 0

    async def _once(self, prompt: Prompt, section: int, point: int) -> Reply:
        if self.dead is not None:
            raise self.dead
        self.partial.pop((section, point), None)
        started = asyncio.get_running_loop().time()
        try:
            answer = await self._asked(prompt, section, point)
        except (ModelDenied, ModelUnreachable, BudgetSpent) as error:
            self._stop(error)
            raise
        except ModelError as error:
            self._errors += 1
            if self._errors >= MOST_ERRORS:
                self.dead = error
            raise
        self.answers += 1
        self._errors = 0
        self._count(prompt, answer, asyncio.get_running_loop().time() - started)
        finish = str(getattr(answer, "finish", "stop"))
        text = str(answer)[:MAX_ANSWER]
        return Reply(text, finish in {"length", "incomplete", "stalled"}, finish == "refused")

    async def _asked(self, prompt: Prompt, section: int, point: int) -> str:
        try:
            return _text(
                await asyncio.wait_for(self._called(prompt, section, point), self._patience)
            )
        except asyncio.TimeoutError:
            raise ModelTimeout("模型长时间没有回答，请稍后再试。") from None
        except asyncio.CancelledError:
            if self.stopping:
                raise
            raise ModelAnswerInvalid("对模型的调用被中断。") from None
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - the seam to a caller's own code
            raise ModelAnswerInvalid(f"调用模型时出错（{type(error).__name__}）。") from None

    async def _called(self, prompt: Prompt, section: int, point: int) -> object:
        """Call the asker, which may be a plain function too."""
        if getattr(self.ask, "streams", False):
            return await self.ask(  # type: ignore[call-arg]
                prompt, on_delta=lambda text: self._came(section, point, text)
            )
        answer: object = self.ask(prompt)
        return await answer if inspect.isawaitable(answer) else answer

    def _came(self, section: int, point: int, text: str) -> None:
        key = (section, point)
        self.partial[key] = self.partial.get(key, "") + text
        self.listen(Event("delta", section, point, text))

    def _stop(self, error: ModelError) -> None:
        """Ask nothing more; where nothing was answered yet, the run itself has failed."""
        self.dead = error
        if not self.answers and not isinstance(error, BudgetSpent):
            self.fatal = error

    def _count(self, prompt: Prompt, answer: str, seconds: float) -> None:
        cost = getattr(answer, "usage", None)
        if not isinstance(cost, Usage):
            cost = Usage(self.count(str(prompt)), self.count(answer), 0, 1, seconds)
        total = self.usage
        self.usage = Usage(
            total.prompt_tokens + cost.prompt_tokens,
            total.completion_tokens + cost.completion_tokens,
            total.cached_tokens + cost.cached_tokens,
            total.calls + cost.calls,
            total.seconds + cost.seconds,
        )
        self.listen(Event("usage", usage=self.usage))

    def _continued(self, prompt: Prompt, text: str) -> Prompt:
        ask_on = ("user", self.prompts.text("continue_user"))
        return replace(prompt, messages=(*prompt.messages, ("assistant", text), ask_on))


def _text(answer: object) -> str:
    if not isinstance(answer, str):
        raise ModelAnswerInvalid("模型的回答不是文字。")
    return answer


def joined(first: str, second: str) -> str:
    """Join an answer and its continuation; what the second says again of the first stands once."""
    second = second.lstrip()
    if len(first) > 20 and second.startswith(first[:20]):
        return second
    for length in range(min(len(first), len(second), 200), 3, -1):
        if first.endswith(second[:length]):
            return first + second[length:]
    return first + second
