"""Figures in the phrases of township offices: each reading was checked by hand."""

from pathlib import Path

import pytest

from drafter.chinese.entities import find_entities
from drafter.chinese.quantities import find_figures

ROWS = [
    line.split("\t")
    for line in Path(__file__)
    .with_name("office_phrases.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def shown(number):
    text = f"{number:.4f}"
    return text.rstrip("0").rstrip(".")


def reading(phrase):
    return "|".join(
        f"{f.text}={shown(f.low)}{'' if f.low == f.high else '~' + shown(f.high)} {f.dimension}"
        for f in find_figures(phrase)
    )


@pytest.mark.parametrize("start", range(0, len(ROWS), 60))
def test_each_phrase_gives_its_figures_and_no_other(start):
    wrong = [
        (phrase, reading(phrase), expected)
        for phrase, expected in ROWS[start : start + 60]
        if reading(phrase) != expected
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("抢通33/36处", ["count:处", "count:处"]),
        ("完成15/20公里", ["length", "length"]),
        ("比分3/12", ["number", "number"]),
        ("投资两个亿", ["money"]),
        ("36名人大代表", ["count:人"]),
        ("3个村民代表", ["count:个"]),
    ],
)
def test_a_figure_takes_the_measure_that_it_shares(text, dimensions):
    assert [f.dimension for f in find_figures(text)] == dimensions


@pytest.mark.parametrize("text", ["反诈知识进村进社区", "党员进社区", "整治空壳村", "新建健身广场"])
def test_a_verb_with_a_village_behind_it_is_no_place(text):
    assert [e for e in find_entities(text) if e.kind == "place"] == []
