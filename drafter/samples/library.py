"""The library of samples: finding sections by meaning, and what a draft shares with any sample."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.domain import Exemplar, Overlap, Sample, SampleName, Section
from drafter.errors import StoreError
from drafter.resources import lexicon
from drafter.samples.index.found import LazyExemplar
from drafter.samples.index.runs import MIN_RUN, Allowed, Run, RunIndex
from drafter.samples.index.shelf import Pile, Shelf, Shelved, Store, Texts, digest_of
from drafter.samples.parse import parse_sample

if TYPE_CHECKING:
    from drafter.samples.index.ranking import Ranking
    from drafter.samples.index.table import RunTable

FORMAT = 1
BATCH = 2_000
"""Samples that are written to a cache at a time."""
FEW = 200
"""Up to so many samples in memory the plain index of runs is faster to make than arrays."""
SPARE = 2


class Library:
    """Samples to learn the structure from, and to be compared with; never a source of facts.

    Without ``cache`` everything lies in memory and is indexed at the first question. With
    ``cache``, a folder, texts and indices are kept there: opened memory-mapped, read by many
    processes at once, and extended without a rebuild. Raises StoreError where another process is
    writing the same cache.
    """

    def __init__(
        self, samples: Iterable[Sample | str] = (), cache: str | Path | None = None
    ) -> None:
        self._store: Store = Pile() if cache is None else Shelf(Path(cache))
        self._state: dict[str, Any] = {"stamp": stamp(), "indexed": 0, "gone": []}
        if isinstance(self._store, Shelf):
            self._state |= self._store.read_state()
        self._pending: list[Shelved] = []
        self._known = {digest: n for n, digest in enumerate(self._store.digests())}
        self._ranking: Ranking | None = None
        self._runs: dict[int, RunIndex | RunTable] = {}
        wanted = {self._add(sample) for sample in samples}
        if wanted:
            self.retain(wanted)
        self._flush()

    @classmethod
    def load(cls, cache: str | Path) -> Library:
        """Open a cache as it is, with all its samples."""
        return cls((), cache)

    # ----------------------------------------------------------------------- samples

    @property
    def samples(self) -> Sequence[Sample]:
        """Return the samples in the order in which they were added."""
        return tuple(self._store.sample(number) for number in self._live())

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the samples, in the same order."""
        return tuple(self._store.name(number) for number in self._live())

    @property
    def digests(self) -> frozenset[bytes]:
        """Return the digests that the samples were added with."""
        self._flush()
        gone = set(self._state["gone"])
        return frozenset(digest for digest, number in self._known.items() if number not in gone)

    def __len__(self) -> int:
        return len(self._live())

    def sample(self, name: str) -> Sample:
        """Return the first sample of this name. Raises KeyError where there is none."""
        for number in self._live():
            if self._store.name(number) == name:
                return self._store.sample(number)
        raise KeyError(name)

    def texts(self) -> Iterator[str]:
        """Yield the samples' texts in order."""
        return (self._store.text(number) for number in self._live())

    def add(self, sample: Sample | str, digest: bytes = b"") -> None:
        """Add one sample; what is already indexed stays as it is.

        ``digest``: 16 bytes by which the owner knows the source (a file's content); of the
        sample's name and text if not given. What is there already is not added again.
        """
        self._add(sample, digest)

    def retain(self, digests: Iterable[bytes]) -> None:
        """Keep the samples with these digests and let go of all others."""
        self._flush()
        kept = set(digests)
        gone = sorted(number for digest, number in self._known.items() if digest not in kept)
        if gone != self._state["gone"]:
            self._state["gone"] = gone
            self._save_state()

    def _add(self, sample: Sample | str, digest: bytes = b"") -> bytes:
        if isinstance(sample, str):
            sample = parse_sample(sample, f"样本{len(self._known) + 1}")
        digest = digest or digest_of(sample)
        number = self._known.setdefault(digest, len(self._known))
        if number == len(self._store) + len(self._pending):
            self._pending.append(Shelved(sample, digest))
        elif number in self._state["gone"]:
            self._state["gone"].remove(number)
            self._save_state()
        if len(self._pending) >= BATCH:
            self._flush()
        return digest

    def _live(self) -> list[int]:
        self._flush()
        gone = set(self._state["gone"])
        return [number for number in range(len(self._store)) if number not in gone]

    def _flush(self) -> None:
        if self._pending:
            self._store.extend(self._pending)
            self._pending = []
            self._runs = {}

    def _save_state(self) -> None:
        if isinstance(self._store, Shelf):
            self._store.write_state(self._state)

    # ----------------------------------------------------------------------- finding sections

    def retrieve(
        self, query: str, k: int = 5, level: int | None = None, function: str | None = None
    ) -> list[Exemplar]:
        """Return the ``k`` sections that serve best as a pattern for the query, best first.

        ``query``: a heading, and behind a line break facts. ``level`` (1 to 4) and ``function``
        (work, problems, plan) narrow the choice. Sections and skeletons are read when looked at.
        """
        ranking = self._ranking_now()
        kinds = [function] if function else []
        kinds += [f"level{level}"] if level else []
        gone = set(self._state["gone"])
        hits = ranking.search(query, k if not gone else k * SPARE + len(gone), kinds)
        return [
            LazyExemplar.found(
                self._store.name(hit.sample), hit.score, partial(self._at, hit.sample, hit.section)
            )
            for hit in hits
            if hit.sample not in gone
        ][:k]

    def _at(self, number: int, place: int) -> tuple[Sample, Section]:
        sample = self._store.sample(number)
        return sample, next(islice(sample.walk(), place, None))

    def _ranking_now(self) -> Ranking:
        # the engine is loaded only where something is looked for: `import drafter` stays fast
        from drafter.samples.index.ranking import Ranking, entries  # noqa: PLC0415

        self._flush()
        if self._ranking is None:
            self._ranking = self._open_ranking(Ranking)
        first, last = self._state["indexed"], len(self._store)
        if first < last:
            self._state["indexed"] = -1  # a killed writer leaves this behind, and all is done anew
            self._save_state()
            new = range(first, last)
            self._ranking.add(e for n in new for e in entries(self._store.sample(n), n))
            self._state["indexed"] = last
            self._save_state()
        return self._ranking

    def _open_ranking(self, kind: type[Ranking]) -> Ranking:
        if not isinstance(self._store, Shelf):
            return kind()
        folder = self._store.folder / f"sections-{stamp()}"
        if self._state["stamp"] != stamp() or self._state["indexed"] < 0:
            self._state |= {"stamp": stamp(), "indexed": 0}
        return kind(folder, fresh=self._state["indexed"] == 0)

    # ----------------------------------------------------------------------- common runs

    def overlaps(
        self, text: str, min_run: int = MIN_RUN, allow: Iterable[str] | Allowed = ()
    ) -> list[Overlap]:
        """Return every run that the text shares with a sample; see ``comparing.overlaps``."""
        gone = set(self._state["gone"])
        found = [run for run in self._find(text, min_run) if run.where not in gone]
        allowed = allow if isinstance(allow, Allowed) else Allowed(allow, min_run)
        names = {where: SampleName(self._store.name(where)) for where in {r.where for r in found}}
        return [
            Overlap(run.start, run.end, text[run.start : run.end], names[run.where], run.place)
            for run in allowed.without(found, allowed.marks(text))
        ]

    def _find(self, text: str, min_run: int) -> Sequence[Run]:
        self._flush()
        key = min(min_run, MIN_RUN)
        if key not in self._runs:
            self._runs[key] = self._index_runs(key)
        return [run for run in self._runs[key].find(text) if run.end - run.start >= min_run]

    def _index_runs(self, min_run: int) -> RunIndex | RunTable:
        texts = Texts(self._store)
        if len(texts) <= FEW and not isinstance(self._store, Shelf):
            return RunIndex(texts, min_run)
        # arrays pay off only for many texts, and their library loads slowly
        from drafter.samples.index.table import RunTable  # noqa: PLC0415

        if not isinstance(self._store, Shelf):
            return RunTable.build(texts, min_run)
        folder = self._store.folder / f"runs-{min_run}-{len(texts)}"
        if not folder.exists():
            RunTable.build(texts, min_run).save(folder)
        return RunTable.load(folder, texts, min_run)


def stamp() -> str:
    """Return what an index depends on beside the texts: its format and the synonyms."""
    words = "\n".join(lexicon("samples", "synonyms.tsv")).encode()
    return f"{FORMAT}-{zlib.crc32(words):08x}"
