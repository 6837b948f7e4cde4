"""Classes with bounds, and what those above or below one of the bounds come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from drafter.checking.context import Mention
from drafter.checking.derived import CLASS_ENDS, Derived, formula_of, of_kind, value_of
from drafter.checking.factindex import Line
from drafter.checking.matching import is_range

_LEAST = 2


def beyond_bound(
    draft: Mention, told: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield what all classes above a bound, or below it, come to: 50万元以上的村12个.

    The fact has 20–50万元 3个，50–100万元 7个，100万元以上 5个.
    """
    bound = told[-1] if told and told[-1].clause_text == draft.clause_text else None
    if bound is None or not bound.figure.text.endswith(CLASS_ENDS):
        return
    above = bound.figure.text.endswith(CLASS_ENDS[0])
    edge = bound.figure.low if above else bound.figure.high
    for line in lines:
        classes = [pair for pair in pairwise(line.mentions) if _is_class(*pair, bound, draft)]
        edges = {figure for one, _ in classes for figure in (one.figure.low, one.figure.high)}
        counts = [n for one, n in classes if _within(one, edge, above=above)]
        if edge in edges and len(counts) >= _LEAST:
            total = sum(map(value_of, counts), Decimal(0))
            yield Derived(total, draft.figure.dimension, formula_of(counts, "+"), (line.fact_id,))


def all_classes(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what all classes of a fact come to: 12个村 of 10万以上6个、5—10万5个、5万以下1个村."""
    pairs = [
        (one, count)
        for one, count in pairwise(line.mentions)
        if _bounds(one, line.text) and not is_range(count.figure) and of_kind(count, draft)
    ]
    if len(pairs) > _LEAST:
        counts = [count for _, count in pairs]
        total = sum(map(value_of, counts), Decimal(0))
        yield Derived(total, draft.figure.dimension, formula_of(counts, "+"), (line.fact_id,))


def _bounds(one: Mention, text: str) -> bool:
    """Tell whether a figure bounds a class, be it the second of two: 5—10万 5个村."""
    second = text[one.figure.start - 1 : one.figure.start] in tuple("—-–~～至")
    return second or is_range(one.figure) or one.figure.text.endswith(CLASS_ENDS)


def _is_class(one: Mention, count: Mention, bound: Mention, draft: Mention) -> bool:
    """Tell whether two figures that follow each other are a class and those in it."""
    bounded = is_range(one.figure) or one.figure.text.endswith(CLASS_ENDS)
    same = one.figure.dimension == bound.figure.dimension
    return bounded and same and not is_range(count.figure) and of_kind(count, draft)


def _within(one: Mention, edge: Decimal, *, above: bool) -> bool:
    low = one.figure.low if not one.figure.text.endswith(CLASS_ENDS[1]) else Decimal(-1)
    high = one.figure.value if one.figure.text.endswith(CLASS_ENDS[0]) else one.figure.high
    if above:
        return low is not None and low >= edge
    open_end = one.figure.text.endswith(CLASS_ENDS[0])
    return not open_end and high is not None and high <= edge
