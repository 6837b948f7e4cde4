"""Tables that were pasted as text: which lines are rows, and their cells.

Excel leaves tabs, Markdown bars, a chat only spaces. Tabs and a bar at both ends make a row of one
line; every other sign must part several lines in a row into equally many cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from drafter.chinese.normalise import fold
from drafter.facts.table_cells import Cells, is_number, kind_of

_PIPED = re.compile(r"\|.*\|")
_GAP = re.compile(r"\s{2,}")
_MARKS = re.compile("[，。；：:]")
_FEWEST_ROWS, _FEWEST_CELLS, _FEWEST_FIGURES = 3, 3, 2
_Numbered = tuple[int, str]
_Stretch = list[tuple[int, Cells]]


def rows_in(lines: Sequence[_Numbered]) -> dict[int, Cells]:
    """Return line number → cells of the rows of tables; the rule under a header has none."""
    found = {number: cells for number, line in lines if (cells := _by_itself(line)) is not None}
    for part, is_table in _WAYS:
        rest = [(number, line) for number, line in lines if number not in found]
        for stretch in _stretches(rest, part):
            if is_table([cells for _, cells in stretch]):
                found.update(stretch)
    return found


def _by_itself(line: str) -> Cells | None:
    if "\t" in line:
        return tuple(cell.strip() for cell in line.split("\t"))
    return _by_bars(line) if _PIPED.fullmatch(fold(line).strip()) else None


def _by_bars(line: str) -> Cells:
    cells = tuple(cell.strip() for cell in line.replace("｜", "|").strip("| ").split("|"))
    return cells if any(cell.strip("-: ") for cell in cells) else ()


def _by_gaps(line: str) -> Cells:
    return tuple(_GAP.split(line.strip()))


def _by_spaces(line: str) -> Cells:
    return tuple(line.split())


def _by_commas(line: str) -> Cells:
    return tuple(cell.strip() for cell in line.replace("，", ",").split(","))


def _stretches(lines: Sequence[_Numbered], part: Callable[[str], Cells]) -> Iterator[_Stretch]:
    """Yield the runs of adjoining lines that have equally many cells, two at least."""
    parted = [(number, part(line)) for number, line in lines]
    run = parted[:1]
    for (before, cells), (number, following) in pairwise(parted):
        if number == before + 1 and len(following) == len(cells):
            run.append((number, following))
            continue
        if run and len(run[0][1]) > 1:
            yield run
        run = [(number, following)]
    if run and len(run[0][1]) > 1:
        yield run


def _has_bars(rows: Sequence[Cells]) -> bool:
    return len(rows) >= (_FEWEST_ROWS if len(rows[0]) == _FEWEST_CELLS - 1 else 2)


def _has_gaps(rows: Sequence[Cells]) -> bool:
    figures = sum(any(map(is_number, row)) for row in rows[1:])
    return len(rows) >= _FEWEST_ROWS and figures * 2 > len(rows) - 1 and _is_headed(rows)


def _has_figures(rows: Sequence[Cells]) -> bool:
    enough = len(rows) >= _FEWEST_ROWS and len(rows[0]) >= _FEWEST_CELLS
    known = sum(kind_of(fold(name)) is not None for name in rows[0]) > 1
    fewest = 1 if known else _FEWEST_FIGURES
    return enough and _is_headed(rows) and all(_figures(row) >= fewest for row in rows[1:])


def _is_headed(rows: Sequence[Cells]) -> bool:
    """Tell whether the first row names columns: no figures, no clauses."""
    return not any(is_number(cell) or _MARKS.search(cell) for cell in rows[0])


def _figures(row: Cells) -> int:
    return sum(map(is_number, row))


_WAYS: tuple[tuple[Callable[[str], Cells], Callable[[Sequence[Cells]], bool]], ...] = (
    (_by_bars, _has_bars),
    (_by_gaps, _has_gaps),
    (_by_spaces, _has_figures),
    (_by_commas, _has_figures),
)
