"""What the figures of one fact, or of facts with one head, come to: sums, differences, means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from drafter.checking.context import Mention
from drafter.checking.counting import (
    named_sum,
    sublists,
)
from drafter.checking.dated import (
    yearly,
)
from drafter.checking.derived import (
    CLASS_ENDS,
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    is_told,
    negligible,
    pairs_of,
    told_before,
    value_of,
)
from drafter.checking.factindex import FactIndex
from drafter.checking.grouping import runs, without_head
from drafter.checking.multiplied import (
    products,
)
from drafter.checking.parting import (
    left_over,
)
from drafter.checking.rates import (
    per_measure,
)
from drafter.checking.shares import (
    parts_of,
    ratios,
    said_beside,
)
from drafter.checking.versus import told_other_way

_DIFFERENCE = re.compile(
    r"除[\d一二两三四五六七八九十]|余[\d下有]|[仅只][有剩]?|没有?|[上去]年[底末]|年初|扩|剩|空|缺|欠|不合格|不达标|正在|在办|尚|还有|还差|仍有|其余|另|未|增加|增长|增收|多|少|涨|跌|减|下降|降|增|差|砍|省|淘汰|落选|剔除|又有|添|[高多低少]出|缺口|结余|提高|提升|上升|原有|原来|原先|比|较|压缩|退|欠|进|前移|升|节约|节省|节支|省下|精简|压缩|超|缩短|延长|[上下]调|便宜|贵|待[整办验完处]"
)
_YEARLY = re.compile("同比|[比较]上年|[比较]去年")
_LEFT_OUT = re.compile("其余|剩余|余下|剩下|余款|有[一\\d][个处户]?(?:没|未)|[个处户](?:没|未)")
_SEVERAL = re.compile("[两三四五](?:项|者|类|块|种|个村)[^，。]{0,3}$")
_TOGETHER = re.compile("累计|合计|共计|总计|一共")
_STILL = re.compile("限期|未|尚|剩|其余|还")
_PLACES_UP = re.compile("名次|排名|位次|考评|考核|上升|提升|前移|跃升|前进|下降|后退")
_SHARED_BY = ("count:", "time:", "length", "area", "mass", "volume", "power")
_MEAN = re.compile(
    "平均|亩产|单产|人均|户均|均|每|一[人户村组名位个](?:管|包|带|负责|联系|对接|联|盯)"
)
_LEFT_THERE = re.compile("余下|其余|剩|尚余|还有")
_LEFT_HERE = re.compile("另|其余|余下|剩|尚|还有")


def of_group(
    group: Sequence[Mention], draft: Mention, index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield what figures of one fact, or of facts with one head, come to."""
    said, each = said_beside(draft), draft.clause_text
    if draft.figure.dimension in ("ratio", "points"):
        yield from ratios(group, draft, said, told)
        yield from parts_of(group, draft, said, told)
        return
    yield from _sums(group, draft)
    yield from named_sum(group, draft)
    yield from _stages(group, draft)
    yield from differences(group, draft, told, said + _rests(group, index), index)
    yield from _averages(group, draft, said)
    yield from products(group, each)
    yield from yearly(group, each)


def _sums(group: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    for run in runs(group):
        if not 2 <= len(run) <= MAX_TERMS:
            continue
        parts = [m for m in without_head(run) if not m.before_text.rstrip().endswith("各")]
        named = [m for m in parts if _own(m, run) & draft.wide]
        here = [m for m in parts if _own(m, run) & draft.clause]
        alike = [m for m in parts if m.before & draft.before]
        pieces = [] if _TOGETHER.search(draft.before_text) else sublists(parts)
        told = 1 < len(named) < len(run) and _SEVERAL.search(draft.before_text)
        whole, pieces = ((), []) if told else ((run, run[1:]), pieces)  # 租赁与服务两项: no others
        for terms in (*whole, named, here, alike, *pieces):
            grown = (
                "新" in terms[-1].before_text or "增" in terms[-1].before_text if terms else False
            )
            if len(terms) > 1 and (grown or terms[0].period == terms[-1].period):
                total = sum((value_of(m) for m in terms), Decimal(0))
                yield Derived(
                    total, terms[0].figure.dimension, formula_of(terms, "+"), ids_of(terms)
                )


def _stages(group: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    """Yield what two stages come to together: 当场整改389处、已改31处, 累计整改420处."""
    told = _TOGETHER.search(draft.before_text)
    deed = set(draft.before_text[told.end() :]) if told else set()
    done = [m for m in group if deed & set(m.before_text) and not _STILL.search(m.before_text)]
    for one, other in combinations(done[:MAX_TERMS], 2):
        if one.figure.dimension == other.figure.dimension:
            pair = (one, other)
            total = value_of(one) + value_of(other)
            yield Derived(total, one.figure.dimension, formula_of(pair, "+"), ids_of(pair))


def _own(mention: Mention, run: Sequence[Mention]) -> frozenset[str]:
    """Return the grams before a listed figure that stand before no other of the list."""
    rest = [m.before for m in run if m is not mention]
    return mention.before.difference(*rest) if rest else mention.before


def _rests(group: Sequence[Mention], index: FactIndex) -> str:
    """Return 其余 where the facts of a group leave a rest that is not counted there."""
    texts = {index.lines[m.line].text for m in group}
    return "其余" if any(_LEFT_OUT.search(text) for text in texts) else ""


def differences(
    group: Sequence[Mention],
    draft: Mention,
    told: Sequence[Mention],
    said: str,
    index: FactIndex,
) -> Iterator[Derived]:
    """Yield how two figures of a group differ, where the draft's words tell a difference."""
    if not _DIFFERENCE.search(said):
        return
    done = told_before(draft, told)[-1:] if is_rest(draft) else []
    yearly = _YEARLY.search(draft.before_text) and any(m.period == -1 for m in group)
    for big, small in pairs_of(group):
        if yearly and (big.period or 0) == (small.period or 0):
            continue
        if big.figure.text.endswith(CLASS_ENDS) or small.figure.text.endswith(CLASS_ENDS):
            continue
        if _LEFT_THERE.search(small.before_text) and _LEFT_HERE.search(draft.before_text):
            continue  # what the fact itself tells is left
        of_same = small.line == big.line and draft.after & small.before
        meant = not done or of_same or is_told(big, done) or is_told(small, done)
        ranked = big.figure.dimension == "rank" or _PLACES_UP.search(draft.before_text)
        if not ranked and told_other_way(draft, big, small, index):
            continue
        if meant and not negligible(draft, big, small):
            pair, dimension = (big, small), big.figure.dimension
            value = value_of(big) - value_of(small)
            yield Derived(value, dimension, formula_of(pair, "-"), ids_of(pair))
    yield from left_over(group, done)


def _averages(group: Sequence[Mention], draft: Mention, said: str) -> Iterator[Derived]:
    if not _MEAN.search(said):
        return
    for pair in ((a, b) for a in group for b in group):
        whole, parts = (m.figure.dimension for m in pair)
        if whole == parts or not parts.startswith(_SHARED_BY):
            continue
        counted = parts.startswith(("count:", "time:"))
        count = value_of(pair[1]) if counted else per_measure(draft, pair[1])
        if count > 0:
            mean, formula = value_of(pair[0]) / count, formula_of(pair, "/")
            yield Derived(mean, whole, formula, ids_of(pair))
            if whole == "count:人次":
                yield Derived(mean, "count:人", formula, ids_of(pair))
            if whole == "count:家次":  # 场均15家企业 of 180家次
                yield Derived(mean, "count:家", formula, ids_of(pair))
            if whole.endswith("次") and whole.removeprefix("count:") != "次":
                yield Derived(mean, "count:次", formula, ids_of(pair))
