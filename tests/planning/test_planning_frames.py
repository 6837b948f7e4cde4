"""Titles of the notes and greetings are no facts of the paper; nothing counted is ever one."""

import pytest

from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.planning.course import kinds_of
from drafter.planning.frames import frames_of
from drafter.planning.title import find_year, make_preamble

TASKS = "一、推动经济发展\n二、存在的问题\n三、明年打算"


@pytest.mark.parametrize(
    "line",
    [
        "各位领导好，经发办材料报上，有不对的请指正",
        "各村报的数，表在后面，麻烦乡里核一下",
        "信访工作汇报材料 白沙镇 上半年",
    ],
)
def test_a_title_or_greeting_stands_in_no_section(line):
    facts = parse_facts(f"{line}\n规上工业产值3亿元\n税收1200万元")
    outline = make_outline(facts, None, TASKS)
    framed = [fact.id for fact in facts if fact.text == line]
    assert list(outline.unplaced) == framed


@pytest.mark.parametrize(
    "line",
    [
        "各位领导带队检查企业12家，请指正",
        "6月召开汇报会3次，形成材料",
        "落实防汛责任，完善台账",
    ],
)
def test_what_tells_of_work_is_never_left_out(line):
    facts = parse_facts(f"{line}\n规上工业产值3亿元")
    assert not frames_of(facts.facts)


def test_plans_announced_under_a_heading_of_problems_are_plans():
    notes = "困难：\n工业用地指标少\n明年：1.盘活闲置地块38亩；2.新建水厂1座"
    facts = parse_facts("规上工业产值3亿元\n" + notes)
    outline = make_outline(facts, None, TASKS)
    plans = " ".join(facts.by_id()[i].text for i in outline.sections[2].fact_ids)
    assert "盘活闲置地块" in plans
    assert "用地指标少" not in plans


def test_a_fault_that_was_called_out_is_work_and_one_called_out_by_others_a_problem():
    facts = parse_facts("纪委督查4轮，对2个巡江不到位的村点名\n排名靠后，被县里点名不到位2次")
    assert list(kinds_of(facts.facts).values()) == ["", "problems"]


def test_a_year_since_which_something_stands_is_not_the_year_summed_up():
    assert find_year(["2013年以来的问题厕所返修149户"]) == ""


def test_the_opening_names_the_work_though_the_year_is_open():
    assert make_preamble("白沙镇【待补：年份】信访工作总结") == "现将白沙镇信访工作情况总结如下。"
