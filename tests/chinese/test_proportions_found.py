"""Proportions are figures of their own; times of day, scores and slogans are none."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checking.matching import relation
from drafter.chinese.numerals import to_chinese
from drafter.chinese.proportions import proportion_at
from drafter.chinese.quantities import find_figures

TERMS = st.tuples(st.integers(1, 20), st.integers(1, 20)).filter(lambda t: t[0] != t[1])


def proportions(text):
    return [f for f in find_figures(text) if f.dimension == "proportion"]


@given(TERMS)
@settings(max_examples=100, deadline=None)
def test_a_proportion_in_every_dress_is_the_same(terms):
    left, right = terms
    texts = [f"师生比{sign.join(map(str, terms))}。" for sign in (":", "：", "∶", "比")]
    texts.append(f"师生比为{to_chinese(left)}比{to_chinese(right)}。")
    texts.append(f"按{left}:{right}的比例配备")
    clock = left != 1 and right > 9
    for text in texts[3:] if clock else texts:
        (found,) = find_figures(text)
        assert (found.dimension, found.low) == ("proportion", Decimal(right) / left), text
        assert found.low == found.high == found.value


@given(TERMS, TERMS)
@settings(max_examples=60, deadline=None)
def test_only_an_equal_proportion_follows_from_one(one, other):
    (a,), (b,) = (proportions(f"按{t[0]}比{t[1]}的比例") for t in (one, other))
    assert bool(relation(a, b)) == (one[0] * other[1] == one[1] * other[0])
    (plain,) = find_figures(f"{one[1]}处")
    assert not relation(a, plain)
    assert not relation(plain, a)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("师生比由1:13优化到1:11", ["1:13", "1:11"]),
        ("男女劳力大体七比五", ["七比五"]),
        ("按3:1兑水稀释", ["3:1"]),
        ("男女之比为3:2", ["3:2"]),
        ("按照1:1比例配套", ["1:1"]),
        ("男女同学三比二。", ["三比二"]),
        ("开展三比三争活动", []),
        ("占3‰以下", []),
        ("早上8:30开会", []),
        ("会议比8:30提前", []),
        ("评比9:00开始", []),
        ("以3比1获胜", []),
        ("主队3比1领先", []),
        ("比分2:1", []),
        ("2025比2024增加", []),
        ("三产结构比25:35:40", []),
        ("落实“1:1”结对", []),
        ("《师生比1:11达标方案》", []),
        ("一年比一年好", []),
    ],
)
def test_only_what_is_surely_a_proportion_is_one(text, found):
    assert [f.text for f in proportions(text)] == found


def test_a_proportion_ends_where_its_right_term_does():
    text = "党群比1:3.5以内"
    start = text.index("1")
    found = proportion_at(text, start)
    assert found is not None
    assert (text[start : found.end], found.worth) == ("1:3.5", Decimal("3.5"))
