"""By how many points a rate has moved: told rates, a fact's two years, this year's share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafter.checking.context import Mention
from drafter.checking.derived import FELL, Derived, formula_of, ids_of, value_of
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import rate_name, words_before
from drafter.checking.rates import comparable

_MOVED = re.compile("[增降涨跌升高低抬减多少]|同比|压缩|缩短")
_PAIR = 2


def rate_moved(draft: Mention, sound: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield the points between a rate just told and a fact's of last year: 98.2%, 上年96.9%."""
    moved = draft.figure.dimension == "points" and _MOVED.search(draft.before_text)
    rates = [m for m in sound if m.figure.dimension == "ratio" and m.line == draft.line]
    for now, before in _rates_of_years(index) if moved and not rates else ():
        apart, pair = (value_of(now) - value_of(before)) * 100, (now, before)
        if bool(FELL.search(draft.before_text)) == (apart < 0):
            yield Derived(abs(apart), "points", formula_of(pair, "-"), ids_of(pair))
    for before in index.mentions if moved and not rates else ():
        if before.figure.dimension == "ratio" and before.period == -1:
            yield from _moved_since(before, draft, index)
    for now in rates[-1:] if moved else ():
        for before in index.mentions:
            named = rate_name(before) in ("", rate_name(now))
            if before.figure.dimension == "ratio" and before.period == -1 and named:
                apart = (value_of(now) - value_of(before)) * 100
                if bool(FELL.search(draft.before_text)) == (apart < 0):
                    formula, ids = formula_of((now, before), "-"), ids_of((before,))
                    yield Derived(abs(apart), "points", formula, ids)


def _moved_since(before: Mention, draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield the points between last year's rate and this year's share: 合格率 of 合格414批次."""
    deed = rate_name(before)
    if len(deed) < _PAIR or deed not in draft.clause_text:
        return
    for part in (m for m in index.mentions if words_before(m).endswith(deed) and not m.period):
        for whole in index.lines[part.line].mentions:
            if comparable(part, whole) and 0 < value_of(part) < value_of(whole):
                apart = (value_of(part) / value_of(whole) - value_of(before)) * 100
                if bool(FELL.search(draft.before_text)) == (apart < 0):
                    formula = f"{formula_of((part, whole), '/')} - {before.figure.text}"
                    yield Derived(abs(apart), "points", formula, ids_of((part, whole, before)))


def _rates_of_years(index: FactIndex) -> Iterator[tuple[Mention, Mention]]:
    """Yield the rates that facts give for this year and right behind for last: 58%（上年47%）."""
    for line in index.lines:
        for now, before in pairwise(line.mentions):
            both = now.figure.dimension == before.figure.dimension == "ratio"
            if both and before.period == -1 and not now.period:
                yield now, before
