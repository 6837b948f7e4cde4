"""Which marks in a text number its headings: shape finds the candidates, sequence decides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.chinese.markers import MARKER, level_in, number_in, ordinal
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Paragraph
from drafter.samples.odd_marks import PRIVATE, damaged_marks, private_marks

_INSIDE = re.compile(
    rf"[。！？；：:;!?，,、”’）)】》\]\s](?=[（(\d一二三四五六七八九十第首其再最①-⒛㈠-㈩])"
    rf"(?:{MARKER.pattern})",
    re.VERBOSE,
)
_FIRST_BELOW = re.compile(r"[\u4e00-\u9fff“”、]{3,30}(?=[（(][一1][）)]|1[.．、](?!\d)|1[）)])")
"""The words between two marks with no stop between them (一、工作情况（一）抓学习)."""
_BULLETS = "★☆■◆◇●▲△•※►▶"
_LEAD = re.compile(rf"[{_BULLETS}]?\s*(?:\*\*(?!\*))?[\ue000-\uf8ff]*\s*")
"""What may stand before an opening mark: a bullet, Markdown's bold, a font's own wide space."""

_CHAPTER = re.compile(
    r"第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?:(?P<chapter>[章篇编]|部分)|节)"
    r"(?:(?=\s|\Z)\s{0,4}|[:：]|(?=[^，。；：\n]{2,20}$))",
    re.MULTILINE,
)
_RANGE = re.compile(
    r"[一二三四五六七八九]、[二三四五六七八九十](?:[期批次号层审轮]|标段|年级)|[（(].[）)][期批次号]"
)
"""Ordinals of what comes in series (一、二期工程, （一）期), which number no heading."""


_LED = frozenset("*（(" + _BULLETS)
_FIRST = frozenset(
    "（(一二三四五六七八九十第首其再最0123456789０１２３４５６７８９"
    + "".join(map(chr, [*range(0x2460, 0x249C), *range(0x3220, 0x322A)]))
)
"""What a mark begins with."""

_POINT = 5
_FEW_LINES = 4
_LONG_LINE = 300
_NO_MARK_BEFORE = frozenset("第一二三四五六七八九十0123456789.，,、（(《“其中的")
_NO_MARK_BEHIND = frozenset("一二三四五六七八九十0123456789")


def find_marks(text: str, lines: list[Paragraph], breaks: Iterable[int] = ()) -> list[Mark]:
    """Return the marks that number headings (levels 1–4) and all candidates of level 5.

    ``breaks`` are offsets at which a line began before the text was mended: there, and anywhere in
    a text on one line, a mark needs no stop before it if it carries its sequence on.
    """
    candidates = _opening(text, lines)
    known = {mark.start for mark in candidates}
    within = [m for m in _within(text) if m.start not in known]
    known.update(mark.start for mark in within)
    candidates += within
    candidates += [m for m in _loose(text, lines, breaks) if m.start not in known]
    candidates.sort()
    return _in_sequence(text, candidates)


def _opening(text: str, lines: list[Paragraph]) -> list[Mark]:
    marks: list[Mark] = []
    spoiled = False
    for start, end in lines:
        at = start
        if text[start] in _LED or "\ue000" <= text[start] <= "\uf8ff":
            spoiled = spoiled or PRIVATE.search(text, start, start + 4) is not None
            at = _LEAD.match(text, start, end).end()  # type: ignore[union-attr]
        match = MARKER.match(text, at, end) if text[at : at + 1] in _FIRST else None
        if match is not None:
            marks.append(_mark(match, at, True))
            if marks[-1].level < 3:
                marks += _first_below(text, match.end(), end)
    if spoiled:
        marks += private_marks(text, lines)
    if "第" in text:
        marks = sorted(marks + _chapters(text, lines))
    return marks + damaged_marks(text, lines, marks)


def _chapters(text: str, lines: list[Paragraph]) -> list[Mark]:
    """第一章 and 第一节 with a space or a line end behind them, at the start of a sentence."""
    starts = {line.start for line in lines}
    marks = []
    for match in _CHAPTER.finditer(text):
        start = match.start()
        spaced = text[match.end() - 1] in " \u3000：:" or match.end() == len(text)
        if start not in starts and not (spaced and _after_stop(text, start)):
            continue
        label = match.group().rstrip()
        kind, level = ("chapter", 1) if match["chapter"] else ("numbered", 2)
        number = 0 if match["chapter"] else ordinal(match["n"])
        marks.append(Mark(start, match.end(), level, number, label, True, kind))
    return [mark for mark in marks if mark.heading < len(text)]


def _mark(match: re.Match[str], start: int, opens: bool) -> Mark:
    level = level_in(match)
    kind = ("line-point" if opens else "inline") if level == 5 else "numbered" if opens else "glued"
    text = match.group()[start - match.start() :]
    return Mark(start, match.end(), level, number_in(text), text, opens, kind)


def _within(text: str) -> list[Mark]:
    marks: list[Mark] = []
    for match in _INSIDE.finditer(text):
        start = match.start() + 1
        if match["five"] is None and text[match.start()] in "，,、’)":
            continue
        marks.append(_mark(match, start, False))
        if marks[-1].level < 3:
            marks += _first_below(text, match.end(), len(text))
        if marks[-1].level < _POINT and text[match.end() : match.end() + 1] in "一首第":
            point = MARKER.match(text, match.end())
            if point is not None and point["five"] is not None:
                marks.append(_mark(point, match.end(), False))
    return marks


def _first_below(text: str, start: int, end: int) -> list[Mark]:
    below = _FIRST_BELOW.match(text, start, end)
    match = MARKER.match(text, below.end()) if below is not None else None
    return [_mark(match, match.start(), False)] if match is not None else []


def _loose(text: str, lines: list[Paragraph], breaks: Iterable[int]) -> list[Mark]:
    """Candidates with no stop before them: at former line starts, anywhere on a single line."""
    few = len(lines) <= _FEW_LINES
    anywhere = few and any(line.end - line.start > _LONG_LINE for line in lines)
    matches = MARKER.finditer(text) if anywhere else (MARKER.match(text, at) for at in breaks)
    found = []
    for match in matches:
        if match is None or match["five"] is not None or not _stands_free(text, match):
            continue
        mark = _mark(match, match.start(), False)
        found.append(mark if anywhere else mark._replace(kind="numbered"))
    return found


def _stands_free(text: str, match: re.Match[str]) -> bool:
    """Whether a mark is no part of a longer number or of 第一、 and the like."""
    if text[match.start() - 1] in _NO_MARK_BEFORE:
        return False
    return match["two"] is not None or text[match.end() : match.end() + 1] not in _NO_MARK_BEHIND


def _in_sequence(text: str, candidates: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    last = [0] * 6
    running = [0] * 6
    for i, candidate in enumerate(candidates):
        mark, level = candidate, candidate.level
        if level == 5:
            kept.append(mark)
            continue
        if level in (1, 2) and _RANGE.match(text, mark.start) is not None:
            continue
        if mark.kind == "private":
            mark = mark._replace(number=mark.number or last[level] + 1)
        elif not (mark.opens or _follows(text, mark, candidates, i, last, running)):
            continue
        kept.append(mark)
        if level:
            last[level] = running[level] = mark.number
            last[level + 1 :] = [0] * (5 - level)
    return kept


def _follows(
    text: str, mark: Mark, candidates: list[Mark], i: int, last: list[int], running: list[int]
) -> bool:
    """Whether a mark in mid-paragraph carries on a sequence or begins one that goes on."""
    stopped = _after_stop(text, mark.start)
    if mark.number == 1:
        begins = stopped or mark.level > 1 or not last[1]
        return begins and _goes_on(mark, candidates, i)
    if stopped:
        before = (last[mark.level], running[mark.level])
        return mark.number - 1 in before or (
            mark.level < 3 and mark.number - 2 in before and _is_followed(mark, candidates, i)
        )
    return mark.number - 1 == (last[mark.level] or running[mark.level])


def _is_followed(mark: Mark, candidates: list[Mark], i: int) -> bool:
    """Whether the next mark of this level or a higher one has the number behind this one."""
    for j in range(i + 1, len(candidates)):
        if 0 < candidates[j].level <= mark.level:
            return candidates[j].level == mark.level and candidates[j].number == mark.number + 1
    return False


def _after_stop(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before].isspace():
        before -= 1
    if before < 0 or text[before] in ENDS or text[before] in "”）)》】":
        return True
    return "\n" not in text[before + 1 : start] and start - before > 1


def _goes_on(mark: Mark, candidates: list[Mark], i: int) -> bool:
    """Whether a second follows a first before the next first or a higher mark."""
    for j in range(i + 1, len(candidates)):
        later = candidates[j]
        if later.level == mark.level and later.number < 3:
            return later.number == 2
        if 0 < later.level < mark.level and later.opens:
            return False
    return False
