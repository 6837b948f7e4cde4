"""Whatever is written, the check answers: no order of words is an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checking.checker import Checker

PIECES = [
    "荣获",
    "获评",
    "入选",
    "表扬",
    "称号",
    "荣誉",
    "先进",
    "等",
    "“",
    "”",
    "《",
    "》",
    "〔",
    "〕",
    "【",
    "】",
    "（",
    "）",
    "，",
    "。",
    "；",
    "：",
    "、",
    "…",
    "—",
    "《的》",
    "“等”",
    "分别",
    "其中",
    "合计",
    "共",
    "其余",
    "每",
    "户均",
    "占",
    "同比",
    "增长",
    "下降",
    "百分点",
    "倍",
    "成",
    "余",
    "近",
    "约",
    "超",
    "0",
    "3",
    "12",
    "4.5",
    "2026年",
    "6月",
    "11.3",
    "%",
    "万元",
    "亩",
    "户",
    "人次",
    "公里",
    "%",
    "村",
    "社区",
    "镇",
    "局",
    "办",
    "会",
    "河",
    "组",
    "张",
    "李书记",
    "镇长",
    "第一",
    "首届",
    "全部",
    "尚有",
    "已",
    "未",
    "没",
    "零",
    "计划",
    "正在",
    "完成",
    "整改",
    "发生",
    "事故",
    "一是",
    "二是",
    "不",
    "全面",
    "由",
    "向",
    "从",
    "至",
    "—",
    "\n",
    "　",
    "１２",
    "％",
    "壹",
    "廿",
    "两",
]

written = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


@given(st.lists(written, max_size=5), written, written)
@settings(max_examples=300)
def test_no_order_of_words_is_an_error(facts, sample, text):
    report = Checker(facts, [sample], 2026).examine(text)
    for found in report.findings:
        assert 0 <= found.start <= found.end <= len(text)
        assert found.text == text[found.start : found.end]


def test_an_award_without_a_name_is_read():
    assert not Checker(["开展排查12次"], year=2026).examine("荣获“”称号。").findings


FACTS = [
    "镇长 李建国，副镇长 欧阳海；前任 钟离岳调任县发改局局长",
    "检查文印店、书店、网吧17家次，校园周边摊点52家次",
    "问题28条，均已整改，",
    "收入（万元）：税收3912、非税951",
    "“和事佬”调解室 成功96件（上年81件）",
    "《水库管理办法》5月印发，6月1日起施行",
]
DRAFT = (
    "李建国任镇长，欧阳海由党委委员转任副镇长。查出的28条问题均已整改；两项合计近70家次，"
    "“和事佬”调解室促成近百件，比上年多15件。《水库管理办法》自6月1日起施行，税收3912万元，占八成。"
)


@pytest.mark.parametrize("end", range(len(DRAFT) + 1))
def test_a_text_may_break_off_anywhere(end):
    checker = Checker(FACTS, [DRAFT[end : end + 20]], 2026)
    for text in (DRAFT[:end], DRAFT[end:]):
        assert checker.examine(text).findings is not None


@given(st.data())
@settings(max_examples=100)
def test_facts_may_break_off_anywhere(data):
    facts = [fact[: data.draw(st.integers(0, len(fact)))] for fact in FACTS]
    assert Checker(facts, [], 2026).examine(DRAFT).findings is not None
