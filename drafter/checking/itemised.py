"""What a fact gives item by item: sums of a measure that every item has, what comes every time.

一期11.2公里已完工；二期7.8公里在建 are 19公里 in all; each of three 项目 has its own 万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    MAX_TERMS,
    TURNS,
    Derived,
    formula_of,
    ids_of,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words
from drafter.checking.heads import last_word, rate_name, words_before

_ITEM = re.compile("[；;]")
_PART = re.compile("[，,；;、：:]")
_NO_ITEM = re.compile("其中|其余|剩|占|比|同期|[上去]年|任务|目标|计划|[每均]")
_SEVERAL = re.compile("^[^\0]*(?:[两三四五六七八九十\0][个项家处类条]?|共|合计|累计|总)")
_OWN = 2
_NOT_DONE = re.compile("基本|[未没待尚]|正在|其余|[余剩]")
_TWO = re.compile("（([\u4e00-\u9fff]{2,6})、([\u4e00-\u9fff]{2,6})）")
_CLASSES = re.compile("（([\u4e00-\u9fff]{2,4})）[ ：:]?(?=\\d)")
_CLASS = re.compile("（([\u4e00-\u9fff]{2,4})）[ ：:]?$")
_PAIR = re.compile("[\u4e00-\u9fff]{2}")
_IN_ALL = re.compile("[共总]|合计|累计|全年|一年|相加|[两三四]项|[两三四]笔")
_EVERY = re.compile("每个?(月|季|周|旬)度?[^，。；\\d]{0,3}$")
_IN_A_YEAR = re.compile("[全一]年|累计|共")
_ADDED = re.compile("(?:加开|增开|另开|加办|临时)了? ?$")
_ALL_OF_THEM = re.compile("全覆盖|逐[一个处户家]|每[处户家所座]")
_TIMES = {"月": 12, "季": 4, "周": 52, "旬": 36}
_OFTEN = re.compile("每|[月季周]均|一[年月季周]|半年|季度")


def of_items(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what a fact's items have of the draft's kind together, each of them one figure."""
    kin = [m for m in line.mentions if of_kind(m, draft)]
    if not 1 < len(kin) <= MAX_TERMS or draft.figure.dimension in ("ratio", "points", "rank"):
        return
    yield from _sum(_one_each(line, kin, _ITEM))
    items = [m for m in line.mentions if m.figure.dimension != kin[0].figure.dimension]
    heads = {value_of(m) for m in items[:1] if m.place < kin[0].place}
    if Decimal(len(kin)) in heads:  # 项目3个：甲200亩130万元，乙2.4公里72万元，丙…
        yield from _sum(_one_each(line, kin, _PART))
    if _IN_ALL.search(draft.clause_text + draft.lead):  # 旧粮站年租12万元，校舍2处年租9.5万元
        terms = _one_each(line, kin, _PART)
        said = draft.lead + draft.clause_text
        yield from _sum(terms if terms and all(_named(m, line, said) for m in terms) else [])
    for name in {words_before(m)[-_OWN:] for m in kin}:
        alike = [m for m in kin if words_before(m)[-_OWN:] == name]
        if len(name) == _OWN and 1 < len(alike) < len(kin):
            yield from _sum(_one_each(line, alike, _ITEM))


def _named(mention: Mention, line: Line, said: str) -> bool:
    """Tell whether a text says a word of the piece of a fact that a figure stands in."""
    start = max((m.end() for m in _PART.finditer(line.text, 0, mention.figure.start)), default=0)
    piece = line.text[start : mention.figure.start]
    pairs = (piece[i : i + _OWN] for i in range(len(piece) - 1))
    return any(_PAIR.fullmatch(p) and p in said and p not in common_words() for p in pairs)


def _one_each(line: Line, kin: Sequence[Mention], cut: re.Pattern[str]) -> list[Mention]:
    """Return the figures if each piece of the fact between cuts has at most one, else none."""
    if any(_NO_ITEM.search(m.before_text) or m.period for m in kin):
        return []
    places = [sum(1 for _ in cut.finditer(line.text, 0, m.figure.start)) for m in kin]
    return list(kin) if len(set(places)) == len(kin) else []


def _sum(terms: Sequence[Mention]) -> Iterator[Derived]:
    if terms:
        total = sum(map(value_of, terms), Decimal(0))
        yield Derived(total, terms[0].figure.dimension, formula_of(terms, "+"), ids_of(terms))


def every_time(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what comes to in a year what comes every month or quarter: 每季1次 are 四次."""
    turns = draft.figure.unit[-1:] in TURNS and not _OFTEN.search(draft.before_text)
    whole = _IN_A_YEAR.search(draft.before_text) is not None
    for mention in line.mentions if turns or whole else ():
        every = _EVERY.search(mention.before_text)
        places = whole and draft.figure.unit in ("个", "个名额")  # 每季度评20户, 全年80个名额
        if every and (places or of_kind(mention, draft)):
            times = _TIMES[every[1]]
            formula, value = f"{mention.figure.text} × {times}", value_of(mention) * times
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))
            for more in (m for m in line.mentions if _ADDED.search(m.before_text)):
                both = f"{formula} + {more.figure.text}"  # 每季度1次，2月加开1次
                yield Derived(value + value_of(more), draft.figure.dimension, both, ids_of((more,)))


def every_place(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield how often all places were seen: 16处次 of 场所4处，每季度1次，每次全覆盖."""
    seen = draft.figure.unit.endswith("次") and _ALL_OF_THEM.search(line.text)
    unit = draft.figure.unit.removesuffix("次") if seen else ""
    for places, turns in product(line.mentions, repeat=2) if unit else ():
        every = _EVERY.search(turns.before_text)
        if every and turns.figure.unit == "次" and places.figure.unit == unit:
            times = _TIMES[every[1]]
            value = value_of(places) * value_of(turns) * times
            formula = f"{formula_of((places, turns), '×')} × {times}"
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def summed_across(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield what facts of their own have together: 三个项目应征地548.8亩 of 应征地 three times."""
    words = words_before(draft)
    kin = [m for m in index.mentions if of_kind(m, draft) and not m.period]
    named = [m for m in kin if len(last_word(m)) >= _OWN and words.endswith(last_word(m))]
    apart = len({m.line for m in named}) == len(named)
    if 1 < len(named) <= MAX_TERMS and apart and _SEVERAL.search(draft.clause_text):
        total = sum((value_of(m) for m in named), Decimal(0))
        yield Derived(total, draft.figure.dimension, formula_of(named, "+"), ids_of(named))


def of_classes(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield the share of each class that a fact's items are of: 公办75% of 中心园（公办）214."""
    said = draft.clause_text if draft.figure.dimension == "ratio" else ""
    for line in index.lines:
        if any(name in said for name in _CLASSES.findall(line.text)):
            yield from _shares_of_classes(line, said)


def _shares_of_classes(line: Line, said: str) -> Iterator[Derived]:
    classed = [(m, _CLASS.search(line.text, 0, m.figure.start)) for m in line.mentions]
    items = [(m, found[1]) for m, found in classed if found]
    names = dict.fromkeys(name for _, name in items)
    if len({m.figure.dimension for m, _ in items}) != 1 or len(items) <= len(names):
        return
    total = sum((value_of(m) for m, _ in items), Decimal(0))
    for name in names:
        terms = [m for m, c in items if c == name]
        if name in said and 1 < len(terms) < len(items):
            part = sum(map(value_of, terms), Decimal(0))
            formula = f"({formula_of(terms, '+')}) / {total}"
            yield Derived(part / total, "ratio", formula, ids_of(terms))


def done_in_stages(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the rate of what was done in two stages: 574条，当场整改391条，限期的已改166条."""
    deed = rate_name(draft) if draft.figure.dimension == "ratio" else ""
    kin = [m for m in line.mentions if set(deed) & set(m.before_text) and not m.period]
    if any(_NOT_DONE.search(f"{m.before_text}{m.after_text[:_OWN]}") for m in kin):
        return
    whole = max(line.mentions, key=value_of, default=None) if len(deed) == _OWN else None
    for one, other in combinations(kin[:MAX_TERMS], 2) if whole else ():
        pair, total = (one, other), value_of(one) + value_of(other)
        same = whole and all(m.figure.dimension == whole.figure.dimension for m in pair)
        if whole and same and whole not in pair and total <= value_of(whole):
            formula = f"({formula_of(pair, '+')}) / {whole.figure.text}"
            yield Derived(total / value_of(whole), "ratio", formula, (line.fact_id,))


def other_listed(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield what the other of two listed has: 2处（岔河村、白鹭社区）共76万元，其中岔河村41万元."""
    listed = _TWO.search(line.text)
    for at, part in enumerate(line.mentions[1:], 1) if listed else ():
        whole = line.mentions[at - 1]
        named = part.before_text.strip().removeprefix("其中")
        other = listed[2] if listed and named == listed[1] else listed[1] if listed else ""
        known = listed is not None and named in listed.groups() and of_kind(part, draft)
        said = draft.lead + draft.clause_text
        if known and of_kind(whole, part) and other in said and named not in said:
            left, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
            if left > 0:
                yield Derived(left, whole.figure.dimension, formula, (line.fact_id,))
