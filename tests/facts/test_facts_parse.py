"""Pasted notes and chats become atomic facts with office, heading, state, subject and source."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.facts import parse_facts

ROOT = Path(__file__).parents[2]
TOWNSHIPS = ROOT / "tests" / "townships"


def texts(text):
    return [fact.text for fact in parse_facts(text)]


def read(name):
    return parse_facts((TOWNSHIPS / name / "facts.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "tag", "fact"),
    [
        ("【党建办】中心组学习6次", "党建办", "中心组学习6次"),
        ("[纪委] 通报3期", "纪委", "通报3期"),
        ("党建办：中心组学习6次", "党建办", "中心组学习6次"),
        ("社区李：收到意见二十来条", "社区李", "收到意见二十来条"),
        ("石桥头王支书：路灯坏了3盏", "石桥头王支书", "路灯坏了3盏"),
        ("张三(应急办): 转移群众12人", "张三(应急办)", "转移群众12人"),
        ("社区李 10:32 收到意见二十来条", "社区李", "收到意见二十来条"),
        ("[2026-11-02 09:11] 张工：路基完成2.9公里", "张工", "路基完成2.9公里"),
        ("党政办小何 9:02\n全镇性会议29次", "党政办小何", "全镇性会议29次"),
        ("【党建办】\n中心组学习6次", "党建办", "中心组学习6次"),
        ("纪委\n通报3期", "纪委", "通报3期"),
        ("【党建】学习6次", "党建", "学习6次"),
        ("【柳塘村】改厕48户", "柳塘村", "改厕48户"),
        ("镇纪委：通报3期", "镇纪委", "通报3期"),
        ("农业农村办：播种1.86万亩", "农业农村办", "播种1.86万亩"),
        ("水利站：疏通沟渠3公里", "水利站", "疏通沟渠3公里"),
        ("派出所：查处62起", "派出所", "查处62起"),
        ("农办-周健：清运垃圾320吨", "农办-周健", "清运垃圾320吨"),
    ],
)
def test_an_office_or_a_sender_is_a_tag_and_no_text(line, tag, fact):
    sheet = parse_facts(line)
    assert (sheet.tags, [f.text for f in sheet], sheet.facts[0].office) == ((tag,), [fact], tag)


@pytest.mark.parametrize(
    "line",
    [
        "问题：年轻干部不会做群众工作",
        "送学上门：行动不便老党员43名",
        "税收：待财政所提供",
        "固定资产投资：任务2.6亿元，完成2.73亿元",
        "危旧老房：拆除12处",
        "柳塘村：改厕48户",
        "人口：3012人",
        "镇长：韩亦农",
        "党委书记：沈砚秋",
        "村支书：王德厚",
        "厕所：新建12座",
        "信访：受理8件，办结6件",
        "干部：35岁以下14人",
        "热线：受理73件",
        "村庄规划：编制11个",
        "帮办代办：1290件",
        "加油站：2个",
        "敬老院：入住老人12名",
        "环卫工：配备18名",
        "舞蹈队：组建3支",
        "农业产业：茶园520亩",
        "施工：完成路基2.9公里",
        "会议定于11月5日9:00召开",
    ],
)
def test_a_label_that_is_no_office_stays_in_the_fact(line):
    assert texts(line) == [line]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- 改厕118户", ["改厕118户"]),
        ("1. 改厕118户", ["改厕118户"]),
        ("（2）改厕118户；", ["改厕118户"]),
        ("③改厕118户", ["改厕118户"]),
        ("★ 改厕  118户。", ["改厕 118户"]),
        ("1.5万人次参加", ["1.5万人次参加"]),
        ("2.3公里道路硬化", ["2.3公里道路硬化"]),
    ],
)
def test_bullets_and_enumerators_go_and_figures_stay(line, expected):
    assert texts(line) == expected


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("清理生活垃圾412吨；清理河道26.8公里", 2),
        ("村级报表台账38项减到21项；微信工作群清理17个，保留9个", 2),
        ("召开会议3次。印发方案2份", 2),
        ("讲党课2场；其他班子成员各讲1场，共8场", 1),
        ("高标准农田2400亩：柳塘村900亩；石桥头村800亩；枫坪村700亩", 1),
        ("低保户共312户；其中兴隆片158户", 1),
        ("集体经济总收入486万元；柳塘村最高，78万元", 1),
        ("2026年3月12日，组织植树；参加210人", 1),
        ("改厕：竹林村48户；上坪村52户", 1),
        ("开展“学条例；守纪律”活动3次", 1),
    ],
)
def test_a_line_is_split_only_where_each_part_stands_alone(line, count):
    assert len(texts(line)) == count


def test_headings_become_hints_and_end_an_office():
    sheet = parse_facts(
        "【党建办】\n学习6次\n二、存在问题\n年轻干部不会调解\n（一）民生方面\n改厕118户"
    )
    assert [(f.office, f.section_hint, f.state) for f in sheet] == [
        ("党建办", "", "done"),
        ("", "存在问题", "problem"),
        ("", "民生方面", "done"),
    ]


def test_a_heading_over_nothing_is_shown():
    sheet = parse_facts("学习6次\n三、下一步打算\n")
    assert [span.text for span in sheet.not_understood] == ["三、下一步打算"]


def test_a_title_gives_unit_and_period_and_is_shown():
    sheet = parse_facts("岚溪县云渡镇2026年作风建设素材汇总\n学习6次")
    assert (sheet.unit, sheet.period, len(sheet)) == ("云渡镇", "2026年", 1)
    assert sheet.not_understood[0].text.startswith("岚溪县")
    given = parse_facts("云渡镇2026年素材汇总\n学习6次", unit="望河镇", period="2025年")
    assert (given.unit, given.period, given.facts[0].period) == ("望河镇", "2025年", "2025年")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("改厕118户", "done"),
        ("问题：招商离任务还差1500万元", "problem"),
        ("打算：每季度办1期", "planned"),
        ("竹制品二期2027年一季度前报批到位", "planned"),
        ("预计12月通车", "planned"),
        ("已整改58个，还有6个，12月底前改完", "ongoing"),
        ("重点项目6个：完工4个，在建2个", "ongoing"),
        ("路基做完2.9公里，预计明年3月通车", "ongoing"),
        ("党员846名", "unknown"),
        ("计划改厕150户，实际完成142户", "done"),
        ("计划明年改厕150户", "planned"),
    ],
)
def test_a_state_is_read_from_the_words(text, state):
    assert parse_facts(text).facts[0].state == state


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("招商引资到位资金6200万元", "招商引资到位资金"),
        ("固定资产投资：任务2.6亿元，完成2.73亿元", "固定资产投资"),
        ("发文：上年同期132件→今年96件", "发文"),
        ("11个行政村、1个社区", "行政村"),
        ("低保户共312户", "低保户"),
    ],
)
def test_the_subject_is_the_head_of_the_main_figure(text, subject):
    assert parse_facts(text).facts[0].subject == subject


def test_sources_point_to_the_line_and_its_characters():
    text = "【纪委】\r\n通报3期\r\n\r\n- 约谈9人；问责2人次\r\n"
    places = [(f.source.place, text[f.source.start : f.source.end]) for f in parse_facts(text)]
    assert places == [("第2行", "通报3期"), ("第4行", "- 约谈9人；"), ("第4行", "问责2人次")]
    assert parse_facts(text, source="台账.txt").facts[0].source.file == "台账.txt"


def test_hidden_marks_do_not_hide_a_figure():
    sheet = parse_facts("排查隐患1\u200b2\u202e8处")
    assert sheet.facts[0].text == "排查隐患128处"
    assert sheet.facts[0].figures[0].value == 128


def test_the_demo_gives_its_facts_with_every_figure():
    text = (ROOT / "drafter" / "demo" / "facts.txt").read_text(encoding="utf-8")
    sheet = parse_facts(text)
    assert (sheet.unit, sheet.period, len(sheet)) == ("云渡镇", "2026年", 55)
    assert "社区李" in sheet.tags
    assert sum(f.state == "problem" for f in sheet) == 3
    assert sum(f.state == "planned" for f in sheet) == 3
    assert len(sheet.not_understood) == 1


def test_the_chat_gives_facts_and_shows_the_talk():
    sheet = read("chat")
    talk = {span.text for span in sheet.not_understood}
    assert {"收到[OK]", "[图片]", "好的 谢谢各位🙏", "上面两个数是截至十月底的"} <= talk
    assert "河湾村改厕四十五户，全部验收了" in [f.text for f in sheet]
    assert any(f.text.endswith("一共６１.５万元") for f in sheet)
    assert "党政办小何" in sheet.tags
    assert not any("@" in f.text for f in sheet)


def test_small_and_empty_inputs_are_read_as_they_are():
    assert texts("") == texts(" \n\t\n　") == []
    assert len(read("empty")) == 0
    assert read("empty").tags == ("党政办",)
    assert [f.text for f in read("sparse")] == [
        "中心组学习6次",
        "查摆问题12个，整改9个",
        "为独居老人安装一键呼叫器35台",
    ]


def test_ten_thousand_lines_are_read_in_seconds():
    sheet = parse_facts("\n".join(f"第{i}片区排查隐患{i}处，整改{i}处" for i in range(1, 2001)))
    assert len(sheet) == 2000


def test_a_second_chat_in_other_forms_is_read_alike():
    text = (
        "张伟 2026/11/2 9:11:32\n今天检查了12家企业\n李娟(民政办) 09:15\n低保312户547人\n"
        "09:31 农技站-老周\n补充一下，晚稻亩产九百八十斤\n书记：大家抓紧报\n镇长 9:40\n我看可以\n"
        "【城管】9:50\n拆违12处\n柳塘村文书小林 10:02\n@党政办小何 我们村改厕48户，验收46户"
    )
    sheet = parse_facts(text)
    assert [(f.text, f.office) for f in sheet] == [
        ("今天检查了12家企业", "张伟"),
        ("低保312户547人", "李娟(民政办)"),
        ("晚稻亩产九百八十斤", "农技站-老周"),
        ("拆违12处", "城管"),
        ("柳塘村改厕48户，验收46户", "柳塘村文书小林"),
    ]
    assert [span.text for span in sheet.not_understood] == ["大家抓紧报", "我看可以"]


def test_a_lead_phrase_stays_with_what_is_done_for_it():
    assert texts("一是抓项目。确保投资完成1.15亿元，9月底前开工；") == [
        "抓项目。确保投资完成1.15亿元，9月底前开工"
    ]


@pytest.mark.parametrize(
    "text",
    ["", "   \n\t", "一、党建方面\n二、存在问题", "【党建办】\n【纪委】", "————\n====", "🙏"],
)
def test_input_without_a_fact_gives_none_and_breaks_nothing(text):
    sheet = parse_facts(text)
    assert len(sheet) == 0
    assert sheet.notices == ()


def test_what_is_marked_internal_is_known_as_such():
    sheet = parse_facts("处分干部4人（内部）\n通报3期")
    assert [(f.text, f.internal) for f in sheet] == [("处分干部4人", True), ("通报3期", False)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("雨露计划补助学生47人，发放7.05万元", "done"),
        ("雨露计划资助47人", "unknown"),
        ("“强基计划”培训骨干12名", "done"),
        ("2个村不足10万", "unknown"),
        ("护理力量不足", "problem"),
        ("抢通33/36处，剩余3处12月15日前完工", "ongoing"),
        ("粮食播种面积2.36万亩，预计总产1.02万吨", "unknown"),
        ("云水公路预计明年3月通车", "planned"),
        ("争取上级项目23个、资金8640万元", "done"),
        ("力争争取项目资金80万元", "planned"),
        ("新建管网6.3公里，目前还未通水", "ongoing"),
        ("图斑整改未启动", "planned"),
        ("优待证申领率98.1%，家庭医生签约率76.2%", "unknown"),
    ],
)
def test_a_name_or_an_estimate_is_no_plan_and_a_rest_is_under_way(text, state):
    assert parse_facts(text).facts[0].state == state


@pytest.mark.parametrize(
    "heading", ["2027年计划：", "努力方向：", "三、下步打算", "明年工作思路：", "2027年重点工作："]
)
def test_what_stands_under_a_heading_of_plans_is_planned(heading):
    sheet = parse_facts(f"云渡镇2026年工作总结素材\n改厕118户\n{heading}\n新建广播12处")
    assert [f.state for f in sheet] == ["done", "planned"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("1-10月固定资产投资完成1.86亿元", "固定资产投资"),
        ("村集体收入今年估计34万元", "村集体收入"),
        ("改厕任务45户", "改厕"),
        ("矛盾纠纷：排查186起，化解179起", "矛盾纠纷"),
        ("固定资产投资：年度目标2.6亿元", "固定资产投资"),
        ("三季度共检查企业31家次", "检查企业"),
    ],
)
def test_dates_roles_and_bare_verbs_are_no_subject(text, subject):
    assert parse_facts(text).facts[0].subject == subject


@pytest.mark.parametrize(
    ("title", "line", "period"),
    [
        ("云渡镇2026年上半年工作总结素材", "改厕118户", "2026年上半年"),
        ("云渡镇2026年前三季度工作总结素材", "改厕118户", "2026年前三季度"),
        ("云渡镇2026年1—11月工作总结素材", "改厕118户", "2026年1—11月"),
        ("云渡镇2026年工作总结素材", "上半年改厕118户", "2026年上半年"),
        ("云渡镇2026年工作总结素材", "今年改厕118户", "2026年"),
        ("云渡镇2026年工作总结素材", "2025年改厕118户", "2025年"),
        ("云渡镇2026年工作总结素材", "改厕118户，比上年增加6户", "2026年"),
        ("云渡镇2026年工作总结素材", "收入1286万元，完成年初预算的97.3%", "2026年"),
        ("云渡镇2026年工作总结素材", "规上企业9家（去年8家）", "2026年"),
    ],
)
def test_a_fact_holds_for_the_period_it_names_or_for_the_sheets(title, line, period):
    assert parse_facts(f"{title}\n{line}").facts[0].period == period


@pytest.mark.parametrize(
    "title",
    [
        "关于清溪镇2026年度宣传思想工作情况的报告",
        "清溪镇2026年防汛工作进度表",
        "表1 清溪镇2026年低保情况（单位：户、人）",
        "清溪镇2026年前三季度安全生产工作情况汇报",
    ],
)
def test_titles_of_all_kinds_name_the_unit_and_state_nothing(title):
    sheet = parse_facts(f"{title}\n改厕118户")
    assert (sheet.unit, [f.text for f in sheet]) == ("清溪镇", ["改厕118户"])
    assert sheet.period.startswith("2026年")


@given(
    st.sampled_from(["松溪口镇", "临江县松溪口镇", "白石乡", "巴音苏木", "和平街道"]),
    st.sampled_from(["2026年度", "2026年", "2026"]),
    st.booleans(),
    st.sampled_from(["", "【党政办-小孟】"]),
)
def test_a_line_of_only_a_unit_and_a_year_is_no_fact(unit, year, year_first, sender):
    line = f"{year} {unit}" if year_first else f"{unit} {year}"
    sheet = parse_facts(f"{sender}{line}\n【应急办】演练 4次")
    assert [fact.text for fact in sheet.facts] == ["演练 4次"]
    assert sheet.unit != ""
    assert unit.endswith(sheet.unit)


def test_a_unit_and_a_year_with_a_deed_is_a_fact():
    sheet = parse_facts("松溪口镇 2026年建成公厕 3处\n【应急办】演练 4次")
    assert len(sheet.facts) == 2
