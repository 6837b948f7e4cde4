"""The heading that lost its number where its sequence has a gap: （一） … ？ … （三）."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from drafter.samples.headings import LONGEST, SUBJECT
from drafter.samples.mark import Mark
from drafter.samples.mending import Paragraph

_DEEPEST = 3
_ALONE = re.compile(r"[\u4e00-\u9fff“”、，]{2,30}[。：]?")
_BEGINS = re.compile(r"[\u4e00-\u9fff“”、，]{4,24}(?<![了的])。(?=[\u4e00-\u9fff])")
"""A line, or a paragraph's first sentence, that may be a heading."""


def find_lost(
    text: str, lines: list[Paragraph], marks: list[Mark], loose: list[Mark], first: int
) -> list[Mark]:
    """Return the one heading that fits into each gap of one number, with that number's level.

    It is looked for among paragraphs without a mark: alone on its line, or running into its body
    as the heading before the gap does. Where several fit, or one is known (``loose``), none is
    added. Front matter ends at ``first``.
    """
    found: list[Mark] = []
    starts = sorted(mark.start for mark in loose)
    for mark, before, above in _gaps(marks):
        last = before or above
        behind = last.start if last else first - 1
        if bisect_left(starts, behind) != bisect_left(starts, mark.start):
            continue
        span = slice(bisect_right(lines, (behind, len(text))), bisect_left(lines, (mark.start,)))
        fitting = _fitting(text, lines[span], lines, before or mark)
        if len(fitting) == 1:
            start = fitting[0].start
            found.append(Mark(start, start, mark.level, mark.number - 1, "", True, "unnumbered"))
    opening = {mark.start for mark in marks}
    return [mark for mark in found if mark.start not in opening]


def _gaps(marks: list[Mark]) -> list[tuple[Mark, Mark | None, Mark | None]]:
    """Return each mark that skips one number, the mark before it and the one above both."""
    found = []
    open_marks: list[Mark | None] = [None] * (_DEEPEST + 1)
    for mark in marks:
        if not 0 < mark.level <= _DEEPEST:
            continue
        before = open_marks[mark.level]
        if mark.opens and mark.number == (before.number if before else 0) + 2:
            above = [m for m in open_marks[: mark.level] if m is not None]
            found.append((mark, before, max(above, default=None)))
        open_marks[mark.level :] = [mark, *[None] * (_DEEPEST - mark.level)]
    return found


def _fitting(
    text: str, gap: list[Paragraph], lines: list[Paragraph], sibling: Mark
) -> list[Paragraph]:
    line = lines[bisect_right(lines, (sibling.start, len(text))) - 1]
    if line.end - sibling.heading > LONGEST:
        return [p for p in gap if _BEGINS.match(text, *p) and not SUBJECT.match(text, p.start)]
    return [
        p
        for p, body in pairwise(gap)
        if body.end - body.start > p.end - p.start
        and _ALONE.fullmatch(text, *p)
        and not SUBJECT.match(text, p.start)
    ]
