"""A target told as reached or exceeded where the figures of its fact say that it was not.

到位资金1.86亿元，超额完成年度任务 is wrong for 到位资金1.86亿元（任务2亿元）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from drafter.checking.claimed import contradiction
from drafter.checking.context import Clause, Mention
from drafter.checking.derived import of_kind, value_of
from drafter.checking.factindex import FactIndex, Line
from drafter.domain import Finding

_LEAST = 0.34
_EXCEEDED = re.compile("超额完成|超任务|超目标|超计划|超额")
_REACHED = re.compile(
    "(?:全面|圆满|顺利|如期|按期|提前)?完成了?(?:全年|年度|既定|预定|年初|县定|上级|下达|的)*"
    "(?:目标|任务|计划|指标)(?!数?的?[近约超]?(?:\\d|[一二三四五六七八九]成|百分|[一二三四]分|的?一半|的?半数|过半))|(?:达到|实现)了?(?:全年|年度|既定|预定|年初|的)*目标"
)
_FELL_SHORT = re.compile(
    "(?:尚?未|没有?|未能|没能)(?:如期|按期|全面|足额)?(?:完成|达到|达成|实现)(?:全年|年度|既定|预定|年初|县定|上级|下达|的)*"
    "(?:目标|任务|计划|指标)"
)
_NOT = re.compile("未|没|不|尚|差|距|力争|确保|争取|将|为了?$")
_TARGET = re.compile("(?:任务|目标|计划|指标|定额|应[收缴参种建]?)数?[为是]?[：: ]*$")
_SHARE_OF_IT = re.compile(
    "(?:任务|目标|计划|指标)(?:的|数的?)?[：: ]*$|完成率(?:为|达到?)?[：: ]*$"
)
_AT_MOST = re.compile("控制|不超过|以内|低于|不高于|压[减降缩]|下降")


def check_targets(
    clauses: Sequence[Clause], index: FactIndex, sources: Mapping[int, Mention]
) -> Iterator[Finding]:
    """Yield the claims that a target was reached or exceeded which the facts' figures refute.

    ``sources`` gives for the start of each figure of the draft the fact's figure that it is from.
    """
    for clause in clauses:
        short = _FELL_SHORT.search(clause.text)
        if short:
            yield from _met(clause, short, *_line(clause, index, sources))
            continue
        said = _EXCEEDED.search(clause.text) or _REACHED.search(clause.text)
        if said is None or _NOT.search(clause.text, 0, said.start()):
            continue
        line, told = _line(clause, index, sources)
        missed = line and _missed(line, told, exceeded=_EXCEEDED.match(said[0]) is not None)
        if line and missed:
            target, done = missed
            why = f"目标是{target.figure.text}，实际是{done.figure.text}"
            why = f"事实是完成{done.figure.text}" if target is done else why
            yield contradiction(clause, *said.span(), line, why)


def _met(
    clause: Clause, short: re.Match[str], line: Line | None, told: Mention | None
) -> Iterator[Finding]:
    """Yield the claim that a target was not reached which the figure just told reaches."""
    if line is None or told is None or told.fact_id != line.fact_id or _AT_MOST.search(line.text):
        return
    targets = [m for m in line.mentions if _TARGET.search(m.before_text) and of_kind(told, m)]
    if len(targets) == 1 and targets[0] is not told and value_of(told) >= value_of(targets[0]):
        why = f"目标是{targets[0].figure.text}，实际是{told.figure.text}"
        yield contradiction(clause, *short.span(), line, why)


def _line(
    clause: Clause, index: FactIndex, sources: Mapping[int, Mention]
) -> tuple[Line | None, Mention | None]:
    """Return the fact of the last figure up to a clause in its sentence, and that figure there;

    else the fact that the clause rests on.
    """
    before = [at for at in sources if clause.begin <= at < clause.end]
    if before:
        told = sources[max(before)]
        return index.lines[told.line], told
    bound = index.bind(clause.grams, _LEAST)[:1]
    return (bound[0].line if bound else None), None


def _summed(line: Line, target: Mention) -> Decimal:
    """Return what the figures of a target's kind listed before it come to, 0 for less than two."""
    before = [m for m in line.mentions if m.place < target.place and of_kind(m, target)]
    plain = [m for m in before if not m.period and "其中" not in m.before_text]
    return sum(map(value_of, plain), Decimal(0)) if len(plain) > 1 else Decimal(0)


def _missed(line: Line, told: Mention | None, *, exceeded: bool) -> tuple[Mention, Mention] | None:
    """Return a fact's target and the figure that falls short of it, or does not exceed it.

    Of several targets the one that stands next behind the figure told is meant.
    """
    if _AT_MOST.search(line.text):
        return None
    for rate in (m for m in line.mentions if m.figure.dimension == "ratio"):
        here = told is None or told.place in (rate.place - 1, rate.place)
        if _SHARE_OF_IT.search(rate.before_text) and here and value_of(rate) < 1:
            return rate, rate
    targets = [m for m in line.mentions if _TARGET.search(m.before_text)]
    own = [m for m in targets if told and m.place == told.place + 1]
    if len(targets) == 1 and _summed(line, targets[0]) > value_of(targets[0]):
        return None  # 秋冬种1.1万亩 of 油菜 7400亩 小麦 2100亩 绿肥 1500亩，目标 1.05万亩
    for target in own or targets:
        for done in [told] if own and told else line.mentions:
            if done is target or not of_kind(done, target) or _TARGET.search(done.before_text):
                continue
            short = value_of(done) < value_of(target)
            if short or (exceeded and value_of(done) == value_of(target)):
                return target, done
            break
    return None
