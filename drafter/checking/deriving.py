"""Values that follow from the facts: sums, remainders, shares, growth, averages, products, counts.

Every rule works within one subject (a fact's line, or lines whose heads agree) and one unit; a sum
takes one list at most and at most twelve terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

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
    balance,
    changed_between,
    left_after,
    old_and_new,
    opening,
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
    of_both,
    of_posts,
    one_each,
    pieces,
    place_before,
    places_up,
    podium,
    signed,
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
    times_dated,
    year_after,
    year_before,
)
from drafter.checking.derived import (
    ROSE,
    Derived,
    counted_anew,
)
from drafter.checking.enumerated import drafted_list, listed_days, told_items
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grouping import groups
from drafter.checking.itemised import (
    done_in_stages,
    every_place,
    every_time,
    of_classes,
    of_items,
    other_listed,
    summed_across,
)
from drafter.checking.matching import fits, is_range, same_kind
from drafter.checking.means import each_with, named_means, of_all, of_each_time
from drafter.checking.misfits import is_misfit
from drafter.checking.moved import rate_moved
from drafter.checking.multiplied import (
    added_signs,
    each_sums,
    listed_each,
    paired_sum,
    shared_by,
    times_written,
)
from drafter.checking.parting import (
    all_but,
    left_of_share,
    other_of_two,
    other_part,
    part_named,
    rest_named,
    rests,
    share_left,
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
    per_year,
    proportions,
    rate_of_list,
    rate_of_told,
    share_of_places,
    share_of_town,
)
from drafter.checking.shares import (
    denied_rates,
    of_sibling,
    ratios,
    said_beside,
    told_shares,
)
from drafter.checking.told import (
    from_sound,
    left,
    shared_out,
    summed_by_name,
)
from drafter.checking.turns import a_head_a_day, of_turns, own_share
from drafter.checking.unrelated import (
    of_other_deed,
    of_other_part,
    of_other_total,
    of_others,
    of_unfinished,
)
from drafter.checking.within import differences, of_group
from drafter.checking.yearspans import over_years, since_opened, standing

_RECENT = 24
_YEARLY = re.compile("同比|[比较]上年|[比较]去年")
_TOTAL = re.compile("总|共|合计|累计|全年|全镇|全乡")
_OPINION = re.compile(
    "(满意|知晓|支持|认可|信任)[率度][\u4e00-\u9fff]{0,3} ?$"
)  # asked, not counted
_RANKED_BEFORE = re.compile("[上去]年|[由从原]")
_PLACES_UP = re.compile("名次|排名|位次|考评|考核|上升|提升|前移|跃升|前进|下降|后退")

_OF_LINE = (rests, attended, listed_each, each_sums, times_written, paired_sum, podium)
_OF_LINE_AS_DRAFTED = (
    counts,
    part_named,
    all_classes,
    added_signs,
    shared_by,
    of_both,
    one_each,
    vacant,
    whole_of_share,
    of_posts,
    other_part,
    pieces,
    other_state,
    old_and_new,
    changed_between,
    left_after,
    balance,
    undone,
    all_but,
    of_items,
    every_time,
    done_in_stages,
    other_listed,
    times_dated,
    share_left,
    of_turns,
    a_head_a_day,
    own_share,
    every_place,
    opening,
    rest_named,
    left_of_share,
)
_FOR_DRAFT_OF_LINE = (
    year_before,
    year_after,
    calendar_years,
    share_of_year,
    regular,
    signed,
    by_holder,
    in_a_row,
    along_with,
)


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
    listed = chain(rate_of_list(draft, told, index), rate_of_told(draft, told, index))
    extra = chain(points, villages, listed, denied_rates(draft, index), put_off(draft, index))
    for candidate in chain(found, means, extra, rates, told_in, months, own, due, since, shared):
        same = same_kind(draft.figure.dimension, candidate.dimension)
        same = same or counted_anew(draft, candidate)
        beyond = candidate.dimension == "ratio" and draft.figure.low < 1 < candidate.value
        fitting = same and not beyond and fits(draft.figure, candidate.value)
        if fitting and not _is_refused(draft, candidate, lines, index, told, sound):
            return candidate
    return None


def _is_refused(
    draft: Mention,
    candidate: Derived,
    lines: Sequence[Line],
    index: FactIndex,
    told: Sequence[Mention],
    sound: Sequence[Mention],
) -> bool:
    """Tell whether a value that fits is one of something else than the draft's words tell."""
    return (
        of_others(draft, candidate, index)
        or of_other_deed(draft, candidate, told, index)
        or of_unfinished(draft, candidate, index)
        or of_other_part(draft, candidate, told, index)
        or is_misfit(draft, candidate, told, sound, index)
        or of_other_total(draft, candidate, lines)
        or of_sibling(draft, candidate, index)
        or grown_otherwise(draft, candidate, told, index)
        or wrong_way(draft, candidate, told)
    )


def _candidates(
    draft: Mention, lines: Sequence[Line], index: FactIndex, told: Sequence[Mention]
) -> Iterator[Derived]:
    for group in groups(draft, lines, index):
        yield from of_group(group, draft, index, told)
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
    yield from summed_across(draft, index)
    yield from apart_from(draft, index)
    yield from over_years(draft, lines, told)
    yield from standing(draft, lines, index)
    yield from since_opened(draft, lines)
    for line in lines:
        yield from ages(draft, line, index.year)
    if draft.figure.dimension.startswith("time:"):
        for line in index.lines:
            yield from durations(line, draft.figure.dimension, whole=line in lines)


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
            yield from differences(line.mentions, draft, told, said, index)


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
        for of_line in _OF_LINE:
            yield from of_line(line)
        for as_drafted in _OF_LINE_AS_DRAFTED:
            yield from as_drafted(line, draft)
        for for_draft in _FOR_DRAFT_OF_LINE:
            yield from for_draft(draft, line)
