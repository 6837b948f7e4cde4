"""Both ends of a change are measured alike, whichever of them carries the measure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.chinese.quantities import find_figures

CHANGES = ["→", "->", "提升到", "增至", "增加到", "降到", "压缩至"]


def worth(text):
    return [(f.low, f.high, f.value, f.dimension) for f in find_figures(text)]


@given(
    st.integers(2, 99),
    st.integers(2, 99),
    st.sampled_from(["%", "万吨", "个", "户", "公里", "天", "万元", "个百分点"]),
    st.sampled_from(CHANGES),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_an_end_of_a_change_borrows_the_other_s_measure(one, other, measure, change, near):
    whole = worth(f"由{one}{measure}{change}{other}{measure}。")
    first, last = ("", measure) if near else (measure, "")
    assert worth(f"由{one}{first}{change}{other}{last}。") == whole


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from(CHANGES))
@settings(max_examples=60, deadline=None)
def test_a_bare_ten_thousand_borrows_the_measure(one, other, change):
    told = worth(f"从0.{one}万{change}0.{other}万吨。")
    assert told == worth(f"从0.{one}万吨{change}0.{other}万吨。")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("由9800→1.2万户", [9800, 12000]),
        ("由50降到30万元", [500_000, 300_000]),
        ("12→15→18个", [12, 15, 18]),
        ("由14个工作日减到5个", [14, 5]),
    ],
)
def test_magnitudes_are_borrowed_where_they_bring_the_ends_together(text, values):
    figures = find_figures(text)
    assert [f.value for f in figures] == values
    assert len({f.dimension for f in figures}) == 1


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("得分88，整改提升到93%", ["number", "ratio"]),
        ("编号12，增至15个", ["number", "count:个"]),
        ("12户增至15人", ["count:户", "count:人"]),
        ("88 93%", ["number", "ratio"]),
        ("从1到10", ["number", "number"]),
    ],
)
def test_figures_that_are_no_ends_of_one_change_keep_their_own(text, dimensions):
    assert [f.dimension for f in find_figures(text)] == dimensions
