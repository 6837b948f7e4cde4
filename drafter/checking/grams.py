"""How alike two stretches of Chinese are: weighted characters and character pairs they share.

A pair that stands in few of the facts tells more than one in many (inverse document frequency over
the facts of this job); verbs of office prose and function characters tell little.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from heapq import nsmallest
from operator import add

from drafter.resources import lexicon

_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_FUNCTION = frozenset("的了和与及等共在对为以将有个是由到把被其并且或于各本该中上下内年月日第")
_SINGLE_WEIGHT = 0.25
_COMMON_WEIGHT = 0.2
_UNKNOWN = 1.0
_FEW = 256  # rows up to which plain lists are faster than arrays
_REMEMBERED = 2**18  # how many weights a table keeps of what was asked before
_BEFORE_LISTING = 4  # questions to a table that do not pay for listing its rows by gram
_STEP = 2**20  # weights are multiples of its inverse: their sums are exact in any order


@cache
def common_words() -> frozenset[str]:
    """Return the words of office prose that bind nothing (开展, 累计 …)."""
    return frozenset(lexicon("checking", "common_words.txt"))


@lru_cache(maxsize=8192)
def grams(text: str) -> frozenset[str]:
    """Return the characters and pairs of neighbouring characters of a text (no digits, marks)."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(run)
        found.update(map(add, run, run[1:]))
    return frozenset(found - _FUNCTION)


class _Default(dict[str, float]):
    """Weights by gram; one that no text holds counts 1, a single character 0.25."""

    def __missing__(self, gram: str) -> float:
        return _UNKNOWN if len(gram) > 1 else _SINGLE_WEIGHT


class Weights:
    """The weight of each gram over a set of texts (the facts of one job)."""

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [grams(text) for text in texts]
        counts = Counter(gram for found in sets for gram in found)
        total = len(sets) + 1
        common = common_words()
        self._weights = _Default(
            (gram, self._weight(gram, math.log(1 + total / count), common))
            for gram, count in counts.items()
        )
        self.of = self._weights.__getitem__

    @staticmethod
    def _weight(gram: str, idf: float, common: frozenset[str]) -> float:
        if gram in common:
            weight = idf * _COMMON_WEIGHT
        else:
            weight = idf * (_SINGLE_WEIGHT if len(gram) == 1 else 1.0)
        return round(weight * _STEP) / _STEP

    def mass(self, found: Iterable[str]) -> float:
        """Return the summed weight of grams."""
        return sum(map(self.of, found))

    def shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the weight of what both hold."""
        return self.mass(a & b)


class GramTable:
    """Sets of grams in rows: one call tells what each of them shares with another set.

    The first questions are answered row by row. After these the rows are listed by gram: then the
    time goes with the rows that hold a gram asked for, not with all rows.
    """

    def __init__(self, sets: Sequence[frozenset[str]], weights: Weights) -> None:
        places: dict[frozenset[str], int] = {}
        self._which = [places.setdefault(found, len(places)) for found in sets]
        self._sets = list(places)  # the figures of one clause have one set
        self._size = len(self._sets)
        self._weights = weights
        self._remembered: dict[frozenset[str], list[float]] = {}
        self._masses: list[float] | None = None
        self._rows: Mapping[str, Sequence[int]] = {}

    @property
    def masses(self) -> list[float]:
        """Return the weight of each row's grams."""
        if self._masses is None:
            masses = [self._weights.mass(found) for found in self._sets]
            self._masses = [masses[at] for at in self._which]
        return self._masses

    def shared(self, found: frozenset[str]) -> list[float]:
        """Return for each row the weight of what it shares with a set of grams (not to be changed).

        The figures of one clause or sentence ask for the same.
        """
        known = self._remembered.get(found)
        if known is None:
            if len(self._remembered) * len(self._which) > _REMEMBERED:
                self._remembered.clear()
            if len(self._remembered) == _BEFORE_LISTING:
                self._list_rows()
            values = self._asked(found)
            known = self._remembered[found] = [values[at] for at in self._which]
        return known

    def _asked(self, found: frozenset[str]) -> list[float]:
        if not self._rows:
            return [self._weights.shared(found, held) for held in self._sets]
        return self._by_row(found) if self._size <= _FEW else self._by_array(found)

    def _list_rows(self) -> None:
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row, found in enumerate(self._sets):
            for gram in found:
                rows[gram].append(row)
        self._rows = rows
        if self._size > _FEW:
            import numpy as np  # noqa: PLC0415 - loaded for long lists of facts only

            self._arrays = {gram: np.array(held, dtype=np.intp) for gram, held in rows.items()}

    def _by_row(self, found: Iterable[str]) -> list[float]:
        total = [0.0] * self._size
        for gram in found:
            rows = self._rows.get(gram)
            if rows is not None:
                weight = self._weights.of(gram)
                for row in rows:
                    total[row] += weight
        return total

    def _by_array(self, found: Iterable[str]) -> list[float]:
        import numpy as np  # noqa: PLC0415

        total = np.zeros(self._size)
        for gram in found:
            rows = self._arrays.get(gram)
            if rows is not None:
                total[rows] += self._weights.of(gram)
        return [float(value) for value in total.tolist()]


def largest(values: Sequence[float], count: int) -> list[int]:
    """Return the places of the largest values above nought, largest first, ties in order."""
    places = [at for at, value in enumerate(values) if value > 0]
    if len(places) > count:
        return nsmallest(count, places, key=lambda at: (-values[at], at))
    return sorted(places, key=lambda at: (-values[at], at))
