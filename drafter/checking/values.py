"""Figures by value: which of many may say the same as another, without asking each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from drafter.checking.matching import relation, same_kind
from drafter.domain import Figure

if TYPE_CHECKING:
    from drafter.checking.context import Mention

_WIDEST = 0.12  # the widest convention (超/突破) lets a value lie a tenth beside the base


class Values:
    """Mentions of figures, looked up by dimension and value."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self._sources: dict[tuple[object, ...], list[Mention]] = {}
        grouped: dict[str, list[int]] = {}
        for at, mention in enumerate(mentions):
            grouped.setdefault(mention.figure.dimension, []).append(at)
        self._grouped = {kind: self._sorted(places) for kind, places in grouped.items()}

    def _sorted(self, places: Sequence[int]) -> tuple[list[float], list[int], float]:
        """Return lower ends in order, their places, and the widest interval of the group."""
        figures = [self._mentions[at].figure for at in places]
        ordered = sorted(zip((float(f.low) for f in figures), places, strict=True))
        widest = max((float(f.high - f.low) for f in figures), default=0.0)
        return [low for low, _ in ordered], [at for _, at in ordered], widest

    def sources(self, draft: Figure) -> list[Mention]:
        """Return the mentions that a drafted figure may rest on, in reading order."""
        key = (draft.low, draft.high, draft.dimension, draft.approximation, draft.text)
        if key not in self._sources:
            found = self._near(draft)
            self._sources[key] = [m for m in found if relation(draft, m.figure)]
        return self._sources[key]

    def says(self, fact: Figure) -> list[Mention]:
        """Return the mentions that may rest on a fact's figure, in reading order."""
        return [m for m in self._near(fact) if relation(m.figure, fact)]

    def _near(self, figure: Figure) -> Iterator[Mention]:
        low, high = float(figure.low), float(figure.high)
        slack = _WIDEST * max(abs(low), abs(high))
        places: list[int] = []
        for kind, (lows, held, widest) in self._grouped.items():
            if same_kind(figure.dimension, kind):
                first = bisect_left(lows, low - slack - widest)
                places += held[first : bisect_right(lows, high + slack)]
        return (self._mentions[at] for at in sorted(places))
