"""Points of the composer: what leads them, how they part, in which order they stand."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact, FactSheet, OutlineSection
from drafter.writing.composer import compose_section
from drafter.writing.items import items


def compose(heading, texts, function="work", states=(), level=1):
    states = [*states, *["unknown"] * len(texts)]
    facts = FactSheet(
        tuple(Fact(f"F{n}", text, state=states[n - 1]) for n, text in enumerate(texts, 1))
    )
    ids = tuple(fact.id for fact in facts)
    return compose_section(OutlineSection(heading, level, ids, function=function), facts)


def test_the_labels_of_the_notes_lead_the_points():
    section = compose(
        "重点领域整治情况", ["燃气：更换软管60根", "消防：检查商户31家", "道路交通：劝导210人次"]
    )
    assert section.text.splitlines() == [
        "一是燃气。更换软管60根。",
        "二是消防。检查商户31家。",
        "三是道路交通。劝导210人次。",
    ]


def test_what_a_line_counts_is_no_label():
    texts = ["规上产值：完成3亿元", "固定资产投资：任务2亿元，完成2.1亿元", "税收：共900万元"]
    assert "固定资产投资任务2亿元，完成2.1亿元" in compose("指标完成情况", texts).text


def test_a_headline_of_another_field_of_work_is_not_taken():
    texts = ["李家采石场震裂房屋一案已息访", "查山林档案38卷，化解权属积案1件", "积案化解9件"]
    text = compose("积案化解情况", texts).text
    assert "生态" not in text
    assert "档案管理" not in text


def test_what_the_heading_says_itself_stands_before_the_chain():
    texts = [
        "财政收入1256万元",
        "固投完成1.02亿元",
        "外出招商9次，签约2个",
        "走访企业45家，助企纾困",
        "重点项目在建3个",
    ]
    lines = compose("经济运行稳中向好", texts).text.splitlines()
    assert lines[0] == "财政收入1256万元，固投完成1.02亿元。"
    assert lines[1].startswith("一是开展招商引资。")


def test_meetings_stand_first_and_results_last():
    texts = ["全年没有发生亡人事故", "检查企业60家", "召开专题研究会议3次，成立领导小组"]
    lines = compose("安全责任落实情况", texts).text.splitlines()
    assert "领导小组" in lines[0]
    assert "亡人事故" in lines[-1]


@pytest.mark.parametrize(
    "line",
    [
        "问题：用地指标不足；村干部年龄偏大；医生缺口7人",
        "问题：1.用地指标不足；2.村干部年龄偏大；3.医生缺口7人",
        "还存在的问题 一是用地指标不足；二是村干部年龄偏大；三是医生缺口7人",
    ],
)
def test_several_problems_in_one_line_are_told_apart(line):
    section = compose("存在的问题", [line], "problems", ["problem"])
    assert section.text.splitlines() == [
        "一是用地指标不足。",
        "二是村干部年龄偏大。",
        "三是医生缺口7人。",
    ]
    assert [point.fact_ids for point in section.points] == [("F1",)]


def test_lines_of_several_plans_are_one_plan_each():
    texts = ["打算：夜市通水通电；周末安排8人值守", "打算：错峰放学先在小学试行"]
    lines = compose("下一步打算", texts, "plan", ["planned", "planned"]).text.splitlines()
    assert lines == ["一是夜市通水通电；周末安排8人值守。", "二是错峰放学先在小学试行。"]


def test_a_period_that_the_heading_names_is_not_said_again():
    lines = compose(
        "下半年工作打算", ["下半年：培育企业2家；完成投资5亿元"], "plan", ["planned"]
    ).text.splitlines()
    assert lines == ["一是培育企业2家。", "二是完成投资5亿元。"]


def test_problems_and_plans_under_one_heading_have_a_paragraph_each():
    texts = ["问题：调解员年龄偏大", "问题：经费不足", "打算：招募志愿调解员5名"]
    section = compose("存在不足和下步打算", texts, "problems", ["problem", "problem", "planned"])
    assert section.text.splitlines() == [
        "存在不足主要有：一是调解员年龄偏大；二是经费不足。",
        "下一步，招募志愿调解员5名。",
    ]


def test_a_whole_and_its_parts_are_one_thing():
    assert items("剩余2个；其中书屋1个，大厅1个", alone=True) == ["剩余2个；其中书屋1个，大厅1个"]


words = [
    "问题",
    "隐患3处",
    "12件",
    "；",
    "。",
    "：",
    "（共5人；3户）",
    "一是",
    "二是",
    "②",
    "5.",
    "，",
]
notes = st.lists(
    st.lists(st.sampled_from(words), min_size=1, max_size=8).map("".join), min_size=1, max_size=4
)


def digits(text):
    return Counter(re.findall(r"\d+(?!\.)", text.replace("②", "")))


@settings(deadline=None, max_examples=150)
@given(notes, st.booleans())
def test_parting_a_line_loses_no_figure(parts, alone):
    text = "；".join(parts)
    assert digits("".join(items(text, alone))) == digits(text)


@settings(deadline=None, max_examples=80)
@given(notes, st.sampled_from(["work", "problems", "plan"]))
def test_every_fact_is_in_exactly_one_point(texts, function):
    section = compose("存在的问题和打算", texts, function)
    told = [fact_id for point in section.points for fact_id in point.fact_ids]
    assert sorted(told) == sorted(section.fact_ids)


def test_what_two_offices_say_in_the_same_words_is_written_once():
    texts = ["座谈会5场", "通报3期", "签约农户30户", "通报3期"]
    assert compose("长效管护机制", texts).text.count("通报3期") == 1


def test_a_placeholder_keeps_its_quotes_in_pairs():
    assert "“‘第一议题’和监督情况”" in compose("“第一议题”和监督情况", []).text


def test_a_total_stands_before_the_rows_that_it_sums_up():
    texts = ["甲村：改厕20户", "乙村：改厕30户", "合计：改厕50户"]
    text = compose("改厕情况", texts).text
    assert text.startswith("合计改厕50户")
    assert text.index("甲村") < text.index("乙村")


def test_circled_problems_are_told_apart():
    line = "问题：①出租户流动大 ②报警器没人管 ③执法证只有2个"
    section = compose("存在的问题", [line], "problems", ["problem"])
    assert [text[:3] for text in section.text.splitlines()] == ["一是出", "二是报", "三是执"]


def test_a_headline_that_repeats_the_heading_is_not_written():
    texts = ["管网完成3公里", "立面改造86户", "自建房排查96栋"]
    assert "完善基础设施" not in compose("完善基础设施", texts).text


def test_one_line_of_many_works_gets_no_headline_of_one():
    texts = ["清运垃圾8吨，拆除危旧房6处，改厕31户，栽树90棵", "调解纠纷9件", "巡河61次"]
    text = compose("工作开展情况", texts).text
    assert "清运农村垃圾。" not in text


def test_plans_numbered_by_bare_figures_are_told_apart():
    line = "下步：1 招护林员10名 2 建基站3处 3 集中祭祀点再建5个"
    lines = compose("下一步打算", [line], "plan", ["planned"]).text.splitlines()
    assert [text[:2] for text in lines] == ["一是", "二是", "三是"]
    assert lines[1] == "二是建设基站3处。"


def test_an_office_in_brackets_is_not_told():
    assert compose("民生保障", ["（民政）发放救助金6万元"]).text == "发放救助金6万元。"


@settings(deadline=None, max_examples=8)
@given(st.integers(2, 130), st.integers(1, 130))
def test_any_number_of_problems_and_plans_stands_in_one_section(problems, plans):
    texts = [f"短板{n}处" for n in range(problems)] + [f"补{n}处" for n in range(plans)]
    states = ["problem"] * problems + ["planned"] * plans
    section = compose("存在的问题和下一步打算", texts, "problems", states)
    assert section.text.count("短板") == problems
    assert section.text.count("补") == plans
    assert "十一是" not in section.text
