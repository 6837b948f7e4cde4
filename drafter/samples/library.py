"""The library of samples: finding sections by meaning, and what a draft shares with any sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.domain import Exemplar, Overlap, Sample, SampleName, Section
from drafter.samples.index.runs import MIN_RUN, Allowed, RunIndex
from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton

if TYPE_CHECKING:
    from drafter.samples.index.ranking import Ranking


class Library:
    """Samples to learn the structure from, and to be compared with; never a source of facts.

    ``samples``: Sample records, or texts that are parsed here. ``cache``: a folder for the index.
    """

    def __init__(self, samples: Iterable[Sample | str] = (), cache: Path | None = None) -> None:
        self._samples: list[Sample] = []
        self._sections: list[tuple[Section, ...]] = []
        self._cache = cache
        self._ranking: Ranking | None = None
        self._runs: dict[int, RunIndex] = {}
        self._ranked = 0
        for sample in samples:
            self.add(sample)

    @property
    def samples(self) -> Sequence[Sample]:
        """Return the samples in the order in which they were added."""
        return tuple(self._samples)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the samples, in the same order."""
        return tuple(sample.name for sample in self._samples)

    def sample(self, name: str) -> Sample:
        """Return the first sample of this name. Raises KeyError where there is none."""
        for sample in self._samples:
            if sample.name == name:
                return sample
        raise KeyError(name)

    def texts(self) -> Iterator[str]:
        """Yield the samples' texts in order."""
        return (sample.text for sample in self._samples)

    def __len__(self) -> int:
        return len(self._samples)

    def add(self, sample: Sample | str) -> None:
        """Add one sample; what is already indexed stays as it is."""
        if isinstance(sample, str):
            sample = parse_sample(sample, f"样本{len(self._samples) + 1}")
        self._samples.append(sample)
        self._sections.append(tuple(sample.walk()))
        for index in self._runs.values():
            index.add(sample.text)

    def retrieve(
        self, query: str, k: int = 5, level: int | None = None, function: str | None = None
    ) -> list[Exemplar]:
        """Return the ``k`` sections that serve best as a pattern for the query, best first.

        ``query``: a heading, and on the lines below it facts. ``level`` (1 to 4) and ``function``
        (work, problems, plan) narrow the choice.
        """
        ranking = self._ranking_now()
        kinds = [function] if function else []
        kinds += [f"level{level}"] if level else []
        return [
            self._exemplar(hit.sample, hit.section, hit.score)
            for hit in ranking.search(query, k, kinds)
        ]

    def _ranking_now(self) -> Ranking:
        # the engine is loaded only where something is looked for: `import drafter` stays fast
        from drafter.samples.index.ranking import Ranking, entries  # noqa: PLC0415

        if self._ranking is None:
            self._ranking = Ranking()
        if self._ranked < len(self._samples):
            new = range(self._ranked, len(self._samples))
            self._ranking.add(entry for n in new for entry in entries(self._samples[n], n))
            self._ranked = len(self._samples)
        return self._ranking

    def _exemplar(self, number: int, place: int, score: float) -> Exemplar:
        sample, section = self._samples[number], self._sections[number][place]
        return Exemplar(SampleName(sample.name), section, score, skeleton(section, sample))

    def overlaps(
        self, text: str, min_run: int = MIN_RUN, allow: Iterable[str] | Allowed = ()
    ) -> list[Overlap]:
        """Return every run that the text shares with a sample; see ``comparing.overlaps``."""
        index = self._runs.get(min_run)
        if index is None:
            index = RunIndex((sample.text for sample in self._samples), min_run)
            self._runs[min_run] = index
        allowed = allow if isinstance(allow, Allowed) else Allowed(allow, min_run)
        names = [SampleName(name) for name in self.names]
        return [
            Overlap(run.start, run.end, text[run.start : run.end], names[run.where], run.place)
            for run in allowed.without(index.find(text), allowed.marks(text))
        ]
