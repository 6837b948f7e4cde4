"""How a section's facts are parted into points, and what leads them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.planning.points import leans, plan_points


def facts(*texts, hints=()):
    hints = [*hints, *[""] * len(texts)]
    return [Fact(f"F{n}", text, section_hint=hints[n]) for n, text in enumerate(texts)]


def headlines(plans):
    return [plan.headline for plan in plans]


def test_fields_that_the_tags_of_the_notes_name_lead_the_points():
    mine = facts("劝返386起", "巡查204次", "救生衣120件", hints=("道路交通", "建筑", "水上"))
    plans = plan_points(mine, heading="聚焦重点领域，排查整治隐患")
    assert headlines(plans) == ["道路交通", "建筑", "水上"]


def test_a_line_about_the_whole_is_not_led_by_the_tag_before_it():
    tags = ("道路交通", "建筑", "水上", "水上")
    mine = facts("劝返386起", "巡查204次", "救生衣120件", "重大隐患3处已销号", hints=tags)
    plans = plan_points(mine, heading="聚焦重点领域，排查整治隐患")
    assert [fact.id for fact in plans[-1].facts] == ["F3"]
    assert plans[-1].headline == ""


def test_one_tag_for_all_leads_nothing():
    mine = facts("劝返386起", "巡查204次", "救生衣120件", hints=("建筑",) * 3)
    assert headlines(plan_points(mine, heading="聚焦重点领域")) != ["建筑"]


def test_a_heading_without_a_field_takes_in_what_most_of_its_facts_are_about():
    mine = facts("矛盾纠纷调解26件", "刑事发案下降9%", "积案化解3件", "破案7起", "安全检查企业9家")
    plans = plan_points(mine, heading="守牢底线，大局总体平稳")
    assert all(headlines(plans))


def test_a_short_fact_alone_joins_the_point_before():
    texts = ["登记建档211人", "发放补助104万元", "慰问困难户19户", "走访困难户31户", "办班3期"]
    plans = plan_points(facts(*texts), heading="坚持疏堵结合，保障渔民生计")
    assert not headlines(plans)[0]
    assert all(len(plan.facts) > 1 for plan in plans[1:])


lines = st.lists(
    st.sampled_from(["慰问19户", "调解26件", "改厕118户", "学习9次", "签约2个", "其中3件", "巡查"]),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(lines, st.sampled_from(["", "为民办实事", "工作开展情况", "聚焦重点领域"]))
def test_every_fact_stands_in_one_point(texts, heading):
    mine = facts(*texts)
    told = [fact.id for plan in plan_points(mine, heading=heading) for fact in plan.facts]
    assert sorted(told) == sorted(fact.id for fact in mine)


TASKS = """一、深化理论学习
二、推动重点任务落地见效
三、为群众办实事
四、健全长效机制"""
NOTES = """【党建办】中心组学习9次，党课12场
【经发办】固定资产投资2.6亿元，招商签约2个
【农办】粮食播种1.8万亩
【民政办】低保新纳入27户，临时救助89人次
【便民中心】代办1130件
【党政办】修订考勤制度1项，印发办法2个
【党政办】制度执行检查4次
【武装部】秋季征兵定兵9人"""


def test_a_single_line_of_another_office_goes_by_its_own_claim_not_by_the_order():
    sheet = parse_facts(NOTES)
    outline = make_outline(sheet, None, TASKS)
    last = sheet.facts[-1].id
    assert [s.heading for s in outline.sections if last in s.fact_ids] == ["推动重点任务落地见效"]


measures = st.sampled_from(["同比", "环比", "比去年同期", "较上年", "与上年同期相比", "比年初"])
changes = st.sampled_from(["增长12%", "下降5.2个百分点", "少3起", "减少了3件", "持平", "翻了一番"])


@settings(deadline=None, max_examples=40)
@given(measures, st.sampled_from(["", "，"]), changes)
def test_a_change_that_does_not_say_of_what_leans_on_the_fact_before(measure, gap, change):
    assert leans(Fact("F1", f"{measure}{gap}{change}"))


@settings(deadline=None, max_examples=40)
@given(measures, st.sampled_from(["粮食", "旅游收入", "信访量"]), changes)
def test_a_change_that_names_what_has_changed_stands_by_itself(measure, subject, change):
    assert not leans(Fact("F1", f"{measure}{subject}{change}"))


@pytest.mark.parametrize(
    "text", ["较大隐患3处", "比武竞赛2场", "比去年多栽树300亩", "多收医保6万元"]
)
def test_what_only_begins_like_a_comparison_stands_by_itself(text):
    assert not leans(Fact("F1", text))


def test_a_change_goes_where_the_problem_that_it_measures_goes():
    notes = "清运垃圾120吨\n改厕60户\n问题：火情仍有8起\n比去年同期多3起"
    last = make_outline(parse_facts(notes), None, "一、人居环境整治").sections[-1]
    assert (last.function, last.fact_ids) == ("problems", ("F3", "F4"))
