"""Arithmetic that no rule names: two figures near one, where a match is hardly an accident.

A clerk works out what no list of rules foresees (22600亩 × 65 %, 6180万元 over 412吨 a kilogram).
All results of two figures that stand near are tried; one is believed where the drafted figure shows
so many digits that the results at hand would seldom meet it by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from drafter.checking.context import Mention
from drafter.checking.derived import Derived, formula_of, ids_of, value_of
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import words_before
from drafter.checking.matching import fits, same_kind, written
from drafter.checking.rates import per_kinds
from drafter.checking.verdicts import same_digits
from drafter.checking.versus import told_other_way

_CHANCE = Decimal("0.04")  # the accidents expected among the results at hand
_MOST = 24  # figures near one
_NEAR = Decimal("0.5")  # results from half of a figure to one and a half may meet it
_SCALES = (Decimal(1), Decimal(1000), Decimal(500))  # 吨 counted in 公斤 and in 斤
_DIGITS = re.compile(r"\d[\d.]*")
_DIGITS_SHOWN = 6
_EACH = re.compile("[每均各]|单价|单产")
_MEAN = re.compile("([\u4e00-\u9fff])均(?!衡)|每([\u4e00-\u9fff])")
_TOGETHER = re.compile("[共总]|合计|累计|[上下]半年|季度")
_APART = re.compile("[余剩尚还差缺欠]|[增减]|另|比|未|[上下]半年|季度")
_EXACT = Decimal("0.001")
_NEARLY_ALL = Decimal("0.9")  # a share from here on makes little else of a figure than itself
_SELDOM = Decimal("0.03")  # how much seldomer a result of odd figures is a round number by chance
_UNCOUNTED = frozenset({"ratio", "points", "rank", "proportion"})


def worked_out(draft: Mention, near: Sequence[Mention], index: FactIndex) -> Derived | None:
    """Return how two figures near one make it, ``None`` where chance may do as well."""
    figure = draft.figure
    if figure.approximation != "exact" or figure.dimension in _UNCOUNTED or figure.low <= 0:
        return None
    results = [
        found
        for found in _results(draft, near[:_MOST], index)
        if abs(found.value - figure.low) <= _NEAR * figure.low
    ]
    values = {found.value for found in results}
    accidents = len(values) * _last_digit(figure.low) / figure.low
    exact = next((found for found in results if found.value == figure.low), None)
    if exact is not None and _odd(exact):
        accidents *= _SELDOM
    if accidents > _CHANCE or any(_in_other_unit(draft, fact) for fact in near):
        return None
    return next((found for found in results if fits(figure, found.value)), None)


def _odd(found: Derived) -> bool:
    """Tell whether a quotient comes of figures of three digits: 1476万元 / 24.6公里."""
    if " / " not in found.formula:
        return False
    sizes = [len(run.replace(".", "").strip("0")) for run in _DIGITS.findall(found.formula)]
    return sum(sizes) >= _DIGITS_SHOWN


def _in_other_unit(draft: Mention, fact: Mention) -> bool:
    """Tell whether a figure shows a fact's digits with another unit of its kind: 120公斤, 120斤."""
    kinds = (draft.figure.dimension, fact.figure.dimension)
    return len({kind[:6] for kind in kinds}) == 1 and same_digits(draft, fact)


def _last_digit(value: Decimal) -> Decimal:
    """Return the worth of the last digit that is no zero: 4500 → 100, 41.8 → 0.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _results(draft: Mention, near: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield what two figures near one come to, of its kind, by what its clause says."""
    for at, one in enumerate(near):
        for other in near[:at]:
            pair = (one, other) if value_of(one) >= value_of(other) else (other, one)
            ids = tuple(i for i in ids_of(pair) if i)
            together = _put_together(draft, *pair)
            if told_other_way(draft, *pair, index):
                together = iter(())
            for value, sign in chain(together, _scaled(draft, *pair)):
                formula = formula_of(pair, sign)
                yield Derived(value, draft.figure.dimension, formula, ids)


def _put_together(draft: Mention, big: Mention, small: Mention) -> Iterator[tuple[Decimal, str]]:
    """Yield the sum and the difference of two figures of one unit, where the clause says so."""
    kinds = {m.figure.dimension for m in (big, small, draft)}
    if draft.figure.dimension.startswith("count:"):
        kinds |= {m.figure.unit for m in (big, small)} - {draft.figure.unit}
    if len(kinds) == 1 and _TOGETHER.search(draft.clause_text):
        yield value_of(big) + value_of(small), "+"
    if len(kinds) == 1 and _APART.search(draft.clause_text):
        yield value_of(big) - value_of(small), "-"


def _shares(mean: re.Match[str], part: Mention) -> bool:
    """Tell whether a mean names whom it falls to: 户均 and 每户 households, 平均 anybody."""
    whom = mean[1] or mean[2]
    measured = part.figure.dimension in per_kinds(mean[0])
    return whom == "平" or measured or whom in part.figure.unit[-1:] + part.figure.unit[:1]


def _scaled(draft: Mention, one: Mention, other: Mention) -> Iterator[tuple[Decimal, str]]:
    """Yield a figure times what it is for each of, or over what it is shared among."""
    kind, figure = draft.figure.dimension, draft.figure
    mean = _MEAN.search(draft.before_text)
    for whole, part in ((one, other), (other, one)):
        theirs = part.figure.dimension
        alike = same_kind(theirs, kind) or theirs in _UNCOUNTED - {"ratio"}
        if alike or not same_kind(whole.figure.dimension, kind) or value_of(part) <= 0:
            continue
        value, times = value_of(whole), value_of(part)
        each = whole.each or _EACH.search(whole.before_text) or "每" in whole.wide
        counted = theirs.startswith(("count:", "number", "ratio"))
        for count in {times} if counted else {written(part.figure) * scale for scale in _SCALES}:
            exact = abs(value * count - figure.low) <= _EXACT * figure.low
            head = words_before(whole)
            of_it = times < _NEARLY_ALL or (len(head) > 1 and head in part.before_text)
            if each or (theirs == "ratio" and exact and of_it):
                yield value * count, "×"
            if mean and _shares(mean, part) and count > 0:
                yield value / count, "/"
