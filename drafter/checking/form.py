"""Form of a text: numbering, 一是 chains, placeholders and masks left, half-width punctuation.

Sources: GB/T 9704-2012 7.3.3 (order of levels), GB/T 15834-2011 (full-width punctuation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafter.chinese.markers import MARKER, Marker, find_marker, numeral, ordinal, render_marker
from drafter.domain import Finding, Severity, Span

_CHAIN = re.compile(r"(?:^|(?<=[。；：:;\n]))\s*([一二三四五六七八九十]{1,3})是(?!否|非)")
_BARE = re.compile(
    r"(?:^|(?<=[。；]))([二三四五六七八九十]{1,2})"
    r"(?![是、，十百千万亿个项类条件名户次年月日季届级者方要大位处种批家期轮所村镇县乡会农资支公保重里])(?=[\u4e00-\u9fff])"
)
_ALLOWED = re.compile(r"【(?:待补|待核|待定)[^【】]*】")
_MASK = re.compile(
    r"(?:[*＊]{1,12}|[XＸ×✕]{2,8}|某某|_{2,}|＿{2,}|□{2,}|○{2,}|〔F\d[^〕]*〕"
    r"|〔(?!\d{4}〕)[^〔〕]{1,8}〕|[XＸ](?=[余多]?[个名人次家件项处户场条亩万元村镇县月日]))"
)
_MASK_TAIL = re.compile(
    r"[余多]?(?:万|亿)?(?:人次|场次|万元|亿元|[个名人次家件项处户场条亩元村镇县乡月日％%])?"
)
_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（]|$|\n)")
_PARENS = re.compile(r"\(([^()\n]{1,40})\)")
_FULL = dict(zip(",;:?!", "，；：？！", strict=True))
_LEVEL_NAMES = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


def _finding(span: Span, label: str, severity: Severity, message: str, fix: str = "") -> Finding:
    return Finding(span.start, span.end, span.text, label, severity, message, fix)


def check_form(text: str) -> list[Finding]:
    """Return numbering, placeholder and punctuation findings of a text, in reading order.

    ``【待补：…】`` is no finding: it is the program's own open slot.
    """
    found = [*_masks(text), *_headings(text), *_chains(text), *_punctuation(text)]
    return sorted(found, key=lambda finding: finding.start)


def _masks(text: str) -> list[Finding]:
    allowed = [match.span() for match in _ALLOWED.finditer(text)]
    found = []
    for match in _MASK.finditer(text):
        start, end = match.span()
        if any(s <= start < e for s, e in allowed):
            continue
        tail = _MASK_TAIL.match(text, end)
        end = tail.end() if tail else end
        message = f"“{text[start:end]}”是没有填的空，请填上实际内容，或改为【待补：…】。"
        found.append(_finding(Span(start, end, text[start:end]), "placeholder", "block", message))
    return found


# --------------------------------------------------------------------------- headings


@dataclass
class _Sequence:
    """The numbers last met, one a level; a higher heading starts the lower ones anew."""

    last: dict[int, int] = field(default_factory=dict)

    def step(self, level: int, number: int) -> int:
        """Return the number expected here (0 where nothing can be expected), and move on."""
        expected = self.last[level] + 1 if level in self.last else 0
        if not expected and level - 1 in self.last:
            expected = 1
        self.last = {k: v for k, v in self.last.items() if k < level} | {level: number}
        return expected


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _headings(text: str) -> list[Finding]:
    sequence = _Sequence()
    found = []
    for start, line in _lines(text):
        marker = find_marker(line)
        if marker is None or marker.level == 5 or not marker.number:
            continue
        expected = sequence.step(marker.level, marker.number)
        if expected and marker.number != expected:
            found.append(_wrong_number(marker, start, expected))
    return found


def _wrong_number(marker: Marker, offset: int, expected: int) -> Finding:
    fix = render_marker(marker.level, expected)
    what = "重复" if marker.number < expected else "跳号"
    span = Span(offset + marker.start, offset + marker.end, marker.text)
    level = _LEVEL_NAMES[marker.level]
    message = f"序号{what}：{level}一级此处应为“{fix}”，写成了“{marker.text}”。"
    return _finding(span, "numbering", "confirm", message, fix)


# --------------------------------------------------------------------------- chains


def _chains(text: str) -> list[Finding]:
    found = []
    for start, line in _lines(text):
        links = [(m.start(1), ordinal(m[1]), True) for m in _CHAIN.finditer(line)]
        numbers = {number for _, number, _ in links}
        if len(links) >= 1:
            bare = ((m.start(1), ordinal(m[1])) for m in _BARE.finditer(line))
            links += [(at, n, False) for at, n in bare if n - 1 in numbers and n not in numbers]
        found += _chain_findings(line, start, sorted(links))
    return found


def _chain_findings(line: str, offset: int, links: list[tuple[int, int, bool]]) -> list[Finding]:
    found, expected = [], 0
    for at, number, complete in links:
        text = numeral(number) + ("是" if complete else "")
        span = Span(offset + at, offset + at + len(text), line[at : at + len(text)])
        if not complete:
            message = f"“{text}”后面缺“是”，应与前后的“一是、二是”一致。"
            found.append(_finding(span, "numbering", "confirm", message, f"{text}是"))
        elif expected and number not in (expected, 1):
            fix = numeral(expected) + "是"
            message = f"“{span.text}”之前缺“{fix}”，序号不连续。"
            if number < expected:
                message = f"“{span.text}”重复，此处应为“{fix}”。"
            found.append(_finding(span, "numbering", "confirm", message, fix))
        elif expected > 2 and number == 1 and len(links) - links.index((at, number, complete)) == 1:
            message = f"“{span.text}”之后没有“二是”，只有一条时不必编号。"
            found.append(_finding(span, "numbering", "hint", message))
        expected = number + 1
    return found


# --------------------------------------------------------------------------- punctuation


def _punctuation(text: str) -> list[Finding]:
    found = []
    for match in _HALF.finditer(text):
        full = _FULL[match.group()]
        span = Span(match.start(), match.end(), match.group())
        message = f"半角标点“{match.group()}”，公文正文用全角“{full}”。"
        found.append(_finding(span, "numbering", "hint", message, full))
    for match in _PARENS.finditer(text):
        if re.search(r"[\u4e00-\u9fff]", match[1]) and MARKER.match(match.group()) is None:
            span = Span(match.start(), match.end(), match.group())
            message = "半角括号，公文正文用全角括号。"
            found.append(_finding(span, "numbering", "hint", message, f"（{match[1]}）"))
    return found
