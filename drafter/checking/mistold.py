"""A fact's figure told of what it is not: another deed, holder, span of time or end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.checking.ahead import alike
from drafter.checking.claimed import words
from drafter.checking.complements import in_other_state
from drafter.checking.context import Mention
from drafter.checking.facing import one_level, only_due, other_end, other_most, told_as_whole
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import words_before
from drafter.checking.matching import relation

_NEW_BEHIND = re.compile("新")
_ADDED = re.compile("添|增加?|吸纳|发展|迎来")
_DEED = 2
_SO_FAR = re.compile("^(?:已经?|实际|累计|共)")
_SPAN = re.compile("(?:每个?|(?=[天日周月季年][人户]?均))(?P<span>[天日周月季年])[^，。\\d]{0,7}$")
_TAKEN_IN = "(?:安置|接待|停放|收治|收住|收养|供应"
_ROOM = re.compile(f"(?:可|能|最多|最大|设计|预计)(?:同时)?{_TAKEN_IN}|容纳)")
_USED = re.compile(f"(?:已经?|实际|共|累计|先后){_TAKEN_IN}|入住|转移|接纳)")
_NEWLY = re.compile("新|[又再]添|购(?:机|置|买|入|进)")
_ACTUAL = re.compile("实|[目当]前|现|截至|达|完成|累计|[上去]年|同期|其中|原")
_BY_WHOM = re.compile("(?:由|来自|出自|归)(?P<who>[\u4e00-\u9fff]{2,10})")
_AMONG = re.compile("之?[里中]")
_NOT = re.compile("[未没不无非][有能曾]?$")
_NEXT_FIGURE = re.compile("\0[^\0]+\0")
_BARELY = re.compile("(?:[仅只才]|[已了]|的)+$")
_SINCE_LAST_YEAR = re.compile(
    "(?:[比较][上去]年|同比|环比)[^，。]{0,4}?(?:多|少|增|减|降|升)[\u4e00-\u9fff]{0,2}$"
)
_BEYOND = re.compile("超(?:出|过)?(?:全年|年度)?(?:目标|任务|计划|预算)数?的?$")
_MORE = re.compile("超|多|余|增|突破|额外")
_CHANGED = re.compile("[增减多少升降扩缩涨跌比较+＋]|同比")


def is_mistold(index: FactIndex, draft: Mention, fact: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether a drafted figure has a fact's value but tells it of something else.

    ``others`` are figures of the facts that the draft's words are like.
    """
    changed = _SINCE_LAST_YEAR.search(draft.before_text)
    if changed and not _CHANGED.search(fact.before_text):
        return True  # 存栏8400只，比上年多8400只
    if _BEYOND.search(draft.before_text) and not _MORE.search(fact.clause_text):
        return True  # 超目标1500亩 of 绿肥 1500亩
    if tells_new(draft) and any(new_is_other(fact, other) for other in others):
        return True
    return any(test(index, draft, fact) for test in _TESTS)


def tells_new(draft: Mention) -> bool:
    """Tell whether a drafted figure is told as new: 又添402名新团员."""
    behind = _NEW_BEHIND.match(draft.after_text)
    return behind is not None and _ADDED.search(draft.before_text) is not None


def new_is_other(fact: Mention, rival: Mention) -> bool:
    """Tell whether what a fact counts in all is told as new: 又添402名新团员 of 新发展27人."""
    same = fact.line == rival.line and fact.figure.dimension == rival.figure.dimension
    new, ours = (_NEWLY.search(m.before_text) is not None for m in (rival, fact))
    return same and new and not ours


def other_deed(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a fact has another figure behind the draft's deed.

    答复24件 is not 满意24件 of 答复26件，满意24件.
    """
    said = _BARELY.sub("", draft.before_text.strip())
    deed, own = said[-_DEED:], words_before(fact)
    core = _SO_FAR.sub("", own)
    if len(core) == _DEED and said.startswith(core):
        return False  # 兑付补偿款1385万元 of 补偿款 1460万元，已兑付 1385万元
    told = said != draft.before_text.strip() or words("verb").fullmatch(deed)
    if not told or not own or own.endswith(deed) or fact.after_text.strip():
        return False
    if _ACTUAL.search(own) or _NOT.search(said[:-_DEED]) or _AMONG.match(draft.after_text):
        return False
    pairs = {own[at : at + _DEED] for at in range(len(own) - 1)}
    if any(pair in draft.clause_text for pair in pairs) or set(own) & set(said):
        return False
    kin = (m for m in index.lines[fact.line].mentions if same_measure(m, fact))
    theirs = [m for m in kin if words_before(m).endswith(deed)]
    return len(theirs) == 1 and not relation(draft.figure, theirs[0].figure)


def other_deed_first(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether the deed before a fact's own words is another figure's.

    办结投诉举报88件 of 投诉举报 88件，办结85件.
    """
    own, said = words_before(fact), draft.before_text.strip()
    deed = said.removesuffix(own)
    if len(own) < _DEED or deed == said or len(deed) != _DEED or fact.after_text.strip():
        return False
    kin = (m for m in index.lines[fact.line].mentions if same_measure(m, fact) and m is not fact)
    theirs = [m for m in kin if _SO_FAR.sub("", words_before(m)) == deed and m.place > fact.place]
    return len(theirs) == 1 and not relation(draft.figure, theirs[0].figure)


def other_deed_behind(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether the deed behind a figure is another's: 978人受益 of 参保978人，补助41人."""
    behind, own = draft.after_text.strip()[:_DEED], words_before(fact)[-_DEED:]
    if _NEXT_FIGURE.search(draft.clause_text) and draft.after_text.strip("了 ") == behind:
        return False  # 投诉88件办结85件: the deed is the next figure's
    group = alike(behind)
    if len(group) == 1 or len(own) < _DEED or own in group or fact.after_text.strip():
        return False
    kin = (m for m in index.lines[fact.line].mentions if same_measure(m, fact) and m is not fact)
    theirs = [m for m in kin if words_before(m)[-_DEED:] in group]
    return len(theirs) == 1 and not relation(draft.figure, theirs[0].figure)


def other_holder(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether another of a list has what stands behind a figure: 四场由县中医院开展."""
    said = _BY_WHOM.match(draft.after_text.strip())
    if said is None:
        return False
    kin = [m for m in index.lines[fact.line].mentions if same_measure(m, fact)]
    own = _own_pairs(fact, [m for m in kin if m is not fact])
    if not own or any(pair in said["who"] for pair in own):
        return False
    rivals = [m for m in kin if not relation(draft.figure, m.figure)]
    return any(
        any(pair in said["who"] for pair in _own_pairs(m, [k for k in kin if k is not m]))
        for m in rivals
    )


def _own_pairs(mention: Mention, others: Sequence[Mention]) -> set[str]:
    """Return the pairs of characters before a figure that stand before no other."""
    words_ = words_before(mention)
    pairs = {words_[at : at + _DEED] for at in range(len(words_) - 1)}
    return {pair for pair in pairs if not any(pair in words_before(m) for m in others)}


def same_measure(one: Mention, other: Mention) -> bool:
    """Tell whether two figures of one period are counted or measured alike."""
    return one.figure.dimension == other.figure.dimension and one.period == other.period


def room_as_used(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether what a place has room for is told as used: 已安置3600人 of 可容纳3600人."""
    used = _USED.search(draft.before_text) if _ROOM.search(fact.before_text) else None
    same = (m for m in index.values.sources(draft.figure) if m.place != fact.place)
    return used is not None and not any(_USED.search(m.before_text) for m in same)


def span_of(mention: Mention) -> str:
    """Return the time that a rate is of, 日 of 日均 and 每天, "" where it is of none."""
    found = _SPAN.search(mention.before_text)
    return found["span"].replace("天", "日") if found else ""


def other_span(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether a rate of a day is told as that of a month: 月均340人次 of 日均340人次."""
    ours, theirs = span_of(draft), span_of(fact)
    same = (m for m in index.values.sources(draft.figure) if m.place != fact.place)
    return bool(ours and theirs) and ours != theirs and not any(span_of(m) for m in same)


_TESTS = (
    one_level,
    other_end,
    told_as_whole,
    other_most,
    only_due,
    other_deed,
    other_deed_behind,
    other_deed_first,
    other_holder,
    other_span,
    room_as_used,
    in_other_state,
)
