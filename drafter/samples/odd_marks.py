"""Marks that a font or a scanner spoiled: private-use numbers, lost brackets, misread strokes."""

from __future__ import annotations

import re
from bisect import bisect_right

from drafter.chinese.markers import MARKER, ordinal
from drafter.samples.mark import Mark
from drafter.samples.mending import Paragraph

_STROKES = "—－\\-ー⼀"
_HALVES = (
    rf"[（(]\s?(?P<dash>[二三四五六七八九]?十?[{_STROKES}]?)\s?[）)]"
    r"|[（(](?P<open>[一二三四五六七八九十]{1,3})(?=[^）)一二三四五六七八九十、][^）)]{3})"
    r"|(?P<close>[一二三四五六七八九十]{1,3})[）)]|[〔【［](?P<odd>[一二三四五六七八九十]{1,3})[〕】］]"
)
_LOST = (
    rf"(?P<stroke>[二三四五六七八九]?十?[{_STROKES}])[、．]"
    r"|(?P<radical>[⼆⼋⼗ニハ])[、．.]"
    r"|(?P<spaced>[一二三四五六七八九十]{1,3})[\s\u3000,，。：:；;]{1,3}(?=[\u4e00-\u9fff\d])"
    r"|(?P<bare>[、．])(?=[\u4e00-\u9fff]{4})"
    r"|(?P<letter>[lI|])[、.．]\s?(?=[\u4e00-\u9fff])"
)
_DAMAGED = re.compile(f"{_HALVES}|{_LOST}")
_DAMAGED_FIRST = frozenset("（(〔【［、．一二三四五六七八九十—－-ー⼀⼆⼋⼗ニハlI|")
_TOP_GROUPS = ("stroke", "radical", "spaced", "bare")
_SHOWN = ("dash", "open", "close", "odd", "stroke", "spaced")
_STROKE = re.compile(rf"[{_STROKES}]")
_RADICALS = {"⼆": 2, "ニ": 2, "ハ": 8, "⼋": 8, "⼗": 10}
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
"""A character of a font's own, which another font shows as a box."""

_PRIVATE_MARK = re.compile(
    r"(?P<level2>[（(][\ue000-\uf8ff][）)])|(?P<level1>[\ue000-\uf8ff]、)"
    r"|(?P<level3>[\ue000-\uf8ff][.．])|[\ue000-\uf8ff]"
)
_BULLETS = 2
_NEAR = 4


def private_marks(text: str, lines: list[Paragraph]) -> list[Mark]:
    """Marks made of private-use characters, a font's own ① or 一.

    With brackets or a stop around them their level is plain. A bare one (level 0: to be placed)
    counts if its neighbours are others of a series, so that bullets and indents do not.
    """
    marks: list[Mark] = []
    bare: list[Mark] = []
    for start, end in lines:
        match = _PRIVATE_MARK.match(text, start, end)
        if match is None or match.end() == end or MARKER.match(text, match.end(), end):
            continue
        level = next((n for n in (1, 2, 3) if match[f"level{n}"]), 0)
        code = ord(PRIVATE.search(match.group())[0])  # type: ignore[index]
        mark = Mark(start, match.end(), level, 0, match.group(), True, "private")
        if level:
            marks.append(mark)
        else:
            bare.append(mark._replace(number=code))
    codes = [mark.number for mark in bare]
    several = len(set(codes)) > _BULLETS
    for i, mark in enumerate(bare):
        beside = {*codes[i + 1 : i + 2], *codes[max(0, i - 1) : i]}
        if beside & {mark.number - 1, mark.number + 1} or (several and mark.number not in beside):
            marks.append(mark._replace(number=_place_in_series(mark.number, codes)))
    return marks


def _place_in_series(code: int, codes: list[int]) -> int:
    """Return the number a character stands for: 1 for the first of its neighbours in the font."""
    known = set(codes)
    first = code
    while near := [c for c in range(first - _NEAR, first) if c in known]:
        first = near[0]
    return code - first + 1


def damaged_marks(text: str, lines: list[Paragraph], known: list[Mark]) -> list[Mark]:
    """Marks with a bracket or number lost or a stroke misread, where the sequence lacks them."""
    marks = []
    levels = {(m.level, m.number) for m in known}
    sound = {mark.start for mark in known}
    found = [
        match
        for start, end in lines
        if text[start] in _DAMAGED_FIRST
        and start not in sound
        and (match := _DAMAGED.match(text, start, end)) is not None
        and match.end() < end
        and MARKER.match(text, start) is None
    ]
    for group, level in (("spaced", 1), ("odd", 2)):
        alike = {(level, ordinal(match[group])) for match in found if match[group]}
        levels |= alike if len(alike) > 1 else set()
    for match in found:
        start = match.start()
        level = 1 if any(match[g] for g in _TOP_GROUPS) else 3 if match["letter"] else 2
        number = _damaged_number(match) or _missing(level, start, known)
        if (level, number - 1) in levels or (level, number + 1) in levels:
            marks.append(Mark(start, match.end(), level, number, match.group(), True, "damaged"))
            levels.add((level, number))
    return marks


def _damaged_number(match: re.Match[str]) -> int:
    """Return the number a damaged mark still shows, 0 if it shows none."""
    if match["letter"]:
        return 1
    if match["radical"]:
        return _RADICALS[match["radical"]]
    shown = next((match[g] for g in _SHOWN if match[g]), "")
    return ordinal(_STROKE.sub("一", shown))


def _missing(level: int, start: int, known: list[Mark]) -> int:
    """Return the number that follows the last one of the level before ``start``."""
    at = bisect_right(known, start, key=_start) - 1
    while at >= 0 and known[at].level > level:
        at -= 1
    return known[at].number + 1 if at >= 0 and known[at].level == level else 1


def _start(mark: Mark) -> int:
    return mark.start
