"""Tables of the text: how wide their columns are, which of them need a page across."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.exporting.grid import SUBSTITUTED, edges, wrap

Rows = Sequence[Sequence[str]]

CELL = 240  # twips, a character of 12 pt
PADDING = 216  # twips left and right of a cell's text
LINE, SPACE = 330, 100  # twips: a line of a cell, a row's space above and below
LEAST = 6.0  # characters that a column must be able to show on one line
ROOMY = 0.3  # characters that a cell has over, against rounding
TALLEST = 12  # lines of a row that is kept on one page whole


def column_widths(rows: Rows, whole: int) -> list[int]:
    """Return the widths of columns in twips; they sum to ``whole``.

    Each column has what its longest cell needs; where that is more than there is, the widest
    columns give way first, so that short ones stay on one line.
    """
    needs = [_twips(longest + ROOMY) for longest in _longest(rows)]
    if sum(needs) <= whole:
        shares = [whole * need / sum(needs) for need in needs]
    else:
        most = _level(needs, whole)
        shares = [min(need, most) for need in needs]
    widths = [int(share) for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _twips(characters: float) -> float:
    return characters * CELL + PADDING


def _longest(rows: Rows) -> list[float]:
    """Return the width of each column's longest cell in characters, as wide as any font has it."""
    return [max(edges(row[i], SUBSTITUTED)[-1] for row in rows) for i in range(len(rows[0]))]


def _level(needs: Sequence[float], whole: float) -> float:
    """Return the width that the widest columns share, when each other one has what it needs."""
    left = whole
    for done, need in enumerate(sorted(needs)):
        level = left / (len(needs) - done)
        if need >= level:
            return level
        left -= need
    return left


def is_wide(rows: Rows, whole: int) -> bool:
    """Tell whether a page's width leaves some column too narrow for a word of six characters."""
    return sum(_twips(min(longest, LEAST)) for longest in _longest(rows)) > whole


def row_lines(rows: Rows, whole: int) -> list[int]:
    """Return how many lines each row takes in a table as wide as ``whole`` twips."""
    widths = column_widths(rows, whole)
    return [_lines(cells, widths) for cells in rows]


def is_tall(cells: Sequence[str], widths: Sequence[int]) -> bool:
    """Tell whether a row is too tall to be kept on one page whole."""
    return _lines(cells, widths) > TALLEST


def fills_page(cells: Sequence[str], widths: Sequence[int], height: int) -> bool:
    """Tell whether a row leaves no room on a page of this height for one more line."""
    return (_lines(cells, widths) + 1) * LINE + SPACE > height


def _lines(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Return the lines of the tallest cell, whose own line ends stand."""
    rooms = ((width - PADDING) / CELL for width in widths)
    return max(
        sum(len(wrap(line, room, room, SUBSTITUTED)) for line in cell.split("\n"))
        for cell, room in zip(cells, rooms, strict=True)
    )
