"""Whatever a model answers, a draft keeps every figure, and nothing without a fact goes unseen."""

import pytest

from drafter.domain import Outline, OutlineSection
from drafter.evaluating.measure import repetition
from drafter.facts import parse_facts
from drafter.writing.grounds import coverage
from drafter.writing.handles import clause_of
from drafter.writing.write import write

NAMES = [
    "obedient", "shower", "typist", "loser", "skipper", "inventor", "alterer", "handle_inventor",
    "repeater", "markdown", "chatty", "thinker", "endless_thinker", "jsonist", "traditional",
    "englishman", "refuser", "mute", "praiser", "brackets", "doubler", "echoer", "looper",
    "labeller", "junk",
]  # fmt: skip
GOOD = ["obedient", "shower", "typist", "markdown", "chatty", "thinker", "jsonist", "brackets"]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_every_fact_is_told_as_often_as_the_composer_tells_it(name, tools, demo):
    facts, outline = demo
    plain = write(facts, outline, None, year=2026)
    draft = write(facts, outline, None, ask=tools.Model(tools.personalities[name]), year=2026)
    got, wanted = tools.figures(draft.text), tools.figures(plain.text)
    assert wanted - got == {}
    flagged = {finding.text for finding in draft.findings}
    assert got - wanted == {} or flagged


@pytest.mark.parametrize("name", ["obedient", "typist", "loser", "inventor", "skipper"])
def test_the_law_holds_for_every_township(name, tools, township):
    facts, outline = township
    plain = write(facts, outline, None, year=2026)
    draft = write(facts, outline, None, ask=tools.Model(tools.personalities[name]), year=2026)
    assert tools.figures(plain.text) - tools.figures(draft.text) == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_handle_tag_or_mark_of_a_model_is_left_in_the_text(name, tools, clean_town):
    facts, outline = clean_town
    text = write(facts, outline, None, ask=tools.Model(tools.personalities[name])).text
    for mark in (
        "〔",
        "〕",
        "F1.",
        "think",
        "**",
        "##",
        "```",
        "{",
        "<|",
        "好的，",
        "希望以上",
        "素材：",
    ):
        assert mark not in text, mark


@pytest.mark.parametrize("name", NAMES)
def test_all_facts_that_have_a_section_are_told(name, tools, clean_town):
    facts, outline = clean_town
    draft = write(facts, outline, None, ask=tools.Model(tools.personalities[name]))
    placed = [fact_id for section in outline.sections for fact_id in section.fact_ids]
    told = [fact_id for section in draft.sections for fact_id in section.fact_ids]
    assert sorted(told) == sorted(placed)


@pytest.mark.parametrize("name", NAMES)
def test_every_point_says_something_of_each_of_its_facts(name, tools, demo):
    facts, outline = demo
    known = facts.by_id()
    draft = write(facts, outline, None, ask=tools.Model(tools.personalities[name]))
    for section in draft.sections:
        for point in section.points:
            for fact_id in point.fact_ids:
                assert coverage(clause_of(known[fact_id]), point.text) >= 0.3, point.text


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_said_twice_in_a_draft(name, tools, demo):
    facts, outline = demo
    text = write(facts, outline, None, ask=tools.Model(tools.personalities[name])).text
    assert repetition(text) == 0


def test_a_sentence_that_a_model_says_in_every_section_stands_once(tools):
    shared = "机关干部到村开展作风督促检查并当场反馈问题"
    facts = parse_facts(f"{shared}，集中学习10次\n{shared}，整改问题12个")
    sections = [OutlineSection(h, 1, (f.id,)) for h, f in zip("甲乙", facts, strict=True)]

    async def ask(prompt):
        return f"{shared}。" + tools.obedient(prompt).replace(f"{shared}，", "")

    text = write(facts, Outline("总结", tuple(sections)), None, ask=ask).text
    assert text.count(shared) == 1
    assert "整改问题12个" in text


def test_what_a_model_invents_is_not_in_the_text_or_is_flagged(tools, clean_town):
    facts, outline = clean_town
    draft = write(facts, outline, None, ask=tools.Model(tools.inventor), year=2026)
    for invented in ("9321万元", "王大锤"):
        flagged = any(invented in f.text or f.text in invented for f in draft.findings)
        assert invented not in draft.text or flagged


def test_praise_without_a_fact_is_cut_and_said(tools, clean_town):
    facts, outline = clean_town
    draft = write(facts, outline, None, ask=tools.Model(tools.praiser))
    assert "显著提升" not in draft.text
    assert any("没有依据的表述" in notice.message for notice in draft.notices)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_model_writes_every_point_with_one_call_each(name, tools, clean_town):
    facts, outline = clean_town
    model = tools.Model(tools.personalities[name])
    draft = write(facts, outline, None, ask=model)
    points = [point for section in draft.sections for point in section.points]
    assert {point.origin for point in points} == {"model"}
    assert len({prompt.messages[-1] for prompt in model.asked}) == len(model.asked)
    assert all(len(prompt.messages) == 4 for prompt in model.asked)
    assert all(point.model and point.prompt_version and point.fact_ids for point in points)
    assert draft.writer != "composer"
    assert draft.notices == ()


@pytest.mark.parametrize("name", ["englishman", "refuser", "mute", "endless_thinker", "junk"])
def test_a_useless_model_is_given_up_and_the_composer_says_so(name, tools, demo):
    facts, outline = demo
    model = tools.Model(tools.personalities[name])
    draft = write(facts, outline, None, ask=model)
    points = [point for section in draft.sections for point in section.points]
    assert {point.origin for point in points} == {"composer"}
    assert all(point.notice for point in points)
    assert len(model.asked) <= 16
    assert draft.writer == "composer"
    assert draft.notices


def test_lost_handles_are_asked_for_once_more(tools, clean_town):
    facts, outline = clean_town
    answers = {}

    def forgetful(prompt):
        key = prompt.messages[3][1]
        answers[key] = answers.get(key, 0) + 1
        return tools.loser(prompt) if answers[key] == 1 else obedient_again(prompt)

    def obedient_again(prompt):
        assert "漏了" in prompt.messages[-1][1]
        return "；".join(map(tools.bare, lines_of_first(prompt))) + "。"

    def lines_of_first(prompt):
        body = prompt.messages[3][1].split("素材：\n", 1)[1]
        return body.split("\n写约")[0].splitlines()

    draft = write(facts, outline, None, ask=tools.Model(forgetful))
    points = [point for section in draft.sections for point in section.points]
    assert {point.origin for point in points} == {"model"}
    assert set(answers.values()) <= {1, 2}
    assert 2 in answers.values()


def test_traditional_script_is_turned_into_simplified(tools, clean_town):
    facts, outline = clean_town
    text = write(facts, outline, None, ask=tools.Model(tools.traditional)).text
    assert not set("會議實對開學習這與為國來時說後過還進動點業務機關問題") & set(text)
