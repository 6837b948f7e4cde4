"""A stock of samples in a folder: opened at once, read by many processes, extended by one."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.domain import Sample
from drafter.errors import StoreError
from drafter.resources import lexicon
from drafter.samples.index.ranking import Hit, Ranking, Writing, entries
from drafter.samples.index.runs import Run
from drafter.samples.index.shelf import OPEN_TEXTS, Shelf, Shelved, Texts
from drafter.samples.index.trees import Trees
from drafter.samples.parse import parse_sample

if TYPE_CHECKING:
    from drafter.samples.index.table import RunTable

FORMAT = 7
MOST_TABLES = 8
"""More tables of runs than this are made into one."""
SURPLUS = 20
"""Sections asked for beside those wanted, for each sample let go of."""


class CachedStock:
    """Samples in a folder by number; the interface is that of ``MemoryStock``.

    The index of sections is made when samples are added, that of common runs (0.8 bytes a
    character) when it is first asked for. What is open shows the last ``commit``: a writer that
    was killed leaves its mark in the state, and the next one indexes anew; while another process
    writes, or the folder is read-only, what was committed before is here.
    """

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder)
        self._ranking = Ranking(folder / f"sections-{stamp()}")
        self._trees = Trees(folder / f"trees-{stamp()}")
        self._writing: Writing | None = None
        self.sample = lru_cache(OPEN_TEXTS)(self._sample)
        self._runs: dict[int, list[tuple[int, RunTable]]] = {}
        self._read_state()
        if len(self._shelf) and (self._stale() or self._count < len(self._shelf)):
            self._mend()

    def _read_state(self) -> None:
        self._state: dict[str, Any] = {"stamp": "", "indexed": 0, "writing": False, "gone": []}
        self._state |= self._shelf.read_state()
        self._gone = set(self._state["gone"])
        self._count = self._state["indexed"]

    def _stale(self) -> bool:
        return bool(self._state["writing"]) or self._state["stamp"] != stamp()

    def _mend(self) -> None:
        """Index what is on the shelf, unless another process does: then what it had is here.

        Raises StoreError where nothing was complete before.
        """
        try:
            self.add([])
            self.commit()
        except StoreError:
            if self._state["stamp"] != stamp() or not self._count:
                raise

    def numbers(self) -> Sequence[int]:
        """Return the numbers of the samples that are here."""
        every = range(self._count)
        return [number for number in every if number not in self._gone] if self._gone else every

    def digests(self) -> frozenset[bytes]:
        """Return the digests of the samples that are here."""
        known = enumerate(self._shelf.digests()[: self._count])
        return frozenset(digest for number, digest in known if number not in self._gone)

    def name(self, number: int) -> str:
        """Return a sample's name."""
        return self._shelf.name(number)

    def text(self, number: int) -> str:
        """Return a sample's text."""
        return self._shelf.text(number)

    def _sample(self, number: int) -> Sample:
        name, text = self._shelf.name(number), self._shelf.text(number)
        if number < len(self._trees):
            return self._trees.sample(number, name, text)
        return parse_sample(text, name)

    def add(self, found: Sequence[Shelved]) -> None:
        """Write samples, to be here from the next ``commit`` on; those let go of come back.

        Raises StoreError where another process is writing.
        """
        writing = self._writing or self._begin(len(found))
        self._writing = None  # let go of, should anything below fail
        known = {digest: number for number, digest in enumerate(self._shelf.digests())}
        self._gone -= {known[one.digest] for one in found if one.digest in known}
        self._shelf.extend([one for one in found if one.digest not in known])
        self._index(writing, found)
        self._writing = writing

    def _begin(self, samples: int) -> Writing:
        writing = self._ranking.write(samples)
        self._shelf.open()
        self._read_state()
        if self._stale():
            writing.clear()
            self._drop_old()
            self._count = 0
        self._save(writing=True, stamp=stamp(), indexed=self._count)
        self._indexed = self._count
        return writing

    def _index(self, writing: Writing, found: Sequence[Shelved]) -> None:
        given = {one.digest: one.sample for one in found}
        digests = self._shelf.digests()
        self._trees.open()
        trees = range(len(self._trees), len(self._shelf))
        self._trees.extend(given.get(digests[n]) or self._sample(n) for n in trees)
        new = range(self._indexed, len(self._shelf))
        writing.add(e for n in new for e in entries(given.get(digests[n]) or self._sample(n), n))
        self._indexed = len(self._shelf)

    def commit(self) -> None:
        """Make here what was added since the last time."""
        if self._writing is None:
            return
        self._writing.close()
        self._writing = None
        self._ranking.reopen()
        self._count = self._indexed
        self._runs = {}
        self._save(writing=False, indexed=self._count, gone=sorted(self._gone))

    def retain(self, digests: frozenset[bytes]) -> None:
        """Let go of the samples with other digests."""
        known = enumerate(self._shelf.digests()[: self._count])
        gone = {number for number, digest in known if digest not in digests}
        if gone != self._gone:
            self._gone = gone
            self._save(gone=sorted(gone))

    def _save(self, **changes: Any) -> None:
        self._state |= changes
        self._shelf.write_state(self._state)

    def _drop_old(self) -> None:
        for kind in ("sections", "trees", "runs"):
            for folder in self._shelf.folder.glob(f"{kind}-*"):
                if stamp() not in folder.name:
                    shutil.rmtree(folder)

    def search(self, query: str, k: int, kinds: Sequence[str]) -> list[Hit]:
        """Return the k best sections; see ``Ranking.search``."""
        hits = self._ranking.search(query, k + SURPLUS * len(self._gone), kinds)
        return [hit for hit in hits if self._is_here(hit.sample)][:k]

    def _is_here(self, number: int) -> bool:
        return number < self._count and number not in self._gone

    def find(self, text: str, min_run: int) -> list[Run]:
        """Return the runs of a text with the samples that are here."""
        if min_run not in self._runs:
            self._runs[min_run] = self._open_runs(min_run)
        found = [
            run._replace(where=run.where + first)
            for first, table in self._runs[min_run]
            for run in table.find(text)
        ]
        found = [run for run in found if self._is_here(run.where)]
        return sorted(found, key=lambda run: (run.start, -run.end, run.where))

    def _open_runs(self, min_run: int) -> list[tuple[int, RunTable]]:
        """Open the tables of runs, and make one for the samples that none covers yet."""
        # the library of arrays loads slowly, and is needed only here
        from drafter.samples.index.table import RunTable  # noqa: PLC0415

        spans = self._spans(min_run)
        covered = spans[-1][1] if spans else 0
        if covered < self._count and len(spans) >= MOST_TABLES:
            spans, covered = [], 0
        tables = [
            (
                span[0],
                RunTable.load(
                    self._folder(min_run, span), Texts(self._shelf, *span), min_run, compact=True
                ),
            )
            for span in spans
        ]
        if covered < self._count:
            span = (covered, self._count)
            made = RunTable.build(Texts(self._shelf, *span), min_run, compact=True)
            # in a read-only folder the table is there for this process alone
            with suppress(OSError):
                made.save(self._folder(min_run, span))
            tables.append((covered, made))
        return tables

    def _spans(self, min_run: int) -> list[tuple[int, int]]:
        """Return the tables (from, to) that cover the most samples without a gap, longest first."""
        begin = f"runs-{stamp()}-{min_run}-"
        names = (path.name[len(begin) :] for path in self._shelf.folder.glob(f"{begin}*-*"))
        ends: dict[int, int] = {}
        for first, _, last in (name.partition("-") for name in names):
            if last.isdecimal() and int(last) <= self._count:
                ends[int(first)] = max(int(last), ends.get(int(first), 0))
        spans: list[tuple[int, int]] = []
        at = 0
        while at in ends:
            spans.append((at, ends[at]))
            at = ends[at]
        return spans

    def _folder(self, min_run: int, span: tuple[int, int]) -> Path:
        return self._shelf.folder / f"runs-{stamp()}-{min_run}-{span[0]}-{span[1]}"


@cache
def stamp() -> str:
    """Return what index and trees depend on beside the texts: format, version, synonyms."""
    words = "\n".join(lexicon("samples", "synonyms.tsv"))
    return f"{FORMAT}-{zlib.crc32(f'{_version()}{words}'.encode()):08x}"


def _version() -> str:
    try:
        return version("township-drafter")
    except PackageNotFoundError:
        return "0"
