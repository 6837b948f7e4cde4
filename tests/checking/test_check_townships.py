"""The miniature townships: their own facts told as they stand, and told wrong."""

from pathlib import Path

import pytest

from drafter.checking import check, examine
from drafter.facts import parse_facts

TOWNSHIPS = Path(__file__).parents[1] / "townships"
NAMES = ["clean", "sparse", "chat"]


def sheet(name):
    return parse_facts((TOWNSHIPS / name / "facts.txt").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_facts_told_as_they_stand_raise_no_alarm(name):
    facts = sheet(name)
    text = "。\n".join(fact.text for fact in facts) + "。"
    assert [f for f in check(text, facts) if f.severity == "block"] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_told_as_it_stands_names_a_fact(name):
    facts = sheet(name)
    text = "。\n".join(fact.text for fact in facts) + "。"
    ids = {fact.id for fact in facts}
    for evidence in examine(text, facts).evidence:
        if evidence.kind == "figure" and evidence.relation != "fixed_term":
            assert set(evidence.fact_ids) <= ids
            assert evidence.fact_ids, evidence


def test_what_is_left_open_in_the_facts_may_not_be_told_as_done():
    facts = sheet("clean")
    text = "排查的隐患全部整改到位。"
    assert [f.label for f in check(text, facts)] == ["contradiction"]


def test_figures_of_one_township_are_unsupported_in_another():
    text = "。\n".join(fact.text for fact in sheet("clean")) + "。"
    found = check(text, sheet("sparse"))
    assert len(found) >= 30
    assert {f.label for f in found} >= {"invented_number"}


def test_an_empty_sheet_supports_nothing_and_is_no_error():
    facts = sheet("empty")
    assert check("", facts) == []
    assert [f.label for f in check("排查隐患136处。", facts)] == ["invented_number"]
