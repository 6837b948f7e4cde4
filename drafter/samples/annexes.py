"""Annexes begin a tree of their own; lists of annexes and of contents have no headings."""

from __future__ import annotations

import re
from bisect import bisect_right

from drafter.chinese.markers import MARKER
from drafter.samples.front import ISSUE_DATE
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Paragraph

_ANNEX = re.compile(
    r"附\s?件?\s?(?:\d{1,2}|[一二三四五六七八九十])?\s?(?:[:：]|$)|附件\s?\d{1,2}\s+"
    r"|附件\d{0,2}(?=[\u4e00-\u9fff“《][^，。；：]{4,40}$)"
)
_GLOSSARY = re.compile(r"[^，。；：附]{0,24}名词(?:解释|注释|说明)")
_CONTENTS = re.compile(r"目\s*录")
_LEADER = re.compile(r"[\s.…·．]+\d*\s*$")
_CONTENTS_WITHIN = 1000
_LONG = 40
_LISTED = re.compile(r"(?:附\s?件\s?[:：])?\s?\d{1,2}[.．、]\s?\S")


def split_annexes(
    text: str, lines: list[Paragraph], marks: list[Mark]
) -> tuple[list[Mark], list[tuple[int, int]]]:
    """Return the marks with annex titles added and listed annexes taken out, and those lists.

    附件 alone, or with a title behind it, begins an annex if numbered items or text follow;
    附件：1.… 2.… only names the annexes.
    """
    contents = _contents(text, lines, marks)
    if contents:
        marks = [m for m in marks if not contents[0] <= m.start < contents[1]]
    if "附" not in text and "名词" not in text:
        return marks, []
    titles: list[Mark] = []
    lists: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        if _GLOSSARY.fullmatch(text, line.start, line.end):
            if not titles or titles[-1].heading < line.start:
                titles.append(Mark(line.start, line.start, 1, 0, "", True, "annex-title"))
            continue
        match = _ANNEX.match(text, line.start, line.end) if text[line.start] == "附" else None
        if match is None or (lists and line.start < lists[-1][1]):
            continue
        if title := _title(text, lines, i, match.end()):
            titles.append(title)
        else:
            lists.append((line.start, _list_end(text, lines, i)))
    starts = [start for start, _ in lists]
    kept = [m for m in marks if not _listed(m.start, lists, starts)]
    return sorted(kept + titles), lists


def _contents(text: str, lines: list[Paragraph], marks: list[Mark]) -> tuple[int, int] | None:
    """Return where a table of contents lies: from 目录 to where its first entry comes again."""
    if "录" not in text[:_CONTENTS_WITHIN]:
        return None
    for line in lines:
        if line.start > _CONTENTS_WITHIN:
            return None
        if _CONTENTS.fullmatch(text, line.start, line.end):
            break
    else:
        return None
    first = next((m for m in marks if m.start > line.end), None)
    if first is None:
        return None
    end = text.find("\n", first.heading)
    entry = _LEADER.sub("", text[first.start : end if end >= 0 else len(text)])
    again = next(
        (m.start for m in marks if m.start > first.start and text.startswith(entry, m.start)), 0
    )
    return (line.start, again) if again else None


def _listed(offset: int, lists: list[tuple[int, int]], starts: list[int]) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < lists[at][1]


def _title(text: str, lines: list[Paragraph], i: int, after: int) -> Mark | None:
    line = lines[i]
    start, goes_on = after, i + 1
    while start < line.end and text[start].isspace():
        start += 1
    if start >= line.end:
        if i + 1 >= len(lines) or lines[i + 1].end - lines[i + 1].start > 50:
            return None
        start, goes_on = lines[i + 1].start, i + 2
    if _LISTED.match(text, start) or goes_on >= len(lines):
        return None
    if not _begins(text, lines[goes_on : goes_on + 3]):
        return None
    marker = text[line.start : after].strip(" :：")
    return Mark(line.start, start, 1, 0, marker, True, "annex-title")


def _begins(text: str, lines: list[Paragraph]) -> bool:
    """Whether text begins here; behind a mere list of annexes stand signature and date."""
    for start, end in lines:
        if ISSUE_DATE.fullmatch(text, start, end):
            return False
        if end - start > _LONG or text[end - 1] in ENDS or MARKER.match(text, start):
            return True
    return False


def _list_end(text: str, lines: list[Paragraph], i: int) -> int:
    end = i + 1
    while (
        end < len(lines)
        and _LISTED.match(text, lines[end].start, lines[end].end)
        and text[lines[end].end - 1] not in ENDS
    ):
        end += 1
    return lines[end - 1].end
