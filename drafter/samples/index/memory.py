"""A stock of samples in memory, indexed at the first question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.domain import Sample
from drafter.samples.index.runs import Run, RunIndex
from drafter.samples.index.shelf import Shelved

if TYPE_CHECKING:
    from drafter.samples.index.ranking import Hit, Ranking
    from drafter.samples.index.table import RunTable

FEW = 200
"""Up to so many texts the plain index of runs is faster to make than arrays."""


class MemoryStock:
    """Samples in memory by number; a sample let go of keeps its number."""

    def __init__(self) -> None:
        self._kept: list[Shelved] = []
        self._gone: set[int] = set()
        self._ranking: Ranking | None = None
        self._ranked = 0
        self._runs: dict[int, RunIndex | RunTable] = {}

    def numbers(self) -> Sequence[int]:
        """Return the numbers of the samples that are here."""
        every = range(len(self._kept))
        return [number for number in every if number not in self._gone] if self._gone else every

    def digests(self) -> frozenset[bytes]:
        """Return the digests of the samples that are here."""
        return frozenset(self._kept[number].digest for number in self.numbers())

    def name(self, number: int) -> str:
        """Return a sample's name."""
        return self._kept[number].sample.name

    def text(self, number: int) -> str:
        """Return a sample's text."""
        return self._kept[number].sample.text

    def sample(self, number: int) -> Sample:
        """Return a sample."""
        return self._kept[number].sample

    def add(self, found: Sequence[Shelved]) -> None:
        """Add samples; the runs of a few more are indexed at once, arrays are made again."""
        self._kept.extend(found)
        kept = {k: index for k, index in self._runs.items() if isinstance(index, RunIndex)}
        for index in kept.values():
            for one in found:
                index.add(one.sample.text)
        self._runs = {**kept}

    def commit(self) -> None:
        """Do nothing: what was added is here at once."""

    def retain(self, digests: frozenset[bytes]) -> None:
        """Let go of the samples with other digests."""
        self._gone = {n for n, one in enumerate(self._kept) if one.digest not in digests}

    def search(self, query: str, k: int, kinds: Sequence[str]) -> list[Hit]:
        """Return the k best sections; see ``Ranking.search``."""
        # the engine is loaded only where something is looked for: `import drafter` stays fast
        from drafter.samples.index.ranking import Ranking, entries  # noqa: PLC0415

        ranking = self._ranking = self._ranking or Ranking()
        if self._ranked < len(self._kept):
            new = range(self._ranked, len(self._kept))
            writing = ranking.write(len(new))
            writing.add(entry for n in new for entry in entries(self._kept[n].sample, n))
            writing.close()
            ranking.reopen()
            self._ranked = len(self._kept)
        hits = ranking.search(query, k + self._surplus(), kinds)
        return [hit for hit in hits if hit.sample not in self._gone][:k]

    def _surplus(self) -> int:
        return sum(1 for n in self._gone for _ in self._kept[n].sample.walk())

    def find(self, text: str, min_run: int) -> list[Run]:
        """Return the runs of a text with the samples that are here."""
        if min_run not in self._runs:
            self._runs[min_run] = self._index(min_run)
        return [run for run in self._runs[min_run].find(text) if run.where not in self._gone]

    def _index(self, min_run: int) -> RunIndex | RunTable:
        texts = [one.sample.text for one in self._kept]
        if len(texts) <= FEW:
            return RunIndex(texts, min_run)
        # arrays pay off only for many texts, and their library loads slowly
        from drafter.samples.index.table import RunTable  # noqa: PLC0415

        return RunTable.build(texts, min_run)
