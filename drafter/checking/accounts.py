"""Figures of one sentence that account for one another: a whole, its parts, what is left of it.

发现15处，整改271处，其余286处 has each figure of 发现286处，整改271处，余15处, none in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from drafter.checking.context import Mention
from drafter.checking.derived import TARGET, value_of
from drafter.checking.factindex import FactIndex
from drafter.checking.grams import grams
from drafter.checking.heads import rate_name, words_before
from drafter.checking.matching import fits, is_range, relation
from drafter.domain import Finding

_NEAR = 5
_NOUN = 2
_WORDS = 4
_TRIPLE = 3
_FROM = re.compile("[由从原][^，。；]{0,6}$")
_TOLD_APART = re.compile("应|原|每|新|预算|[上去]年|同期|实[检际到]")
_IN_ALL = re.compile("[共总]计?|合计|合起来|加起来|累计")
_LEFT = re.compile(
    "(?:其余|剩余|剩下|余下|还[剩有差]|尚[剩余有缺差]|仍有|[剩余差缺欠]|没[^，。；]{0,4}的(?:还有)?)的?$"
)
_AMONG = re.compile("^其中|[里中](?:已|有|，?其中)")
_OVER = re.compile("[余剩差未没欠缺待另]|[增减降升少多扩缩涨跌]")
_TARGET = re.compile("任务|目标|计划|预算|距")
_RESULT = re.compile("(?:[到至为]|→|-+>) ?$|→[^，。；]*$")
_EACH = re.compile("每$|各[\u4e00-\u9fff]{0,3}$|[人户村]均")
_WHOLE = re.compile(r"总|全[镇乡县市村]|\d")  # or a class with a number: 4星 2家
_TO = re.compile("[到至为]$")
_UP = re.compile("[升增扩涨]|提|延长")
_BY = re.compile("(?:[净共]?[增减]|[增减]加?[加少]|多|少)了?$")
_DOWN = re.compile("[降减压缩跌少砍]|精简|回落")


def check_accounts(
    mentions: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield figures that a sentence has in each other's places."""
    for _, group in groupby(mentions, key=lambda m: m.line):
        said = list(group)
        yield from _exchanged(said, sources, index)
        for kin in _kinds(said):
            for at in range(1, len(kin)):
                right_before = next((m for m in said if m.place == kin[at].place - 1), None)
                if right_before is None or not _of_it(right_before, kin[at]):
                    yield from _among(kin[:at], kin[at])
            for at in range(len(kin) - _TRIPLE + 1):
                yield from _closed(kin[at : at + _TRIPLE], sources, index)
                yield from _changed_by(*kin[at : at + _TRIPLE])
        yield from _rated(said, sources)


def _kinds(said: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the plain figures of a sentence by what they count or measure."""
    exact = [m for m in said if m.figure.approximation == "exact" and not is_range(m.figure)]
    plain = [m for m in exact if not _EACH.search(m.before_text)]
    for dimension in dict.fromkeys(m.figure.dimension for m in plain):
        yield [m for m in plain if m.figure.dimension == dimension]


def _of_it(whole: Mention, part: Mention) -> bool:
    """Tell whether a part is of the figure right before it, in another unit: 15个村中已有13个."""
    counted = whole.figure.dimension.startswith("count:")
    other = whole.figure.dimension != part.figure.dimension
    return counted and other and _AMONG.search(part.before_text.strip()) is not None


def _among(before: Sequence[Mention], part: Mention) -> Iterator[Finding]:
    """Yield what is told as a part of less: 涉及238户中已签约247户."""
    told = _AMONG.search(part.before_text.strip()) and not _IN_ALL.search(part.before_text)
    whole = max(before, key=value_of)
    counted = part.figure.dimension not in ("ratio", "points", "rank")
    if told and counted and value_of(part) > value_of(whole) > 0:
        yield _finding(part, whole, f"大于前面的“{whole.figure.text}”，部分不会多于整体")


def _closed(
    three: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield the first of three figures that add up, where another one should stand there."""
    one, other, third = three
    values = [value_of(m) for m in three]
    most = max(values)
    if len(set(values)) < _TRIPLE or most * 2 != sum(values):
        return
    if any(_TARGET.search(m.before_text + m.after_text) for m in three):
        return  # 到位7340万元，距1.5亿元任务尚差7660万元
    left, summed = _LEFT.search(third.before_text), _IN_ALL.search(third.before_text)
    summed = summed if not _OVER.search(third.before_text) else None
    among = other.before_text.strip().startswith("其中")
    moved = _FROM.search(one.before_text) and _TO.search(other.before_text)
    told = f"{one.after_text}{other.before_text}"
    up, down = _UP.search(told), _DOWN.search(told)
    first = left or among or (moved and down)
    place = 0 if first else 2 if summed else 1 if moved and up else None
    if place is not None and values[place] != most:
        meant = three[values.index(most)]
        yield _finding(three[place], meant, f"与“{meant.figure.text}”的位置写反了，几个数对不上")
    elif left or moved:
        yield from _worked_out(three, sources, index)


def _changed_by(one: Mention, other: Mention, third: Mention) -> Iterator[Finding]:
    """Yield by how much something changed where that is one of its ends: 由2支到9支，净增9支."""
    moved = _FROM.search(one.before_text) and _TO.search(other.before_text)
    values = [value_of(m) for m in (one, other, third)]
    if moved and _BY.search(third.before_text) and values[2] in values[:2] and 0 not in values:
        yield _finding(third, other, f"对不上：由“{one.figure.text}”到“{other.figure.text}”")


def _worked_out(
    three: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield what is told as the rest or the change where the fact tells it as what is done.

    整改15处，其余271处 of 发现286处，整改271处; 318份减到77份，少241份 of 318份减到241份.
    """
    _, other, third = three
    held = [sources[m.figure.start].line for m in three if m.figure.start in sources]
    kin = [m for at in held[:1] for m in index.lines[at].mentions]
    done, rest = ([m for m in kin if relation(told.figure, m.figure)] for told in (third, other))
    if len(done) != 1 or len(rest) > 1 or _is_left(done[0]):
        return
    if not words_before(done[0]) and not _RESULT.search(done[0].before_text):
        return
    if all(_is_left(m) or not words_before(m) for m in rest):
        fact = done[0]
        why = f"与“{other.figure.text}”的位置写反了：事实{fact.fact_id}是"
        why += f"“{fact.before_text.strip()}{fact.figure.text}”"
        yield _finding(third, other, why, fact.fact_id)


def _is_left(fact: Mention) -> bool:
    """Tell whether a fact's figure is what is left, or by how much something changed."""
    told = _OVER.search(f"{fact.before_text} {fact.after_text[:_NOUN]}")
    return told is not None and not _RESULT.search(fact.before_text)


def _rated(said: Sequence[Mention], sources: Mapping[int, Mention]) -> Iterator[Finding]:
    """Yield a part whose rate, told right behind it, is another's: 286处，整改15处，整改率95%.

    Or the rate, where it comes from a fact of something else: 22处，处理20处，处理率达95%.
    """
    for whole, part, rate in zip(said, said[1:], said[2:], strict=False):
        deed = rate_name(rate) if rate.figure.dimension == "ratio" else ""
        same = whole.figure.dimension == part.figure.dimension != "ratio"
        exact = all(m.figure.approximation == "exact" for m in (whole, part))
        if not same or not exact or len(deed) < _NOUN or value_of(whole) <= 0:
            continue
        told = words_before(part)
        done = told.endswith(deed) and not told.endswith((f"不{deed}", f"未{deed}"))
        if not done or fits(rate.figure, _share(part, whole)):
            continue
        left = 1 - _share(part, whole)
        if fits(rate.figure, left) or fits(rate.figure, 1 / _share(part, whole)):
            yield _finding(part, rate, f"与“{deed}率{rate.figure.text}”对不上，请看是否写反")
            continue
        held = [sources.get(m.figure.start) for m in (part, rate)]
        if held[0] and held[1] and held[0].line != held[1].line:
            yield _finding(rate, part, f"与前面的“{part.figure.text}”对不上")


def _share(part: Mention, whole: Mention) -> Decimal:
    return value_of(part) / value_of(whole)


def _exchanged(
    said: Sequence[Mention], sources: Mapping[int, Mention], index: FactIndex
) -> Iterator[Finding]:
    """Yield two figures told in the other order than their fact's, with no words to tell why."""
    shared = index.weights.shared
    for at, one in enumerate(said):
        first = sources.get(one.figure.start)
        for nth, other in enumerate(said[at + 1 : at + _NEAR], at + 1) if first else ():
            second = sources.get(other.figure.start)
            if first is None or second is None or not _turned_round(one, other, first, second):
                continue
            ours, theirs = _own(said, at), _own(said, nth)
            kept = shared(ours, first.local) + shared(theirs, second.local)
            crossed = shared(ours, second.local) + shared(theirs, first.local)
            if crossed >= kept and crossed > 0:
                line = index.lines[first.line]
                why = f"与“{other.figure.text}”和事实{line.fact_id}“{line.text}”的位置相反"
                yield _finding(one, other, why, line.fact_id)


def _own(said: Sequence[Mention], at: int) -> frozenset[str]:
    """Return the grams of a figure's own words: between two of one clause the last few are the

    later one's: 4件|转办件|已办结|5件.
    """
    figure, before, after = said[at], said[at].before_text, said[at].after_text
    if at and said[at - 1].clause_text == figure.clause_text:
        before = before[-_WORDS:]
    goes_on = at + 1 < len(said) and said[at + 1].clause_text == figure.clause_text
    return grams(f"{before} {after[:-_WORDS] if goes_on else after[:_WORDS]}")


def _turned_round(one: Mention, other: Mention, first: Mention, second: Mention) -> bool:
    """Tell whether two figures of one kind stand in one fact in the other order than here."""
    same = first.line == second.line and first.place > second.place
    kinds = {m.figure.dimension for m in (one, other, first, second)}
    same = same and len(kinds) == 1
    same = same and all(m.figure.approximation == "exact" for m in (one, other, first, second))
    if not same or one.figure.low == other.figure.low or first.period or second.period:
        return False
    summed = _IN_ALL.search(other.before_text) and value_of(other) > value_of(one)
    if _FROM.search(one.before_text) or summed or is_range(one.figure) or is_range(other.figure):
        return False
    return not any(
        TARGET.search(m.before_text)
        or _TOLD_APART.search(m.before_text)
        or _WHOLE.search(m.before_text)
        for m in (one, other, first, second)
    )


def _finding(one: Mention, other: Mention, why: str, fact_id: str = "") -> Finding:
    figure, ids = one.figure, (fact_id,) if fact_id else ()
    message = f"“{figure.text}”{why}，请核对。"
    span = (figure.start, figure.end, figure.text)
    return Finding(*span, "altered_number", "block", message, other.figure.text, ids)
