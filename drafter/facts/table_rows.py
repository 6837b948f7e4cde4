"""The rows of a laid-out table as statements: 东河村：改厕，目标120户，完成118户."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from drafter.chinese.numerals import parse_number
from drafter.domain import Table
from drafter.facts.grids import Column, Holds, Layout, is_banner, topic_of
from drafter.facts.split import split_statements, strip_bullet, tidy

_ROLE_NAME = re.compile(
    "(?:年度|全年|年初|累计|实际|目前|已)?(?:任务|目标|计划|指标|完成|到位|进度|完成率|占比|比例|率|上年|上年同期|同期|今年|本年|增长|增幅|同比)+(?:数|值|量|额|情况)?"
)
_VALUE_NAME = re.compile("(?:数值|数量|数据|数字|值|数|金额|合计|完成情况|总数|总量)?")
_COUNT_NAME = re.compile("(?<=[\u4e00-\u9fff])(?:数量|数|个数|总数)$")
_SHARE_NAME = re.compile("(?:率|占比|比例|比重|增幅|增长|同比)$")
_NOT_SHOWN = frozenset({"", "-", "—", "——", "/", "／", "无"})


class Statement(NamedTuple):
    """What a row says, with the cell it says it in and whose word it is."""

    row: int
    column: int
    text: str
    office: str = ""
    hint: str = ""
    said_by: str = ""


@dataclass
class TableReading:
    """The statements of one table, the offices named in it, and what states nothing, by row."""

    statements: list[Statement] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)
    hint: str = ""


class _Row(NamedTuple):
    """One row of data with the layout it is read by."""

    table: Table
    layout: Layout
    at: int

    @property
    def cells(self) -> tuple[str, ...]:
        return self.table.rows[self.at]

    def texts(self, *holds: Holds) -> list[str]:
        """Return what stands in the columns of these kinds, repeats (merged cells) left out."""
        shown = (_cell(self.cells, column) for column in self.layout.of(*holds))
        return list(dict.fromkeys(text for text in shown if text))

    def first(self, *holds: Holds) -> str:
        """Return the first text in the columns of these kinds, "" if there is none."""
        return next(iter(self.texts(*holds)), "")


def read_rows(table: Table, layout: Layout) -> TableReading:
    """Return what the rows of a table state, top to bottom; no cell with text is passed over."""
    reading = TableReading()
    for i in layout.aside:
        _leave(reading, i, table.rows[i])
    for i in layout.body:
        _read_row(reading, _Row(table, layout, i))
    return reading


def has_rates(layout: Layout) -> bool:
    """Tell whether a table has a column for rates at all."""
    return any(_SHARE_NAME.search(column.name) for column in layout.of("figure"))


def _leave(reading: TableReading, at: int, cells: Iterable[str]) -> None:
    said = " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if said:
        reading.left.append((at, said))


def _read_row(reading: TableReading, row: _Row) -> None:
    if is_banner(row.cells):
        _take_banner(reading, row)
        return
    if office := row.first("office"):
        reading.tags.append(office)
    if row.layout.of("figure"):
        _say(reading, row, _first_figure(row), _statement(row))
    elif row.texts("statement"):
        _read_statements(reading, row)
    else:
        _say(reading, row, 0, "，".join(row.texts("label")))
        _leave(reading, row.at, row.texts("note", "measure"))


def _take_banner(reading: TableReading, row: _Row) -> None:
    """Take a row of one text for the heading of the rows below; prose in it is a statement."""
    text = next(cell.strip() for cell in row.cells if cell.strip())
    if len(text) > 20 and not row.layout.of("figure"):
        for piece in _pieces(text):
            _say(reading, row, 0, piece)
        return
    reading.hint = strip_bullet(text)
    _leave(reading, row.at, [text])


def _read_statements(reading: TableReading, row: _Row) -> None:
    """Read cells of prose; what the other columns say of whom they hold for stands before them."""
    label = "".join(f"{text}：" for text in row.texts("label")[:1])
    for column in row.layout.of("statement"):
        for piece in _pieces(_cell(row.cells, column)):
            _say(reading, row, column.index, label + piece)
    _leave(reading, row.at, [*row.texts("label")[1:], *row.texts("note", "measure")])


def _say(reading: TableReading, row: _Row, column: int, text: str) -> None:
    if not text:
        _leave(reading, row.at, row.cells)
        return
    hint = row.first("section") or reading.hint
    said_by = row.first("source")
    reading.statements.append(Statement(row.at, column, text, row.first("office"), hint, said_by))


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start, end in split_statements(line):
            if wording := tidy(strip_bullet(line[start:end])):
                yield wording


def _cell(cells: tuple[str, ...], column: Column) -> str:
    text = cells[column.index].strip() if column.index < len(cells) else ""
    return "" if text in _NOT_SHOWN else text


def _first_figure(row: _Row) -> int:
    with_value = [c.index for c in row.layout.of("figure") if _cell(row.cells, c)]
    return next(iter(with_value), row.layout.columns[0].index)


def _statement(row: _Row) -> str:
    """Return a row as a sentence: label, topic, then the figures under their headers' names."""
    labels = row.texts("label", "statement")
    figures = [(c, t) for c in row.layout.of("figure") if (t := _cell(row.cells, c))]
    if not figures:
        return "，".join(labels) if len(labels) > 1 else ""
    parts = [_figure_text(row, column, text) for column, text in figures]
    topic = topic_of(row.table)
    roles = all(_ROLE_NAME.fullmatch(c.name) for c, _ in figures)
    if roles and topic and not any(topic in label for label in labels):
        labels.append(topic)
    notes = row.texts("note")
    tail = f"（{'；'.join(notes)}）" if notes else ""
    if len(parts) == 1 and _VALUE_NAME.fullmatch(figures[0][0].name) and labels:
        return tidy(f"{'：'.join(labels)}{parts[0]}{tail}")
    head = f"{labels[0]}：" if labels else ""
    return tidy(head + "，".join([*labels[1:], *parts]) + tail)


def _figure_text(row: _Row, column: Column, text: str) -> str:
    """Return a header's name with the cell's figure and its measure: 目标120户, 完成率98.3%."""
    name = "" if _VALUE_NAME.fullmatch(column.name) else column.name
    share = _SHARE_NAME.search(column.name) is not None
    if share and not column.measure:
        return name + _as_percent(text)
    measure = column.measure or row.first("measure") or row.layout.measure
    if not re.fullmatch(r"-?[\d,，.]+(?:[余多])?", text):
        measure = ""
    if measure and not share:
        name = _COUNT_NAME.sub("", name.removesuffix(f"{measure}数"))
    return f"{name}{text}{measure}"


def _as_percent(text: str) -> str:
    value = parse_number(text.lstrip("-"))
    if value is None or value > Decimal("1.5") or "." not in text:
        return text if value is None or text.endswith(("%", "％")) else f"{text}%"
    return f"{(value * 100).normalize():f}%"
