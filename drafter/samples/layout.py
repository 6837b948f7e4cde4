"""Lines → paragraphs: what a line break means in this text.

A break usually ends a paragraph. In text taken from a PDF or a mail it ends only the line; then
lines are joined where they fill the measure. A few breaks fall into the middle of a marker
（\\n三）, of a quotation, or behind a comma in texts that are otherwise sound.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.chinese.markers import MARKER

LINE = re.compile(r"[^\s\ufeff\u200b](?:[^\n]*\S)?")
"""One line without the white space around it."""

ENDS = frozenset("。！？；：…!?;:")
"""What ends a paragraph or announces the next."""

_CLOSERS = "”’）)】》〕」』]"
_ARTEFACT = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d{1,4}(?:\s*页)?)?[-—–－·\s]*"
)
_SPLIT_OPEN = re.compile(r"[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?")
_SPLIT_CLOSE = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*[）)、.．]")
_WIDEST_WRAP = 72
_SHORT_TEXT = 12


class Paragraph(NamedTuple):
    """A paragraph's place, white space around it left out, and its number of lines."""

    start: int
    end: int
    lines: int = 1


class Layout(NamedTuple):
    """The paragraphs of a text and what was noticed about its lines.

    ``wrapped``: hard-wrapped throughout. ``joins``: offsets of breaks inside a paragraph that
    were closed in a text otherwise sound; ``split_markers``: breaks inside a marker;
    ``artefacts``: page numbers left in the text (they are in no paragraph).
    """

    paragraphs: list[Paragraph]
    wrapped: bool = False
    joins: tuple[int, ...] = ()
    split_markers: tuple[int, ...] = ()
    artefacts: tuple[tuple[int, int], ...] = ()


def lay_out(text: str) -> Layout:
    """Return the paragraphs of a text with universal newlines."""
    lines = [match.span() for match in LINE.finditer(text)]
    lines, artefacts = _without_artefacts(text, lines)
    if measure := _measure(text, lines):
        return Layout(_joined(text, lines, measure), True, artefacts=artefacts)
    return _repaired(text, lines, artefacts)


def _without_artefacts(
    text: str, lines: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[tuple[int, int], ...]]:
    found = [
        (s, e)
        for s, e in lines
        if e - s <= 14 and text[s] in "-—–－·第0123456789" and _ARTEFACT.fullmatch(text, s, e)
    ]
    if not found:
        return lines, ()
    gone = set(found)
    return [line for line in lines if line not in gone], tuple(found)


def _measure(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the width that hard-wrapped lines fill, 0 if lines are paragraphs."""
    if len(lines) < _SHORT_TEXT:
        return 0
    widths = sorted(end - start for start, end in lines)
    widest = widths[int(len(widths) * 0.95)]
    if widest > _WIDEST_WRAP or widest < _SHORT_TEXT:
        return 0
    full = [end for start, end in lines if end - start >= widest - 5]
    open_ended = sum(1 for end in full if text[end - 1] not in ENDS)
    if len(full) < 0.3 * len(lines) or open_ended < 0.6 * len(full):
        return 0
    return widest


def _joined(text: str, lines: list[tuple[int, int]], measure: int) -> list[Paragraph]:
    indents = [text[text.rfind("\n", 0, s) + 1 : s] for s, _ in lines]
    mixed = 0.05 < sum(1 for i in indents if i) / len(lines) < 0.7
    paragraphs: list[Paragraph] = []
    for i, (start, end) in enumerate(lines):
        if paragraphs and not _breaks(text, paragraphs[-1], lines[i - 1], start, measure, mixed):
            first = paragraphs[-1]
            paragraphs[-1] = Paragraph(first.start, end, first.lines + 1)
        else:
            paragraphs.append(Paragraph(start, end))
    return paragraphs


def _breaks(
    text: str, open_: Paragraph, before: tuple[int, int], start: int, measure: int, mixed: bool
) -> bool:
    last = text[before[1] - 1]
    if mixed:
        return text[start - 1] != "\n" or (last in ENDS and before[1] - before[0] < measure - 8)
    if MARKER.match(text, start) and (last in ENDS or last in _CLOSERS):
        return True
    filled = before[1] - before[0] >= measure - (8 if open_.lines == 1 else 5)
    return not filled


def _repaired(
    text: str, lines: list[tuple[int, int]], artefacts: tuple[tuple[int, int], ...]
) -> Layout:
    paragraphs: list[Paragraph] = []
    joins: list[int] = []
    splits: list[int] = []
    for start, end in lines:
        if paragraphs:
            before = paragraphs[-1]
            if text[before.end - 1] in "（(一二三四五六七八九十" and _splits_marker(
                text, before, start
            ):
                splits.append(before.end)
                paragraphs[-1] = Paragraph(before.start, end, before.lines + 1)
                continue
            if _runs_on(text, before, start):
                joins.append(before.end)
                paragraphs[-1] = Paragraph(before.start, end, before.lines + 1)
                continue
        paragraphs.append(Paragraph(start, end))
    return Layout(paragraphs, False, tuple(joins), tuple(splits), artefacts)


def _splits_marker(text: str, before: Paragraph, start: int) -> bool:
    opening = max(
        text.rfind("（", before.start, before.end), text.rfind("(", before.start, before.end)
    )
    if opening >= 0 and _SPLIT_OPEN.fullmatch(text, opening, before.end):
        return bool(_SPLIT_CLOSE.match(text, start))
    return before.end - before.start <= 3 and text[start] in "、."


def _runs_on(text: str, before: Paragraph, start: int) -> bool:
    """Whether the line at ``start`` goes on with the paragraph before it."""
    last = text[before.end - 1]
    if last in ENDS or (last in _CLOSERS and last not in "”"):
        return False
    if MARKER.match(text, start):
        return False
    if text[start] in "，。；、”）》！？":
        return True
    if last in "，、（“《":
        return before.end - before.start > 8
    inside = text[before.start : before.end]
    unclosed = inside.count("“") > inside.count("”") or inside.count("《") > inside.count("》")
    return unclosed and before.end - before.start > 20
