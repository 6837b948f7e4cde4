"""Provinces and cities far away: 销往北京、重庆 is wrong for 卖到上海 重庆."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex
from drafter.domain import Finding
from drafter.resources import lexicon

_LEAST = 0.25
_PART_OF_NAME = "(?![路街道巷村镇乡庄])"  # 上海路


@cache
def divisions() -> frozenset[str]:
    """Return the names of provinces and cities, those included that are words as well (大同)."""
    return frozenset(name.rstrip("!") for name in lexicon("chinese", "divisions.txt"))


@cache
def _names() -> re.Pattern[str]:
    """Return the pattern of the names that are no words."""
    names = (name for name in lexicon("chinese", "divisions.txt") if not name.endswith("!"))
    ordered = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(ordered)}){_PART_OF_NAME}")


def check_divisions(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the names that no fact has, where a clause leaves out those that its fact has."""
    for clause in clauses:
        novel = [m for m in _names().finditer(clause.text) if m[0] not in index.bare]
        bound = index.bind(clause.grams, _LEAST)[:1] if novel else []
        bound = bound or (index.bind(clause.wide, _LEAST)[:1] if novel else [])
        theirs = [m[0] for m in _names().finditer(bound[0].line.text)] if bound else []
        left_out = [name for name in theirs if name not in clause.sentence]
        if not bound or len(left_out) != len(novel):
            continue
        line = bound[0].line
        for said, other in zip(novel, left_out, strict=True):
            span = (clause.start + said.start(), clause.start + said.end(), said[0])
            message = f"“{said[0]}”与事实{line.fact_id}“{line.text}”不一致，事实是“{other}”。"
            yield Finding(*span, "wrong_entity", "block", message, other, (line.fact_id,))
