"""The common-run index for many texts: three arrays, built at once, memory-mapped from a folder.

Every ``step``-th gram of every text (see ``runs``) is an entry. Entries are sorted by bucket, the
upper bits of their gram's hash; ``heads[bucket]`` is where a bucket begins, ``places`` are the
entries' numbers in reading order over all texts and ``prints`` 8 more bits of the hash, so that
few wrong texts are opened. About 6 bytes an entry, 0.9 bytes a character of text.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

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
MULTIPLIER = 0x9E3779B97F4A7C15
ARRAYS = ("heads", "places", "prints", "firsts", "repetitive")


class RunTable:
    """The grams of some texts in arrays; ``texts[number]`` is asked for when one must be read."""

    def __init__(
        self, arrays: dict[str, npt.NDArray[Any]], texts: Sequence[str], min_run: int
    ) -> None:
        self.texts = texts
        self.min_run = min_run
        self._k, self._step = gram_length(min_run)
        self._arrays = arrays
        self._shift = np.uint64(64 - (len(arrays["heads"]) - 2).bit_length())

    @classmethod
    def build(cls, texts: Sequence[str], min_run: int = MIN_RUN) -> RunTable:
        """Index texts; time and memory are linear in their characters."""
        k, step = gram_length(min_run)
        parts: list[Words] = []
        repetitive: list[int] = []
        for number, text in enumerate(texts):
            hashes = _hashes(text, k, step)
            if _most_repeated(hashes) > REPEATS:
                repetitive.append(number)
                hashes = hashes[:0]
            parts.append(hashes)
        firsts = np.cumsum([0, *(len(part) for part in parts)], dtype=np.int64)
        arrays = _buckets(np.concatenate(parts) if parts else np.zeros(0, np.uint64))
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
        hashes = _hashes(draft, self._k, 1)
        heads, firsts = self._arrays["heads"], self._arrays["firsts"]
        buckets = (hashes >> self._shift).astype(np.int64)
        low, high = heads[buckets].astype(np.int64), heads[buckets + 1].astype(np.int64)
        count = high - low
        starts = np.repeat(np.arange(len(hashes)), count)
        entries = np.arange(len(starts)) + np.repeat(low - (np.cumsum(count) - count), count)
        same = self._arrays["prints"][entries] == _prints(hashes)[starts]
        starts, numbers = starts[same], self._arrays["places"][entries[same]].astype(np.int64)
        where = np.searchsorted(firsts, numbers, side="right") - 1
        wanted = where < below
        starts, numbers, where = starts[wanted], numbers[wanted], where[wanted]
        places = (numbers - firsts[where]) * self._step
        yield from zip(starts.tolist(), where.tolist(), places.tolist(), strict=True)


def _hashes(text: str, k: int, step: int) -> Words:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = max(0, (len(points) - k) // step + 1)
    total = np.zeros(count, np.uint64)
    factor = np.uint64(MULTIPLIER)
    for offset in range(k):
        total = (total + points[offset : offset + count * step : step][:count]) * factor
        total ^= total >> np.uint64(29)
    return total


def _prints(hashes: Words) -> npt.NDArray[np.uint8]:
    return hashes.astype(np.uint8)


def _most_repeated(hashes: Words) -> int:
    return int(np.unique(hashes, return_counts=True)[1].max()) if len(hashes) else 0


def _buckets(hashes: Words) -> dict[str, npt.NDArray[Any]]:
    bits = max(1, (len(hashes) // 4).bit_length())
    buckets = (hashes >> np.uint64(64 - bits)).astype(np.uint32)
    order = np.argsort(buckets, kind="stable")
    counts = np.bincount(buckets, minlength=2**bits)
    return {
        "heads": np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        "places": order.astype(np.uint32),
        "prints": _prints(hashes)[order],
    }
