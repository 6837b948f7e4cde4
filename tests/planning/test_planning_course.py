"""Problems and plans seen along the notes: what stands among them belongs to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact
from drafter.facts import parse_facts
from drafter.planning.course import kinds_of

WORK = ["清运垃圾120吨", "改厕60户", "硬化道路3公里", "安装路灯40盏", "调解纠纷18件", "发展党员4名"]


def sheet(*lines):
    return [Fact(f"F{n}", text, state=state) for n, (text, state) in enumerate(lines, 1)]


def kinds(*lines):
    facts = sheet(*[(text, "done") for text in WORK], *lines)
    found = kinds_of(facts)
    return [found[fact.id] for fact in facts][len(WORK) :]


def test_what_stands_between_two_plans_is_a_plan():
    told = [("下一步新建泵站1座", "planned"), ("新建照料点5处", "done"), ("力争开工2个", "planned")]
    assert kinds(*told) == ["plan", "plan", "plan"]


def test_a_line_with_the_cues_of_a_plan_ends_the_plans():
    told = [("下一步新建泵站1座", "planned"), ("培训村干部不少于30人", "done")]
    assert kinds(*told) == ["plan", "plan"]


def test_work_written_behind_the_plans_is_still_work():
    told = [("下一步新建泵站1座", "planned"), ("中心组学习11次", "done")]
    assert kinds(*told) == ["plan", ""]


def test_what_is_short_among_problems_is_a_problem():
    told = [
        ("问题：回访跟不上", "problem"),
        ("持证干部只有2人", "unknown"),
        ("保洁员不够", "problem"),
        ("下一步补齐人员", "planned"),
    ]
    assert kinds(*told) == ["problems", "problems", "problems", "plan"]


def test_a_plan_among_the_work_draws_nothing_to_it():
    facts = sheet(
        *[(text, "done") for text in WORK[:2]],
        ("下一步新建泵站1座", "planned"),
        *[(text, "done") for text in WORK[2:]],
    )
    assert [kind for kind in kinds_of(facts).values() if kind] == ["plan"]


def test_another_office_begins_anew():
    facts = [Fact(f"F{n}", text, state="done", office="农办") for n, text in enumerate(WORK)]
    facts += [Fact("P1", "下一步改厕20户", state="planned", office="农办")]
    facts += [Fact("C1", "力争参保率更高", office="社保所"), Fact("C2", "发放救助金6万元")]
    assert kinds_of(facts)["C2"] == ""


def test_what_a_year_to_come_names_is_a_plan():
    told = [
        ("下一步新建泵站1座", "planned"),
        ("2027年引进企业1家", "unknown"),
        ("力争投产", "planned"),
    ]
    facts = sheet(*[(f"2026年{text}", "done") for text in WORK], *told)
    assert kinds_of(facts)["F8"] == "plan"


def test_a_line_labelled_with_a_year_to_come_is_a_plan():
    facts = sheet(("2026年改厕60户", "done"), ("2027：化债600万元", "unknown"))
    assert list(kinds_of(facts).values()) == ["", "plan"]


LACKS = ["保洁员年龄偏大", "年轻人不愿回村", "管网维护没钱", "经费缺口15万元", "村里缺乏带头人"]
GOOD = ["没有人员伤亡", "信访量减少", "平均年龄38岁", "群众反映良好", "低保户就12户"]


def of_notes(*lines):
    facts = parse_facts("\n".join(lines)).facts
    found = kinds_of(facts)
    return {fact.text: found[fact.id] for fact in facts}


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(LACKS), min_size=1, max_size=3, unique=True), st.booleans())
def test_lines_of_a_lack_that_close_the_notes_are_problems(lacks, planned):
    plans = ["明年新建泵站1座"] if planned else []
    found = of_notes(*WORK, *lacks, *plans)
    assert [found[text] for text in lacks + plans] == ["problems"] * len(lacks) + ["plan"] * planned
    assert not any(found[text] for text in WORK)


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(LACKS), st.sampled_from(GOOD))
def test_a_good_end_is_no_problem_and_keeps_what_stands_before_it_from_being_one(lack, good):
    assert not any(of_notes(*WORK, lack, good).values())


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(LACKS), st.integers(0, 2))
def test_a_line_of_a_lack_among_the_first_work_is_none(lack, place):
    assert of_notes(*WORK[:place], lack, *WORK[place:])[lack] == ""


@pytest.mark.parametrize(
    "text",
    [
        "改造老旧管网，老化管段换了3公里",
        "消除监管盲区",
        "依靠群众力量修路2公里",
        "群众难以出行的3个组通了公路",
        "仅有的3户危房搬离",
        "帮扶困难",
        "补上缺口15万元",
        "化肥用量减少，效果好",
        "特困老人超过90岁3人",
    ],
)
def test_a_word_of_problems_in_a_line_of_work_makes_no_problem_at_the_end(text):
    assert of_notes(*WORK, text)[text] == ""
