"""Stretches that keep off one another: what overlaps none is taken, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from drafter.checking.spans import Spans

_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=30)


@given(_SPANS)
def test_a_stretch_is_taken_where_no_earlier_one_overlaps_it(rows):
    spans, kept = Spans(), []
    for start, size in rows:
        end = start + size
        free = all(e <= start or end <= s for s, e in kept)
        assert spans.free(start, end) is free
        assert spans.add(start, end) is free
        if free:
            kept.append((start, end))
