"""What a run tells its caller while it goes on, and how the caller stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from drafter.domain import Finding, Usage

Kind = Literal["started", "delta", "point", "section", "finding", "usage", "notice", "waiting"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``section`` and ``point`` count from 0, -1 where there is none.

    started: ``total`` points are to be drafted; delta: raw text as it comes from the model, not yet
    checked; point and section: the finished text; finding, usage, notice: as they say; waiting:
    comes every half second while answers are outstanding, ``text`` says for what.
    """

    kind: Kind
    section: int = -1
    point: int = -1
    text: str = ""
    total: int = 0
    finding: Finding | None = None
    usage: Usage | None = None


class StopWriting(Exception):  # noqa: N818 - a request, not an error
    """Raised by a caller's ``on_event`` to stop the run: what came is kept, the rest composed."""


Listener = Callable[[Event], None]


def deaf(_event: Event) -> None:
    """Listen to nothing."""
