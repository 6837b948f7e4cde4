"""The common-run index for many texts: a few arrays, built at once, memory-mapped from a folder.

Every ``step``-th gram of every text (see ``runs``) is an entry. Entries are sorted by bucket, the
upper bits of their gram's hash; ``heads[bucket]`` is where a bucket begins, ``places`` are the
entries' numbers in reading order over all texts. A run is longer than a gram by some characters,
half of which stand on one of its sides: ``left`` and ``right`` are 8 bits of the hash of the gram
with so many characters before and behind it, and an entry is looked at only where one of them
agrees. 7 bytes an entry, 1 byte a character of text.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from drafter.samples.index.runs import (
    MIN_RUN,
    REPEATS,
    Run,
    extended,
    gram_length,
    longest,
    search,
)

Words = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
ARRAYS = ("heads", "places", "left", "right", "firsts", "repetitive")


class RunTable:
    """The grams of some texts in arrays; ``texts[number]`` is asked for when one must be read."""

    def __init__(
        self, arrays: dict[str, npt.NDArray[Any]], texts: Sequence[str], min_run: int
    ) -> None:
        self.texts = texts
        self.min_run = min_run
        self._step = gram_length(min_run)[1]
        self._arrays = arrays
        self._shift = np.uint64(64 - (len(arrays["heads"]) - 2).bit_length())

    @classmethod
    def build(cls, texts: Sequence[str], min_run: int = MIN_RUN) -> RunTable:
        """Index texts; time and memory are linear in their characters."""
        step = gram_length(min_run)[1]
        parts: list[Grams] = []
        repetitive: list[int] = []
        for number, text in enumerate(texts):
            grams = _grams(text, min_run, step)
            if _most_repeated(grams.hashes) > REPEATS:
                repetitive.append(number)
                grams = _grams("", min_run, step)
            parts.append(grams)
        firsts = np.cumsum([0, *(len(part.hashes) for part in parts)], dtype=np.int64)
        arrays = _buckets(parts or [_grams("", min_run, step)])
        arrays |= {"firsts": firsts, "repetitive": np.array(repetitive, dtype=np.int64)}
        return cls(arrays, texts, min_run)

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
    def load(cls, folder: Path, texts: Sequence[str], min_run: int = MIN_RUN) -> RunTable:
        """Open saved arrays, memory-mapped and read-only."""
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
        return cls(arrays, texts, min_run)

    def find(self, draft: str, below: int | None = None) -> list[Run]:
        """Return all runs as ``RunIndex.find`` does, only those with texts before ``below``."""
        below = len(self._arrays["firsts"]) if below is None else below
        found: dict[int, list[Run]] = {}
        for run in extended(self._hits(draft, below), draft, self.texts):
            if run.end - run.start >= self.min_run:
                found.setdefault(run.where, []).append(run)
        runs = [run for one in found.values() for run in longest(one)]
        for where in self._arrays["repetitive"].tolist():
            if where < below:
                runs.extend(search(draft, self.texts[where], where, self.min_run))
        return sorted(runs, key=lambda run: (run.start, -run.end, run.where))

    def _hits(self, draft: str, below: int) -> Iterator[tuple[int, int, int]]:
        grams = _grams(draft, self.min_run, 1)
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
        wanted = where < below
        starts, numbers, where = starts[wanted], numbers[wanted], where[wanted]
        by_text = np.argsort(where, kind="stable")  # each text is opened once
        starts, numbers, where = starts[by_text], numbers[by_text], where[by_text]
        places = (numbers - arrays["firsts"][where]) * self._step
        yield from zip(starts.tolist(), where.tolist(), places.tolist(), strict=True)


class Grams(NamedTuple):
    """The grams of a text: their hashes, and 8 bits of each with what stands on either side."""

    hashes: Words
    left: Bytes
    right: Bytes


def _grams(text: str, min_run: int, step: int) -> Grams:
    k, _ = gram_length(min_run)
    side = (min_run - k + 1) // 2
    whole = text.encode("utf-32-le", "surrogatepass")
    count = max(0, (len(text) - k) // step + 1)
    points = np.zeros(len(text) + 2 * side, np.uint64)
    points[side : side + len(text)] = np.frombuffer(whole, np.uint32)
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
    bits = max(1, (len(hashes) // 4).bit_length())
    buckets = (hashes >> np.uint64(64 - bits)).astype(np.uint32)
    order = np.argsort(buckets, kind="stable")
    counts = np.bincount(buckets, minlength=2**bits)
    return {
        "heads": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        "places": order.astype(np.uint32),
        "left": np.concatenate([part.left for part in parts])[order],
        "right": np.concatenate([part.right for part in parts])[order],
    }
