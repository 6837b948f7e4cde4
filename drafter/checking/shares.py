"""Rates that follow from two figures: shares, growth and decline, differences in points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.checking.context import Mention
from drafter.checking.derived import (
    FELL,
    MAX_TERMS,
    ROSE,
    Derived,
    as_counted,
    formula_of,
    ids_of,
    pairs_of,
    told_round,
    value_of,
)
from drafter.checking.factindex import FactIndex
from drafter.checking.grouping import runs, without_head
from drafter.checking.heads import concerned, last_word, words_before
from drafter.checking.matching import fits

_HAN = re.compile("[\u4e00-\u9fff]")
_BY = re.compile(
    "增长|下降|同比|[增降涨跌]幅|增速|(?:增|降|减少?|压缩?|缩短|涨|提高|精简)了?[约近超]?[\\d一二三四五六七八九]"
)
_SHARE = re.compile("率|占|完成|达|为|比例|超|近|约|余|之|成|%|半|其中|有|已")
_CHANGE_OF = re.compile("(?:增加?|减少?|下?降|上?升|涨|跌)了?$")
_FAILED = re.compile("[不未][\u4e00-\u9fff]{2}")  # 不合格3批次
_OF_WHOLE = re.compile("占([\u4e00-\u9fff]{2,8}?)(?:总?[数面额量积]{0,2})的?$")  # the whole itself
_NAME_OF = 6  # characters of what a part is called
_OF_ALL = re.compile("占比?(?:达到?|为|了|到)?$")
_JOINED = re.compile("[和与及、].*占")
_DENIED_RATE = re.compile("[不未]([\u4e00-\u9fff]{2})率(?:为|达到?|仅为?|只有|降[到至])? ?$")
_BARE_SHARE = re.compile("占比?(?:达到?|为)?")
_FROM_TO = re.compile(
    "[由从原到至为→比较增降升减超]|对照|20\\d\\d|[上去]年|同期|[首上]届|上[期季次]|年初|目标|任务|计划|预算|应|送审|审定|实际|原|现"
)
_BY_WHAT = re.compile("[超增扩涨升翻多降减压少缩跌]|提高|下滑|节约|节省|节支")


def said_beside(draft: Mention) -> str:
    """Return the words beside a figure; in a list (减少18批、54人次) those of the clause."""
    listed = not _HAN.search(draft.before_text)
    before = draft.clause_text if listed else draft.before_text
    return before + draft.figure.text.rstrip("多余") + draft.after_text


def ratios(
    group: Sequence[Mention], draft: Mention, said: str, told: Sequence[Mention] = ()
) -> Iterator[Derived]:
    """Yield shares, rates of change and differences of rates of two figures of one fact.

    Two of a list (甲 1.5亿元、乙 9000万元) are no change from one to the other; where the clause
    only says 占比, the part is the figure ``told`` right before it.
    """
    dimension, named = draft.figure.dimension, concerned(group, draft.clause_text)
    group = as_counted(draft, group)
    part = _part_told(draft, told)
    whole = whole_told(draft, told, group)
    for big, small in pairs_of(group):
        if whole is not None and value_of(big) != whole:
            continue
        if part is not None and part not in (value_of(big), value_of(small)):
            continue
        if named and big not in named and small not in named:
            continue
        if big in named and small in named and _JOINED.search(draft.before_text):
            continue  # both of them together are meant
        high, low = value_of(big), value_of(small)
        ids = ids_of((big, small))
        if dimension == "points":
            if big.figure.dimension == "ratio" and not told_round(said, big, small):
                yield Derived((high - low) * 100, "points", formula_of((big, small), "-"), ids)
        elif low > 0 and big.figure.dimension not in ("ratio", "points"):
            apart = (big.period or 0) != (small.period or 0)
            moved = apart or _FROM_TO.search(big.clause_text + small.clause_text) is not None
            moved = moved or "环比" in draft.clause_text
            if told_round(said, big, small):
                continue
            if moved or not _BY.search(said):
                yield from _shares(big, small, said if moved else _BY_WHAT.sub(" ", said), ids)


def of_sibling(draft: Mention, candidate: Derived, index: FactIndex) -> bool:
    """Tell whether a share of all is that of one part in another part of the same whole.

    乡道占三成 is of 农村公路 156公里：县道 24、乡道 51、村道 81, not of 村道.
    """
    part, over, whole = candidate.formula.partition(" / ")
    if not over or len(candidate.fact_ids) != 1 or not _OF_ALL.search(draft.before_text):
        return False
    line = index.by_id[candidate.fact_ids[0]].mentions
    called = {m.figure.text: last_word(m) for m in line}
    said = {text for text, name in called.items() if 1 < len(name) <= _NAME_OF}
    named = {text for text in said if called[text] in draft.before_text}
    if whole in named and part not in named and called.get(part, "") not in draft.before_text:
        return True  # 政府投入占六成 of 政府 45万元，企业 27万元
    values = {value_of(m): m.place for m in line}
    for run in map(without_head, runs(line)):
        total = sum((value_of(m) for m in run), Decimal(0))
        listed = {m.figure.text for m in run}
        beside = values.get(total) not in (None, *(m.place for m in run))
        if len(run) > 1 and beside and {part, whole} <= listed:
            return True
    return False


def _part_told(draft: Mention, told: Sequence[Mention]) -> Decimal | None:
    """Return the figure whose share a bare 占比 tells: 邻里纠纷58件，占比四成."""
    here = [m for m in told if m.line == draft.line and m.figure.dimension != "ratio"]
    if (
        not here
        or "\0" not in draft.lead
        or not _BARE_SHARE.fullmatch(draft.clause_text.partition("\0")[0])
    ):
        return None
    return value_of(here[-1])


def whole_told(draft: Mention, told: Sequence[Mention], group: Sequence[Mention]) -> Decimal | None:
    """Return the figure that 其中 in a draft refers to: 线索37条，其中工程领域占八成."""
    part = _BARE_SHARE.fullmatch(draft.clause_text.partition("\0")[0]) is not None
    here = [m for m in told if m.line == draft.line and m.clause_text != draft.clause_text]
    among = draft.clause_text.lstrip("\0").startswith("其中") and bool(here)
    if part and here and here[-1].clause_text.startswith("其中"):  # 其中初访51件，占八成
        here = [m for m in here if m.clause_text != here[-1].clause_text]
        among = bool(here)
    known = {(value_of(big), big.figure.dimension) for big, _ in pairs_of(group)}
    wholes = [m for m in here if (value_of(m), m.figure.dimension) in known] if among else []
    return value_of(wholes[-1]) if wholes else None


def parts_of(
    group: Sequence[Mention], draft: Mention, said: str, told: Sequence[Mention]
) -> Iterator[Derived]:
    """Yield the share that each of a list, or the 前两类, have in the whole: 达标9个、待提升2个."""
    first = next((m for m in reversed(told) if m.before_text.endswith("前")), None)
    named = concerned(group, draft.clause_text)
    shared = _SHARE.search(said) is not None and not _BY.search(said)
    listed = list(runs(group)) if shared else []
    bare_runs = [without_head(run) for run in listed]
    for run in [*bare_runs, *(r for r in listed if r not in bare_runs)]:
        total = sum((value_of(m) for m in run), Decimal(0))
        parts = [m for m in run if not named or m in named]
        leading = run[: int(value_of(first))] if first and first.line == draft.line else []
        if len(leading) > 1 and total > 0:
            share = sum((value_of(m) for m in leading), Decimal(0)) / total
            yield Derived(share, "ratio", f"({formula_of(leading, '+')}) / {total}", ids_of(run))
        several = [m for m in run if m in named] if _JOINED.search(draft.before_text) else []
        if 1 < len(several) < len(run) and total > 0:
            share = sum((value_of(m) for m in several), Decimal(0)) / total
            formula = f"({formula_of(several, '+')}) / ({formula_of(run, '+')})"
            yield Derived(share, "ratio", formula, ids_of(run))
        bare = _part_told(draft, told)
        parts = [m for m in parts if bare is None or value_of(m) == bare]
        of = _OF_WHOLE.search(draft.before_text)
        parts = [m for m in parts if not of or words_before(m) != of[1]]
        for part in parts if 2 <= len(run) <= MAX_TERMS and total > 0 else ():
            formula = f"{part.figure.text} / ({formula_of(run, '+')})"
            yield Derived(value_of(part) / total, "ratio", formula, ids_of(run))


def of_other_side(draft: Mention, index: FactIndex) -> Mention | None:
    """Return the done part of a fact whose share is told as that of what is not done.

    不合格率98.6% is the 合格率 of 抽检290批次，合格286批次.
    """
    pairs = _done_of_all(draft, index)
    told = (part for part, whole in pairs if fits(draft.figure, value_of(part) / value_of(whole)))
    return next(told, None)


def denied_rates(draft: Mention, index: FactIndex) -> Iterator[Derived]:
    """Yield the share of what is not done: 不合格率1.4% of 抽检290批次，合格286批次."""
    for part, whole in _done_of_all(draft, index):
        formula = f"1 - {part.figure.text} / {whole.figure.text}"
        rest = 1 - value_of(part) / value_of(whole)
        yield Derived(rest, "ratio", formula, ids_of((part, whole)))


def _done_of_all(draft: Mention, index: FactIndex) -> Iterator[tuple[Mention, Mention]]:
    """Yield most of a whole, done as a draft's rate denies it, and the whole."""
    denied = _DENIED_RATE.search(draft.before_text) if draft.figure.dimension == "ratio" else None
    for part in index.mentions if denied else ():
        deed, words = denied[1] if denied else "", words_before(part)
        if not words.endswith(deed) or words.endswith((f"不{deed}", f"未{deed}")):
            continue
        for whole in index.lines[part.line].mentions:
            same = whole.figure.dimension == part.figure.dimension
            if same and value_of(whole) > value_of(part) > value_of(whole) / 2:
                yield part, whole


def _shares(big: Mention, small: Mention, said: str, ids: tuple[str, ...]) -> Iterator[Derived]:
    high, low = value_of(big), value_of(small)
    a, b = big.figure.text, small.figure.text
    if ROSE.search(said):
        yield Derived((high - low) / low, "ratio", f"({a} - {b}) / {b}", ids)
    if FELL.search(said):
        yield Derived((high - low) / high, "ratio", f"({a} - {b}) / {a}", ids)
    if _SHARE.search(said) and not _BY.search(said):
        yield Derived(low / high, "ratio", f"{b} / {a}", ids)
        if _FAILED.search(small.before_text) and not _FAILED.search(said):
            yield Derived(1 - low / high, "ratio", f"1 - {b} / {a}", ids)
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
