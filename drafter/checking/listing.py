"""A member of a list that another one of the facts' list stands for: 东莞、中山 for 东莞、佛山.

Where a draft lists a fact's thing, what stands beside it between 、 is of the same kind: if no fact
has it, and the fact's list has a member that the draft leaves out, the one was put for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.sources import synonymous
from drafter.domain import Finding

_HAN = "[\u4e00-\u9fff]"
_LISTS = re.compile(f"{_HAN}{{2,6}}(?:、{_HAN}{{2,6}})+")
_NAME = 3  # two personal names of a family may differ in one character


def check_lists(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the members of a draft's lists that stand for another one of a fact's list."""
    lists = [(line, m[0].split("、")) for line in index.lines for m in _LISTS.finditer(line.text)]
    for clause in clauses if lists else ():
        found = (_put(clause, members, line, index) for line, members in lists)
        finding = next((f for f in found if f), None) if "、" in clause.text else None
        if finding:
            yield finding


def _put(clause: Clause, members: Sequence[str], line: Line, index: FactIndex) -> Finding | None:
    """Return the finding where exactly one of a fact's members is left out, another one said."""
    left_out = [m for m in members if m not in clause.sentence]
    if len(left_out) != 1 or len(left_out[0]) > 4:
        return None
    missing, size = left_out[0], len(left_out[0])
    for member in (m for m in members if m != missing):
        for match in re.finditer(re.escape(member), clause.text):
            behind = re.match(
                f"、({_HAN}{{{size}}})(?!{_HAN}{{0,3}}、)", clause.text[match.end() :]
            )
            before = re.search(f"({_HAN}{{{size}}})、$", clause.text[: match.start()])
            for other in (m for m in (behind, before) if m):
                at = match.end() if other is behind else 0
                if _stands_for(other[1], missing, index):
                    return _finding(clause, at + other.start(1), other[1], missing, line)
    return None


def _stands_for(said: str, missing: str, index: FactIndex) -> bool:
    if any(said[i : i + 2] in index.bare for i in range(1, len(said) - 1)) or said in index.bare:
        return False
    if synonymous(said, missing):
        return False
    named = len(said) == len(missing) == _NAME and said[0] == missing[0]
    headed = said[-1] == missing[-1]  # 中山 and 佛山 have only their head in common
    common = set(said[:-1]) & set(missing[:-1]) if headed else set(said) & set(missing)
    return not common or named


def _finding(clause: Clause, at: int, said: str, fact: str, line: Line) -> Finding:
    start = clause.start + at
    message = f"“{said}”与事实{line.fact_id}“{line.text}”不一致，事实是“{fact}”。"
    end, ids = start + len(said), (line.fact_id,)
    return Finding(start, end, said, "wrong_entity", "confirm", message, fact, ids)
