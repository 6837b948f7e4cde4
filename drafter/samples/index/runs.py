"""Common runs: every stretch of at least ``min_run`` characters that a draft shares with a sample.

A run is a stretch of the draft that stands in the sample character for character (nothing is
normalised: punctuation and white space count as they stand) and that cannot be made longer to
either side and still be found anywhere in that sample. For each run of the draft and each sample
there is one answer, with the first place in the sample.

Any stretch of ``min_run`` characters holds, wherever it lies, a whole gram of ``k`` characters that
begins at a multiple of ``step``, if ``k + step = min_run + 1``. So only every ``step``-th place of
a sample is indexed, every place of the draft is looked up, and what is found is extended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

MIN_RUN = 13
STRIDE = 16
LEAST_GRAM = 5
"""Shorter grams stand everywhere; a compact index takes none, where the run leaves the choice."""
REPEATS = 64
"""A text with a gram more often than this is searched instead (ruled lines, hostile repetition)."""


class Run(NamedTuple):
    """``draft[start:end] == text number ``where``[place:place + end - start]``."""

    start: int
    end: int
    where: int
    place: int


def gram_length(min_run: int, compact: bool = False) -> tuple[int, int]:
    """Return ``(k, step)``: the gram's length and the distance of indexed places.

    ``compact``: fewer places, 7 for 8, and more of them are looked at in vain, half as many again.
    Raises ValueError where ``min_run`` is less than 2.
    """
    if min_run < 2:
        raise ValueError(f"min_run must be at least 2, not {min_run}")
    k = max(min_run // 2, min(min_run - 1, LEAST_GRAM)) if compact else min_run // 2 + 1
    return k, min_run + 1 - k


class RunIndex:
    """The grams of some texts, in memory; ``add`` takes one more text at any time.

    Building is linear in the texts' characters, ``find`` in the draft's characters and the
    places found. ``min_run`` is at least 2.
    """

    def __init__(self, texts: Iterable[str] = (), min_run: int = MIN_RUN) -> None:
        self.min_run = min_run
        self.texts: list[str] = []
        self._k, self._step = gram_length(min_run)
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._repetitive: set[int] = set()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> int:
        """Index one more text and return its number."""
        where = len(self.texts)
        self.texts.append(text)
        own: dict[str, list[tuple[int, int]]] = {}
        for place in range(0, len(text) - self._k + 1, self._step):
            own.setdefault(text[place : place + self._k], []).append((where, place))
        if any(len(places) > REPEATS for places in own.values()):
            self._repetitive.add(where)
            return where
        for gram, places in own.items():
            self._places.setdefault(gram, []).extend(places)
        return where

    def find(self, draft: str) -> list[Run]:
        """Return all runs of the draft, by start, longest first, then by text."""
        found: dict[int, list[Run]] = {}
        for run in extended(self._hits(draft), draft, self.texts):
            if run.end - run.start >= self.min_run:
                found.setdefault(run.where, []).append(run)
        runs = [run for one in found.values() for run in longest(one)]
        for where in self._repetitive:
            runs.extend(search(draft, self.texts[where], where, self.min_run))
        return sorted(runs, key=lambda run: (run.start, -run.end, run.where))

    def _hits(self, draft: str) -> Iterator[tuple[int, int, int]]:
        places, k = self._places, self._k
        for start in range(len(draft) - k + 1):
            for where, place in places.get(draft[start : start + k], ()):
                yield start, where, place


def extended(
    hits: Iterable[tuple[int, int, int]], draft: str, texts: Sequence[str]
) -> Iterator[Run]:
    """Yield each hit (start in the draft, text, place in it) made as long as it goes, once."""
    reached: dict[tuple[int, int], int] = {}
    for start, where, place in hits:
        diagonal = (where, place - start)
        if reached.get(diagonal, 0) > start:
            continue
        text = texts[where]
        left = _common_before(draft, start, text, place)
        end = start + _common_after(draft, start, text, place)
        reached[diagonal] = end
        yield Run(start - left, end, where, place - left)


def longest(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs of one text that lie within no other of its runs, each at its first place."""
    reached = 0
    for run in sorted(runs, key=lambda run: (run.start, -run.end, run.place)):
        if run.end > reached:
            reached = run.end
            yield run


def search(draft: str, text: str, where: int, min_run: int) -> Iterator[Run]:
    """Yield the runs of one text without an index, by asking twice a character at most."""
    end = reached = 0
    for start in range(len(draft) - min_run + 1):
        if end - start < min_run:
            if draft[start : start + min_run] not in text:
                continue
            end = start + min_run
        while end < len(draft) and draft[start : end + 1] in text:
            end += 1
        if end > reached:
            reached = end
            yield Run(start, end, where, text.find(draft[start:end]))


def _common_after(a: str, i: int, b: str, j: int) -> int:
    """Return how many characters of ``a[i:]`` and ``b[j:]`` agree."""
    same, reach = 0, STRIDE
    while a[i : i + reach] == b[j : j + reach] and i + reach <= len(a) and j + reach <= len(b):
        i, j, same = i + reach, j + reach, same + reach
        reach *= 2
    while reach > STRIDE:
        reach //= 2
        if a[i : i + reach] == b[j : j + reach] and i + reach <= len(a) and j + reach <= len(b):
            i, j, same = i + reach, j + reach, same + reach
    for x, y in zip(a[i : i + STRIDE], b[j : j + STRIDE], strict=False):
        if x != y:
            break
        same += 1
    return same


def _common_before(a: str, i: int, b: str, j: int) -> int:
    """Return how many characters before ``a[i]`` and ``b[j]`` agree."""
    same = 0
    most = min(i, j)
    while same < most and a[i - same - 1] == b[j - same - 1]:
        same += 1
    return same


# --------------------------------------------------------------------------- allowed wording


class Allowed:
    """Wording that does not count: phrases, or whole documents handed down from above.

    An entry shorter than ``min_run`` allows its own occurrences; a longer one every run of
    ``min_run`` or more characters that it shares with a draft.
    """

    def __init__(self, entries: Iterable[str], min_run: int = MIN_RUN) -> None:
        kept = [entry for entry in (entry.strip() for entry in entries) if entry]
        self.min_run = min_run
        self._short = [entry for entry in kept if len(entry) < min_run]
        self._long = RunIndex((entry for entry in kept if len(entry) >= min_run), min_run)

    def marks(self, draft: str) -> bytearray:
        """Return a byte for each character of the draft, 1 where it is allowed wording."""
        marks = bytearray(len(draft))
        for entry in self._short:
            start = draft.find(entry)
            while start >= 0:
                marks[start : start + len(entry)] = b"\1" * len(entry)
                start = draft.find(entry, start + 1)
        if self._long.texts:
            for run in self._long.find(draft):
                marks[run.start : run.end] = b"\1" * (run.end - run.start)
        return marks

    def without(self, runs: Iterable[Run], marks: bytearray) -> list[Run]:
        """Return the runs that have at least ``min_run`` characters outside of allowed wording."""
        return [run for run in runs if marks.count(0, run.start, run.end) >= self.min_run]
