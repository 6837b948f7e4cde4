"""Markers of headings and points, as GB/T 9704-2012 7.3.3 orders them: 一、 （一） 1. （1）."""

from __future__ import annotations

from collections.abc import Iterable

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return 1 … 99 in Chinese: 一, 十, 十二, 二十, 九十九. Raises ValueError outside."""
    if not 1 <= number <= 99:
        raise ValueError(f"no ordinal for {number}")
    tens, units = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[units] if units else "")


def marker(level: int, number: int) -> str:
    """Return the marker of the ``number``-th heading of a level: 1 一、 2 （一） 3 1. 4 （1） 5 一是."""
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    if level == 3:
        return f"{number}."
    if level == 4:
        return f"（{number}）"
    return f"{chinese_number(number)}是"


def markers(levels: Iterable[int]) -> list[str]:
    """Return the markers of headings in order; a higher heading starts the lower counts anew."""
    counts: dict[int, int] = {}
    found: list[str] = []
    for level in levels:
        counts = {depth: n for depth, n in counts.items() if depth <= level}
        counts[level] = counts.get(level, 0) + 1
        found.append(marker(level, counts[level]))
    return found
