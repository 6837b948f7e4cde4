"""Sets written without a look at the rules: what carries over to subjects nobody has seen."""

import importlib.util
from pathlib import Path

import pytest

from drafter.checking import Checker

_SPEC = importlib.util.spec_from_file_location("fresh", Path(__file__).parent / "conftest.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)
NAMES = sorted(path.name for path in cases.DATA.glob("fresh*.tsv"))


def flagged(case):
    report = Checker(case.facts, cases.rows("donors.txt")[:1], 2026).examine(case.text)
    return [(f.start, f.end) for f in report.findings]


@pytest.mark.parametrize("name", NAMES)
def test_most_errors_of_a_fresh_set_are_seen_and_few_alarms_are_false(name):
    result = cases.score(cases.read_cases(name), flagged)
    assert result["recall"] >= 0.85
    assert result["precision"] >= 0.96
    assert result["clean_alarms"] <= 1


FACTS = {
    "open": "冷库二期正在施工",
    "plan": "计划引进烘干设备6台",
    "some": "小水库除险加固5座，完工4座",
    "fall": "信访量由35件增加到48件",
    "refused": "村民代表会否决了征地方案",
    "rank": "三季度考核由第5名退到第9名",
    "cause": "观光小火车因手续不全被叫停",
    "road": "电网改造涉及S318沿线4个台区",
    "unit": "第三党支部开展主题党日",
    "role": "殡葬整治由民政办牵头，派出所配合",
}


@pytest.mark.parametrize(
    ("fact", "claim", "wrong"),
    [
        ("open", "冷库二期顺利竣工。", "顺利竣工"),
        ("plan", "引进烘干设备6台。", "引进"),
        ("some", "小水库除险加固全部完工。", "全部完工"),
        ("fall", "信访量持续下降。", "下降"),
        ("refused", "征地方案经村民代表会表决通过。", "通过"),
        ("rank", "三季度考核名次前移。", "前移"),
        ("cause", "观光小火车因客流不足暂停运营。", "因客流不足"),
        ("road", "完成S316沿线4个台区电网改造。", "S316"),
        ("unit", "第五党支部开展主题党日。", "第五党支部"),
        ("role", "殡葬整治由派出所牵头、民政办配合。", "派出所"),
    ],
)
def test_a_claim_that_the_facts_turn_down_is_marked_at_its_own_words(fact, claim, wrong):
    found = Checker([FACTS[fact], "更新办公电脑9台"], (), 2026).examine(claim).findings
    assert wrong in [f.text for f in found]


@pytest.mark.parametrize(
    ("fact", "claim"),
    [
        ("open", "冷库二期正在加紧施工。"),
        ("plan", "计划引进烘干设备6台。"),
        ("some", "小水库除险加固完工4座，还有1座正在施工。"),
        ("fall", "信访量增加13件。"),
        ("refused", "征地方案未获村民代表会通过。"),
        ("rank", "三季度考核名次有所后移。"),
        ("cause", "观光小火车因手续问题暂停运营。"),
        ("road", "完成S318沿线台区电网改造4个。"),
        ("unit", "组织第三党支部开展主题党日。"),
        ("role", "殡葬整治由民政办牵头、派出所配合。"),
    ],
)
def test_the_same_said_in_other_words_is_no_alarm(fact, claim):
    assert Checker([FACTS[fact], "更新办公电脑9台"], (), 2026).examine(claim).findings == ()


def test_a_denial_of_the_same_kind_is_no_contradiction():
    checker = Checker(["演练1次，没有伤亡"], (), 2026)
    assert checker.examine("组织演练1次，未发生人员伤亡。").findings == ()


def test_the_sheets_period_is_known_in_a_title():
    from drafter.facts import parse_facts

    for period in ("2026年上半年", "2026年前三季度"):
        facts = parse_facts("走访群众 36户", unit="青石镇", period=period)
        text = f"青石镇{period}工作总结\n{period}，走访群众36户。"
        assert Checker(facts, (), 2026).examine(text).findings == ()


def test_a_plan_repeated_word_for_word_among_what_was_done_is_flagged():
    from drafter.facts import parse_facts

    facts = parse_facts("走访群众 36户\n二、明年打算\n引进龙头企业1家", unit="青石镇")
    done = "一、工作开展情况\n引进龙头企业1家。\n"
    planned = "二、下一步打算\n引进龙头企业1家。\n"
    (finding,) = Checker(facts, (), 2026).examine(done + planned).findings
    assert (finding.label, finding.start) == ("contradiction", done.index("引进"))


def test_organs_meetings_honours_states_and_open_slots_have_evidence():
    facts = ["县水利局验收水库1座", "召开防汛调度会2次", "获评市级卫生镇", "问题 6个，全部整改到位"]
    text = "县水利局验收水库1座。防汛调度会召开2次。获评市级卫生镇。"
    text += "6个问题全部整改到位。【待补：税收】"
    report = Checker(facts, (), 2026).examine(text)
    ids = {evidence.kind: evidence.fact_ids for evidence in report.evidence}
    assert (ids["organisation"], ids["meeting"], ids["honour"]) == (("F1",), ("F2",), ("F3",))
    assert ids["state"] == ("F4",)
    assert ids["placeholder"] == ()


def test_a_long_sheet_of_facts_alike_is_checked_in_little_time():
    import random
    import time

    rng = random.Random(3)
    villages = [a + b + "村" for a in "东西南北中上下前后新" for b in "河坪桥沟坝湾"]
    facts = [
        f"{rng.choice(villages)}改厕 {rng.randint(12, 980)}户，投入资金 {rng.randint(12, 980)}万元"
        for _ in range(400)
    ]
    said = (fact.replace(" ", "").replace("村", "村累计") for fact in facts)
    text = "".join(f"今年以来，{sentence}，群众满意度提升。\n" for sentence in said)[:12_000]
    begin = time.process_time()
    Checker(facts, (), 2026).examine(text)
    assert time.process_time() - begin < 5  # 0.6 s alone; minutes if quadratic
