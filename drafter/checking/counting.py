"""What facts count, list or date: totals, numbers of things named, durations, and derived values.

A derived value carries its formula in the facts' own figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, groupby, pairwise, product, takewhile

from drafter.checking.context import Mention
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.heads import concerned
from drafter.checking.matching import same_kind, written

_MEAN_OF = re.compile("((?!平)[\u4e00-\u9fff])均(?!衡)|每([\u4e00-\u9fff])")
_MAX_TERMS = 12
_ENDED = re.compile(r"[\u4e00-\u9fff]{2,}(?=\d|[，、；：]|$)")
_ITEMS = re.compile("、|(?<!涉)(?<!惠)及|和|与")
_ALL = re.compile("(?:全部|均|都|悉数)[\u4e00-\u9fff]{2}|全覆盖")
_NAMES = re.compile(
    r"((?:[^，。；：:、\s\d]{1,14}、)+(?:[^，。；：:、\s\d]{1,14}[和及与])?[^，。；：:、\s\d]{1,14}?)$"
)
_LIST = re.compile(r"[^，。；：:\s（(]{1,20}(?:、[^，。；：:\s）)]{1,20})+")
_ITEM = re.compile("[\u4e00-\u9fff]{2}|[日月]")
_PEOPLE = frozenset({"count:人", "count:名", "count:户", "count:人次", "count:岁"})
_LEFT = re.compile("^[\\s，]*(?:尚|还|暂)?(?:未|没|剩|余|其余|欠|差)")
_STAGE = re.compile("已|未|其中|完成|其余|剩|合计|共.")
_REST = re.compile("(?:尚有|还有|仍有|其余|剩余|还剩|尚余|剩下|余下|尚剩|还差)的?$")
_MONTHLY = re.compile("每月|月[均补薪]|按月")
_SHORT_LIST = 5
_DAYS = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that the facts give, with the formula in the facts' own figures."""

    value: Decimal
    dimension: str
    formula: str
    fact_ids: tuple[str, ...]


def value_of(mention: Mention) -> Decimal:
    """Return the number that a figure stands for (近 3,400: its upper end)."""
    return mention.figure.high if mention.figure.approximation == "near" else mention.figure.low


def formula_of(terms: Sequence[Mention], sign: str) -> str:
    """Return figures joined by a sign, as the facts write them."""
    return f" {sign} ".join(m.figure.text for m in terms)


def ids_of(terms: Sequence[Mention]) -> tuple[str, ...]:
    """Return the facts that some figures stand in, each once."""
    return tuple(dict.fromkeys(m.fact_id for m in terms))


def pairs_of(group: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of one unit, the larger first."""
    for one, other in combinations(group[: 2 * _MAX_TERMS], 2):
        if same_kind(one.figure.dimension, other.figure.dimension):
            yield (one, other) if value_of(one) >= value_of(other) else (other, one)


def columns(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the lists of figures that take turns, behind their head: 3批：86户241人；52户139人."""
    kinds = [m.figure.dimension for m in group]
    for first, width in product(range(3), (2, 3)):
        tail, turn = kinds[first:], kinds[first : first + width]
        times, left = divmod(len(tail), width)
        if times > 1 and not left and len(set(turn)) == width and turn * times == tail:
            yield from (list(group[first + at :: width]) for at in range(width))
            return


def totals(line: Line) -> Iterator[Derived]:
    """Yield the sum of all that one fact lists, for a total whose words no fact has."""
    figures = line.mentions
    if 2 <= len(figures) <= _MAX_TERMS and len({m.figure.dimension for m in figures}) == 1:
        total = sum((value_of(m) for m in figures), Decimal(0))
        yield Derived(total, figures[0].figure.dimension, formula_of(figures, "+"), ids_of(figures))


def places_up(lines: Sequence[Line], dimension: str) -> Iterator[Derived]:
    """Yield how many places a ranking moved (第7 → 第2: 5位)."""
    for line in lines:
        ranks = [m for m in line.mentions if m.figure.dimension == "rank"]
        for big, small in pairs_of(ranks):
            moved = value_of(big) - value_of(small)
            yield Derived(moved, dimension, formula_of((big, small), "-"), ids_of((big, small)))


def multiples(lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield growth for a fact that says how many times the old value: 2倍 is 翻一番."""
    for mention in (m for line in lines for m in line.mentions if m.figure.unit == "倍"):
        yield Derived(
            value_of(mention) - 1, "ratio", f"{mention.figure.text} - 1", ids_of((mention,))
        )


def whole_share(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield 100 % for a fact that says that all are done: 抽检46批次，全部合格."""
    for line in lines if draft.figure.dimension == "ratio" else ():
        said = _ALL.search(line.text)
        if said and grams(said[0][-2:]) & draft.clause:
            yield Derived(Decimal(1), "ratio", said[0], (line.fact_id,))


def named_alike(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield how many things a fact names with the noun behind the figure: 三条街 of 东街、西街."""
    noun = draft.after_text[:1] or draft.before_text[-2:]
    for line in lines if noun and draft.figure.dimension.startswith("count:") else ():
        ended = (name for name in _ENDED.findall(line.text) if name.endswith(noun))
        names = {name[-len(noun) - 4 :] for name in ended if name != noun}
        if len(names) > 1:
            named = "、".join(sorted(names))
            yield Derived(Decimal(len(names)), draft.figure.dimension, named, (line.fact_id,))


def named_means(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield what comes to each where the draft names of whom: 户均 by 户, 平均每口塘 by 口.

    The whole is told before it in the draft, or stands in a fact in the very words behind 每;
    those that it is shared among are told before it as well, else any fact may count them.
    """
    named = _MEAN_OF.search(draft.before_text)
    if named is None:
        return
    unit = "人名" if (named[1] or named[2]) in "人名" else named[1] or named[2]
    of = [m for m in told if m.figure.unit[-1:] in unit and m.figure.unit]
    of = of or [m for m in index.mentions if m.figure.unit[-1:] in unit and m.figure.unit]
    own = [m for m in told if same_kind(m.figure.dimension, draft.figure.dimension)]
    wholes = own + [
        m
        for m in index.mentions
        if m.figure.dimension == draft.figure.dimension and _named_in(m, draft)
    ]
    for whole, parts in ((w, p) for w in wholes for p in of[:_MAX_TERMS] if value_of(p) > 0):
        if whole.figure.dimension != parts.figure.dimension:
            pair = (whole, parts)
            counted = parts.figure.dimension.startswith(("count:", "time:"))
            value = value_of(whole) / (value_of(parts) if counted else written(parts.figure))
            ids = tuple(i for i in ids_of(pair) if i)
            yield Derived(value, draft.figure.dimension, formula_of(pair, "/"), ids)


def _named_in(fact: Mention, draft: Mention) -> bool:
    """Tell whether the draft's words right before its figure name what a fact counts."""
    tail = draft.before_text[-2:]
    return len(tail) == 2 and tail in fact.before_text


def named_places(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield how many places of a kind the bound facts name, for 两村, 三个社区."""
    if draft.figure.unit[-1:] not in ("村", "镇", "乡", "区", "组"):
        return
    suffix = draft.figure.unit[-1:]
    names = {n for line in lines for n in re.findall(rf"[\u4e00-\u9fff]{{2}}{suffix}", line.text)}
    if len(names) > 1:
        ids = tuple(line.fact_id for line in lines)
        yield Derived(Decimal(len(names)), draft.figure.dimension, "、".join(sorted(names)), ids)


def daily(line: Line, said: str) -> Iterator[Derived]:
    """Yield a fact's figures spread over the days of its range (5月1日至5日: 日均)."""
    days = [x.value for x in durations(line, "time:天")][:1] if "日均" in said else []
    for mention in line.mentions if days else ():
        value = value_of(mention) / days[0]
        formula = f"{mention.figure.text} / {days[0]}天"
        yield Derived(value, mention.figure.dimension, formula, ids_of((mention,)))


def durations(line: Line, dimension: str) -> Iterator[Derived]:
    """Yield the days or months between a fact's dates."""
    if not dimension.startswith("time:"):
        return
    years = sorted({d.year for d in line.dates if d.year}) if dimension == "time:月" else []
    if len(years) > 1:
        apart, formula = 12 * (years[-1] - years[0]), f"{years[0]}年至{years[-1]}年"
        yield Derived(Decimal(apart), dimension, formula, (line.fact_id,))
    dates = sorted((d for d in line.dates if d.month), key=lambda d: (d.month or 0, d.day or 0))
    spans = [
        (d.month, d.day, d.end_month or d.month, d.end_day) for d in dates if d.kind == "range"
    ]
    spans += [
        (a.month, a.day, b.month, b.day) for a, b in combinations(dates, 2) if a.month and b.month
    ]
    for m1, d1, m2, d2 in spans:
        if m1 is None or m2 is None:
            continue
        if dimension == "time:月":
            for months in (m2 - m1 + 1, m2 - m1):
                yield Derived(Decimal(months), dimension, f"{m1}月至{m2}月", (line.fact_id,))
        elif d1 and d2:
            days = sum(_DAYS[m] for m in range(m1, m2)) + d2 - d1
            for total in (days + 1, days):
                yield Derived(
                    Decimal(total), dimension, f"{m1}月{d1}日至{m2}月{d2}日", (line.fact_id,)
                )


def counts(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield the number of things that a fact lists, for a count of what it lists."""
    if not draft.figure.dimension.startswith(("count:", "number")) or is_rest(draft):
        return
    for match in _LIST.finditer(line.text):
        if re.search(r"\d", match[0]):
            continue
        items = _ITEMS.split(match[0])
        head = grams(match[0] + line.text[: match.start()]) & draft.clause
        told = any(len(gram) > 1 and gram not in common_words() for gram in head)
        if told or any(item[-1] in draft.after_text[:2] for item in items):
            formula, value = f"列出{len(items)}项", Decimal(len(items))
            yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))
    if draft.figure.low <= _MAX_TERMS and draft.figure.dimension not in _PEOPLE | {"rank"}:
        for size in {len(run) for run in lists(line)}:
            formula = f"列出{size}项"
            yield Derived(Decimal(size), draft.figure.dimension, formula, (line.fact_id,))


def lists(line: Line) -> Iterator[list[Mention]]:
    """Yield the figures of a fact that stand each behind a name of its own, in one unit."""
    plain = list(line.mentions)
    for run in [*columns(plain), *_same_unit(plain)]:
        named = [m for m in run if _ITEM.search(m.before_text) and not _STAGE.search(m.before_text)]
        if len({m.before_text for m in named}) > 1 and len(named) == len(run):
            yield run


def _same_unit(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the longest runs of figures in one unit, each without and with its first figure."""
    for _, run in groupby(group, key=lambda m: m.figure.dimension):
        listed = list(run)
        yield listed
        yield listed[1:]


def sublists(run: Sequence[Mention]) -> list[Sequence[Mention]]:
    """Return the neighbours of a short list that a draft may count together: 书记12次、镇长12次."""
    sizes = range(2, len(run)) if len(run) <= _SHORT_LIST else ()
    return [run[at : at + size] for size in sizes for at in range(len(run) - size + 1)]


def named_sum(group: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    """Yield the sum of the figures whose words the draft's clause says: 走访企业和工地20处."""
    terms = [m for m in concerned(group, draft.clause_text) if _alike(m, draft)]
    if 2 <= len(terms) <= _MAX_TERMS:
        total, formula = sum(map(value_of, terms), Decimal(0)), formula_of(terms, "+")
        yield Derived(total, draft.figure.dimension, formula, ids_of(terms))


def _alike(fact: Mention, draft: Mention) -> bool:
    return same_kind(fact.figure.dimension, draft.figure.dimension)


def yearly(group: Sequence[Mention], said: str) -> Iterator[Derived]:
    """Yield what some cost in a year who cost so much a month: 14名，月补1500元."""
    monthly = [m for m in group if _MONTHLY.search(m.before_text)] if "年" in said else []
    for rate, count in product(monthly, group):
        if rate is not count and count.figure.dimension in _PEOPLE:
            formula = f"{count.figure.text} × {rate.figure.text} × 12"
            value = value_of(count) * value_of(rate) * 12
            yield Derived(value, rate.figure.dimension, formula, ids_of((count, rate)))


def is_rest(draft: Mention) -> bool:
    """Tell whether a drafted figure is what is left of others: 尚有4处, 其余7栋."""
    return _REST.search(draft.before_text) is not None


def told_before(draft: Mention, told: Sequence[Mention]) -> list[Decimal]:
    """Return the values of the same kind that are told before a figure in its sentence."""
    return [value_of(m) for m in told if m.line == draft.line and _alike(m, draft)]


def left_over(group: Sequence[Mention], done: Sequence[Decimal]) -> Iterator[Derived]:
    """Yield what is left of a figure when the next ones are done, the last told among them."""
    for first, whole in enumerate(group[:-2]):
        taken = takewhile(
            lambda m, kind=whole.figure.dimension: m.figure.dimension == kind,  # type: ignore[misc]
            group[first + 1 :],
        )
        terms = list(taken)[:_MAX_TERMS]
        for size in range(2, len(terms) + 1):
            left = value_of(whole) - sum(map(value_of, terms[:size]), Decimal(0))
            if left > 0 and (not done or value_of(terms[size - 1]) in done):
                parts = [whole, *terms[:size]]
                yield Derived(left, whole.figure.dimension, formula_of(parts, "-"), ids_of(parts))


def with_rests(line: Line) -> Iterator[tuple[Mention, Mention]]:
    """Yield what is done with what is left, of one unit: 办理 277本，未办 3本."""
    for done, left in pairwise(line.mentions):
        same = done.figure.dimension == left.figure.dimension
        if same and _LEFT.search(left.before_text) and not _LEFT.search(done.before_text):
            yield done, left


def rests(line: Line) -> Iterator[Derived]:
    """Yield the whole of what is done and what is left, and the share that is done."""
    for pair in with_rests(line):
        total, formula = sum(map(value_of, pair)), formula_of(pair, "+")
        yield Derived(Decimal(total), pair[0].figure.dimension, formula, ids_of(pair))
        if total:
            formula = f"{pair[0].figure.text} / ({formula})"
            yield Derived(value_of(pair[0]) / total, "ratio", formula, ids_of(pair))


def part_named(line: Line, draft: Mention) -> Iterator[Derived]:
    """Yield a part by its share: 网格员85人，机动队占两成 is 机动队17人."""
    for share in (m for m in line.mentions if m.figure.dimension == "ratio"):
        for whole in line.mentions if share.before & draft.clause else ():
            if whole.figure.dimension == draft.figure.dimension and value_of(share) < 1:
                formula = formula_of((whole, share), "×")
                value = value_of(whole) * value_of(share)
                yield Derived(value, whole.figure.dimension, formula, ids_of((whole, share)))


def drafted_list(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield how many things the draft lists right before the figure, if facts have them."""
    match = _NAMES.search(re.sub(r"[等这共的]+$", "", draft.clause_text.partition("\0")[0]))
    if match is None or not draft.figure.dimension.startswith("count:"):
        return
    items = _ITEMS.split(match[1])
    known = [item for item in items if _known(item, index)]
    if len(known) == len(items):
        yield Derived(Decimal(len(items)), draft.figure.dimension, f"文中列出{len(items)}项", ())


def _known(item: str, index: FactIndex) -> bool:
    return any(item[i : i + 2] in index.bare for i in range(max(1, len(item) - 1)))
