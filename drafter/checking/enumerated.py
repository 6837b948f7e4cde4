"""How many things a draft lists beside a count: 魔芋、腊肉、蜂蜜，三样; 十一月六日、七日两天."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.checking.context import Mention
from drafter.checking.derived import ITEMS, MAX_TERMS, TURNS, Derived
from drafter.checking.factindex import FactIndex

_SAID_OF = ("文章", "关", "环节", "本账")  # 建好、管好、护好，三篇文章 needs no fact
_SORTS = frozenset("项笔者")
_BRIEF = re.compile("[^\\d]{0,8}")  # 3月和9月，县督导组两次来镇
_PERIOD = re.compile("[^，。]{0,4}(?:时段|节点|时点|月份|时间|窗口)")
_DAY_LIST = re.compile(
    r"(?:日(?:[、和及](?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)+"
    r"|月(?:[、和及](?:\d{1,2}|[一二三四五六七八九十]{1,3})月)+)[^，。；\d]{0,6}$"
)


def drafted_list(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield how many things the draft lists before a small count, if facts have them.

    They stand right before it, or in the clause before: 魔芋、腊肉、蜂蜜，三样土特产.
    """
    if not draft.figure.dimension.startswith("count:") or draft.figure.low > MAX_TERMS:
        return
    before = draft.clause_text.partition("\0")[0]
    for text in (before, draft.lead if not before.strip() else ""):
        items = ITEMS.split(text)
        counted = len(items) == draft.figure.low > 1
        named = draft.after_text.startswith(_SAID_OF) or all(
            len(item) == 1 or _known(item, index) for item in items
        )
        if counted and named:
            formula = f"文中列出{len(items)}项"
            yield Derived(Decimal(len(items)), draft.figure.dimension, formula, ())


def told_items(draft: Mention, told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield how many sums were just told: 兑现268万元，减租46万元，两项让利314万元."""
    kinds = Counter(m.figure.dimension for m in told if m.line == draft.line)
    few = draft.figure.unit in _SORTS and not draft.before_text.strip()
    if few and draft.figure.low > 1 and draft.figure.low in kinds.values():
        formula = f"文中列出{draft.figure.low}项"
        yield Derived(draft.figure.low, draft.figure.dimension, formula, ())


def _known(item: str, index: FactIndex) -> bool:
    return any(item[i : i + 2] in index.bare for i in range(max(1, len(item) - 1)))


def listed_days(draft: Mention) -> Iterator[Derived]:
    """Yield how many days a draft lists right before a figure: 十一月六日、七日两天."""
    counted = draft.figure.unit == "天" or draft.figure.unit[-1:] in TURNS
    counted = counted or _PERIOD.match(draft.after_text) is not None
    before = draft.clause_text.split("\0")[0] if counted else ""
    lead = draft.lead if counted and _BRIEF.fullmatch(before) else ""
    for listed in filter(None, map(_DAY_LIST.search, (before, lead))):
        days = max(listed[0].count("日"), listed[0].count("月"))
        yield Derived(Decimal(days), draft.figure.dimension, f"文中列出{days}天", ())
