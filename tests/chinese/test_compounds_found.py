"""Amounts in several measures are one figure, worth the same as in the smallest of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.numerals import to_chinese
from drafter.chinese.quantities import find_figures

PAIRS = [
    ("小时", "分钟", 60, "分钟"),
    ("小时", "分", 60, "分钟"),
    ("个小时", "分钟", 60, "分钟"),
    ("天", "小时", 24, "小时"),
    ("年", "个月", 12, "个月"),
    ("年零", "个月", 12, "个月"),
    ("分", "秒", 60, "秒"),
    ("元", "角", 10, "角"),
    ("块", "毛", 10, "角"),
    ("公里", "米", 1000, "米"),
    ("米", "厘米", 100, "厘米"),
    ("吨", "公斤", 1000, "公斤"),
    ("斤", "两", 10, "两重"),
]


def only(text):
    figures = find_figures(text)
    assert len(figures) == 1, (text, figures)
    assert text[figures[0].start : figures[0].end] == figures[0].text
    return figures[0]


@given(st.integers(2, 20), st.data(), st.sampled_from(PAIRS), st.booleans())
@settings(max_examples=200, deadline=None)
def test_an_amount_in_two_measures_equals_it_in_the_smaller(whole, data, pair, spelled):
    larger, smaller, many, base = pair
    part = data.draw(st.integers(1, many - 1))
    said = [to_chinese(n) if spelled else str(n) for n in (whole, part)]
    joined = only(f"合计{said[0]}{larger}{said[1]}{smaller}，待核")
    plain = only(f"合计{whole * many + part}{base}，待核")
    assert (joined.low, joined.high, joined.value) == (plain.low, plain.high, plain.value)
    assert joined.dimension == plain.dimension


@given(st.integers(2, 20), st.integers(60, 99))
@settings(max_examples=30, deadline=None)
def test_a_part_that_fills_the_larger_measure_is_another_figure(hours, minutes):
    assert len(find_figures(f"合计{hours}小时{minutes}分钟")) == 2


@given(st.integers(1, 30), st.integers(1, 9), st.sampled_from(["宽", "高", "，", "的路", "以上"]))
@settings(max_examples=60, deadline=None)
def test_bare_digits_behind_metres_are_its_tenths(metres, tenths, behind):
    figure = only(f"拓宽到{metres}米{tenths}{behind}")
    assert (figure.value * 10, figure.dimension) == (metres * 10 + tenths, "length")


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("每斤3元2角5分", "3.25", "money"),
        ("一斤三块五", "3.5", "money"),
        ("批发价三块五毛钱", "3.5", "money"),
        ("路面四米五宽", "4.5", "length"),
        ("每人三公里半", "3500", "length"),
        ("还剩三里半", "1750", "length"),
        ("种了十二亩半", "8333.3333", "area"),
        ("五亩三分地", "3533.3333", "area"),
        ("称了三斤二两", "1.6", "mass"),
        ("用时一小时二十分钟", "0.0556", "time:天"),
        ("休息十分钟", "0.0069", "time:天"),
        ("历时3天半", "3.5", "time:天"),
    ],
)
def test_spoken_amounts_are_one_figure(text, value, dimension):
    figure = only(text)
    assert f"{figure.value:.4f}".rstrip("0").rstrip(".") == value
    assert figure.dimension == dimension


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("整治地块三块五处", ["三块", "五处"]),
        ("路宽四米一侧设护栏", ["四米"]),
        ("宽4米5公里长", ["4米", "5公里"]),
        ("路宽4米3月完成", ["4米"]),
        ("沟深2米、3米", ["2米", "3米"]),
        ("三斤二两委干部", ["三斤"]),
        ("用1.5小时20分", ["1.5小时", "20分"]),
        ("2年5个村", ["2年", "5个村"]),
        ("每亩3公里5个点", ["3公里", "5个"]),
        ("六里半村", []),
        ("一丈二", []),
        ("得了3分，30秒内答完", ["3分", "30秒内"]),
    ],
)
def test_figures_that_only_stand_side_by_side_stay_apart(text, found):
    assert [f.text for f in find_figures(text)] == found


def test_a_range_of_compound_amounts_is_one_figure():
    one, other = only("每天1小时20分钟至1小时40分钟"), only("每天80至100分钟")
    assert (one.low, one.high) == (other.low, other.high)
