"""What stands outside the tree: title, source, salutation, preamble, closing, signature, date."""

from __future__ import annotations

import re

from drafter.domain import Part
from drafter.resources import lexicon
from drafter.samples.mending import ENDS, Paragraph

_KINDS = tuple(sorted(lexicon("samples", "title_ends.txt"), key=len, reverse=True))
_TITLE_END = re.compile(rf"(?:{'|'.join(_KINDS)})(?:（[^）]*）|\([^)]*\))?$")
_GLUED_TITLE = re.compile(
    rf"[^\s，。；：]{{2,40}}?(?:{'|'.join(_KINDS)})(?=各位|尊敬的|来源|——|（|\d{{4}}年|现将|根据|按照|今年)"
)
_SOURCE = re.compile(
    r"\S{0,8}简报\s*第|总?第\s?\d+\s?期|来源[:：]|发布(?:时间|日期)|时间[:：]|作者[:：]|编辑[:：]|索引号|发文字号|成文日期|责任编辑|【字体|浏览|点击"
    r"|(?:当前|现在)位置|首页|(?:机密|秘密|绝密|特急|加急|急件|平急)|\S{2,20}文件$"
)
_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,8}[〔\[（(]\d{4}[〕\])）]\s?\d+号$")
_DATE_LINE = re.compile(
    r"[（(]?(?:[——\-]*)(?:\d{4}|二[〇○零][〇○零一二三四五六七八九十]{2})年.{1,3}月.{1,3}日"
)
_SPEAKER = re.compile(
    r"(?:省长|市长|县长|区长|镇长|乡长|州长|主席|书记|主任|院长|检察长|局长)\s?\S{0,12}$"
)
_NAMED_SPEAKER = re.compile(
    r"(?:省长|市长|县长|区长|镇长|乡长|州长|主席|书记|主任|院长|检察长|局长)\s+\S{1,3}(?:\s\S)?$"
)
_UNIT_OR_NAME = re.compile(
    r"(?:党委|政府|委员会|办公室|局|站|所|中心|支部)$|^[\u4e00-\u9fff]{2,3}$|^[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff]){1,2}$"
)
_OFFICE = re.compile(r"(?:党委|政府|委员会|办公室|办事处|[^格]局)\Z")
_SALUTATION = re.compile(
    r"(?:尊敬的|各位|同志们|全体)[^。；\n]{0,40}[:：！!]|(?:县|市|区|镇|乡|省|州)(?:委|政府|人民政府|纪委)[^。\n]{0,28}[:：]"
    r"|各[^。；！？\n]{1,120}(?:部门|单位|机构|政府|委员会|党委|党组|局|办|村|校|院|企业|公司)[:：]"
)
_CLOSING = re.compile(
    r"特此报告|以上报告|以上汇报|以上总结|以上(?:情况|意见|请示).{0,8}(?:当否|如有|妥否|请)|妥否|请予?审议|汇报完毕|谢谢|让我们|各位代表[！!，,]"
)
ISSUE_DATE = re.compile(
    r"\s*(?:20\d\d|19\d\d|X{4}|[*×xX]{2,4}|二[〇○零Ο][〇○零Ο一二三四五六七八九十]{2})\s?年\s?"
    r"[\dX*×x一二三四五六七八九十]{1,3}\s?月(?:\s?[\dX*×x一二三四五六七八九十]{1,3}\s?日)?\s*"
)
_INNER_TITLE = re.compile(
    r"(?:规划|方案|办法|意见|通知|计划|细则|条例|规定|纲要|报告|决定|公告|通告)(?:（[^）]*）|\([^)]*\))?$"
)
_PREAMBLE_TITLE = 64
_SHORT_LINE = 12
_MOST_LINES = 4
TOP = re.compile("|".join(lexicon("samples", "top_headings.txt")))
"""Words that head a chapter; a line with one of them is no speaker's name."""


def read_front(text: str, paragraphs: list[Paragraph], first: int) -> tuple[str, list[Part], bool]:
    """Return title, parts and whether the title stood on several lines.

    ``first`` is the offset of the first heading; what lies before is title, salutation, preamble.
    The title is the first line (or lines, until one ends in a kind of document) before any
    sentence; it is "" where the text begins with a sentence or a heading.
    """
    parts: list[Part] = []
    lines = [p for p in paragraphs if p.start < first]
    if len(lines) == 1 and lines[0].end > first:
        lines = _pieces(text, lines[0].start, first)
    elif lines and lines[0].end - lines[0].start > _PREAMBLE_TITLE:
        lines = [*_cut_title(text, lines[0]), *lines[1:]]
    title: list[Paragraph] = []
    at = 0
    while at < len(lines):
        kind = _front_kind(text, lines[at], bool(title), _goes_on(text, title, lines[at]))
        if kind == "preamble":
            break
        if kind == "title":
            title.append(lines[at])
        else:
            parts.append(_part(kind, text, lines[at].start, lines[at].end))
        at += 1
    body = [p for p in lines[at:] if p.end - p.start > _SHORT_LINE]
    body = [p for p in body if not _SALUTATION.fullmatch(text, p.start, p.end)]
    if body:
        parts.append(_part("preamble", text, body[0].start, min(body[-1].end, first)))
    if not title:
        return "", sorted(parts, key=_start), False
    parts.append(_part("title", text, title[0].start, title[-1].end))
    return _whole(text, title), sorted(parts, key=_start), len(title) > 1


def _start(part: Part) -> int:
    return part.start


def _part(kind: str, text: str, start: int, end: int) -> Part:
    return Part(kind, start, end, text[start:end])


def _whole(text: str, lines: list[Paragraph]) -> str:
    words = "".join("".join(text[p.start : p.end].split()) for p in lines)
    return words.removeprefix("**").removesuffix("**") if "***" not in words else words


def _cut_title(text: str, line: Paragraph) -> list[Paragraph]:
    """Return a line as a title and the preamble glued to it, or whole."""
    title = _GLUED_TITLE.match(text, line.start, line.end)
    if title is None:
        return [line]
    return [Paragraph(line.start, title.end()), Paragraph(title.end(), line.end)]


def _pieces(text: str, start: int, end: int) -> list[Paragraph]:
    """Cut the front of a one-line text at white space and behind a salutation's colon."""
    *title, rest = _cut_title(text, Paragraph(start, end))
    pieces = re.finditer(r"\S(?:[^：:\s]|[：:](?=\S))*[：:]?", text[rest.start : rest.end])
    return [*title, *(Paragraph(rest.start + m.start(), rest.start + m.end()) for m in pieces)]


def _front_kind(text: str, line: Paragraph, titled: bool, may_go_on: bool) -> str:
    words = text[line.start : line.end]
    if _SOURCE.match(words):
        return "source"
    if _NUMBER.match(words):
        return "source"
    if _SALUTATION.fullmatch(words):
        return "salutation"
    if _DATE_LINE.match(words) and (
        len(words) < 24 or re.search(r"会议|大会|全会|批准|通过|报告", words)
    ):
        return "date_line" if titled or len(words) < 24 or words[0] in "（(" else "preamble"
    if len(words) > _PREAMBLE_TITLE or words[-1] in "。；：:;":
        return "preamble"
    if words[:2] in ("——", "--") or words[0] == "—":
        return "subtitle" if titled else "preamble"
    if (titled and _SPEAKER.search(words)) or _NAMED_SPEAKER.search(words):
        return "speaker"
    if words[0] in "（(" and words[-1] in "）)":
        return "date_line" if re.search(r"\d{4}年|月", words) else "subtitle"
    if not titled or may_go_on:
        return "title"
    if _UNIT_OR_NAME.search(words) and not TOP.search(words):
        return "speaker"
    return "subtitle" if is_inner_title(text, line) else "preamble"


def _goes_on(text: str, title: list[Paragraph], line: Paragraph) -> bool:
    """Whether a line may be more of the title; offices stand in one only at its beginning."""
    if not title or len(title) >= _MOST_LINES or _TITLE_END.search(_whole(text, title)):
        return False
    office, before = (_OFFICE.search(text, *p) is not None for p in (line, title[-1]))
    return before or not office


def is_inner_title(text: str, line: Paragraph) -> bool:
    """Whether a line names a document handed on (the plan behind a notice), not a section."""
    words = text[line.start : line.end]
    return bool(_INNER_TITLE.search(words)) and not TOP.search(words)


def read_back(text: str, paragraphs: list[Paragraph], last: int) -> tuple[list[Part], int]:
    """Return closing, signature and date behind the last heading, and where the tree ends.

    The tree ends before a signature with its date; a closing stays inside the last section's end
    only where no line of its own marks it.
    """
    lines = [p for p in paragraphs if p.start > last]
    parts: list[Part] = []
    end = len(text)
    if lines and ISSUE_DATE.fullmatch(text, lines[-1].start, lines[-1].end):
        date = lines.pop()
        parts.append(_part("date", text, date.start, date.end))
        end = date.start
        while (
            lines
            and _is_signature(text, lines[-1])
            and (end == date.start or _unit_like(text, lines[-1]))
        ):
            signature = lines.pop()
            parts.append(_part("signature", text, signature.start, signature.end))
            end = signature.start
    elif len(lines) > 1 and _is_signature(text, lines[-1]) and _unit_like(text, lines[-1]):
        signature = lines.pop()
        parts.append(_part("signature", text, signature.start, signature.end))
        end = signature.start
    if lines and _CLOSING.search(text[lines[-1].start : lines[-1].start + 40]):
        parts.append(_part("closing", text, lines[-1].start, lines[-1].end))
        end = min(end, lines[-1].start)
    return sorted(parts, key=_start), end


def _is_signature(text: str, line: Paragraph) -> bool:
    return line.end - line.start <= 30 and text[line.end - 1] not in ENDS


def _unit_like(text: str, line: Paragraph) -> bool:
    return bool(
        re.search(r"(?:委员会|政府|党委|办公室|局|委|中心|村委会)$", text[line.start : line.end])
    )
