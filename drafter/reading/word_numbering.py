"""Automatic numbering of Word, counted as Word counts and written as the reader sees it.

ECMA-376 part 1, 17.9: a ``num`` is an instance of an ``abstractNum`` and may override levels; all
instances of one abstract list count on together, unless an override starts them anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafter.reading.list_numbers import format_number
from drafter.reading.markup import Element
from drafter.reading.word_styles import W, child, is_on, number, value

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PLAIN_BULLETS = frozenset("-–—*")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how it starts, looks and restarts (None: after any higher level)."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart_after: int | None = None
    style_id: str = ""


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, ListLevel]
    style_link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """The lists of one document; ``next_marker`` must be asked once a paragraph, in order."""

    def __init__(self, root: Element | None) -> None:
        abstracts = [] if root is None else root.findall(W + "abstractNum")
        instances = [] if root is None else root.findall(W + "num")
        self._abstracts = {a.get(W + "abstractNumId", ""): _abstract(a) for a in abstracts}
        self._instances = {n.get(W + "numId", ""): _instance(n) for n in instances}
        self._by_style = {value(a, "styleLink"): a.get(W + "abstractNumId", "") for a in abstracts}
        self.unknown_formats: set[str] = set()

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """Return the level of a list that is tied to a paragraph style, or None."""
        abstract = self._abstract_of(num_id)
        levels = abstract.levels.items() if abstract else ()
        return next((index for index, level in levels if level.style_id == style_id), None)

    def next_marker(self, num_id: str, level: int) -> str:
        """Count one paragraph of a list and return its marker, "" where there is no such list."""
        instance, abstract = self._instances.get(num_id), self._abstract_of(num_id)
        if instance is None or abstract is None:
            return ""
        level = min(max(level, 0), LEVELS - 1)
        self._count(instance, abstract, level)
        shown = self._level(instance, abstract, level)
        if shown.kind == "bullet":
            return _bullet(shown)
        return _PLACE.sub(
            lambda m: self._written(instance, abstract, int(m[1]) - 1, shown), shown.text
        ).strip()

    def _abstract_of(self, num_id: str) -> _Abstract | None:
        instance = self._instances.get(num_id)
        abstract = self._abstracts.get(instance.abstract) if instance else None
        if abstract is not None and abstract.style_link:
            linked = self._by_style.get(abstract.style_link, "")
            return self._abstracts.get(linked, abstract)
        return abstract

    def _level(self, instance: _Instance, abstract: _Abstract, level: int) -> ListLevel:
        return instance.levels.get(level) or abstract.levels.get(level) or ListLevel()

    def _count(self, instance: _Instance, abstract: _Abstract, level: int) -> None:
        counts = abstract.counts
        start = instance.starts.get(level, self._level(instance, abstract, level).start)
        if level in instance.starts and level not in instance.used:
            counts[level] = start
        else:
            counts[level] = counts.get(level, start - 1) + 1
        instance.used.add(level)
        for lower in range(level + 1, LEVELS):
            after = self._level(instance, abstract, lower).restart_after
            if after is None or (after > 0 and level < after):
                counts.pop(lower, None)

    def _written(
        self, instance: _Instance, abstract: _Abstract, level: int, shown: ListLevel
    ) -> str:
        own = self._level(instance, abstract, level)
        count = abstract.counts.get(level, instance.starts.get(level, own.start))
        kind = "decimal" if shown.legal else own.kind
        text = format_number(count, kind)
        if text is None:
            self.unknown_formats.add(kind)
            return str(count)
        return text


def _bullet(level: ListLevel) -> str:
    """Symbol fonts put any letter there; what the reader sees is a dot or a square."""
    sign = level.text.strip()[:1]
    return sign if sign in _PLAIN_BULLETS else "•"


def _abstract(node: Element) -> _Abstract:
    return _Abstract(_levels(node), value(node, "numStyleLink") or "")


def _instance(node: Element) -> _Instance:
    levels, starts = {}, {}
    for override in node.findall(W + "lvlOverride"):
        index = number(override.get(W + "ilvl"), 0)
        own = child(override, "lvl")
        if own is not None:
            levels[index] = _level(own)
        start = value(override, "startOverride")
        if start is not None:
            starts[index] = number(start, 1)
    return _Instance(value(node, "abstractNumId") or "", levels, starts)


def _levels(node: Element) -> dict[int, ListLevel]:
    found = {number(lvl.get(W + "ilvl"), 0): _level(lvl) for lvl in node.findall(W + "lvl")}
    return {index: level for index, level in found.items() if 0 <= index < LEVELS}


def _level(node: Element) -> ListLevel:
    restart = value(node, "lvlRestart")
    return ListLevel(
        start=number(value(node, "start"), 0 if child(node, "start") is None else 1),
        kind=_kind(node),
        text=value(node, "lvlText") or "",
        legal=bool(is_on(node, "isLgl")),
        restart_after=None if restart is None else number(restart, 0),
        style_id=value(node, "pStyle") or "",
    )


def _kind(node: Element) -> str:
    """Newer formats stand in an AlternateContent, the plain one beside them as a fallback."""
    if child(node, "lvlPicBulletId") is not None:
        return "bullet"
    return value(node, "numFmt") or next(
        (fmt.get(W + "val", "decimal") for fmt in node.iter(W + "numFmt")), "decimal"
    )
