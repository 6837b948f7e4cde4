"""The library of samples: finding sections by meaning, and what a draft shares with any sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, overload

from drafter.domain import Exemplar, Overlap, Sample, SampleName, Section, Skeleton
from drafter.samples.index.found import LazyExemplar
from drafter.samples.index.memory import MemoryStock
from drafter.samples.index.runs import MIN_RUN, Allowed
from drafter.samples.index.shelf import Shelved, digest_of
from drafter.samples.parse import parse_sample
from drafter.samples.skeleton import skeleton

if TYPE_CHECKING:
    from drafter.samples.index.cached import CachedStock

OPEN_PARTS = 1_024
"""Sections and skeletons that stay made: the same ones serve many headings and papers."""
NEAR = 0.5
"""From this share on a text is a near copy; as in ``near_copies``."""
SHORTEST = 40
"""Fewer characters in common make no copy, whatever the texts' lengths."""
BATCH = 2_000
"""Samples that are held in memory until they are written to a cache."""


class Library:
    """Samples to learn the structure from, and to be compared with; never a source of facts.

    ``samples``: Sample records, or texts, which are parsed here. Without ``cache`` everything lies
    in memory and is indexed at the first question. With ``cache``, a folder, texts and indices are
    kept there: opened memory-mapped, read by many processes at once, extended without a rebuild;
    samples there but not given are let go of. Raises StoreError where another process writes it.
    """

    def __init__(
        self, samples: Iterable[Sample | str] = (), cache: str | Path | None = None
    ) -> None:
        self._stock: MemoryStock | CachedStock = _open(cache)
        self._part = lru_cache(OPEN_PARTS)(self._read)
        self._pending: dict[bytes, Shelved] = {}
        self._shelved = False
        self._by_name: dict[str, int] | None = None
        self._digests: frozenset[bytes] | None = None
        self._added = len(self._stock.numbers())
        self._cached = cache is not None
        given = frozenset([self._put(sample, b"") for sample in samples])
        if given and self._cached:
            self.retain(given)
        self._flush()

    @classmethod
    def load(cls, cache: str | Path) -> Library:
        """Open a cache as it is, with all its samples."""
        return cls((), cache)

    # ----------------------------------------------------------------------- samples

    @property
    def samples(self) -> Sequence[Sample]:
        """Return the samples in the order in which they were added, each parsed when asked for."""
        return LazySamples(self._stock, self._numbers())

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the samples, in the same order."""
        return tuple(self._stock.name(number) for number in self._numbers())

    @property
    def digests(self) -> frozenset[bytes]:
        """Return the digests that the samples were added with."""
        self._flush()
        return self._known()

    def __len__(self) -> int:
        return len(self._numbers())

    def sample(self, name: str) -> Sample:
        """Return the first sample of this name. Raises KeyError where there is none."""
        numbers = self._numbers()
        if self._by_name is None:
            self._by_name = {self._stock.name(number): number for number in reversed(numbers)}
        return self._stock.sample(self._by_name[name])

    def texts(self) -> Iterator[str]:
        """Yield the samples' texts in order."""
        return (self._stock.text(number) for number in self._numbers())

    def add(self, sample: Sample | str, digest: bytes = b"") -> None:
        """Add one sample; what is already indexed stays as it is.

        ``digest``: 16 bytes by which the owner knows its source (a file's content). In a cache
        they default to those of name and text, and what is there already is not added again; it
        is written at the next question or by ``save``.
        """
        self._put(sample, digest)

    def save(self) -> None:
        """Write what was added to the cache, if there is one, and index it."""
        self._flush()

    def retain(self, digests: Iterable[bytes]) -> None:
        """Keep the samples with these digests and let go of all others."""
        self._flush()
        self._stock.retain(frozenset(digests))
        self._changed()

    def _put(self, sample: Sample | str, digest: bytes) -> bytes:
        self._added += 1
        if isinstance(sample, str):
            sample = parse_sample(sample, f"样本{self._added}")
        if not digest:
            digest = digest_of(sample) if self._cached else self._added.to_bytes(16, "big")
        if digest not in self._known():
            self._pending[digest] = Shelved(sample, digest)
        if len(self._pending) >= BATCH:
            self._shelve()
        return digest

    def _known(self) -> frozenset[bytes]:
        if self._digests is None:
            self._digests = self._stock.digests()
        return self._digests

    def _changed(self) -> None:
        self._digests = self._by_name = None

    def _numbers(self) -> Sequence[int]:
        self._flush()
        return self._stock.numbers()

    def _shelve(self) -> None:
        self._stock.add(list(self._pending.values()))
        self._digests = self._known() | self._pending.keys()
        self._pending = {}
        self._shelved = True

    def _flush(self) -> None:
        if self._pending:
            self._shelve()
        if self._shelved:
            self._stock.commit()
            self._shelved = False
            self._changed()

    # ----------------------------------------------------------------------- questions

    def retrieve(
        self, query: str, k: int = 5, level: int | None = None, function: str | None = None
    ) -> list[Exemplar]:
        """Return the ``k`` sections that serve best as a pattern for the query, best first.

        ``query``: a heading, and behind a line break facts. ``level`` (1 to 4) and ``function``
        (work, problems, plan) narrow the choice. Sections and skeletons are read when looked at.
        """
        self._flush()
        kinds = [function] if function else []
        kinds += [f"level{level}"] if level else []
        return [
            LazyExemplar.found(
                self._stock.name(hit.sample),
                hit.score,
                partial(self._part, hit.sample, hit.section),
            )
            for hit in self._stock.search(query, k, kinds)
        ]

    def _read(self, number: int, place: int, name: str) -> Section | Skeleton:
        sample = self._stock.sample(number)
        section = next(islice(sample.walk(), place, None))
        return skeleton(section, sample) if name == "skeleton" else section

    def overlaps(
        self, text: str, min_run: int = MIN_RUN, allow: Iterable[str] | Allowed = ()
    ) -> list[Overlap]:
        """Return every run that the text shares with a sample; see ``comparing.overlaps``."""
        self._flush()
        runs = self._stock.find(text, min(min_run, MIN_RUN))
        found = [run for run in runs if run.end - run.start >= min_run]
        allowed = allow if isinstance(allow, Allowed) else Allowed(allow, min_run)
        names = {where: SampleName(self._stock.name(where)) for where in {r.where for r in found}}
        return [
            Overlap(run.start, run.end, text[run.start : run.end], names[run.where], run.place)
            for run in allowed.without(found, allowed.marks(text))
        ]

    def near(self, text: str, least: float = NEAR) -> list[tuple[str, float]]:
        """Return the samples that a text repeats, with the share of the shorter one, most first.

        The share is that of characters in common runs; a sample counts from ``least`` on. The
        library is not gone through: the index of runs answers.
        """
        self._flush()
        covered: Counter[int] = Counter()
        ends: dict[int, int] = {}
        for run in self._stock.find(text, MIN_RUN):
            begin = max(run.start, ends.get(run.where, 0))
            covered[run.where] += max(0, run.end - begin)
            ends[run.where] = max(run.end, begin)
        found = []
        for where, common in covered.most_common():
            if common < SHORTEST:
                break
            share = common / max(1, min(len(text), len(self._stock.text(where))))
            if share >= least:
                found.append((self._stock.name(where), min(1.0, round(share, 3))))
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


class LazySamples(Sequence[Sample]):
    """The samples of a library at one moment."""

    def __init__(self, stock: MemoryStock | CachedStock, numbers: Sequence[int]) -> None:
        self._stock = stock
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Sample: ...
    @overload
    def __getitem__(self, place: slice) -> LazySamples: ...
    def __getitem__(self, place: int | slice) -> Sample | LazySamples:
        if isinstance(place, slice):
            return LazySamples(self._stock, self._numbers[place])
        return self._stock.sample(self._numbers[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def _open(cache: str | Path | None) -> MemoryStock | CachedStock:
    if cache is None:
        return MemoryStock()
    # the engine is loaded only where it is needed: `import drafter` stays fast
    from drafter.samples.index.cached import CachedStock  # noqa: PLC0415

    return CachedStock(Path(cache))
