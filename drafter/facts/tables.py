"""Tables → a sheet of numbered facts: lists of statements, indicators, villages × indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from drafter.domain import Fact, FactSheet, Notice, Source, Span, Table
from drafter.facts.conflicts import find_conflicts
from drafter.facts.describe import in_the_year
from drafter.facts.grids import Layout, lay_out
from drafter.facts.parse import make_fact, parse_facts, period_in, unit_in
from drafter.facts.row_words import period_name
from drafter.facts.table_blocks import blocks
from drafter.facts.table_cells import NO_RESULT, at
from drafter.facts.table_rows import Statement, has_rates, read_rows
from drafter.facts.table_turned import upright
from drafter.facts.totals import check_totals
from drafter.facts.unmeasured import check_measures

_NOTED = "formula_without_value"  # the reader's notice, which lists the cells of a whole sheet


@dataclass
class _Reading:
    """The facts read so far from all tables."""

    period: str
    facts: list[Fact] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    left: list[Span] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    without_rates: list[tuple[str, ...]] = field(default_factory=list)


def parse_tables(tables: Iterable[Table], unit: str = "", period: str = "") -> FactSheet:
    """Return the facts of tables, numbered F1, F2 … row by row.

    A row becomes one readable statement (东河村：改厕，目标120户，完成118户) with the cell of its
    first figure as source (工作表“改厕”B7); a cell of prose becomes its statements. Totals that do
    not add up and formulas without a result are notices; rows that say nothing are in
    ``not_understood``.
    """
    single = [block for table in tables for block in blocks(table)]
    laid_out = [found for table in single if (found := _laid_out(table))]
    titles = [layout.title for _, layout in laid_out]
    unit, period = unit or unit_in(titles), period or period_in(titles)
    reading = _Reading(period)
    for table, layout in laid_out:
        reading.notices += table.notices
        if len(layout.columns) == 1:
            _read_column(reading, table, layout)
        else:
            _read_table(reading, table, layout)
    facts = tuple(reading.facts)
    return FactSheet(
        facts, unit, period, tuple(dict.fromkeys(reading.tags)), tuple(reading.left),
        (*reading.notices, *find_conflicts(facts, reading.without_rates)),
    )  # fmt: skip


def _laid_out(table: Table) -> tuple[Table, Layout] | None:
    """Return a table with its layout; one that lies on its side is set upright before."""
    layout = lay_out(table)
    if layout is None or layout.form:
        return (table, layout) if layout else None
    turned = upright(table)
    again = lay_out(turned) if turned else None
    return (turned, replace(again, turned=True)) if turned and again else (table, layout)


def _read_table(reading: _Reading, table: Table, layout: Layout) -> None:
    found = read_rows(table, layout)
    reading.tags += found.tags
    title = table.caption if layout.turned else ""
    aside = [*([title] if title else []), *(text for _, text in found.left)]
    reading.left += (Span(0, len(text), text) for text in aside)
    named = period_name(table, layout)
    period = in_the_year(named, reading.period) if named else reading.period
    noted = any(notice.code == _NOTED for notice in table.notices)
    ids: dict[int, str] = {}
    first = len(reading.facts)
    for statement in found.statements:
        place = _place(table, layout, statement)
        fact = _fact_of(table, statement, f"F{len(reading.facts) + 1}", (place, period))
        reading.facts.append(fact)
        ids.setdefault(statement.row, fact.id)
        if NO_RESULT in fact.text and not noted:
            reading.notices.append(_formula_notice(fact))
    reading.notices += () if layout.turned else check_totals(table, layout, ids)
    reading.notices += check_measures(table, layout, reading.facts[first:])
    if not has_rates(layout):
        reading.without_rates.append(tuple(ids.values()))


def _place(table: Table, layout: Layout, statement: Statement) -> str:
    row, column = statement.row, statement.column
    return place_name(table, column, row) if layout.turned else place_name(table, row, column)


def _fact_of(table: Table, statement: Statement, fact_id: str, told: tuple[str, str]) -> Fact:
    """Return the fact of a row; ``told`` are its place and the period of the table."""
    place = told[0] + (f"（{statement.said_by}）" if statement.said_by else "")
    context = (statement.office, statement.hint)
    held = statement.period_in(told[1])
    return make_fact(fact_id, statement.text, Source(table.file, place), context, held)


def _formula_notice(fact: Fact) -> Notice:
    what = "一行里有公式没有计算结果，请在表格软件里打开、保存后再导入，或直接补上数字。"
    return Notice("formula_no_value", fact.source.place + what, fact_ids=(fact.id,))


def _read_column(reading: _Reading, table: Table, layout: Layout) -> None:
    """Read a single column as pasted lines: tags, headings and talk mean there what they mean."""
    column = layout.columns[0].index
    lines = [(i, line) for i in layout.body for line in at(table.rows[i], column).splitlines()]
    sheet = parse_facts("\n".join(line for _, line in lines), period=reading.period)
    for fact in sheet:
        row = lines[int(fact.source.place[1:-1]) - 1][0]
        source = Source(table.file, place_name(table, row, column))
        reading.facts.append(replace(fact, id=f"F{len(reading.facts) + 1}", source=source))
    reading.tags += sheet.tags
    reading.left += (Span(0, len(span.text), span.text) for span in sheet.not_understood)


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
