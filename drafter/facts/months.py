"""Names that are parts of a year (1月, 一季度, 上半年累计), and what each is the sum of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.dates import find_dates
from drafter.chinese.normalise import fold
from drafter.domain import DateMention

_PARTS = frozenset({"month", "quarter", "half", "range"})
_ADDED_UP = re.compile(
    r"(?:数|(?:累|合|小|总|共)\s?计|[（(][^（()）]{1,6}[）)])*"
)  # 上半年累计, 11月（预计）
_YEAR = ("全年", 1, 12)


class Months(NamedTuple):
    """The months that a row or column holds for, and its name as a date where it is one."""

    year: int | None
    first: int
    last: int
    date: DateMention | None = None


def months_of(label: str) -> Months | None:
    """Return the months that a name is, ``None`` where it says more or something else."""
    label = fold(label.strip())
    if label.startswith(_YEAR[0]) and _ADDED_UP.fullmatch(label, len(_YEAR[0])):
        return Months(None, *_YEAR[1:])
    date = next(iter(find_dates(label)), None)
    if date is None or date.start or date.kind not in _PARTS or not date.month or date.day:
        return None
    if not _ADDED_UP.fullmatch(label, date.end):
        return None
    return Months(date.year, date.month, date.end_month or date.month, date)


def within(one: Months, whole: Months) -> bool:
    """Tell whether the months of one are some of another's."""
    return one.year in {None, whole.year} and whole.first <= one.first <= one.last <= whole.last


def parts_of(rows: Mapping[int, Months]) -> dict[int, list[int]]:
    """Return index → those of the months, else quarters, that make it up (一季度: 1月 to 3月)."""
    return {
        i: parts
        for i, whole in rows.items()
        if whole.last > whole.first and (parts := _cover(rows, whole))
    }


def _cover(rows: Mapping[int, Months], whole: Months) -> list[int]:
    inside = [(i, m) for i, m in rows.items() if m.year == whole.year and within(m, whole)]
    for length in (1, 3):
        parts = [(i, m) for i, m in inside if m.last - m.first == length - 1]
        firsts = sorted(m.first for _, m in parts)
        if length <= whole.last - whole.first and firsts == _firsts(whole, length):
            return [i for i, _ in parts]
    return []


def _firsts(whole: Months, length: int) -> Sequence[int]:
    return list(range(whole.first, whole.last + 1, length))
