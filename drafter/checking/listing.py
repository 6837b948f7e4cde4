"""A member of a list that another one of the facts' list stands for: 东莞、中山 for 东莞、佛山.

Where a draft lists a fact's thing, what stands beside it between 、 is of the same kind: if no fact
has it, and the fact's list has a member that the draft leaves out, the one was put for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.prose import common_pairs
from drafter.checking.sources import synonymous
from drafter.checking.wordness import is_word, one_differs
from drafter.domain import Finding

_HAN = "[\u4e00-\u9fff]"
_LISTS = re.compile(f"{_HAN}{{2,6}}(?:、{_HAN}{{2,6}})+")
_INNER = re.compile(f"、({_HAN}{{2,4}})(?=、)")
_NAMED = re.compile(f"{_HAN}+")
_COUNTED = re.compile(r"\d[万亿千百]?$")  # 3.6万条、块石 lists no 万条
_GOES_ON = re.compile(f"{_HAN}{{1,3}}、")
_SHORTEST = 2
_NAME = 3  # two personal names of a family may differ in one character


_ENDINGS = ("村", "社区", "镇", "乡", "县", "组")
_BEHIND_LIST = "各等共均"


def check_lists(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the members of a draft's lists that stand for another one of a fact's list."""
    lists = [
        (line, members)
        for line in index.lines
        for m in _LISTS.finditer(line.text)
        if not _COUNTED.search(line.text, 0, m.start() + 1)
        for members in _forms([member.rstrip(_BEHIND_LIST) for member in m[0].split("、")])
    ]
    for clause in clauses if lists else ():
        found = (_put(clause, members, line, index) for line, members in lists)
        finding = next((f for f in found if f), None) if "、" in clause.text else None
        if finding:
            yield finding


def _forms(members: list[str]) -> Iterator[list[str]]:
    """Yield a list as it is and without the ending that all share: 黄泥、东冲 of 黄泥村、东冲村."""
    yield members
    ending = next((end for end in _ENDINGS if all(m.endswith(end) for m in members)), "")
    stems = [m.removesuffix(ending) for m in members]
    if ending and all(len(stem) >= _SHORTEST for stem in stems):
        yield stems


def _put(clause: Clause, members: Sequence[str], line: Line, index: FactIndex) -> Finding | None:
    """Return the finding where exactly one of a fact's members is left out, another one said."""
    left_out = [m for m in members if m not in clause.sentence]
    if members[0][-_SHORTEST:] in clause.sentence:
        left_out = [m for m in left_out if m != members[0]]  # 主销虾皮 heads its list
    if len(left_out) != 1 or len(left_out[0]) > 4:
        return None
    missing, size = left_out[0], len(left_out[0])
    for member in (m for m in members if m != missing):
        for start in _beside(member, size, clause.text):
            said = clause.text[start : start + size]
            if _stands_for(said, missing, index):
                return _finding(clause, start, said, missing, line)
    for match in _INNER.finditer(clause.text):
        around = clause.text[: match.start()], clause.text[match.end() + 1 :]
        listed = any(around[0].endswith(m) or around[1].startswith(m) for m in members)
        if listed and not set(match[1]) & set(missing) and match[1] not in index.bare:
            return _finding(clause, match.start(1), match[1], missing, line)
    return None


def _beside(member: str, size: int, text: str) -> Iterator[int]:
    """Yield where a text lists words of a size right behind a member, and right before it."""
    at = text.find(member)
    end = at + len(member)
    if at >= 0 and text[end : end + 1] == "、" and not _GOES_ON.match(text, end + 1 + size):
        yield end + 1
    if at > size and text[at - 1] == "、":
        yield at - 1 - size


def _stands_for(said: str, missing: str, index: FactIndex) -> bool:
    if len(said) < len(missing) or not _NAMED.fullmatch(said) or "等" in said:
        return False
    if len(said) > _NAME and one_differs(said, missing) and said not in index.bare:
        return said[:_SHORTEST] not in common_pairs() and not is_word(said[:_SHORTEST])
    if any(said[i : i + 2] in index.bare for i in range(1, len(said) - 1)) or said in index.bare:
        return False
    if synonymous(said, missing) or said.startswith(missing):
        return False
    named = len(said) == len(missing) <= _NAME and said[0] == missing[0]
    named = named and said not in common_pairs()
    headed = said[-1] == missing[-1]  # 中山 and 佛山 have only their head in common
    common = set(said[:-1]) & set(missing[:-1]) if headed else set(said) & set(missing)
    return not common or named


def _finding(clause: Clause, at: int, said: str, fact: str, line: Line) -> Finding:
    start = clause.start + at
    message = f"“{said}”与事实{line.fact_id}“{line.text}”不一致，事实是“{fact}”。"
    end, ids = start + len(said), (line.fact_id,)
    return Finding(start, end, said, "wrong_entity", "confirm", message, fact, ids)
