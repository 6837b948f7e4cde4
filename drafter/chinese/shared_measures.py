"""The measure that one of two figures leaves out: 0.3万→0.5万吨, 从88提升到93%, 由3天减到1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from drafter.chinese.measures import Measure, found_measure
from drafter.chinese.normalise import fold
from drafter.chinese.numerals import parse_number
from drafter.domain import Figure

_CHANGED_TO = re.compile(
    r"\s?(?:→|⟶|➝|➔|⇒|-{1,2}>|—>|=>)\s?"
    r"|[^，。；\d]{0,4}(?:减|降|压|缩|增|升|提|扩|拓|涨|跃|变|调)[^，。；\d]{0,2}[到至为]"
)
_MAGNITUDE = re.compile(r"[\d一二两三四五六七八九十.]\s?(?P<mag>[百千]?[万亿]+|[百千])")
_NO_MEASURE = frozenset({"", "万", "亿"})
_ONE = Decimal(1)


def with_shared_measures(found: Sequence[Figure], folded: str) -> list[Figure]:
    """Return the figures with the measure that one end of a change leaves out.

    The end without 万 takes the other's if that brings the two nearer: 3→5万吨, but 9800→1.2万户.
    """
    figures = list(found)
    for at in range(len(figures) - 1, 0, -1):
        left, right = figures[at - 1], figures[at]
        between = folded[left.end : right.start]
        if len(between) > 8 or not _CHANGED_TO.fullmatch(between):
            continue
        if _is_bare(left):
            figures[at - 1] = _borrowed(left, right)
        elif _is_bare(right) or (right.unit == "个" and _lasts(left)):
            figures[at] = _borrowed(right, left)
    return figures


def _is_bare(figure: Figure) -> bool:
    return figure.dimension == "number" and figure.unit in _NO_MEASURE


def _lasts(figure: Figure) -> bool:
    return figure.dimension.startswith(("time:", "count:工作日"))


def _borrowed(figure: Figure, lender: Figure) -> Figure:
    measure = found_measure(lender.unit)
    if lender.dimension.startswith("count:"):
        measure = Measure(lender.unit, lender.dimension, _ONE, _ONE)
    if measure.dimension != lender.dimension or _is_bare(lender):
        return figure
    factor = _shared_magnitude(figure, lender, measure)

    def base(number: Decimal) -> Decimal:
        return measure.to_base(number * factor)

    return replace(
        figure,
        low=base(figure.low),
        high=base(figure.high),
        value=base(figure.value),
        step=base(figure.step),
        unit=lender.unit,
        dimension=lender.dimension,
    )


def _shared_magnitude(figure: Figure, lender: Figure, measure: Measure) -> Decimal:
    told = _MAGNITUDE.search(fold(lender.text))
    own = _MAGNITUDE.search(fold(figure.text))
    factor = parse_number("一" + told["mag"]) if told and not own else None
    plain = measure.to_base(figure.value)
    if not factor or plain <= 0 or lender.value <= 0:
        return _ONE
    return factor if _apart(plain * factor, lender.value) < _apart(plain, lender.value) else _ONE


def _apart(one: Decimal, other: Decimal) -> Decimal:
    return max(one, other) / min(one, other)
