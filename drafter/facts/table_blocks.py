"""A sheet on which several tables stand → one table each: one under another, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from drafter.domain import Table
from drafter.facts.table_cells import (
    Cells,
    at,
    filled,
    is_banner,
    is_number,
    is_statement_row,
    kind_of,
)
from drafter.facts.table_forms import is_form
from drafter.facts.units import split_measure

_FEWEST = 2  # columns of a table
_LONGEST_FORM = 60  # rows
_HIGHEST_HEADER = 6  # rows of title, remarks and header


def blocks(table: Table) -> list[Table]:
    """Return the tables of a sheet in reading order; the notices stay with the first."""
    found = [part for block in _stacked(table) for part in _side_by_side(block)]
    return [replace(part, notices=table.notices if i == 0 else ()) for i, part in enumerate(found)]


def _stacked(table: Table) -> list[Table]:
    """Return the tables that stand one under another, each with its own header.

    A new one begins behind an empty row or under a heading of its own where a header follows,
    where the first header comes again, or where a header stands below figures of a form.
    """
    rows = table.rows
    headers = [i for i in range(len(rows)) if _is_header(rows, i)]
    starts = [0]
    for i in headers:
        top = i - 1 if i and is_banner(rows[i - 1]) else i
        if top > starts[-1] and _begins(rows, starts[-1], (top, i), headers[0]):
            starts.append(top)
    ends = [*starts[1:], len(rows)]
    return [
        replace(table, rows=rows[start:end], first_row=table.first_row + start)
        for start, end in zip(starts, ends, strict=True)
    ]


def _begins(rows: Sequence[Cells], start: int, place: tuple[int, int], first: int) -> bool:
    """Tell whether a table begins at a header that stands below the table begun at ``start``.

    ``place`` is the row of the heading right over it, or its own, and its own; ``first`` that of
    the sheet's first header.
    """
    top, i = place
    above = [at for at in range(start, top) if filled(rows[at])]
    if len(above) <= _LONGEST_FORM and is_form(rows, above):
        return True
    headed = top < i and _names_a_column(rows[i])
    again = rows[i] == rows[first]
    return i > first and (not filled(rows[top - 1]) or headed or again)


def _is_header(rows: Sequence[Cells], i: int) -> bool:
    """Tell whether a row is one of several names with figures under it."""
    names = [name for name, _ in groupby(filled(rows[i]))]
    if i + 1 >= len(rows) or len(set(names)) < _FEWEST or is_statement_row(rows[i]):
        return False
    below = any(map(is_number, rows[i + 1]))
    return below and not any(map(is_number, names)) and len(names) == len(set(names))


def _names_a_column(row: Cells) -> bool:
    return any(kind_of(name) or split_measure(name)[1] for name in filled(row))


def _side_by_side(table: Table) -> Iterator[Table]:
    """Yield the tables that stand side by side, each with the cells of the others left blank.

    Cells keep their places, so that a fact names the cell it comes from.
    """
    starts = _starts_across(table.rows)
    starts = starts if len(starts) > 1 else _starts_behind_gaps(table.rows)
    ends = [*starts[1:], max(map(len, table.rows), default=0)]
    if len(starts) < _FEWEST:
        yield table
        return
    for start, end in zip(starts, ends, strict=True):
        yield replace(table, rows=tuple(_only(row, start, end) for row in table.rows))


def _only(row: Cells, start: int, end: int) -> Cells:
    return tuple(cell if start <= column < end else "" for column, cell in enumerate(row))


def _starts_across(rows: Sequence[Cells]) -> list[int]:
    """Return the columns in which tables begin: where the header's first name comes again."""
    for row in rows[:_HIGHEST_HEADER]:
        names = [at(row, column) for column in range(len(row))]
        first = next((column for column, name in enumerate(names) if name), len(names))
        again = [c for c, name in enumerate(names) if c >= first and name == names[first]]
        if len(again) > 1 and _begin_tables(rows, names, again):
            return again
    return [0]


def _starts_behind_gaps(rows: Sequence[Cells]) -> list[int]:
    """Return the columns in which tables begin behind an empty column: names, then figures."""
    width = max(map(len, rows), default=0)
    empty = [column for column in range(width) if not any(at(row, column) for row in rows)]
    starts = [0, *(column + 1 for column in empty if column + 1 not in empty)]
    ends = [*starts[1:], width]
    kept = [
        start
        for start, end in zip(starts, ends, strict=True)
        if end - start >= _FEWEST and _has_names(rows, start) and _has_figures(rows, start, end)
    ]
    return kept if len(kept) > 1 else [0]


def _has_names(rows: Sequence[Cells], column: int) -> bool:
    cells = [text for row in rows if (text := at(row, column))]
    return bool(cells) and not any(map(is_number, cells))


def _has_figures(rows: Sequence[Cells], start: int, end: int) -> bool:
    return any(is_number(at(row, column)) for row in rows for column in range(start, end))


def _begin_tables(rows: Sequence[Cells], names: Sequence[str], starts: Sequence[int]) -> bool:
    """Tell whether the equal names at ``starts`` name rows: of a known kind, or behind a gap."""
    if any(map(is_number, names)) or is_statement_row(tuple(names)):
        return False
    apart = all(b - a >= _FEWEST for a, b in zip(starts, [*starts[1:], len(names)], strict=True))
    gaps = all(not any(at(row, start - 1) for row in rows) for start in starts[1:])
    return apart and (gaps or kind_of(names[starts[0]]) in {"label", "number", "section"})
