"""The level of headings without a mark: that of the number they lost.

All readings of a text's headings are weighed together and the cheapest one is taken (a beam
search): a number that is skipped, a sequence that begins anew, a heading without a body and one
that looks unlike its siblings each have their price.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from drafter.samples.front import TOP
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS

_POINT = 5
_DEEPEST = 4
_LONGEST = 40
_BEAM = 24
_HOPELESS = 8.0
_RECENT = 3

_RESTART = 6.0
"""一、 again in a sequence that is open."""
_GAP = 3.0
"""（三） behind （一）."""
_RUNS_ON = 0.3
"""（四） first in a chapter, behind （三） of the chapter before."""
_EMPTY = 4.0
"""A heading with neither body nor a deeper heading behind it."""
_DEEPER = 0.5
"""A level no heading above is at."""
_PASSED_OVER = 2.0
"""Each level between a heading and the one above, where it has no number."""
_STRAIGHT = 0.1
"""The same where it has one: 1. straight under 一、 is usual."""
_MIXED = 1.5
"""A heading without a number among numbered ones."""
_CHAPTER_GLYPH = 1.5
"""A font's own number on the first level: fonts have ㈠ and ①, but no 一、."""

_ROOTLESS = 0.8
"""A heading without a number below the first level with none over it."""
_INVERTED = 2.0
"""（一） behind 1. with nothing over it but what stands over 1."""
_TOP_WORDS = 2.0
"""A chapter's usual words (工作回顾, 存在问题) below the first level; its reverse costs half."""
_UNLIKE = 0.8
"""Length or number of parts unlike the headings of that level."""
_ALONE = 2.0
"""A heading alone on its line under headings that run into their body."""
_ONLY = 0.6
"""A level that one heading has to itself."""


_Path: TypeAlias = "tuple[int, _Path] | None"
"""The levels chosen, last one first."""


class _Item(NamedTuple):
    """A heading to be placed: ``level`` and ``number`` are 0 where unknown.

    ``bare``: the next heading follows without a body between; ``anew``: an annex or a chapter.
    """

    level: int
    number: int
    mark: str
    top: bool
    length: int
    parts: int
    bare: bool
    anew: bool


class _Level(NamedTuple):
    """What is known of one level: the open sequence's last number and the headings' looks.

    ``mark`` is the kind of its last mark, "" where a heading has none.
    """

    last: int = 0
    running: int = 0
    mark: str = ""
    seen: int = 0
    length: float = 0.0
    parts: float = 0.0
    tops: float = 0.0


class _Reading(NamedTuple):
    """One way to read the headings so far.

    ``bare`` is the level of the last one if no body follows it, else 0.
    """

    cost: float
    levels: tuple[_Level, ...]
    bare: int = 0
    path: _Path = None


def place_unnumbered(text: str, marks: list[Mark], headings: list[Mark]) -> list[Mark]:
    """Return all marks in order, each unnumbered heading with the level of its lost number.

    Marks of level 0 (a font's own numbers) get theirs as well.
    """
    if not headings and all(mark.level for mark in marks):
        return marks
    merged = sorted([*(m for m in marks if m.level != _POINT), *headings])
    items = _items(text, merged)
    running_in = _running_in(items)
    readings = [_Reading(0.0, (_Level(),) * (_DEEPEST + 1))]
    for item in items:
        levels = (item.level,) if item.level else range(1, _DEEPEST + 1)
        grown = [_placed(reading, item, d, running_in) for reading in readings for d in levels]
        readings = _cheapest(grown)
    chosen = _chosen(min(readings, key=_closing_cost))
    placed = [mark._replace(level=d) for mark, d in zip(merged, chosen, strict=True)]
    return sorted([*placed, *(m for m in marks if m.level == _POINT)])


def _items(text: str, merged: list[Mark]) -> list[_Item]:
    items = []
    for i, mark in enumerate(merged):
        following = merged[i + 1].start if i + 1 < len(merged) else len(text)
        end = text.find("\n", mark.heading, following)
        line = text[mark.heading : end if end >= 0 else following].strip()
        ended = end < 0 or len(line) > _LONGEST or line[-1:] in ENDS
        bare = not ended and not text[end:following].strip()
        top = bool(TOP.search(text, mark.heading, min(mark.heading + _LONGEST, following)))
        parts = line.count("，") + line.count("、") + line.count(" ")
        kind = (
            "" if mark.kind == "unnumbered" else "private" if mark.kind == "private" else "number"
        )
        anew = mark.kind in ("annex-title", "chapter")
        items.append(_Item(mark.level, mark.number, kind, top, len(line), parts, bare, anew))
    return items


def _running_in(items: list[_Item]) -> int:
    """Return the least level whose numbered headings have their body in the same paragraph."""
    for level in range(1, _DEEPEST + 1):
        lengths = [item.length for item in items if item.level == level]
        if lengths and sum(length > _LONGEST for length in lengths) > 0.6 * len(lengths):
            return level
    return _DEEPEST + 1


def _placed(reading: _Reading, item: _Item, level: int, running_in: int) -> _Reading:
    """Return the reading with one heading more, at a level."""
    if item.anew:
        return _Reading(reading.cost, (_Level(),) * (_DEEPEST + 1), 0, (1, reading.path))
    known = reading.levels[level]
    deepest = max((d for d in range(1, _DEEPEST + 1) if reading.levels[d].last), default=0)
    cost = reading.cost + _depth_cost(level, deepest, bool(item.number), bool(reading.bare))
    if reading.bare and level <= reading.bare:
        cost += _EMPTY
    if item.number or item.level:
        cost += _number_cost(item, known)
        cost += _CHAPTER_GLYPH * (item.mark == "private" and not item.level and level == 1)
    else:
        rootless = level > 1 and not any(above.last for above in reading.levels[1:level])
        cost += _ROOTLESS * rootless
        first = known.mark or not known.last
        cost += _lone_cost(item, level, known) + _ALONE * (first and level >= running_in)
    below = reading.levels[level + 1 :]
    cost += _only_children(below)
    if not known.last and any(deeper.last for deeper in below):
        cost += _INVERTED
    levels = (*reading.levels[:level], _seen(known, item), *map(_closed, below))
    return _Reading(cost, levels, level if item.bare else 0, (level, reading.path))


def _closing_cost(reading: _Reading) -> float:
    return reading.cost + _only_children(reading.levels)


def _only_children(levels: tuple[_Level, ...]) -> float:
    return sum(_ONLY for level in levels if level.last == 1)


def _depth_cost(level: int, deepest: int, numbered: bool, announced: bool) -> float:
    """Return the price of a level below all open ones; a heading without a body announces it."""
    if level <= deepest:
        return 0.0
    passed = (_STRAIGHT if numbered else _PASSED_OVER) * (level - deepest - 1)
    return passed + (_DEEPER if numbered or announced or not deepest else 2 * _DEEPER)


def _number_cost(item: _Item, known: _Level) -> float:
    number = item.number
    if known.mark not in ("", item.mark):
        return _RESTART
    if number in (0, known.last + 1):
        strange = item.mark == "private" and known.last and not known.mark
        return _MIXED if strange else 0.0
    if known.last == 0 and number == known.running + 1:
        return _RUNS_ON
    if number <= known.last:
        return _RESTART
    return min(_RESTART, _GAP * (number - known.last - 1))


def _lone_cost(item: _Item, level: int, known: _Level) -> float:
    cost = _MIXED if known.last and known.mark else 0.0
    if item.top and level > 1 and known.tops < 0.5:
        cost += _TOP_WORDS
    if known.seen:
        cost += _TOP_WORDS / 2 * (not item.top) * known.tops
        unlike = abs(item.length - known.length) / 10 + abs(item.parts - known.parts) / 2
        cost += _UNLIKE * min(1.0, unlike) / (1 if known.mark or not known.last else 2)
    return cost


def _seen(known: _Level, item: _Item) -> _Level:
    number = item.number or known.last + 1
    if item.length > _LONGEST:
        return known._replace(last=number, running=number, mark=item.mark)
    seen = min(_RECENT, known.seen + 1)
    length = known.length + (item.length - known.length) / seen
    parts = known.parts + (item.parts - known.parts) / seen
    tops = known.tops + (item.top - known.tops) / seen
    return _Level(number, number, item.mark, seen, length, parts, tops)


def _closed(level: _Level) -> _Level:
    return level._replace(last=0, mark="")


def _cheapest(readings: list[_Reading]) -> list[_Reading]:
    """Return the cheapest readings; of those with the same open numbers only the cheapest."""
    best: dict[tuple[object, ...], _Reading] = {}
    ranked = sorted(readings, key=_cost)
    for reading in ranked[: 2 * _BEAM]:
        if reading.cost > ranked[0].cost + _HOPELESS:
            break
        best.setdefault((reading.bare, *((d.last, d.seen) for d in reading.levels)), reading)
    return list(best.values())[:_BEAM]


def _cost(reading: _Reading) -> float:
    return reading.cost


def _chosen(reading: _Reading) -> list[int]:
    levels = []
    path = reading.path
    while path is not None:
        level, path = path
        levels.append(level)
    return levels[::-1]
