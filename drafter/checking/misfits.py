"""Values that facts give, but not of what the draft's words name: the terms are others'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.checking.context import Mention
from drafter.checking.derived import (
    CAME,
    FELL,
    ROSE,
    TARGET,
    WENT,
    Derived,
    told_before,
    value_of,
)
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import last_word
from drafter.checking.matching import fits
from drafter.checking.means import MEAN_OF
from drafter.checking.mistold import span_of
from drafter.checking.turns import has_turns
from drafter.checking.unrelated import pieces_of, terms_of

_PAIR = 2
_NOUN = 2
_NAME = 6
_NO_SUM = re.compile(" [-/×] ")
_PRODUCT = re.compile("[^×+/]+ × [^×+/]+")
_DOUBLED = re.compile("(.+) / \\(\\1 \\+ \\1\\)")
_NOT_NAMED = re.compile("以上|以下|[由从]\0|等|前[两二三四五]")  # the draft names them by a class
_CHANGED = re.compile("[增减多少升降]了? ?$")
_GROWN_TIMES = re.compile("(?:增长|增加|提高|上升|多|扩大)了?(?:近|约|逾|超过?)?$")
_BESIDE_TARGET = re.compile("(?:目标|任务|计划|指标|预期|考核)[^，。]{0,4}$")
_MISSED = re.compile("[差缺欠]")
_BEFORE = re.compile("[整造合革治]前")
_AFTER = re.compile("[整造合革治]后")
_MEAN = re.compile("平均|[^平]均|每")
_PERSONS = frozenset({"人", "名", "位"})
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Value:
    """A value worked out for a drafted figure; ``terms`` are the figures that it is made of.

    ``told`` are the figures before it in the draft's sentence, ``sound`` those of the draft that
    the facts bear out.
    """

    draft: Mention
    formula: str
    terms: Sequence[Mention]
    told: Sequence[Mention]
    sound: Sequence[Mention]
    index: FactIndex


def is_misfit(
    draft: Mention,
    candidate: Derived,
    told: Sequence[Mention],
    sound: Sequence[Mention],
    index: FactIndex,
) -> bool:
    """Tell whether the words beside a figure name other terms than those it was worked out of."""
    lines = (index.by_id[i] for i in candidate.fact_ids if i in index.by_id)
    terms = terms_of(candidate.formula, (m for line in lines for m in line.mentions))
    known = {m.figure.text for m in terms}
    said = {m.figure.text: m for m in terms_of(candidate.formula, told)}
    terms += [m for text, m in said.items() if text not in known]
    value = _Value(draft, candidate.formula, terms, told, sound, index)
    return any(judge(value) for judge in _JUDGES)


def _leaves_out(value: _Value) -> bool:
    """Tell whether a sum has terms that the draft does not name, where it names some.

    县道、村道合计144公里 is not 乡道67公里 + 村道77公里; 镇级河长巡河1248次 is not both levels'.
    """
    draft, terms = value.draft, value.terms
    added = " + " in value.formula and not _NO_SUM.search(value.formula)
    if not added or len(terms) < _PAIR or _NOT_NAMED.search(draft.clause_text):
        return False
    if any(_CHANGED.search(m.before_text) for m in terms):
        return False
    names = [last_word(m) for m in terms]
    if len(set(names)) < len(names) or not all(_NOUN <= len(n) <= _NAME for n in names):
        return False
    said = draft.clause_text.partition("\0")[0] + draft.before_text
    alike = len({(len(name), name[-1:]) for name in names}) == 1  # 夏季巡查, 秋季巡查
    named = [name for name in names if (name[:_NOUN] if alike else name) in said]
    of_named = set("".join(named))
    own = [set(name) - of_named for name in names if name not in named]
    return bool(named) and any(chars and not chars & set(said) for chars in own)


def _counts_part_twice(value: _Value) -> bool:
    """Tell whether a sum adds a part to the whole that has it: 9个，其中今年新建4个 are no 13."""
    if value.formula.count(" + ") != 1 or "/" in value.formula or len(value.terms) != _PAIR:
        return False
    whole, part = value.terms
    same = whole.line == part.line and value_of(part) < value_of(whole)
    return same and part.place == whole.place + 1 and part.before_text.strip().startswith("其中")


def _takes_whole_for_part(value: _Value) -> bool:
    """Tell whether a share is that of one of two equal figures: 达标15个 of 15个 is no half."""
    return _DOUBLED.fullmatch(value.formula) is not None


def _other_span(value: _Value) -> bool:
    """Tell whether a rate of a day is told of a month, by no formula that has the days."""
    spans = {span_of(m) for m in value.terms} - {""}
    ours = span_of(value.draft)
    plain = _PRODUCT.fullmatch(value.formula) is not None and len(value.terms) == _PAIR
    return plain and bool(ours and spans) and ours not in spans


def _of_some_turns(value: _Value) -> bool:
    """Tell whether a rate that holds for some turns only was taken for all: 第1—5期每期60人."""
    product = " × " in value.formula and "+" not in value.formula
    return product and any(has_turns(value.index.lines[m.line]) for m in value.terms if m.fact_id)


def _of_change(value: _Value) -> bool:
    """Tell whether a growth is reckoned from a change itself: 比上年少8起 is no year's figure."""
    inner, over, _ = value.formula.partition(" / ")
    big, minus, small = inner.strip("()").partition(" - ")
    changes = {m.figure.text for m in value.terms if _CHANGED.search(m.before_text)}
    return bool(over and minus) and (big in changes or small in changes)


def _is_no_growth(value: _Value) -> bool:
    """Tell whether how many times as much a thing is is told as its growth: 增长2.25倍."""
    times = "倍" in value.draft.figure.text and _GROWN_TIMES.search(value.draft.before_text)
    return bool(times) and " / " in value.formula and " - " not in value.formula


def _other_way(value: _Value) -> bool:
    """Tell whether the terms have changed the other way: 入矫9人、解矫13人; 调整前2.8，后2.6."""
    if " - " not in value.formula or "/" in value.formula or len(value.terms) != _PAIR:
        return False
    said = value.draft.before_text[-_NEAR:]
    rose, fell = ROSE.search(said) is not None, FELL.search(said) is not None
    for more, less in ((_AFTER, _BEFORE), (CAME, WENT)):
        up = [m for m in value.terms if more.search(m.before_text) and m not in _by(less, value)]
        down = _by(less, value)
        if len(up) == len(down) == 1 and rose != fell:
            return (value_of(up[0]) > value_of(down[0])) != rose
    return False


def _by(words: re.Pattern[str], value: _Value) -> list[Mention]:
    return [m for m in value.terms if words.search(m.before_text)]


def _no_target(value: _Value) -> bool:
    """Tell whether what is told of a target is worked out without one: 高于年度目标12个百分点."""
    if not _BESIDE_TARGET.search(value.draft.before_text) or not value.terms:
        return False
    first = value.terms[0]
    if value.formula == first.figure.text:  # a figure told before, of something else
        return not _BESIDE_TARGET.search(first.before_text)
    lines = {m.line for m in value.terms if m.fact_id}
    known = (m for m in value.index.mentions if m.line in lines and TARGET.search(m.before_text))
    return "-" in value.formula and not _by(TARGET, value) and any(known)


def _long_past(value: _Value) -> bool:
    """Tell whether a distance to a target is not that of the latest figure told: 17座增加到25座."""
    said = value.draft.before_text
    kin = [m for m in told_before(value.draft, value.told) if not _MEAN.search(m.before_text)]
    missed = _BESIDE_TARGET.search(said) and _MISSED.search(said)
    if not missed or len(kin) < _PAIR or " - " not in value.formula:
        return False
    terms = pieces_of(value.formula)
    return kin[-1].figure.text not in terms and any(m.figure.text in terms for m in kin)


def _of_other_whole(value: _Value) -> bool:
    """Tell whether a bare mean is not that of the figure told right before it: 112名, 平均每个3名.

    The word behind the mean may name another one: 授信3200万元，发放2760万元，户均授信69.6万元.
    """
    draft, mean = value.draft, _MEAN.search(value.draft.before_text)
    whole, over, part = value.formula.partition(" / ")
    if not mean or draft.before_text[: mean.start()].strip() or not over:
        return False
    near = [
        m
        for m in told_before(draft, value.sound)
        if m.figure.dimension == draft.figure.dimension
        and m.clause_text in (draft.lead, draft.clause_text)
        and m.figure.text != part
        and m.before_text
        and not _MEAN.search(m.before_text)
    ]
    of = [m for m in value.terms if m.figure.text == whole]
    named = any(last_word(m)[-_NOUN:] in draft.before_text for m in of if last_word(m))
    other = bool(near and of) and not any(fits(near[-1].figure, value_of(m)) for m in of)
    return other and not named


def _shared_among_others(value: _Value) -> bool:
    """Tell whether a mean is taken over others than it names, which the fact counts: 台均, 户均."""
    mean = MEAN_OF.search(value.draft.before_text)
    _, over, part = value.formula.partition(" / ")
    whom = (mean[1] or mean[2] or mean[3]) if mean else ""
    shared = [m for m in value.terms if m.figure.text == part]
    if not whom or not over or any(_counts_in(m, whom) for m in shared):
        return False
    lines = {m.line for m in value.terms}
    near = (m for m in value.index.mentions if m.line in lines)
    return bool(shared) and any(_counts_in(m, whom) for m in near)


def _counts_in(mention: Mention, whom: str) -> bool:
    """Tell whether a figure counts or measures in the unit that a mean names: 台, 户, 亩."""
    unit = mention.figure.unit
    return unit.endswith(whom) or (whom in _PERSONS and unit in _PERSONS)


_JUDGES = (
    _leaves_out,
    _counts_part_twice,
    _takes_whole_for_part,
    _other_span,
    _of_some_turns,
    _of_change,
    _is_no_growth,
    _other_way,
    _no_target,
    _long_past,
    _of_other_whole,
    _shared_among_others,
)
