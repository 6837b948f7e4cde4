"""What notes say beside the facts, and who says it: senders, questions, words to the writer."""

import pytest

from drafter.domain import Fact
from drafter.resources import lexicon
from drafter.writing.composer import compose_point, join_clauses
from drafter.writing.items import items
from drafter.writing.shorthand import to_sentence


def test_a_question_to_the_office_is_open_in_the_paper():
    point = compose_point([Fact("F1", "整治42栋"), Fact("F2", "请问按栋还是按单元报？")])
    assert point.text == "整治42栋。【待补：按栋还是按单元报】。"
    assert point.fact_ids == ("F1", "F2")


def test_unlike_facts_share_no_sentence():
    texts = [
        "派出所封控漫水桥5座，劝返车辆118台次",
        "保灌面积3200亩，架机42台",
        "架机提水9处，补水2次",
    ]
    point = compose_point([Fact(f"F{n}", text) for n, text in enumerate(texts)])
    assert point.text == f"{texts[0]}。{texts[1]}；{texts[2]}。"


def test_what_a_leader_wants_told_is_open_in_the_paper():
    assert (
        compose_point([Fact("F1", "书记说要突出干群一心")]).text
        == "【待补：书记说要突出干群一心】。"
    )


def test_a_counter_and_a_trade_are_no_places():
    assert compose_point([Fact("F1", "取号机修好了", office="大厅小刘")]).text == "取号机已修复。"


def test_a_bare_state_stands_in_no_row_with_a_figure():
    assert join_clauses(["满意度91.3%", "资金紧张"]) == "满意度91.3%；资金紧张。"


def test_short_problems_of_one_line_are_points_of_their_own():
    assert items("龙头少，链条短；融资难；地不够用", alone=True) == [
        "龙头少，链条短；",
        "融资难；",
        "地不够用",
    ]


@pytest.mark.parametrize("note", ["老领导慰问2户别写进去", "小孙，把表里的克数改一下，是31.4克"])
def test_a_word_to_the_writer_is_open_in_the_paper(note):
    assert compose_point([Fact("F1", note)]).text == f"【待补：{note}】。"


def test_a_written_word_is_not_written_again():
    rows = (row.split("\t") for row in lexicon("writing", "wording.tsv"))
    once = [to_sentence(f"情况{told.replace('#', '12个')}") for _, told in rows if "…" not in told]
    assert [text for text in once if to_sentence(text) != text] == []


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("派出所说反诈宣传34场", "反诈宣传34场"),
        ("水利站那边说，清淤1800米", "清淤1800米"),
        ("派出所说明情况3次", "派出所说明情况3次"),
        ("文化站说唱演出4场", "文化站说唱演出4场"),
    ],
)
def test_who_handed_a_fact_in_by_word_of_mouth_is_no_part_of_it(fact, said):
    assert to_sentence(fact) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("目标：村均50万元", "目标为村均50万元。"),
        ("主要目标：完成危房改造12户", "主要目标为完成危房改造12户。"),
    ],
)
def test_a_target_behind_a_colon_is_told_as_one(told, said):
    assert compose_point([Fact("F1", told)]).text == said
