"""The chains of points inside a section: 一是…二是…, 第一，…第二，…, 首先…其次…."""

from __future__ import annotations

import re
from bisect import bisect_right

from drafter.chinese.markers import numeral
from drafter.resources import lexicon
from drafter.samples.mark import Mark
from drafter.samples.mending import ENDS, Paragraph

_COUNTED = "".join(lexicon("samples", "counted.txt"))
_REACH = 1000
_NO_FIRST = "统之第唯划归合专十万周其"
_LONGEST_CHAIN = 20
_POINT_END = re.compile(r"[。；，：]")


def link_points(text: str, marks: list[Mark], lines: list[Paragraph]) -> list[Mark]:
    """Return the marks without the points that belong to no chain, lost 是 filled in.

    一是 counts if 二是 follows before the next heading, or if it opens a paragraph; each later
    link counts if it carries its chain on (one link may be missing).
    """
    kept: list[Mark] = []
    chains: dict[str, list[int]] = {}
    for i, mark in enumerate(marks):
        if mark.level != 5:
            kept.append(mark)
            chains = {}
            continue
        family = _family(mark.text)
        chain = chains.setdefault(family, [])
        if mark.number == 2 and family == "是" and not chain:
            first = _unmarked_first(text, kept[-1].heading if kept else 0, mark.start)
            if first:
                kept.append(first)
                chain.append(1)
        if _links(text, mark, family, chain, marks, i):
            kept.append(mark)
            _carry_on(chain, mark.number, family)
    return _with_lost_shi(text, kept, lines)


def _carry_on(chain: list[int], number: int, family: str) -> None:
    """Enter a link: ``chain`` holds the last number of the chain and of those it stands inside."""
    if family == "首" and number == 9:
        number = chain[-1] + 1 if chain else 1
    if number == 1:
        chain.append(number)
        return
    within = next((i for i in range(len(chain) - 1, -1, -1) if chain[i] == number - 1), -1)
    chain[within if within >= 0 else len(chain) - 1 :] = [number]


def _unmarked_first(text: str, start: int, end: int) -> Mark | None:
    """Return the 一是 that runs into the words before it (存在的问题一是…；二是…), if any."""
    at = text.rfind("一是", max(start, end - _REACH), end)
    if at <= start or text[at - 1] in _NO_FIRST:
        return None
    return Mark(at, at + 2, 5, 1, "一是", False, "inline")


def _family(text: str) -> str:
    return "首" if text[0] in "首其再最" else "第" if text[0] == "第" else text[-1]


def _links(text: str, mark: Mark, family: str, chain: list[int], marks: list[Mark], i: int) -> bool:
    if not _at_clause(text, mark):
        return False
    if mark.number == 1:
        return _next_number(marks, i, family) in (2, 3) or (mark.opens and family == "是")
    if chain and (chain[-1] < mark.number <= chain[-1] + 2 or family == "首"):
        return True
    if mark.opens and mark.number - 1 in chain:
        return True
    return _next_number(marks, i, family) == mark.number + 1


def _at_clause(text: str, mark: Mark) -> bool:
    if mark.opens:
        return True
    before = text[mark.start - 1]
    if before in ENDS or before in "，,”）)】》":
        return True
    return before.isspace() and (mark.start < 2 or text[mark.start - 2] in ENDS or before != "\n")


def _next_number(marks: list[Mark], i: int, family: str) -> int:
    for j in range(i + 1, len(marks)):
        if marks[j].level < 5:
            return 0
        if _family(marks[j].text) == family:
            return marks[j].number
    return 0


def _with_lost_shi(text: str, marks: list[Mark], lines: list[Paragraph]) -> list[Mark]:
    """Add links written without 是 (三形成工作清单) where the chain lacks them."""
    found: list[Mark] = []
    stops = [line.end for line in lines]
    for i, mark in enumerate(marks):
        if mark.level != 5 or mark.text[-1] != "是":
            continue
        after = marks[i + 1] if i + 1 < len(marks) else None
        chained = after is not None and after.level == 5 and after.text[-1] == "是"
        if chained and after is not None and after.number == mark.number + 1:
            continue
        run_on = _run_on(text, mark, _paragraph_end(mark.start, after, stops, len(text)))
        if run_on:
            found += run_on
            continue
        gap = chained and after is not None and after.number == mark.number + 2
        if not gap and mark.number < 2:
            continue
        end = after.start if gap and after else _paragraph_end(mark.start, after, stops, len(text))
        lost = _lost_link(text, mark, end, gap) or _lost_opening(text, mark, lines, after)
        if lost:
            found.append(lost)
    return sorted(marks + found) if found else marks


def _run_on(text: str, mark: Mark, end: int) -> list[Mark]:
    """Return the links behind a link that no stop parts from the one before (…到位二是…)."""
    found: list[Mark] = []
    at = mark.heading
    for number in range(mark.number + 1, _LONGEST_CHAIN):
        words = f"{numeral(number)}是"
        at = text.find(words, at, end)
        if at < 0 or text[at - 1] in _NO_FIRST:
            break
        found.append(Mark(at, at + len(words), 5, number, words, False, "inline"))
        at += len(words)
    return found


def _paragraph_end(start: int, after: Mark | None, stops: list[int], length: int) -> int:
    limit = after.start if after else length
    at = bisect_right(stops, start)
    return min(stops[at], limit) if at < len(stops) else limit


def _lost_opening(text: str, mark: Mark, lines: list[Paragraph], after: Mark | None) -> Mark | None:
    """Return the link that opens the paragraph behind one that a link opens."""
    at = bisect_right(lines, (mark.start, len(text)))
    if not mark.opens or at >= len(lines) or (after and after.start < lines[at].end):
        return None
    line = lines[at]
    digit = numeral(mark.number + 1)
    point = _POINT_END.search(text, line.start, line.end)
    bare = text.startswith(digit, line.start) and text[line.start + len(digit)] not in _COUNTED
    if not bare or point is None or not 4 <= point.start() - line.start <= 20:
        return None
    return Mark(line.start, line.start + len(digit), 5, mark.number + 1, digit, True, "line-point")


def _lost_link(text: str, mark: Mark, end: int, certain: bool) -> Mark | None:
    digit = numeral(mark.number + 1)
    for match in re.finditer(rf"[。；\n]\s?{digit}(?=[^{_COUNTED}])", text[mark.start : end]):
        start = mark.start + match.end() - len(digit)
        point = _POINT_END.search(text, start, end)
        stops = "。；，" if text[start - 1] == "；" and text[mark.start - 1] == "；" else "。；"
        if certain or (point and 4 <= point.start() - start <= 20 and point.group() in stops):
            return Mark(start, start + len(digit), 5, mark.number + 1, digit, False, "inline")
    return None
