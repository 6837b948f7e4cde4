"""Headings without a mark in mid-paragraph, and paragraphs that only spaces part."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from drafter.chinese.markers import MARKER
from drafter.samples.front import TOP
from drafter.samples.headings import CHAPTER, SUBJECT
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Paragraph

FEW_LINES = 4
"""A text of no more lines than these may hold all its paragraphs on one."""

_GAP = re.compile(r"[^\S\n]+")
_FEWEST_GAPS = 3
_PARTING = 0.4
_ENDS = ENDS | frozenset("”）)》】")
_LABEL = re.compile(
    rf"(?:{MARKER.pattern}|第[一二三四五六七八九十]{{1,3}}[章篇编节条])\Z", re.VERBOSE
)
_LONGEST_LABEL = 6
_TAIL = re.compile(r"(?:(?<=[。！？；])|(?<=[。！？]”))[\u4e00-\u9fff\d“”、，]{4,30}(?<![，、])\Z")
_STOP = re.compile(r"[。！？；]")
_NO_TAIL = re.compile(r"(?:包括|分别是|如下|主要有|即|为|是|以及)\Z")
_FORWARD = 60


def parted(text: str, lines: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs of a text on few lines, parted at white space; [] if that parts none.

    White space parts paragraphs where most of it stands behind the end of a sentence or before a
    mark; in texts from a PDF it stands around figures.
    """
    if len(lines) > FEW_LINES:
        return []
    gaps = [
        gap.span()
        for line in lines
        for gap in _GAP.finditer(text, *line)
        if not _inside(text, *gap.span()) and not _behind_label(text, gap.start(), line.start)
    ]
    parting = sum(1 for start, end in gaps if text[start - 1] in _ENDS or MARKER.match(text, end))
    if parting < max(_FEWEST_GAPS, _PARTING * len(gaps)):
        return []
    found: list[Paragraph] = []
    for start, end in lines:
        at = start
        for gap_start, gap_end in gaps:
            if at < gap_start < end:
                found.append(Paragraph(at, gap_start))
                at = gap_end
        found.append(Paragraph(at, end))
    return found


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a gap stands before a quotation in mid-sentence."""
    return text[end] in "“《" and text[start - 1] not in _ENDS


def _behind_label(text: str, gap: int, start: int) -> bool:
    return any(
        _LABEL.match(text, at, gap) is not None
        for at in range(max(start, gap - _LONGEST_LABEL), gap)
    )


def find_glued(
    text: str, lines: list[Paragraph], marks: list[Mark], first: int, single: bool
) -> list[Mark]:
    """Return headings without a mark (level 0) that nothing but a full stop parts from a body.

    Such a heading ends its paragraph, the next one beginning a sequence, or a sequence begins
    right behind it ((…)取得实效。工作安排（一）…); in a text on one line (``single``) the usual
    words of a chapter are enough if a sentence's subject follows. Front matter ends at ``first``.
    """
    lines = [line for line in lines if line.end > first]
    firsts = {m.start for m in marks if m.number == 1 and 1 < m.level < 4 and m.start >= first}
    starts = [m.start for m in marks]
    found = {}
    for i, line in enumerate(lines):
        following = lines[i + 1].start if i + 1 < len(lines) else -1
        tail = _tail(text, line.start, line.end)
        if tail >= 0 and (following in firsts or _is_chapter(text, tail, line.end)):
            found[tail] = line.end
    for start in firsts:
        line = lines[bisect_right(lines, (start, len(text))) - 1]
        if start > line.start and (tail := _tail(text, line.start, start)) >= 0:
            found[tail] = start
    if single:
        found |= _chapters(text, lines)
    return [
        Mark(start, start, 0, 0, "", False, "unnumbered")
        for start, end in sorted(found.items())
        if bisect_left(starts, start) == bisect_left(starts, end)
    ]


def _tail(text: str, start: int, end: int) -> int:
    """Return where a heading-like rest behind the last full stop begins, -1 if there is none."""
    start = max(start, end - _FORWARD)
    if text[end - 1] in _ENDS or _STOP.search(text, start, end) is None:
        return -1
    match = _TAIL.search(text, start, end)
    if match is None or _NO_TAIL.search(text, match.start(), end):
        return -1
    return match.start()


def _is_chapter(text: str, start: int, end: int) -> bool:
    match = CHAPTER.match(text, start, end)
    return match is not None and match.end() == end


def _chapters(text: str, lines: list[Paragraph]) -> dict[int, int]:
    found = {}
    for line in lines:
        for match in TOP.finditer(text, *line):
            start = max(text.rfind(stop, line.start, match.start()) for stop in "。！；") + 1
            chapter = CHAPTER.match(text, start, line.end) if start else None
            if chapter is None or chapter.end() < match.end():
                continue
            behind = chapter.end()
            if SUBJECT.match(text, behind) or MARKER.match(text, behind):
                found[start] = behind
    return found
