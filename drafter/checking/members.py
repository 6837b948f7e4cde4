"""Members under another head than in the facts: 洋田 told of 南片 where it stands under 北片.

A fact that lists under several heads (北片（柏林、石盘）；南片（圩埠、梅坑）)
says of each member whose it is. A draft that names one head and a member of another one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.domain import Finding

_HAN = "[\u4e00-\u9fff]"
_BRACKETED = re.compile(
    f"(?P<head>{_HAN}{{2,6}})（(?P<members>{_HAN}{{2,4}}(?:、{_HAN}{{2,4}})*)）"
)
_SPLIT = re.compile("[、]")
_LEAST_HEADS = 2


@dataclass(frozen=True, slots=True)
class Group:
    """A head of a fact and what stands under it."""

    head: str
    members: tuple[str, ...]


@lru_cache(maxsize=4096)
def groups_of(text: str) -> tuple[Group, ...]:
    """Return the heads of a fact with their members, none where it has fewer than two heads."""
    found = [Group(m["head"], tuple(_SPLIT.split(m["members"]))) for m in _BRACKETED.finditer(text)]
    heads = {group.head for group in found}
    return tuple(found) if len(heads) >= _LEAST_HEADS else ()


def check_members(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the members of a fact's list that a draft puts under another head."""
    listed = [(line, groups) for line in index.lines if (groups := groups_of(line.text))]
    told: set[tuple[str, str]] = set()
    for clause in clauses if listed else ():
        for line, groups in listed:
            for finding in _misplaced(clause, groups, line):
                if (clause.sentence, finding.text) not in told:
                    told.add((clause.sentence, finding.text))
                    yield finding


def _misplaced(clause: Clause, groups: Sequence[Group], line: Line) -> Iterator[Finding]:
    """Yield what a clause says of another head: in brackets behind it, or beside the only one."""
    paired = {(m["head"], m["members"]): m for m in _BRACKETED.finditer(clause.text)}
    for (head, members), match in paired.items():
        own = next((g for g in groups if head.endswith(g.head)), None)
        others = {member for g in groups if g is not own for member in g.members}
        if own and not set(_SPLIT.split(members)) & set(own.members) and others & {members}:
            yield _finding(clause, match.start() + len(head) - len(own.head), own.head, own, line)
    said = [g for g in groups if g.head in clause.sentence]
    if paired or len(said) != 1:
        return
    for member in (m for g in groups if g is not said[0] for m in g.members):
        at = clause.text.find(member)
        if at >= 0 and member not in said[0].members:
            yield _finding(clause, at, member, said[0], line)


def _finding(clause: Clause, at: int, said: str, group: Group, line: Line) -> Finding:
    start, members = clause.start + at, "、".join(group.members)
    message = (
        f"“{said}”与事实{line.fact_id}“{line.text}”不一致：“{group.head}”对应的是“{members}”。"
    )
    end, ids = start + len(said), (line.fact_id,)
    return Finding(start, end, said, "wrong_entity", "block", message, "", ids)
