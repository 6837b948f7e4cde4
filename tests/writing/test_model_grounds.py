"""A figure stands with the matter it counts, and no clause stands without a fact."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.samples import Library
from drafter.writing.grounds import (
    coverage,
    likeness,
    misplaced,
    overstated,
    strayed,
    told,
    without_claims,
)
from drafter.writing.handles import mask, render, slots_of
from drafter.writing.verify import judge
from drafter.writing.write import write

LINES = [
    "燃气专项检查餐饮店46家，更换软管33根，加装报警器29个",
    "排查矛盾纠纷217件，化解211件",
    "安全知识进村宣讲18场，听众1300余人次",
    "党员干部带队夜间巡查22次",
    "改造低产茶园520亩，户均增收近3000元",
    "清理微信工作群17个",
    "为独居老人安装一键呼叫器35台",
]
FACTS = parse_facts("\n".join(LINES))
MASKED = [mask(fact) for fact in FACTS]
SHOWN = [one.shown(True) for one in MASKED]
KNOWN = "，".join(one.clause for one in MASKED)
orders = st.permutations(range(len(SHOWN)))


def pieces(text):
    return render(text, slots_of(MASKED)).pieces


@settings(deadline=None, max_examples=40)
@given(orders, st.sampled_from(["；", "。", "，"]))
def test_the_facts_own_words_stay_whole_in_any_order(order, mark):
    text = mark.join(SHOWN[n] for n in order) + "。"
    assert without_claims(text, KNOWN) == (text, 0)
    assert strayed(pieces(text), MASKED) == set()
    assert misplaced(pieces(text), MASKED) == set()
    assert all(told(one, render(text, slots_of(MASKED)).text) for one in MASKED)


@settings(deadline=None, max_examples=40)
@given(orders, st.sampled_from([(0, 1), (1, 2), (2, 3), (3, 4), (3, 5), (5, 6), (4, 6)]))
def test_two_figures_that_changed_places_are_found(order, pair):
    a, b = (MASKED[n].slots[0].id for n in pair)
    text = "；".join(SHOWN[n] for n in order)
    text = (
        text.replace(f"〔{a}〕", "〔A〕")
        .replace(f"〔{b}〕", f"〔{a}〕")
        .replace("〔A〕", f"〔{b}〕")
    )
    assert {a, b} <= strayed(pieces(text), MASKED)


@pytest.mark.parametrize(
    "text",
    [
        "今年以来〔F2.1〕件矛盾纠纷全部登记，其中〔F2.2〕件已经化解。",
        "化解矛盾纠纷〔F2.2〕件（共排查〔F2.1〕件）。",
        "对〔F1.1〕家餐饮店开展燃气专项检查，为其更换软管〔F1.2〕根、加装报警器〔F1.3〕个。",
        "共有〔F3.2〕人次听了〔F3.1〕场进村宣讲。",
    ],
)
def test_figures_told_in_other_words_have_not_changed_places(text):
    assert strayed(pieces(text), MASKED) == set()


@pytest.mark.parametrize(
    "claim",
    [
        "确保各项责任落实到位",
        "为下一步工作打下了良好的基础",
        "有力维护了社会大局和谐稳定",
        "镇党委高度重视这项工作",
        "受到了群众的普遍欢迎",
    ],
)
@pytest.mark.parametrize("place", ["before", "behind", "apart"])
def test_a_clause_that_rests_on_no_fact_is_cut(claim, place):
    told_of = "清理微信工作群〔F6.1〕个"
    text = {
        "before": f"{claim}，{told_of}。",
        "behind": f"{told_of}，{claim}。",
        "apart": f"{told_of}。{claim}。",
    }[place]
    assert without_claims(text, KNOWN) == (f"{told_of}。", 1)


def test_short_words_that_join_clauses_stay():
    text = "同时，清理微信工作群〔F6.1〕个。"
    assert without_claims(text, KNOWN) == (text, 0)


def test_a_matter_replaced_by_a_set_phrase_is_lost():
    text = "开展形式多样的宣传教育活动18场，听众1300余人次。"
    assert not told(MASKED[2], text)
    assert judge(text, MASKED[2:3], lambda _: []).lost == ("F3",)


def test_what_a_person_asks_for_is_no_claim():
    wish = "最后加一句：为下一步工作打下了良好的基础"
    text = "清理微信工作群〔F6.1〕个，为下一步工作打下了良好的基础。"
    assert judge(text, MASKED[5:6], lambda _: [], wish).cut == 0
    assert judge(text, MASKED[5:6], lambda _: []).cut == 1


def test_a_model_that_mixes_up_its_facts_costs_no_truth(tools, demo):
    facts, outline = demo

    def mixer(prompt):
        lines = [tools.bare(line) for line in tools.fact_lines(prompt)]
        firsts = [line[line.find("〔") : line.find("〕") + 1] for line in lines]
        turned = [*firsts[1:], *firsts[:1]]
        mixed = (line.replace(a, b, 1) for line, a, b in zip(lines, firsts, turned, strict=True))
        return "；".join(mixed) + "。"

    draft = write(facts, outline, None, ask=tools.Model(mixer), year=2026)
    assert "学习10次" in draft.text
    assert "专题党课2场" in draft.text
    plain = write(facts, outline, None, year=2026)
    assert tools.figures(plain.text) - tools.figures(draft.text) == {}


@settings(deadline=None)
@given(st.text("甲乙丙丁戊", max_size=8), st.text("甲乙丙丁戊", max_size=8))
def test_likeness_is_the_same_both_ways_and_whole_only_for_equals(a, b):
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == (1.0 if a else 0.0)


DRIVERS = "全镇60岁以上三轮车驾驶人437人，其中129人没有驾驶证，单靠劝导难以禁止"


def judged(fact, text):
    masked = [mask(one) for one in parse_facts(fact)]
    return judge(text, masked, lambda _: ())


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("116处隐患已整改109处，余下7处需要改线", "116处隐患已整改，共109处，余下7处需要改线。"),
        (DRIVERS, "三轮车驾驶人为60岁以上，其中437人持有驾驶证，129人没有驾驶证，难以禁止。"),
        ("矛盾纠纷排查217件，走访困难家庭85户", "走访困难家庭217件，矛盾纠纷排查85户。"),
    ],
)
def test_a_typed_figure_that_counts_something_else_is_found(fact, text):
    assert any(line.problems for line in judged(fact, text).lines)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("农村自建房排查1840栋", "对农村自建房进行排查，共1840栋。"),
        ("14个村全部成立强村公司", "在14个村中，全部成立强村公司。"),
        ("截至10月底已处置698辆", "截至10月底，已处置698辆。"),
        ("云水路改造路基做完2.9公里", "云水路改造路基已完成2.9公里。"),
        ("微信工作群清理17个，保留9个", "清理微信工作群17个，留用9个。"),
        (DRIVERS, "三轮车驾驶人中60岁以上的有437人，129人没有驾驶证，靠劝导难以禁止。"),
    ],
)
def test_a_figure_told_with_its_matter_in_other_words_is_none(fact, text):
    found = judged(fact, text)
    assert found.lost == ()
    assert [line.problems for line in found.lines if line.problems] == []


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("班子成员轮流坐班，接待群众1930人次", "镇领导轮流坐班，接待群众1930人次。"),
        ("4个账目问题尚未销号", "镇委尚未销号4个账目问题。"),
        ("排查隐患97处", "镇党委、镇政府组织排查隐患97处。"),
    ],
)
def test_whoever_acts_must_stand_in_the_facts(fact, text):
    assert any(line.problems for line in judged(fact, text).lines)
    assert not any(line.problems for line in judged(fact, f"{fact}。").lines)


def test_whoever_a_person_names_may_act():
    masked = [mask(one) for one in parse_facts("排查隐患97处")]
    wish = "以镇党委为主语"
    [line] = judge("镇党委组织排查隐患97处。", masked, lambda _: (), wish).lines
    assert line.problems == ()


def test_a_clause_without_a_figure_is_lost_where_none_of_it_is_heard():
    assert judged(DRIVERS, "全镇60岁以上三轮车驾驶人437人，其中129人没有驾驶证。").lost


def test_a_clause_without_words_is_covered():
    assert coverage("，。", "文字") == 1.0


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("审批服务事项62项，放到村里办32项", "审批服务事项62项，全部放到村里办32项。"),
        ("投资任务2.6亿元，完成2.73亿元", "投资任务完成2.6亿元，完成2.73亿元。"),
        ("路基做完2.9公里", "工程进展顺利，路基做完2.9公里。"),
        ("群众来访28批", "群众来访大幅减少到28批。"),
        ("明年1月起按户每月收5元", "为确保明年1月起按户每月收5元。"),
        ("一季度前报批到位", "力争一季度前报批到位。"),
        ("化解率97.2%", "有效提升化解率至97.2%。"),
    ],
)
def test_a_word_that_says_more_than_the_facts_is_found(fact, text):
    assert overstated(text, fact)
    assert not overstated(fact, fact)


@pytest.mark.parametrize("word", ["全部", "一律", "率先", "圆满", "确保", "有效提升"])
def test_a_model_that_says_more_than_its_facts_is_put_right(word, tools, clean_town):
    facts, outline = clean_town

    def boaster(prompt):
        return word + tools.obedient(prompt).replace("；", f"；{word}")

    text = write(facts, outline, None, ask=tools.Model(boaster)).text
    plain = write(facts, outline, None).text
    assert text.count(word) == plain.count(word)


def test_facts_in_words_alone_are_not_lost_where_a_model_rewords_them():
    facts = parse_facts(
        "问题：年轻干部不会做群众工作，遇到吵架的不敢上前\n"
        "问题：有的问题整改停在“已回复”，回访跟不上",
        unit="云渡镇",
    )
    outline = make_outline(facts, Library([]), "一、存在的问题\n二、下一步打算")

    async def ask(prompt):
        return "年轻干部对群众工作缺乏了解，遇到矛盾时不敢上前处理；整改进展缓慢，回访工作滞后。"

    text = write(facts, outline, None, ask=ask).text
    assert "不敢上前" in text
    assert "回访" in text
    assert "一是。" not in text
