"""Words that exclude one another: the draft has one where the fact that it rests on has another.

Data: ``lexicons/exclusive.tsv`` (trend, praise and blame, who paid, people, crops, organs …).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from drafter.checking.context import Clause
from drafter.checking.factindex import Binding, FactIndex
from drafter.checking.grams import grams
from drafter.domain import Finding, Severity
from drafter.resources import lexicon

_LEAST = 0.34
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Family:
    """Sides that exclude one another; ``side`` maps each word to its side's number."""

    label: str
    side: dict[str, int]
    pattern: re.Pattern[str]

    def sides(self, text: str) -> set[int]:
        """Return the sides that a text takes."""
        return {self.side[word] for word in self.pattern.findall(text)}


@cache
def families() -> tuple[Family, ...]:
    """Return the families of the lexicon; words of one character are too short to judge by."""
    found = []
    for row in lexicon("checking", "exclusive.tsv"):
        label, *sides = row.split("\t")
        side = {
            word: number
            for number, words in enumerate(sides)
            for word in words.split("/")
            if len(word) > 1
        }
        pattern = re.compile("|".join(sorted(map(re.escape, side), key=len, reverse=True)))
        found.append(Family(label, side, pattern))
    return tuple(found)


class Opposites:
    """The families that this job's facts touch: no other can be at odds with them."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._families = [f for f in families() if f.pattern.search(index.text)]

    def check(self, clauses: Sequence[Clause]) -> list[Finding]:
        """Return the words of a draft that exclude what its facts say."""
        found: list[Finding] = []
        for clause in clauses:
            for family in self._families:
                if family.pattern.search(clause.text):
                    bindings = self._bind(family, clause)
                    found += self._odd(family, clause, bindings) if bindings else []
        return found

    def _bind(self, family: Family, clause: Clause) -> list[Binding]:
        """Return the facts that the clause rests on, by what it says beside the family's words."""
        rest = grams(family.pattern.sub(" ", clause.text))
        if not any(len(gram) > 1 for gram in rest):
            rest = grams(family.pattern.sub(" ", clause.sentence))
        return self._index.bind(rest, _LEAST)[:3]

    def _odd(self, family: Family, clause: Clause, bindings: Sequence[Binding]) -> list[Finding]:
        taken = family.sides(clause.sentence)
        best = bindings[0]
        theirs = family.sides(best.segment) or family.sides(best.line.text)
        if not theirs or taken & theirs:
            return []
        if any(b.cover >= _LEAST and family.sides(b.line.text) & taken for b in bindings):
            return []
        match = cast("re.Match[str]", family.pattern.search(clause.text))
        return [self._finding(family, clause, match, best)]

    @staticmethod
    def _finding(family: Family, clause: Clause, match: re.Match[str], best: Binding) -> Finding:
        start, end = clause.start + match.start(), clause.start + match.end()
        other = family.pattern.search(best.segment) or family.pattern.search(best.line.text)
        instead = other[0] if other else ""
        line = best.line
        message = f"“{match[0]}”与事实{line.fact_id}“{line.text}”不符，事实是“{instead}”。"
        severity: Severity = "block" if best.cover >= _SURE else "confirm"
        return Finding(
            start,
            end,
            match[0],
            family.label,
            severity,
            message,
            instead,
            (line.fact_id,),
        )
