"""Tables as offices draw them: measures apart from numbers, forms, lists of problems, totals."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.quantities import find_figures
from drafter.domain import Notice, Table
from drafter.facts import join_sheets, parse_facts, parse_tables
from drafter.facts.units import carry_measures, measure_by_name, split_measure


def sheet(*rows, name="Sheet1", notices=()):
    return parse_tables([Table("汇总.xlsx", name, tuple(map(tuple, rows)), 1, notices)])


def said(*rows, **options):
    return [fact.text for fact in sheet(*rows, **options)]


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("改厕（户）：目标120，完成118", "改厕：目标120户，完成118户"),
        ("固定资产投资（亿元）：年度目标2.6亿元", "固定资产投资：年度目标2.6亿元"),
        ("城乡低保（户/人）312/547", "城乡低保312户547人"),
        ("签约率（%）：今年76.2，提高7.7", "签约率：今年76.2%，提高7.7个百分点"),
        ("在校学生（人）：去年2136，今年2068", "在校学生：去年2136人，今年2068人"),
        ("投入（万元）12.5，建成（个）3", "投入12.5万元，建成3个"),
        ("低保312户（含特困46户）", "低保312户（含特困46户）"),
        ("党员86名（女21名）", "党员86名（女21名）"),
        ("村（社区）12个", "村（社区）12个"),
    ],
)  # fmt: skip
def test_a_measure_in_brackets_goes_to_the_numbers_behind_it(written, carried):
    assert carry_measures(written) == carried
    assert parse_facts(written).facts[0].text == carried


@given(
    st.sampled_from(["户", "亩", "万元", "公里", "人次"]), st.integers(2, 9999), st.integers(2, 99)
)
@settings(max_examples=60, deadline=None)
def test_a_carried_measure_gives_the_figures_their_dimension(measure, whole, part):
    text = carry_measures(f"改造（{measure}）：目标{whole}，完成{part}")
    direct = find_figures(f"改造：目标{whole}{measure}，完成{part}{measure}")
    assert [(f.low, f.dimension) for f in find_figures(text)] == [
        (f.low, f.dimension) for f in direct
    ]


def test_a_line_of_several_measures_goes_by_the_columns_names():
    assert said(
        ["各村基本情况"] * 5,
        ["单位：户、人、亩、万元", "", "", "", ""],
        ["村别", "户数", "人口", "耕地", "集体经济收入"],
        ["河口村", "426", "1683", "1860", "36.5"],
        ["石岭村", "318", "1206", "1420", "8.9"],
    )[0] == "河口村：426户，人口1683人，耕地1860亩，集体经济收入36.5万元"  # fmt: skip


def test_one_measure_over_a_table_does_not_hold_for_what_is_counted():
    assert said(
        ["资金（单位：万元）"] * 3,
        ["村", "户数", "支出"],
        ["河口村", "36", "31.2"],
        ["石岭村", "12", "8.4"],
    ) == ["河口村：36户，支出31.2万元", "石岭村：12户，支出8.4万元"]


def test_what_is_told_of_a_sum_has_its_measure():
    rows = said(
        ["项目名称", "总投资（万元）", "年度计划投资", "截至10月底完成", "惠及（户）"],
        ["云水路", "2860", "1500", "1386", "120"],
        ["农贸市场", "460", "460", "460", "80"],
    )
    told = "总投资2860万元，年度计划投资1500万元，截至10月底完成1386万元，惠及120户"
    assert rows[0] == f"云水路：{told}"


def test_a_measure_in_the_first_of_two_header_rows_holds_below():
    assert said(
        ["村", "点位（处）", "点位（处）"], ["村", "排查", "整治"], ["河口村", "31", "28"]
    ) == ["河口村：点位排查31处，点位整治28处"]  # fmt: skip


def test_years_and_months_are_names_and_no_figures():
    assert said(["指标", "2025年", "2026年"], ["在校学生（人）", "2136", "2068"]) == [
        "在校学生：2025年2136人，2026年2068人"
    ]
    assert said(["月份", "招聘会（场）"], ["1月", "1"], ["2月", "2"])[0] == "1月：招聘会1场"


def test_shares_of_one_are_told_from_per_cent():
    rows = [["电工", "97.8%"], ["家政", "1"], ["育婴", "0.951"]]
    told = [text.partition("率")[2] for text in said(["班次", "合格率"], *rows)]
    assert told == ["97.8%", "100%", "95.1%"]
    assert said(["村", "增长率"], ["甲村", "1"], ["乙村", "12.5"])[0] == "甲村：增长率1%"


def test_a_sheets_name_is_said_of_places_only():
    rows = [["指标", "目标", "完成"], ["税收", "650", "623"]]
    assert said(*rows, name="经济") == ["税收：目标650，完成623"]
    assert said(["村", "目标", "完成"], ["河口村", "6", "5"], name="改厕")[0].startswith(
        "河口村：改厕，"
    )
    assert [f.office for f in sheet(*rows, name="财政所")] == ["财政所"]


def test_a_row_with_one_statement_is_a_fact_and_no_heading():
    found = sheet(
        ["事项", "完成情况", "责任科室"],
        ["就业", "城镇新增就业186人，转移就业430人", "社保中心"],
        ["打算：建日间照料中心2个", "", ""],
    )
    assert [(f.text, f.state) for f in found][-1] == ("打算：建日间照料中心2个", "planned")
    assert found.not_understood == ()


def test_a_form_with_merged_cells_says_each_thing_once_under_its_heading():
    prose = "农村宅基地审批86宗，拆旧复垦12.6亩；查处违法占地3宗"
    found = sheet(
        ["填报单位", "自然资源所", "填报人", "黄立"],
        ["一、主要工作", prose, prose, prose],
        ["二、存在问题", *["历史遗留图斑6个没有销号，卫片整改压力大"] * 3],
    )
    assert [(f.text, f.section_hint, f.state) for f in found] == [
        ("农村宅基地审批86宗，拆旧复垦12.6亩", "主要工作", "unknown"),
        ("查处违法占地3宗", "主要工作", "done"),
        ("历史遗留图斑6个没有销号，卫片整改压力大", "存在问题", "problem"),
    ]
    assert found.tags == ("自然资源所",)
    assert found.notices == ()


def test_a_list_of_problems_keeps_measure_and_date():
    found = sheet(
        ["问题描述", "责任单位", "整改措施", "整改时限", "完成情况"],
        ["污水管网破损", "规建办", "更换管网300米", "2026年11月", "已完成"],
    )
    assert [f.text for f in found] == [
        "污水管网破损：已完成（整改措施：更换管网300米；整改时限：2026年11月）"
    ]
    assert found.not_understood == ()


def test_dotted_days_in_a_column_of_times_are_dates():
    found = sheet(["班次", "时间", "人数"], ["育婴", "9.8-9.20", "41"], ["家政", "5月", "38"])
    assert found.facts[0].text == "育婴：9月8日-9月20日，41人"
    assert [f.dimension for f in found.facts[0].figures] == ["count:人"]


@pytest.mark.parametrize(
    "rows",
    [
        "甲组 10|乙组 20|合计 30|丙组 5|丁组 6|合计 11",
        "甲组 10|乙组 20|合计 30|丙组 5|丁组 6|合计 41",
        "东片 东片|甲村 10|乙村 20|小计 30|西片 西片|丙村 5|丁村 6|小计 11|总计 41",
        "党员 100|其中：女党员 30|群众 50|合计 150",
        "1月 10|2月 20|一季度合计 30",
        "改厕 10|合计 10",
    ],
)
def test_a_total_may_stand_for_its_block_or_for_all(rows):
    rows = [row.split() for row in rows.split("|")]
    assert [n.code for n in sheet(["名称", "数量"], *rows).notices] == []
    wrong = [*rows[:-1], [rows[-1][0], "77"]]
    shown = [n.code for n in sheet(["名称", "数量"], *wrong).notices]
    assert shown == ([] if len(rows) == 2 else ["total_wrong"])


def test_rows_in_different_measures_are_not_added_up():
    rows = [["改厕", "户", "10"], ["道路", "公里", "3"], ["合计", "", "99"]]
    assert sheet(["指标", "单位", "完成"], *rows).notices == ()


def test_a_table_whose_rows_are_topics_is_named_and_added_up():
    found = sheet(
        ["类别", "户数", "支出（万元）"], ["城市低保", "36", "31.2"], ["农村低保", "276", "182.6"],
        ["合计", "312", "213.9"], name="表1",
    )  # fmt: skip
    assert found.facts[0].text == "城市低保：36户，支出31.2万元"
    assert [(n.code, n.suggestion) for n in found.notices] == [("total_wrong", "213.8万元")]
    assert found.notices[0].message.startswith("表1第4行")


def test_a_formula_without_a_result_is_noticed_once():
    notice = Notice("formula_without_value", "工作表“Sheet1”的 B2 是公式，文件里没有计算结果")
    rows = [["村", "改厕（户）"], ["东河村", "【待补：公式没有计算结果】"], ["西河村", "80"]]
    assert sheet(*rows, notices=(notice,)).notices == (notice,)


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("整治点位（处）排查", ("整治点位排查", "处")),
        ("参保率%", ("参保率", "%")),
        ("总投资(单位：万元)", ("总投资", "万元")),
        ("村（社区）", ("村（社区）", "")),
    ],
)
def test_a_header_is_split_from_its_measure(name, split):
    assert split_measure(name) == split


@pytest.mark.parametrize(
    ("name", "given", "measure"),
    [
        ("改厕户数", (), "户"),
        ("场次数", (), "场次"),
        ("总数", (), ""),
        ("指数", (), ""),
        ("支出", ("万元",), "万元"),
        ("人数", ("万元",), "人"),
        ("耕地", ("万元",), ""),
    ],
)
def test_a_name_says_what_a_column_is_measured_in(name, given, measure):
    assert measure_by_name(name, given) == measure


def test_tables_that_stand_under_one_another_are_read_each_by_its_header():
    found = sheet(
        ["一、教育", "", ""],
        ["指标", "单位", "数值"],
        ["学校", "所", "9"],
        ["", "", ""],
        ["二、卫生", "", ""],
        ["指标", "单位", "数值"],
        ["床位", "张", "85"],
    )
    assert [(f.text, f.section_hint, f.source.place) for f in found] == [
        ("学校9所", "教育", "工作表“Sheet1”C3"),
        ("床位85张", "卫生", "工作表“Sheet1”C7"),
    ]


def test_a_sheet_named_by_a_period_holds_for_it():
    rows = (("村", "改厕（户）"), ("河口村", "20"), ("石岭村", "35"))
    halves = [Table("a.xlsx", name, rows) for name in ("上半年", "下半年")]
    halves[1] = Table("a.xlsx", "下半年", (rows[0], ("河口村", "25"), ("石岭村", "17")))
    found = parse_tables(halves, period="2026年")
    assert [f.period for f in found] == ["2026年上半年"] * 2 + ["2026年下半年"] * 2
    assert found.facts[0].text == "河口村：上半年，改厕20户"
    assert found.notices == ()


def test_a_caption_gives_a_table_its_measure_and_year():
    rows = (("村", "2025年", "2026年"), ("河口村", "32.1", "38.6"))
    found = parse_tables([Table("a.docx", "表1", rows, caption="云渡镇2026年收入表（单位：万元）")])
    assert found.facts[0].text == "河口村：收入，2025年32.1万元，2026年38.6万元"
    assert (found.unit, found.period) == ("云渡镇", "2026年")


def test_repeated_topics_before_the_names_are_sections_and_places_are_not():
    rows = [["党建", "发展党员", "16", "15"], ["党建", "整顿支部", "2", "2"]]
    first = sheet(["一级", "二级", "目标", "完成"], *rows).facts[0]
    assert (first.section_hint, first.text) == ("党建", "发展党员：目标16，完成15")
    rows = [["河口村", "改厕", "6", "5"], ["河口村", "修路", "3", "3"]]
    assert said(["村", "事项", "目标", "完成"], *rows)[1] == "河口村：修路，目标3，完成3"


def test_points_are_no_measure_of_the_thing_scored():
    assert said(["指标", "分值", "目标值", "自评得分"], ["固投（亿元）", "8", "2.5", "7.4"]) == [
        "固投：分值8分，目标值2.5亿元，自评得分7.4分"
    ]


def test_telephones_in_a_table_are_shown_and_no_facts():
    found = sheet(["姓名", "电话"], ["韦东", "13800001234"], ["蓝英", "13800005678"])
    assert len(found) == 0
    assert [s.text for s in found.not_understood] == ["韦东 13800001234", "蓝英 13800005678"]


def test_days_and_persons_come_with_the_name_of_their_column():
    rows = [["农贸市场", "2026年3月", "韦东", "860"], ["污水厂", "2026年6月", "蓝英", "1230"]]
    assert said(["项目", "开工时间", "责任人", "投资（万元）"], *rows)[0] == (
        "农贸市场：开工时间2026年3月，责任人韦东，投资860万元"
    )


def test_months_in_columns_keep_their_names_and_the_row_its_total():
    rows = [["信访件（件）", "12", "9", "22"], ["办结率", "1", "0.9333", ""]]
    found = sheet(["月份", "1月", "2月", "合计"], *rows)
    assert [f.text for f in found] == [
        "信访件：1月12件，2月9件，合计22件",
        "办结率：1月100%，2月93.33%",
    ]
    assert [n.code for n in found.notices] == ["sum_wrong"]


def test_a_row_of_measures_under_the_header_belongs_to_it():
    assert said(
        ["序号", "村（社区）", "人口数", "其中：脱贫户", "集体收入"],
        ["", "", "（人）", "（户）", "（万元）"],
        ["1", "龙口村", "1932", "86", "46.8"],
        ["2", "石门村", "1420", "62", "12.6"],
    )[0] == "龙口村：人口1932人，其中：脱贫户86户，集体收入46.8万元"  # fmt: skip


def test_a_sheets_name_may_give_the_measure():
    assert said(["村", "下达"], ["龙口村", "120"], name="资金（万元）") == ["龙口村：下达120万元"]


@pytest.mark.parametrize("header", ["2026计划", "2026完成", "完成%", "一季度"])
def test_a_header_with_digits_is_a_header(header):
    found = said(["指标", header, "备注说明"], ["生猪", "12", ""], ["肉牛", "8", ""])
    assert len(found) == 2
    assert header.rstrip("%") in found[0]


@pytest.mark.parametrize("cell", ["1:1.2", "↑1.2", "+3.5", "1.2万+", "312/547", "2138万千瓦时"])
def test_figures_of_every_shape_stand_under_their_headers(cell):
    assert said(["部门", "变化"], ["民政所", cell], ["财政所", cell])[0] == f"民政所：变化{cell}"


def test_a_problem_is_told_with_what_was_done_about_it():
    found = sheet(
        ["问题", "整改情况", "是否销号", "责任人"],
        ["环保督察：石门砂场扬尘污染未治理", "设备已更新，验收通过，群众满意", "是", "黄海"],
        ["审计：村级财务票据不规范11笔次", "补正9笔，2笔正在补，预计月底完成", "否", "韦东"],
    )
    assert found.facts[0].text.startswith("环保督察：石门砂场扬尘污染未治理，设备已更新")
    assert all("责任人" in f.text for f in found)
    assert len(found) == 2


def test_a_topic_is_said_where_the_names_alone_come_twice():
    rows = [["粮食", "面积", "42000"], ["粮食", "产量", "17600"], ["油料", "面积", "9000"]]
    assert said(["类别", "指标", "完成"], *rows)[2] == "油料：面积，完成9000"


def test_an_office_names_a_row_that_has_no_other_name():
    found = sheet(["部门", "得分"], ["民政办", "96.4"], ["规建办", "91.8"])
    assert (found.facts[0].text, found.facts[0].office) == ("民政办：得分96.4分", "民政办")


def test_columns_are_said_in_their_order_with_the_names_that_they_need():
    rows = [
        ["清溪水库", "2.4", "1.68", "2027.6"],
        ["标准厂房", "1.1", "1.1", "2026.10"],
    ]
    header = ["项目", "总投资（亿元）", "累计完成（亿元）", "计划竣工"]
    assert said(header, *rows)[0] == "清溪水库：总投资2.4亿元，累计完成1.68亿元，计划竣工2027.6"
    assert said(
        ["名称", "数量", "其中"], ["党总支", "7个", ""], ["党支部", "46个", "两新支部8个"]
    ) == [
        "党总支7个",
        "党支部46个，其中两新支部8个",
    ]


def test_what_was_done_is_told_from_the_task_beside_it():
    rows = [["培训", "300人次", "268人次"], ["修路", "20公里", "21公里"]]
    found = sheet(["实事", "目标任务", "完成情况"], *rows)
    assert found.facts[0].text == "培训：目标任务300人次，完成268人次"
    assert [n.code for n in found.notices] == ["rate_missing"]


def test_measures_of_something_each_are_measures():
    rows = [["水稻", "2.1", "520"], ["玉米", "0.8", "430"]]
    assert said(["作物", "面积", "单产"], ["", "万亩", "公斤/亩"], *rows)[0] == (
        "水稻：面积2.1万亩，单产520公斤/亩"
    )


def test_the_last_line_of_a_header_may_be_a_bare_measure():
    assert said(
        ["村", "低保", "低保"], ["村", "户", "人"], ["白沙", "46", "81"], ["七里", "38", "70"]
    )[0] == "白沙：低保46户，低保81人"  # fmt: skip


def test_a_column_of_plans_is_said_as_plans_beside_what_was_done():
    found = sheet(
        ["站所", "重点工作", "完成情况", "第四季度打算"],
        ["农技站", "推广良种1.2万亩；测土配方520份", "已完成，推广1.26万亩以上", "培训300人次"],
        ["水利站", "维修渠道5.6公里，改造泵站", "完成5.6公里，泵站已投入使用了", "编制2027年计划"],
    )  # fmt: skip
    assert [(f.text, f.section_hint, f.state) for f in found][2:] == [
        ("水利站：维修渠道5.6公里，改造泵站，完成5.6公里，泵站已投入使用了", "", "done"),
        ("水利站：编制2027年计划", "第四季度打算", "planned"),
    ]


def test_days_are_names_of_rows_and_no_figures():
    assert said(["日期", "用途", "金额（元）"], ["7.12", "抽水泵8台", "26400"]) == [
        "7月12日：抽水泵8台，26400元"
    ]


def test_a_column_of_measures_is_one_whatever_its_name():
    rows = [["编织袋", "条", "12000"], ["救生衣", "件", "150"]]
    assert said(["品名", "规格", "数量"], *rows) == ["编织袋12000条", "救生衣150件"]


def test_a_list_of_sheets_states_nothing():
    found = sheet(["序号", "表名"], ["1", "基本情况"], ["2", "项目"], name="目录")
    assert len(found) == 0
    assert [s.text for s in found.not_understood] == ["1 基本情况", "2 项目"]


def test_quarters_side_by_side_hold_for_no_single_one():
    found = sheet(["村", "1季度", "2季度", "全年"], ["龙口村", "120", "96", "216"])
    assert [f.period for f in found] == [""]


def test_cells_named_like_facts_keep_their_names_when_sheets_are_joined():
    notice = Notice("formula_without_value", "工作表“资金”的 F1、F2 是公式，文件里没有计算结果")
    rows = [["村", "改厕（户）"], ["东河村", "【待补：公式没有计算结果】"], ["西河村", "80"]]
    joined = join_sheets([parse_facts("通报3期"), sheet(*rows, notices=(notice,))])
    assert [n.message for n in joined.notices] == [notice.message]
