"""The wording calendar: formulations with the years in which they are the right ones.

Data: ``lexicons/wording_calendar.tsv`` (term, valid_from, valid_to, replaced_by, source). An office
extends it by lines of the same form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from drafter.errors import InputError
from drafter.resources import lexicon

_COLUMNS = 5
_DATE = re.compile(r"(\d{4})(?:-\d{2})?$")
_TRIGGER = re.compile(r"[\u4e00-\u9fff]{2,}")
_OPTIONAL = re.compile(r"\(\?<?[!=][^()]*\)|\((?:\?:)?[^()]*\)\??|\[[^\]]*\][?+*]?|.\?")


@dataclass(frozen=True, slots=True)
class Formulation:
    """A wording and its period. ``first`` and ``last`` are years, ``None`` where open."""

    term: str
    pattern: re.Pattern[str]
    trigger: str
    first: int | None
    last: int | None
    replaced_by: str
    source: str

    def verdict(self, year: int) -> str:
        """Return "late" where the wording is out of date in ``year``, "early" or ""."""
        if self.last is not None and year > self.last:
            return "late"
        return "early" if self.first is not None and year < self.first else ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A formulation met outside its years: offsets into the text, and why ("late", "early")."""

    start: int
    end: int
    formulation: Formulation
    why: str


def _year(cell: str, line: str) -> int | None:
    if not cell:
        return None
    match = _DATE.match(cell)
    if match is None:
        raise InputError(f"用语时效表的日期应写成2025或2025-03，这一行不是：{line}")
    return int(match[1])


def parse_formulation(line: str) -> Formulation:
    """Return the formulation of one line of the calendar.

    Columns missing on the right are empty. Raises InputError where a date or a pattern is none.
    """
    cells = [*(cell.strip() for cell in line.split("\t")), *[""] * _COLUMNS][:_COLUMNS]
    term = cells[0].removeprefix("re:")
    source = term if cells[0].startswith("re:") else re.escape(term)
    try:
        pattern = re.compile(source)
    except re.error as error:
        raise InputError(f"用语时效表的这一行不是有效的写法：{line}") from error
    literal = _OPTIONAL.sub(" ", _OPTIONAL.sub(" ", term)) if "|" not in _outside(term) else ""
    trigger = max(_TRIGGER.findall(literal), key=len, default="")
    first, last = _year(cells[1], line), _year(cells[2], line)
    return Formulation(term, pattern, trigger, first, last, cells[3], cells[4])


def _outside(term: str) -> str:
    """Return what stands outside all brackets, to see a choice at the top level."""
    flat, previous = term, ""
    while flat != previous:
        previous, flat = flat, re.sub(r"\([^()]*\)|\[[^\]]*\]", "", flat)
    return flat


@cache
def house_calendar() -> tuple[Formulation, ...]:
    """Return the calendar that comes with the program."""
    return tuple(parse_formulation(line) for line in lexicon("checking", "wording_calendar.tsv"))


def extend_calendar(lines: Iterable[str]) -> tuple[Formulation, ...]:
    """Return the house calendar with an office's own lines in front: an own term wins.

    Raises InputError as ``parse_formulation`` does.
    """
    own = tuple(
        parse_formulation(line) for line in lines if line.strip() and not line.startswith("#")
    )
    terms = {formulation.term for formulation in own}
    return (*own, *(f for f in house_calendar() if f.term not in terms))


def find_dated(
    text: str, year: int, calendar: tuple[Formulation, ...] | None = None
) -> list[Dated]:
    """Return the formulations of a text that are not of ``year``, longest first at a place.

    A wording that another entry of the calendar allows in that year at the same place is none.
    """
    found: list[Dated] = []
    allowed: list[tuple[int, int]] = []
    for formulation in house_calendar() if calendar is None else calendar:
        if formulation.trigger and formulation.trigger not in text:
            continue
        why = formulation.verdict(year)
        for match in formulation.pattern.finditer(text):
            if why:
                found.append(Dated(match.start(), match.end(), formulation, why))
            else:
                allowed.append(match.span())
    kept: list[Dated] = []
    for item in sorted(found, key=lambda d: (d.start - d.end, d.start)):
        inside = any(s <= item.start and item.end <= e for s, e in allowed)
        clash = any(k.start < item.end and item.start < k.end for k in kept)
        if not inside and not clash:
            kept.append(item)
    return sorted(kept, key=lambda d: d.start)
