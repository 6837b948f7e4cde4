"""Headings without a mark: short lines of their own, and the level of the number they lost."""

from __future__ import annotations

import re
from bisect import bisect_right

from drafter.chinese.markers import MARKER
from drafter.resources import lexicon
from drafter.samples.front import TOP, is_inner_title
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Paragraph

MARKED, MARKED_BODY, HEADING, QUOTED, BODY, SHORT = "mMhqbs"
"""What a line looks like: a short marked line, a marked paragraph, a line like a heading, one that
is a quotation, a paragraph, another short line."""

_HEADED = frozenset({MARKED, HEADING})
_BODIES = frozenset({BODY, MARKED, MARKED_BODY})
_INNER_STOP = re.compile(r"[。！？；：:!?;]")
_OPENINGS = "|".join(lexicon("samples", "not_headings.txt"))
_OFFICES = "|".join(lexicon("samples", "unit_ends.txt"))
_NO_HEADING = re.compile(
    rf"——|—|[•●■◆▲▪·|]|附件|附[:：]|注[:：]|{_OPENINGS}|图\s?\d|表\s?\d|[（(《〔\[]|“[^”]*(?:”$|$)|https?:"
    r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?$|二[〇○零]|.*\d[%％]|第\s?\d+期|.*\d月\d{1,2}日$"
    rf"|[\u4e00-\u9fff]{{3,24}}(?:{_OFFICES})$"
)
_SURNAMES = frozenset(name[0] for name in lexicon("chinese", "surnames.txt"))
_SIGNPOST = re.compile(
    rf"【[^】]{{2,20}}】|[^，。；：！]{{8,30}}？|[^，。；]{{0,2}}(?:{TOP.pattern})[:：]"
    r"|[\u4e00-\u9fff“”、]{4,24}[（(][^）)位]{2,20}[）)]"
)
"""Lines that end as no heading should, and are one: 【党建工作】, a question, 存在问题：."""

_QUOTED = re.compile(r"“[^”]{4,22}”")
_CHAPTER = re.compile(
    rf"(?:[\dxX×*＊]{{2,4}}年[^，。；]{{0,4}}|目前|当前|主要)?(?:{TOP.pattern})[^，。；]{{0,4}}\Z"
)
_PARTING = ENDS | frozenset("”）)〕】》]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 46
_BODY = 40
_SHORTEST = 4
_SENTENCE = 12
_FOLDED = 6
_MOST_PARTS = 3
_UNEVEN = 4


def find_unnumbered(
    text: str, paragraphs: list[Paragraph], marks: list[Mark], first: int, last: int
) -> tuple[list[Mark], list[Paragraph]]:
    """Return headings alone on their line without a mark, and the lines that wrapped ones lost.

    Only paragraphs between the offsets ``first`` and ``last`` are looked at (front and back matter
    lie outside). A single short line right under a heading goes on with that heading; it comes
    back in the second list.
    """
    starts = [line.start for line in paragraphs]
    opening = {starts[bisect_right(starts, m.start) - 1]: m for m in marks if m.opens}
    opening |= {mark.start: mark for mark in marks}
    opening |= {mark.heading: mark for mark in marks}
    lines = [p for p in paragraphs if first <= p.start < last]
    shapes = _shapes(text, lines, opening)
    numbered = min((m.start for m in marks if m.level < 5), default=last)
    chosen = [
        i
        for i, shape in enumerate(shapes)
        if shape == HEADING
        and _has_body(shapes, i, _CHAPTER.match(text, *lines[i]) is not None)
        and not (lines[i].start < numbered and is_inner_title(text, lines[i]))
    ]
    headings: list[Mark] = []
    tails: list[Paragraph] = []
    for i in chosen:
        headed = i > 0 and shapes[i - 1] == MARKED
        if headed and _is_whole_body(lines, i, opening):
            continue
        if headed and _continues(lines, i, chosen, shapes, opening):
            tails.append(lines[i])
        elif i == 0 or shapes[i - 1] in _HEADED or _parts_from(text, lines[i - 1], lines[i]):
            headings.append(Mark(lines[i].start, lines[i].start, 0, 0, "", True, "unnumbered"))
    return headings, tails


def _parts_from(text: str, before: Paragraph, line: Paragraph) -> bool:
    """Whether the line before ends what it says, or a chapter's usual words need no such end."""
    if text[before.end - 1] in _PARTING:
        return True
    return before.end - before.start <= _BODY and _CHAPTER.match(text, *line) is not None


def _shapes(text: str, lines: list[Paragraph], opening: dict[int, Mark]) -> list[str]:
    """Return what each line looks like; several quotations head the parts of a story."""
    shapes = [_shape(text, line, opening) for line in lines]
    quoted = HEADING if shapes.count(QUOTED) > 1 else SHORT
    return [quoted if shape == QUOTED else shape for shape in shapes]


def _shape(text: str, paragraph: Paragraph, opening: dict[int, Mark]) -> str:
    start, end = paragraph
    if start in opening:
        return MARKED if end - start <= _BODY and text[end - 1] not in ENDS else MARKED_BODY
    if end - start > _LONGEST:
        return BODY
    line = text[start:end]
    if _SIGNPOST.fullmatch(line) and not _NO_HEADING.match(line):
        return HEADING
    if _QUOTED.fullmatch(line):
        return QUOTED
    if len(line) >= _SENTENCE and line[-1] in ENDS:
        return BODY
    short = len(line) < _SHORTEST and not TOP.fullmatch(line)
    if short or line[-1] in ENDS or line[-1] in "，、,）)" or _INNER_STOP.search(line):
        return SHORT
    if MARKER.match(line) or _NO_HEADING.match(line) or _is_list_of_names(line):
        return SHORT
    if 2 * len(_HAN.findall(line)) < len(line):
        return SHORT
    return HEADING if _is_even(line) else BODY


def _is_list_of_names(line: str) -> bool:
    words = line.split()
    return len(words) > 1 and all(word[0] in _SURNAMES and 1 < len(word) < 5 for word in words)


def _is_even(line: str) -> bool:
    """Whether a line has the one or two parts of a heading, or three of about one length."""
    lengths = [len(part) for part in line.split("，")]
    if len(lengths) < _MOST_PARTS:
        return True
    return len(lengths) == _MOST_PARTS and max(lengths) - min(lengths) <= _UNEVEN


def _has_body(shapes: list[str], i: int, usual: bool) -> bool:
    """Whether text or a marked heading follows.

    Three such lines together are a table or list, but for the usual words of a chapter.
    """
    if not usual and 3 * HEADING in "".join(shapes[max(0, i - 2) : i + 3]):
        return False
    following, then = [*shapes[i + 1 : i + 3], "", ""][:2]
    return following in _BODIES or (following == HEADING and then in (BODY, MARKED_BODY))


def _is_whole_body(lines: list[Paragraph], i: int, opening: dict[int, Mark]) -> bool:
    """Whether a line stands between two numbers that follow one another (地点：三楼会议室)."""
    before, after = (opening.get(lines[j].start) for j in (i - 1, min(i + 1, len(lines) - 1)))
    if before is None or after is None:
        return False
    return before.level == after.level and 0 < before.number == after.number - 1


def _continues(
    lines: list[Paragraph],
    i: int,
    chosen: list[int],
    shapes: list[str],
    opening: dict[int, Mark],
) -> bool:
    """Whether line ``i`` is the rest of the marked heading above it.

    It is, unless other unnumbered headings follow in the same section, or the next mark shows that
    a number was lost here.
    """
    head = opening[lines[i - 1].start]
    if lines[i - 1].end - head.heading < _FOLDED:
        return False
    for j in range(i + 1, len(lines)):
        if j in chosen and shapes[j - 1] != MARKED:
            return False
        mark = opening.get(lines[j].start)
        if mark is not None and mark.level < 5:
            skips = mark.level == head.level + 2
            if skips and any(m.level == head.level + 1 for m in opening.values()):
                return False
            return mark.level <= head.level or mark.number == 1
    return True
