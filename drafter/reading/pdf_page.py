"""A PDF page → its lines, put together from the pieces that the page draws and where it draws them.

A page knows no words: it draws pieces of one font each. Typesetters leave a quarter of a character
between Chinese and digits, which is no space; marks from a second font may be drawn ahead of the
text that they stand in. So the pieces of a line are put in their order, and a space is kept where a
gap is a wide one. Where this does not give the very characters of the library's plain extraction,
that one is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from drafter.reading.faults import BROKEN
from drafter.reading.pdf_table import Ruled, find_tables, make_grid, rule_collector
from drafter.reading.record import Grid

_SAME_LINE = 0.5
"""Pieces whose baselines differ by less than this part of a character stand on one line."""
_WIDE_GAP = 0.5
"""A gap of more than this part of a character is a space."""
_CELL_GAP = 1.5
"""A gap of more characters than this lies between two cells of a table."""
_INDENT = 1.5
INDENT = "\u3000\u3000"
BETWEEN_CELLS = "  "


@dataclass(frozen=True, slots=True)
class Piece:
    """Text drawn in one go: where it begins and ends, and the height of a character."""

    x: float
    y: float
    end: float
    size: float
    text: str


def width(text: str) -> int:
    """Return the width of a text in half characters."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)


def page_lines(page: PageObject) -> list[str | Grid]:
    """Return the lines and ruled tables of a page, in the order in which the page draws them.

    A line that begins to the right of the page's left edge begins with INDENT; pieces that stand
    wide apart, as the cells of a table without rules, are parted by BETWEEN_CELLS.
    """
    rules, visit = rule_collector()
    text = page.extract_text(visitor_operand_before=visit)
    plain = [line.rstrip() for line in text.splitlines() if line.strip()]
    try:
        pieces = [piece for piece in _pieces(page) if piece.text.strip()]
    except (PyPdfError, ImportError, *BROKEN):
        return [*plain]
    if _characters(piece.text for piece in pieces) != _characters(plain):
        return [*plain]
    return _composed(pieces, find_tables(rules))


def _composed(pieces: Sequence[Piece], tables: Sequence[Ruled]) -> list[str | Grid]:
    """Return lines and tables, a table where the first of its pieces is drawn."""
    inside: dict[int, list[Piece]] = {}
    runs: list[list[Piece] | int] = []
    for piece in pieces:
        at = next((i for i, table in enumerate(tables) if table.holds(*_middle(piece))), -1)
        if at >= 0:
            if at not in inside:
                runs.append(at)
            inside.setdefault(at, []).append(piece)
        elif runs and isinstance(runs[-1], list):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    edge = min((p.x for run in runs if isinstance(run, list) for p in run), default=0.0)
    found: list[str | Grid] = []
    for run in runs:
        if isinstance(run, list):
            found += join_pieces(run, edge)
        else:
            found.append(_grid(tables[run], inside[run]))
    return found


def _grid(table: Ruled, pieces: Sequence[Piece]) -> Grid:
    cells: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        cells.setdefault(table.place(*_middle(piece)), []).append(piece)
    return make_grid(
        table, {at: [line.strip() for line in join_pieces(cell)] for at, cell in cells.items()}
    )


def _middle(piece: Piece) -> tuple[float, float]:
    return (piece.x + piece.end) / 2, piece.y + piece.size / 3


def _characters(lines: Iterable[str]) -> Counter[str]:
    return Counter(char for line in lines for char in line if not char.isspace())


def _pieces(page: PageObject) -> list[Piece]:
    """Return what a page draws and where. Raises ImportError where the library offers no way.

    The library's only source of widths is internal to its layout mode.
    """
    from pypdf._text_extraction._layout_mode import (  # noqa: PLC0415 - may be missing
        _fixed_width_page as layout,
    )

    contents: Any = page.get("/Contents")
    if contents is None:
        return []
    fonts = page._layout_mode_fonts()
    state = layout.TextStateManager()
    shown: list[Any] = []
    operations = iter(ContentStream(contents.get_object(), page.pdf, "bytes").operations)
    for operands, operator in operations:
        if operator in (b"BT", b"q"):
            end = b"ET" if operator == b"BT" else b"Q"
            shown += layout.recurse_to_target_op(operations, state, end, fonts)[1]
        elif operator == b"Tf":
            layout.set_font_operation(state, fonts, operands)
        else:
            state.set_state_param(operator, operands)
    return [Piece(t.tx, t.ty, t.displaced_tx, max(t.font_height, 1.0), t.text) for t in shown]


def join_pieces(pieces: Sequence[Piece], edge: float | None = None) -> Iterator[str]:
    """Yield the lines that pieces, in the order they are drawn in, make up.

    ``edge`` is the left one of the text, that of these pieces where it is not given.
    """
    lines: list[list[Piece]] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        last = lines[-1][-1] if lines else None
        if last and abs(piece.y - last.y) <= _SAME_LINE * min(piece.size, last.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    if edge is None:
        edge = min((piece.x for line in lines for piece in line), default=0.0)
    for line in lines:
        yield _line(sorted(line, key=lambda piece: piece.x), edge)


def _line(pieces: Sequence[Piece], edge: float) -> str:
    first = pieces[0]
    text, end = "", first.x
    for piece in pieces:
        gap = (piece.x - end) / piece.size
        space = BETWEEN_CELLS if gap > _CELL_GAP else " " if gap > _WIDE_GAP else ""
        text += (space if text else "") + piece.text.strip("\r\n")
        end = max(end, piece.end)
    indented = first.x - edge > _INDENT * first.size
    return (INDENT if indented else "") + text.strip()
