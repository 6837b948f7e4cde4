"""Tables whose rows are parts of a year: 1月, 一季度, 上半年累计. What each is the sum of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.domain import DateMention, Table
from drafter.facts.grids import Layout
from drafter.facts.table_cells import at, is_banner, is_total

_PARTS = frozenset({"month", "quarter", "half", "range"})
_ADDED_UP = re.compile(
    r"(?:数|(?:累|合|小|总|共)\s?计|[（(][^（()）]{1,6}[）)])*"
)  # 上半年累计, 11月（预计）
_FEWEST_ROWS = 2
_YEAR = ("全年", 1, 12)


class Months(NamedTuple):
    """The months that a row holds for, and its name as a date where it is one."""

    year: int | None
    first: int
    last: int
    date: DateMention | None = None


def months_of(label: str) -> Months | None:
    """Return the months that a row's name is, ``None`` where it says more or something else."""
    label = fold(label.strip())
    if label.startswith(_YEAR[0]) and _ADDED_UP.fullmatch(label, len(_YEAR[0])):
        return Months(None, *_YEAR[1:])
    date = next(iter(find_dates(label)), None)
    if date is None or date.start or date.kind not in _PARTS or not date.month or date.day:
        return None
    if not _ADDED_UP.fullmatch(label, date.end):
        return None
    return Months(date.year, date.month, date.end_month or date.month, date)


def row_months(table: Table, layout: Layout) -> dict[int, Months]:
    """Return the months of each row of a table whose rows are parts of a year, else nothing.

    Rows of totals aside, every row must be one: a list of events may have 3月 in it as well.
    """
    column = next(iter(layout.of("label")), None)
    if column is None or not layout.of("figure"):
        return {}
    found: dict[int, Months] = {}
    for i in layout.body:
        label = at(table.rows[i], column.index)
        months = months_of(label)
        if months is not None:
            found[i] = months
        elif label and not is_banner(table.rows[i]) and not is_total(label):
            return {}
    return found if len(found) >= _FEWEST_ROWS else {}


def parts_of(rows: Mapping[int, Months]) -> dict[int, list[int]]:
    """Return row → the rows of months, else of quarters, that make it up (一季度: 1月 to 3月)."""
    return {
        i: parts
        for i, whole in rows.items()
        if whole.last > whole.first and (parts := _cover(rows, whole))
    }


def _cover(rows: Mapping[int, Months], whole: Months) -> list[int]:
    within = [
        (i, m)
        for i, m in rows.items()
        if m.year == whole.year and whole.first <= m.first and m.last <= whole.last
    ]
    for length in (1, 3):
        parts = [(i, m) for i, m in within if m.last - m.first == length - 1]
        firsts = sorted(m.first for _, m in parts)
        if length <= whole.last - whole.first and firsts == _firsts(whole, length):
            return [i for i, _ in parts]
    return []


def _firsts(whole: Months, length: int) -> Sequence[int]:
    return list(range(whole.first, whole.last + 1, length))
