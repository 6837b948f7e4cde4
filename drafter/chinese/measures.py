"""What stands behind a number: measures and classifiers, with their dimension and worth."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from drafter.resources import lexicon


class Measure(NamedTuple):
    """A measure word; one of it is ``numerator / denominator`` base units of ``dimension``."""

    surface: str
    dimension: str
    numerator: Decimal
    denominator: Decimal

    def to_base(self, number: Decimal) -> Decimal:
        """Return a number of this measure in the base unit of its dimension."""
        if self.numerator == self.denominator:
            return number
        return number * self.numerator / self.denominator


NO_MEASURE = Measure("", "number", Decimal(1), Decimal(1))
_LOOSE = frozenset("个项件处条起类种块座家所套台")
_EITHER = re.compile("(?P<first>[^（）]+)（(?P<second>[^（）]+)）(?P<behind>次?)")
_SECONDS = re.compile("[、/]")


@cache
def measures() -> dict[str, Measure | None]:
    """Return every measure by its surface; ``None`` marks a word that is none (支部, 名单).

    A guard may name the shorter measure that the word begins with (个村民: 个).
    """
    table: dict[str, Measure | None] = {}
    for line in lexicon("chinese", "classifiers.tsv"):
        surface, _, group = line.partition("\t")
        table[surface] = Measure(surface, f"count:{group or surface}", Decimal(1), Decimal(1))
    for line in lexicon("chinese", "units.tsv"):
        surface, dimension, numerator, denominator = line.split("\t")
        table[surface] = Measure(surface, dimension, Decimal(numerator), Decimal(denominator))
    for line in lexicon("chinese", "classifier_guards.txt"):
        word, _, inner = line.partition("\t")
        table.setdefault(word, table[inner] if inner else None)
    return table


@cache
def _longest() -> int:
    return max(map(len, measures()))


def measure_at(text: str, at: int) -> Measure | None:
    """Return the longest measure that begins at ``at``; ``None`` where there is none."""
    table = measures()
    for length in range(min(_longest(), len(text) - at), 0, -1):
        surface = text[at : at + length]
        if surface in table:
            return table[surface]
    return None


def found_measure(surface: str) -> Measure:
    """Return a measure by its surface, or the empty one."""
    return measures().get(surface) or NO_MEASURE


def in_either(first: Measure, second: str, behind: str = "") -> Measure:
    """Return the measure of 头（只） and 头（只）次: what is counted in one or in the other."""
    surface = f"{first.surface}（{second}）{behind}"
    return first._replace(surface=surface, dimension=f"count:{surface}")


@cache
def counted_in(dimension: str) -> frozenset[str]:
    """Return the classifiers a count may be read in: 头（只） 头 or 只, 人（次） 人 or 人次."""
    name = dimension[6:]
    match = _EITHER.fullmatch(name)
    if match is None:
        return frozenset({name})
    first, behind = match["first"], match["behind"]
    found = {_group(first + behind)}
    for second in _SECONDS.split(match["second"]):
        joined = measures().get(first + second)
        whole = joined is not None and not _EITHER.search(joined.dimension)
        found.add(_group(first + second if whole else second + behind))
    return frozenset(found)


def _group(surface: str) -> str:
    return found_measure(surface).dimension.removeprefix("count:")


def compatible(one: str, other: str) -> bool:
    """Tell whether two dimensions may count the same thing (个/项/件 …, or one has no measure)."""
    if one == other or "proportion" in (one, other):
        return one == other
    if "number" in (one, other):
        return True
    if one.startswith("count:") and other.startswith("count:"):
        a, b = counted_in(one), counted_in(other)
        return not a.isdisjoint(b) or not (a.isdisjoint(_LOOSE) or b.isdisjoint(_LOOSE))
    return False
