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
from pypdf._text_extraction._layout_mode import _fixed_width_page as layout
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from drafter.reading.faults import BROKEN

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


def page_lines(page: PageObject) -> list[str]:
    """Return the lines of a page, in the order in which the page draws them.

    A line that begins to the right of the page's left edge begins with INDENT; the cells of a
    table row stand BETWEEN_CELLS apart.
    """
    plain = [line.rstrip() for line in page.extract_text().splitlines() if line.strip()]
    try:
        lines = list(join_pieces(_pieces(page)))
    except (PyPdfError, *BROKEN):
        return plain
    return lines if _characters(lines) == _characters(plain) else plain


def _characters(lines: Iterable[str]) -> Counter[str]:
    return Counter(char for line in lines for char in line if not char.isspace())


def _pieces(page: PageObject) -> list[Piece]:
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


def join_pieces(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the lines that pieces, in the order they are drawn in, make up."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        last = lines[-1][-1] if lines else None
        if last and abs(piece.y - last.y) <= _SAME_LINE * min(piece.size, last.size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
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
