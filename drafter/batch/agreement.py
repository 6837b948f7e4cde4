"""Statements about the level above that units give with different figures.

What a paper says of its own township differs from its neighbour's and has to; what it says of the
county is the same fact in every paper, and a difference is a slip of somebody's pen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from drafter.batch.record import Difference
from drafter.chinese.quantities import find_figures
from drafter.domain import Figure
from drafter.resources import lexicon

_CLAUSE = re.compile(r"[^，。；！？\n]+")
_MOMENT = re.compile(r"^(?:(?:19|20)\d\d年|今年|去年|上半年|目前|截至[^全省市县]{1,8})+")
_SPACE = re.compile(r"\s+")
_SLOT = "〔数〕"


@dataclass(frozen=True, slots=True)
class _Statement:
    """A clause as written, and the range of each of its figures."""

    clause: str
    values: tuple[tuple[Decimal, Decimal], ...]

    def agrees(self, other: _Statement) -> bool:
        """Tell whether all figures may be the same: 1,280 and 1280, 近1300 and 1290."""
        pairs = zip(self.values, other.values, strict=True)
        return all(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs)


def differences(texts: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return, by unit, the statements about the level above whose figures others give otherwise.

    What most papers say is taken as the standard; where nothing has a majority, every paper that
    makes the statement is listed.
    """
    papers: dict[str, dict[str, _Statement]] = {}
    for unit, text in texts.items():
        for pattern, statement in _statements(text):
            papers.setdefault(pattern, {}).setdefault(unit, statement)
    found = [one for made in papers.values() for one in _differing(made)]
    order = {unit: place for place, unit in enumerate(texts)}
    return tuple(sorted(found, key=lambda one: order[one.unit]))


def _statements(text: str) -> Iterator[tuple[str, _Statement]]:
    for match in _CLAUSE.finditer(text):
        clause = _SPACE.sub("", match.group())
        if not _is_about_above(clause):
            continue
        figures = find_figures(clause)
        values = tuple((figure.low, figure.high) for figure in figures)
        if figures:
            yield _pattern(clause, figures), _Statement(clause, values)


def _is_about_above(clause: str) -> bool:
    """Tell whether the level above is what a clause speaks of, and no township's place in it."""
    subject = _MOMENT.sub("", clause)
    scopes, comparisons = lexicon("batch", "scopes.txt"), lexicon("batch", "comparisons.txt")
    return subject.startswith(scopes) and not any(word in clause for word in comparisons)


def _pattern(clause: str, figures: Sequence[Figure]) -> str:
    parts, end = [], 0
    for figure in figures:
        parts += [clause[end : figure.start], _SLOT, figure.unit]
        end = figure.end
    return "".join([*parts, clause[end:]])


def _differing(made: Mapping[str, _Statement]) -> Iterator[Difference]:
    counts = Counter(statement.values for statement in made.values())
    if len(counts) < 2:
        return
    (usual, most), (second, next_most) = counts.most_common(2)
    shown = {statement.values: statement for statement in reversed(list(made.values()))}
    for unit, statement in made.items():
        other = shown[usual if statement.values != usual else second]
        stands = statement.values == usual and most > next_most
        if not stands and not statement.agrees(other):
            yield Difference(unit, statement.clause, other.clause, counts[other.values])
