"""Which figures of the facts are no rivals of the one that a drafted figure comes from."""

from __future__ import annotations

import re

from drafter.checking.ahead import alike
from drafter.checking.context import Mention
from drafter.checking.derived import is_rest, of_kind, value_of
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.matching import relation
from drafter.checking.said import Said

_ONWARD = re.compile("[增升降减提]?[到至为]|→")
_RESULT = re.compile("[增减降升缩扩涨][到至为]$")
_BY_HOW_MUCH = re.compile("[增减降升缩扩涨多少][加少产免]?了?\\s?$")
_QUOTED = re.compile("“[^”]+”")
_DEED = 2
_NOT_ONE = re.compile("无|没|未|零")
_COMMON_UNITS = frozenset(f"count:{unit}" for unit in "个人名户处件次项家场村")
_TWO_DIGITS = 10
_WAS = re.compile("[从由]$")
_NEWLY = re.compile("新|[又再]添|购(?:机|置|买|入|进)")
_IN_ALL = re.compile("总[数量]|累计|总共|共有")
_BEHIND = 3


def was_before(draft: Mention, fact: Mention, rival: Mention) -> bool:
    """Tell whether last year's figure is told as such: 从14起回落至6起 of 6起（上年14起）."""
    told = _WAS.search(draft.before_text) is not None
    return told and fact.period == -1 and fact.line == rival.line


def quoted_between(index: FactIndex, draft: Mention, rival: Mention, fact: Mention) -> bool:
    """Tell whether a draft names what a fact quotes behind a rival and before its own figure.

    “和事佬”调解室促成近百件 of 调解成功 363件；“和事佬”调解室 成功 96件.
    """
    if rival.line != fact.line or rival.place > fact.place:
        return False
    between = index.lines[fact.line].text[rival.figure.end : fact.figure.start]
    return any(said in between for said in _QUOTED.findall(draft.clause_text))


def is_no_rival(draft: Mention, ours: Mention, theirs: Mention) -> bool:
    """Tell whether another figure fits better by its words alone: of another unit, step or part.

    ``ours`` is the fact's figure of the drafted value, ``theirs`` the one whose words fit better.
    """
    if ours.line == theirs.line and _told_as_new(draft, ours, theirs):
        return True
    said, own, other = (m.before_text.strip()[-_DEED:] for m in (draft, ours, theirs))
    if own != said and own in alike(said) and other != said:
        return True  # 政府采购省下64万元 of 预算1240，节约64
    behind = draft.after_text.strip()[:_DEED]
    if ours.line == theirs.line and own in alike(behind) and other not in alike(behind):
        return True  # 4户荣登县级榜单 of 推荐县级6户，获评4户
    measured = not draft.figure.dimension.startswith(("count:", "number"))
    if measured and theirs.figure.dimension == "number" and not theirs.figure.unit:
        return True  # 37 things are no rival of 8.2万元
    units = {draft.figure.unit, theirs.figure.unit}
    if "个" in units and draft.figure.unit == ours.figure.unit != theirs.figure.unit:
        return True
    if _RESULT.search(draft.before_text) and _BY_HOW_MUCH.search(theirs.before_text):
        return True  # 压减至38.6万元 is not 比上年压减6.4万元
    onward = theirs.line == ours.line and ours.place == theirs.place + 1
    if onward and _ONWARD.fullmatch(ours.before_text.strip()) and _RESULT.search(draft.before_text):
        return True  # 增至11270元 of 由9800元到11270元
    if theirs.figure.low == 0 and _NOT_ONE.search(draft.after_text):
        return True  # 1936名学生无一失学 of 失学辍学0
    # 覆盖18村中的16个
    return theirs.after_text.startswith("中") and ours.place == theirs.place + 1


def _told_as_new(draft: Mention, fact: Mention, rival: Mention) -> bool:
    """Tell whether one of two figures counts what is new, and the draft means the right one.

    年内又添27名新团员 of 团员402人，其中今年新发展27人; 总数迈过50座 of 新建14座，累计52座.
    """
    new = _NEWLY.search(draft.before_text + draft.after_text[:_BEHIND]) is not None
    ours, theirs = (_NEWLY.search(m.before_text) is not None for m in (fact, rival))
    whole = new or _IN_ALL.search(draft.before_text) is not None
    return ours != theirs and new == ours and whole


def _is_part(index: FactIndex, behind: Mention, whole: Mention) -> bool:
    """Tell whether a figure is what a fact counts right behind its whole: 划线12处 3处延期."""
    parts = index.lines[whole.line].mentions
    nearest = next((m for m in parts if m.place == whole.place + 1), None)
    return nearest is not None and relation(behind.figure, nearest.figure) != ""


def parts_whole(index: FactIndex, draft: Mention, behind: Mention | None, whole: Mention) -> bool:
    """Tell whether a figure and the rest told behind it are a fact's whole: 清17个，其余两个."""
    if behind is None or not of_kind(behind, draft):
        return False
    if not is_rest(behind) and not _is_part(index, behind, whole):
        return False
    total = value_of(draft) + value_of(behind)
    return of_kind(whole, draft) and total == value_of(whole)


def only_kind(index: FactIndex, draft: Mention) -> bool:
    """Tell whether all figures of the facts in a unit of its own (期, 轮) have its value."""
    dimension = draft.figure.dimension
    if dimension in _COMMON_UNITS or not dimension.startswith("count:"):
        return False
    kin = (m for m in index.mentions if m.figure.dimension == dimension)
    return all(relation(draft.figure, m.figure) for m in kin)


def only_holder(index: FactIndex, draft: Mention, fact: Mention, line: Line) -> bool:
    """Tell whether one fact alone has a value in a unit of its own: 63栋老屋 of 拆房63栋.

    The ``line`` that its words are more like has no figure in that unit to be taken for it.
    """
    dimension = draft.figure.dimension
    if dimension in _COMMON_UNITS or draft.figure.low < _TWO_DIGITS:
        return False
    only = index.values.sources(draft.figure) == [fact]
    return only and all(m.figure.dimension != dimension for m in line.mentions)


def all_told(line: Line, draft: Mention, said: Said) -> bool:
    """Tell whether others of the sentence say all figures of this kind that a fact has."""
    kin = [m for m in line.mentions if m.figure.dimension == draft.figure.dimension]
    near = [m for m in said.beside(draft) if m is not draft] if kin else []
    return all(any(relation(n.figure, m.figure) for n in near) for m in kin)
