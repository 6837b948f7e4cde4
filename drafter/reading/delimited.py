"""Text tables (.csv, .tsv) → one table; the separator and the encoding are found, not assumed."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from drafter.domain import Notice
from drafter.errors import UnreadableFile
from drafter.reading.limits import Limits
from drafter.reading.plain import decode
from drafter.reading.record import Cell, Content, Grid

_SEPARATORS = ",\t;|，；"
_SAMPLE_LINES = 50


def read_delimited(data: bytes, name: str, limits: Limits) -> Content:
    """Read a .csv or .tsv. Raises UnreadableFile where the encoding is not plausible."""
    decoded = decode(data)
    text = decoded.text.replace("\0", "")
    notices = list(decoded.notices)
    rows: list[tuple[Cell, ...]] = []
    for number, row in enumerate(_rows(text), 1):
        if number > limits.csv_rows:
            message = f"超过 {limits.csv_rows} 行，第 {number} 行起没有读取；请拆成几个文件"
            notices.append(Notice("rows_cut", message))
            break
        filled = any(cell.strip() for cell in row)
        rows.append(tuple(Cell(cell.strip()) for cell in row) if filled else ())
    while rows and not rows[-1]:
        rows.pop()
    grid = Grid(tuple(rows), PurePosixPath(name).stem)
    return Content((grid,), tuple(notices), decoded.encoding)


def _rows(text: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        return list(reader)
    except csv.Error as error:
        where = f"第 {reader.line_num} 行无法按表格读取（引号没有成对，或单元格过长）"
        raise UnreadableFile(f"{where}；请用 Excel 另存为 .xlsx") from error


def separator_of(text: str) -> str:
    """Return the separator that cuts the first lines into the most even number of columns."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip()][:_SAMPLE_LINES]
    if not lines:
        return ","

    def evenness(separator: str) -> tuple[float, int]:
        try:
            counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            return 0.0, 0
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)

    best = max(_SEPARATORS, key=evenness)
    return best if evenness(best)[0] > 0 else ","
