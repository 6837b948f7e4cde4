"""Values that follow from the figures that a draft itself tells, beside those of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product, takewhile

from drafter.checking.compared import turned
from drafter.checking.context import Mention
from drafter.checking.derived import (
    EACH_ONE,
    ITEMS,
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    negligible,
    of_kind,
    told_round,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words
from drafter.checking.heads import concerned, words_before
from drafter.checking.matching import fits, written
from drafter.checking.rates import HOLDERS, PAPERS

_NEAR = 3
_DAYS = 365
_SUMMED = 4
_BOUNDS = frozenset({"over", "up_to"})  # 过百万元 and 不足50万元 are no amounts
_CHANGED = re.compile(
    "增|减|降|升|多|少|超|省下|节省|精简|压|缩|提高|差|缺|比|高于|低于|扩|退|涨|跌|[余剩]下?$|尚|还|仍"
)
_RESULT = re.compile("[到至为成]$")
_AMONG = re.compile("(?<!集)中")
_DONE = re.compile("已|完成|整改|办结|化解|销号|建成|兑现|拨付")
_FAILED = re.compile("不|未|没|超标")
_LISTED = re.compile(
    "(?:[\u4e00-\u9fff]{2,10}、)+[\u4e00-\u9fff]{2,10}?(?=\0|[两三四五六七八九]|合计|共)"
)
_NAME = 4
_ALL_LISTED = re.compile("[两三四五六]?[样项类种者个][^，。]{0,8}(?:撑起|占|贡献|合起来)")
_USED = re.compile("已经?(?:使?用|占|租|售|安排|发|拨|投放|分配)?了? ?$")
_GONE = re.compile("(?:注销|退出|减少|关停|吊销|清退|流出|死亡|迁出)了? ?$")
_BARE_CHANGE = re.compile("[多少增减](?:出|了|加|少)+")
_MORE = re.compile("[多增]")
_OTHERS = re.compile("(?:其余|余下|剩余|剩下)[\u4e00-\u9fff]{0,4}?(自筹|配套|承担|负担|出资)")
_MONTHLY = re.compile("每月|月均")
_TOGETHER = re.compile("合计|总计|共|加起来|合起来|两[家个项]|[三四五]家")
_SEVERAL = re.compile("([两三四])[项者笔类样块头][\u4e00-\u9fff]{0,4} ?$")  # 两项让利超300万元
_FEW = {"两": 2, "三": 3, "四": 4}
_GROWN = re.compile("同比|[比较][上去]年|增幅|降幅|增速")
_SUM = re.compile("折合|折算|算下来|全年|一年|合计|总计|共|累计|合起来|加起来|总")
_BY_RATE = re.compile("按照?每|标准")
_MEAN = re.compile("[每均]|折合|一[人户村组名位个](?:管|包|带|负责|联系|对接|联|盯)")
_EACH = re.compile("[每均]|单价")
_INFERRED = re.compile("推算|折算|测算|估算|推断")
_EACH_OF = re.compile("([^，。；：]*)[各均]")


def from_sound(
    draft: Mention, sound: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield what follows from figures that the draft told before and that the facts bear out.

    ``sound`` are these, in reading order; ``lines`` are the facts that the draft's clause is about.
    The last ones told count most: 化解16件、终结两件，合计办结18件，办结率85.7%.
    """
    kin = [m for m in sound if of_kind(m, draft)][-MAX_TERMS:]
    yield from left(draft, sound)
    yield from _again(draft, kin)
    yield from _shares(draft, sound)
    if draft.figure.dimension in ("ratio", "points"):
        return
    theirs = [m for line in lines for m in line.mentions if _named(m, draft)]
    theirs += [m for line in lines for m in line.mentions if _before_it(m, draft, kin[-1:])]
    yield from _missing(draft, kin)
    yield from _apart(draft, kin, theirs)
    yield from _rest_in_fact(draft, kin, lines)
    yield from _rest_unused(draft, kin, lines)
    yield from _means(draft, sound)
    yield from _each_times(draft, sound, lines)
    yield from _together(draft, sound, kin)


def _named(fact: Mention, draft: Mention) -> bool:
    """Tell whether the words right before a drafted figure name a fact's."""
    return any(len(gram) > 1 for gram in (draft.before & fact.clause) - common_words())


def _before_it(fact: Mention, draft: Mention, near: Sequence[Mention]) -> bool:
    """Tell whether a fact's figure of another time is of what was just told: 羊11800只，多出200只.

    Another fact has 上年末存栏 羊 11600只; the change goes the way that the draft tells.
    """
    if not near or fact.line < 0 or not _BARE_CHANGE.fullmatch(draft.clause_text.split("\0")[0]):
        return False
    now = near[0]
    same = words_before(fact) == words_before(now) != "" and fact.period == -1
    more = value_of(now) > value_of(fact)
    return same and more == bool(_MORE.search(draft.before_text))


def left(draft: Mention, sound: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what is left of a whole told before: 受理186件，已办结179件，还有7件."""
    kin = [m for m in sound if of_kind(m, draft)][-MAX_TERMS:]
    if draft.figure.dimension == "ratio" and is_rest(draft):
        for done in (m for m in kin if value_of(m) < 1):
            yield Derived(1 - value_of(done), "ratio", f"1 - {done.figure.text}", ())
    parts = [m for m in kin if m.line == draft.line] or list(kin[-_NEAR:])
    sizes = range(1, len(parts) + 1) if is_rest(draft) else ()
    for whole, done in product(kin, kin) if sizes and draft.figure.approximation == "exact" else ():
        if whole.place < done.place and _DONE.search(done.before_text):
            rest, formula = value_of(whole) - value_of(done), formula_of((whole, done), "-")
            yield Derived(rest, draft.figure.dimension, formula, ())
    for whole, size in product(kin, sizes):
        taken = parts[-size:]
        rest = value_of(whole) - sum(map(value_of, taken), Decimal(0))
        if whole.place < taken[0].place and rest > 0:
            yield Derived(rest, draft.figure.dimension, formula_of([whole, *taken], "-"), ())


def _missing(draft: Mention, kin: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what is missing of a whole that is taken apart: 其中县外1207人，县内625人."""
    alike = [m for m in kin if m.line == draft.line]
    opened = [
        at
        for at, m in enumerate(alike)
        if at and ("其中" in m.before_text or _AMONG.search(alike[at - 1].after_text))
    ]
    for at in opened[-1:]:
        whole, parts = alike[at - 1], alike[at:]
        left = value_of(whole) - sum(map(value_of, parts), Decimal(0))
        if left > 0:
            yield Derived(left, draft.figure.dimension, formula_of([whole, *parts], "-"), ())


def _apart(draft: Mention, kin: Sequence[Mention], theirs: Sequence[Mention]) -> Iterator[Derived]:
    """Yield the difference of two figures, one of them just told: 由86份减至34份，精简52份."""
    if _RESULT.search(draft.before_text):
        return  # 由54张减到37张
    said = draft.before_text + draft.after_text[:_NAME]
    yearly = _GROWN.search(draft.before_text) is not None
    for near in kin[-_NEAR:] if _CHANGED.search(said) else ():
        for other in [*kin, *(m for m in theirs if of_kind(m, draft))]:
            if _BOUNDS & {near.figure.approximation, other.figure.approximation}:
                continue
            pair = (near, other) if value_of(near) > value_of(other) else (other, near)
            apart = value_of(pair[0]) - value_of(pair[1])
            if yearly and (pair[0].period or 0) == (pair[1].period or 0):
                continue  # 比上年减少4人 is no difference of two of this year's
            if yearly and told_round(draft.before_text, *pair):
                continue
            if apart > 0 and not negligible(draft, *pair):
                yield Derived(apart, draft.figure.dimension, formula_of(pair, "-"), ())


def _rest_in_fact(
    draft: Mention, kin: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield what a fact leaves to others of a sum just told: 县局下拨20万元，其余镇自筹."""
    for line in (line for line in lines if _OTHERS.search(line.text)):
        pays = _OTHERS.search(line.text)[1]  # type: ignore[index]
        for near in kin[-_NEAR:] if pays in draft.clause_text else ():
            for part in (m for m in line.mentions if of_kind(m, draft)):
                left, formula = value_of(near) - value_of(part), formula_of((near, part), "-")
                yield Derived(left, draft.figure.dimension, formula, (line.fact_id,))


def _rest_unused(
    draft: Mention, kin: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield what is left of a total just told when a fact's done part is taken away.

    建有墓穴1100个，尚余783个 of 柏树坪620穴、老鹰岩480穴；已用317穴; 净增65户 of 注销19户.
    """
    net = draft.before_text.strip().endswith("净增")
    meant = is_rest(draft) or net
    whole = kin[-1] if meant and kin and kin[-1].line == draft.line else None
    for part in (m for line in lines for m in line.mentions) if whole else ():
        gone = _GONE if net else _USED
        if whole and of_kind(part, draft) and gone.search(part.before_text):
            rest, formula = value_of(whole) - value_of(part), formula_of((whole, part), "-")
            yield Derived(rest, draft.figure.dimension, formula, (part.fact_id,))


def _shares(draft: Mention, sound: Sequence[Mention]) -> Iterator[Derived]:
    """Yield the share that a figure just told, or the last ones together, have in another."""
    if draft.figure.dimension != "ratio":
        return
    counted = [m for m in sound if m.figure.dimension not in ("ratio", "points")]
    named = concerned(counted, draft.clause_text)
    changed = _CHANGED.search(draft.before_text) is not None
    for near in counted[-_NEAR:]:
        if near.figure.dimension == "time:天":
            formula = f"{near.figure.text} / {_DAYS}"
            yield Derived(value_of(near) / _DAYS, "ratio", formula, ())
        for base in _bases(near, counted, draft):
            if named and near not in named and base not in named:
                continue
            if changed and _CHANGED.search(near.before_text):
                yield from turned(near, base)
            elif not changed and not _CHANGED.search(near.before_text):
                yield from _share(near, base)
    if _SUM.search(draft.before_text) or _ALL_LISTED.match(draft.clause_text.lstrip("\0")):
        yield from _share_of_all(counted)


def _bases(near: Mention, counted: Sequence[Mention], draft: Mention) -> list[Mention]:
    """Return the last figures that one may be a share of: of its kind, or who holds the papers."""
    papers = near.figure.unit in PAPERS and draft.before_text.endswith("率")
    kin = [m for m in counted if of_kind(m, near) or (papers and m.figure.unit in HOLDERS)]
    return [m for m in kin if m is not near and value_of(m) > 0][-MAX_TERMS:]


def _share(part: Mention, whole: Mention) -> Iterator[Derived]:
    share, formula = value_of(part) / value_of(whole), formula_of((part, whole), "/")
    if share == 1:
        return
    yield Derived(share, "ratio", formula, ())
    if share < 1 and _FAILED.search(part.before_text + part.after_text):
        yield Derived(1 - share, "ratio", f"1 - {formula}", ())


def _share_of_all(counted: Sequence[Mention]) -> Iterator[Derived]:
    """Yield the share of the last two or three together: 班子13条、站所52条，销号率合计91.5%."""
    for size, base in product((2, 3), counted[-2 * MAX_TERMS :]):
        parts = [m for m in counted if of_kind(m, base) and m is not base][-size:]
        if value_of(base) > 0 and len(parts) == size:
            share = sum(map(value_of, parts), Decimal(0)) / value_of(base)
            formula = f"({formula_of(parts, '+')}) / {base.figure.text}"
            yield Derived(share, "ratio", formula, ())


def _means(draft: Mention, sound: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what comes to each: 2150吨，1720万元，折合每公斤8元; what a share comes from."""
    near = sound[-_NEAR:]
    if _MEAN.search(draft.before_text) or (not draft.before_text and "每" in draft.wide):
        for whole, part in product(near, sound[-MAX_TERMS:]):
            apart = whole is not part and value_of(part) > 0
            per = whole.figure.dimension != part.figure.dimension or "平均" in draft.before_text
            persons = whole.figure.unit == "人次" and draft.figure.dimension == "count:人"
            if apart and per and (of_kind(whole, draft) or persons):
                formula = formula_of((whole, part), "/")
                for each in {value_of(part), written(part.figure)}:
                    yield Derived(value_of(whole) / each, draft.figure.dimension, formula, ())
    if _INFERRED.search(draft.clause_text):
        shares = [m for m in near if m.figure.dimension == "ratio" and value_of(m) > 0]
        for part, share in product((m for m in near if of_kind(m, draft)), shares):
            value, formula = value_of(part) / value_of(share), formula_of((part, share), "/")
            yield Derived(value, draft.figure.dimension, formula, ())


def _together(
    draft: Mention, sound: Sequence[Mention], kin: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield what the figures just told are together, or times one another: 月均34.9万元，六个月."""
    several = _SEVERAL.search(draft.before_text)
    if not (several or _SUM.search(draft.clause_text) or _BY_RATE.search(draft.clause_text)):
        return
    alike = [m for m in kin if m.line == draft.line or m.figure.dimension == draft.figure.dimension]
    sizes = range(2, min(len(alike), _SUMMED) + 1)
    for size in (s for s in sizes if several is None or s == _FEW[several[1]]):
        for terms in combinations(alike[-_SUMMED:], size):
            total, formula = sum(map(value_of, terms), Decimal(0)), formula_of(terms, "+")
            yield Derived(total, draft.figure.dimension, formula, ())
    for monthly in (m for m in kin[-_NEAR:] if _MONTHLY.search(m.before_text)):
        formula = f"{monthly.figure.text} × 12"
        yield Derived(value_of(monthly) * 12, draft.figure.dimension, formula, ())
    for each, times in product(kin[-_NEAR:], sound[-MAX_TERMS:]):
        apart = times.figure.dimension != draft.figure.dimension
        if _EACH.search(each.before_text) and apart:
            value, formula = value_of(each) * written(times.figure), formula_of((each, times), "×")
            yield Derived(value, draft.figure.dimension, formula, ())


def _each_times(
    draft: Mention, sound: Sequence[Mention], lines: Sequence[Line]
) -> Iterator[Derived]:
    """Yield what a fact gives for each of those just counted: 6期, 每期60人 are 360人."""
    for each in (m for line in lines for m in line.mentions if of_kind(m, draft)):
        whom = EACH_ONE.search(each.before_text)
        for times in sound[-MAX_TERMS:] if whom else ():
            if whom and whom[1] in times.figure.unit[:1] + times.figure.unit[-1:]:
                counted = times.figure.dimension.startswith("count:")
                count = value_of(times) if counted else written(times.figure)
                value, formula = value_of(each) * count, formula_of((times, each), "×")
                yield Derived(value, draft.figure.dimension, formula, (each.fact_id,))


def _again(draft: Mention, kin: Sequence[Mention]) -> Iterator[Derived]:
    """Yield a value that was told before of the same: 还有2份没闭, later 两份整改单."""
    for told in kin if draft.figure.approximation == "exact" else ():
        same = any(len(gram) > 1 for gram in draft.wide & told.wide - common_words())
        plain = told.figure.approximation == "exact"
        if same and plain and told.figure.dimension == draft.figure.dimension:
            yield Derived(value_of(told), draft.figure.dimension, told.figure.text, ())


def shared_out(draft: Mention, lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield what falls to each of the things listed before 各: 3月和6月各检测一次 of 检测2次."""
    listed = _EACH_OF.search(draft.clause_text.partition("\0")[0])
    times = len(ITEMS.split(listed[1])) if listed else 0
    for line in lines if times > 1 else ():
        for mention in line.mentions:
            if of_kind(mention, draft):
                formula = f"{mention.figure.text} / {times}"
                value = value_of(mention) / times
                yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


def sum_behind(draft: Mention, behind: Sequence[Mention], index: FactIndex) -> Derived | None:
    """Return how a total is the sum of the parts told behind it: 9.4万亩，其中夏粮4.8万亩.

    Each part stands in a fact, the first of them behind 其中.
    """
    kin = [m for m in behind if of_kind(m, draft)]
    if len(kin) < 2 or "其中" not in kin[0].before_text:
        return None
    known = list(takewhile(lambda m: bool(index.values.sources(m.figure)), kin[:MAX_TERMS]))
    for size in range(2, len(known) + 1):
        terms = known[:size]
        if fits(draft.figure, sum(map(value_of, terms), Decimal(0))):
            ids = {m.fact_id: None for t in terms for m in index.values.sources(t.figure)[:1]}
            formula = formula_of(terms, "+")
            return Derived(draft.figure.low, draft.figure.dimension, formula, tuple(ids))
    return None


def summed_by_name(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield what facts that a draft names one by one come to: 甲米业、乙饲料合计2.06亿元."""
    said = draft.clause_text
    summed = said.lstrip("\0").startswith("总")  # 甲、乙两家企业先后投产，总投资1.18亿元
    said = draft.lead + said if summed else said
    match = _LISTED.search(said) if summed or _TOGETHER.search(said) else None
    terms: list[Mention] = []
    for item in ITEMS.split(match[0]) if match else ():
        lines = [
            line
            for line in index.lines
            if item[-_NAME:] in line.text and any(of_kind(m, draft) for m in line.mentions)
        ]
        kin = [m for m in lines[0].mentions if of_kind(m, draft)] if len(lines) == 1 else []
        terms += kin[:1]
    if match and len({m.line for m in terms}) == len(ITEMS.split(match[0])):
        total, formula = sum(map(value_of, terms), Decimal(0)), formula_of(terms, "+")
        yield Derived(total, draft.figure.dimension, formula, ids_of(terms))


def sum_beside(draft: Mention, facts: Sequence[str], index: FactIndex) -> Derived | None:
    """Return the sum of the same facts that were added up before it in a draft's sentence.

    两季共报名96人、上站体检66人 of 春季：报名41人 上站体检29人 and 秋季：报名55人 上站体检37人.
    """
    first, *others = (index.by_id[i].mentions for i in facts) if len(facts) > 1 else ((),)
    for one in (m for m in first if of_kind(m, draft)):
        words = words_before(one)
        rest = [next((m for m in other if words_before(m) == words), None) for other in others]
        terms = [one, *(m for m in rest if m and m.figure.dimension == one.figure.dimension)]
        total = sum(map(value_of, terms), Decimal(0))
        ours = words_before(draft)
        meant = ours == words or all(words_before(m) != ours for m in first)
        if len(terms) == len(facts) and len(words) > 1 and meant and fits(draft.figure, total):
            return Derived(total, draft.figure.dimension, formula_of(terms, "+"), ids_of(terms))
    return None
