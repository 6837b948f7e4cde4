"""What fills a frame of office prose: 以机械为主 is at odds with 人工为主, 按户计收 with 按表."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.claimed import HAN, contradiction
from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import grams
from drafter.checking.kinds import covers
from drafter.checking.sources import synonymous
from drafter.domain import Finding

_LEAST = 0.34
_FRAMES = (
    re.compile(f"(?:(?<=以)|(?<![\u4e00-\u9fff]))(?P<fill>{HAN}{{2,6}}?)(?:为主|居多|占多数)"),
    re.compile(f"(?:多|大多|主要)[为是](?P<fill>{HAN}{{2,5}})"),
    re.compile("(?:(?<!依)按每?|每)(?P<fill>[户人亩头吨])(?= ?每?[年月次]|[收计付交缴])"),
    re.compile(f"按照?(?P<fill>{HAN}{{1,5}}?)(?:计[收费价发酬]|收[取费]|结算|分配|轮[换流])"),
)
_LIST = re.compile("[、和与及]")


def check_frames(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield what fills a frame in a clause where its fact fills the same one with another thing."""
    for clause in clauses:
        for frame in _FRAMES:
            said = frame.search(clause.text)
            rest = clause.text.replace(said[0], " ") if said else ""
            before = clause.sentence[: clause.start - clause.begin] if said else ""
            bound = index.bind(grams(rest) or grams(before), _LEAST)[:1] if said else []
            if said and bound and _fills_otherwise(said["fill"], frame, bound[0].line):
                start, end = said.span("fill")
                yield contradiction(clause, start, end, bound[0].line, "事实是另一种")


def _fills_otherwise(said: str, frame: re.Pattern[str], line: Line) -> bool:
    """Tell whether a fact fills a frame, and never with what a clause says or a word for it."""
    fills = [match["fill"] for match in frame.finditer(line.text)]
    return bool(fills) and not any(_alike(said, fill) for fill in fills)


def _alike(said: str, fact: str) -> bool:
    if len(_LIST.split(said)) != len(_LIST.split(fact)) or covers(said, fact):
        return True
    return bool(set(said) & set(fact)) or synonymous(said, fact)
