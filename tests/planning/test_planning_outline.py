"""Tasks, assignment and edits: nothing handed in is ever lost on the way to the outline."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.domain import Fact, FactSheet
from drafter.errors import EmptyInput, InputError
from drafter.planning import (
    add_section,
    ask_list,
    drop_section,
    make_outline,
    move_fact,
    move_section,
    plan_points,
    rename_section,
)
from drafter.planning.tasks import parse_tasks
from drafter.planning.title import find_campaign, find_subject, find_unit, find_year
from drafter.planning.topics import main_topic

LINES = [
    ("党建办", "党委理论学习中心组学习11次，专题研讨4次", "done"),
    ("应急办", "检查企业143家次，隐患97处→整改97处", "done"),
    ("综治中心", "矛盾纠纷排查217件，化解211件", "done"),
    ("农业农村办", "粮食播种面积1.86万亩", "done"),
    ("民政办", "临时救助89人次，发放14.6万元", "done"),
    ("纪委", "部分年轻干部不会做群众工作", "problem"),
    ("纪委", "建问题整改台账，每月晒一次", "planned"),
]
TASKS = "\n".join(
    [
        "一、深化理论学习",
        "二、守牢安全生产底线",
        "三、抓好矛盾纠纷化解",
        "四、稳定粮食生产",
        "五、兜牢民生保障",
    ]
)


def sheet(lines=LINES):
    facts = tuple(
        Fact(f"F{n}", text, office=office, state=state)
        for n, (office, text, state) in enumerate(lines, 1)
    )
    return FactSheet(facts)


def placed(outline):
    return {i for section in outline.sections for i in section.fact_ids} | set(outline.unplaced)


def test_each_fact_goes_under_the_task_it_is_about():
    outline = make_outline(sheet(), None, TASKS)
    by_heading = {section.heading: section.fact_ids for section in outline.sections}
    assert by_heading["深化理论学习"] == ("F1",)
    assert by_heading["守牢安全生产底线"] == ("F2",)
    assert by_heading["抓好矛盾纠纷化解"] == ("F3",)
    assert by_heading["稳定粮食生产"] == ("F4",)
    assert by_heading["兜牢民生保障"] == ("F5",)


def test_every_placed_fact_has_a_reason_a_clerk_can_read():
    outline = make_outline(sheet(), None, TASKS)
    for section in outline.sections:
        assert set(section.reasons) == set(section.fact_ids)
        assert all(section.reasons.values())


def test_problems_and_plans_get_sections_of_their_own_where_the_tasks_have_none():
    outline = make_outline(sheet(), None, TASKS)
    assert [s.function for s in outline.sections[-2:]] == ["problems", "plan"]
    assert outline.sections[-2].fact_ids == ("F6",)
    assert outline.sections[-1].fact_ids == ("F7",)


def test_the_tasks_stand_in_their_order_and_their_words():
    outline = make_outline(sheet(), None, TASKS)
    headings = [line.split("、", 1)[1] for line in TASKS.splitlines()]
    assert [s.heading for s in outline.sections[:5]] == headings
    assert outline.source == "tasks"


def test_a_fact_that_fits_nowhere_is_listed():
    odd = sheet([*LINES, ("", "秋季征兵体检21人，定兵9人", "done")])
    outline = make_outline(odd, None, "一、深化理论学习\n二、稳定粮食生产")
    assert "F8" in outline.unplaced


def test_no_facts_no_outline():
    with pytest.raises(EmptyInput, match="素材"):
        make_outline(FactSheet(), None, TASKS)


def test_without_tasks_the_headings_come_from_what_the_facts_are_about():
    outline = make_outline(sheet(), None)
    assert placed(outline) == {f"F{n}" for n in range(1, 8)}
    assert outline.unplaced == ()
    assert outline.sections[-1].function == "plan"


texts = st.text(st.sampled_from("学习隐患矛盾粮食救助问题打算123件次，"), min_size=1, max_size=20)
lines = st.lists(
    st.tuples(st.sampled_from(["", "党建办", "纪委"]), texts, st.sampled_from(["done", "problem"])),
    min_size=1,
    max_size=12,
)
tasks = st.lists(st.text(st.sampled_from("一二、学习安全问题工作（）"), max_size=8), max_size=5)


@settings(deadline=None)
@given(lines, tasks)
def test_every_fact_is_placed_once_or_listed(lines, tasks):
    facts = sheet(lines)
    outline = make_outline(facts, None, tasks)
    ids = [i for s in outline.sections for i in s.fact_ids] + list(outline.unplaced)
    assert sorted(ids) == sorted(fact.id for fact in facts)


@settings(deadline=None)
@given(lines, st.data())
def test_no_edit_loses_a_fact(lines, data):
    outline = make_outline(sheet(lines), None, TASKS)
    before = placed(outline)
    for _ in range(4):
        count = len(outline.sections)
        index = data.draw(st.integers(0, count - 1))
        edit = data.draw(st.sampled_from(["rename", "move", "add", "drop", "fact"]))
        if edit == "rename":
            outline = rename_section(outline, index, "新标题")
        elif edit == "move":
            outline = move_section(outline, index, data.draw(st.integers(0, count)))
        elif edit == "add":
            outline = add_section(outline, "新增栏目", at=index)
        elif edit == "drop" and count > 1:
            outline = drop_section(outline, index)
        elif edit == "fact":
            fact_id = data.draw(st.sampled_from(sorted(before)))
            outline = move_fact(outline, fact_id, data.draw(st.sampled_from([None, index])))
        assert placed(outline) == before


def test_an_edit_of_what_is_not_there_says_so():
    outline = make_outline(sheet(), None, TASKS)
    with pytest.raises(InputError, match="第99个章节"):
        rename_section(outline, 98, "新标题")
    with pytest.raises(InputError, match="F99"):
        move_fact(outline, "F99", 0)
    with pytest.raises(InputError, match="不能为空"):
        rename_section(outline, 0, "  ")


def test_a_point_holds_one_topic_and_at_most_four_facts():
    facts = [Fact(f"F{n}", f"矛盾纠纷化解{n}件") for n in range(1, 8)] + [Fact("F9", "救助3人")]
    plans = plan_points(facts)
    assert [len(p.facts) for p in plans] == [4, 3, 1]
    assert [p.continues for p in plans] == [False, True, False]
    assert plans[0].headline == "化解矛盾纠纷"


@settings(deadline=None)
@given(lines, st.integers(1, 6))
def test_every_fact_stands_in_exactly_one_point(lines, limit):
    facts = sheet(lines).facts
    plans = plan_points(facts, limit)
    ids = [fact.id for plan in plans for fact in plan.facts]
    assert sorted(ids) == sorted(fact.id for fact in facts)
    assert all(1 <= len(plan.facts) <= limit for plan in plans)


def test_titles_and_notes_around_marked_tasks_are_no_tasks():
    found, notes = parse_tasks(
        "某县总结提纲\n一、学习情况（牵头：党建办）\n注意：周五前报\n二、整改情况；"
    )
    assert [(t.level, t.heading) for t in found] == [(1, "学习情况"), (1, "整改情况")]
    assert notes == ["某县总结提纲", "注意：周五前报"]


def test_unmarked_lines_are_all_tasks():
    found, notes = parse_tasks("学习情况\n\n整改情况\n")
    assert [t.heading for t in found] == ["学习情况", "整改情况"]
    assert notes == []


def test_two_levels_of_tasks_are_kept():
    found, _ = parse_tasks("一、总体情况\n（一）学习\n（二）整改\n二、打算")
    assert [t.level for t in found] == [1, 2, 2, 1]


def test_unit_year_and_campaign_come_from_the_material():
    lines = [
        "印发《云渡镇“作风建设年”活动方案》",
        "2026年“作风建设年”",
        "预计2027年3月通车",
        "2026年",
    ]
    assert find_unit(lines) == "云渡镇"
    assert find_year(lines) == "2026年"
    assert find_campaign(lines) == "“作风建设年”"


def test_what_the_material_does_not_say_stays_open_in_the_title():
    outline = make_outline(sheet(), None, TASKS)
    assert outline.title == "【待补：单位名称】【待补：年份】工作总结"


def test_a_section_without_facts_is_asked_for():
    outline = make_outline(sheet(LINES[:1]), None, TASKS)
    asked = {question.heading for question in ask_list(outline, sheet(LINES[:1]))}
    assert asked == {"守牢安全生产底线", "抓好矛盾纠纷化解", "稳定粮食生产", "兜牢民生保障"}


TOWNSHIPS = Path(__file__).parent.parent / "townships"


def test_the_miniature_township_is_placed_whole():
    facts = pytest.importorskip("drafter.facts")
    read = facts.parse_facts((TOWNSHIPS / "clean" / "facts.txt").read_text("utf-8"))
    outline = make_outline(read, None, (TOWNSHIPS / "clean" / "tasks.txt").read_text("utf-8"))
    assert outline.unplaced == ()


@pytest.mark.parametrize(
    "heading",
    ["推动重点任务落地见效", "作风问题排查整改情况", "为群众办实事解难题", "重点工作完成情况"],
)
def test_a_task_about_work_is_no_section_of_plans_or_problems(heading):
    assert make_outline(sheet(LINES[:1]), None, heading).sections[0].function == "work"


def test_plans_stand_in_the_order_of_the_problems_they_answer():
    lines = [
        ("", "年轻干部不会做群众工作", "problem"),
        ("", "冷链仓储能力跟不上", "problem"),
        ("", "新建冷链仓储设施1座", "planned"),
        ("", "组织年轻干部跟班学做群众工作", "planned"),
        ("", "理论学习中心组学习11次", "done"),
    ]
    assert make_outline(sheet(lines), None, TASKS).sections[-1].fact_ids == ("F4", "F3")


def test_a_fact_that_leans_on_the_one_before_goes_with_it():
    lines = [
        ("综治中心", "矛盾纠纷排查217件", "done"),
        ("综治中心", "其中：安全生产类37件、粮食类4件", "done"),
    ]
    by_heading = {s.heading: s.fact_ids for s in make_outline(sheet(lines), None, TASKS).sections}
    assert by_heading["抓好矛盾纠纷化解"] == ("F1", "F2")


@pytest.mark.parametrize(
    ("text", "state", "function"),
    [
        ("抢通道路33处，剩余3处12月15日前完工", "planned", "work"),
        ("建议：区里统一建用工平台", "unknown", "plan"),
        ("努力方向：每季度1次专题调研", "unknown", "plan"),
        ("2027年计划：建冷库1座", "unknown", "plan"),
        ("2027年4月底前接通管网", "planned", "plan"),
    ],
)
def test_a_plan_is_told_from_work_with_a_remainder(text, state, function):
    outline = make_outline(sheet([*LINES[:1], ("", text, state)]), None, "一、工作情况")
    assert next(s.function for s in outline.sections if "F2" in s.fact_ids) == function


def test_the_notes_own_headings_are_the_outline_where_no_tasks_were_handed_down():
    hints = {"F1": "法治建设", "F2": "平安建设", "F3": "明年打算", "F4": "不足"}
    facts = FactSheet(tuple(Fact(i, f"某事{i}", section_hint=hint) for i, hint in hints.items()))
    outline = make_outline(facts, None)
    assert [s.heading for s in outline.sections] == ["法治建设", "平安建设", "不足", "明年打算"]


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("柳港镇防汛抗旱工作情况", "防汛抗旱"),
        ("龙泉镇2026年政法工作素材", "政法"),
        ("禾山乡2026年上半年信访维稳工作素材（截至6月底）", "信访维稳"),
        ("某县云渡镇2026年工作情况", ""),
        ("云渡镇2026年重点工作台账", ""),
        ("各位，信访积案化解专项行动的材料，今天报齐", "信访积案化解专项行动"),
        ("柳港镇秸秆禁烧攻坚战工作情况", "秸秆禁烧攻坚战"),
        ("这次活动很成功", ""),
    ],
)
def test_the_title_names_the_work_that_the_notes_title_names(line, subject):
    assert find_subject([line]) == subject


def test_a_plan_says_nothing_about_the_year_summed_up():
    lines = [("", "演练2次", "done"), ("", "堤防加固2027年汛前完成", "planned")]
    assert "2027" not in make_outline(sheet(lines), None, TASKS).title


def test_a_campaign_in_straight_quotes_is_found():
    assert find_campaign(['云渡镇2026年"作风建设年"材料']) == "“作风建设年”"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("征兵：报名63人，体检41人", "人武工作"),
        ("反诈宣传92场", "平安建设"),
        ("“八五”普法：法治讲座18场，法律援助23件", "依法行政"),
        ("连续降雨，累计雨量386.5毫米", "防汛抗旱"),
        ("巡塘员12个人，暑假每天巡2遍", "防溺水"),
        ("“两不愁三保障”12轮", "乡村振兴"),
        ("查处酒驾9起，农用车违法载人44起", "隐患排查"),
    ],
)
def test_what_a_fact_names_first_or_longest_is_its_topic(text, topic):
    assert main_topic(text).name == topic


def test_plain_headings_take_in_the_facts_they_were_proposed_for():
    facts = sheet([*LINES[:5], ("", "投入资金286万元硬化道路9.6公里，培育合作社5家", "done")])
    outline = make_outline(facts, None)
    assert all(s.fact_ids for s in outline.sections if s.level == 2)


def test_the_time_an_outline_takes_grows_with_the_facts_only():
    words = ["年轻干部方法少", "管网接通滞后", "回访跟不上", "整治机制不完善", "冷链能力弱"]
    states = ["problem", "planned", "done"]
    many = [("", f"{words[n % 5]}{n}处", states[n % 3]) for n in range(6000)]
    few, all_of_them = sheet(many[:1500]), sheet(many)
    make_outline(few, None, TASKS)
    started = time.process_time()
    make_outline(few, None, TASKS)
    middle = time.process_time()
    make_outline(all_of_them, None, TASKS)
    assert time.process_time() - middle < 12 * (middle - started) + 0.5


def test_one_heading_over_problems_and_plans_takes_both_problems_first():
    lines = [
        ("", "打算：建台账", "planned"),
        ("", "中心组学习11次", "done"),
        ("", "回访跟不上", "problem"),
    ]
    outline = make_outline(sheet(lines), None, "一、理论学习\n二、存在的问题和下一步打算")
    assert [s.fact_ids for s in outline.sections] == [("F2",), ("F3", "F1")]


@pytest.mark.parametrize("line", ["任务第{}项", "（一）任务第{}项", "1. 任务第{}项"])
def test_more_headings_than_ordinals_are_refused_in_one_clear_line(line):
    with pytest.raises(InputError, match="最多97个"):
        parse_tasks("\n".join(line.format(n) for n in range(100)))
    assert len(parse_tasks("\n".join(line.format(n) for n in range(97)))[0]) == 97


@pytest.mark.parametrize(
    ("texts", "headlines"),
    [
        (["发展党员9名", "出警87次"], ["做好党员发展", "及时出警处置"]),
        (["立案4件，谈话提醒11人次", "撂荒地复耕426亩"], ["查办问题线索", "整治撂荒耕地"]),
        (["医保参保率98.3%", "临时救助89人次", "巡河9次"], ["做好社会保障", "落实河湖管护"]),
        (["集中学习4次", "交流研讨2次", "走访企业9家"], ["抓好理论学习", "走访服务企业"]),
    ],
)
def test_a_headline_names_what_every_fact_below_it_shows(texts, headlines):
    plans = plan_points([Fact(f"F{n}", text) for n, text in enumerate(texts, 1)])
    assert [plan.headline for plan in plans if plan.headline] == headlines


@given(
    st.lists(st.sampled_from(["立案4件", "处分2人", "约谈3人", "督查5次", "隐患9处"]), max_size=9)
)
def test_no_headline_stands_twice_in_a_section(texts):
    plans = plan_points([Fact(f"F{n}", text) for n, text in enumerate(texts, 1)])
    headed = [plan.headline for plan in plans if plan.headline]
    assert len(headed) == len(set(headed))


def test_plans_under_the_notes_own_heading_stand_last_and_in_no_second_section():
    facts = (
        Fact("F1", "清运垃圾620吨", section_hint="垃圾清运"),
        Fact("F2", "改厕38户", section_hint="2027年计划", state="planned"),
        Fact("F3", "签约2860户", section_hint="机制建设"),
    )
    outline = make_outline(FactSheet(facts), None)
    assert [(s.heading, s.function) for s in outline.sections] == [
        ("垃圾清运", "work"),
        ("机制建设", "work"),
        ("2027年计划", "plan"),
    ]
