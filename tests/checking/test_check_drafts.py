"""What the composer makes of sound facts, the check lets pass."""

from pathlib import Path

import pytest

from drafter.checking import check
from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.resources import demo_dir
from drafter.writing import write

TOWNSHIPS = Path(__file__).parent.parent / "townships"
FOLDERS = [demo_dir(), *(TOWNSHIPS / name for name in ("clean", "sparse", "chat"))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_composed_draft_of_sound_facts_has_nothing_that_blocks(folder):
    facts = parse_facts((folder / "facts.txt").read_text("utf-8"))
    outline = make_outline(facts, None, (folder / "tasks.txt").read_text("utf-8"))
    draft = write(facts, outline, None, year=2026)
    assert [f for f in draft.findings if f.severity == "block"] == []


def test_what_stands_under_plans_is_not_told_as_done():
    facts = ["打算：引进龙头企业1家；新建冷库1座", "中心组学习11次"]
    text = "一、学习情况\n中心组学习11次。\n二、下一步工作打算\n引进龙头企业1家；新建冷库1座。\n"
    assert check(text, facts) == []
    done = "一、工作情况\n已成功引进龙头企业1家。\n"
    assert [f.label for f in check(done, facts)] == ["contradiction"]


def test_a_fixed_term_after_a_link_of_a_chain_is_no_link():
    text = "一是抓学习。中心组学习11次。\n二是抓支部。三会一课全年检查2轮。\n"
    assert check(text, ["中心组学习11次", "三会一课全年检查2轮"]) == []


def test_words_in_a_placeholder_are_no_claim():
    text = "一、整改情况\n【待补：未完成数和时限】\n"
    assert check(text, ["改厕目标120户，完成118户"]) == []


def test_headings_handed_down_are_no_leak_though_a_sample_has_them():
    sample = (
        "某镇总结\n一、大力培树“严细深实”优良新风方面\n培训9次。\n二、压实防火责任方面\n巡山3次。\n"
    )
    facts = parse_facts("中心组学习11次\n查处问题3个")
    tasks = "一、大力培树“严细深实”优良新风方面\n二、压实防火责任方面"
    draft = write(facts, make_outline(facts, None, tasks), [sample], year=2026)
    assert [f for f in draft.findings if f.label == "leaked_from_sample"] == []


def test_a_title_line_of_the_material_is_known():
    facts = parse_facts("岚溪县云渡镇2026年素材汇总\n中心组学习11次")
    assert check("岚溪县云渡镇中心组学习11次。", facts) == []
