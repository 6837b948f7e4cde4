"""What reading hands on: the document, and the blocks that every format is first brought into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafter.domain import Notice, Table


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as clean text and tables.

    ``text`` is what a person reads from top to bottom, a table row as one line ``A：B；C``.
    ``paragraphs`` are its non-empty lines outside tables, ``levels`` their outline levels (1 to 9,
    0 for body text), ``tables`` the tables with merged cells filled in. ``encoding`` is that of a
    text file, "" elsewhere; ``sha256`` is of the bytes handed in, in hex.
    """

    name: str
    text: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    encoding: str = ""
    notices: tuple[Notice, ...] = ()
    sha256: str = ""
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of an upload that was not read, and why (one Chinese line)."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """An upload of several files: what was read, what was not, and what to tell the clerk."""

    documents: tuple[ReadDocument, ...] = ()
    refused: tuple[Refused, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text; ``level`` is its outline level, 0 for body text."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``repeated`` where it is covered by the merged cell to its left."""

    text: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of cells; ``name`` is its caption or sheet name, ``first_row`` counts from 1."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    first_row: int = 1
    notices: tuple[Notice, ...] = ()


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of one file in reading order, before they are made into a document."""

    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    encoding: str = ""
    text: str | None = None  # where the text stands as it is, blank lines included


def row_line(row: Sequence[Cell]) -> str:
    """Return a table row as one line ``A：B；C``, without empty and repeated cells."""
    texts = [_one_line(cell.text) for cell in row if not cell.repeated]
    texts = [text for text in texts if text]
    if len(texts) < 2:
        return "".join(texts)
    return f"{texts[0]}：{'；'.join(text.rstrip('；') for text in texts[1:])}"


def _one_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    closed = [line if line[-1] in "。；，、：！？" else f"{line}；" for line in lines[:-1]]
    return "".join([*closed, *lines[-1:]])


def unbox(grid: Grid) -> tuple[Block, ...]:
    """Return a one-column table as the running text that it frames, any other as it is.

    Offices put whole documents into a table of one cell to draw a border.
    """
    filled = [[c.text for c in row if c.text and not c.repeated] for row in grid.rows]
    if any(len(row) > 1 for row in filled):
        return (grid,)
    return tuple(Line(line) for row in filled for text in row for line in text.splitlines())


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Return the reading view of the blocks, line by line."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines.extend(filter(None, (row_line(row) for row in block.rows)))
    return lines
