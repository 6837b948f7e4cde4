"""Values that follow from the facts: sums, remainders, shares, growth, averages, products, counts.

Every rule works within one subject (a fact's line, or lines whose heads agree) and one unit; a sum
takes one list at most and at most twelve terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from drafter.checking.bounded import all_classes, beyond_bound
from drafter.checking.compared import (
    against_target,
    beyond_target,
    grown_otherwise,
    since_last_year,
    wrong_way,
)
from drafter.checking.complements import (
    apart_from,
    changed_between,
    old_and_new,
    other_state,
)
from drafter.checking.context import Mention
from drafter.checking.counting import (
    along_with,
    attended,
    by_holder,
    counts,
    heads_of,
    in_a_row,
    labelled,
    multiples,
    named_alike,
    named_places,
    named_sum,
    of_both,
    of_posts,
    one_each,
    pieces,
    place_before,
    places_up,
    podium,
    signed,
    sublists,
    totals,
    whole_share,
)
from drafter.checking.dated import (
    ages,
    calendar_years,
    daily,
    durations,
    per_time,
    put_off,
    regular,
    share_of_year,
    year_after,
    year_before,
    yearly,
)
from drafter.checking.derived import (
    CLASS_ENDS,
    MAX_TERMS,
    ROSE,
    Derived,
    counted_anew,
    formula_of,
    ids_of,
    is_rest,
    is_told,
    negligible,
    pairs_of,
    told_before,
    value_of,
)
from drafter.checking.enumerated import drafted_list, listed_days, told_items
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grouping import groups, runs, without_head
from drafter.checking.itemised import (
    done_in_stages,
    every_time,
    of_classes,
    of_items,
    other_listed,
)
from drafter.checking.matching import fits, is_range, same_kind
from drafter.checking.means import each_with, named_means, of_all, of_each_time
from drafter.checking.moved import rate_moved
from drafter.checking.multiplied import (
    added_signs,
    each_sums,
    listed_each,
    paired_sum,
    products,
    shared_by,
    times_written,
)
from drafter.checking.parting import (
    all_but,
    left_over,
    other_of_two,
    other_part,
    part_named,
    rests,
    undone,
    vacant,
    whole_of_share,
)
from drafter.checking.rates import (
    by_class,
    converted,
    for_all,
    grown,
    named_rates,
    out_of_many,
    per_measure,
    per_year,
    proportions,
    rate_of_list,
    share_of_places,
    share_of_town,
)
from drafter.checking.shares import denied_rates, parts_of, ratios, said_beside, told_shares
from drafter.checking.told import (
    from_sound,
    left,
    shared_out,
    summed_by_name,
)
from drafter.checking.unrelated import of_other_deed, of_other_total, of_others, of_unfinished
from drafter.checking.versus import told_other_way

_RECENT = 24
_DIFFERENCE = re.compile(
    r"余[\d下有]|[仅只][有剩]?|没有?|[上去]年[底末]|年初|扩|剩|空|缺|欠|不合格|不达标|正在|在办|尚|还有|还差|仍有|其余|另|未|增加|增长|增收|多|少|涨|跌|减|下降|降|增|差|砍|省|淘汰|落选|剔除|又有|添|[高多低少]出|缺口|结余|提高|提升|上升|原有|原来|原先|比|较|压缩|退|欠|进|前移|升|节约|节省|节支|省下|精简|压缩|超|缩短|延长|便宜|贵|待[整办验完处]"
)
_YEARLY = re.compile("同比|[比较]上年|[比较]去年")
_LEFT_OUT = re.compile("其余|剩余|余下|剩下|余款|有[一\\d][个处户]?(?:没|未)|[个处户](?:没|未)")
_SEVERAL = re.compile("[两三四五](?:项|者|类|块|种|个村)[^，。]{0,3}$")
_TOGETHER = re.compile("累计|合计|共计|总计|一共")
_STILL = re.compile("限期|未|尚|剩|其余|还")
_TOTAL = re.compile("总|共|合计|累计|全年|全镇|全乡")
_OPINION = re.compile(
    "(满意|知晓|支持|认可|信任)[率度][\u4e00-\u9fff]{0,3} ?$"
)  # asked, not counted
_RANKED_BEFORE = re.compile("[上去]年|[由从原]")
_PLACES_UP = re.compile("名次|排名|位次|考评|考核|上升|提升|前移|跃升|前进|下降|后退")
_SHARED_BY = ("count:", "time:", "length", "area", "mass", "volume", "power")
_MEAN = re.compile(
    "平均|亩产|单产|人均|户均|均|每|一[人户村组名位个](?:管|包|带|负责|联系|对接|联|盯)"
)
_LEFT_THERE = re.compile("余下|其余|剩|尚余|还有")
_LEFT_HERE = re.compile("另|其余|余下|剩|尚|还有")


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
    opinion = _OPINION.search(draft.before_text) if draft.figure.dimension == "ratio" else None
    if is_range(draft.figure) or (opinion and opinion[1] not in index.text):
        return None
    classes = list(beyond_bound(draft, told, lines))
    if classes:
        return next((sum_ for sum_ in classes if fits(draft.figure, sum_.value)), None)
    sources = index.values.sources(draft.figure)
    hedged = draft.figure.approximation != "exact"
    known = [m for m in sources if not hedged or m.local & draft.local]
    own = left(draft, sound) if known else from_sound(draft, sound, lines)
    due = against_target(draft, sound, index)
    said = [*sound[-_RECENT:], *told]
    rates = named_rates(draft, said, index, said_beside(draft))
    months = per_time(draft, sound, index.lines)
    shared = proportions(draft, sound, lines)
    since = chain(since_last_year(draft, sound, index), beyond_target(draft, index))
    means = chain(
        named_means(draft, told, sound, index),
        of_each_time(draft, index),
        of_all(draft, sound, index),
        each_with(draft, told, index),
    )
    found = _candidates(draft, lines, index, told)
    told_in = told_shares(draft, told)
    points = rate_moved(draft, sound, index)
    villages = chain(share_of_places(draft, index), share_of_town(draft, lines, index))
    listed = rate_of_list(draft, told, index)
    extra = chain(points, villages, listed, denied_rates(draft, index), put_off(draft, index))
    for candidate in chain(found, means, extra, rates, told_in, months, own, due, since, shared):
        same = same_kind(draft.figure.dimension, candidate.dimension)
        same = same or counted_anew(draft, candidate)
        beyond = candidate.dimension == "ratio" and draft.figure.low < 1 < candidate.value
        fitting = same and not beyond and fits(draft.figure, candidate.value)
        if not fitting or of_others(draft, candidate, index):
            continue
        if of_other_deed(draft, candidate, told, index) or of_unfinished(draft, candidate, index):
            continue
        if of_other_total(draft, candidate, lines):
            continue
        if grown_otherwise(draft, candidate, told, index) or wrong_way(draft, candidate, told):
            continue
        return candidate
    return None


def _candidates(
    draft: Mention, lines: Sequence[Line], index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    for group in groups(draft, lines, index):
        yield from _of_group(group, draft, index, told)
    if not lines:
        yield from _of_any_line(draft, index, told)
    else:
        yield from _since_last_year(draft, index, told)
    yield from by_class(draft, lines, index)
    yield from for_all(draft, lines, index)
    yield from grown(draft, lines, index, said_beside(draft))
    yield from converted(draft, index.mentions)
    yield from per_year(draft, index.mentions)
    yield from _of_lines(lines, draft)
    yield from drafted_list(draft, index)
    yield from listed_days(draft)
    yield from told_items(draft, told)
    yield from summed_by_name(draft, index)
    yield from out_of_many(draft, lines)
    yield from other_of_two(draft, index)
    yield from labelled(draft, index)
    yield from heads_of(draft, index)
    yield from of_classes(draft, index)
    yield from apart_from(draft, index)
    for line in lines:
        yield from ages(draft, line, index.year)
    if draft.figure.dimension.startswith("time:"):
        for line in index.lines:
            yield from durations(line, draft.figure.dimension, whole=line in lines)


def _of_group(
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
    yield from _differences(group, draft, told, said + _rests(group, index), index)
    yield from _averages(group, draft, said)
    yield from products(group, each)
    yield from yearly(group, each)


def _of_any_line(draft: Mention, index: FactIndex, told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield growth and totals of any fact, for a clause that shares no words with them."""
    yield from _since_last_year(draft, index, told)
    for line in index.lines if _TOTAL.search(said_beside(draft)) else ():
        yield from totals(line)


def _since_last_year(
    draft: Mention, index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield how the figures of two years in one fact differ, for what is told 同比 or 比上年."""
    said = said_beside(draft)
    if not _YEARLY.search(said):
        return
    of_years = [line for line in index.lines if len({m.period for m in line.mentions}) > 1]
    about = [line for line in of_years if line.grams & draft.wide]
    for line in about or of_years:
        yield from ratios(line.mentions, draft, said)
        if draft.figure.dimension not in ("ratio", "points"):
            yield from _differences(line.mentions, draft, told, said, index)


def _of_lines(lines: Sequence[Line], draft: Mention) -> Iterator[Derived]:
    """Yield what single facts come to, list or name."""
    dimension, said = draft.figure.dimension, said_beside(draft)
    if _PLACES_UP.search(draft.clause_text) and dimension in ("count:人", "count:个"):
        yield from places_up(lines, dimension)
    if dimension == "rank" and _RANKED_BEFORE.search(draft.before_text):
        yield from (found for line in lines for found in place_before(line))
    if "番" in draft.figure.text or (dimension == "ratio" and ROSE.search(said)):
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
        yield from year_after(draft, line)
        yield from calendar_years(draft, line)
        yield from share_of_year(draft, line)
        yield from attended(line)
        yield from all_classes(line, draft)
        yield from listed_each(line)
        yield from each_sums(line)
        yield from added_signs(line, draft)
        yield from shared_by(line, draft)
        yield from of_both(line, draft)
        yield from times_written(line)
        yield from paired_sum(line)
        yield from one_each(line, draft)
        yield from regular(draft, line)
        yield from podium(line)
        yield from vacant(line, draft)
        yield from whole_of_share(line, draft)
        yield from of_posts(line, draft)
        yield from signed(draft, line)
        yield from by_holder(draft, line)
        yield from in_a_row(draft, line)
        yield from other_part(line, draft)
        yield from along_with(draft, line)
        yield from pieces(line, draft)
        yield from other_state(line, draft)
        yield from old_and_new(line, draft)
        yield from changed_between(line, draft)
        yield from undone(line, draft)
        yield from all_but(line, draft)
        yield from of_items(line, draft)
        yield from every_time(line, draft)
        yield from done_in_stages(line, draft)
        yield from other_listed(line, draft)


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


def _differences(
    group: Sequence[Mention],
    draft: Mention,
    told: Sequence[Mention],
    said: str,
    index: FactIndex,
) -> Iterator[Derived]:
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
