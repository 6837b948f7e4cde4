"""The case files: over all labels, one planted error or one tempting truth each."""

import importlib.util
from pathlib import Path

import pytest

from drafter.checking import Checker

_SPEC = importlib.util.spec_from_file_location("cases", Path(__file__).parent / "conftest.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)
DONORS = cases.rows("donors.txt")
NAMES = sorted(path.name for path in cases.DATA.glob("cases*.tsv"))


def flagged(case):
    donors = DONORS if case.label == "leaked_from_sample" else DONORS[:1]
    report = Checker(case.facts, donors, 2026).examine(case.text)
    return [(f.start, f.end) for f in report.findings]


@pytest.mark.parametrize("name", NAMES)
def test_sentences_reach_the_goal(name):
    result = cases.score(cases.read_cases(name), flagged)
    assert result["recall"] >= 0.97
    assert result["precision"] >= 0.97


@pytest.mark.parametrize("name", NAMES)
def test_no_label_stays_under_85_of_100(name):
    rows = [case for case in cases.read_cases(name) if case.gold]
    for label in {case.label for case in rows}:
        result = cases.score([case for case in rows if case.label == label], flagged)
        assert result["recall"] >= 0.85, label


def test_sections_reach_the_goal_and_clean_ones_stay_quiet():
    result = cases.score(cases.read_sections(), flagged)
    assert result["recall"] >= 0.97
    assert result["precision"] >= 0.97
    assert result["clean_alarms"] == 0


@pytest.mark.parametrize("case", cases.read_sections(), ids=lambda case: case.tag)
def test_every_figure_of_a_section_is_in_the_evidence(case):
    from drafter.chinese.quantities import find_figures

    report = Checker(case.facts, (), 2026).examine(case.text)
    seen = {(e.start, e.end) for e in report.evidence if e.kind == "figure"}
    assert seen == {(f.start, f.end) for f in find_figures(case.text)}
