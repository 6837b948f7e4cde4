"""Who plays which part in a thing done together: 主办 and 协办 changed round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.claimed import HAN, contradiction
from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex
from drafter.domain import Finding

_LEAST = 0.25
_PART = re.compile(f"(?:^|[由，、；\\s与和])({HAN}{{2,8}}?)(主办|协办|承办|牵头|配合|主抓|协助)")


def check_parts(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the part that a draft gives to one to whom its fact gives another one.

    由镇里主办，县文旅局协办 is at odds with 镇里协办 县文旅局主办.
    """
    for clause in clauses:
        said = list(_PART.finditer(clause.text))
        for binding in index.bind(clause.wide, _LEAST)[:1] if said else ():
            theirs: dict[str, set[str]] = {}
            for match in _PART.finditer(binding.line.text):
                theirs.setdefault(match[1], set()).add(match[2])
            for match in said:
                other = theirs.get(match[1])
                taken = any(match[2] in parts for who, parts in theirs.items() if who != match[1])
                if other and match[2] not in other and taken:
                    why = f"事实是{match[1]}{min(other)}"
                    yield contradiction(clause, match.start(1), match.end(), binding.line, why)
