"""Laws of a fact's items: what stands in one of them says nothing of the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.checking import Checker
from drafter.resources import lexicon

_LAST_YEAR = ("上年", "去年", "上年同期", "2025年")
_THINGS = ("治安案件", "生猪存栏", "劳务输出", "技能培训")
_UNITS = ("起", "头", "人", "期")
FIRST = [
    [side.split("/")[0] for side in r.split("\t")] for r in lexicon("checking", "complements.tsv")
]
APART = [(one, other) for one, other in FIRST if one not in other]  # 合格 in 不合格 is one word


def wrong(fact, text):
    return [f.text for f in Checker([fact], [""], 2026).examine(text).findings]


@given(
    st.sampled_from(_LAST_YEAR),
    st.sampled_from(list(zip(_THINGS, _UNITS, strict=True))),
    st.lists(st.integers(100, 989), min_size=3, max_size=3, unique=True),
)
def test_last_years_figure_of_one_item_makes_the_next_no_figure_of_last_year(last, thing, figures):
    name, unit = thing
    now, before, other = figures
    fact = f"刑事案件 {now}起，{last} {before}起；{name} {other}{unit}"
    assert wrong(fact, f"抓好工作落实，{name}共{other}{unit}。") == []
    assert wrong(fact, f"抓好工作落实，{name}共{other + 7}{unit}。") != []


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_name_both_states_take_neither_side(one, other):
    for deed, state in ((one, other), (other, one)):
        fact = f"{state}地块{deed} 346处"
        assert wrong(fact, f"针对{state}地块，{deed}346处。") == []
