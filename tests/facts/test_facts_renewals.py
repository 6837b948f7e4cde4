"""A message that makes an earlier one void, and a figure behind a star, take its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.facts import parse_facts
from drafter.facts.renewals import renewing_until, starred

SENDER = "民政办 李春 8:15"
OLD = "高龄津贴发放412人/49.4万元；临时救助38户次/11.6万元"
NEW = "高龄津贴发放421人/50.5万元；临时救助38户次/11.6万元"
VOID = [
    "前面发的作废，以这条为准：",
    "上面的数据不算，以此为准。",
    "请以最新的为准，",
    "刚才报的作废：",
]


def read(*lines):
    return parse_facts("\n".join(lines), "云渡镇", "2026年")


@given(st.sampled_from(VOID), st.sampled_from(["", "\n"]))
@settings(max_examples=20, deadline=None)
def test_a_renewed_message_takes_the_place_of_the_one_before(void, break_):
    sheet = read(SENDER, OLD, "民政办 李春 8:20", void + break_ + NEW)
    assert [(fact.text, fact.replaced_by) for fact in sheet] == [
        ("高龄津贴发放412人/49.4万元", "F3"),
        ("临时救助38户次/11.6万元", "F4"),
        ("高龄津贴发放421人/50.5万元", ""),
        ("临时救助38户次/11.6万元", ""),
    ]
    assert [notice.code for notice in sheet.notices] == ["correction", "correction"]


def test_what_another_hand_sent_stays():
    sheet = read(SENDER, OLD, "财政所 王强 8:20", VOID[0] + NEW)
    assert not any(fact.replaced_by for fact in sheet)


def test_what_is_about_something_else_is_added():
    sheet = read(SENDER, OLD, "民政办 李春 8:20", VOID[0] + "城市特困供养33人，发放28.6万元")
    assert [fact.replaced_by for fact in sheet] == ["", "", ""]


@pytest.mark.parametrize(
    "line", ["以9.1万人次为准", "补贴以实测面积为准，核定1200亩", "作废票据12份", "清理作废印章3枚"]
)
def test_a_statement_about_what_is_valid_makes_nothing_void(line):
    assert renewing_until(line) == 0


def test_a_figure_behind_a_star_mends_what_was_written_before():
    sheet = read(
        "妇联 何敏 9:00", "两癌筛查做了六百二十三个人，随访8人", "妇联 何敏 9:01", "*632个人"
    )
    assert [fact.text for fact in sheet][-1] == "两癌筛查做了632个人，随访8人"
    assert sheet.facts[0].replaced_by == "F2"


def test_a_star_before_a_statement_is_a_bullet():
    assert starred("* 改厕118户") == starred("*改厕") == ""
    assert [fact.text for fact in read("* 118户已验收", "* 46户在建")] == [
        "118户已验收",
        "46户在建",
    ]


@pytest.mark.parametrize(
    ("old", "mended", "new"),
    [
        ("清理枯死木860株", "枯死木那个数写多了一位，是86株，抱歉", "清理枯死木86株"),
        ("收入2.1个亿", "另外收入核实了一下，2.1亿不对，应该是2.01亿", "收入2.01亿"),
        ("培训36人", "培训那个少写了个0，是360人", "培训360人"),
    ],
)
def test_a_slip_of_the_pen_is_mended_in_the_words_of_a_chat(old, mended, new):
    sheet = read("秦朗 15:02", old, "秦朗 15:20", mended)
    assert [(fact.text, fact.replaced_by) for fact in sheet] == [(old, "F2"), (new, "")]


def test_a_count_that_does_not_fit_is_mended_once_and_only_confirmed_after():
    sheet = read(
        "郑强 9:11", "今年累计受理信访事项312件，办结率98.4%",
        "平安办小胡 9:30", "@郑强 累计数对不上，系统是321件",
        "郑强 9:35", "以系统为准，321件",
    )  # fmt: skip
    assert [fact.text for fact in sheet if not fact.replaced_by] == [
        "今年累计受理信访事项321件，办结率98.4%"
    ]
    assert len(sheet.notices) == 1
