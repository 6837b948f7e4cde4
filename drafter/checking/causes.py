"""Causes at odds: 因客流不足暂停 where the fact has 因手续不全被叫停."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.sources import synonymous
from drafter.domain import Finding

_LEAST = 0.15
_CAUSE = re.compile(
    "(?:是因为|(?<=[消迟期止停闭工置])系|系(?=[\u4e00-\u9fff]{2,8}(?:所致|下滑|不足|影响|原因))|缘于|源于|原因是|原因为|原因：|由于|因为|鉴于|主要是|(?<![基起成诱内外])因(?![此而地势人材时]))"
    r"(?P<cause>[\u4e00-\u9fffA-Z\d]{2,12}?)(?:影响|原因|问题|导致|造成|，|。|；|$|(?=暂停|推迟|延期|延后|取消|改期"
    "|停|搬|未|没|无法|不能|而|被|叫停|终止|搁置|坍塌|受损|减产|中断|滞后|关闭|上涨|下降|下跌|亏损))"
    r"|受(?P<by>[\u4e00-\u9fff]{2,8}?)影响"
)
_SOURCE = re.compile(  # a fact may give its cause more loosely than a draft: 减产是连阴雨闹的
    "(?:是|系)(?P<cause>[\u4e00-\u9fff]{2,12}?)(?:闹的|引起的?|造成的?|所致|导致的?|的缘故|惹的)"
    "|(?<=[\u4e00-\u9fff]{2})系(?P<by>[\u4e00-\u9fff]{2,12})(?=$|[，。；])"
)
_MOVE = re.compile(
    "[从由](?P<a>[\u4e00-\u9fff]{2,8}?)(?:整体)?[搬迁调改转]{1,2}[移建]?[到至往为](?P<b>[\u4e00-\u9fff]{2,8})"
)
_CHANGE = re.compile(
    "[由从](?P<a>[\u4e00-\u9fff]{2,6}?)(?:改|换|转|变|调整|升|降|滑落|跌落|晋升|跃升)(?:为|成|到|至|用)?(?P<b>[\u4e00-\u9fff]{2,8})"
)
_ONCE = re.compile(
    "(?:以前|原来|原先|过去)(?P<a>[\u4e00-\u9fff]{2,6}?)[，,]?(?:现在|如今|现|改)(?P<b>[\u4e00-\u9fff]{2,6})"
)
_EMPTY = frozenset("的了是因为由于和与及等影响原问题不没未无")


def check_causes(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield a cause that a draft gives where its fact gives another one, or denies it."""
    for clause in clauses:
        for said in _CAUSE.finditer(clause.text):
            for binding in index.bind(clause.wide, _LEAST)[:1]:
                yield from _odd(clause, said, binding.line)


def _odd(clause: Clause, said: re.Match[str], line: Line) -> Iterator[Finding]:
    cause = said["cause"] or said["by"]
    told = [*_CAUSE.finditer(line.text), *_SOURCE.finditer(line.text)]
    theirs = [m["cause"] or m["by"] for m in told]
    denied = re.search(f"(?:不是|并非|非)(?:因为?)?{re.escape(cause)}", line.text)
    same = any(_alike(cause, other) for other in theirs) or cause in line.text
    if denied or (theirs and not same):
        start, end = clause.start + said.start(), clause.start + said.end()
        message = f"“{said[0]}”与事实{line.fact_id}“{line.text}”不符：原因不同。"
        instead = theirs[0] if theirs else ""
        ids = (line.fact_id,)
        yield Finding(start, end, said[0], "contradiction", "block", message, instead, ids)


def check_moves(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield a way that a draft tells the other way round: 从新区迁至老街 for 从老街搬到新区."""
    for clause in clauses:
        said = _MOVE.search(clause.text) or _CHANGE.search(clause.text)
        for binding in index.bind(clause.grams, _LEAST)[:1] if said else ():
            fact = binding.line.text
            joined = fact.replace(" ", "")
            told = _MOVE.search(fact) or _CHANGE.search(joined) or _ONCE.search(joined)
            turned = said and told and _same(said["a"], told["b"]) and _same(said["b"], told["a"])
            if said and told and turned and told["a"] != said["a"]:
                start, end = clause.start + said.start(), clause.start + said.end()
                line = binding.line
                message = f"“{said[0]}”与事实{line.fact_id}“{line.text}”不符：方向相反。"
                ids = (line.fact_id,)
                yield Finding(start, end, said[0], "contradiction", "block", message, told[0], ids)


def _same(one: str, other: str) -> bool:
    """Tell whether two ways begin or end alike: 电动 and 电动车, 示范村 and 县级示范村."""
    return one[:2] == other[:2] or one.endswith(other) or other.endswith(one)


def _alike(one: str, other: str) -> bool:
    return bool((set(one) & set(other)) - _EMPTY) or synonymous(one, other)
