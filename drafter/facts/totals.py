"""Rows of totals: recomputed from the rows above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import Notice, Table
from drafter.facts.grids import Column, Layout
from drafter.facts.months import parts_of
from drafter.facts.table_cells import is_banner, is_part, is_place, is_total
from drafter.facts.table_periods import row_months

_NO_SUM = re.compile("率|占比|比例|比重|增幅|增长|同比|均|排名|名次|得分|单价|年份?$")
_NUMBER = re.compile(r"-?[\d,，]+(?:\.\d+)?")
_RATES = frozenset({"%", "％", "‰"})
_UPPER = re.compile("[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")
_WHOLE_COLUMN = re.compile(
    "全[镇乡](?:合\\s*计|总\\s*计)?"
)  # 合计 alone is added up in the sentence
_FEWEST_PLACES = 2
_Groups = list[list[int]]


def check_totals(table: Table, layout: Layout, ids: Mapping[int, str]) -> Iterator[Notice]:
    """Yield a notice for every total (合计, 小计) that is not the sum of its rows.

    A total may stand for the rows since the last total or heading, for all rows above, for those
    numbered 一、二、, or at the top for those below: only where none makes it up is it wrong. 其中
    rows are parts of the row above and not added, rows in different measures never are. A quarter
    is the sum of its months, or the last of them where a stock is told. A column 全镇 beside
    columns of places is their sum.
    """
    if _has_mixed_measures(table, layout):
        yield from _check_across(table, layout, ids)
        return
    levels = _levels(table, layout)
    since: list[int] = []
    every: list[int] = []
    for i in layout.body:
        label = _label(table, layout, i)
        if is_banner(table.rows[i]):
            since = []
        elif is_total(label) or i in levels:
            for column in layout.of("figure"):
                wholes = _wholes(table, layout, i, since, every, levels)
                yield from _check(table, column, i, wholes, ids)
            since = []
        elif not is_part(label):
            since.append(i)
            every.append(i)
    yield from _check_across(table, layout, ids)


def _wholes(
    table: Table,
    layout: Layout,
    i: int,
    since: list[int],
    every: list[int],
    levels: Mapping[int, _Groups],
) -> Iterator[list[int]]:
    """Yield the rows that the total in row ``i`` may be the sum of, the likeliest first."""
    if i in levels:
        yield from levels[i]
    elif every:
        yield since
        yield every
        yield from _groups(table, layout, every)
        yield [*levels]
    yield from _below(table, layout, i)


def _levels(table: Table, layout: Layout) -> dict[int, _Groups]:
    """Return the rows that others make up by their names, each with what may make it up.

    Rows numbered 一, 二 are over rows numbered 1, 2; quarters are of months.
    """
    spans = parts_of(row_months(table, layout))
    if spans:
        return {i: [parts, parts[-1:]] for i, parts in spans.items()}
    found: dict[int, list[int]] = {}
    for column in layout.of("number")[:1]:
        head = None
        for i in layout.body:
            mark = _at(table, i, column).strip()
            if _UPPER.fullmatch(mark):
                head = i
                found[i] = []
            elif head is not None and mark.isdigit():
                found[head].append(i)
    return {i: [rows] for i, rows in found.items()} if any(found.values()) else {}


def _below(table: Table, layout: Layout, at: int) -> _Groups:
    """Return the rows that a total over them may stand for: to the next total, or all.

    A part may be one of several that make it up (支出合计 over 其中：三保支出, 项目支出).
    """
    later = [i for i in layout.body if i > at and not is_banner(table.rows[i])]
    totals = {i for i in later if is_total(_label(table, layout, i))}
    block = [i for i in later if i < min(totals, default=i + 1)]
    plain = [i for i in block if not is_part(_label(table, layout, i))]
    others = [i for i in later if i not in totals and not is_part(_label(table, layout, i))]
    return [plain, block, others]


def _check_across(table: Table, layout: Layout, ids: Mapping[int, str]) -> Iterator[Notice]:
    figures = layout.of("figure")
    places = [column for column in figures if is_place(column.name) and not is_total(column.name)]
    wholes = [column for column in figures if _WHOLE_COLUMN.fullmatch(column.name)]
    if len(places) < _FEWEST_PLACES or len(wholes) != 1:
        return
    for i in layout.body:
        measure = next((m for c in layout.of("measure") if (m := _at(table, i, c).strip())), "")
        shown, values = _value(_at(table, i, wholes[0])), [_value(_at(table, i, c)) for c in places]
        parts = [value for value in values if value is not None]
        rate = measure in _RATES or _NO_SUM.search(_label(table, layout, i))
        if rate or shown is None or len(parts) < len(values) or sum(parts) == shown:
            continue
        yield _notice(
            table, i, (wholes[0].name, wholes[0].measure), (shown, sum(parts, Decimal(0))), ids
        )


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
    table: Table, column: Column, i: int, wholes: Iterable[list[int]], ids: Mapping[int, str]
) -> Iterator[Notice]:
    shown = _value(_at(table, i, column))
    if shown is None or column.measure in _RATES or _NO_SUM.search(column.name):
        return
    added = []
    for rows in wholes:
        total, summed = _sum(table, column, rows)
        if summed and total == shown:
            return
        added += [total] if summed > 1 else []
    if not added:
        return
    total = min(added, key=lambda value: abs(value - shown))
    yield _notice(table, i, (column.name or "数字", column.measure), (shown, total), ids)


def _notice(
    table: Table,
    i: int,
    named: tuple[str, str],
    values: tuple[Decimal, Decimal],
    ids: Mapping[int, str],
) -> Notice:
    """Return what a person reads of a wrong total: ``values`` are what is shown, and the sum."""
    (name, measure), (shown, total) = named, values
    return Notice(
        "total_wrong",
        f"{called(table)}第{table.first_row + i}行“{name}”合计写的是{shown}{measure}，"
        f"各行相加是{total}{measure}，请核对。".replace(
            "各行", "各栏" if is_total(name) else "各行"
        ),
        fact_ids=(ids[i],) if i in ids else (),
        suggestion=f"{total}{measure}",
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
    if match is None or not {"/", "%"}.isdisjoint(text):
        return None
    value = parse_number(match[0].lstrip("-"))
    return -value if value is not None and text.startswith("-") else value
