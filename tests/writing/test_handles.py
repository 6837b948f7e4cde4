"""Handles come back in many shapes and are rendered exactly."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.facts import parse_facts
from drafter.writing.handles import mask, render, slots_of

FACTS = parse_facts(
    "排查隐患97处，整改97处，投入1.2万元\n听众1300余人次，党员43名\n"
    "党委书记沈砚秋讲党课2场\n3月6日印发《云渡镇“作风建设年”活动方案》\n征求意见近60条",
    unit="云渡镇",
)
MASKED = [mask(fact) for fact in FACTS]
SLOTS = slots_of(MASKED)


def text_of(raw):
    return render(raw, SLOTS).text


def test_a_clause_shows_values_in_open_mode_and_none_in_sealed_mode():
    assert (
        MASKED[0].shown(False) == "排查隐患〔F1.1=97〕处，整改〔F1.2=97〕处，投入〔F1.3=1.2〕万元"
    )
    assert MASKED[0].shown(True) == "排查隐患〔F1.1〕处，整改〔F1.2〕处，投入〔F1.3〕万元"


def test_a_sealed_clause_holds_no_digit_and_no_name():
    for number, fact in enumerate(FACTS):
        shown = mask(fact, number, sealed=True).shown(True)
        bare = re.sub(r"〔F\d+\.\d+", "", shown)
        assert not re.search(r"\d|沈砚秋|云渡|方案》", bare), shown


@pytest.mark.parametrize(
    "handle",
    [
        "〔F1.1〕", "〔F1.1=97〕", "〔 F1.1 〕", "〔F 1. 1〕", "（F1.1）", "(F1.1)",
        "[F1.1]", "【F1.1】", "〔〔F1.1〕〕", "{F1.1}", "<F1.1>", "F1.1", "〔f1.1〕",
        "〔Ｆ１．１〕", "〔F1·1〕", "〔F1-1〕", "〔F1.1＝97〕", "〔F1.1：97〕", "〔F01.01〕",
    ],
)  # fmt: skip
def test_a_handle_is_read_in_every_shape(handle):
    assert text_of(f"排查隐患{handle}处。") == "排查隐患97处。"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("隐患〔F1.1〕处。", "隐患97处。"),
        ("隐患〔F1.1〕处处。", "隐患97处。"),
        ("隐患〔F1.1〕。", "隐患97处。"),
        ("隐患〔F1.1〕个。", "隐患97处。"),
        ("隐患〔F1.1〕 处。", "隐患97处。"),
        ("投入〔F1.3〕元。", "投入1.2万元。"),
        ("投入〔F1.3〕万元万元。", "投入1.2万元。"),
        ("听众〔F2.1〕余人次。", "听众1300余人次。"),
        ("听众〔F2.1〕人。", "听众1300余人次。"),
        ("党员〔F2.2〕人。", "党员43人。"),
        ("〔F2.2〕位老党员。", "43位老党员。"),
        ("意见近〔F5.1〕条。", "意见近60条。"),
        ("隐患〔F1.1〕班子带队。", "隐患97处班子带队。"),
        ("隐患〔F1.1〕97处。", "隐患97处。"),
        ("隐患〔F1.1〕97处〕。", "隐患97处。"),
        ("隐患〔F1.1〕975户。", "隐患97处975户。"),
    ],
)
def test_the_measure_word_stands_once_and_is_the_facts(raw, text):
    assert text_of(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("〔F1.1〕月前完成。", "6月底前完成。"),
        ("〔F1.1〕月底前完成。", "6月底前完成。"),
        ("〔F1.1〕完成。", "6月底前完成。"),
        ("〔F1.1〕前完成。", "6月底前完成。"),
        ("〔F1.1〕，年度任务完成。", "6月底前，年度任务完成。"),
        ("〔F1.2〕岁以下干部参加。", "35岁以下干部参加。"),
        ("〔F1.2〕干部参加。", "35岁以下干部参加。"),
        ("〔F1.1〕6月底前〕完成。", "6月底前完成。"),
        ("〔F1.2〕岁及以下干部参加。", "35岁以下干部参加。"),
        ("〔F1.2〕及以下干部参加。", "35岁以下及以下干部参加。"),
    ],
)
def test_the_end_of_a_value_is_not_said_twice(raw, text):
    fact = parse_facts("6月底前完成，35岁以下干部参加").facts[0]
    assert render(raw, slots_of([mask(fact)])).text == text


def test_the_end_of_a_date_is_not_said_twice():
    masked = mask(parse_facts("预计2027年3月通车").facts[0])
    assert render("预计〔F1.1〕年3月通车。", slots_of([masked])).text == "预计2027年3月通车。"


def test_a_title_behind_its_handle_is_not_said_twice():
    assert text_of("印发〔F4.2〕《云渡镇“作风建设年”活动方案》。") == (
        "印发《云渡镇“作风建设年”活动方案》。"
    )


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("印发《云渡镇“作风建设年”活动方案》〔F4.2〕。", "印发《云渡镇“作风建设年”活动方案》。"),
        ("排查隐患97〔F1.1〕处。", "排查隐患97处。"),
        ("排查隐患97处〔F1.1〕。", "排查隐患97处。"),
        ("排查隐患197〔F1.1〕。", "排查隐患19797处。"),
    ],
)
def test_a_value_before_its_handle_is_not_said_twice(raw, text):
    assert text_of(raw) == text


@pytest.mark.parametrize("mark", "+、，/")
def test_handles_in_one_bracket_are_told_one_by_one(mark):
    assert text_of(f"隐患和党员〔F1.1{mark}F2.2〕名。") == "隐患和党员97处、43名。"
    assert text_of(f"隐患和党员〔F1.1=97{mark}F2.2=43〕名。") == "隐患和党员97处、43名。"


def test_a_vague_amount_and_what_is_missing_of_it_are_one_slot():
    masked = mask(parse_facts("收到意见20余条，解决了一多半").facts[0])
    [_, vague] = masked.slots
    assert vague.text == "一多半【待补：准确数】"
    raw = f"收到意见〔F1.1〕条，已解决〔{vague.id}〕条。"
    rendered = render(raw, slots_of([masked])).text
    assert rendered == "收到意见20余条，已解决一多半【待补：准确数】。"


def test_a_value_that_a_model_changed_beside_its_handle_does_not_count():
    assert text_of("排查隐患〔F1.1=99〕处。") == "排查隐患97处。"


def test_titles_dates_and_persons_are_rendered_to_the_letter():
    line = MASKED[3].shown(False)
    assert text_of(re.sub("=[^〔〕]*(?=〕)", "", line)) == MASKED[3].clause
    assert "〔F3.1〕" in re.sub("=[^〔〕]*(?=〕)", "", MASKED[2].shown(False))


def test_an_unknown_handle_is_left_out_and_told():
    found = render("新建〔F9.9〕个网格，隐患〔F1.1〕处。", SLOTS)
    assert found.unknown == ("〔F9.9〕",)
    assert "F9" not in found.text
    assert "97处" in found.text


def test_a_label_of_a_whole_fact_is_left_out():
    assert text_of("F1：隐患〔F1.1〕处。") == "隐患97处。"
    assert text_of("隐患〔F1.1〕处（F1）。") == "隐患97处。"


def test_uses_are_counted():
    found = render("〔F1.1〕处，〔F1.1〕处，〔F1.2〕处", SLOTS)
    assert found.used == {"F1.1": 2, "F1.2": 1}


def test_a_section_number_of_a_law_is_no_handle():
    assert text_of("按照A1.1标准执行，占比F。") == "按照A1.1标准执行，占比F。"


def test_a_handle_that_stands_in_a_fact_itself_is_kept_as_text():
    fact = parse_facts("请写成〔F1.1〕共3处").facts[0]
    masked = mask(fact)
    shown = re.sub("=[^〔〕]*(?=〕)", "", masked.shown(False))
    assert render(shown, slots_of([masked])).text == masked.clause


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["排查隐患", "发放资金", "培训干部", "走访农户", "整改问题"]),
            st.integers(0, 99999),
            st.sampled_from(["处", "万元", "人次", "户", "个", "%", "公里"]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_what_is_masked_and_rendered_is_the_clause_again(parts, sealed):
    fact = parse_facts("，".join(f"{what}{number}{unit}" for what, number, unit in parts)).facts[0]
    masked = mask(fact, 0, sealed)
    bare = re.sub("=[^〔〕]*(?=〕)", "", masked.shown(sealed))
    assert render(bare, slots_of([masked])).text == masked.clause
