"""The risk sheet of a batch: unit × what a person must look at, as an .xlsx."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from drafter.batch.record import BatchReport, UnitReport
from drafter.chinese.normalise import clean

_GAPS = frozenset({"placeholder"})
_UNSUPPORTED = frozenset({"invented_number", "altered_number", "wrong_unit"})
_NAMES = frozenset({"wrong_entity", "invented_title"})
_LEAKS = frozenset({"leaked_from_sample"})
_STALE = frozenset({"stale_formulation"})
_COUNTED = _GAPS | _UNSUPPORTED | _NAMES | _LEAKS | _STALE
_STATUS = {"done": "完成", "failed": "失败", "skipped": "未起草"}
_ALIKE_BLOCK, _ALIKE_CONFIRM = 0.3, 0.1
_COLOURS = {"block": "F8CBAD", "confirm": "FFE699", "good": "E2EFDA"}
_HEADER_COLOUR = "D9E1F2"
_LONGEST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading, its width in characters, and a number format."""

    heading: str
    width: int
    number_format: str = "General"


COLUMNS = (
    Column("序号", 6), Column("单位", 22), Column("状态", 9), Column("须改", 7), Column("须核", 7),
    Column("待补缺口", 10), Column("无依据数字", 12), Column("名称存疑", 10),
    Column("样本泄露", 10),
    Column("过时提法", 10), Column("其他问题", 10), Column("最相似单位", 22),
    Column("雷同占比", 10, "0.0%"), Column("最长雷同文字", 40),
    Column("口径不一", 10), Column("字数", 9, "#,##0"),
    Column("未用事实", 10), Column("模型调用", 10), Column("用量（词元）", 13, "#,##0"),
    Column("用时（秒）", 11, "0.0"), Column("写作方式", 14), Column("文件", 30),
)  # fmt: skip
DIFFERENCE_COLUMNS = (
    Column("单位", 22), Column("本单位写法", 50), Column("其他单位写法", 50),
    Column("其他单位数", 12),
)  # fmt: skip
ERROR_COLUMNS = (
    Column("表格行号", 10), Column("单位", 22), Column("状态", 9), Column("原因和处理办法", 80),
)  # fmt: skip


def write_risk(report: BatchReport) -> bytes:
    """Return the sheet as .xlsx bytes: 风险表 by unit, 错误清单 of what has no draft."""
    book = Workbook()
    book.remove(book.worksheets[0])
    risk = book.create_sheet("风险表")
    differing = Counter(difference.unit for difference in report.differences)
    units = enumerate(report.units, 1)
    _fill(risk, COLUMNS, (risk_row(n, unit, differing[unit.unit]) for n, unit in units))
    errors = book.create_sheet("错误清单")
    _fill(errors, ERROR_COLUMNS, error_rows(report))
    if report.differences:
        _fill(book.create_sheet("口径不一"), DIFFERENCE_COLUMNS, difference_rows(report))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Row = Sequence[tuple[object, str]]
"""Values with a colour each ("" for none)."""


def risk_row(number: int, unit: UnitReport, differing: int = 0) -> Row:
    """Return one unit's row: (value, severity) by column."""
    labels = Counter(finding.label for finding in unit.findings)
    severities = Counter(finding.severity for finding in unit.findings)
    usage = unit.usage
    alike = _alike(unit.overlap_share)
    return (
        (number, ""),
        (unit.unit, _worst(unit, alike)),
        (_STATUS[unit.status], {"done": "good", "failed": "block"}.get(unit.status, "confirm")),
        _flag(severities["block"], "block"),
        _flag(severities["confirm"], "confirm"),
        _flag(unit.gaps + _sum(labels, _GAPS), "confirm"),
        _flag(_sum(labels, _UNSUPPORTED), "block"),
        _flag(_sum(labels, _NAMES), "block"),
        _flag(_sum(labels, _LEAKS), "block"),
        _flag(_sum(labels, _STALE), "confirm"),
        (sum(labels.values()) - _sum(labels, _COUNTED), ""),
        (unit.nearest_unit, alike),
        (unit.overlap_share if unit.nearest_unit else 0, alike),
        (unit.longest_overlap, ""),
        _flag(differing, "confirm"),
        (unit.characters, ""),
        _flag(unit.unused_facts, "confirm"),
        (usage.calls, ""),
        (usage.prompt_tokens + usage.completion_tokens, ""),
        (usage.seconds, ""),
        ("组稿（不用模型）" if unit.writer == "composer" else unit.writer, ""),
        (unit.file, ""),
    )


def error_rows(report: BatchReport) -> list[Row]:
    """Return the rows of 错误清单: units without a draft, and the run's notices."""
    rows: list[Row] = [
        ((unit.row, ""), (unit.unit, ""), (_STATUS[unit.status], "block"), (unit.error, ""))
        for unit in report.units
        if unit.status != "done"
    ]
    rows += [(("", ""), ("", ""), ("提示", ""), (notice, "")) for notice in report.notices]
    rows += [
        ((unit.row, ""), (unit.unit, ""), ("提示", ""), (notice, ""))
        for unit in report.units
        for notice in unit.notices
    ]
    return rows


def difference_rows(report: BatchReport) -> list[Row]:
    """Return the rows of 口径不一: what papers say differently of the level above."""
    return [
        ((one.unit, ""), (one.text, "confirm"), (one.other, ""), (one.count, ""))
        for one in report.differences
    ]


def _sum(labels: Counter[str], names: Iterable[str]) -> int:
    return sum(labels[name] for name in names)


def _flag(count: int, severity: str) -> tuple[int, str]:
    return count, severity if count else ""


def _alike(share: float) -> str:
    if share >= _ALIKE_BLOCK:
        return "block"
    return "confirm" if share >= _ALIKE_CONFIRM else ""


def _worst(unit: UnitReport, alike: str) -> str:
    found = {finding.severity for finding in unit.findings} | {alike}
    if unit.status != "done" or "block" in found:
        return "block"
    return "confirm" if "confirm" in found else "good"


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    fills = {name: PatternFill("solid", start_color=c) for name, c in _COLOURS.items()}
    wrap = Alignment(vertical="top", wrap_text=True)
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(1, index, column.heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color=_HEADER_COLOUR)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    for number, row in enumerate(rows, 2):
        for index, (value, colour) in enumerate(row, 1):
            inner = sheet.cell(number, index)
            put_safely(inner, value)
            inner.number_format = columns[index - 1].number_format
            inner.alignment = wrap
            if colour:
                inner.fill = fills[colour]
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def put_safely(cell: Cell | MergedCell, value: object) -> None:
    """Write a value so that no text, whatever it begins with, is ever taken for a formula."""
    if isinstance(value, (int, float)):
        cell.value = value
        return
    text = clean(str(value))[:_LONGEST_CELL]
    cell.value = text
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@\t"
