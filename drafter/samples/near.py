"""Which samples are copies or near copies of one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from zlib import crc32

_SHINGLE = 8
_EVERY = 8
_ALIKE = 0.5
_CROWD = 40


def near_copies(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Return (i, j, share) of the texts that have half of their wording in common, i < j.

    ``share`` is the part of the shorter text's shingles (8 characters without white space, one in
    eight kept by hash; Broder, 1997) that the other holds. Wording shared by over 40 texts counts
    for none.
    """
    shingles = [set(_sampled("".join(text.split()))) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for i, kept in enumerate(shingles):
        for shingle in kept:
            holders[shingle].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for texts_with in holders.values():
        if 1 < len(texts_with) <= _CROWD:
            shared.update(combinations(texts_with, 2))
    found = []
    for (i, j), count in shared.items():
        share = count / max(1, min(len(shingles[i]), len(shingles[j])))
        if share >= _ALIKE:
            found.append((i, j, round(share, 3)))
    return sorted(found)


def _sampled(text: str) -> Iterator[int]:
    """Yield hashes of shingles, chosen by their value so that equal texts keep equal ones."""
    data = text.encode("utf-16-le", "surrogatepass")
    width = 2 * _SHINGLE
    for i in range(0, len(data) - width + 1, 2):
        value = crc32(data[i : i + width])
        if value % _EVERY == 0:
            yield value
