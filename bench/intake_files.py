"""The cases of ``bench.intake`` as files: .xlsx and .docx with merged cells, .csv, .txt.

A sheet's cells: ``=SUM(B3:B5)`` a formula without a stored value, ``@2026-03-12`` a day, ``%0.787``
a share shown in per cent, ``'118`` a number kept as text; ``>> name !5 !D`` hides row 5 and column
D. ``csv-gb`` is in GB18030, ``csv-bom`` in UTF-8 with a mark; ``H1`` opens a heading in a paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

_ENCODINGS = {"": "utf-8", "gb": "gb18030", "bom": "utf-8-sig"}
_PARAGRAPH = re.compile(r"(?:P|H(?P<level>[1-6])) (?P<text>.*)")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_Put = Callable[[int, int, int | float | str], object]
_Merge = Callable[[int, int, int, int], object]


@dataclass(slots=True)
class Case:
    """One piece of material, and what a careful clerk expects of it."""

    name: str
    kind: str
    unit: str
    period: str
    lines: list[str] = field(default_factory=list)
    wanted: list[list[str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_cases(path: Path) -> Iterator[Case]:
    """Yield a file's cases: ``#! name | kind | unit | period``, the material, ``==``, facts."""
    for block in re.split(r"^#! ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        name, kind, unit, period = (part.strip() for part in head.split("|"))
        case = Case(name, kind, unit, period)
        material, _, expected = rest.partition("\n==\n")
        case.lines = material.split("\n")
        for line in filter(None, expected.split("\n")):
            if line.startswith("!! "):
                case.notices.append(line[3:].strip())
            else:
                case.wanted.append([part.strip() for part in line.split(" ; ")])
        yield case


def write_file(case: Case, folder: Path) -> Path:
    """Write a case's material as the file that an office would send."""
    kind, _, encoding = case.kind.partition("-")
    ending = kind if kind in {"xlsx", "docx", "csv"} else "txt"
    path = folder / f"材料.{ending}"
    if ending == "xlsx":
        _workbook(case.lines, path)
    elif ending == "docx":
        _paper(case.lines, path)
    else:
        kept = (line for line in case.lines if not line.startswith(">> "))
        path.write_text("\n".join(kept), encoding=_ENCODINGS[encoding])
    return path


def _grid(lines: list[str]) -> list[list[str]]:
    return [[] if line == "--" else [c.strip() for c in line.split("|")] for line in lines]


def _fill(rows: list[list[str]], put: _Put, merge: _Merge) -> None:
    """Put cells in their places; "<" joins the one on the left, "^" the one above."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in {"<", "^", ""}:
                continue
            right, bottom = left, top
            while row[right + 1 : right + 2] == ["<"]:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left : left + 1] == ["^"]:
                bottom += 1
            number = _NUMBER.fullmatch(text)
            put(top, left, (float(text) if "." in text else int(text)) if number else text)
            if (right, bottom) != (left, top):
                merge(top, left, bottom, right)


def _workbook(lines: list[str], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for part in re.split(r"^>> ", "\n".join(lines), flags=re.MULTILINE)[1:]:
        head, _, cells = part.partition("\n")
        name, *hidden = head.split(" !")
        sheet = book.create_sheet(name)
        _fill_sheet(sheet, _grid(cells.rstrip("\n").split("\n")))
        for place in hidden:
            line = sheet.row_dimensions[int(place)] if place.isdigit() else None
            (line or sheet.column_dimensions[place]).hidden = True
    book.save(path)


def _fill_sheet(sheet: Any, grid: list[list[str]]) -> None:
    def put(row: int, column: int, value: int | float | str) -> None:
        cell, mark = sheet.cell(row + 1, column + 1, value), str(value)[:1]
        if mark == "@":
            cell.value = date.fromisoformat(str(value)[1:])
            cell.number_format = "yyyy/m/d"
        elif mark == "'":
            cell.value = str(value)[1:]
        elif mark == "%" and value != "%":
            cell.value, cell.number_format = float(str(value)[1:]), "0.0%"

    def merge(top: int, left: int, bottom: int, right: int) -> None:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)

    _fill(grid, put, merge)


def _paper(lines: list[str], path: Path) -> None:
    from docx import Document

    paper = Document()
    rows: list[str] = []
    for line in [*lines, "P "]:
        paragraph = _PARAGRAPH.fullmatch(line)
        if not paragraph and not line.startswith(">> "):
            rows.append(line)
            continue
        if any(rows):
            grid = _grid([row for row in rows if row])
            _fill_table(paper.add_table(len(grid), max(map(len, grid))), grid)
        rows = []
        if paragraph and paragraph["text"]:
            style = f"Heading {paragraph['level']}" if paragraph["level"] else None
            paper.add_paragraph(paragraph["text"], style)
    paper.save(str(path))


def _fill_table(table: Any, grid: list[list[str]]) -> None:
    def put(row: int, column: int, value: int | float | str) -> None:
        table.cell(row, column).text = str(value)

    def merge(top: int, left: int, bottom: int, right: int) -> None:
        table.cell(top, left).merge(table.cell(bottom, right))

    _fill(grid, put, merge)
