"""How alike two stretches of Chinese are: weighted characters and character pairs they share.

A pair that stands in few of the facts tells more than one in many (inverse document frequency over
the facts of this job); verbs of office prose and function characters tell little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from drafter.resources import lexicon

_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_FUNCTION = frozenset("的了和与及等共在对为以将有个是由到把被其并且或于各本该中上下内年月日第")
_SINGLE_WEIGHT = 0.25
_COMMON_WEIGHT = 0.2
_UNKNOWN = 1.0


@cache
def common_words() -> frozenset[str]:
    """Return the words of office prose that bind nothing (开展, 累计 …)."""
    return frozenset(lexicon("checking", "common_words.txt"))


def grams(text: str) -> frozenset[str]:
    """Return the characters and pairs of neighbouring characters of a text (no digits, marks)."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found - _FUNCTION)


class Weights:
    """The weight of each gram over a set of texts (the facts of one job)."""

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [grams(text) for text in texts]
        counts = Counter(gram for found in sets for gram in found)
        total = len(sets) + 1
        common = common_words()
        self._weights: Mapping[str, float] = {
            gram: self._weight(gram, math.log(1 + total / count), common)
            for gram, count in counts.items()
        }

    @staticmethod
    def _weight(gram: str, idf: float, common: frozenset[str]) -> float:
        if gram in common:
            return idf * _COMMON_WEIGHT
        return idf * (_SINGLE_WEIGHT if len(gram) == 1 else 1.0)

    def mass(self, found: Iterable[str]) -> float:
        """Return the summed weight of grams; one that no fact holds counts 1, a char 0.25."""
        weights = self._weights
        return math.fsum(weights.get(g, _UNKNOWN if len(g) > 1 else _SINGLE_WEIGHT) for g in found)

    def shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Return the weight of what both hold."""
        return self.mass(a & b)
