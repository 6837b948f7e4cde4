"""A table's layout: its title, its header, what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from drafter.chinese.measures import measure_at
from drafter.chinese.normalise import fold
from drafter.domain import Table
from drafter.resources import lexicon

Holds = Literal[
    "figure", "label", "statement", "office", "section", "measure", "note", "source", "number"
]
Cells = tuple[str, ...]

_SENTENCE = frozenset("，。；")
NO_RESULT = "【待补："
_FIGURE = re.compile(
    r"(?:约|近|超|超过)?-?\d[\d,，]*(?:\.\d+)?(?:余|多)?[万亿]?\s?[%％‰]?(?:[余多])?[\u4e00-\u9fff²³㎡]{0,4}"
)
_PLAIN_NUMBER = re.compile(r"-?\d[\d,，]*(?:\.\d+)?[%％]?")
_IN_BRACKETS = re.compile(r"[（(\[【]\s*(?:单位[：:]\s*)?([^（）()\[\]【】]{1,6})\s*[）)\]】]\s*$")
_UNIT_LINE = re.compile(r"(?:计量)?单位\s*[：:]\s*([^\s，,；;]{1,6})")
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|全镇合计|全镇|总数)\s*[：:]?\s*")
_GENERIC_NAME = re.compile(
    r"[\x00-\x7f]*|(?:工作表|表格?|新建)\s*\d*|.*(?:汇总|统计|数据|素材|附件|情况|清单|台账|资料)表?\d*|总?表",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its name without the measure in brackets, and that measure."""

    index: int
    holds: Holds
    name: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read; ``body`` are the indices of the rows with data."""

    columns: tuple[Column, ...]
    body: tuple[int, ...]
    title: str = ""
    measure: str = ""
    aside: tuple[int, ...] = ()

    def of(self, *holds: Holds) -> tuple[Column, ...]:
        """Return the columns that hold one of the kinds."""
        return tuple(column for column in self.columns if column.holds in holds)


def lay_out(table: Table) -> Layout | None:
    """Return a table's layout, ``None`` where it has no cell with text."""
    rows = table.rows
    filled = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    width = max(len(row) for row in rows)
    lead = _lead(rows, filled) if width > 1 else []
    rest = filled[len(lead) :]
    header = _header(rows, rest, width)
    names = _column_names(rows, rest[:header], width)
    body = tuple(rest[header:])
    plain = tuple(i for i in body if not is_banner(rows[i]))
    columns = tuple(_column(rows, plain, i, names[i]) for i in range(width))
    said = [_said(rows[i]) for i in lead]
    measure = next((m[1] for text in said if (m := _UNIT_LINE.search(text))), "")
    title = next((text for text in said if not _UNIT_LINE.search(text)), "")
    return Layout(columns, body, title, measure, tuple(lead))


def is_banner(row: Cells) -> bool:
    """Tell whether a row is one text over several columns: a heading inside the table."""
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(row) > 1 and len(set(filled)) == 1 and not is_number(filled[0])


def _said(row: Cells) -> str:
    return " ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip()))


def _distinct(row: Cells) -> int:
    return len({cell.strip() for cell in row if cell.strip()})


def _lead(rows: Sequence[Cells], filled: Sequence[int]) -> list[int]:
    """Return the rows above the header that are one text: the title, 单位：万元."""
    lead = []
    for i in filled[:-1]:
        unit_line = _UNIT_LINE.search(_said(rows[i])) and not any(map(is_number, rows[i]))
        if _distinct(rows[i]) > 1 and not (unit_line and _distinct(rows[i]) <= 3):
            break
        lead.append(i)
    return lead if len(lead) < len(filled) - 1 else []


def is_number(cell: str) -> bool:
    """Tell whether a cell is a figure: 118, 3,406, 98.3%, 120户, or a formula without a result."""
    text = fold(cell.strip())
    return bool(_FIGURE.fullmatch(text)) or text.startswith(NO_RESULT)


def _header(rows: Sequence[Cells], rest: Sequence[int], width: int) -> int:
    """Return how many first rows are a header: two where cells are merged, none in a list."""
    if width == 1:
        named = bool(rest) and bool(_kind_of(rows[rest[0]][0].strip()))
        return 1 if named and len(rest) > 1 and len(rows[rest[0]][0].strip()) <= 6 else 0
    if len(rest) < 2 or any(map(is_number, rows[rest[0]])) or _is_statement_row(rows[rest[0]]):
        return 0
    first, second = rows[rest[0]], rows[rest[1]]
    merged = len([c for c in first if c.strip()]) > _distinct(first)
    named = not any(map(is_number, second)) and not _is_statement_row(second)
    return 2 if merged and named and len(rest) > 2 else 1


def _is_statement_row(row: Cells) -> bool:
    return any(len(cell) > 16 or not _SENTENCE.isdisjoint(cell) for cell in row)


def _column_names(rows: Sequence[Cells], header: Sequence[int], width: int) -> list[str]:
    names = []
    for column in range(width):
        parts = [rows[i][column].strip() for i in header if column < len(rows[i])]
        names.append("".join(dict.fromkeys(re.sub(r"\s+", "", part) for part in parts if part)))
    return names


def _column(rows: Sequence[Cells], body: Sequence[int], index: int, header: str) -> Column:
    cells = [rows[i][index].strip() for i in body if index < len(rows[i])]
    filled = [cell for cell in cells if cell]
    bracket = _IN_BRACKETS.search(header)
    measure = bracket[1] if bracket and _is_measure(bracket[1]) else ""
    name = header[: bracket.start()] if bracket and measure else header
    kind = _kind_of(name)
    figures = sum(map(is_number, filled))
    if kind in {"number", "office", "section", "note", "source"}:
        return Column(index, kind, name)
    if filled and figures * 2 > len(filled):
        return Column(index, "number" if kind == "number" else "figure", name, measure)
    if kind == "measure" and not all(_is_measure(cell) for cell in filled):
        kind = "label"
    long = bool(filled) and sum(map(len, filled)) / len(filled) > 12
    return Column(index, kind or ("statement" if long else "label"), name, measure)


def _kind_of(name: str) -> Holds | None:
    if not name:
        return None
    return next((kind for word, kind in _kinds() if name == word), None) or next(
        (kind for word, kind in _kinds() if len(word) > 1 and name.endswith(word)), None
    )


def _is_measure(text: str) -> bool:
    bare = text.strip().lstrip("千百十万亿")
    found = measure_at(bare, 0) if bare else None
    return text.strip() in {"万", "亿", "%", "％"} or (found is not None and found.surface == bare)


def is_total(label: str) -> bool:
    """Tell whether a row's label makes it a sum of rows above: 合计, 小计, 全镇."""
    return _TOTAL.fullmatch(label) is not None


def topic_of(table: Table) -> str:
    """Return what a whole table is about, from its sheet's name, "" where that says nothing."""
    name = table.name.strip()
    named = not _GENERIC_NAME.fullmatch(name) and _kind_of(name) is None and len(name) <= 10
    return name if named else ""


@cache
def _kinds() -> tuple[tuple[str, Holds], ...]:
    rows = (line.split("\t") for line in lexicon("facts", "columns.tsv"))
    return tuple((row[0], row[1]) for row in rows)  # type: ignore[misc]
