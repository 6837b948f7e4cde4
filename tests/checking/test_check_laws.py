"""Laws of the check over generated jobs: what is changed is seen, what is only dressed is not."""

import itertools
import random
import re

from drafter.checking import Checker

_CN = "零一二三四五六七八九"
_OTHER_UNIT = {
    "户": "人", "处": "户", "公里": "米", "万元": "亿元", "吨": "斤", "亩": "公顷", "起": "人",
    "期": "人次", "盏": "户", "栋": "亩", "名": "户", "人次": "场次", "%": "个百分点", "米": "公里",
}  # fmt: skip


def spans(checker, text):
    return [(f.start, f.end) for f in checker.examine(text).findings]


def touches(found, span):
    return any(start < span[1] and span[0] < end for start, end in found)


def chinese(value):
    """Write 112 … 989 as 一百一十二 … 九百八十九."""
    hundreds, tens, ones = (int(c) for c in value)
    text = _CN[hundreds] + "百"
    if tens:
        text += _CN[tens] + "十"
    elif ones:
        text += "零"
    return text + (_CN[ones] if ones else "")


def full_width(value):
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in value)


def test_a_draft_that_says_its_facts_has_no_finding(jobs):
    for job in jobs:
        text, _ = job.draft()
        assert Checker(job.facts).examine(text).findings == (), job


def test_every_figure_has_its_own_fact_as_evidence(jobs):
    for job in jobs:
        text, figures = job.draft()
        evidence = {(e.start, e.end): e.fact_ids for e in Checker(job.facts).examine(text).evidence}
        assert [evidence[span] for span in figures] == [(f"F{i + 1}",) for i in range(len(figures))]


def test_one_digit_changed_is_flagged_in_99_of_100(jobs):
    rng, seen, total = random.Random(1), 0, 0
    for job in jobs:
        checker = Checker(job.facts)
        for i, claim in enumerate(job.claims):
            at = rng.choice([k for k, c in enumerate(claim.value) if c.isdigit()])
            digit = rng.choice([d for d in "123456789" if d != claim.value[at]])
            value = claim.value[:at] + digit + claim.value[at + 1 :]
            text, figures = job.draft({i: value + claim.unit})
            seen += touches(spans(checker, text), figures[i])
            total += 1
    assert seen / total >= 0.99


def test_a_changed_unit_is_flagged_in_99_of_100(jobs):
    seen = total = 0
    for job in jobs:
        checker = Checker(job.facts)
        for i, claim in enumerate(job.claims):
            text, figures = job.draft({i: claim.value + _OTHER_UNIT[claim.unit]})
            seen += touches(spans(checker, text), figures[i])
            total += 1
    assert seen / total >= 0.99


NAMES = [
    ("镇长{}调研春耕", "镇长{}到田间调研春耕", ("岑志远", "卓文海", "蒲建国", "尤立军")),
    ("{}村建成冷库1座", "在{}村建成冷库1座", ("银杏坪", "白鹤湾", "青石沟", "柏杨坝")),
    ("与{}公司签订协议", "与{}公司签订合作协议", ("瑞丰农业", "天禾种业", "恒昌家具", "康宁医养")),
    ("{}路铺设沥青2公里", "完成{}路沥青铺设2公里", ("金穗", "滨河", "文昌", "迎宾")),
]


def test_one_character_of_a_name_changed_is_flagged():
    for fact, sentence, names in NAMES:
        for name in names:
            checker = Checker([fact.format(name), "更新办公电脑9台"], (), 2026)
            assert spans(checker, sentence.format(name) + "。") == [], name
            for at in range(1, len(name)):
                changed = name[:at] + ("兰" if name[at] != "兰" else "岚") + name[at + 1 :]
                assert spans(checker, sentence.format(changed) + "。"), (name, changed)


def test_a_year_or_a_day_changed_is_flagged():
    checker = Checker(["2025年12月3日启用便民大厅", "今年5月16日举行义诊"], (), 2026)
    assert spans(checker, "2025年12月3日启用便民大厅，5月16日举行义诊。") == []
    for wrong in ("2024年12月3日启用便民大厅", "12月8日启用便民大厅", "5月10日举行义诊"):
        assert spans(checker, wrong + "。"), wrong


def test_two_figures_of_one_unit_swapped_are_both_flagged():
    facts = [
        "兑付粮食补贴 236万元",
        "电商销售收入 518万元",
        "新栽优质茶苗 420亩",
        "复垦撂荒耕地 315亩",
    ]
    text = "兑付粮食补贴518万元，电商销售收入236万元，新栽优质茶苗315亩，复垦撂荒耕地420亩。"
    flagged = {text[s:e] for s, e in spans(Checker(facts), text)}
    assert flagged == {"518万元", "236万元", "315亩", "420亩"}


def test_equivalent_rewriting_raises_no_alarm(jobs):
    for job in jobs:
        checker = Checker(job.facts)
        for i, claim in enumerate(job.claims):
            for figure in rewritten(claim):
                text, _ = job.draft({i: figure})
                assert spans(checker, text) == [], (claim, figure)


def rewritten(claim):
    value, unit = claim.value, claim.unit
    yield full_width(value) + full_width(unit)
    if unit == "%":
        yield f"{value}％"
        return
    yield chinese(value) + unit
    if unit == "公里":
        yield f"{value}000米"
    if unit == "米":
        yield f"{int(value) / 1000}公里"
    if unit == "吨":
        yield f"{value}000公斤"
    if unit == "万元":
        yield f"{value}0000元"
        yield f"{int(value) / 10000}亿元"
    if unit == "亩" and int(value) % 15 == 0:
        yield f"{int(value) // 15}公顷"


def test_a_deleted_fact_leaves_exactly_its_claim_open(jobs):
    for job in jobs:
        text, figures = job.draft()
        for i in range(len(job.claims)):
            rest = [fact for k, fact in enumerate(job.facts) if k != i]
            assert spans(Checker(rest), text) == [figures[i]], (job.claims[i], rest)


def test_vaguer_is_right_and_sharper_is_not():
    checker = Checker(["走访群众 628户", "发放资料 4200余份"])
    for good in ("走访群众620余户", "走访群众600多户", "走访群众约630户", "走访群众超过600户"):
        assert spans(checker, good + "。") == []
    for bad in ("走访群众630余户", "走访群众近600户", "走访群众超过630户", "发放资料4236份"):
        assert len(spans(checker, bad + "。")) == 1


def test_percent_and_points_differ():
    checker = Checker(["入园率提高 4.5个百分点"])
    assert spans(checker, "入园率提高4.5个百分点。") == []
    assert len(spans(checker, "入园率提高4.5%。")) == 1


def test_a_derived_value_carries_its_formula():
    report = Checker(["排查隐患 136处，整改 131处"]).examine("隐患整改率96.3%。")
    (evidence,) = [e for e in report.evidence if e.kind == "figure"]
    assert (evidence.relation, evidence.fact_ids) == ("derived", ("F1",))
    assert evidence.formula == "131处 / 136处"
    assert report.findings == ()


def test_a_sum_over_unrelated_facts_is_no_source():
    facts = ["走访老党员 43名", "更新电脑 9台", "发放资料 420份", "培训护林员 21名"]
    assert len(spans(Checker(facts), "表彰先进个人64名。")) == 1


def test_the_year_comes_from_the_facts_and_is_not_guessed():
    text = "扎实开展党史学习教育。"
    assert spans(Checker(["总结年度：2026年", "支部学习"]), text)
    assert spans(Checker(["支部学习"]), text) == []
    assert spans(Checker(["支部学习"], (), 2021), text) == []


def test_offsets_are_those_of_the_text_given():
    text = "　走访群众６２８户，硬化道路12公里。\n二、下一步"
    for finding in Checker(["修路"]).examine(text).findings:
        assert text[finding.start : finding.end] == finding.text


def test_findings_never_overlap_and_say_something(jobs):
    for job in jobs[:10]:
        text, _ = job.draft()
        found = Checker(["召开会议"], [text], 2026).examine(text).findings
        assert found
        for one, other in itertools.pairwise(found):
            assert one.end <= other.start
        assert all(re.search("[。]$", f.message) for f in found)
