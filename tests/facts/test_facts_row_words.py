"""A row of a table in words: days, falls, parts, what the whole table is about."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_tables


def sheet(*rows, name="Sheet1", caption=""):
    return parse_tables([Table("表.xlsx", name, tuple(map(tuple, rows)), caption=caption)])


def texts(*rows, **options):
    return [fact.text for fact in sheet(*rows, **options)]


@given(st.dates(date(2011, 1, 1), date(2040, 12, 31)))
@settings(max_examples=50, deadline=None)
def test_a_spreadsheets_day_number_is_shown_as_the_day(day):
    serial = str((day - date(1899, 12, 30)).days)
    (fact, _) = sheet(
        ["受理日期", "当事人", "诉求"],
        [serial, "高坎村民组", "修路"],
        [serial, "水磨村民组", "饮水"],
    )
    assert fact.text == f"高坎村民组，受理日期{day.year}年{day.month}月{day.day}日，修路"
    assert [(d.year, d.month, d.day) for d in fact.dates] == [(day.year, day.month, day.day)]


def test_a_large_number_in_a_column_of_sums_is_no_day():
    assert texts(["村", "收入（元）"], ["高坎村", "46310"], ["水磨村", "45200"])[0] == (
        "高坎村：收入46310元"
    )


def test_hours_in_a_column_of_time_keep_their_measure():
    rows = [["班次", "时间（小时）"], ["育婴", "40"], ["家政", "36"]]
    assert texts(*rows)[0] == "育婴：时间40小时"


@pytest.mark.parametrize(
    ("name", "said"),
    [("同比增长（%）", "同比下降4.1%"), ("增幅", "降幅4.1%"), ("同比", "同比下降4.1%")],
)
def test_a_growth_below_nought_is_told_as_a_fall(name, said):
    rows = [["指标", "完成（万元）", name], ["税收", "900", "-4.1%"], ["投资", "700", "6%"]]
    assert texts(*rows)[0] == f"税收：完成900万元，{said}"


def test_a_part_is_named_with_its_whole():
    rows = [["指标", "单位", "数量"], ["党员", "名", "96"], ["其中：女党员", "名", "31"]]
    assert texts(*rows)[1] == "党员（其中女党员）31名"


def test_a_title_says_what_sizes_are_about_unless_a_column_does():
    rows = [["村", "面积（亩）"], ["高坎村", "52"], ["水磨村", "40"]]
    assert texts(*rows, caption="二、青杠镇2026年撂荒地复耕完成情况统计表（单位：亩）")[0] == (
        "高坎村：撂荒地复耕，面积52亩"
    )
    told = [["村", "复耕面积（亩）"], *rows[1:]]
    assert texts(*told, caption="撂荒地复耕情况表")[0] == "高坎村：复耕面积52亩"


def test_a_total_named_in_the_column_of_topics_keeps_its_name():
    found = sheet(
        ["项目", "类别", "人数"],
        ["年龄", "35岁以下", "20"],
        ["年龄", "36岁以上", "76"],
        ["学历", "大专以上", "41"],
        ["学历", "高中以下", "55"],
        ["总数", "", "96"],
    )
    assert found.facts[-1].text == "总数：96人"
    assert not found.notices  # each topic is the whole in another way


def test_a_total_that_no_topic_makes_up_is_still_wrong():
    found = sheet(
        ["项目", "类别", "人数"],
        ["年龄", "35岁以下", "20"],
        ["年龄", "36岁以上", "75"],
        ["学历", "大专以上", "40"],
        ["学历", "高中以下", "55"],
        ["总数", "", "96"],
    )
    assert [n.code for n in found.notices] == ["total_wrong"]


def test_rates_of_months_are_not_added_up():
    rows = [["项目", "1月", "2月", "合计"], ["办结率", "100%", "75%", "88%"]]
    assert not sheet(*rows, ["受理（件）", "4", "4", "8"]).notices


def test_a_yes_or_no_is_told_by_what_was_asked():
    rows = [["事项", "结果", "是否办结"], ["修渠", "疏通排水沟", "是"], ["补助", "核查中", "否"]]
    assert [text.rpartition("，")[2] for text in texts(*rows)] == ["已办结", "未办结"]


def test_a_subtotal_of_one_row_and_a_share_in_per_cent_are_no_wrong_totals():
    found = sheet(
        ["村", "组", "面积（亩）", "占比%"],
        ["高坎村", "一组", "120", "60"],
        ["高坎村", "三组", "40", "20"],
        ["高坎村", "小计", "160", "80"],
        ["水磨村", "二组", "40", "20"],
        ["水磨村", "小计", "40", "20"],
        ["合计", "", "200", "50"],
    )
    assert not [n for n in found.notices if n.code in {"total_wrong", "conflict"}]
    assert found.facts[2].text == "高坎村小计：面积160亩，占比80%"


def test_two_measures_in_one_cell_of_measures_stay_with_their_row():
    rows = [["农机补贴", "台/套", "58"], ["生猪出栏", "头", "1,200"]]
    told = texts(["项目", "计量单位", "完成数"], *rows)
    assert told == ["农机补贴：完成58台/套", "生猪出栏：完成1,200头"]


@pytest.mark.parametrize("day", ["2026/3/12", "2026-03-12", "2026.3.12"])
def test_a_day_in_digits_is_written_out_in_a_column_of_days(day):
    (text,) = texts(("事项", "受理日期", "欠薪金额（元）"), ("务工", day, "8600"))
    assert text == "务工：受理日期2026年3月12日，欠薪金额8600元"


def test_a_count_in_ten_thousands_has_both_in_its_measure():
    assert texts(("景区", "接待人次（万）"), ("桃花谷", "31.6")) == ["桃花谷：接待31.6万人次"]
