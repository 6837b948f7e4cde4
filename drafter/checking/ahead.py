"""A deed that a fact plans, or that begins next year, told as done, in the same or another word.

主体封顶并投入运营 is at odds with 主体已封顶，计划2027年3月投用, 已经结束 with 2027年1月开始.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from drafter.checking.claimed import Claim, contradiction, words
from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.domain import Finding
from drafter.resources import lexicon

_ITEMS = re.compile("[；;。]")
_PIECES = re.compile("[，,]")
_EACH = re.compile("均|都|全部|悉数|全面")
_BEGINS = re.compile("开始|启动|开工|动工|进场|起步")
_ENDED = re.compile("结束|完成|完毕|收官|告竣|建成|完工|竣工")
_BUILT = re.compile("新建|新修|建成|建好|建起|修建|修筑|新添|扩建")
_BARE = re.compile("^已?经?(?P<deed>[\u4e00-\u9fff]{2})(?:完毕|完成|结束|到位)$")
_THIS_YEAR = re.compile("今年年?[底末内]前?|今年[上下]半年|年[底末]前|年内|本年度?内")
_NEXT = "明年|来年|{}年"
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORT = 3
_LEAST = 0.8
_IS_DUE = re.compile("[，、](?:预计|计划|拟|将|力争|定于)")
_PUT_OFF = re.compile(
    "(?:定[于在]|安排[在到]|放[在到]|推迟[到至]|延[后至到]+|顺延至?|留[到待])(?:明年|来年|下年)"
)
_AWAITED = re.compile("(?:尚|还|仍|正|只)?(?:待|等待|有待|等候)(?P<what>[\u4e00-\u9fff]{2,8})")
_WHY = "事实是计划，还没有做到"


@cache
def _groups() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row.split()) for row in lexicon("checking", "deeds.txt"))


def alike(deed: str) -> frozenset[str]:
    """Return the words that say the same deed, itself among them."""
    found = (group for group in _groups() if deed in group)
    return frozenset({deed}).union(*found)


def told_ahead(
    clause: Clause, claims: Sequence[Claim], line: Line, index: FactIndex
) -> Finding | None:
    """Return a finding where a clause says done what its fact has for a time to come."""
    later = _later(index)
    end = clause.end - clause.begin
    so_far, rest = clause.sentence[:end], clause.sentence[end:]
    planned = words("plan", "deadline").search(so_far) or later.search(so_far)
    planned = planned or _IS_DUE.match(rest)
    if planned or words("pending").search(clause.text):
        return None
    items = _ITEMS.split(line.text)
    for claim in (c for c in claims if c.kind in ("all", "done", "deed")):
        for item in items:
            others = [other for other in items if other is not item]
            if _is_ahead(claim, item, index) and _about(clause, claim, item, others, index):
                return contradiction(clause, claim.start, claim.end, line, _WHY)
    return None


def awaited(clause: Clause, line: Line) -> Finding | None:
    """Return a finding where what a fact waits for is told as had: 通过县级评审 of 待县级评审."""
    for wait in _AWAITED.finditer(line.text):
        what = re.escape(wait["what"])
        had = re.search(
            f"(?:已经?|均|都|顺利|全部)?通过了?{what}|{what}(?:已经?)?通过", clause.text
        )
        before = clause.text[: had.start()] if had else ""
        if had and not words("plan", "negated", "urging").search(before):
            return contradiction(clause, *had.span(), line, f"事实是{wait[0]}")
    return None


def due_otherwise(clause: Clause, line: Line, index: FactIndex) -> Finding | None:
    """Return a finding where a deed is due this year in a clause, next year in its fact, or back.

    将于今年年底启用 is at odds with 明年3月启用.
    """
    later = _later(index)
    this, following = _THIS_YEAR.search(clause.text), later.search(clause.text)
    if (this is None) == (following is None):
        return None
    for piece in _PIECES.split(line.text):
        theirs, next_one = _THIS_YEAR.search(piece), later.search(piece)
        same = any(deed in piece for deed in _deeds(clause.text))
        if same and this and next_one and not theirs:
            return contradiction(clause, *this.span(), line, f"事实是{next_one[0]}")
        if same and following and theirs and not next_one:
            return contradiction(clause, *following.span(), line, f"事实是{theirs[0]}")
    return None


def _later(index: FactIndex) -> re.Pattern[str]:
    return re.compile(_NEXT.format(index.year + 1 if index.year else "明"))


def _is_ahead(claim: Claim, item: str, index: FactIndex) -> bool:
    """Tell whether an item has the deed of a claim for later only."""
    later = _later(index)
    deeds = list(_deeds(claim.text))
    bare = _BARE.match(claim.text)
    deeds += [bare["deed"]] if bare else []
    own = [*deeds, *(w for w in words("verb", "deed").findall(claim.text) if len(w) > 1)]
    for piece in _PIECES.split(item):
        planned = words("plan").search(piece) or later.search(piece)
        if planned and later.search(piece) and _BEGINS.search(piece) and _ENDED.search(claim.text):
            return True
        if planned and _BEGINS.search(piece, planned.start()) and _BUILT.search(claim.text):
            return not _BEGINS.search(item.replace(piece, ""))  # 新建4口 of 4口，拟12月动工
        said = [deed for deed in deeds if deed in piece]
        if (put := _PUT_OFF.search(piece)) and any(w in piece[: put.start()] for w in own):
            return True  # 推广 定于明年
        if said and planned and planned.start() < piece.find(said[0]):
            rest = item.replace(piece, "")
            return not any(deed in rest for deed in deeds)
    return False


def _deeds(text: str) -> Iterator[str]:
    """Yield the words for the deeds that a text says, and those that say the same."""
    for group in _groups():
        if any(deed in text for deed in group):
            yield from group


def _about(
    clause: Clause, claim: Claim, item: str, others: Sequence[str], index: FactIndex
) -> bool:
    """Tell whether a clause is about an item of a fact: it names it, and no other one only."""
    rest = clause.text.replace(claim.text, " ")
    if len(_HAN.findall(rest)) < _SHORT:  # 现已建成通车: of what the sentence told before
        rest += clause.sentence[: clause.start - clause.begin]
    said = grams(rest)
    own = {gram for gram in said & grams(item) if len(gram) > 1}
    theirs = {gram for other in others for gram in said & grams(other) if len(gram) > 1}
    named = index.weights.mass(own) >= _LEAST
    return named and bool(own - theirs or not theirs or _EACH.search(clause.text))
