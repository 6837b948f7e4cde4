"""A units table (a header row with 单位 and 素材) → units; a bad row stops no other."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from drafter.batch.period import Period, read_period
from drafter.batch.record import BadRow, Unit, UnitsTable
from drafter.domain import Notice, Table
from drafter.errors import InputError
from drafter.reading import DEFAULT, Limits, ReadDocument, read_document
from drafter.resources import lexicon

_HEADER_ROWS = 20
_SPACE_OR_NOTE = re.compile(r"\s|[（(].*?[)）]|[*＊：:]")
_FILE_NAME = re.compile(
    r"[^\n\r]{1,250}\.(?:txt|md|docx?|wps|rtf|pdf|html?|xlsx?|et|csv|tsv)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"[;；、\n]")
_NUMBERS = frozenset({"序号", "编号", "No", "No."})
_WITHOUT_HEADER = "找不到表头：表格需有一行写明“单位”和“素材”两列；请补上表头后再导入"


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column holds which field, the row number of the first row below, and what is unread.

    ``unread`` are the headings that stand for no field, or for one that another column has.
    """

    columns: dict[str, int]
    first: int
    unread: tuple[str, ...] = ()


def read_units(path: str | os.PathLike[str], limits: Limits = DEFAULT) -> UnitsTable:
    """Read a table of units (.xlsx, .csv, a table in a .docx).

    A cell that names a file (or a folder) beside the table is read from there; any other text is
    the material itself. Raises InputError where the table cannot be read or has no header row.
    """
    document = read_document(path, limits)
    tables = [(table, header) for table in document.tables if (header := find_header(table))]
    if not tables:
        raise InputError(f"“{document.name}”：{_WITHOUT_HEADER}")
    reader = _RowReader(Path(path).resolve().parent, limits)
    for table, header in tables:
        reader.read(table, header)
    notices = (*document.notices, *reader.notices)
    return UnitsTable(tuple(reader.units), tuple(reader.bad_rows), notices)


def find_header(table: Table) -> _Header | None:
    """Return the header of a table if it has one among its first rows."""
    fields = dict(line.split("\t")[:2] for line in lexicon("batch", "columns.tsv"))
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = fields.get(_SPACE_OR_NOTE.sub("", cell).lower())
            if field and field not in columns:
                columns[field] = column
        if {"unit", "material"} <= columns.keys():
            others = [cell.strip() for at, cell in enumerate(row) if at not in columns.values()]
            unread = (name for name in others if name and name not in _NUMBERS)
            return _Header(columns, index + 1, tuple(unread))
    return None


class _RowReader:
    """Reads rows to units, keeping names distinct and files within the table's folder."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._rows_of: dict[str, int] = {}
        self.units: list[Unit] = []
        self.bad_rows: list[BadRow] = []
        self.notices: list[Notice] = []

    def read(self, table: Table, header: _Header) -> None:
        """Read all rows below a header."""
        if header.unread:
            named = "”“".join(header.unread)
            where = f"{table.name}：" if table.name else ""
            self.notices.append(Notice("unread_columns", f"{where}没有用到的列：“{named}”"))
        for index, row in enumerate(table.rows[header.first :], header.first + table.first_row):
            cells = {f: row[c].strip() for f, c in header.columns.items() if c < len(row)}
            if not any(cells.values()):
                continue
            try:
                self._add(self._unit(cells, index))
            except InputError as error:
                self.bad_rows.append(BadRow(index, cells.get("unit", ""), str(error)))

    def _add(self, unit: Unit) -> None:
        name, number = unit.name, 2
        while name in self._rows_of:
            name, number = f"{unit.name}（{number}）", number + 1
        if name != unit.name:
            first = self._rows_of[unit.name]
            what = f"第 {unit.row} 行的单位“{unit.name}”与第 {first} 行重名"
            self.notices.append(Notice("duplicate_unit", f"{what}，改称“{name}”分别起草"))
        self._rows_of[name] = unit.row
        self.units.append(replace(unit, name=name, variant=len(self.units)))

    def _unit(self, cells: dict[str, str], row: int) -> Unit:
        name = " ".join(cells.get("unit", "").split())
        if not name:
            raise InputError(f"第 {row} 行没有写单位；请补上单位名称")
        if not cells.get("material"):
            raise InputError(f"第 {row} 行“{name}”没有素材；请填写素材或素材文件名")
        material, documents = self._material(cells["material"], row)
        samples, sample_names = self._samples(cells.get("samples", ""), row)
        period = self._period(cells.get("period", ""), row)
        return Unit(
            name=name,
            unit=name,
            material=material,
            documents=documents,
            title=cells.get("title", ""),
            tasks=tuple(self._tasks(cells.get("tasks", ""), row)),
            year=period.year,
            period=period.text,
            samples=samples,
            sample_names=sample_names,
            last_year=self._text(cells.get("last_year", ""), row),
            addressee=cells.get("addressee", ""),
            row=row,
        )

    def _period(self, cell: str, row: int) -> Period:
        period = read_period(cell)
        if cell and period.year is None:
            what = f"第 {row} 行的报告期“{cell}”看不出是哪一年"
            advice = "起草时给了年份的按那一年写，没有给的留待补"
            self.notices.append(Notice("unclear_period", f"{what}，{advice}"))
        return period

    def _material(self, cell: str, row: int) -> tuple[str, tuple[ReadDocument, ...]]:
        documents = self._documents(cell, row)
        return ("", documents) if documents else (cell, ())

    def _samples(self, cell: str, row: int) -> tuple[tuple[ReadDocument, ...], tuple[str, ...]]:
        documents = self._documents(cell, row)
        if documents or not cell:
            return documents, ()
        return (), tuple(name.strip() for name in _SEPARATOR.split(cell) if name.strip())

    def _tasks(self, cell: str, row: int) -> Iterator[str]:
        for line in self._text(cell, row).splitlines():
            if line.strip():
                yield line.strip()

    def _text(self, cell: str, row: int) -> str:
        documents = self._documents(cell, row)
        return "\n".join(document.text for document in documents) if documents else cell

    def _documents(self, cell: str, row: int) -> tuple[ReadDocument, ...]:
        """Read the files that a cell names; none where it does not name any."""
        try:
            paths = [path for name in named_files(cell) for path in self._inside(name)]
            if not paths and (folder := self._named_folder(cell)):
                paths = _files_in(folder, cell)
            return tuple(read_document(path, self._limits) for path in paths)
        except InputError as error:
            raise InputError(f"第 {row} 行：{error}") from error

    def _inside(self, name: str) -> list[Path]:
        windows = PureWindowsPath(name)
        outside = windows.drive or windows.root or PurePosixPath(name).is_absolute()
        path = (self._folder / name.replace("\\", "/")).resolve()
        if outside or ".." in windows.parts or not path.is_relative_to(self._folder):
            raise InputError(f"“{name}”不在表格所在的文件夹内，没有读取；请把文件放到表格旁边")
        return [path]

    def _named_folder(self, cell: str) -> Path | None:
        if not cell or len(cell) > 100 or set(cell) & set("\n。，；\0"):
            return None
        path = self._folder / cell.replace("\\", "/")
        inside = path.is_dir() and path.resolve().is_relative_to(self._folder)
        if cell.endswith(("/", "\\")) and not inside:
            raise InputError(f"找不到文件夹“{cell}”；请放到表格旁边，或把里面的文件名写在格子里")
        return path if inside and path.resolve() != self._folder else None


def _files_in(folder: Path, name: str) -> list[Path]:
    found = sorted(p for p in folder.iterdir() if p.is_file() and p.name[0] not in ".~")
    if not found:
        raise InputError(f"文件夹“{name}”里没有文件；请放进素材，或改写格子")
    return found


def named_files(cell: str) -> Sequence[str]:
    """Return the file names that a cell consists of, none where it is (also) other text."""
    if _FILE_NAME.fullmatch(cell) and not _SEPARATOR.search(cell):
        return [cell]
    names = [name.strip() for name in _SEPARATOR.split(cell) if name.strip()]
    return names if all(_FILE_NAME.fullmatch(name) for name in names) else []
