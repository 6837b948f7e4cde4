"""The facts that what a clause claims of a state rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations

from drafter.checking.claimed import claims_of, words
from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex, Line
from drafter.checking.grams import grams
from drafter.domain import Figure

SURELY = re.compile("[全均都]|已|[圆顺如按]|成功|完成|建成|竣工|完工")
ADVERBS = re.compile("截至目前|目前|现在?|已经?|均|都|也")
_DUE = re.compile("[今明本]年|年[底末内]|月底|提出|反映|出现|发生")
POINTS_BACK = re.compile("上述|以上|前述|这些")
SOME_OPEN = ("ongoing", "negated", "stopped", "some", "plan")
_ALL_OF = re.compile("全部|均已|都已|悉数|无一")
_LEAST = 0.22
_BY_SENTENCE = 0.34
_PAIR = 2


def facts_of(
    clause: Clause, index: FactIndex, lines: Mapping[int, Line]
) -> tuple[list[Binding], tuple[str, ...]]:
    """Return the facts that a clause rests on, best first, and those of a number told of all.

    ``lines`` gives for the start of each figure of the draft the fact that it comes from.
    """
    bindings = _referred(clause, lines) or index.bind(clause.grams, _LEAST)[:3]
    bindings = bindings or _told_above(clause, index)
    if not bindings and (SURELY.search(clause.text) or _DUE.search(clause.text)):
        bindings = index.bind(clause.wide, _BY_SENTENCE)[:1] or _counted(clause, lines)
        bindings = bindings or _of_figure(clause, lines)
    bindings = _labelled(clause, bindings, index)
    parted, counts = _in_parts(clause, index, lines)
    return parted or _by_deed(clause, bindings, index), counts


def _told_above(clause: Clause, index: FactIndex) -> list[Binding]:
    """Return the fact of what a sentence told before a clause that points back: 上述隐患已销号."""
    before = clause.sentence.partition(clause.text)[0]
    if not POINTS_BACK.match(clause.text) or not before:
        return []
    return index.bind(grams(before), _BY_SENTENCE)[:1]


def _referred(clause: Clause, lines: Mapping[int, Line]) -> list[Binding]:
    """Return the fact of the last figure for a clause that names nothing: 目前已全部销号."""
    claim = next(claims_of(clause.text), None) if _ALL_OF.search(clause.text) else None
    rest = ADVERBS.sub("", clause.text.replace(claim.text, "")) if claim else clause.text
    return [] if rest else _counted(clause, lines)


def _labelled(clause: Clause, bindings: list[Binding], index: FactIndex) -> list[Binding]:
    """Return the facts with the one first whose label opens a clause: D级房屋 of D级：拆除3."""
    opening = ADVERBS.sub("", clause.text) if SURELY.search(clause.text) else ""
    named = [line for line in index.lines if line.label and opening.startswith(line.label)]
    if len(named) != 1:
        return bindings
    own = next((b for b in bindings if b.line is named[0]), None)
    own = own or Binding(_BY_SENTENCE, _BY_SENTENCE, named[0], named[0].text)
    return [own, *(b for b in bindings if b.line is not named[0])]


def _by_deed(clause: Clause, bindings: list[Binding], index: FactIndex) -> list[Binding]:
    """Return the facts with the one first that tells how far a deed is that all is done of.

    反馈问题已全部整改销号 rests on 整改26个，6个长期坚持, not on the fact that counts 问题32个;
    新改厕所全部验收合格 on the only one that says 验收合格.
    """
    claim = next(claims_of(clause.text), None) if _ALL_OF.search(clause.text) else None
    stems = words("verb").findall(claim.text) if claim and claim.kind == "all" else []
    if not stems or not claim or not bindings:
        return bindings
    opened, first = words(*SOME_OPEN), bindings[0].line.text
    if opened.search(first) or any(stem in first for stem in stems):
        return bindings
    texts = [(b, b.line.text) for b in bindings]
    told = [b for b, t in texts if opened.search(t) and any(stem in t for stem in stems)]
    deed = _ALL_OF.sub("", clause.text[claim.start :])
    saying = [ln for ln in index.lines if deed in ln.text and len(deed) > _PAIR]
    if not told and len(saying) == 1:
        told = [Binding(_BY_SENTENCE, _BY_SENTENCE, saying[0], saying[0].text)]
    return [*told, *(b for b in bindings if b not in told)]


def _in_parts(
    clause: Clause, index: FactIndex, lines: Mapping[int, Line]
) -> tuple[list[Binding], tuple[str, ...]]:
    """Return the fact that has a number in two parts, one of them open, and the fact of the number.

    118栋整治任务全面完成 rests on 已整治104栋，14栋正在加固, not on the fact that counts the 118.
    """
    here = [at for at in lines if clause.start <= at < clause.end]
    if len(here) != 1 or not any(claim.kind == "all" for claim in claims_of(clause.text)):
        return [], ()
    own, at = lines[here[0]], here[0] - clause.start
    opened = words(*SOME_OPEN)
    for whole in (m.figure for m in own.mentions if clause.text.startswith(m.figure.text, at)):
        others = (line for line in index.lines if line is not own and _adds_up(line, whole))
        kin = (ln for ln in others if any(len(g) > 1 for g in clause.grams & ln.grams))
        parted = [line for line in kin if opened.search(line.text)]
        found = [Binding(_BY_SENTENCE, _BY_SENTENCE, line, line.text) for line in parted]
        return found, (own.fact_id,) if found else ()
    return [], ()


def _adds_up(line: Line, whole: Figure) -> bool:
    """Tell whether two figures of a fact come to a figure of another fact."""
    figures = [m.figure for m in line.mentions if m.figure.dimension == whole.dimension]
    return any(a.low + b.low == whole.low for a, b in combinations(figures, 2))


def _of_figure(clause: Clause, lines: Mapping[int, Line]) -> list[Binding]:
    """Return the fact of a clause's only figure: 10件实事全部完成 of 票决10件，2件推迟."""
    here = [at for at in lines if clause.start <= at < clause.end]
    line = lines[here[0]] if len(here) == 1 else None
    return [Binding(_BY_SENTENCE, _BY_SENTENCE, line, line.text)] if line else []


def _counted(clause: Clause, lines: Mapping[int, Line]) -> list[Binding]:
    """Return the fact of the last figure before a clause in its sentence, for 全部 and 均."""
    before = clause.told_before(lines)
    if not before or not _ALL_OF.search(clause.text):
        return []
    line = lines[max(before)]
    return [Binding(_BY_SENTENCE, _BY_SENTENCE, line, line.text)]
