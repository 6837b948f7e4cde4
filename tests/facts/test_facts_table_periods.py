"""Rows that are months: each holds for its month, and quarters and halves are made up of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Table
from drafter.facts import parse_facts, parse_tables

HEADER = ("月份", "受理纠纷（件）", "到场率")
counts = st.lists(st.integers(0, 500), min_size=6, max_size=6)
QUARTERS = st.sampled_from([("一季度", "二季度"), ("第1季度", "第2季度"), ("1-3月", "4-6月小计")])
HALVES = st.sampled_from(["上半年", "上半年累计", "1—6月合计"])


def read(*rows):
    cells = tuple(tuple(str(cell) for cell in row) for row in rows)
    return parse_tables([Table("月报.xlsx", "数据", cells)], "云渡镇", "2026年")


def half_a_year(values, quarters, half, total):
    rows = [(f"{month}月", value, "97.5%") for month, value in enumerate(values, 1)]
    rows.insert(3, (quarters[0], sum(values[:3]), "97%"))
    rows.append((quarters[1], sum(values[3:]), "97%"))
    return [HEADER, *rows, (half, total, "97%")]


@given(counts, QUARTERS, HALVES, st.integers(1, 50))
@settings(max_examples=30, deadline=None)
def test_a_part_of_a_year_is_the_sum_of_its_months(values, quarters, half, off):
    right = half_a_year(values, quarters, half, sum(values))
    assert [n.code for n in read(*right).notices] == []
    if sum(values) + off != values[-1]:
        wrong = read(*half_a_year(values, quarters, half, sum(values) + off)).notices
        assert [n.code for n in wrong] == ["total_wrong"]


@given(counts)
@settings(max_examples=15, deadline=None)
def test_each_row_holds_for_its_part_of_the_year(values):
    sheet = read(*half_a_year(values, ("一季度", "二季度"), "上半年累计", sum(values)))
    named = ["1月", "2月", "3月", "一季度", "4月", "5月", "6月", "二季度", "上半年"]
    assert [fact.period for fact in sheet] == [f"2026年{name}" for name in named]


def test_a_quarter_may_tell_the_stock_at_its_end():
    stock = [
        ("月份", "在册低保户（户）"),
        ("1月", 226),
        ("2月", 228),
        ("3月", 231),
        ("一季度", 231),
    ]
    assert read(*stock).notices == ()


def test_a_part_of_a_year_whose_months_are_not_all_there_is_not_added_up():
    rows = [("月份", "改厕（户）"), ("2月", 8), ("3月", 9), ("一季度", 31)]
    assert read(*rows).notices == ()


def test_totals_in_per_cent_are_not_added_up():
    rows = [("村名", "群众评价"), ("东河村", "97.5%"), ("西沟村", "98.5%"), ("合计", "98%")]
    assert [n.code for n in read(*rows).notices] == []


def test_a_pasted_table_of_months_gives_its_rows_their_months():
    sheet = parse_facts("月份\t巡河次数\n9月\t41\n10月\t44\n", period="2026年")
    assert [fact.period for fact in sheet] == ["2026年9月", "2026年10月"]


@pytest.mark.parametrize("other", ["河道清淤", "东河村", "10月12日"])
def test_a_list_that_is_not_of_months_alone_has_the_period_of_its_sheet(other):
    sheet = read(("事项", "人次"), ("3月", 52), ("4月", 61), (other, 18))
    assert {fact.period for fact in sheet} == {"2026年"}
