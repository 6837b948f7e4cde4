"""Long material is cut at sentence ends, and nothing of it is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.writing.asking import estimate_tokens
from drafter.writing.material import pieces


@settings(max_examples=40, deadline=None)
@given(st.text("甲乙1。；，、\n", max_size=300), st.integers(4, 60))
def test_pieces_joined_are_the_text_and_none_is_over_the_limit(text, limit):
    found = pieces(text, limit, estimate_tokens)
    assert "".join(found) == text
    assert all(estimate_tokens(piece) <= limit for piece in found)


@pytest.mark.parametrize("mark", ["。", "；", "\n"])
def test_a_cut_stands_behind_a_mark(mark):
    text = f"排查隐患九十七处并全部整改到位{mark}" * 6
    assert all(piece.endswith(mark) for piece in pieces(text, 30, estimate_tokens))


def test_a_short_text_is_not_cut():
    assert pieces("短。句。", 100, estimate_tokens) == ["短。句。"]
