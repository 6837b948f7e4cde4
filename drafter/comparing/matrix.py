"""Many texts with one another: in time linear in the texts and in what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from drafter.domain import Overlap, OverlapMatrix, OverlapPair, SampleName
from drafter.samples.index.runs import MIN_RUN, Allowed

if TYPE_CHECKING:
    from drafter.samples.index.table import Mask, Runs


def overlap_matrix(
    texts: Mapping[str, str],
    min_run: int = MIN_RUN,
    allow: Iterable[str] = (),
    pairs: Iterable[tuple[str, str]] | None = None,
) -> OverlapMatrix:
    """Return the pairs of texts that share a run, most alike first; other pairs share 0.

    ``a`` is the shorter text of a pair (of equal ones the later), ``runs`` are its overlaps with
    ``b`` as ``overlaps(texts[a], {b: texts[b]}, …)`` finds them, made when first looked at.
    ``share`` is the part of its characters that lies in a run and is not allowed wording, 0 to 1.
    ``pairs``: only these are compared.
    """
    # arrays pay off only here, and their library loads slowly
    from drafter.samples.index.table import RunTable  # noqa: PLC0415

    allowed = Allowed(allow, min_run)
    order = sorted(texts, key=lambda name: -len(texts[name]))
    if len(order) < 2 or len(texts[order[1]]) < min_run:
        return OverlapMatrix()
    table = RunTable.build([texts[name] for name in order], min_run)
    table.keep_texts()
    found: list[OverlapPair] = []
    for number, wanted in _others(order, pairs):
        name, text = order[number], texts[order[number]]
        for where, share, shared in _shares(text, table.runs(text, wanted), allowed):
            found.append(LazyPair.found(name, order[where], share, (text, shared)))
    return OverlapMatrix(tuple(sorted(found, key=lambda pair: (-pair.share, pair.a, pair.b))))


def _others(
    order: Sequence[str], pairs: Iterable[tuple[str, str]] | None
) -> Iterator[tuple[int, Mask]]:
    """Yield the number of each text to compare, and which texts before it are wanted."""
    import numpy as np  # noqa: PLC0415

    if pairs is None:
        yield from ((number, np.arange(len(order)) < number) for number in range(len(order)))
        return
    numbers = {name: number for number, name in enumerate(order)}
    wanted: dict[int, list[int]] = {}
    for one, other in pairs:
        low, high = sorted((numbers[one], numbers[other]))
        wanted.setdefault(high, []).append(low)
    for number, others in wanted.items():
        mask = np.zeros(len(order), np.bool_)
        mask[others] = True
        yield number, mask


def _shares(text: str, runs: Runs, allowed: Allowed) -> Iterator[tuple[int, float, Runs]]:
    """Yield the number of each text that shares a run, the share, and the runs."""
    import numpy as np  # noqa: PLC0415

    marks = np.frombuffer(bytes(allowed.marks(text)), np.uint8)
    counted = np.concatenate([[0], np.cumsum(1 - marks.astype(np.int64))])
    runs = runs.of(counted[runs.end] - counted[runs.start] >= allowed.min_run)
    again = np.concatenate([[False], np.diff(runs.where) == 0])[: len(runs.where)]
    start = np.where(again, np.maximum(runs.start, np.roll(runs.end, 1)), runs.start)
    # a run that stays for its other characters counts without its allowed ones
    amounts = np.bincount(runs.where, counted[runs.end] - counted[start])
    found, firsts = np.unique(runs.where, return_index=True)
    shares = amounts[found] / max(1, len(text))
    small = type(runs)(*(column.astype(np.int32) for column in runs))
    ends = np.append(firsts, len(runs.where))[1:].tolist()
    for where, share, low, high in zip(
        found.tolist(), shares.tolist(), firsts.tolist(), ends, strict=True
    ):
        yield where, share, small.of(slice(low, high))


class LazyPair(OverlapPair):
    """A pair whose runs are spelt out when looked at: a thousand texts make a million pairs."""

    __slots__ = ("_shared",)
    _shared: tuple[str, Runs]

    @classmethod
    def found(cls, a: str, b: str, share: float, shared: tuple[str, Runs]) -> LazyPair:
        """Return the pair of two names; ``shared`` is the text of ``a`` and its runs with ``b``."""
        new = cls.__new__(cls)
        for name, value in (("a", a), ("b", b), ("share", share), ("_shared", shared)):
            object.__setattr__(new, name, value)
        return new

    def __getattr__(self, name: str) -> Any:
        if name != "runs":
            raise AttributeError(name)
        text, shared = self._shared
        sample = SampleName(self.b)
        columns = (column.tolist() for column in (shared.start, shared.end, shared.place))
        runs = tuple(
            Overlap(start, end, text[start:end], sample, place)
            for start, end, place in zip(*columns, strict=True)
        )
        object.__setattr__(self, "runs", runs)
        return runs
