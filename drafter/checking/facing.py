"""A drafted figure beside the facts: what was due told as done, one level's told of two, roads."""

from __future__ import annotations

import re

from drafter.checking.context import Mention
from drafter.checking.derived import Derived
from drafter.checking.factindex import FactIndex
from drafter.checking.heads import words_before

_LEVELS_TOGETHER = re.compile("[两二三]级")
_OF_LEVEL = re.compile("^[ ，]*[省市县乡镇村组][级 ]|[省市县乡镇村组]级")
_DUE_TO = re.compile("应[\u4e00-\u9fff]{0,2}$")
_OWED = re.compile("应|任务|目标|需|全部|率|全覆盖|列入|涉及|共有|对象")
_DONE = re.compile("实[\u4e00-\u9fff]?$|已[\u4e00-\u9fff]{1,2}$")
_LAST_ITEM = re.compile("[\u4e00-\u9fff]*$")
_ROADS = {"国道": "G", "省道": "S", "县道": "X", "乡道": "Y"}  # letters after GB/T 917
_MODIFIER = 3


def only_due(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether what was due is told as done: 体检3320人 for 应检3320人，实检3075人."""
    if not _DUE_TO.search(fact.before_text.rstrip()) or _OWED.search(draft.clause_text):
        return False
    same = [m for m in index.lines[fact.line].mentions if m is not fact]
    done = [m for m in same if _DONE.search(m.before_text.rstrip())]
    return any(
        m.figure.dimension == fact.figure.dimension and m.figure.low != fact.figure.low
        for m in done
    )


def one_level(index: FactIndex, draft: Mention, fact: Mention) -> bool:
    """Tell whether what two levels have together is told with the figure of one of them."""
    if not _LEVELS_TOGETHER.search(draft.before_text) or not _OF_LEVEL.search(fact.before_text):
        return False
    kin = (m for m in index.lines[fact.line].mentions if m is not fact)
    return any(
        _OF_LEVEL.search(m.before_text) and m.figure.dimension == fact.figure.dimension for m in kin
    )


def is_road(index: FactIndex, draft: Mention) -> bool:
    """Tell whether a figure is the number of a road that the facts have: 318国道 for G318."""
    letter = _ROADS.get(draft.after_text[:2])
    return letter is not None and f"{letter}{draft.figure.text}" in index.bare


def adds_up(index: FactIndex, draft: Mention, derived: Derived, rival: Mention) -> bool:
    """Tell whether a value is a sum of kinds in one fact, the rival's among them.

    幼儿园5所 for 公办幼儿园3所、民办园2所; 河长31名 for 镇级河长9名，村级22名.
    """
    terms, words = derived.formula.split(" + "), words_before(draft)
    kind = set(words_before(rival).removesuffix(words))  # 镇级 of 镇级河长, beside 村级
    listed = [m for m in index.lines[rival.line].mentions if m.figure.text in terms]
    kinds = [
        m
        for m in listed
        if set(words) & set(words_before(m))
        or (kind & set(words_before(m)) and len(words_before(m)) <= _MODIFIER)
    ]
    return len(kinds) >= len(terms) > 1 and rival in kinds and rival.figure.high > 0


def listed_with(index: FactIndex, draft: Mention, rival: Mention) -> bool:
    """Tell whether the draft counts the rival's thing together with another of its fact.

    栽植柏木、花椒16.8万株 is about both: 柏木 12万株、花椒 4.8万株.
    """
    before, listed, _ = draft.clause_text.partition(f"、{words_before(draft)}\0")
    other = _LAST_ITEM.search(before)[0] if listed else ""  # type: ignore[index]
    text = index.lines[rival.line].text
    return any(other[at : at + 2] in text for at in range(len(other) - 1))
