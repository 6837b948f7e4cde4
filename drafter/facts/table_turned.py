"""Tables lying on their side: a column for each project, a row for what is told of all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drafter.domain import Table
from drafter.facts.table_cells import (
    Cells,
    at,
    is_number,
    is_part,
    is_place,
    is_role,
    kind_of,
    said,
)
from drafter.facts.table_headers import lead_rows
from drafter.facts.units import split_measure

_ATTRIBUTE = re.compile(
    "(?:日期|时间|[时期工]限|进度|里程|长度|面积|投资|资金|人数|户数|规模|困难|问题|负责人|联系人"
    "|状态|情况|措施|类型|性质|地点|地址|等级|单位|来源|内容|进展|备注)$"
)
_FEWEST = 3  # rows and columns


def upright(table: Table) -> Table | None:
    """Return a table lying on its side set upright, ``None`` where it stands as it is.

    Its title becomes the caption; row and column of a cell change places, ``first_row`` being that
    of the first column. The rows must be told in different ways, some in figures, some in words:
    indicators of villages in columns are read as they stand.
    """
    rows = table.rows
    filled = [i for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    lead = lead_rows(rows, filled)
    rest = filled[len(lead) :]
    if len(rest) < _FEWEST or rest != list(range(rest[0], rest[-1] + 1)):
        return None
    body = [rows[i] for i in rest]
    width = max(map(len, body))
    if width < _FEWEST or not _lies(body, width):
        return None
    turned = tuple(tuple(at(row, column) for row in body) for column in range(width))
    caption = table.caption or " ".join(said(rows[i]) for i in lead)
    return replace(table, rows=turned, first_row=table.first_row + rest[0], caption=caption)


def _lies(rows: Sequence[Cells], width: int) -> bool:
    names = [at(rows[0], column) for column in range(1, width)]
    labels = [at(row, 0) for row in rows[1:]]
    if len(set(names)) < len(names) or len(set(labels)) < len(labels) or not all(names + labels):
        return False
    if any(is_number(name) or is_role(name) or _is_attribute(name) for name in names):
        return False
    asked = sum(map(_is_attribute, labels))
    return asked * 2 > len(labels) and not any(map(is_place, labels)) and _are_mixed(rows[1:])


def _is_attribute(name: str) -> bool:
    named = kind_of(name) not in {None, "label"} or split_measure(name)[1] != ""
    return named or _ATTRIBUTE.search(name) is not None or is_part(name)


def _are_mixed(rows: Sequence[Cells]) -> bool:
    """Tell whether some rows hold only figures and others mostly words."""
    cells = [[cell for cell in row[1:] if cell.strip()] for row in rows]
    figures = [sum(map(is_number, row)) for row in cells]
    counted = any(row and n == len(row) for row, n in zip(cells, figures, strict=True))
    told = any(row and n * 2 < len(row) for row, n in zip(cells, figures, strict=True))
    return counted and told
