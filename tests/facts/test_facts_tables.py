"""Tables of offices become readable statements with the cell they come from."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drafter.domain import Notice, Table
from drafter.facts import join_sheets, parse_facts, parse_tables


def sheet(*rows, name="改厕", first_row=1, notices=()):
    return parse_tables([Table("汇总.xlsx", name, tuple(map(tuple, rows)), first_row, notices)])


def said(*rows, **options):
    return [fact.text for fact in sheet(*rows, **options)]


def test_a_row_says_what_the_sheet_is_about_and_names_its_cell():
    found = sheet(
        ["村", "目标（户）", "完成（户）"],
        ["东河村", "120", "118"],
        ["西河村", "80", "80"],
        first_row=6,
    )
    assert [(f.text, f.source.place, f.source.file) for f in found] == [
        ("东河村：改厕，目标120户，完成118户", "工作表“改厕”B7", "汇总.xlsx"),
        ("西河村：改厕，目标80户，完成80户", "工作表“改厕”B8", "汇总.xlsx"),
    ]


def test_a_table_in_a_paper_is_named_by_its_number():
    found = sheet(["村", "改厕（户）"], ["东河村", "120"], name="表1")
    assert found.facts[0].source.place == "表1第2行"


def test_indicators_take_the_measure_of_their_row():
    assert said(
        ["序号", "指标", "单位", "目标", "完成", "完成率"],
        ["1", "固定资产投资", "亿元", "2.6", "2.73", "105%"],
        ["2", "粮食播种面积", "万亩", "1.85", "1.86", "1.005"],
        name="Sheet1",
    ) == [
        "固定资产投资：目标2.6亿元，完成2.73亿元，完成率105%",
        "粮食播种面积：目标1.85万亩，完成1.86万亩，完成率100.5%",
    ]


def test_a_village_by_indicator_table_takes_measures_from_its_headers():
    assert said(
        ["村名", "改厕户数（户）", "硬化道路（公里）", "备注"],
        ["东河村", "118", "2.3", ""],
        ["西河村", "80", "", "含旧改"],
        name="Sheet1",
    ) == ["东河村：改厕118户，硬化道路2.3公里", "西河村：改厕80户（含旧改）"]


def test_a_merged_header_of_two_rows_is_read_as_one():
    assert said(
        ["村", "改厕", "改厕", "道路", "道路"],
        ["村", "任务（户）", "完成（户）", "任务（公里）", "完成（公里）"],
        ["东河村", "120", "118", "3", "2.3"],
        name="表1",
    ) == ["东河村：改厕任务120户，改厕完成118户，道路任务3公里，道路完成2.3公里"]


def test_a_unit_line_above_the_header_holds_for_all_figures():
    found = sheet(
        ["2026年资金使用表"] * 3,
        ["单位：万元", "", ""],
        ["项目", "预算", "支出"],
        ["路灯", "30", "28.5"],
        name="资金",
    )
    assert [f.text for f in found] == ["路灯：预算30万元，支出28.5万元"]
    assert [s.text for s in found.not_understood] == ["2026年资金使用表", "单位：万元"]


def test_a_list_of_statements_keeps_office_and_heading():
    found = sheet(
        ["类别", "科室", "内容", "来源"],
        ["党建", "党建办", "中心组学习10次；干部夜校办了9期", "会议记录"],
        ["作风", "纪委", "查出作风问题64个，整改58个", "台账"],
        name="素材",
    )
    assert [(f.text, f.office, f.section_hint, f.source.place) for f in found] == [
        ("中心组学习10次", "党建办", "党建", "工作表“素材”C2（会议记录）"),
        ("干部夜校办了9期", "党建办", "党建", "工作表“素材”C2（会议记录）"),
        ("查出作风问题64个，整改58个", "纪委", "作风", "工作表“素材”C3（台账）"),
    ]
    assert found.tags == ("党建办", "纪委")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["中心组学习10次"], ["查出问题64个"]], ["中心组学习10次", "查出问题64个"]),
        ([["事实"], ["中心组学习10次"], ["查出问题64个"]], ["中心组学习10次", "查出问题64个"]),
        (
            [["固定资产投资", "2.73亿元"], ["招商引资", "1.35亿元"]],
            ["固定资产投资2.73亿元", "招商引资1.35亿元"],
        ),
        ([["工作内容", "数量", "单位"], ["开展培训", "4", "期"]], ["开展培训4期"]),
    ],
)
def test_simple_lists_are_read_as_they_stand(rows, expected):
    assert said(*rows, name="Sheet1") == expected


def test_prose_in_a_cell_says_whom_it_holds_for():
    found = sheet(
        ["村名", "工作情况", "备注"],
        ["东河村", "已建成文化广场一座，投入使用；清运垃圾40吨", ""],
        ["西河村", "硬化入户道路2.3公里，惠及农户80户", "照片另附"],
        name="Sheet1",
    )
    assert [f.text for f in found] == [
        "东河村：已建成文化广场一座，投入使用",
        "东河村：清运垃圾40吨",
        "西河村：硬化入户道路2.3公里，惠及农户80户",
    ]
    assert [s.text for s in found.not_understood] == ["照片另附"]


def test_one_column_is_read_like_pasted_lines():
    found = sheet(
        ["【党建办】"],
        ["学习10次"],
        [""],
        ["【纪委】通报3期；约谈9人次"],
        ["打算：建台账"],
        name="Sheet1",
    )
    assert [(f.text, f.office, f.source.place) for f in found] == [
        ("学习10次", "党建办", "工作表“Sheet1”A2"),
        ("通报3期", "纪委", "工作表“Sheet1”A4"),
        ("约谈9人次", "纪委", "工作表“Sheet1”A4"),
        ("打算：建台账", "纪委", "工作表“Sheet1”A5"),
    ]


def test_the_title_over_a_table_gives_unit_and_year():
    found = sheet(["云渡镇2026年改厕情况统计表"] * 2, ["村", "改厕（户）"], ["柳塘村", "120"])
    assert (found.unit, found.period, found.facts[0].period) == ("云渡镇", "2026年", "2026年")


def test_a_text_table_is_placed_by_its_line():
    table = Table("指标.csv", "指标", (("指标", "单位", "完成"), ("改厕", "户", "118")))
    assert [(f.text, f.source.place) for f in parse_tables([table])] == [
        ("改厕：完成118户", "第2行")
    ]


def test_a_row_of_one_text_is_a_heading_over_the_rows_below():
    found = sheet(
        ["村", "改厕（户）"],
        ["一、东片", "一、东片"],
        ["东河村", "120"],
        ["二、西片", "二、西片"],
        ["西河村", "80"],
        name="Sheet1",
    )
    assert [f.section_hint for f in found] == ["东片", "西片"]


@given(st.lists(st.integers(1, 900), min_size=2, max_size=6), st.integers(0, 3))
@settings(max_examples=80, deadline=None)
def test_a_total_is_the_sum_of_its_rows_or_is_shown(values, off):
    rows = [[f"{name}村", str(value)] for name, value in zip("东西南北中前", values, strict=False)]
    found = sheet(["村", "改厕（户）"], *rows, ["合计", str(sum(values) + off)], name="Sheet1")
    assert [n.code for n in found.notices] == (["total_wrong"] if off else [])
    for notice in found.notices:
        assert notice.suggestion == f"{sum(values)}户"
        assert notice.fact_ids == (f"F{len(values) + 1}",)


def test_subtotals_count_their_own_rows_and_the_total_all_rows():
    rows = [
        ["甲村", "10"],
        ["乙村", "20"],
        ["小计", "30"],
        ["丙村", "5"],
        ["丁村", "6"],
        ["小计", "11"],
    ]
    assert sheet(["村", "户数"], *rows, ["合计", "41"], name="Sheet1").notices == ()


def test_a_rate_in_a_table_is_recomputed_and_a_missing_column_asked_for_once():
    found = sheet(
        ["指标", "单位", "目标", "完成", "完成率"], ["招商引资", "亿元", "1.5", "1.35", "95%"]
    )
    assert [(n.code, n.suggestion) for n in found.notices] == [("rate_wrong", "90%")]
    rows = [["东河村", "120", "118"], ["西河村", "80", "60"], ["南河村", "50", "50"]]
    table = [["村", "目标（户）", "完成（户）"], *rows]
    (notice,) = sheet(*table).notices
    assert (notice.code, notice.fact_ids) == ("rate_missing", ("F1", "F2"))
    assert notice.suggestion == "F1 98.3%、F2 75%"
    joined = join_sheets([parse_facts("通报3期"), sheet(*table)])
    assert [(n.code, n.fact_ids) for n in joined.notices] == [("rate_missing", ("F2", "F3"))]


def test_a_formula_without_a_result_is_shown_and_not_read_as_nothing():
    found = sheet(["村", "改厕（户）"], ["东河村", "【待补：公式没有计算结果】"], ["西河村", "80"])
    assert [n.code for n in found.notices] == ["formula_no_value"]
    assert "B2" in found.notices[0].message
    assert "待补" in found.facts[0].text


def test_what_the_reader_noticed_is_passed_on():
    notice = Notice("rows_cut", "超过行数上限")
    assert notice in sheet(["改厕118户"], name="Sheet1", notices=(notice,)).notices


CELL = st.sampled_from(
    [
        "",
        "东河村",
        "120",
        "98.3%",
        "改厕",
        "完成（户）",
        "合计",
        "已建成文化广场一座，投入使用",
        "党建办",
        "-",
    ]
)


@given(st.lists(st.lists(CELL, max_size=4), max_size=6))
@example([[], ["东河村", "东河村"], ["已建成文化广场一座，投入使用"], ["东河村"]])
@settings(max_examples=200, deadline=None)
def test_every_figure_in_a_body_cell_is_in_a_fact_and_nothing_breaks(rows):
    found = sheet(*rows, name="Sheet1")
    kept = "".join(f.text for f in found) + "".join(s.text for s in found.not_understood)
    kept += "".join(found.tags) + "".join(f.section_hint for f in found)
    for row in rows[2:]:
        for cell in row:
            if cell in {"120", "已建成文化广场一座，投入使用", "98.3%"}:
                assert cell in kept
    assert [f.id for f in found] == [f"F{i}" for i in range(1, len(found) + 1)]


def test_rows_pasted_from_a_spreadsheet_are_a_table_within_the_notes():
    text = "【经发办】\n村\t改厕（户）\n柳塘村\t120\n枫坪村\t80\n合计\t210\n新开工项目3个"
    found = parse_facts(text)
    assert [(f.text, f.office, f.source.place) for f in found] == [
        ("柳塘村：改厕120户", "经发办", "第3行"),
        ("枫坪村：改厕80户", "经发办", "第4行"),
        ("合计：改厕210户", "经发办", "第5行"),
        ("新开工项目3个", "经发办", "第6行"),
    ]
    assert [(n.code, n.fact_ids, n.suggestion) for n in found.notices] == [
        ("total_wrong", ("F3",), "200户")
    ]
    assert found.facts[0].source.start == text.index("村\t")


def test_a_table_in_bars_is_read_and_its_rule_shown():
    found = parse_facts("| 指标 | 单位 | 完成 |\n|---|---|---|\n| 改厕 | 户 | 118 |")
    assert [f.text for f in found] == ["改厕：完成118户"]
    assert [s.text for s in found.not_understood] == ["|---|---|---|"]


def test_joining_keeps_what_only_the_table_showed_under_new_numbers():
    one = parse_facts("通报3期")
    two = sheet(["村", "改厕（户）"], ["甲村", "10"], ["乙村", "20"], ["合计", "31"])
    joined = join_sheets([one, two])
    assert [(n.code, n.fact_ids) for n in joined.notices] == [("total_wrong", ("F4",))]
