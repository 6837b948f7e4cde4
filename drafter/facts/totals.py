"""Rows of totals: recomputed from the rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import Notice, Table
from drafter.facts.grids import Column, Layout
from drafter.facts.table_cells import is_banner, is_part, is_total

_NO_SUM = re.compile("率|占比|比例|比重|增幅|增长|同比|均|排名|名次|得分|单价|年份?$")
_NUMBER = re.compile(r"-?[\d,，]+(?:\.\d+)?")
_Groups = list[list[int]]


def check_totals(table: Table, layout: Layout, ids: Mapping[int, str]) -> Iterator[Notice]:
    """Yield a notice for every total (合计, 小计) that is not the sum of its rows.

    A total may stand for the rows since the last total or heading, or for all rows above: only
    where neither makes it up is it wrong. 其中 rows are parts of the row above and not added, rows
    in different measures are never added up.
    """
    if _has_mixed_measures(table, layout):
        return
    since: list[int] = []
    every: list[int] = []
    for i in layout.body:
        label = _label(table, layout, i)
        if is_banner(table.rows[i]):
            since = []
        elif is_total(label):
            groups = _groups(table, layout, every)
            wholes = [rows for rows in (since, every, *groups) if rows]
            for column in layout.of("figure") if wholes else ():
                yield from _check(table, column, i, wholes, ids)
            since = []
        elif not is_part(label):
            since, every = [*since, i], [*every, i]


def _groups(table: Table, layout: Layout, rows: list[int]) -> _Groups:
    """Return the rows by topic: each topic may tell the whole in its way (by age, by school)."""
    found: dict[str, list[int]] = {}
    for column in layout.of("section")[:1]:
        for i in rows:
            found.setdefault(_at(table, i, column), []).append(i)
    return list(found.values())


def _label(table: Table, layout: Layout, i: int) -> str:
    """Return the cell that names a row: a total's name, else the first that is filled."""
    cells = [_at(table, i, c) for c in layout.of("label", "statement", "number", "section")]
    named = [cell for cell in cells if cell.strip()]
    return next((cell for cell in named if is_total(cell)), named[0] if named else "")


def _has_mixed_measures(table: Table, layout: Layout) -> bool:
    cells = {_at(table, i, c).strip() for c in layout.of("measure") for i in layout.body}
    return len(cells - {""}) > 1


def _at(table: Table, row: int, column: Column) -> str:
    cells = table.rows[row]
    return cells[column.index] if column.index < len(cells) else ""


def _check(
    table: Table, column: Column, i: int, wholes: _Groups, ids: Mapping[int, str]
) -> Iterator[Notice]:
    shown = _value(_at(table, i, column))
    if shown is None or column.measure in {"%", "％", "‰"} or _NO_SUM.search(column.name):
        return
    sums = [_sum(table, column, rows) for rows in wholes]
    added = [total for total, rows in sums if rows > 1]
    if not added or any(shown == total for total, rows in sums if rows):
        return
    total = min(added, key=lambda value: abs(value - shown))
    name = column.name or "数字"
    yield Notice(
        "total_wrong",
        f"{called(table)}第{table.first_row + i}行“{name}”合计写的是{shown}{column.measure}，"
        f"各行相加是{total}{column.measure}，请核对。",
        fact_ids=(ids[i],) if i in ids else (),
        suggestion=f"{total}{column.measure}",
    )


def _sum(table: Table, column: Column, rows: list[int]) -> tuple[Decimal, int]:
    """Return the sum of a column's rows, and how many of them have a number."""
    values = [v for j in rows if (v := _value(_at(table, j, column))) is not None]
    return sum(values, Decimal(0)), len(values)


def called(table: Table) -> str:
    """Return a table's name as a notice says it: 工作表“改厕”, 表1, 表格 where pasted."""
    if re.fullmatch(r"表\d+", table.name):
        return table.name
    return f"工作表“{table.name}”" if table.name else "表格"


def _value(cell: str) -> Decimal | None:
    text = fold(cell.strip())
    match = _NUMBER.match(text)
    if match is None or "/" in text:
        return None
    value = parse_number(match[0].lstrip("-"))
    return -value if value is not None and text.startswith("-") else value
