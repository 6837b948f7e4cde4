"""Tables → a sheet of numbered facts: lists of statements, indicators, villages × indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from drafter.chinese.numerals import parse_number
from drafter.domain import Fact, FactSheet, Notice, Source, Span, Table
from drafter.facts.conflicts import find_conflicts
from drafter.facts.grids import NO_RESULT, Column, Layout, is_banner, lay_out, topic_of
from drafter.facts.parse import make_fact
from drafter.facts.split import split_statements, strip_bullet, tidy
from drafter.facts.totals import check_totals

_ROLE_NAME = re.compile(
    "(?:年度|全年|年初|累计|实际|目前|已)?(?:任务|目标|计划|指标|完成|到位|进度|完成率|占比|比例|率|上年|上年同期|同期|今年|本年|增长|增幅|同比)+(?:数|值|量|额|情况)?"
)
_VALUE_NAME = re.compile("(?:数值|数量|数据|数字|值|数|金额|合计|完成情况|总数|总量)?")
_COUNT_NAME = re.compile("(?<=[\u4e00-\u9fff])(?:数量|数|个数|总数)$")
_SHARE_NAME = re.compile("(?:率|占比|比例|比重|增幅|增长|同比)$")
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
    reading = _Reading(period)
    for table in tables:
        layout = lay_out(table)
        reading.notices += table.notices
        reading.hint = ""
        if layout is not None:
            _read_table(reading, table, layout)
    facts = tuple(reading.facts)
    return FactSheet(
        facts, unit, period, tuple(dict.fromkeys(reading.tags)), tuple(reading.left),
        (*reading.notices, *_worth_asking(find_conflicts(facts), reading.without_rates)),
    )  # fmt: skip


def _read_table(reading: _Reading, table: Table, layout: Layout) -> None:
    for i in layout.aside:
        _leave(reading, table.rows[i])
    ids: dict[int, str] = {}
    for i in layout.body:
        ids[i] = f"F{len(reading.facts) + 1}"
        _read_row(reading, table, layout, i)
    reading.notices += check_totals(table, layout, ids)
    if not any(_SHARE_NAME.search(column.name) for column in layout.of("figure")):
        reading.without_rates.update(ids.values())


def _leave(reading: _Reading, row: tuple[str, ...]) -> None:
    said = " ".join(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    reading.left.append(Span(0, len(said), said))


def _read_row(reading: _Reading, table: Table, layout: Layout, i: int) -> None:
    row = table.rows[i]
    filled = [cell.strip() for cell in row if cell.strip()]
    if is_banner(row):
        _take_banner(reading, table, layout, i, filled[0])
        return
    office = _cell(row, next(iter(layout.of("office")), None))
    hint = _cell(row, next(iter(layout.of("section")), None)) or reading.hint
    if office:
        reading.tags.append(office)
    if layout.of("figure"):
        _add(
            reading,
            table,
            (i, _first_figure(layout, row)),
            _statement(table, layout, row),
            (office, hint),
        )
        return
    said = False
    for column in layout.of("statement") or layout.of("label"):
        said = (
            _read_prose(reading, table, (i, column.index), _cell(row, column), (office, hint))
            or said
        )
    if not said:
        _leave(reading, row)


def _take_banner(reading: _Reading, table: Table, layout: Layout, i: int, text: str) -> None:
    """Take a row of one text for the heading of the rows below; prose in it is a statement."""
    if len(text) > 20 and not layout.of("figure"):
        _read_prose(reading, table, (i, 0), text, ("", reading.hint))
        return
    reading.hint = strip_bullet(text)
    _leave(reading, (text,))


def _cell(row: tuple[str, ...], column: Column | None) -> str:
    if column is None or column.index >= len(row):
        return ""
    text = row[column.index].strip()
    return "" if text in _NOT_SHOWN else text


def _first_figure(layout: Layout, row: tuple[str, ...]) -> int:
    with_value = [c.index for c in layout.of("figure") if _cell(row, c)]
    return next(iter(with_value), layout.columns[0].index)


def _read_prose(
    reading: _Reading, table: Table, place: tuple[int, int], text: str, context: tuple[str, str]
) -> bool:
    said = False
    for line in text.splitlines():
        for start, end in split_statements(line):
            wording = tidy(strip_bullet(line[start:end]))
            said = said or bool(wording)
            _add(reading, table, place, wording, context)
    return said


def _add(
    reading: _Reading, table: Table, place: tuple[int, int], text: str, context: tuple[str, str]
) -> None:
    if not text:
        _leave(reading, table.rows[place[0]])
        return
    source = Source(table.file, place_name(table, *place))
    fact_id = f"F{len(reading.facts) + 1}"
    reading.facts.append(make_fact(fact_id, text, source, context, reading.period))
    if NO_RESULT in text:
        reading.notices.append(
            Notice(
                "formula_no_value",
                f"{source.place}一行里有公式没有计算结果，请在表格软件里打开、保存后再导入，或直接补上数字。",
                fact_ids=(fact_id,),
            )
        )


def place_name(table: Table, row: int, column: int) -> str:
    """Return where a cell stands: 工作表“改厕”B7, or 表1第3行 in a paper."""
    number = table.first_row + row
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


def _statement(table: Table, layout: Layout, row: tuple[str, ...]) -> str:
    """Return a row as a sentence: label, topic, then the figures under their headers' names."""
    labels = list(dict.fromkeys(t for c in layout.of("label", "statement") if (t := _cell(row, c))))
    figures = [(c, t) for c in layout.of("figure") if (t := _cell(row, c))]
    if not figures:
        return "，".join(labels) if len(labels) > 1 else ""
    parts = [_figure_text(layout, row, column, text) for column, text in figures]
    topic = topic_of(table)
    roles = all(_ROLE_NAME.fullmatch(c.name) for c, _ in figures)
    if roles and topic and not any(topic in label for label in labels):
        labels.append(topic)
    notes = [t for c in layout.of("note") if (t := _cell(row, c))]
    tail = f"（{'；'.join(notes)}）" if notes else ""
    if len(parts) == 1 and _VALUE_NAME.fullmatch(figures[0][0].name) and labels:
        return tidy(f"{'：'.join(labels)}{parts[0]}{tail}")
    head = f"{labels[0]}：" if labels else ""
    return tidy(head + "，".join([*labels[1:], *parts]) + tail)


def _figure_text(layout: Layout, row: tuple[str, ...], column: Column, text: str) -> str:
    """Return a header's name with the cell's figure and its measure: 目标120户, 完成率98.3%."""
    name = "" if _VALUE_NAME.fullmatch(column.name) else column.name
    share = _SHARE_NAME.search(column.name) is not None
    if share and not column.measure:
        return name + _as_percent(text)
    measure = column.measure or _cell(row, next(iter(layout.of("measure")), None)) or layout.measure
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
