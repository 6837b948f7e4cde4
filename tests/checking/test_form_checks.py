"""Numbering, chains, masks and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.checking.form import check_form
from drafter.chinese.markers import numeral, render_marker


def marks(text):
    return [(f.text, f.suggestion) for f in check_form(text)]


@given(st.integers(2, 12), st.sampled_from([1, 2, 3, 4]))
def test_headings_in_order_never_alarm(count, level):
    text = "\n".join(f"{render_marker(level, i)}抓好工作" for i in range(1, count + 1))
    assert marks(text) == []


@given(st.integers(3, 12), st.data())
def test_a_heading_left_out_is_seen_at_the_next_one(count, data):
    gap = data.draw(st.integers(2, count - 1))
    numbers = [i for i in range(1, count + 1) if i != gap]
    text = "\n".join(f"{numeral(i)}、抓好工作" for i in numbers)
    assert marks(text) == [(f"{numeral(gap + 1)}、", f"{numeral(gap)}、")]


@given(st.integers(3, 9), st.data())
def test_a_missing_shi_is_seen_and_mended(count, data):
    gap = data.draw(st.integers(2, count))
    parts = [f"{numeral(i)}{'' if i == gap else '是'}加强领导。" for i in range(1, count + 1)]
    assert marks("".join(parts)) == [(numeral(gap), f"{numeral(gap)}是")]


@given(st.integers(3, 9), st.data())
def test_a_gap_in_a_chain_is_seen(count, data):
    gap = data.draw(st.integers(2, count - 1))
    text = "；".join(f"{numeral(i)}是加强领导" for i in range(1, count + 1) if i != gap)
    assert marks(text) == [(f"{numeral(gap + 1)}是", f"{numeral(gap)}是")]


def test_lower_levels_start_anew_under_each_heading():
    text = "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n1.己\n2.庚\n（二）辛"
    assert marks(text) == []


def test_two_chains_in_two_paragraphs_are_two_chains():
    assert marks("一是甲。二是乙。\n一是丙。二是丁。") == []


@pytest.mark.parametrize("mask", ["XX个", "**余人", "某某", "×××", "____", "〔F7.1〕", "〔地名〕"])
def test_a_mask_left_is_seen(mask):
    found = check_form(f"全镇共有{mask}，工作扎实。")
    assert [f.label for f in found] == ["placeholder"]
    assert mask.startswith(found[0].text[:2])


@pytest.mark.parametrize(
    "text", ["收购【待补：截至11月收购量（吨）】。", "（国发〔2024〕7号）", "【待补：XX】"]
)
def test_an_open_slot_and_a_document_number_are_no_masks(text):
    assert marks(text) == []


def test_half_width_punctuation_is_a_hint_with_the_right_mark():
    found = check_form("抓学习,促落实。")
    assert [(f.text, f.suggestion, f.severity) for f in found] == [(",", "，", "hint")]
    assert marks("网址a.b:8080，1,236人，比例3:1。") == []
