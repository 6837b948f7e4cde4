"""Values that follow from the facts: sums, remainders, shares, growth, averages, products, counts.

Every rule works within one subject (a fact's line, or lines whose heads agree) and one unit; a sum
takes one list at most and at most twelve terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from drafter.checking.context import Mention
from drafter.checking.counting import (
    attended,
    columns,
    counts,
    labelled,
    left_over,
    listed_each,
    multiples,
    named_alike,
    named_places,
    named_sum,
    of_both,
    one_each,
    part_named,
    places_up,
    rests,
    sublists,
    totals,
    whole_share,
)
from drafter.checking.dated import daily, durations, per_month, year_before, yearly
from drafter.checking.derived import (
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    negligible,
    pairs_of,
    told_before,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.heads import concerned
from drafter.checking.matching import fits, is_range, same_kind, written
from drafter.checking.rates import converted, grown, named_rates
from drafter.checking.told import (
    drafted_list,
    from_sound,
    left,
    named_means,
    shared_out,
)
from drafter.chinese.measures import measures
from drafter.domain import Figure

_MEMBER = 6
_RECENT = 24
_STAGE = re.compile(
    "其中|已|完成|整改|其余|剩|同比|[比较][上去]年|目标|任务|率|上年|去年|同期|累计|总|共.|尚|未|还有|发现"
)
_DIFFERENCE = re.compile(
    r"余\d|剩|空|缺|欠|不合格|不达标|正在|在办|尚|还有|还差|仍有|其余|另|未|增加|增长|增收|多|少|涨|跌|减|下降|降|增|差|缺口|结余|提高|提升|上升|比|较|压缩|退|欠|进|前移|升|节约|节省|节支|省下|精简|压缩|超|缩短|延长"
)
_CHANGE_OF = re.compile("(?:增加?|减少?|下?降|上?升|涨|跌)了?$")
_RISE = re.compile("超|增|扩|涨|升|提高|翻|多|涨|扩大")
_FALL = re.compile("降|减|压|少|缩|跌|下滑|节约|节省|节支")
_ALTOGETHER = re.compile(
    "共|计|总|全年|全镇|全乡|年|季度|各|均|[两二三四五六七八九十\\d]个?[村组期]|差|比|剩"
)
_YEARLY = re.compile("同比|[比较]上年|[比较]去年")
_HAN = re.compile("[\u4e00-\u9fff]")
_LEFT_OUT = re.compile("其余|剩余|有[一\\d][个处户]?(?:没|未)|[个处户](?:没|未)")
_TOGETHER = re.compile("累计|合计|共计|总计|一共")
_STILL = re.compile("限期|未|尚|剩|其余|还")
_TOTAL = re.compile("总|共|合计|累计|全年|全镇|全乡")
_PLACES_UP = re.compile("名次|排名|位次|考评|考核|上升|提升|前移|跃升|前进|下降|后退")
_SHARE = re.compile("率|占|完成|达|为|比例|超|近|约|余|之|成|%|半|其中|有|已")
_TURNS = frozenset("次期场批轮班回")
_HEADS = frozenset({"人", "名"})
_SHARED_BY = ("count:", "time:", "length", "area", "mass", "volume")
_MEAN = re.compile("平均|人均|户均|均|每")
_EACH = re.compile("亩产|单价|单产|均价|[每各](?:[个名人户期村场家次组项支]|$|讲|有|交)?|人均|均")


def derive(
    draft: Mention,
    lines: Sequence[Line],
    index: FactIndex,
    told: Sequence[Mention] = (),
    sound: Sequence[Mention] = (),
) -> Derived | None:
    """Return how the drafted figure follows from these facts, ``None`` where it does not.

    ``told`` are the figures before it in its sentence: a share may be one of two of them;
    ``sound`` are all figures told before it that the facts bear out.
    """
    if is_range(draft.figure):
        return None
    known = index.values.sources(draft.figure)
    own = left(draft, sound) if known else from_sound(draft, sound, lines)
    said = [*sound[-_RECENT:], *told]
    rates = named_rates(draft, said, index, _said(draft))
    months = per_month(draft, sound, index.lines)
    found = _candidates(draft, lines, index, told)
    for candidate in chain(found, rates, _told(draft, told), months, own):
        if same_kind(draft.figure.dimension, candidate.dimension) and fits(
            draft.figure, candidate.value
        ):
            return candidate
    return None


def _candidates(
    draft: Mention, lines: Sequence[Line], index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    for group in _groups(draft, lines, index):
        yield from _of_group(group, draft, index, told)
    if not lines:
        yield from _of_any_line(draft, index, told)
    yield from named_means(draft, told, index)
    yield from grown(draft, lines, index, _said(draft))
    yield from converted(draft, index.mentions)
    yield from _of_lines(lines, draft)
    yield from drafted_list(draft, index)
    yield from labelled(draft, index)
    if draft.figure.dimension.startswith("time:"):
        for line in index.lines:
            yield from durations(line, draft.figure.dimension, whole=line in lines)


def _of_group(
    group: Sequence[Mention], draft: Mention, index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield what figures of one fact, or of facts with one head, come to."""
    said, each = _said(draft), draft.clause_text
    if draft.figure.dimension in ("ratio", "points"):
        yield from _ratios(group, draft, said)
        yield from _parts(group, draft, said, told)
        return
    yield from _sums(group, draft)
    yield from named_sum(group, draft)
    yield from _stages(group, draft)
    yield from _differences(group, draft, told, said + _rests(group, index))
    yield from _averages(group, said)
    yield from _products(group, each)
    yield from yearly(group, each)


def _of_any_line(draft: Mention, index: FactIndex, told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield growth and totals of any fact, for a clause that shares no words with them."""
    said = _said(draft)
    for line in index.lines if _YEARLY.search(said) else ():
        if len({m.period for m in line.mentions}) > 1:
            yield from _ratios(line.mentions, draft, said)
            yield from _differences(line.mentions, draft, told, said)
    for line in index.lines if _TOTAL.search(said) else ():
        yield from totals(line)


def _of_lines(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield what single facts come to, list or name."""
    dimension, said = draft.figure.dimension, _said(draft)
    if _PLACES_UP.search(draft.clause_text) and dimension in ("count:人", "count:个"):
        yield from places_up(lines, dimension)
    if "番" in draft.figure.text or (dimension == "ratio" and _RISE.search(said)):
        yield from multiples(lines)
    yield from named_places(lines, draft)
    yield from named_alike(lines, draft)
    yield from whole_share(lines, draft)
    yield from shared_out(draft, lines)
    for line in lines:
        yield from daily(line, said)
        yield from counts(line, draft)
        yield from rests(line)
        yield from part_named(line, draft)
        yield from year_before(draft, line)
        yield from attended(line)
        yield from listed_each(line)
        yield from of_both(line, draft)
        yield from one_each(line, draft)


def _told(draft: Mention, told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what follows from two figures that the draft says in the same sentence."""
    said = _said(draft)
    named = concerned(told, draft.clause_text)
    for big, small in pairs_of(told[-MAX_TERMS:]) if draft.figure.dimension == "ratio" else ():
        meant = not named or big in named or small in named
        if not meant or value_of(small) <= 0 or _CHANGE_OF.search(small.before_text):
            continue
        if big.figure.dimension not in ("ratio", "points"):
            yield from _shares(big, small, said, ())


def _said(draft: Mention) -> str:
    """Return the words beside a figure; in a list (减少18批、54人次) those of the clause."""
    listed = not _HAN.search(draft.before_text)
    before = draft.clause_text if listed else draft.before_text
    return before + draft.figure.text.rstrip("多余") + draft.after_text


def _groups(
    draft: Mention, lines: Sequence[Line], index: FactIndex
) -> Iterator[tuple[Mention, ...]]:
    """Yield the figures of each line, then those of lines whose heads agree with its figures."""
    for line in lines:
        yield tuple(_counting(line))
    if not _ALTOGETHER.search(draft.clause_text) and draft.figure.dimension not in (
        "ratio",
        "points",
    ):
        return
    seen: set[tuple[int, ...]] = set()
    for line in lines:
        for mention in line.mentions:
            family = _family(mention, index)
            key = tuple(id(m) for m in family)
            apart = len({m.line for m in family}) > 1
            if apart and key not in seen and _about(draft, family, index):
                seen.add(key)
                yield family


def _counting(line: Line) -> Iterator[Mention]:
    """Yield a fact's figures without those that only name a group: 三组0.8公里."""
    for at, mention in enumerate(line.mentions):
        behind = line.mentions[at + 1 : at + 2]
        names = mention.figure.unit == "组" and any(
            m.figure.start == mention.figure.end for m in behind
        )
        if _plain(mention.figure) and not names:
            yield mention


def _plain(figure: Figure) -> bool:
    return not is_range(figure)


def _about(draft: Mention, family: Sequence[Mention], index: FactIndex) -> bool:
    head = frozenset.intersection(*(m.wide for m in family))
    return index.weights.shared(draft.wide, head) > 0


_MODIFIER = re.compile(
    r"[一二三四上下前]?[季半]年?度?|[^\s、，]{1,4}[村镇乡社组站校园区]|去年|上年|今年|全年|同期|\0|年|月"
)


def _head(mention: Mention) -> frozenset[str]:
    """Return what a figure counts, without place and period: its own words, else its clause's.

    Of 夜巡次数：东片 84次 the label tells it, not the member.
    """
    label, colon, member = mention.clause_text.partition("：")
    if colon and member.startswith(mention.before_text) and len(mention.before_text) <= _MEMBER:
        return grams(_MODIFIER.sub(" ", label))
    own = grams(_MODIFIER.sub(" ", f"{mention.before_text} {mention.after_text}"))
    if any(len(gram) > 1 and gram not in common_words() for gram in own):
        return own
    return grams(_MODIFIER.sub(" ", mention.clause_text))


def _family(mention: Mention, index: FactIndex) -> tuple[Mention, ...]:
    """Return the figures of other facts that count the same thing in the same unit."""
    head = _head(mention)
    weight = index.weights.mass(head)
    if not weight or not _plain(mention.figure):
        return ()
    kin = []
    for other in index.mentions:
        if other.figure.dimension != mention.figure.dimension or not _plain(other.figure):
            continue
        theirs = _head(other)
        common = index.weights.shared(head, theirs)
        if common >= 0.6 * max(weight, index.weights.mass(theirs)):
            kin.append(other)
    return tuple(kin[:MAX_TERMS])


def _runs(group: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the runs of a group that list one thing: same unit, no word of progress between.

    Where units take turns (1支40人、13支325人) each of them is a list of its own.
    """
    yield from _unbroken(group, whole=True)
    yield from _unbroken(group)
    yield from columns(group)


def _unbroken(group: Sequence[Mention], whole: bool = False) -> Iterator[list[Mention]]:
    """Yield the runs; ``whole`` goes on behind a ； as well."""
    run: list[Mention] = []
    for mention in group:
        same = run and run[-1].figure.dimension == mention.figure.dimension
        parted = _STAGE.search(mention.before_text) is not None or (mention.opens and not whole)
        if run and not (same and not parted):
            yield run
            run = []
        run.append(mention)
    yield run


def _without_head(run: list[Mention]) -> list[Mention]:
    """Return a list's figures without the first one where that is their sum."""
    head = run and value_of(run[0]) == sum(map(value_of, run[1:]))
    return run[1:] if head else run


def _sums(group: Sequence[Mention], draft: Mention) -> Iterator[Derived]:
    for run in _runs(group):
        if not 2 <= len(run) <= MAX_TERMS:
            continue
        parts = _without_head(run)
        named = [m for m in parts if _own(m, run) & draft.wide]
        here = [m for m in parts if _own(m, run) & draft.clause]
        alike = [m for m in parts if m.before & draft.before]
        pieces = [] if _TOGETHER.search(draft.before_text) else sublists(parts)
        for terms in (run, run[1:], named, here, alike, *pieces):
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


def _differences(
    group: Sequence[Mention], draft: Mention, told: Sequence[Mention], said: str
) -> Iterator[Derived]:
    if not _DIFFERENCE.search(said):
        return
    done = told_before(draft, told)[-1:] if is_rest(draft) else []
    for big, small in pairs_of(group):
        of_same = small.line == big.line and draft.after & small.before
        meant = not done or of_same or {value_of(big), value_of(small)} & set(done)
        if meant and not negligible(draft, big, small):
            pair, dimension = (big, small), big.figure.dimension
            value = value_of(big) - value_of(small)
            yield Derived(value, dimension, formula_of(pair, "-"), ids_of(pair))
    yield from left_over(group, done)


def _ratios(group: Sequence[Mention], draft: Mention, said: str) -> Iterator[Derived]:
    dimension, named = draft.figure.dimension, concerned(group, draft.clause_text)
    for big, small in pairs_of(group):
        if named and big not in named and small not in named:
            continue
        high, low = value_of(big), value_of(small)
        ids = ids_of((big, small))
        if dimension == "points":
            if big.figure.dimension == "ratio":
                yield Derived((high - low) * 100, "points", formula_of((big, small), "-"), ids)
        elif low > 0 and big.figure.dimension not in ("ratio", "points"):
            yield from _shares(big, small, said, ids)


def _parts(
    group: Sequence[Mention], draft: Mention, said: str, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield the share that each of a list, or the 前两类, have in the whole: 达标9个、待提升2个."""
    first = next((m for m in reversed(told) if m.before_text.endswith("前")), None)
    named = concerned(group, draft.clause_text)
    for run in map(_without_head, _runs(group) if _SHARE.search(said) else ()):
        total = sum((value_of(m) for m in run), Decimal(0))
        parts = [m for m in run if not named or m in named]
        leading = run[: int(value_of(first))] if first and first.line == draft.line else []
        if len(leading) > 1 and total > 0:
            share = sum((value_of(m) for m in leading), Decimal(0)) / total
            yield Derived(share, "ratio", f"({formula_of(leading, '+')}) / {total}", ids_of(run))
        for part in parts if 2 <= len(run) <= MAX_TERMS and total > 0 else ():
            formula = f"{part.figure.text} / ({formula_of(run, '+')})"
            yield Derived(value_of(part) / total, "ratio", formula, ids_of(run))


def _shares(big: Mention, small: Mention, said: str, ids: tuple[str, ...]) -> Iterator[Derived]:
    high, low = value_of(big), value_of(small)
    a, b = big.figure.text, small.figure.text
    if _RISE.search(said):
        yield Derived((high - low) / low, "ratio", f"({a} - {b}) / {b}", ids)
    if _FALL.search(said):
        yield Derived((high - low) / high, "ratio", f"({a} - {b}) / {a}", ids)
    if _SHARE.search(said) and not re.search("增长|下降|同比", said):
        yield Derived(low / high, "ratio", f"{b} / {a}", ids)
    if "倍" in said or ("率" in said and "完成" in said) or "%" in said:
        yield Derived(high / low, "ratio", f"{a} / {b}", ids)


def _averages(group: Sequence[Mention], said: str) -> Iterator[Derived]:
    if not _MEAN.search(said):
        return
    for pair in ((a, b) for a in group for b in group):
        whole, parts = (m.figure.dimension for m in pair)
        if whole == parts or not parts.startswith(_SHARED_BY):
            continue
        counted = parts.startswith(("count:", "time:"))
        count = value_of(pair[1]) if counted else written(pair[1].figure)
        if count > 0:
            mean, formula = value_of(pair[0]) / count, formula_of(pair, "/")
            yield Derived(mean, whole, formula, ids_of(pair))
            if whole.endswith("次") and whole.removeprefix("count:") != "次":
                yield Derived(mean, "count:次", formula, ids_of(pair))


def _products(group: Sequence[Mention], said: str) -> Iterator[Derived]:
    for one, other in ((a, b) for a in group for b in group if a is not b):
        if one.figure.dimension == "money":
            continue
        if (
            other.each
            or _EACH.search(other.before_text)
            or (_EACH.search(said) and other.line == one.line)
        ):
            counted = one.figure.dimension.startswith(("count:", "time:"))
            per = measures().get(other.each)
            times = value_of(one) if counted else written(one.figure)
            if per is not None and per.dimension == one.figure.dimension and not counted:
                times = value_of(one) / per.to_base(Decimal(1))
            pair = (one, other)
            value, formula = times * value_of(other), formula_of(pair, "×")
            yield Derived(value, other.figure.dimension, formula, ids_of(pair))
            if one.figure.unit[-1:] in _TURNS and other.figure.unit in _HEADS:
                yield Derived(value, "count:人次", formula, ids_of(pair))
