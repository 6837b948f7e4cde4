"""Values that follow from the figures that a draft itself tells, beside those of its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from drafter.checking.context import Mention
from drafter.checking.derived import (
    MAX_TERMS,
    Derived,
    formula_of,
    ids_of,
    is_rest,
    of_kind,
    value_of,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.matching import same_kind, written

_MEAN_OF = re.compile("((?!平)[\u4e00-\u9fff])均(?!衡)|每([\u4e00-\u9fff])")
_ITEMS = re.compile("、|(?<!涉)(?<!惠)及|和|与")
_NAMES = re.compile(
    r"((?:[^，。；：:、\s\d]{1,14}、)+(?:[^，。；：:、\s\d]{1,14}[和及与])?[^，。；：:、\s\d]{1,14}?)$"
)
_EACH_OF = re.compile("([^，。；：]*)[各均]")


def _sourced(told: Sequence[Mention], draft: Mention, index: FactIndex) -> list[Mention]:
    """Return the drafted figures of a kind that the facts have."""
    return [m for m in told if of_kind(m, draft) and index.values.sources(m.figure)]


def told_rest(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield what is left of a figure that the draft tells when those after it are done.

    受理186件，…，已办结179件，还有7件: a whole is told, then parts, the rest last.
    """
    alike = _sourced(told, draft, index) if is_rest(draft) else []
    parts = [m for m in alike if m.line == draft.line][-MAX_TERMS:]
    for whole, size in product(alike, range(1, len(parts) + 1)):
        taken = parts[-size:]
        left = value_of(whole) - sum(map(value_of, taken), Decimal(0))
        if whole.place < taken[0].place and left > 0:
            yield Derived(left, draft.figure.dimension, formula_of([whole, *taken], "-"), ())


def told_complement(draft: Mention, told: Sequence[Mention], index: FactIndex) -> Iterator[Derived]:
    """Yield what is missing of a whole that is taken apart: 其中县外1207人，县内625人."""
    alike = [m for m in _sourced(told, draft, index) if m.line == draft.line]
    opened = [at for at, m in enumerate(alike) if at and "其中" in m.before_text]
    for at in opened[-1:]:
        whole, parts = alike[at - 1], alike[at:]
        left = value_of(whole) - sum(map(value_of, parts), Decimal(0))
        if left > 0:
            yield Derived(left, draft.figure.dimension, formula_of([whole, *parts], "-"), ())
    if draft.figure.dimension == "ratio" and is_rest(draft):
        for done in (m for m in told if m.figure.dimension == "ratio" and value_of(m) < 1):
            yield Derived(1 - value_of(done), "ratio", f"1 - {done.figure.text}", ())


def shared_out(draft: Mention, lines: Sequence[Line]) -> Iterator[Derived]:
    """Yield what falls to each of the things listed before 各: 3月和6月各检测一次 of 检测2次."""
    listed = _EACH_OF.search(draft.before_text)
    times = len(_ITEMS.split(listed[1])) if listed else 0
    for line in lines if times > 1 else ():
        for mention in line.mentions:
            if of_kind(mention, draft):
                formula = f"{mention.figure.text} / {times}"
                value = value_of(mention) / times
                yield Derived(value, draft.figure.dimension, formula, (line.fact_id,))


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
    for whole, parts in ((w, p) for w in wholes for p in of[:MAX_TERMS] if value_of(p) > 0):
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


def drafted_list(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield how many things the draft lists right before the figure, if facts have them."""
    match = _NAMES.search(re.sub(r"[等这共的]+$", "", draft.clause_text.partition("\0")[0]))
    if match is None or not draft.figure.dimension.startswith("count:"):
        return
    items = _ITEMS.split(match[1])
    known = [item for item in items if len(item) == 1 or _known(item, index)]
    if len(known) == len(items):
        yield Derived(Decimal(len(items)), draft.figure.dimension, f"文中列出{len(items)}项", ())


def _known(item: str, index: FactIndex) -> bool:
    return any(item[i : i + 2] in index.bare for i in range(max(1, len(item) - 1)))
