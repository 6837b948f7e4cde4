"""Classifiers that name two things at once, and those of turns and of northern villages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.measures import compatible
from drafter.chinese.quantities import find_figures

PAIRS = [("头", "只"), ("台", "套"), ("只", "羽"), ("株", "棵"), ("份", "册"), ("辆", "台")]


def only(text):
    figures = find_figures(text)
    assert len(figures) == 1, (text, figures)
    assert text[figures[0].start : figures[0].end] == figures[0].text
    return figures[0]


@given(st.integers(2, 99999), st.sampled_from(PAIRS), st.sampled_from(["（{}）", "({})"]))
@settings(max_examples=80, deadline=None)
def test_a_classifier_in_brackets_counts_as_either_and_nothing_else(amount, pair, brackets):
    first, second = pair
    either = only(f"合计{amount}{first}{brackets.format(second)}，待核")
    assert either.low == either.high == amount
    for classifier in pair:
        assert compatible(either.dimension, only(f"合计{amount}{classifier}。").dimension)
    assert not compatible(either.dimension, "count:人")
    assert not compatible(either.dimension, "count:户")


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("免疫12万头（只）次", "12万头次", "12万人次"),
        ("培训300人（次）", "300人次", "300户"),
        ("培训300人（次）", "300人", "300家"),
        ("走访12家（次）", "12家次", "12人"),
        ("羊300头（只、匹）", "300匹", "300人"),
    ],
)
def test_times_in_brackets_join_the_classifier_before_them(text, same, other):
    either = only(text)
    assert compatible(either.dimension, only(f"共{same}。").dimension)
    assert not compatible(either.dimension, only(f"共{other}。").dimension)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3户（30人）", ["3户", "30人"]),
        ("12人（含村干部）", ["12人"]),
        ("5处（见附件）", ["5处"]),
        ("12个（自然村）", ["12个"]),
        ("12个村（社区）", ["12个村"]),
        ("早中晚各播一遍", ["一遍"]),
        ("每天播一遍", ["一遍"]),
        ("一天播三遍", ["三遍"]),
        ("政策再说一遍", []),
        ("多走一趟", []),
        ("逐户走访一遍", []),
        ("辖4个嘎查", ["4个嘎查"]),
        ("涉及3个苏木", ["3个苏木"]),
        ("包联12屯", ["12屯"]),
        ("三屯新村", []),
    ],
)
def test_what_stands_behind_a_number_is_counted_or_left(text, found):
    assert [f.text for f in find_figures(text)] == found
