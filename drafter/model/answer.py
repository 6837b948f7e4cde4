"""What came back from an endpoint: text, how it ended, what it cost."""

from __future__ import annotations

from typing import Literal

from drafter.domain import Usage

Finish = Literal["stop", "length", "incomplete", "stalled", "cut", "loop", "refused"]
"""stop: as the model meant it; length: the server's limit; incomplete: the stream just ended;
stalled: silence in mid-stream; cut: our limit of characters; loop: it repeated itself."""


class Answer(str):
    """An answer as plain text that also knows how it ended, and its cost.

    ``thought`` tells that the model reasoned before it answered (the reasoning is not kept).
    """

    finish: Finish
    usage: Usage
    thought: bool

    def __new__(
        cls, text: str, finish: Finish = "stop", usage: Usage | None = None, thought: bool = False
    ) -> Answer:
        """Make an answer; ``usage`` counts one call."""
        self = super().__new__(cls, text)
        self.finish = finish
        self.usage = usage or Usage(calls=1)
        self.thought = thought
        return self
