"""Forms without a header, cells left blank where they were merged, captions over pasted rows."""

import pytest

from drafter.domain import Table
from drafter.facts import join_sheets, parse_facts, parse_tables
from drafter.facts.table_forms import answered, is_form, pairs_of

FORM = (
    ("村名", "高坎村", "村支书", "林国平"),
    ("总户数", "412", "人口", "1506人"),
    ("耕地面积", "1820亩", "主导产业", "茶叶、生姜"),
    ("集体收入", "18.5万元", "", ""),
)


def sheet(rows, **options):
    return parse_tables([Table("表.docx", "表1", tuple(map(tuple, rows)), **options)])


def test_a_form_is_read_in_pairs_under_the_name_it_is_about():
    assert [f.text for f in sheet(FORM)] == [
        "高坎村：村支书林国平",
        "高坎村：总户数412户，人口1506人",
        "高坎村：耕地面积1820亩，主导产业为茶叶、生姜",
        "高坎村：集体收入18.5万元",
    ]


def test_merged_cells_of_a_form_are_one_answer():
    assert pairs_of(("产业", "茶叶", "茶叶", "茶叶")) == [(1, "产业", "茶叶")]
    assert pairs_of(("产业", "茶叶", "面积")) == []


@pytest.mark.parametrize(
    "rows",
    [
        (("村", "户数"), ("高坎村", "412"), ("水磨村", "300")),
        (("物资", "数量"), ("沙袋", "400条"), ("手电", "30把")),
        (("村", "户数", "负责人", "完成率"), ("高坎村", "41户", "林国平", "98%")),
        (("姓名", "职务", "电话"), ("林国平", "网格长", "138")),
    ],
)
def test_a_table_with_a_header_is_no_form(rows):
    assert not is_form(rows, range(len(rows)))


def test_a_blank_topic_means_the_one_above_but_not_in_a_total():
    found = sheet(
        [
            ["类别", "指标", "数量"],
            ["种植", "水稻（亩）", "86"],
            ["", "油菜（亩）", "40"],
            ["养殖", "生猪（头）", "12"],
            ["合计", "", "9"],
        ]
    )
    assert [f.section_hint for f in found] == ["种植", "种植", "养殖", "合计"]


def test_a_blank_village_before_its_groups_means_the_one_above():
    rows = [["村", "组", "户数"], ["高坎村", "一组", "20"], ["", "二组", "31"], ["合计", "", "51"]]
    assert [f.text for f in sheet(rows)] == [
        "高坎村一组：20户",
        "高坎村二组：31户",
        "合计：51户",
    ]


def test_remarks_of_any_kind_above_the_header_are_shown_and_name_nothing():
    rows = [
        ["镇别：青杠镇", "", "填表人：周敏"],
        ["指标", "今年（亩）", "去年（亩）"],
        ["水稻", "86", "84"],
    ]
    found = sheet(rows)
    assert [f.text for f in found] == ["水稻：今年86亩，去年84亩"]
    assert [span.text for span in found.not_understood] == ["镇别：青杠镇 填表人：周敏"]


def test_a_part_has_the_measure_of_its_whole():
    rows = [["村", "务工（人）", "其中：省外"], ["高坎村", "76", "45"], ["水磨村", "61", "38"]]
    assert sheet(rows).facts[0].text == "高坎村：务工76人，其中：省外45人"


def test_a_line_over_pasted_rows_is_their_title_and_says_the_measure():
    found = parse_facts(
        "2026年1—3月用水量（单位：万吨）\n\t1月\t2月\t3月\n今年\t3.2\t3.5\t4\n上年同期\t3\t3.1\t3.6"
    )
    assert [f.text for f in found] == [
        "今年：用水量，1月3.2万吨，2月3.5万吨，3月4万吨",
        "上年同期：用水量，1月3万吨，2月3.1万吨，3月3.6万吨",
    ]


def test_a_statement_over_pasted_rows_stays_a_statement():
    found = parse_facts("全镇巡查36次\n村\t次数\n高坎村\t20\n水磨村\t16")
    assert found.facts[0].text == "全镇巡查36次"


def test_a_table_under_a_form_is_read_by_its_own_header():
    rows = [
        ("村名", "大湾村", "大湾村", "村书记", "郑有才"),
        ("总户数", "512", "512", "人口", "1876"),
        ("耕地面积（亩）", "2140", "2140", "有无卫生室", "无"),
        ("序号", "项目名称", "项目名称", "资金（万元）", "来源"),
        ("1", "大湾产业路", "大湾产业路", "86", "衔接资金"),
    ]
    assert [f.text for f in sheet(rows)] == [
        "大湾村：村书记郑有才",
        "大湾村：总户数512户，人口1876人",
        "大湾村：耕地面积2140亩，无卫生室",
        "大湾产业路：资金86万元，衔接资金",
    ]


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("是否办结", "是", "已办结"),
        ("通组路是否硬化", "否", "通组路未硬化"),
        ("有无幼儿园", "有", "有幼儿园"),
        ("是否有食堂", "无", "无食堂"),
        ("户数", "有", ""),
        ("文化广场有/无", "×", "无文化广场"),
        ("食堂（有无）", "√", "有食堂"),
        ("文化广场", "✔", "文化广场（是）"),
        ("文化广场", "×", "文化广场（否）"),
    ],
)
def test_an_answer_to_a_question_is_said_in_words(name, answer, said):
    assert answered(name, answer) == said


def test_notes_below_a_table_are_shown_and_state_nothing_unless_they_do():
    rows = [
        ("村名", "改厕（户）", "参保率"),
        ("大湾村", "12", "98%"),
        ("注：1.改厕为1—10月数；", "", ""),
        ("2.参保率由医保专干提供。", "", ""),
        ("3.石桥村改厕任务8户已于上年完成。", "", ""),
    ]
    read = sheet(rows)
    assert [f.text for f in read] == [
        "大湾村：改厕12户，参保率98%",
        "石桥村改厕任务8户已于上年完成",
    ]
    assert len(read.not_understood) == 2


def test_the_number_of_a_record_stands_in_its_source():
    rows = [
        ("诉求编号", "所属村", "用时(天)"),
        ("SX-0192", "大湾村", "2"),
        ("SX-0201", "罗村", "3"),
    ]
    assert [f.source.place[-9:] for f in sheet(rows)] == ["（SX-0192）", "（SX-0201）"]


def test_columns_without_a_measure_are_asked_for_once():
    rows = [
        ("村名", "改厕", "完成率", "投入（万元）"),
        ("大湾村", "12", "98%", "3"),
        ("罗村", "8", "9%", "2"),
    ]
    notices = [n for n in sheet(rows).notices if n.code == "measure_missing"]
    assert [(n.fact_ids, "“改厕”" in n.message) for n in notices] == [(("F1", "F2"), True)]


def test_a_heading_over_a_table_is_no_statement_of_its_own():
    text = parse_facts("一、就业\n二、养老")
    rows = (("指标", "数值"), ("新增就业（人）", "186"), ("再就业（人）", "46"))
    tables = parse_tables([Table("小结.docx", "表1", rows, heading="就业")])
    joined = join_sheets([text, tables])
    assert [(f.id, f.text) for f in joined][-2:] == [("F2", "新增就业186人"), ("F3", "再就业46人")]
    assert "就业" in [span.text for span in joined.not_understood]


def test_who_made_and_who_checked_a_sheet_is_shown_below_it():
    rows = [("村名", "改厕（户）"), ("大湾村", "12"), ("罗村", "8"), ("制表：周敏", "审核：吴刚")]
    read = sheet(rows)
    assert [f.text for f in read] == ["大湾村：改厕12户", "罗村：改厕8户"]
    assert [span.text for span in read.not_understood] == ["制表：周敏 审核：吴刚"]


@pytest.mark.parametrize("below", [[], [("注：数据由各村上报。",) * 3]])
def test_who_signed_a_sheet_and_when_may_stand_with_cells_between(below):
    rows = [("村名", "改厕（户）", "备注"), ("大湾村", "12", ""), ("罗村", "8", "")]
    signed = ("填表人：周敏", "", "2026年9月30日")
    read = sheet([*rows, signed, *below])
    assert [f.text for f in read] == ["大湾村：改厕12户", "罗村：改厕8户"]
    assert "填表人：周敏 2026年9月30日" in [span.text for span in read.not_understood]


def test_a_row_of_days_alone_is_no_signature():
    rows = [("村名", "开工", "完工"), ("大湾村", "3月", "9月"), ("罗村", "4月", "10月")]
    assert len(sheet(rows)) == 2


def test_cells_that_part_one_merged_name_are_one_statement_and_plans_are_plans():
    rows = [
        ("项目", "内容", "内容", "内容"),
        ("党建", *["开展主题党日1次，到会党员32人，学习文件3份。"] * 3),
        ("产业", "油茶采摘", "面积", "320亩"),
        ("下月计划", *["完成水管改造；启动医保征缴，目标参保率98%。"] * 3),
    ]
    read = sheet(rows)
    assert [fact.text for fact in read][1:] == [
        "产业：油茶采摘，面积320亩",
        "完成水管改造",
        "启动医保征缴，目标参保率98%",
    ]
    assert [fact.state for fact in read][2:] == ["planned", "planned"]


def test_a_note_in_a_row_of_its_own_is_shown_and_measures_stay_measures():
    rows = [
        ("指标", "计量单位", "目标", "完成"),
        ("发展党员", "名", "15", "15"),
        ("高标准农田", "亩", "5000", "4200"),
        ("备注", *["完成率为实际完成除以年度目标"] * 3),
    ]
    read = sheet(rows)
    assert read.facts[0].text == "发展党员：目标15名，完成15名"
    assert [span.text for span in read.not_understood] == ["备注：完成率为实际完成除以年度目标"]
    rows[-1] = ("备注", *["高标准农田另有800亩在建"] * 3)
    assert sheet(rows).facts[-1].text == "备注：高标准农田另有800亩在建"


def test_brackets_round_a_measure_go_with_it():
    rows = [("一、低收入人口（单位：户、人）",) * 3, ("村", "户数", "人数"), ("罗村", "28", "61")]
    assert sheet(rows).facts[0].section_hint == "低收入人口"
