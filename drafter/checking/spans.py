"""Stretches of one text that keep off one another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable


class Spans:
    """Stretches, none of which overlaps another; a place is looked up by halving."""

    def __init__(self, taken: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = sorted(taken)

    def free(self, start: int, end: int) -> bool:
        """Tell whether no stretch overlaps the one between two offsets."""
        at = bisect_left(self._taken, (end,)) - 1
        return at < 0 or self._taken[at][1] <= start

    def add(self, start: int, end: int) -> bool:
        """Take a stretch if it is free, and tell whether it was."""
        free = self.free(start, end)
        if free:
            insort(self._taken, (start, end))
        return free
