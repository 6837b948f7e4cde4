"""A line by itself: work, a problem or a plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact
from drafter.facts import parse_facts
from drafter.planning.course import kinds_of
from drafter.planning.states import kind_of

heads = st.sampled_from(["接下来", "明年", "来年", "下一步", "打算", "计划", "准备在年底"])
deeds = st.sampled_from(["新建泵站1座", "抓好秋收", "继续推进人居环境整治", "培训村干部30人"])
activities = st.sampled_from(["改造", "审批", "采购", "培训", "招商", "检查", "造林"])


def kind(text):
    return kind_of(parse_facts(text).facts[0])


@settings(deadline=None, max_examples=40)
@given(heads, deeds)
def test_a_line_that_begins_with_what_is_to_come_is_a_plan(head, deed):
    assert kind(head + deed) == "plan"


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["接下来", "明年", "来年"]), deeds, st.sampled_from(["，已完工", "已备足"]))
def test_what_is_ready_for_the_time_to_come_is_work(head, deed, ready):
    assert kind_of(Fact("F1", head + "的" + deed + ready, state="unknown")) == ""


@settings(deadline=None, max_examples=40)
@given(
    activities, st.sampled_from(["38户", "12件", "完成率95%", "已报县局", "有序推进", "的道路4条"])
)
def test_a_plan_of_an_activity_is_a_paper_and_no_intention(activity, rest):
    assert kind(f"{activity}计划{rest}") == ""


@settings(deadline=None, max_examples=40)
@given(activities, st.sampled_from(["明年实施", "力争提前", "月底前完成"]))
def test_what_is_said_to_come_of_such_a_paper_is_a_plan(activity, rest):
    assert kind_of(Fact("F1", f"{activity}计划{rest}", state="planned")) == "plan"


@pytest.mark.parametrize(
    "text",
    [
        "计划生育奖扶对象42人",
        "计划外生育零发生",
        "审批计划外用地0宗",
        "计划免疫接种1200剂次",
        "计划书已上报县局",
        "计划改厕60户，已改50户，剩余10户12月底前完成",
        "计划整改23处，整改20处，剩3处年底前完成",
        "按照改造计划，更换管网3公里",
        "冷库建成，明年可投用",
        "明年种子化肥已备足",
        "准备工作就绪",
        "准备沙袋2000条",
        "准备金50万元",
        "拟定实施方案3份",
        "接下来的3个月拆除违建12处",
        "制定培训计划2份",
        "造林计划1.2万亩",
    ],
)
def test_a_word_of_plans_that_means_something_else_makes_no_plan(text):
    assert kind(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "拟发展党员3名",
        "村里计划改厕20户",
        "明年将剩余3公里修完",
        "东坪村培训计划明年开课",
        "改造计划12月开工",
        "按计划12月开工",
    ],
)
def test_a_word_of_plans_that_rules_its_line_makes_a_plan(text):
    assert kind(text) == "plan"


def test_such_a_paper_for_a_year_to_come_is_a_plan():
    facts = parse_facts("2026年改厕60户，已完工\n2027年旧房改造计划38户").facts
    assert list(kinds_of(facts).values()) == ["", "plan"]
