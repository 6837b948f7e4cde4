"""The rows of a laid-out table as statements: 东河村：改厕，目标120户，完成118户."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.chinese.quantities import find_figures
from drafter.domain import Table
from drafter.facts.grids import Column, Holds, Layout, is_banner, is_form_row, is_share, topic_of
from drafter.facts.headings import short_name
from drafter.facts.senders import is_office
from drafter.facts.split import split_statements, strip_bullet, tidy
from drafter.facts.units import carry_measures

_ROLE_NAME = re.compile(
    "(?:年度|全年|年初|累计|实际|目前|已)?(?:任务|目标|计划|指标|完成|到位|进度|完成率|占比|比例|率|上年|上年同期|同期|今年|本年|增长|增幅|同比)+(?:数|值|量|额|情况)?"
)
_VALUE_NAME = re.compile("(?:数值|数量|数据|数字|值|数|金额|合计|完成情况|总数|总量)?")
_COUNT_NAME = re.compile("(?<=[\u4e00-\u9fff])(?:数量|数|个数|总数)$")
_PLACE_NAME = re.compile(
    "(?:行政)?村(?:名|别|居|社区)?|社区|村[（(]社区[）)]|乡镇|组别|网格|片区|学校|企业(?:名称)?"
)
_PLACE = re.compile(
    ".{1,8}(?:村|社区|组|镇|乡|街道|片区?|学校|小学|中学|公司|合作社)|合\\s*计|小\\s*计|总\\s*计|全镇|全乡"
)
_RANK_NAME = re.compile("排名|名次|位次")
_TIME_NAME = re.compile("时间|日期|开班时间|起止时间")
_DOTTED_DAY = re.compile(r"(?<![\d.])(1[0-2]|[1-9])\.(3[01]|[12]\d|[1-9])(?![\d.%])")
_STATES_ITSELF = re.compile("[：:].|[，。；]")
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
    return any(is_share(column.name) for column in layout.of("figure"))


def _leave(reading: TableReading, at: int, cells: Iterable[str]) -> None:
    said = " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if said:
        reading.left.append((at, said))


def _read_row(reading: TableReading, row: _Row) -> None:
    if is_form_row(row.cells):
        _take_form_row(reading, row)
        return
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


def _take_form_row(reading: TableReading, row: _Row) -> None:
    """Take 填报单位 | 财政所 | 填报人 | 黄立: the office is a tag, the row is shown."""
    reading.tags += (cell.strip() for cell in row.cells if is_office(cell.strip()))
    _leave(reading, row.at, row.cells)


def _take_banner(reading: TableReading, row: _Row) -> None:
    """Take a row of one text for the heading of the rows below; prose in it is a statement."""
    text = next(cell.strip() for cell in row.cells if cell.strip())
    long = len(text) > 20 and not row.layout.of("figure")
    if long or _STATES_ITSELF.search(text) or find_figures(strip_bullet(text)):
        for piece in _pieces(text):
            _say(reading, row, 0, piece)
        return
    reading.hint = strip_bullet(text)
    _leave(reading, row.at, [text])


def _read_statements(reading: TableReading, row: _Row) -> None:
    """Read cells of prose; what the other columns say of whom they hold for stands before them.

    A first cell that is a heading (二、存在问题) is the heading of the row; further columns
    (整改措施, 整改时限) follow in brackets under their names.
    """
    labels = [(c, t) for c in row.layout.of("label") if (t := _cell(row.cells, c))]
    label, hint = labels[0][1] if labels else "", ""
    if label and (name := short_name(fold(label))) and (name.level or _is_topic(name.text)):
        label, hint = "", name.text
    joint = "，" if _STATES_ITSELF.search(label) else "："
    notes = [text for text in row.texts("note") if find_figures(text)]
    tail = _further(labels[1:], notes)
    for text, column in _prose(row):
        for at, piece in enumerate(_pieces(text)):
            said = f"{label}{joint}{piece}" if label else piece
            _say(reading, row, column, said + (tail if at == 0 else ""), hint)
            tail = "" if at == 0 else tail
    _leave(reading, row.at, [*row.texts("measure"), *(set(row.texts("note")) - set(notes))])


def _prose(row: _Row) -> Iterator[tuple[str, int]]:
    """Yield the texts of the columns of prose with their columns, merged cells once."""
    seen: set[str] = set()
    for column in row.layout.of("statement"):
        text = _cell(row.cells, column)
        if text and text not in seen:
            seen.add(text)
            yield text, column.index


def _further(labels: Sequence[tuple[Column, str]], notes: Sequence[str]) -> str:
    """Return what the further columns of a row say, in brackets: （整改时限：2026年12月）."""
    named = [f"{column.name}：{text}" if column.name else text for column, text in labels]
    parts = list(dict.fromkeys([*named, *notes]))
    return f"（{'；'.join(parts)}）" if parts else ""


def _is_topic(text: str) -> bool:
    return (
        re.fullmatch(
            "(?:主要)?工作(?:情况|成效|亮点)?|存在(?:的)?(?:问题|不足)|(?:主要)?问题|不足|下一?步.{0,4}|意见建议",
            text,
        )
        is not None
    )


def _say(reading: TableReading, row: _Row, column: int, text: str, hint: str = "") -> None:
    if not text:
        _leave(reading, row.at, row.cells)
        return
    hint = hint or row.first("section") or reading.hint
    sheet = row.table.name.strip()
    office = row.first("office") or (sheet if is_office(sheet) else "")
    said = (row.at, column, carry_measures(text), office, hint, row.first("source"))
    reading.statements.append(Statement(*said))


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start, end in split_statements(line):
            if wording := tidy(strip_bullet(line[start:end])):
                yield wording


def _cell(cells: tuple[str, ...], column: Column) -> str:
    text = cells[column.index].strip() if column.index < len(cells) else ""
    if _TIME_NAME.fullmatch(column.name):
        text = _DOTTED_DAY.sub(r"\1月\2日", text)
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
    if roles and topic and _are_places(row) and not any(topic in label for label in labels):
        labels.append(topic)
    notes = row.texts("note")
    tail = f"（{'；'.join(notes)}）" if notes else ""
    if len(parts) == 1 and _VALUE_NAME.fullmatch(figures[0][0].name) and labels:
        return tidy(f"{'：'.join(labels)}{parts[0]}{tail}")
    head = f"{labels[0]}：" if labels else ""
    return tidy(head + "，".join([*labels[1:], *parts]) + tail)


def _are_places(row: _Row) -> bool:
    """Tell whether the rows of a table are places or bodies, so that its name says what of them."""
    first = next(iter(row.layout.of("label")), None)
    if first is None:
        return False
    return bool(_PLACE_NAME.fullmatch(first.name) or _PLACE.fullmatch(_cell(row.cells, first)))


def _figure_text(row: _Row, column: Column, text: str) -> str:
    """Return a header's name with the cell's figure and its measure: 目标120户, 完成率98.3%."""
    name = "" if _VALUE_NAME.fullmatch(column.name) else column.name
    if _RANK_NAME.search(column.name) and text.isdigit():
        return f"{name}第{text}"
    share = is_share(column.name)
    if share and (column.share or not column.measure):
        return name + _as_percent(text, column.share)
    measure = column.measure or row.first("measure")
    if not re.fullmatch(r"-?[\d,，.]+(?:[余多])?", text):
        measure = ""
    if measure and not share:
        name = _COUNT_NAME.sub("", name.removesuffix(f"{measure}数"))
    return f"{name}{text}{measure}"


def _as_percent(text: str, share: bool) -> str:
    """Return a share in per cent: 0.951 in a column of shares of one is 95.1%."""
    value = parse_number(text.lstrip("-+"))
    if value is None or text.endswith(("%", "％")):
        return text
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{(value * 100).normalize():f}%" if share else f"{text}%"
