"""Line breaks that end no paragraph are taken out, page numbers too; offsets stay known.

A break usually ends a paragraph. In text taken from a PDF or a mail it ends only the line; then
lines are joined where they fill the measure. A few breaks fall into the middle of a marker
（\\n三）, of a quotation, or behind a comma in texts that are otherwise sound.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from drafter.chinese.markers import MARKER

LINE = re.compile(r"[^\s\ufeff\u200b\ue4c6\ue5e5#](?:[^\n]*\S)?")
"""One line without the white space around it, nor Markdown's # before it.

U+E4C6 and U+E5E5 are old fonts' wide spaces.
"""

ENDS = frozenset("。！？；：…!?;:.")
"""What ends a paragraph or announces the next."""

_CLOSERS = frozenset("”’）)】》〕」』]")
_OPENS = re.compile(rf"{MARKER.pattern}|附\s?件|第.{{1,3}}章", re.VERBOSE)
_FLOW = re.compile(r"[，。；、,]")
_NEVER_FIRST = frozenset("，。；、”）》！？,;")
_PAGE = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*(?:共\s*)?\d{1,4}(?:\s*页)?)?[-—–－·\s]*"
)
_HALF_MARK = re.compile(r"(?:.*[^\w（(]|)[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?")
_BARE_ORDINAL = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})")
_OTHER_HALF = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*[）)]|[、．.](?!\d)")
_WIDEST_WRAP = 72
_NARROWEST_WRAP = 14
_FEWEST_LINES = 6
_FEWEST_OPEN = 3
_RAGGED = 4
_PAGE_LENGTH = 16
_LONGEST_MARK = 6

Gap = tuple[int, int]
"""What stands between two lines that belong together."""


class Paragraph(NamedTuple):
    """A paragraph's place, the white space around it left out."""

    start: int
    end: int


class Mended(NamedTuple):
    """A text whose breaks end paragraphs, and what was taken out to make it so.

    ``cuts`` are (offset in ``text``, characters taken out up to here), ascending. The faults are
    spans of the text given: ``joins`` inside paragraphs, ``marks`` inside markers, ``pages``.
    """

    text: str
    lines: list[Paragraph]
    wrapped: bool = False
    cuts: tuple[tuple[int, int], ...] = ()
    joins: tuple[Gap, ...] = ()
    marks: tuple[Gap, ...] = ()
    pages: tuple[Gap, ...] = ()

    def original(self, offset: int, end: bool = False) -> int:
        """Return where an offset of ``text`` lies in the text given (``end``: an exclusive end)."""
        if not self.cuts:
            return offset
        at = bisect_right(self.cuts, (offset - end, len(self.text) * 9 + 9)) - 1
        return offset + (self.cuts[at][1] if at >= 0 else 0)


def mend(text: str) -> Mended:
    """Return the text (universal newlines) mended; the same text where nothing is broken."""
    lines = paragraphs(text, len(text))
    pages = [line for line in lines if line[1] - line[0] <= _PAGE_LENGTH and _is_page(text, line)]
    if pages:
        gone = set(pages)
        lines = [line for line in lines if line not in gone]
    measure = _measure(text, lines)
    joins, marks = _broken(text, lines, measure)
    removed = _removed(text, joins + marks, pages)
    if not removed:
        return Mended(text, lines)
    mended, cuts = _without(text, removed)
    shown = () if measure else tuple(joins)
    again = paragraphs(mended, len(mended))
    return Mended(mended, again, bool(measure), cuts, shown, tuple(marks), tuple(pages))


def paragraphs(text: str, end: int) -> list[Paragraph]:
    """Return the paragraphs of a mended text that begin before ``end``, cut off there."""
    return [Paragraph(*match.span()) for match in LINE.finditer(text, 0, end)]


def _is_page(text: str, line: Paragraph) -> bool:
    start, end = line
    if text[start] not in "-—–－·第0123456789":
        return False
    return _PAGE.fullmatch(text, start, end) is not None


def _removed(text: str, breaks: list[Gap], pages: list[Paragraph]) -> list[Gap]:
    """Return what to take out: breaks with the white space around, page lines with their break."""
    spans = list(breaks)
    for start, end in pages:
        line_end = text.find("\n", end)
        spans.append((text.rfind("\n", 0, start) + 1, len(text) if line_end < 0 else line_end + 1))
    return sorted(spans)


def _without(text: str, spans: list[Gap]) -> tuple[str, tuple[tuple[int, int], ...]]:
    pieces: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = taken = 0
    for first, end in spans:
        start = max(first, at)
        if start >= end:
            continue
        pieces.append(text[at:start])
        taken += end - start
        cuts.append((end - taken, taken))
        at = end
    return "".join([*pieces, text[at:]]), tuple(cuts)


def _measure(text: str, lines: list[Paragraph]) -> int:
    """Return the width that hard-wrapped lines fill, 0 if lines are paragraphs."""
    if len(lines) < _FEWEST_LINES:
        return 0
    widths = sorted(end - start for start, end in lines)
    widest = widths[int(len(widths) * 0.95)]
    if widest > _WIDEST_WRAP or widest < _NARROWEST_WRAP:
        return 0
    full = [line for line in lines if line[1] - line[0] >= widest - 5]
    flowing = sum(1 for start, end in full if _FLOW.search(text, start, end))
    if flowing < 0.5 * len(full):
        return 0
    open_ended = sum(
        1
        for (start, end), (following, _) in pairwise(lines)
        if end - start >= widest - 5
        and text[end - 1] not in ENDS
        and not MARKER.match(text, following)
    )
    if len(full) < 0.3 * len(lines) or open_ended < _FEWEST_OPEN:
        return 0
    torn = any(text[start] in _NEVER_FIRST for start, _ in lines)
    if open_ended < (0.2 if torn else 0.45) * len(full):
        return 0
    return widest


def _broken(text: str, lines: list[Paragraph], measure: int) -> tuple[list[Gap], list[Gap]]:
    """Return the breaks inside paragraphs and those inside markers."""
    if measure:
        mixed = _indents_tell(text, lines)
        pairs = pairwise(lines)
        return [
            (before[1], line[0])
            for before, line in pairs
            if not _ends_paragraph(text, before, line, measure, mixed)
        ], []
    joins: list[Gap] = []
    marks: list[Gap] = []
    folded = _folded(text, lines)
    for before, line in pairwise(lines):
        gap = (before[1], line[0])
        if _parts_mark(text, before, line):
            marks.append(gap)
        elif text[before[1] - 1] in ENDS:
            continue
        elif _splits_mark(text, before, line):
            marks.append(gap)
        elif before in folded or _runs_on(text, before, line[0]):
            joins.append(gap)
    return joins, marks


def _folded(text: str, lines: list[Paragraph]) -> set[Paragraph]:
    """Return the lines of a passage that is wrapped inside a text which is not.

    Three or more open-ended lines in a row, of one width but for four characters, are one.
    """
    found: set[Paragraph] = set()
    run: list[Paragraph] = []
    for line, (following, _) in pairwise([*lines, Paragraph(len(text), len(text))]):
        width = line[1] - line[0]
        if run and abs(width - run[0][1] + run[0][0]) > _RAGGED:
            found.update(_open_lines(text, run))
            run = []
        if _NARROWEST_WRAP < width <= _WIDEST_WRAP and not MARKER.match(text, following):
            run.append(line)
    return found | set(_open_lines(text, run))


def _open_lines(text: str, run: list[Paragraph]) -> list[Paragraph]:
    """Return the lines of a run of equal width that end nothing, if they are a wrapped passage."""
    if len(run) < _FEWEST_OPEN:
        return []
    open_ended = [line for line in run if text[line[1] - 1] not in ENDS]
    if len(open_ended) < _FEWEST_OPEN or not all(_FLOW.search(text, *line) for line in open_ended):
        return []
    return open_ended


def _indents_tell(text: str, lines: list[Paragraph]) -> bool:
    indented = sum(1 for start, _ in lines if start and text[start - 1] != "\n")
    return 0.05 < indented / len(lines) < 0.7


def _ends_paragraph(
    text: str, before: Paragraph, line: Paragraph, measure: int, mixed: bool
) -> bool:
    """Whether a hard-wrapped paragraph ends with the line before ``line``.

    Behind a full line that ends a sentence, a mark, an annex or a short line without an end mark
    (a heading) begins a new one.
    """
    stopped = text[before[1] - 1] in ENDS or text[before[1] - 1] in _CLOSERS
    short = before[1] - before[0] < measure - 6
    if mixed:
        return text[line[0] - 1] != "\n" or (stopped and short)
    if not stopped:
        return short
    heading = line[1] - line[0] < measure - 6 and text[line[1] - 1] not in ENDS
    return short or heading or bool(_OPENS.match(text, line[0]))


def _parts_mark(text: str, before: Paragraph, line: Paragraph) -> bool:
    """Whether a mark stands alone on its line and its heading on the next."""
    if before[1] - before[0] > _LONGEST_MARK:
        return False
    alone = MARKER.fullmatch(text, *before)
    return alone is not None and alone["five"] is None and not MARKER.match(text, line[0])


def _splits_mark(text: str, before: Paragraph, line: Paragraph) -> bool:
    if text[before[1] - 1] not in "（(一二三四五六七八九十0123456789" or not _OTHER_HALF.match(
        text, line[0], line[1]
    ):
        return False
    if _BARE_ORDINAL.fullmatch(text, *before):
        return True
    return text[line[0]] not in "、．." and bool(_HALF_MARK.fullmatch(text, *before))


def _runs_on(text: str, before: Paragraph, start: int) -> bool:
    """Whether the line at ``start`` goes on with the paragraph before it."""
    last = text[before[1] - 1]
    if last in ENDS or (last in _CLOSERS and last != "”"):
        return False
    if text[start] in _NEVER_FIRST:
        return True
    if MARKER.match(text, start):
        return False
    if last in "，,、（“《":
        return before[1] - before[0] > 8
    inside = text[before[0] : before[1]]
    unclosed = inside.count("“") > inside.count("”") or inside.count("《") > inside.count("》")
    return unclosed and before[1] - before[0] > 20
