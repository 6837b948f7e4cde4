"""Facts in a clerk's own words: right ones raise no alarm, the same with an error does."""

from pathlib import Path

import pytest

from drafter.checking import Checker

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "clerk_says.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def found(facts, text):
    report = Checker(facts.split("^"), [], 2026).examine(text)
    return [f"{f.text}: {f.message}" for f in report.findings if f.severity != "hint"]


@pytest.mark.parametrize(("facts", "right", "wrong"), ROWS)
def test_a_fact_in_other_words_raises_no_alarm_and_an_error_in_them_does(facts, right, wrong):
    assert found(facts, right) == []
    assert found(facts, wrong) != []
