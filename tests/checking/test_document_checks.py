"""What only the whole text shows."""

import pytest

from drafter.checking import Checker, check, unanswered_tasks, unused_facts

FACTS = ["排查消防安全隐患 136处", "走访企业 28家", "建成文化广场 2处"]
PAPER = """一、工作情况
全年排查消防安全隐患136处，走访企业28家，建成文化广场2处。
二、存在问题
（一）村级管网老化，供水不稳。
（二）青年干部做群众工作经验少。
（三）茶叶销路窄，价格不稳。
三、下一步打算
（一）更新村级供水管网，稳定供水。
（二）组织青年干部结对老支书学习群众工作。
（三）拓宽茶叶销路，对接电商。
"""


def labels(text, facts=FACTS, **kwargs):
    return [(f.text, f.label, f.severity) for f in check(text, facts, **kwargs)]


def test_a_whole_paper_that_agrees_with_itself_is_quiet():
    assert labels(PAPER) == []


def test_an_indicator_with_a_second_value_is_shown_at_the_second_place():
    facts = [*FACTS, "排查消防安全隐患 138处"]
    text = PAPER + "四、结语\n全年排查消防安全隐患138处。\n"
    assert ("138处", "inconsistency", "confirm") in labels(text, facts)


def test_a_problem_without_a_measure_is_a_hint():
    text = PAPER.replace("（二）组织青年干部结对老支书学习群众工作。\n（三）", "（二）")
    assert labels(text) == [("（二）青年干部做群众工作经验少", "inconsistency", "hint")]


def test_a_measure_without_a_problem_is_a_hint():
    text = PAPER + "（四）开展殡葬改革宣传引导。\n"
    assert labels(text) == [("（四）开展殡葬改革宣传引导", "inconsistency", "hint")]


def test_an_unsourced_effect_is_a_hint_and_a_sourced_one_nothing():
    text = "走访企业28家，赢得了群众的一致好评。"
    assert labels(text) == [("赢得了群众的一致好评", "boilerplate", "hint")]
    assert labels(text, [*FACTS, "群众送来锦旗2面，给予好评"]) == []


def test_facts_that_the_text_does_not_use_are_named_by_id():
    text = "全年排查消防安全隐患136处，建成文化广场两处。"
    report = Checker(FACTS).examine(text)
    assert unused_facts(text, report.evidence, FACTS) == ("F2",)
    assert unused_facts("", (), FACTS) == ("F1", "F2", "F3")


def test_tasks_handed_down_and_not_answered_are_returned_as_written():
    tasks = "一、压实安全生产责任\n二、开展信访积案化解\n"
    text = "一、压实安全生产责任\n召开部署会。\n二、提升应急能力\n开展演练。\n"
    assert unanswered_tasks(text, tasks) == ("二、开展信访积案化解",)
    assert unanswered_tasks(text + "三、信访积案化解情况\n", tasks) == ()


@pytest.mark.parametrize("facts", [[], ["  "], ["召开会议"]])
def test_no_facts_or_no_text_is_no_error(facts):
    assert labels("", facts) == []
    assert [label for _, label, _ in labels("走访企业28家。", facts)] == ["invented_number"]


def test_sealed_open_slots_are_evidence_of_nothing_and_no_alarm():
    assert labels("秋粮收购【待补：收购量（吨）】，投资【待补：约300万元】。") == []


def found_in(text, material):
    from drafter.facts import parse_facts

    found = check(text, parse_facts(material), year=2026)
    return [(f.text, f.label, f.fact_ids, f.message) for f in found]


def test_two_values_that_the_material_has_at_odds_are_shown_where_a_draft_has_both():
    material = "招商到位资金6200万元\n走访企业 28家\n【党政办】招商到位资金6800万元"
    both = "招商到位资金6200万元。\n走访企业28家，招商到位资金6800万元。"
    ((text, label, ids, message),) = found_in(both, material)
    assert (text, label, ids) == ("6800万元", "inconsistency", ("F1", "F3"))
    assert "F1与F3" in message
    assert "6200万元" in message
    assert message.endswith("请核实后留一个。")
    assert found_in("招商到位资金6200万元。", material) == []


def test_a_value_that_the_material_corrects_is_shown_though_the_draft_has_it_alone():
    material = "走访群众 36户\n更正：走访群众应为 38户"
    ((text, label, ids, message),) = found_in("走访群众36户。", material)
    assert (text, label, ids) == ("36户", "inconsistency", ("F1", "F2"))
    assert "38户" in message
    assert found_in("走访群众38户。", material) == []
