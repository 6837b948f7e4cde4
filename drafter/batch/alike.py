"""Which unit's paper is most like which other's, at a cost linear in the units.

The full matrix compares every pair, and papers of one campaign all share some wording. So above
``FULL`` units a sketch names the few candidates of each unit (stretches that few units have in
common count in full, those that all have do not), and only these pairs are compared exactly.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafter.comparing import overlap_matrix
from drafter.domain import OverlapPair

_OPEN_SLOT = re.compile("【待补[^【】]*】")
FULL = 100
_CANDIDATES = 3
_SAMPLED = 8
"""One stretch in so many is looked at, chosen by its hash, so the same ones in every text."""
_HOLDERS = 24
"""Of a stretch that many units have, so many are remembered."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The most alike other unit, the share (0 to 1), and the longest run in common."""

    unit: str
    share: float
    longest: str


def nearest_units(
    texts: Mapping[str, str], min_run: int = 13, allow: Sequence[str] = ()
) -> dict[str, Nearest]:
    """Return the nearest other unit of every unit that shares a run with one.

    ``allow``: wording that does not count, nor do open slots, which the program wrote. Shares are
    those of ``comparing.overlap_matrix``.
    """
    texts = {name: _OPEN_SLOT.sub("\n", text) for name, text in texts.items()}
    wanted = None if len(texts) <= FULL else _candidate_pairs(texts, min_run)
    return _nearest(overlap_matrix(texts, min_run, allow, wanted).pairs)


def _nearest(pairs: Iterable[OverlapPair]) -> dict[str, Nearest]:
    found: dict[str, Nearest] = {}
    for pair in pairs:
        longest = max((run.text for run in pair.runs), key=len, default="")
        found.setdefault(pair.a, Nearest(pair.b, pair.share, longest))
        found.setdefault(pair.b, Nearest(pair.a, pair.share, longest))
    return found


def _candidate_pairs(texts: Mapping[str, str], min_run: int) -> set[tuple[str, str]]:
    sketches = {name: set(_sketch(text, min_run)) for name, text in texts.items()}
    holders: dict[int, list[str]] = {}
    for name, sketch in sketches.items():
        for stretch in sketch:
            known = holders.setdefault(stretch, [])
            if len(known) < _HOLDERS:
                known.append(name)
    pairs = set()
    for name, sketch in sketches.items():
        common = Counter(other for stretch in sketch for other in holders[stretch])
        del common[name]
        for other, _ in common.most_common(_CANDIDATES):
            pairs.add((min(name, other), max(name, other)))
    return pairs


def _sketch(text: str, length: int) -> Iterator[int]:
    """Yield the hashes of some of the stretches of a text, the same ones wherever they stand."""
    for start in range(len(text) - length + 1):
        code = zlib.crc32(text[start : start + length].encode("utf-8", "replace"))
        if code % _SAMPLED == 0:
            yield code
