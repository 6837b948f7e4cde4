"""Columns that are years, months or changes: a row has one measure, and its parts one sum."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_tables

counts = st.integers(1, 5000)


def sheet(*rows, name="Sheet1"):
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    return parse_tables([Table("表.xlsx", name, cells)], "云渡镇", "2026年")


def texts(*rows, name="Sheet1"):
    return [fact.text for fact in sheet(*rows, name=name)]


@given(counts, counts)
@settings(max_examples=25, deadline=None)
def test_a_row_told_over_the_years_has_its_own_measure(before, now):
    rows = [
        ("单位：户、座、吨", "", "", ""),
        ("类别", "2025年", "2026年", "备注"),
        ("卫生厕所户数", before, now, ""),
        ("其中：水冲式", before, now, ""),
        ("公厕（座）", before, now, ""),
    ]
    told = f"2025年{before}{{0}}，2026年{now}{{0}}"
    assert texts(*rows) == [
        f"卫生厕所户数：{told.format('户')}",
        f"卫生厕所户数（其中水冲式）：{told.format('户')}",
        f"公厕：{told.format('座')}",
    ]


def test_one_measure_over_years_holds_for_the_rows_that_name_no_other():
    rows = [
        ("指标（单位：万元）", "上年同期", "本期"),
        ("税收", 120, 135),
        ("厂房（平方米）", 800, 900),
    ]
    assert texts(*rows) == [
        "税收：上年同期120万元，本期135万元",
        "厂房：上年同期800平方米，本期900平方米",
    ]


@pytest.mark.parametrize(
    ("name", "cell", "said"),
    [
        ("增减", "182", "增加182户"),
        ("增减", "-75", "减少75户"),
        ("增减", "0", "增减0户"),
        ("增减%", "7.9", "增长7.9%"),
        ("同比", "+3.2%", "同比增长3.2%"),
        ("同比", "-3.2%", "同比下降3.2%"),
        ("同比", "3.2%", "同比3.2%"),
    ],
)
def test_a_change_is_told_by_its_direction(name, cell, said):
    (text,) = texts(("类别", "2026年", "总数", name), ("厕所（户）", "10", "20", cell))
    assert text.endswith(said)


@given(st.lists(counts, min_size=3, max_size=3), st.integers(1, 50))
@settings(max_examples=25, deadline=None)
def test_months_beside_one_another_make_up_their_quarter(values, off):
    header = ("指标", "三季度", "三季度", "三季度", "三季度", "1-9月累计")
    months = ("指标", "7月", "8月", "9月", "合计", "1-9月累计")
    rows = [("低保申请（件）", *values, sum(values), 9000), ("巡河（次）", 1, 2, 3, 6, 40)]
    read = sheet(header, months, *rows, name="三季度")
    assert read.notices == ()
    assert read.facts[1].text == "巡河：7月1次，8月2次，9月3次，三季度合计6次，1-9月累计40次"
    assert {fact.period for fact in read} == {"2026年"}
    rows[0] = ("低保申请（件）", *values, sum(values) + off, 9000)
    assert [n.code for n in sheet(header, months, *rows).notices] == ["sum_wrong"]


def test_parts_that_are_not_all_of_a_period_are_not_added_up():
    assert sheet(("指标", "7月", "9月", "三季度合计"), ("巡河（次）", 1, 3, 6)).notices == ()


def test_a_cell_broken_to_fit_its_width_is_one_line():
    rows = [("村名", "务工收入\n（万元）", "备注"), ("东河村", "12.5", "含县外\n务工88人")]
    assert texts(*rows) == ["东河村：务工收入12.5万元（含县外务工88人）"]


@pytest.mark.parametrize(("name", "said"), [("脱贫户", "脱贫户86户"), ("残疾人", "残疾人86人")])
def test_households_and_persons_are_counted_as_such_by_their_names(name, said):
    assert texts(("村名", name), ("东河村", "86")) == [f"东河村：{said}"]


def test_a_text_over_all_columns_is_no_office_s():
    rows = [
        ("任务", "牵头", "目标（户）"),
        ("改厕", "村建办", "60"),
        ("改水", "水利站", "40"),
        ("小结：共2项，办结1项。",) * 3,
    ]
    read = sheet(*rows)
    assert [fact.office for fact in read] == ["村建办", "水利站", ""]
    assert read.tags == ("村建办", "水利站")
