"""Nothing of what an office hands in is dropped, and the numbering holds."""

import re
import time
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.quantities import find_figures
from drafter.facts import join_sheets, parse_facts
from drafter.facts.lines import read_lines
from drafter.facts.observations import rewritten
from drafter.facts.split import split_statements

FACT = st.sampled_from(
    [
        "中心组学习6次",
        "- 排查隐患97处→整改97处",
        "1. 改厕118户；清运垃圾40吨",
        "（二）开展演练2次，参加260人次。组织培训3期",
        "党委书记沈砚秋讲党课2场；其他成员各讲1场，共8场",
        "问题：年轻干部不会做群众工作",
        "打算：建问题整改台账，每月公示一次",
        "沟渠疏通１１.５公里",
        "低保户共312户，其中兴隆片158户、河东片154户",
        "税收：待财政所提供",
        "  •  发放宣传册4200份；",
        "村\t改厕（户）\n柳塘村\t120\n枫坪村\t80",
    ]
)
OTHER = st.sampled_from(
    [
        "【党建办】",
        "【纪委】通报3期",
        "[应急办] 检查28家",
        "党政办：发文96件",
        "社区李：收到意见二十来条",
        "一、党建方面",
        "存在问题",
        "党政办小何 9:02",
        "农办-周健 9:31",
        "[2026-11-02 09:11] 张工：路基完成2.9公里",
        "张三(应急办): 转移群众12人",
        "收到",
        "@所有人 请各位报数",
        "—————  2025-11-18  —————",
        "单位：云渡镇",
        "云渡镇2026年素材汇总",
        "",
        "  　\t",
        "🙏",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n"])
TEXT = st.lists(st.tuples(st.one_of(FACT, FACT, OTHER), ENDS), max_size=12).map(
    lambda lines: "".join(line + end for line, end in lines)
)
ANY = st.text(
    alphabet="党建办纪委：:【】[]；;。，,→（）共其中0123456789二十余次个人"
    "\n\r \u3000\u200b-·、.问题打算收到@",
    max_size=60,
)


def uncovered(text):
    """The characters that are in no fact, no shown rest and no label."""
    sheet = parse_facts(text)
    covered = set()
    for fact in sheet:
        covered |= set(range(fact.source.start, fact.source.end))
    for span in sheet.not_understood:
        assert text[span.start : span.end] == span.text
        covered |= set(range(span.start, span.end))
    hints = {fact.section_hint for fact in sheet}
    for line in read_lines(text):
        kept = line.label in sheet.tags or (line.kind == "heading" and line.label in hints)
        if line.kind in {"tag", "sender", "heading"} and kept:
            covered |= set(range(line.start, line.end))
    return [text[i] for i in range(len(text)) if i not in covered and not text[i].isspace()]


@given(TEXT)
@settings(max_examples=150, deadline=None)
def test_every_character_is_in_a_fact_a_label_or_shown(text):
    assert uncovered(text) == []


@given(ANY)
@settings(max_examples=200, deadline=None)
def test_nothing_is_lost_of_any_text_at_all(text):
    assert not [char for char in uncovered(text) if char not in "\u200b\ufeff"]


@given(TEXT, TEXT)
@settings(max_examples=100, deadline=None)
def test_ids_hold_when_lines_are_appended(text, more):
    text += "改厕9户，验收8户\n"  # what a last bare name is depends on what stands under it
    first, both = parse_facts(text), parse_facts(text + "【新】\n" + more)
    assert [f.id for f in first] == [f"F{i}" for i in range(1, len(first) + 1)]
    assert [(f.id, f.source.start) for f in both][: len(first)] == [
        (f.id, f.source.start) for f in first
    ]


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_every_figure_of_a_fact_line_is_in_a_fact(text):
    sheet = parse_facts(text)
    kept = [(f.dimension, f.low, f.high) for fact in sheet for f in fact.figures]
    for line in read_lines(text):
        if line.kind == "fact":
            for figure in find_figures(line.text):
                assert (figure.dimension, figure.low, figure.high) in kept, figure.text


@given(st.lists(FACT, min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_pieces_of_a_line_cover_it_and_lose_no_figure(parts):
    line = "；".join(part.strip() for part in parts)
    spans = split_statements(line)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(line)
    assert all(one[1] == other[0] for one, other in pairwise(spans))


@given(TEXT)
@settings(max_examples=80, deadline=None)
def test_what_is_read_of_a_fact_is_in_its_text(text):
    for fact in parse_facts(text):
        for found in (*fact.figures, *fact.dates, *fact.entities):
            assert fact.text[found.start : found.end] == found.text


@given(TEXT, TEXT)
@settings(max_examples=60, deadline=None)
def test_joined_sheets_hold_all_facts_in_order_under_new_numbers(one, other):
    sheets = [parse_facts(one, source="甲.txt"), parse_facts(other, source="乙.txt")]
    joined = join_sheets(sheets)
    assert [f.id for f in joined] == [f"F{i}" for i in range(1, len(joined) + 1)]
    assert [(f.text, f.source) for f in joined] == [(f.text, f.source) for s in sheets for f in s]
    assert len(joined.not_understood) == sum(len(s.not_understood) for s in sheets)


def seconds_for(lines):
    four = (
        "隐患{0}处，已全部整改\n隐患尚有{0}处未整改\n- **改厕**（户）：目标{0}\n更正：隐患应为{0}处"
    )
    text = "\n".join(four.format(i) for i in range(lines // 4))
    start = time.process_time()
    parse_facts(text)
    return time.process_time() - start


def test_the_time_grows_with_the_lines_and_no_faster():
    seconds_for(40)
    assert seconds_for(3200) < 10 * seconds_for(800)


@given(
    st.sampled_from(
        ["改厕{}户", "今年硬化道路{}公里，投资46万元", "高坎村：调处纠纷{}起，其中疑难2起"]
    ),
    st.integers(10, 400),
    st.integers(401, 900),
    st.sampled_from(
        ["更正：{b}", "刚才那个数不对，应是{n}", "不是{a}，是{b}", "“{a}”有误，更正为“{b}”"]
    ),
)
@settings(max_examples=60, deadline=None)
def test_only_the_corrected_value_stands_and_nothing_else_of_the_statement_is_lost(
    pattern, old, new, correction
):
    measure = re.search(r"\{\}([^，]+)", pattern)[1]
    said = correction.format(a=f"{old}{measure}", b=f"{new}{measure}", n=new)
    sheet = parse_facts(f"农业办：{pattern.format(old)}\n{said}")
    assert [f.text for f in sheet.standing()] == [pattern.format(new)]
    assert [f.text for f in sheet] == [pattern.format(old), pattern.format(new)]
    assert [n.code for n in sheet.notices if n.code != "rate_missing"] == ["correction"]


def test_a_value_takes_a_figures_dress_and_none_where_it_is_told_in_pieces():
    whole, pieces = find_figures("1.7亿元")[0], find_figures("用时1小时40分")[0]
    assert rewritten(whole, Decimal(200_000_000)) == "2亿元"
    assert rewritten(pieces, pieces.value * 2) == ""
