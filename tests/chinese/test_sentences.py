"""Sentences and clauses."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.sentences import split_clauses, split_sentences

TEXT = st.text(alphabet="镇村一是。；，：！？“”（）《》\n a1", max_size=60)


@given(TEXT)
def test_spans_are_the_text_in_order_and_lose_only_space(text):
    for split in (split_sentences, split_clauses):
        spans = split(text)
        assert all(text[s.start : s.end] == s.text for s in spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert "".join("".join(s.text for s in spans).split()) == "".join(text.split())


def texts(spans):
    return [s.text for s in spans]


def test_a_sentence_ends_at_its_full_stop_semicolon_or_line_end():
    assert texts(split_sentences("一是抓学习。二是抓整改；三是抓长效\n完")) == [
        "一是抓学习。",
        "二是抓整改；",
        "三是抓长效",
        "完",
    ]


def test_quotes_and_brackets_stay_whole():
    text = "落实“思想认识到位。责任落实到位”要求（含村干部；组干部），全部完成。"
    assert texts(split_sentences(text)) == [text]


def test_a_full_stop_before_the_closing_quote_ends_the_sentence():
    assert texts(split_sentences("他说：“要抓实。”会后即办。")) == [
        "他说：“要抓实。”",
        "会后即办。",
    ]


def test_an_unclosed_quote_does_not_swallow_the_rest():
    assert texts(split_sentences("着眼于“学。学习三次。")) == ["着眼于“学。", "学习三次。"]


def test_clauses_end_at_commas_too_but_not_inside_quotes():
    assert texts(split_clauses("召开“学，做”会，完成3项：好。")) == [
        "召开“学，做”会，",
        "完成3项：",
        "好。",
    ]


def test_a_mark_inside_a_number_or_a_time_cuts_nothing():
    text = "清理垃圾1,280处，整改1，150处；9:30开会：到12人,走访365户"
    assert [c.text for c in split_clauses(text)] == [
        "清理垃圾1,280处，", "整改1，150处；", "9:30开会：", "到12人,", "走访365户",
    ]  # fmt: skip
