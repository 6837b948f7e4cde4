"""What a figure is told to be beside another one: last year's, a target, what it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    FELL,
    TARGET,
    Derived,
    as_counted,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import common_words
from drafter.checking.matching import fits

_NEAR = 3
_YEARS = frozenset({"上年", "去年", "年同", "同期", "年末", "年底"})
_GROWN = re.compile("同比|[比较][上去]年|增幅|降幅|增速")
_OVER = re.compile(
    "超(?:出|过|支)?(?:全年|年度|年初)?(?:预算|任务|目标|计划|定额|上年)?(?:数|安排)?$"
)
_BARE_GROWTH = re.compile("(?:同比|[比较][上去]年)?(?:分别)?(?:增长|增加|提高|上升|下降|减少)了?")
_OF_TARGET = re.compile("(?:预算|任务|目标|计划|指标)[数额值]?的$|完成率$")
_BELOW = re.compile("(?:[较比离距].{0,8}|低于.{0,8}|欠|短)(?:差|少|低|欠)$|未完成$")
_DUE = re.compile("任务|目标|计划|指标|完成率|超额|预算|执行率")
_MISSED = re.compile("(?:[离距].{0,8})?(?:还|尚|仍)[差缺欠]$")
_TOPPED = re.compile("超[出过额]")
_LABELLED = re.compile("(?:任务|目标|计划|指标)[:：][\u4e00-\u9fff]{0,4}$")  # 目标：村均50万元
_BUDGET = re.compile("预算(?:数|安排)?[为是：: ]*$")


def against_target(draft: Mention, sound: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield by how much, or to what share, a figure just told meets a fact's target.

    上半年9人、下半年13人，合计22人，超任务2人，完成率110% of 征兵任务 20人.
    """
    if not _DUE.search(draft.clause_text):
        return
    due = [m for m in index.mentions if _is_due(m) and value_of(m) > 0]
    for target in due:
        kin = [m for m in sound if of_kind(m, target)][-_NEAR:]
        if "均" in target.before_text:  # 目标：村均50万元 is no target of a total
            kin = [m for m in kin if "均" in m.before_text and value_of(m) != value_of(target)]
        for done in [max(kin, key=value_of)] if kin else []:
            pair = (done, target)
            apart, share = abs(value_of(done) - value_of(target)), value_of(done) / value_of(target)
            ids = (target.fact_id,)
            said = draft.before_text
            short = value_of(done) < value_of(target) and _OVER.search(said)
            short = short or (value_of(done) > value_of(target) and _MISSED.search(said))
            if of_kind(target, draft) and not short:
                yield Derived(apart, draft.figure.dimension, formula_of(pair, "-"), ids)
            yield Derived(share, "ratio", formula_of(pair, "/"), ids)
            if _TOPPED.search(draft.clause_text) and share > 1:  # 超出村均50万元的目标4%
                yield Derived(share - 1, "ratio", f"{formula_of(pair, '/')} - 1", ids)
            yield Derived(abs(share - 1) * 100, "points", f"{formula_of(pair, '/')} - 1", ids)


def _is_due(fact: Mention) -> bool:
    """Tell whether a fact's figure is a target or a budget, be it named before a colon."""
    words = fact.before_text
    labelled = _LABELLED.search(fact.clause_text.partition("\0")[0])
    return bool(TARGET.search(words) or _BUDGET.search(words) or labelled)


def beyond_target(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield by how much a rate of a target passes it or falls short: 为预算的104.1%, 超预算4.1%."""
    if draft.figure.dimension not in ("ratio", "points"):
        return
    over, short = _OVER.search(draft.before_text), _BELOW.search(draft.before_text)
    for rate in index.mentions if over or short else ():
        apart = value_of(rate) - 1
        told = rate.figure.dimension == "ratio" and _OF_TARGET.search(rate.before_text.strip())
        if told and (apart > 0 if over else apart < 0):
            worth = abs(apart) * (100 if draft.figure.dimension == "points" else 1)
            formula = f"{rate.figure.text} - 100%"
            yield Derived(worth, draft.figure.dimension, formula, ids_of((rate,)))


def turned(change: Mention, now: Mention) -> Iterator[Derived]:
    """Yield the rate of a change that stands beside what it led to: 9起，减少6起，下降四成."""
    fell = FELL.search(change.before_text)
    before = value_of(now) + value_of(change) * (1 if fell else -1)
    if before > 0:
        whole = formula_of((now, change), "+" if fell else "-")
        formula, ids = f"{change.figure.text} / ({whole})", ids_of((now, change))
        yield Derived(value_of(change) / before, "ratio", formula, tuple(i for i in ids if i))


def since_last_year(
    draft: Mention, sound: Sequence[Mention], index: FactIndex
) -> Iterator[Derived]:
    """Yield how a figure just told differs from the one that a fact of its own gives for last year.

    存栏11600头 and, in another fact, 存栏去年10000头; a fact may say no more than 上年 1132万元.
    """
    if not _GROWN.search(draft.clause_text):
        return
    for now, before in product(
        as_counted(draft, sound[-_NEAR:]), (m for m in index.mentions if m.period == -1)
    ):
        about = {gram for gram in before.clause - _YEARS if len(gram) > 1} - common_words()
        rate = now.figure.dimension in ("ratio", "points")
        kin = [m for m in index.mentions if m.period == -1 and of_kind(m, now)]
        about = about if len(kin) > 1 else set()
        if rate or not of_kind(before, now) or (about and not about & now.wide):
            continue
        apart = abs(value_of(now) - value_of(before))
        if (value_of(now) < value_of(before)) != bool(FELL.search(draft.clause_text)):
            continue
        formula, ids = formula_of((now, before), "-"), (before.fact_id,)
        yield Derived(apart, draft.figure.dimension if of_kind(now, draft) else "", formula, ids)
        if value_of(before) > 0:
            yield Derived(
                apart / value_of(before), "ratio", f"({formula}) / {before.figure.text}", ids
            )


def grown_otherwise(
    draft: Mention, candidate: Derived, told: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether a growth is another figure's of the fact than that of the one just told.

    游客18.4万人次，增长19.2% where 19.2% is by what 收入 2360万元 去年 1980万元 has grown.
    """
    last = told[-1] if told and told[-1].line == draft.line else None
    grown = _BARE_GROWTH.fullmatch(draft.clause_text.partition("\0")[0])
    terms = candidate.formula.strip("(").partition(" - ")
    if last is None or not grown or " / " not in terms[2] or len(candidate.fact_ids) != 1:
        return False
    line = index.by_id[candidate.fact_ids[0]].mentions
    same = [m for m in line if of_kind(m, last)]
    now = [m for m in same if fits(last.figure, value_of(m)) and not m.period]
    was = [m for m in same if m.period]
    return bool(now and was) and all(m.figure.text not in candidate.formula for m in now)


def wrong_way(draft: Mention, candidate: Derived, told: Sequence[Mention]) -> bool:
    """Tell whether a difference is told as more where the figure just told is the lesser one.

    支出28.4万元，超出预算3.6万元 of 支出28.4万元，预算32万元.
    """
    last = told[-1] if told and told[-1].line == draft.line else None
    big, minus, small = candidate.formula.partition(" - ")
    over = _OVER.search(draft.before_text)
    if last is None or not over or not minus or " " in big + small:
        return False
    return small == last.figure.text != big
