"""What a batch leaves in its folder: documents, report, risk sheet, archive."""

import io
import json
import re
import zipfile

import openpyxl
import pytest

from drafter.batch import (
    BadRow,
    BatchReport,
    RunOptions,
    Unit,
    UnitReport,
    UnitResult,
    UnitsTable,
    build_archive,
    run_batch,
)
from drafter.batch.risk import COLUMNS, write_risk
from drafter.domain import Finding, Notice, Usage

ATTACK = '=HYPERLINK("http://x","点")'
LABELS = {
    "placeholder": "confirm", "invented_number": "block", "altered_number": "block",
    "leaked_from_sample": "block", "stale_formulation": "hint", "numbering": "hint",
}  # fmt: skip


def draft(unit):
    if unit.material == "坏":
        raise ValueError(unit.material)
    findings = tuple(Finding(0, 1, "x", label, level, "") for label, level in LABELS.items())
    text = f"{unit.material}。全镇上下齐心协力把各项工作任务落到实处见到成效"
    usage = Usage(100, 50, 0, 3, 1.5)
    return UnitResult(b"docx", text, unit.name, findings, usage, "m", ("F1", "F2"), ("已改由组稿",))


@pytest.fixture
def folder(tmp_path):
    units = (
        Unit("甲镇", "走访群众", row=2), Unit(ATTACK, "办结事项", row=3), Unit("丙镇", "坏", row=4),
        Unit("../丁/镇", "开展学习", row=5),
    )  # fmt: skip
    bad = (BadRow(6, "", "第 6 行没有写单位"),)
    run_batch(UnitsTable(units, bad, (Notice("x", "重名提示"),)), tmp_path, draft_unit=draft)
    return tmp_path


def sheet_of(folder, name):
    return openpyxl.load_workbook(folder / "risk.xlsx")[name]


def cells(folder, row):
    sheet = sheet_of(folder, "风险表")
    return {column.heading: sheet.cell(row, n) for n, column in enumerate(COLUMNS, 1)}


def test_the_report_has_exactly_the_names_of_the_contract_and_every_row_once(folder):
    units = json.loads((folder / "report.json").read_text(encoding="utf-8"))["units"]
    names = {
        "unit",
        "status",
        "file",
        "error",
        "findings",
        "nearest_unit",
        "overlap_share",
        "usage",
    }
    assert all(names <= set(unit) for unit in units)
    assert [unit["status"] for unit in units] == ["done", "done", "failed", "done", "failed"]
    assert units[4]["error"] == "第 6 行没有写单位"


def test_files_have_safe_distinct_names_inside_the_folder(folder):
    files = {path.name for path in folder.glob("*.docx")}
    assert files == {"甲镇.docx", "=HYPERLINK(_http___x_,_点_).docx", "_丁_镇.docx"}


def test_names_that_become_the_same_when_made_safe_stay_distinct(tmp_path):
    units = [
        Unit(name, "x") for name in ("a/镇", "b/镇", "镇", "镇 ", "report", "长" * 200, "长" * 201)
    ]
    report = run_batch(units, tmp_path, draft_unit=draft)
    files = [unit.file for unit in report.units]
    assert len(set(files)) == len(units)
    assert all(len(name) <= 100 and (tmp_path / name).is_file() for name in files)


def test_the_risk_sheet_counts_what_a_person_must_look_at(folder):
    row = cells(folder, 2)
    shown = {heading: cell.value for heading, cell in row.items()}
    assert shown["单位"] == "甲镇"
    assert (shown["须改"], shown["须核"]) == (3, 1)
    assert (shown["待补缺口"], shown["无依据数字"], shown["样本泄露"]) == (1, 2, 1)
    assert (shown["过时提法"], shown["其他问题"], shown["未用事实"]) == (1, 1, 2)
    assert shown["雷同占比"] > 0.5
    assert "齐心协力" in shown["最长雷同文字"]
    assert (shown["模型调用"], shown["用量（词元）"]) == (3, 150)
    assert row["无依据数字"].fill.start_color.rgb.endswith("F8CBAD")
    assert row["雷同占比"].number_format == "0.0%"


def test_the_risk_sheet_can_be_read_and_filtered(folder):
    sheet = sheet_of(folder, "风险表")
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert all(
        re.search("[\u4e00-\u9fff]", sheet.cell(1, n + 1).value) for n in range(len(COLUMNS))
    )
    assert sheet.column_dimensions["B"].width >= 20


def test_no_text_of_a_unit_ever_becomes_a_formula(folder):
    cell = cells(folder, 3)["单位"]
    assert cell.value == ATTACK
    assert cell.data_type == "s"
    with zipfile.ZipFile(folder / "risk.xlsx") as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f>" in part for part in parts)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a\0\ud800b", "长" * 40_000]
)
def test_any_text_can_stand_in_the_sheet(text):
    report = BatchReport((UnitReport(text, "failed", error=text, nearest_unit=text),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_risk(report)))["错误清单"]
    assert sheet["B2"].data_type == "s"


def test_the_error_list_holds_failures_bad_rows_and_notices(folder):
    rows = list(sheet_of(folder, "错误清单").iter_rows(min_row=2, values_only=True))
    assert rows[0][:3] == (4, "丙镇", "失败")
    assert "ValueError" in rows[0][3]
    assert rows[1] == (6, "第 6 行", "失败", "第 6 行没有写单位")
    assert rows[2][3] == "重名提示"
    assert rows[3][1:] == ("甲镇", "提示", "已改由组稿")


def test_the_archive_holds_finished_units_and_an_error_list(folder):
    report = BatchReport((
        UnitReport("甲镇", "done", file="甲镇.docx", row=2),
        UnitReport("丙镇", "failed", error="没有事实", row=4),
        UnitReport("戊镇", "skipped", error="已取消", row=5),
        UnitReport("外", "done", file="../outside.docx", row=6),
    ))  # fmt: skip
    (folder.parent / "outside.docx").write_bytes(b"x")
    data = build_archive(folder, report)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["甲镇.docx", "risk.xlsx", "report.json", "错误清单.txt"]
        errors = archive.read("错误清单.txt").decode("utf-8-sig").splitlines()
    assert errors == ["第 4 行　丙镇　失败：没有事实", "第 5 行　戊镇　未起草：已取消"]
    assert build_archive(folder, report) == data


def test_member_names_of_the_archive_are_short_and_distinct(tmp_path):
    names = ["长" * 95 + ".docx", "a.docx", "A（2）.docx"]
    for name in names:
        (tmp_path / name[:80]).write_bytes(b"x")
    report = BatchReport(tuple(UnitReport(n[:80], "done", file=n[:80]) for n in names))
    with zipfile.ZipFile(io.BytesIO(build_archive(tmp_path, report))) as archive:
        members = archive.namelist()
    assert len(members) == len({member.lower() for member in members}) == 3
    assert all(len(member) <= 100 for member in members)


def test_open_slots_are_counted_and_make_no_two_units_alike(tmp_path):
    slot = "【待补：“组织领导”的素材（人员、做法、时间、数量和结果），请党政办提供】"

    def open_draft(unit):
        return UnitResult(b"docx", f"{unit.name}\n一、组织\n{slot}\n二、成效\n{slot}", unit.name)

    units = (Unit("甲镇", "x", row=2), Unit("乙镇", "y", row=3))
    options = RunOptions(allow=("一、组织", "二、成效"))
    run_batch(UnitsTable(units), tmp_path, draft_unit=open_draft, options=options)
    for row in (2, 3):
        assert cells(tmp_path, row)["待补缺口"].value == 2
        assert cells(tmp_path, row)["雷同占比"].value == 0


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        (UnitReport("第 6 行", "failed", error="第 6 行没有写单位", row=6), "第 6 行　没有写单位"),
        (UnitReport("丙镇", "failed", error="没有事实", row=4), "第 4 行　丙镇：没有事实"),
    ],
)
def test_a_trouble_names_row_and_unit_once(unit, line):
    assert unit.trouble == line
