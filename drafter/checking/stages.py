"""How far a thing has come: what a fact has at one stage, told at a later or an earlier one.

已封顶 told as 已投入使用, 材料已报省里 as 已获批, 6月完工 as 尚在施工. ``lexicons/stages.tsv``
has the ladders; each rung is what must have been passed before the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from drafter.checking.claimed import contradiction, words
from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.domain import Finding
from drafter.resources import lexicon

_NOT_YET = re.compile(
    "计划|预计|拟|将|力争|争取|明年|来年|下年|待|等|未|没|尚|即将|准备|目标|确保|推[动进]|加快|促|抓|做好|围绕|抢|为|申请"
    "|协助|配合|指导|帮助|开展|组织|参[与加]|需|应|可|再|的$"
)
_STILL = re.compile("尚在|仍在|还在|正在|仍处于|尚处于|还处于|仍为|有待|尚待|仍待|还停留在|停留在")
_NUMBERS = re.compile(r"\d+")
_COUNTED_LEFT = re.compile(r"(?<!\d)(\d+) ?[\u4e00-\u9fff]{1,2}[未没]")
_LACKS = re.compile("(?:尚未|还未|仍未|暂未|一直未|还没有?|尚没有|没有?|未)$")
_TO_COME = re.compile("计划|预计|拟|将|力争|争取|明年|来年|待|等|未|没|尚(?!在)|目标")
_SAID = re.compile("了|并|[和及、]|[使投]用|运[营行]|生产|交付|入住|挂牌|$")
_NUMBERS = re.compile("\\d+")
_HAN = re.compile("[\u4e00-\u9fff]")
_PHASE = re.compile("[一二三四五]期|[东西南北]区|[AB]区|[1-9]号")
_PIECE = re.compile("[^，,；;。、]+")
_BUT = re.compile("除.+外")
_REACH = 4
_TITLE = 4  # characters of what was applied for: 入选省级重点保护古树
_ABOUT = 1.6
_TOLD_OF = 0.8


@dataclass(frozen=True, slots=True)
class _Stage:
    ladder: int
    rung: int
    level: int
    start: int
    end: int


@cache
def _ladders() -> tuple[tuple[int, int, int, re.Pattern[str]], ...]:
    """Return ladder, rung, level and pattern of every rung; rungs after ``=`` share a level."""
    found = []
    for ladder, row in enumerate(lexicon("checking", "stages.tsv")):
        level = 0
        for rung, pattern in enumerate(row.split("\t")):
            level += not pattern.startswith("=")
            found.append((ladder, rung, level, re.compile(pattern.removeprefix("="))))
    return tuple(found)


@cache
def _any_stage() -> re.Pattern[str]:
    """Return the pattern of any rung; a class of all their characters keeps it fast."""
    union = "|".join(pattern.pattern for _, _, _, pattern in _ladders())
    characters = "".join(sorted(set(_HAN.findall(union))))
    return re.compile(f"(?=[{characters}])(?:{union})")


def _counted_left(clause: Clause, line: Line) -> bool:
    """Tell whether a fact counts as many not yet done: 还有4户没有签约 of 签约88户，4户未签."""
    left = set(_COUNTED_LEFT.findall(line.text))
    return bool(left) and not left.isdisjoint(_NUMBERS.findall(clause.text))


def check_stage(clause: Clause, line: Line, index: FactIndex) -> Finding | None:
    """Return a finding where a clause tells a thing further on, or less far, than its fact has it.

    A fact that has the told stage anywhere bears it out; so does another fact of the same thing.
    """
    if not _stages(clause.text) or not _stages(line.text):
        return None
    if _BUT.search(clause.text):
        return None  # 除洛水二桥外其余五件均告竣工
    if words("plan", "deadline").search(clause.text) or _counted_left(clause, line):
        return None
    for stage, back in _told(clause, line):
        begin, end = _part_meant(clause, line.text)
        reached = [
            s for s in _stages(line.text) if s.ladder == stage.ladder and begin <= s.start < end
        ]
        passed = [s for s in reached if not _is_to_come(line.text, s, index)]
        if not passed or not _is_about(clause, line, stage, index):
            continue
        furthest = max(passed, key=lambda s: s.rung)
        word = line.text[furthest.start : furthest.end]
        if not back and word in clause.text:
            continue  # 受理门诊慢特病申报427人
        ahead = not back and furthest.level < stage.level
        behind = back and furthest.level > stage.level and len(reached) == len(passed)
        if ahead or (behind and all(s.level != stage.level for s in passed)):
            return contradiction(clause, stage.start, stage.end, line, f"事实是{word}")
    return None


def _part_meant(clause: Clause, fact: str) -> tuple[int, int]:
    """Return where a fact tells of the phase that a clause names: 二期 of 一期已建成，二期开工."""
    said = _PHASE.search(clause.text)
    begin = fact.find(said[0]) if said else -1
    if said is None or begin < 0:
        return _piece_meant(clause, fact)
    others = (m.start() for m in _PHASE.finditer(fact, begin) if m[0] != said[0])
    return begin, next(others, len(fact))


def _piece_meant(clause: Clause, fact: str) -> tuple[int, int]:
    """Return where a fact tells of the one that a clause names: 柳湾站 of 柳湾站已运行，石坎站在建.

    Each piece with a stage must name what it tells of; one of them alone is named in the clause.
    """
    pieces = [m for m in _PIECE.finditer(fact) if _any_stage().search(m[0])]
    named = [_pairs(_any_stage().sub(" ", piece[0])) for piece in pieces]
    if len(pieces) > 1 and all(named):
        said = _pairs(clause.text)
        meant = [
            piece
            for piece, own, others in (
                (p, n, set().union(*(o for o in named if o is not n)))
                for p, n in zip(pieces, named, strict=True)
            )
            if (own - others) & said
        ]
        if len(meant) == 1:
            return meant[0].span()
    return 0, len(fact)


def _pairs(text: str) -> set[str]:
    return {gram for gram in grams(text) if len(gram) > 1}


def _told(clause: Clause, line: Line) -> Iterator[tuple[_Stage, bool]]:
    """Yield the stages that a clause says are reached, and those that it says are not passed."""
    for stage in _stages(clause.text):
        before, behind = clause.text[: stage.start], clause.text[stage.end :]
        still = _STILL.search(clause.text)
        lacks = _LACKS.search(before)
        if still and still.start() <= stage.start < still.end() + _REACH:
            yield replace(stage, start=still.start()), True
        elif lacks and _SAID.match(behind):
            yield replace(stage, level=stage.level - 1, start=lacks.start()), True
        elif still or _NOT_YET.search(before):
            continue
        elif _SAID.match(behind) or (line.text.find(behind[:_TITLE]) >= 0 and len(behind) > _TITLE):
            yield stage, False


@lru_cache(maxsize=4096)
def _stages(text: str) -> tuple[_Stage, ...]:
    return tuple(
        _Stage(ladder, rung, level, *match.span())
        for ladder, rung, level, pattern in (_ladders() if _any_stage().search(text) else ())
        for match in pattern.finditer(text)
    )


def _is_to_come(text: str, stage: _Stage, index: FactIndex) -> bool:
    """Tell whether a fact has a stage for later, or only denies or counts it."""
    begin = max(text.rfind(mark, 0, stage.start) for mark in "，,；;。：（") + 1
    before = text[begin : stage.start]
    if re.match("时间(?:未定|待定)|待定|未定", text[stage.end :]):
        return True
    later = index.year and f"{index.year + 1}年" in before
    return bool(later or _TO_COME.search(before))


def _is_about(clause: Clause, line: Line, stage: _Stage, index: FactIndex) -> bool:
    """Tell whether a fact is of the thing that a clause tells a stage of, and no other fact is."""
    rest = clause.text[: stage.start] + " " + clause.text[stage.end :]
    rest = _any_stage().sub(" ", rest)
    said = frozenset(g for g in grams(rest) if len(g) > 1)
    if not set(_NUMBERS.findall(clause.text)) <= set(_NUMBERS.findall(line.text)):
        return False
    if index.weights.shared(said, line.grams) < _ABOUT:
        return False
    others = (
        other
        for other in index.lines
        if other is not line and index.weights.shared(said, other.grams) >= _TOLD_OF
    )
    ladders = {stage.ladder}
    return not any(s.ladder in ladders for other in others for s in _stages(other.text))
