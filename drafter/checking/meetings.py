"""A meeting that a draft holds on a day on which the facts have another one.

2月10日召开的镇党员代表大会 is at odds with 2月10日召开机关作风建设大会.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.checking.context import Clause
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import common_words, grams
from drafter.checking.names import Name, names_in
from drafter.chinese.dates import find_dates
from drafter.domain import DateMention, Finding

_KIND = "meeting"


def check_meetings(clauses: Sequence[Clause], index: FactIndex) -> Iterator[Finding]:
    """Yield the meetings of dated clauses that no fact has, where a fact of that day has others."""
    held = [(line, found) for line in index.lines if (found := _meetings(line.text))]
    for clause in clauses if held else ():
        own = [m for m in _meetings(clause.text) if m.text not in index.bare]
        days = _days(find_dates(clause.text)) if own else set()
        for line, theirs in held if days else ():
            if days & _days(line.dates) and not any(_alike(own[0], m) for m in theirs):
                yield _finding(clause, own[0], theirs[0], line)
                break


def _meetings(text: str) -> list[Name]:
    return [name for name in names_in(text) if name.kind == _KIND and name.sure]


def _days(dates: Sequence[DateMention]) -> set[tuple[int, int]]:
    return {(d.month, d.day) for d in dates if d.kind == "day" and d.month and d.day}


def _alike(ours: Name, theirs: Name) -> bool:
    """Tell whether two meetings may be one: the words before their endings share a pair."""
    cores = (grams(name.text.removesuffix(name.ending)) for name in (ours, theirs))
    one, other = ({gram for gram in core if len(gram) > 1} - common_words() for core in cores)
    return not one or not other or not one.isdisjoint(other)


def _finding(clause: Clause, ours: Name, theirs: Name, line: Line) -> Finding:
    start = clause.start + ours.start
    message = (
        f"“{ours.text}”与事实{line.fact_id}“{line.text}”不一致，当天的会议事实是“{theirs.text}”。"
    )
    span = (start, start + len(ours.text), ours.text)
    return Finding(*span, "wrong_entity", "confirm", message, theirs.text, (line.fact_id,))
