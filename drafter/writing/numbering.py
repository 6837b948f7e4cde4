"""Markers of headings in order, as GB/T 9704-2012 7.3.3 has them: 一、 （一） 1. （1）."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.chinese.markers import render_marker


def markers(levels: Iterable[int]) -> list[str]:
    """Return the markers of headings in order; a higher heading starts the lower counts anew."""
    counts: dict[int, int] = {}
    found: list[str] = []
    for level in levels:
        counts = {depth: n for depth, n in counts.items() if depth <= level}
        counts[level] = counts.get(level, 0) + 1
        found.append(render_marker(level, counts[level]))
    return found
