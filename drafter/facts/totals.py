"""Rows of totals: recomputed from the rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import Notice, Table
from drafter.facts.grids import Column, Layout, is_total

_NO_SUM = re.compile("率|占比|比例|比重|增幅|增长|同比|均|排名|名次|得分")
_NUMBER = re.compile(r"[\d,，]+(?:\.\d+)?")


def check_totals(table: Table, layout: Layout, ids: Mapping[int, str]) -> Iterator[Notice]:
    """Yield a notice for every total (合计, 小计) that is not the sum of its rows."""
    labels = layout.of("label", "statement", "number")
    start = 0
    for at, i in enumerate(layout.body):
        label = next((table.rows[i][c.index] for c in labels if is_total(_at(table, i, c))), "")
        if not label:
            continue
        above = [j for j in layout.body[start:at] if not _is_total_row(table, layout, j)]
        if "小" in label:
            start = at + 1
        elif start:
            above = [j for j in layout.body[:at] if not _is_total_row(table, layout, j)]
        for column in layout.of("figure"):
            yield from _check(table, column, i, above, ids)


def _is_total_row(table: Table, layout: Layout, i: int) -> bool:
    return any(is_total(_at(table, i, c)) for c in layout.of("label", "statement", "number"))


def _at(table: Table, row: int, column: Column) -> str:
    cells = table.rows[row]
    return cells[column.index] if column.index < len(cells) else ""


def _check(
    table: Table, column: Column, i: int, above: list[int], ids: Mapping[int, str]
) -> Iterator[Notice]:
    shown = _value(_at(table, i, column))
    values = [v for j in above if (v := _value(_at(table, j, column))) is not None]
    if shown is None or len(values) < 2 or _NO_SUM.search(column.name):
        return
    total = sum(values, Decimal(0))
    if total == shown:
        return
    name = column.name or "数字"
    yield Notice(
        "total_wrong",
        f"{_called(table)}第{table.first_row + i}行“{name}”合计写的是{shown}{column.measure}，"
        f"各行相加是{total}{column.measure}，请核对。",
        fact_ids=(ids[i],),
        suggestion=f"{total}{column.measure}",
    )


def _called(table: Table) -> str:
    return f"工作表“{table.name}”" if table.name else "表格"


def _value(cell: str) -> Decimal | None:
    match = _NUMBER.match(fold(cell.strip()))
    return parse_number(match[0]) if match else None
