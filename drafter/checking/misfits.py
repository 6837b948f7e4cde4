"""Values that facts give, but not of what the draft's words name: the terms are others'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.context import Mention
from drafter.checking.derived import FELL, ROSE, TARGET, Derived, told_before, value_of
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import last_word
from drafter.checking.matching import fits
from drafter.checking.turns import has_turns

_SIGNS = re.compile(" [-+×/] |[()]")
_NOUN = 2
_NAME = 6
_NO_SUM = re.compile(" [-/×] ")
_CHANGE_WORD = re.compile("[比较].{0,6}[多少增减]了?$")
_DOUBLED = re.compile("(.+) / \\(\\1 \\+ \\1\\)")  # 达标15个 of 15个 is no half of it
_ABOVE = re.compile("以上|以下|[由从]\0|等|前[两二三四五]")
_CHANGED = re.compile("[增减多少升降]了? ?$")
_SPAN = re.compile("([日天周旬月季年])均|每([日天周旬月季年])")
_SAME_SPAN = str.maketrans("天", "日")
_GROWN_TIMES = re.compile("(?:增长|增加|提高|上升|多|扩大)了?(?:近|约|逾|超过?)?$")
_CAME = re.compile("新[增登入]|入|接收|吸收|转入|调入|纳入|新开")
_WENT = re.compile("注销|解|退出|转出|调出|清退|减员|死亡|迁出|关闭|销号|出库")
_BESIDE_TARGET = re.compile("(?:目标|任务|计划|指标|预期|考核)[^，。]{0,4}$")
_THEN = re.compile("[调改整]?[整造合革治]前")
_AFTER = re.compile("[调改整]?[整造合革治]后")
_MISSED = re.compile("[差缺欠]")
_MEAN = re.compile("平均|[^平]均|每")
_MEAN_OF = re.compile(
    "((?![平年月日周季])[\u4e00-\u9fff])均(?!衡)|每(?:一|个)?((?![年月日周季天])[\u4e00-\u9fff])"
)
_PERSONS = frozenset({"人", "名", "位"})


def terms_of(candidate: Derived, index: FactIndex) -> list[Mention]:
    """Return the figures of the facts that a formula names, in the order of the facts."""
    named = {piece.strip() for piece in _SIGNS.split(candidate.formula)}
    lines = [index.by_id[i] for i in candidate.fact_ids if i in index.by_id]
    return [m for line in lines for m in line.mentions if m.figure.text in named]


def _told_terms(candidate: Derived, told: Sequence[Mention]) -> list[Mention]:
    """Return the figures told before it that a formula names, the last ones of equal text."""
    named = {piece.strip() for piece in _SIGNS.split(candidate.formula)}
    found = {m.figure.text: m for m in told if m.figure.text in named}
    return sorted(found.values(), key=lambda m: m.place)


def is_misfit(
    draft: Mention, candidate: Derived, told: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether the words beside a figure name other terms than those it was worked out of."""
    terms = terms_of(candidate, index)
    known = {m.figure.text for m in terms}
    terms += [m for m in _told_terms(candidate, told) if m.figure.text not in known]
    judges = (_leaves_out, _other_span, _other_way)
    return (
        _is_no_growth(draft, candidate)
        or _DOUBLED.fullmatch(candidate.formula) is not None
        or _of_change(candidate, terms)
        or _counts_part_twice(candidate, terms)
        or (" × " in candidate.formula and "+" not in candidate.formula and _by_turns(terms, index))
        or any(judge(draft, candidate, terms) for judge in judges)
        or _long_past(draft, candidate, told)
        or _no_target(draft, candidate, terms, index)
        or _of_other_whole(draft, candidate, told, terms)
        or _shared_among_others(draft, candidate, terms, index)
    )


def _by_turns(terms: Sequence[Mention], index: FactIndex) -> bool:
    """Tell whether a rate that holds for some turns only was taken for all: 第1—5期每期60人."""
    return any(has_turns(index.lines[m.line]) for m in terms)


def _leaves_out(draft: Mention, candidate: Derived, terms: Sequence[Mention]) -> bool:
    """Tell whether a sum has terms that the draft does not name, where it names some.

    县道、村道合计144公里 is not 乡道67公里 + 村道77公里; 镇级河长巡河1248次 is not both levels'.
    """
    added = " + " in candidate.formula and not _NO_SUM.search(candidate.formula)
    if not added or len(terms) < _NOUN or _ABOVE.search(draft.clause_text):
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


def _counts_part_twice(candidate: Derived, terms: Sequence[Mention]) -> bool:
    """Tell whether a sum adds a part to the whole that has it: 9个，其中今年新建4个 are no 13."""
    if candidate.formula.count(" + ") != 1 or "/" in candidate.formula or len(terms) != _NOUN:
        return False
    whole, part = terms
    same = whole.line == part.line and value_of(part) < value_of(whole)
    return same and part.place == whole.place + 1 and part.before_text.strip().startswith("其中")


def _other_span(draft: Mention, candidate: Derived, terms: Sequence[Mention]) -> bool:
    """Tell whether a rate of a day is told of a month, by no formula that has the days."""
    said = _SPAN.search(draft.before_text)
    told = [_SPAN.search(m.before_text) for m in terms]
    spans = {(found[1] or found[2]).translate(_SAME_SPAN) for found in told if found}
    ours = (said[1] or said[2]).translate(_SAME_SPAN) if said else ""
    plain = candidate.formula.count(" × ") == 1 and candidate.formula.count(" ") == _NOUN
    return plain and len(terms) == _NOUN and bool(ours and spans) and ours not in spans


def _of_change(candidate: Derived, terms: Sequence[Mention]) -> bool:
    """Tell whether a growth is reckoned from a change itself: 比上年少8起 is no year's figure."""
    inner, over, _ = candidate.formula.partition(" / ")
    big, minus, small = inner.strip("()").partition(" - ")
    if not over or not minus:
        return False
    changes = {m.figure.text for m in terms if _CHANGE_WORD.search(m.before_text)}
    return big in changes or small in changes


def _is_no_growth(draft: Mention, candidate: Derived) -> bool:
    """Tell whether how many times as much a thing is is told as its growth: 增长2.25倍."""
    grown = _GROWN_TIMES.search(draft.before_text) and "倍" in draft.figure.text
    return bool(grown) and " / " in candidate.formula and " - " not in candidate.formula


def _other_way(draft: Mention, candidate: Derived, terms: Sequence[Mention]) -> bool:
    """Tell whether what came and what went leave the other change: 入矫9人、解矫13人."""
    if " - " not in candidate.formula or "/" in candidate.formula or len(terms) != _NOUN:
        return False
    rose, fell = ROSE.search(draft.before_text[-4:]), FELL.search(draft.before_text[-4:])
    then = [m for m in terms if _THEN.search(m.before_text)]
    now = [m for m in terms if _AFTER.search(m.before_text)]
    if len(then) == len(now) == 1 and bool(rose) != bool(fell):
        return (value_of(now[0]) > value_of(then[0])) != bool(rose)
    came = [m for m in terms if _CAME.search(m.before_text) and not _WENT.search(m.before_text)]
    went = [m for m in terms if _WENT.search(m.before_text)]
    if len(came) != 1 or len(went) != 1 or bool(rose) == bool(fell):
        return False
    return (value_of(came[0]) > value_of(went[0])) != bool(rose)


def _no_target(
    draft: Mention, candidate: Derived, terms: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether what is told of a target is worked out without one: 高于年度目标12个百分点."""
    if not _BESIDE_TARGET.search(draft.before_text) or not terms:
        return False
    if candidate.formula == terms[0].figure.text:  # a figure told before, of something else
        return not _BESIDE_TARGET.search(terms[0].before_text)
    lines = {m.line for m in terms if m.fact_id}
    known = (m for m in index.mentions if m.line in lines and TARGET.search(m.before_text))
    of_target = any(TARGET.search(m.before_text) for m in terms)
    return "-" in candidate.formula and not of_target and any(known)


def _long_past(draft: Mention, candidate: Derived, told: Sequence[Mention]) -> bool:
    """Tell whether a distance to a target is not that of the latest figure told: 17座增加到25座."""
    kin = [m for m in told_before(draft, told) if not _MEAN.search(m.before_text)]
    missed = _BESIDE_TARGET.search(draft.before_text) and _MISSED.search(draft.before_text)
    if not missed or len(kin) < _NOUN or " - " not in candidate.formula:
        return False
    terms = set(_SIGNS.split(candidate.formula))
    return kin[-1].figure.text not in terms and any(m.figure.text in terms for m in kin)


def _of_other_whole(
    draft: Mention, candidate: Derived, told: Sequence[Mention], terms: Sequence[Mention]
) -> bool:
    """Tell whether a mean is not that of the figure told right before it: 112名, 平均每个3名.

    The word behind the mean may name another one: 授信3200万元，发放2760万元，户均授信69.6万元.
    """
    whole, over, part = candidate.formula.partition(" / ")
    same = (m for m in told_before(draft, told) if m.figure.dimension == draft.figure.dimension)
    near = (m for m in same if m.clause_text in (draft.lead, draft.clause_text))
    near = (m for m in near if m.figure.text != part)
    kin = [m for m in near if m.before_text and not _MEAN.search(m.before_text)]
    mean = _MEAN.search(draft.before_text)
    if not mean or not over or not kin or _SIGNS.search(whole + part):
        return False
    of = [m for m in terms if m.figure.text == whole]
    meant = draft.before_text[mean.end() :]
    named = any(last_word(m)[-_NOUN:] in meant for m in of if last_word(m))
    return bool(of) and not named and not any(fits(kin[-1].figure, value_of(m)) for m in of)


def _shared_among_others(
    draft: Mention, candidate: Derived, terms: Sequence[Mention], index: FactIndex
) -> bool:
    """Tell whether a mean is taken over others than it names, which the fact counts: 台均, 户均."""
    mean = _MEAN_OF.search(draft.before_text)
    whole, over, part = candidate.formula.partition(" / ")
    if not mean or not over or _SIGNS.search(whole + part):
        return False
    whom = mean[1] or mean[2]
    held = [m for m in terms if m.figure.text == part]
    lines = {m.line for m in terms}
    near = [m for m in index.mentions if m.line in lines]
    meant = any(_counts_in(m, whom) for m in near)
    return bool(held) and meant and not any(_counts_in(m, whom) for m in held)


def _counts_in(mention: Mention, whom: str) -> bool:
    """Tell whether a figure counts or measures in the unit that a mean names: 台, 户, 亩."""
    unit = mention.figure.unit
    return unit.endswith(whom) or (whom in _PERSONS and unit in _PERSONS)
