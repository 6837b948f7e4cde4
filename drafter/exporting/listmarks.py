"""Numbers that a word processor took out of the text: 一、 typed becomes an automatic list.

Only what stands in official papers is written: Chinese and Arabic counting (ECMA-376 part 1,
17.9 and 17.18.59); a list of another kind gives no marker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drafter.chinese.numerals import to_chinese
from drafter.exporting.wordxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting")
)
_ARABIC = frozenset(("decimal", "decimalFullWidth", "decimalHalfWidth"))
_PLACE = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class ListMarks:
    """The lists of one paper; ``mark`` must be asked once a paragraph, in order."""

    levels: Mapping[tuple[str, int], _Level] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)  # numId → abstractNumId
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: _Element | None, styles: _Element | None) -> ListMarks:
        """Return the lists of word/numbering.xml, and those that paragraph styles stand in."""
        if numbering is None:
            return cls()
        levels = {}
        for abstract in numbering.iterfind(_tag("abstractNum")):
            for level in abstract.iterfind(_tag("lvl")):
                key = abstract.get(_tag("abstractNumId"), ""), _number(level.get(_tag("ilvl")))
                kind, text = _value(level, "numFmt"), _value(level, "lvlText")
                levels[key] = _Level(kind, text, _number(_value(level, "start"), 1))
        lists = {
            num.get(_tag("numId"), ""): _value(num, "abstractNumId")
            for num in numbering.iterfind(_tag("num"))
        }
        found = styles.iterfind(_tag("style")) if styles is not None else ()
        listed = {s.get(_tag("styleId"), ""): _place_of(s) for s in found}
        return cls(levels, lists, {k: v for k, v in listed.items() if v is not None})

    def mark(self, paragraph: _Element, style: str) -> str:
        """Return the marker that the reader sees before a paragraph, "" where there is none."""
        place = _place_of(paragraph) or self.styles.get(style)
        if place is None or place[0] not in self.lists:
            return ""
        abstract, level = self.lists[place[0]], place[1]
        own = self.levels.get((abstract, level))
        if own is None or not _is_known(own.kind):
            return ""
        self.counts[abstract, level] = self.counts.get((abstract, level), own.start - 1) + 1
        for lower in [key for key in self.counts if key[0] == abstract and key[1] > level]:
            del self.counts[lower]
        return _PLACE.sub(lambda m: self._written(abstract, int(m[1]) - 1), own.text).strip()

    def _written(self, abstract: str, level: int) -> str:
        own = self.levels.get((abstract, level), _Level("decimal", "", 1))
        count = self.counts.get((abstract, level), own.start)
        return to_chinese(count) if own.kind in _CHINESE and 0 < count < 100 else str(count)


def _is_known(kind: str) -> bool:
    return kind in _CHINESE or kind in _ARABIC


def _place_of(element: _Element) -> tuple[str, int] | None:
    """Return list and level of a paragraph or of a style; numId 0 takes it out of every list."""
    found = element.find(f"{_tag('pPr')}/{_tag('numPr')}")
    if found is None:
        return None
    return _value(found, "numId"), _number(_value(found, "ilvl"))


def _tag(name: str) -> str:
    return f"{{{W}}}{name}"


def _value(element: _Element, name: str) -> str:
    found = element.find(_tag(name))
    return "" if found is None else str(found.get(_tag("val"), ""))


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() else otherwise
