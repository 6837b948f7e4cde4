"""What papers say of the level above must be the same in all of them."""

import openpyxl
import pytest

from drafter.batch import Unit, UnitResult, run_batch
from drafter.batch.agreement import differences


def test_a_figure_of_the_county_that_differs_is_found_with_what_the_others_say():
    texts = {
        "甲镇": "全县共排查隐患1,280处，全镇整改58处。",
        "乙镇": "全县共排查隐患1280处，全镇整改60处。",
        "丙镇": "全县共排查隐患1380处，全镇整改61处。",
        "丁镇": "全县 共排查隐患1280处；县委安排任务6项。",
    }
    (found,) = differences(texts)
    assert (found.unit, found.text) == ("丙镇", "全县共排查隐患1380处")
    assert (found.other, found.count) == ("全县共排查隐患1,280处", 3)


def test_figures_of_the_township_itself_may_differ():
    assert differences({"甲镇": "全镇整改58处。", "乙镇": "全镇整改60处。"}) == ()


@pytest.mark.parametrize(
    "clause",
    [
        "在全县排名第{}位",
        "占全县的{}%",
        "全县排名第{}",
        "比全县平均高{}个百分点",
        "上报全县经验{}条",
    ],
)
def test_a_townships_place_in_the_county_may_differ(clause):
    texts = {"甲镇": clause.format(3) + "。", "乙镇": clause.format(5) + "。"}
    assert differences(texts) == ()


def test_the_moment_may_stand_before_the_county():
    texts = {"甲镇": "2025年全县整改3处。", "乙镇": "2025年全县整改5处。"}
    assert len(differences(texts)) == 2


def test_figures_that_may_be_the_same_are_no_difference():
    assert differences({"甲镇": "全县排查隐患1290处。", "乙镇": "全县排查隐患1200余处。"}) == ()


def test_without_a_majority_every_paper_is_listed():
    found = differences({"甲镇": "全市有镇12个。", "乙镇": "全市有镇13个。"})
    assert [(one.unit, one.other) for one in found] == [
        ("甲镇", "全市有镇13个"),
        ("乙镇", "全市有镇12个"),
    ]


def test_differences_are_in_the_report_and_in_the_risk_sheet(tmp_path):
    def draft(unit):
        return UnitResult(b"x", unit.material)

    materials = ["全县整改12项。", "全县整改12项。", "全县整改13项。"]
    units = [Unit(f"第{n}镇", text, row=n) for n, text in enumerate(materials, 2)]
    report = run_batch(units, tmp_path, draft_unit=draft)
    assert [one.unit for one in report.differences] == ["第4镇"]
    book = openpyxl.load_workbook(tmp_path / "risk.xlsx")
    rows = list(book["口径不一"].iter_rows(min_row=2, values_only=True))
    assert rows == [("第4镇", "全县整改13项", "全县整改12项", 2)]
    headings = [cell.value for cell in book["风险表"][1]]
    assert book["风险表"].cell(4, headings.index("口径不一") + 1).value == 1
