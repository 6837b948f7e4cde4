"""A length that a person asks for is met within 15 %, or the draft says why not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.facts import parse_facts
from drafter.planning import make_outline
from drafter.samples import Library
from drafter.writing.write import write

FACTS = parse_facts(
    "排查隐患97处，整改97处\n检查企业商户143家次\n汛期转移群众3次，合计286户812人\n"
    "护林员22名，劝返带火种进山的130余人次\n应急演练2次，参加260人次",
    unit="云渡镇",
)
FILLERS = [
    "镇党委把这项工作摆在重要位置，专题研究部署。",
    "各村各站所按照分工抓好落实。",
    "班子成员分片包干，一级抓一级。",
    "有关情况每周汇总、每月分析。",
]


def outline(length):
    made = make_outline(FACTS, Library([]), "一、安全生产情况")
    return replace(made, sections=tuple(replace(s, length=length) for s in made.sections))


def lines_of(prompt):
    shown = next(t for role, t in prompt.messages if "素材：\n" in t and "F0." not in t)
    body = shown.split("素材：\n")[1].split("\n写约")[0]
    return [re.sub("=[^〔〕]*", "", line) for line in body.splitlines()]


async def wordy(prompt):
    """Tells the facts, and much besides."""
    return "；".join(lines_of(prompt)) + "。" + "".join(FILLERS)


async def dutiful(prompt):
    """Writes as long as it is asked to, the second time, in more words about the facts."""
    lines = lines_of(prompt)
    if "现在约" in prompt.messages[-1][1]:
        wanted = int(re.search(r"要求约(\d+)字", prompt.messages[-1][1])[1])
        for n, line in enumerate(lines):
            if len(re.sub("〔[^〕]*〕", "00", "；".join(lines))) < wanted - 5:
                lines[n] = f"从全镇范围组织力量{line}"
    return "；".join(lines) + "。"


def body(draft):
    return draft.sections[0].text


@pytest.mark.parametrize("length", [0, 90, 110, 300])
def test_what_tells_no_fact_goes_whatever_the_length(length):
    draft = write(FACTS, outline(length), None, ask=wordy)
    assert not any(filler.strip("。") in body(draft) for filler in FILLERS)
    assert "143家次" in body(draft)
    assert any("没有依据的表述" in notice.message for notice in draft.notices)


def test_a_text_that_is_too_short_is_asked_for_again_once():
    draft = write(FACTS, outline(130), None, ask=dutiful)
    assert abs(len(body(draft)) - 130) <= 0.15 * 130
    assert draft.notices == ()


def test_a_length_beyond_the_facts_is_not_padded_but_said():
    draft = write(FACTS, outline(2000), None, ask=dutiful)
    assert len(body(draft)) < 300
    assert any("请补充素材" in notice.message for notice in draft.notices)


def test_a_length_too_small_for_the_facts_loses_none_but_is_said():
    draft = write(FACTS, outline(30), None, ask=dutiful)
    for figure in ("97处", "143家次", "812人", "130余人次", "260人次"):
        assert figure in body(draft)
    assert any("多于要求的30字" in notice.message for notice in draft.notices)


def rambler(mend):
    """Tells every fact with much ado; asked for a length, it keeps to the facts or goes on."""
    asked = []

    def answer(prompt):
        lines = lines_of(prompt)
        if "现在约" in prompt.messages[-1][1]:
            asked.append(prompt)
            if mend:
                return "；".join(lines) + "。"
        return "；".join(f"全镇上下围绕这件事组织各村各站所分头去做，{n}" for n in lines) + "。"

    return answer, asked


@pytest.mark.parametrize("mend", [True, False])
def test_a_text_far_longer_than_its_facts_is_asked_for_again_once(mend):
    facts = parse_facts(
        "排查隐患97处\n组织各村各站所分头演练2次\n全镇上下围绕防汛转移群众3次", unit="云渡镇"
    )
    made = make_outline(facts, Library([]), "一、安全生产情况")
    answer, asked = rambler(mend)
    text = body(write(facts, made, None, ask=answer))
    assert len(asked) == 1
    assert all(figure in text for figure in ("97处", "2次", "3次"))
    assert ("分头去做" in text) == (not mend)


@pytest.mark.parametrize("name", ["clean", "sparse", "chat", "contradictory"])
def test_the_planned_length_is_what_the_facts_take(name):
    folder = Path(__file__).parents[1] / "townships" / name
    facts = parse_facts((folder / "facts.txt").read_text("utf-8"), unit="云渡镇")
    made = make_outline(facts, Library([]), (folder / "tasks.txt").read_text("utf-8"))
    draft = write(facts, made, None)
    planned = [
        (section.length, len(drafted.text))
        for section, drafted in zip(made.sections, draft.sections, strict=True)
        if section.fact_ids
    ]
    assert all(abs(length - wanted) <= 0.15 * wanted for wanted, length in planned), planned
