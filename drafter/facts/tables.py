"""Tables → a sheet of numbered facts: lists of statements, indicators, villages × indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from drafter.chinese.numerals import parse_number
from drafter.domain import Fact, FactSheet, Notice, Source, Span, Table
from drafter.facts.conflicts import find_conflicts
from drafter.facts.grids import NO_RESULT, Column, Holds, Layout, is_banner, lay_out, topic_of
from drafter.facts.parse import make_fact, parse_facts, period_in, unit_in
from drafter.facts.split import split_statements, strip_bullet, tidy
from drafter.facts.totals import check_totals

_ROLE_NAME = re.compile(
    "(?:年度|全年|年初|累计|实际|目前|已)?(?:任务|目标|计划|指标|完成|到位|进度|完成率|占比|比例|率|上年|上年同期|同期|今年|本年|增长|增幅|同比)+(?:数|值|量|额|情况)?"
)
_VALUE_NAME = re.compile("(?:数值|数量|数据|数字|值|数|金额|合计|完成情况|总数|总量)?")
_COUNT_NAME = re.compile("(?<=[\u4e00-\u9fff])(?:数量|数|个数|总数)$")
_SHARE_NAME = re.compile("(?:率|占比|比例|比重|增幅|增长|同比)$")
_NOTED_PER_FACT = "formula_without_value"  # the reader's word for formula_no_value below
_NOT_SHOWN = frozenset({"", "-", "—", "——", "/", "／", "无"})


@dataclass
class _Reading:
    """The facts read so far from all tables."""

    period: str
    facts: list[Fact] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    left: list[Span] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    without_rates: set[str] = field(default_factory=set)
    hint: str = ""


def _worth_asking(notices: Iterable[Notice], without_rates: set[str]) -> list[Notice]:
    """Leave out requests for rates where a whole table has no column for them."""
    return [
        n for n in notices if n.code != "rate_missing" or not without_rates.issuperset(n.fact_ids)
    ]


def parse_tables(tables: Iterable[Table], unit: str = "", period: str = "") -> FactSheet:
    """Return the facts of tables, numbered F1, F2 … row by row.

    A row becomes one readable statement (东河村：改厕，目标120户，完成118户) with the cell of its
    first figure as source (工作表“改厕”B7); a cell of prose becomes its statements. Totals that do
    not add up and formulas without a result are notices; rows that say nothing are in
    ``not_understood``.
    """
    laid_out = [(table, layout) for table in tables if (layout := lay_out(table))]
    titles = [layout.title for _, layout in laid_out]
    unit, period = unit or unit_in(titles), period or period_in(titles)
    reading = _Reading(period)
    for table, layout in laid_out:
        reading.notices += (n for n in table.notices if n.code != _NOTED_PER_FACT)
        reading.hint = ""
        _read_table(reading, table, layout)
    facts = tuple(reading.facts)
    return FactSheet(
        facts, unit, period, tuple(dict.fromkeys(reading.tags)), tuple(reading.left),
        (*reading.notices, *_worth_asking(find_conflicts(facts), reading.without_rates)),
    )  # fmt: skip


def _read_table(reading: _Reading, table: Table, layout: Layout) -> None:
    if len(layout.columns) == 1:
        _read_column(reading, table, layout)
        return
    for i in layout.aside:
        _leave(reading, table.rows[i])
    ids: dict[int, str] = {}
    for i in layout.body:
        ids[i] = f"F{len(reading.facts) + 1}"
        _read_row(reading, _Row(table, layout, i))
    reading.notices += check_totals(table, layout, ids)
    if not any(_SHARE_NAME.search(column.name) for column in layout.of("figure")):
        reading.without_rates.update(ids.values())


def _read_column(reading: _Reading, table: Table, layout: Layout) -> None:
    """Read a single column as pasted lines: tags, headings and talk mean there what they mean."""
    lines = [(i, line) for i in layout.body for line in table.rows[i][0].splitlines()]
    sheet = parse_facts("\n".join(line for _, line in lines), period=reading.period)
    for fact in sheet:
        row = lines[int(fact.source.place[1:-1]) - 1][0]
        source = Source(table.file, place_name(table, row, 0))
        reading.facts.append(replace(fact, id=f"F{len(reading.facts) + 1}", source=source))
    reading.tags += sheet.tags
    reading.left += (Span(0, len(span.text), span.text) for span in sheet.not_understood)


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


def _leave(reading: _Reading, cells: Iterable[str]) -> None:
    said = " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
    if said:
        reading.left.append(Span(0, len(said), said))


def _read_row(reading: _Reading, row: _Row) -> None:
    if is_banner(row.cells):
        _take_banner(reading, row)
        return
    office = row.first("office")
    context = (office, row.first("section") or reading.hint)
    if office:
        reading.tags.append(office)
    if row.layout.of("figure"):
        _add(reading, row, _first_figure(row), _statement(row), context)
    elif row.texts("statement"):
        _read_statements(reading, row, context)
    else:
        _add(reading, row, 0, "，".join(row.texts("label")), context)
        _leave(reading, row.texts("note", "measure"))


def _take_banner(reading: _Reading, row: _Row) -> None:
    """Take a row of one text for the heading of the rows below; prose in it is a statement."""
    text = next(cell.strip() for cell in row.cells if cell.strip())
    if len(text) > 20 and not row.layout.of("figure"):
        for piece in _pieces(text):
            _add(reading, row, 0, piece, ("", reading.hint))
        return
    reading.hint = strip_bullet(text)
    _leave(reading, [text])


def _read_statements(reading: _Reading, row: _Row, context: tuple[str, str]) -> None:
    """Read cells of prose; what the other columns say of whom they hold for stands before them."""
    label = "".join(f"{text}：" for text in row.texts("label")[:1])
    for column in row.layout.of("statement"):
        for piece in _pieces(_cell(row.cells, column)):
            _add(reading, row, column.index, label + piece, context)
    _leave(reading, [*row.texts("label")[1:], *row.texts("note", "measure")])


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


def _add(reading: _Reading, row: _Row, column: int, text: str, context: tuple[str, str]) -> None:
    if not text:
        _leave(reading, row.cells)
        return
    place = place_name(row.table, row.at, column)
    said_by = row.first("source")
    source = Source(row.table.file, f"{place}（{said_by}）" if said_by else place)
    fact_id = f"F{len(reading.facts) + 1}"
    reading.facts.append(make_fact(fact_id, text, source, context, reading.period))
    if NO_RESULT in text:
        message = "一行里有公式没有计算结果，请在表格软件里打开、保存后再导入，或直接补上数字。"
        reading.notices.append(Notice("formula_no_value", f"{place}{message}", fact_ids=(fact_id,)))


def place_name(table: Table, row: int, column: int) -> str:
    """Return where a cell stands: 工作表“改厕”B7, or 表1第3行 in a paper."""
    number = table.first_row + row
    if re.search(r"\.[ct]sv$", table.file, re.IGNORECASE):
        return f"第{number}行"
    if re.fullmatch(r"表\d+", table.name):
        return f"{table.name}第{number}行"
    return f"工作表“{table.name}”{_letters(column)}{number}"


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


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
