"""Ranges of days are one mention in every dress, and fractions of a whole are no days."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.dates import find_dates
from drafter.chinese.numerals import to_chinese
from drafter.chinese.quantities import find_figures

DAYS = st.tuples(st.integers(1, 12), st.integers(1, 28))
RANGES = st.tuples(DAYS, DAYS).filter(lambda r: r[0] < r[1] and r[1][1] > 12)


def only(text):
    found = find_dates(text)
    assert len(found) == 1, (text, found)
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


def ends(mention):
    begin = (mention.kind, mention.month, mention.day)
    return (*begin, mention.end_month, mention.end_day)


@given(RANGES, st.sampled_from(["—", "-", "至", "~"]))
@settings(max_examples=100, deadline=None)
def test_a_range_of_days_is_the_same_in_every_form(days, dash):
    (month, day), (month2, day2) = days
    spelled = [to_chinese(n) for n in (month, day, month2, day2)]
    forms = [
        f"{month}月{day}日{dash}{month2}月{day2}日",
        f"{month}/{day}{dash}{month2}/{day2}",
        f"2026.{month}.{day}{dash}{month2}.{day2}",
        f"2026/{month}/{day}{dash}2026/{month2}/{day2}",
        "从{}月{}日到{}月{}日".format(*spelled),
    ]
    for form in forms:
        assert ends(only(f"禁渔期（{form}）")) == ("range", month, day, month2, day2), form
        assert find_figures(f"禁渔期（{form}）") == [], form


@given(st.integers(1, 12), st.integers(13, 31), st.sampled_from(["户", "处", "个", "公里"]))
@settings(max_examples=60, deadline=None)
def test_a_part_of_a_counted_whole_is_no_day(part, whole, measure):
    text = f"完成{part}/{whole}{measure}"
    assert find_dates(text) == []
    one, other = find_figures(text)
    assert (one.value * whole, one.dimension) == (other.value * part, other.dimension)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9/25启动 11/30结束", ["9/25", "11/30"]),
        ("9/5启动", ["9/5"]),
        ("9/25起报名", ["9/25"]),
        ("3/1—5/31开展", ["3/1—5/31"]),
        ("完成33/36处", []),
        ("24/7值守", []),
        ("1/3启动", []),
        ("1/3—2/3的农户", []),
        ("完成12/10", []),
        ("5/31—3/1", ["5/31"]),
        ("2026.3.1", ["2026.3.1"]),
    ],
)
def test_slashes_are_days_where_they_can_be_no_fraction(text, found):
    assert [d.text for d in find_dates(text)] == found
