"""Blocks → the document handed on: cleaned once, here, for every format."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from drafter.chinese.markers import find_marker
from drafter.chinese.normalise import clean
from drafter.domain import Notice, Table
from drafter.errors import EmptyInput, TooLarge
from drafter.reading.limits import Limits
from drafter.reading.names import safe_name
from drafter.reading.record import Block, Content, Grid, Line, ReadDocument, lines_of

LONGEST_CAPTION = 40  # characters
_OVER_TABLE = re.compile(r"表$|表[\d一二三四五六七八九十（(：:]|单位\s*[：:]")
_LOWEST_HEADING = 2  # （一）
_STATES = frozenset("，。；：！？")
_UNSEEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def assemble(content: Content, data: bytes, name: str, limits: Limits) -> ReadDocument:
    """Make the document of a file from its blocks.

    Raises EmptyInput where nothing is left to read, TooLarge above the limit of characters.
    """
    raw = content.text if content.text is not None else "\n".join(lines_of(content.blocks))
    text = clean(raw).strip("\n")
    if not text.strip():
        raise EmptyInput(_nothing(content))
    if len(text) > limits.text_characters:
        raise TooLarge(
            f"文件有 {len(text)} 字，超过 {limits.text_characters} 字的上限；请拆成几个文件"
        )
    lines = [_clean_line(block) for block in content.blocks if isinstance(block, Line)]
    lines = [line for line in lines if line.text]
    return ReadDocument(
        name=safe_name(name),
        text=text,
        paragraphs=tuple(line.text for line in lines),
        levels=tuple(line.level for line in lines),
        tables=_tables(content.blocks, safe_name(name)),
        encoding=content.encoding,
        notices=(*content.notices, *_unseen_notices(raw)),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _nothing(content: Content) -> str:
    pictures = any(notice.code == "pictures" for notice in content.notices)
    hint = "，只有图片；请先识别成文字" if pictures else "；请确认文件是否正确"
    return f"文件里没有可读的文字{hint}"


def _clean_line(line: Line) -> Line:
    return Line(clean(line.text).strip(), line.level)


def _tables(blocks: tuple[Block, ...], file: str) -> tuple[Table, ...]:
    tables: list[Table] = []
    above = heading = ""
    for block in blocks:
        if isinstance(block, Grid):
            table = _table(block, file, len(tables) + 1)
            tables.append(replace(table, caption=above, heading=heading))
            above = ""
            continue
        caption = _caption(block)
        above = f"{above} {caption}".strip() if caption else ""
        heading = _heading(block) or heading
    return tuple(tables)


def _heading(line: Line) -> str:
    """Return the heading that a line is (一、信访 → 信访), "" for any other."""
    text = _clean_line(line).text
    marker = find_marker(text)
    body = text[marker.end :].strip() if marker else text
    marked = marker is not None and marker.level <= _LOWEST_HEADING
    short = 0 < len(body) <= LONGEST_CAPTION and _STATES.isdisjoint(body)
    return body if short and (marked or line.level) else ""


def _caption(line: Line) -> str:
    """Return a line that may stand over a table (表3 收支情况, 单位：万元), "" for any other."""
    text = _clean_line(line).text
    return text if len(text) <= LONGEST_CAPTION and _OVER_TABLE.search(text) else ""


def _table(grid: Grid, file: str, number: int) -> Table:
    rows = tuple(tuple(clean(cell.text).strip() for cell in row) for row in grid.rows)
    name = clean(grid.name) or f"表{number}"
    return Table(file, name, rows, grid.first_row, grid.notices)


def _unseen_notices(text: str) -> tuple[Notice, ...]:
    """Say where the text as it looks and the text as it is may differ."""
    notices = []
    if not _TURNING.isdisjoint(text):
        message = "文件含改变文字方向的不可见字符，已去掉；请核对前后的数字和名称"
        notices.append(Notice("bidi_marks", message))
    if not _UNSEEN.isdisjoint(text):
        notices.append(Notice("zero_width", "文件含零宽等不可见字符，已去掉"))
    if any("\ud800" <= char <= "\udfff" or char == "\0" for char in text):
        notices.append(Notice("control_characters", "文件含无效字符，已去掉"))
    return tuple(notices)
