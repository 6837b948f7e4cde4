"""Text → Sample: a tree of sections by their markers, with what a person should know about it."""

from __future__ import annotations

import re

from drafter.chinese.markers import Marker, find_marker
from drafter.domain import Notice, Part, Sample, Section

_INLINE = re.compile(r"(?<=[。；：！？\n])\s?(?:[一二三四五六七八九十]{1,3}是)")
_HEADING_END = re.compile(r"[。；！？\n]")


def parse_sample(text: str, name: str = "") -> Sample:
    """Return the sample as a tree; all offsets are code points of ``text`` (universal newlines)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _markers(text)
    title, parts, warnings = _front(text, found[0][1] if found else len(text))
    sections = _tree(text, found)
    return Sample(name, title, sections, warnings, text, parts)


def _markers(text: str) -> list[tuple[Marker, int]]:
    places: list[tuple[Marker, int]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        marker = find_marker(line)
        if marker:
            places.append((marker, start + marker.start))
        for match in _INLINE.finditer(line):
            inner = find_marker(line[match.start() :])
            if inner:
                places.append((inner, start + match.start() + inner.start))
        start += len(line)
    return places


def _front(text: str, first: int) -> tuple[str, tuple[Part, ...], tuple[Notice, ...]]:
    lines = [line for line in text[:first].split("\n") if line.strip()]
    if not lines or lines[0].strip().endswith(("。", "：")):
        return "", (), (Notice("missing_title", "没有标题"),)
    title = lines[0].strip()
    start = text.index(title)
    return title, (Part("title", start, start + len(title), title),), ()


def _tree(text: str, found: list[tuple[Marker, int]]) -> tuple[Section, ...]:
    def build(low: int, high: int, stop: int) -> tuple[Section, ...]:
        sections = []
        i = low
        while i < high:
            marker, at = found[i]
            j = next((k for k in range(i + 1, high) if found[k][0].level <= marker.level), high)
            end = found[j][1] if j < len(found) else stop
            end = min(end, stop)
            children = build(i + 1, j, end)
            own = children[0].start if children else end
            sections.append(_section(text, marker, at, own, end, children))
            i = j
        return tuple(sections)

    return build(0, len(found), len(text))


def _section(
    text: str, marker: Marker, at: int, own: int, end: int, children: tuple[Section, ...]
) -> Section:
    start = at + len(marker.text)
    match = _HEADING_END.search(text, start, own)
    stop = match.start() if match else own
    heading = "".join(text[start:stop].split()).rstrip("。；：")
    body = text[stop + 1 : own].strip()
    run_in = bool(body) and text[stop : stop + 1] != "\n"
    return Section(marker.level, marker.text, heading, body, children, at, end, start, stop, run_in)
