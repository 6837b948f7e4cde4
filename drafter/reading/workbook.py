"""Workbooks (.xlsx) → one table a sheet, as the sheet shows it; nothing is computed."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from drafter.domain import Notice
from drafter.errors import UnreadableFile
from drafter.reading.cells import cell_text
from drafter.reading.faults import BROKEN
from drafter.reading.limits import Limits
from drafter.reading.markup import Element, local
from drafter.reading.package import Package, external_kinds, launder, open_package, relations_name
from drafter.reading.record import Cell, Content, Grid

_KINDS = ("officeDocument", "worksheet", "chartsheet", "sharedStrings", "styles")
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGED = "表格结构损坏，无法读取；请用 Excel 或 WPS 打开并另存为 .xlsx"
_ReadOnly = Any  # the stubs of the streaming sheet lack its own methods
NO_RESULT = "【待补：公式没有计算结果】"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the sheet's markup says and the library in streaming mode does not."""

    merged: tuple[
        tuple[int, int, int, int], ...
    ] = ()  # first column, first row, last column, last row
    unresolved: frozenset[tuple[int, int]] = frozenset()  # (row, column) of formulas without result
    hidden: int = 0  # hidden rows and columns


@dataclass(slots=True)
class _Sheet:
    """The rows read of one sheet: ``rows[i]`` is row ``first_row + i``."""

    first_row: int = 0
    rows: list[list[str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    filled: int = 0
    cells: int = 0


def read_workbook(data: bytes, limits: Limits) -> Content:
    """Read a .xlsx. Raises UnreadableFile, HostileFile or TooLarge."""
    package = open_package(data, limits)
    main = package.main_part()
    if main.startswith("word/"):
        raise UnreadableFile("扩展名是 .xlsx，内容却是 Word 文档；请把扩展名改为 .docx 后再导入")
    book = _open(launder(package, _KINDS))
    parts = _sheet_parts(package, main)
    notices = _package_notices(package)
    grids: list[Grid] = []
    for sheet in book.worksheets:
        if len(grids) >= limits.sheets:
            message = f"工作表超过 {limits.sheets} 个，从“{sheet.title}”起没有读取；请拆成几个文件"
            notices.append(Notice("sheets_cut", message))
            break
        if sheet.sheet_state != "visible":
            message = f"工作表“{sheet.title}”是隐藏的，没有读取；需要时请取消隐藏后再导入"
            notices.append(Notice("hidden_sheet", message))
            continue
        grids += _grid(sheet, _facts(package, parts.get(sheet.title, "")), limits)
    return Content(tuple(grids), (*notices, *(n for grid in grids for n in grid.notices)))


def _open(data: bytes) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (*BROKEN, InvalidFileException, zipfile.BadZipFile) as error:
        raise UnreadableFile(_DAMAGED) from error


def _package_notices(package: Package) -> list[Notice]:
    kinds = external_kinds(package)
    if not kinds:
        return []
    return [Notice("external", f"文件含外部引用（{len(kinds)} 处），已忽略，没有访问")]


def _sheet_parts(package: Package, main: str) -> dict[str, str]:
    targets = {}
    for node in package.xml(relations_name(main)):
        targets[node.get("Id", "")] = node.get("Target", "")
    found = {}
    for node in package.xml(main).iter():
        if local(node) == "sheet":
            found[node.get("name", "")] = _resolve(package, targets.get(node.get(_LINK, ""), ""))
    return found


def _resolve(package: Package, target: str) -> str:
    tail = target.lstrip("/").removeprefix("../")
    return next((name for name in package.names if name.endswith(tail)), "") if tail else ""


def _facts(package: Package, part: str) -> _Facts:
    if not part:
        return _Facts()
    merged, unresolved, hidden = [], set(), 0
    for node in package.xml(part).iter():
        name = local(node)
        if name == "mergeCell":
            merged.append(_bounds(node.get("ref", "A1")))
        elif name == "c" and _is_unresolved(node):
            unresolved.add(coordinate_to_tuple(node.get("r", "A1")))
        elif name in {"row", "col"} and node.get("hidden") in {"1", "true"}:
            hidden += 1
    return _Facts(tuple(merged), frozenset(unresolved), hidden)


def _bounds(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    return left or 1, top or 1, right or left or 1, bottom or top or 1


def _is_unresolved(node: Element) -> bool:
    inner = {local(item): item for item in node}
    return "f" in inner and not getattr(inner.get("v"), "text", None) and "is" not in inner


def _grid(sheet: _ReadOnly, facts: _Facts, limits: Limits) -> list[Grid]:
    read = _read(sheet, facts, limits)
    if not read.rows:
        return []
    if facts.hidden:
        message = f"工作表“{sheet.title}”有隐藏的行或列，已一并读取，请核对"
        read.notices.append(Notice("hidden_rows", message))
    if facts.unresolved:
        message = _unresolved_message(sheet.title, facts.unresolved)
        read.notices.append(Notice("formula_without_value", message))
    rows = _merge(read, facts.merged)
    return [Grid(rows, sheet.title, read.first_row, tuple(read.notices))]


def _unresolved_message(title: str, places: Iterable[tuple[int, int]]) -> str:
    names = [f"{get_column_letter(column)}{row}" for row, column in sorted(places)[:10]]
    shown = "、".join(names)
    what = f"工作表“{title}”的 {shown} 是公式，文件里没有计算结果"
    return f"{what}；请用 Excel 或 WPS 打开、保存后再导入"


def _read(sheet: _ReadOnly, facts: _Facts, limits: Limits) -> _Sheet:
    read = _Sheet()
    sheet.reset_dimensions()
    try:
        _read_rows(read, sheet, facts, limits)
    except (*BROKEN, InvalidFileException, zipfile.BadZipFile) as error:
        raise UnreadableFile(_DAMAGED) from error
    return read


def _read_rows(read: _Sheet, sheet: _ReadOnly, facts: _Facts, limits: Limits) -> None:
    gap = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell, (number, column), facts) for column, cell in enumerate(row, 1)]
        if any(texts):
            if not _take(read, number, texts, gap, limits):
                message = (
                    f"工作表“{sheet.title}”第 {number} 行起超过行数上限，没有读取；请拆成几个文件"
                )
                read.notices.append(Notice("rows_cut", message))
                return
            gap = 0
            continue
        gap += 1
        if gap > limits.sheet_gap:
            _note_gap(read, sheet.title, number - gap)
            return


def _note_gap(read: _Sheet, title: str, last: int) -> None:
    message = f"工作表“{title}”第 {last} 行以下有大段空行，空行以后的内容没有读取；请核对"
    read.notices.append(Notice("far_cell", message))


def _text(cell: object, place: tuple[int, int], facts: _Facts) -> str:
    if place in facts.unresolved:
        return NO_RESULT
    value = getattr(cell, "value", None)
    return "" if value is None else cell_text(value, getattr(cell, "number_format", "General"))


def _take(read: _Sheet, number: int, texts: list[str], gap: int, limits: Limits) -> bool:
    """Add a row and the empty ones before it; False where the sheet is over its limits."""
    if read.filled >= limits.sheet_rows or read.cells >= limits.table_cells:
        return False
    if not read.rows:
        read.first_row, gap = number, 0
    if any(texts[limits.sheet_columns :]) and not _is_noted(read, "columns_cut"):
        message = f"第 {number} 行第 {limits.sheet_columns} 列以后的内容没有读取；请核对"
        read.notices.append(Notice("columns_cut", message))
    shown = texts[: limits.sheet_columns]
    while shown and not shown[-1]:
        shown.pop()
    read.rows += [[] for _ in range(gap)]
    read.rows.append(shown)
    read.filled += 1
    read.cells += len(shown)
    return True


def _is_noted(read: _Sheet, code: str) -> bool:
    return any(notice.code == code for notice in read.notices)


def _merge(
    read: _Sheet, merged: Sequence[tuple[int, int, int, int]]
) -> tuple[tuple[Cell, ...], ...]:
    """Fill merged cells and make all rows with content equally wide."""
    width = max(map(len, read.rows))
    rows = [[Cell(text) for text in row] + [Cell("")] * (width - len(row)) for row in read.rows]
    for left, top, right, bottom in merged:
        first = top - read.first_row
        if not 0 <= first < len(rows) or left > width:
            continue
        text = rows[first][left - 1].text
        for row in rows[first : bottom - read.first_row + 1]:
            for column in range(left - 1, min(right, width)):
                row[column] = Cell(text, repeated=column >= left)
    return tuple(tuple(row) if any(cell.text for cell in row) else () for row in rows)
