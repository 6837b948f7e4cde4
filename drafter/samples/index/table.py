"""The common-run index for many texts: a few arrays, built at once, memory-mapped from a folder.

Every ``step``-th gram of every text (see ``runs``) is an entry. Entries are sorted by bucket, the
upper bits of their gram's hash; ``heads[bucket]`` is where a bucket begins, ``places`` are the
entries' numbers in reading order over all texts. A run is longer than a gram by some characters,
half of which stand on one of its sides: ``left`` and ``right`` are 8 bits of the hash of the gram
with so many characters before and behind it, and an entry is looked at only where one of them
agrees. 6.3 bytes an entry, 0.9 bytes a character of text, 0.8 where it is compact.

What is looked up is compared character by character, all entries at once. Neighbouring entries of
a run make one stretch; beyond its outer entries it goes on for less than ``step`` characters.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from drafter.samples.index.runs import MIN_RUN, REPEATS, Run, gram_length, search

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
Points = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.signedinteger[Any]]
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
ARRAYS = ("heads", "places", "left", "right", "firsts", "repetitive")
DRAFT_EDGE, TEXT_EDGE = 0x110000, 0x110001
"""No code points: what stands beyond the ends of a draft and of a text, and never agrees."""
BUCKET = 16
"""Entries in a bucket, at most and on average; fewer would need more buckets, no less time."""
SPAN = np.int64(1 << 40)


class Runs(NamedTuple):
    """Runs as arrays, ordered by text and start; see ``runs.Run``."""

    start: Numbers
    end: Numbers
    where: Numbers
    place: Numbers

    def of(self, chosen: Any) -> Runs:
        """Return the runs at an array of places, or where a mask is true."""
        return Runs(*(column[chosen] for column in self))


class RunTable:
    """The grams of some texts in arrays; ``texts[number]`` is asked for when one must be read."""

    def __init__(
        self,
        arrays: dict[str, npt.NDArray[Any]],
        texts: Sequence[str],
        min_run: int,
        compact: bool = False,
    ) -> None:
        self.texts = texts
        self.min_run = min_run
        self._k, self._step = gram_length(min_run, compact)
        self._arrays = arrays
        self._shift = np.uint64(64 - (len(arrays["heads"]) - 2).bit_length())
        self._whole: tuple[Points, Numbers] | None = None

    @classmethod
    def build(cls, texts: Sequence[str], min_run: int = MIN_RUN, compact: bool = False) -> RunTable:
        """Index texts; time and memory are linear in their characters."""
        k, step = gram_length(min_run, compact)
        parts: list[Grams] = []
        repetitive: list[int] = []
        for number, text in enumerate(texts):
            grams = _grams(text, min_run, k, step)
            if _most_repeated(grams.hashes) > REPEATS:
                repetitive.append(number)
                grams = _grams("", min_run, k, step)
            parts.append(grams)
        firsts = np.cumsum([0, *(len(part.hashes) for part in parts)], dtype=np.int64)
        arrays = _buckets(parts or [_grams("", min_run, k, step)])
        arrays |= {"firsts": firsts, "repetitive": np.array(repetitive, dtype=np.int64)}
        return cls(arrays, texts, min_run, compact)

    def save(self, folder: Path) -> None:
        """Write the arrays into a new folder; it appears complete or not at all.

        Where another process was faster, its folder stays: the arrays are the same.
        """
        unfinished = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
        for name in ARRAYS:
            np.save(unfinished / f"{name}.npy", self._arrays[name])
        try:
            unfinished.rename(folder)
        except OSError:
            shutil.rmtree(unfinished)
            if not folder.is_dir():
                raise

    @classmethod
    def load(
        cls, folder: Path, texts: Sequence[str], min_run: int = MIN_RUN, compact: bool = False
    ) -> RunTable:
        """Open saved arrays, memory-mapped and read-only."""
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
        return cls(arrays, texts, min_run, compact)

    def keep_texts(self) -> None:
        """Keep the code points of all texts, for whoever asks about all of them."""
        self._whole = self._join(range(len(self.texts)))

    def find(self, draft: str) -> list[Run]:
        """Return all runs of the draft, as ``RunIndex.find`` does."""
        found = zip(*(column.tolist() for column in self.runs(draft)), strict=True)
        runs = (Run(*one) for one in found)
        return sorted(runs, key=lambda run: (run.start, -run.end, run.where))

    def runs(self, draft: str, wanted: Mask | None = None) -> Runs:
        """Return the runs of the draft as arrays; ``wanted`` says for each text if it counts."""
        wanted = np.ones(len(self.texts), bool) if wanted is None else wanted
        points = _points(draft, self._step, DRAFT_EDGE)
        parts = [self._stretches(draft, points, wanted)]
        for where in self._arrays["repetitive"].tolist():
            if wanted[where]:
                found = list(search(draft, self.texts[where], where, self.min_run))
                parts.append(Runs(*np.array(found, dtype=np.int64).reshape(-1, 4).T))
        whole = Runs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
        return _longest(whole.of(whole.end - whole.start >= self.min_run))

    def _stretches(self, draft: str, points: Points, wanted: Mask) -> Runs:
        """Return the stretches that the entries of the table agree with, as long as they go."""
        start, where, place = self._entries(draft, wanted)
        others, offsets = self._whole or self._join(np.unique(where).tolist())
        at = offsets[where] + place if len(where) else place
        same = np.ones(len(start), bool)
        for offset in range(self._k):
            same &= points[start + self._step + offset] == others[at + offset]
        start, where, place, at = start[same], where[same], place[same], at[same]
        order = np.lexsort((start, place - start, where))
        start, where, place, at = start[order], where[order], place[order], at[order]
        gap = (np.diff(where) != 0) | (np.diff(place - start) != 0) | (np.diff(start) != self._step)
        for offset in range(self._k, self._step):
            gap |= (points[start + self._step + offset] != others[at + offset])[:-1]
        first = np.flatnonzero(np.concatenate([[True], gap])) if len(start) else start
        last = np.append(first[1:], len(start)) - 1 if len(start) else start
        before = self._beyond(points, others, start[first] + self._step, at[first], -1)
        behind = self._beyond(
            points, others, start[last] + self._step + self._k - 1, at[last] + self._k - 1, 1
        )
        begin = start[first] - before
        return Runs(begin, start[last] + self._k + behind, where[first], place[first] - before)

    def _beyond(
        self, points: Points, others: Points, one: Numbers, other: Numbers, way: int
    ) -> Numbers:
        """Return how many characters agree beyond these places; fewer than ``step``."""
        count = np.zeros(len(one), np.int64)
        going = np.ones(len(one), bool)
        for distance in range(1, self._step):
            going &= points[one + way * distance] == others[other + way * distance]
            count += going
        return count

    def _entries(self, draft: str, wanted: Mask) -> tuple[Numbers, Numbers, Numbers]:
        """Look up every gram of the draft: its start, the text and the place in it."""
        grams = _grams(draft, self.min_run, self._k, 1)
        arrays = self._arrays
        buckets = (grams.hashes >> self._shift).astype(np.int64)
        low = arrays["heads"][buckets].astype(np.int64)
        count = arrays["heads"][buckets + 1].astype(np.int64) - low
        starts = np.repeat(np.arange(len(buckets)), count)
        entries = np.arange(len(starts)) + np.repeat(low - (np.cumsum(count) - count), count)
        same = arrays["left"][entries] == grams.left[starts]
        same |= arrays["right"][entries] == grams.right[starts]
        starts, numbers = starts[same], arrays["places"][entries[same]].astype(np.int64)
        where = np.searchsorted(arrays["firsts"], numbers, side="right") - 1
        own = wanted[where]
        starts, numbers, where = starts[own], numbers[own], where[own]
        return starts, where, (numbers - arrays["firsts"][where]) * self._step

    def _join(self, numbers: Iterable[int]) -> tuple[Points, Numbers]:
        """Return the code points of texts in one array, and by text where each begins there."""
        offsets = np.zeros(len(self.texts) + 1, np.int64)
        parts: list[Points] = [np.zeros(0, np.uint32)]
        length = 0
        for number in numbers:
            parts.append(_points(self.texts[number], self._step, TEXT_EDGE))
            offsets[number] = length + self._step
            length += len(parts[-1])
        return np.concatenate(parts), offsets


def _points(text: str, margin: int, edge: int) -> Points:
    points = np.full(len(text) + 2 * margin, edge, np.uint32)
    whole = text.encode("utf-32-le", "surrogatepass")
    points[margin : margin + len(text)] = np.frombuffer(whole, np.uint32)
    return points


def _longest(runs: Runs) -> Runs:
    """Return the runs that lie within no other of the same text, each at its first place."""
    runs = runs.of(np.lexsort((runs.place, -runs.end, runs.start, runs.where)))
    reach = runs.where * SPAN + runs.end
    farthest = np.maximum.accumulate(reach)
    return runs.of(np.concatenate([[True], reach[1:] > farthest[:-1]])) if len(reach) else runs


class Grams(NamedTuple):
    """The grams of a text: their hashes, and 8 bits of each with what stands on either side."""

    hashes: Words
    left: Bytes
    right: Bytes


def _grams(text: str, min_run: int, k: int, step: int) -> Grams:
    side = (min_run - k + 1) // 2
    count = max(0, (len(text) - k) // step + 1)
    points = _points(text, side, 0).astype(np.uint64)
    hashes = _mixed(points, range(side, side + k), step, count)
    before = _mixed(points, range(side), step, count)
    behind = _mixed(points, range(side + k, 2 * side + k), step, count)
    return Grams(hashes, (hashes ^ before).astype(np.uint8), (hashes ^ behind).astype(np.uint8))


def _mixed(points: Words, offsets: range, step: int, count: int) -> Words:
    """Return a hash of the code points at these offsets from every ``step``-th place."""
    total = np.zeros(count, np.uint64)
    for offset in offsets:
        total += points[offset : offset + count * step : step][:count]
        total *= MULTIPLIER
        total ^= total >> np.uint64(29)
    return total


def _most_repeated(hashes: Words) -> int:
    return int(np.unique(hashes, return_counts=True)[1].max()) if len(hashes) else 0


def _buckets(parts: Sequence[Grams]) -> dict[str, npt.NDArray[Any]]:
    hashes = np.concatenate([part.hashes for part in parts])
    bits = max(1, (len(hashes) // BUCKET).bit_length())
    buckets = (hashes >> np.uint64(64 - bits)).astype(np.uint32)
    order = np.argsort(buckets, kind="stable")
    counts = np.bincount(buckets, minlength=2**bits)
    return {
        "heads": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        "places": order.astype(np.uint32),
        "left": np.concatenate([part.left for part in parts])[order],
        "right": np.concatenate([part.right for part in parts])[order],
    }
