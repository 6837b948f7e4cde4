"""Rates that follow from two figures: shares, growth and decline, differences in points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.checking.context import Mention
from drafter.checking.derived import MAX_TERMS, Derived, formula_of, ids_of, pairs_of, value_of
from drafter.checking.grouping import runs, without_head
from drafter.checking.heads import concerned

_HAN = re.compile("[\u4e00-\u9fff]")
_BY = re.compile("增长|下降|同比|(?:增|降|减少?|压缩?|缩短|涨|提高|精简)了?[约近超]?\\d")
_SHARE = re.compile("率|占|完成|达|为|比例|超|近|约|余|之|成|%|半|其中|有|已")
_CHANGE_OF = re.compile("(?:增加?|减少?|下?降|上?升|涨|跌)了?$")
RISE = re.compile("超|增|扩|涨|升|提高|翻|多|涨|扩大")
_FALL = re.compile("降|减|压|少|缩|跌|下滑|节约|节省|节支")
_FROM_TO = re.compile(
    "[由从原到至为→比较增降升减超]|20\\d\\d|[上去]年|同期|目标|任务|计划|预算|应|送审|审定|实际|原|现"
)
_BY_WHAT = re.compile("[超增扩涨升翻多降减压少缩跌]|提高|下滑|节约|节省|节支")


def said_beside(draft: Mention) -> str:
    """Return the words beside a figure; in a list (减少18批、54人次) those of the clause."""
    listed = not _HAN.search(draft.before_text)
    before = draft.clause_text if listed else draft.before_text
    return before + draft.figure.text.rstrip("多余") + draft.after_text


def ratios(group: Sequence[Mention], draft: Mention, said: str) -> Iterator[Derived]:
    """Yield shares, rates of change and differences of rates of two figures of one fact.

    Two of a list (甲 1.5亿元、乙 9000万元) are no change from one to the other.
    """
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
            apart = (big.period or 0) != (small.period or 0)
            moved = apart or _FROM_TO.search(big.clause_text + small.clause_text) is not None
            if moved or not _BY.search(said):
                yield from _shares(big, small, said if moved else _BY_WHAT.sub(" ", said), ids)


def parts_of(
    group: Sequence[Mention], draft: Mention, said: str, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield the share that each of a list, or the 前两类, have in the whole: 达标9个、待提升2个."""
    first = next((m for m in reversed(told) if m.before_text.endswith("前")), None)
    named = concerned(group, draft.clause_text)
    for run in map(without_head, runs(group) if _SHARE.search(said) else ()):
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
    if RISE.search(said):
        yield Derived((high - low) / low, "ratio", f"({a} - {b}) / {b}", ids)
    if _FALL.search(said):
        yield Derived((high - low) / high, "ratio", f"({a} - {b}) / {a}", ids)
    if _SHARE.search(said) and not _BY.search(said):
        yield Derived(low / high, "ratio", f"{b} / {a}", ids)
    if "倍" in said or ("率" in said and "完成" in said) or "%" in said:
        yield Derived(high / low, "ratio", f"{a} / {b}", ids)


def told_shares(draft: Mention, told: Sequence[Mention]) -> Iterator[Derived]:
    """Yield what follows from two figures that the draft says in the same sentence."""
    said = said_beside(draft)
    named = concerned(told, draft.clause_text)
    for big, small in pairs_of(told[-MAX_TERMS:]) if draft.figure.dimension == "ratio" else ():
        meant = not named or big in named or small in named
        if not meant or value_of(small) <= 0 or _CHANGE_OF.search(small.before_text):
            continue
        moved = _FROM_TO.search(big.before_text + small.before_text) or not _BY.search(said)
        if moved and big.figure.dimension not in ("ratio", "points"):
            yield from _shares(big, small, said, ())
