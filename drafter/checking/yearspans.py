"""What the years and months of a fact come to: several years together, since a thing opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from drafter.checking.context import Mention
from drafter.checking.derived import MAX_TERMS, Derived, formula_of, ids_of, of_kind, value_of
from drafter.checking.factindex import FactIndex, Line

_TOGETHER = re.compile("累计|合计|总计|共")
_A_YEAR = re.compile("年均|平均每年|每年平均")
_STOOD = re.compile("满|已有?|走过|成立|挂牌|运行|坚持")
_UNTIL = re.compile("截至|截止")
_A_MONTH = re.compile("月均|平均每月|每月平均")
_YEAR = 12
_FEW_YEARS = 2
_FIRST = 3  # days of a month that make it a whole one from here
_LAST = 28


def over_years(draft: Mention, lines: Sequence[Line], told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what a fact has over its years: 三年累计 of 2024年21.5，2025年25.8，2026年30.96."""
    here = [m for m in (*told, draft) if m.figure.unit == "年" and m.line == draft.line]
    years = [m for m in here if m.clause_text == draft.clause_text] or here
    together = bool(years) or _TOGETHER.search(draft.clause_text) is not None
    for line in lines if together or _A_YEAR.search(draft.before_text) else ():
        for terms in _by_year(line):
            count = int(value_of(years[-1])) // _YEAR if years else len(terms)
            if not _FEW_YEARS <= count <= len(terms):
                continue
            last = terms[:count]
            if draft.figure.unit == "年":
                formula = "、".join(m.figure.text for m in last)
                yield Derived(Decimal(_YEAR * count), "time:月", formula, ids_of(last))
            elif of_kind(last[0], draft):
                total, formula = sum(map(value_of, last), Decimal(0)), formula_of(last, "+")
                yield Derived(total, draft.figure.dimension, formula, ids_of(last))
                if _A_YEAR.search(draft.before_text):
                    mean = f"({formula}) / {count}"
                    yield Derived(total / count, draft.figure.dimension, mean, ids_of(last))


def _by_year(line: Line) -> Iterator[list[Mention]]:
    """Yield the figures of one kind that a fact has for years that follow, the latest first."""
    kinds = sorted(line.mentions, key=lambda m: m.figure.dimension)
    for dimension, group in groupby(kinds, key=lambda m: m.figure.dimension):
        years: dict[int, Mention] = {}
        for mention in group:
            years.setdefault(mention.period or 0, mention)
        ordered = sorted(years, reverse=True)
        following = [y for at, y in enumerate(ordered) if y == ordered[0] - at]
        if len(following) >= _FEW_YEARS and dimension not in ("ratio", "points", "rank"):
            yield [years[year] for year in following[:MAX_TERMS]]


def standing(draft: Mention, lines: Sequence[Line], index: FactIndex) -> Iterator[Derived]:
    """Yield for how many years a thing has stood: 挂牌已满五年 of 2021年5月挂牌."""
    since = draft.figure.unit == "年" and _STOOD.search(draft.before_text) and index.year
    for line in lines if since else ():
        for year in sorted({d.year for d in line.dates if d.year and d.year < (index.year or 0)}):
            months = Decimal(_YEAR * ((index.year or year) - year))
            yield Derived(months, "time:月", f"{index.year} - {year}", (line.fact_id,))


def since_opened(draft: Mention, lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield what came to each month since a thing opened: 5月1日开馆，截至10月31日3120人次."""
    for line in lines if _A_MONTH.search(draft.before_text) else ():
        days = [d for d in line.dates if d.month and d.day]
        if len(days) != _FEW_YEARS or not _UNTIL.search(line.text):
            continue
        first, last = days
        begin, end = first.month or 0, last.month or 0
        months = end - begin + 1
        if months > 1 and (first.day or 0) <= _FIRST and (last.day or 0) >= _LAST:
            for mention in (m for m in line.mentions if of_kind(m, draft)):
                formula = f"{mention.figure.text} / {months}"
                value = value_of(mention) / months
                yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))
