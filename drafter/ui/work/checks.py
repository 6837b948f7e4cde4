"""Checking a paper section by section: what was checked once is not checked again.

The section in front of the clerk is checked at once, the others within the time that is left, and
the rest behind the page's back: neither a long paper nor a long list of facts is waited for, nor
does one clerk wait for another's.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from drafter.checking.checker import Checker
from drafter.checking.wording import Formulation
from drafter.domain import Draft, Evidence, Finding, Sample
from drafter.ui.work.sections import Paper, SectionView, draft_of
from drafter.ui.work.whole import (
    NOTHING,
    Marked,
    Placed,
    Whole,
    body_starts,
    judge_whole,
    moved,
)

KEPT_RESULTS = 4_000
KEPT_CHECKERS = 8
AT_ONCE_SECONDS = 0.2
WHOLE_SECONDS = 0.03

Calendar = tuple[Formulation, ...] | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of a paper by section, and what it lacks as a whole.

    ``waiting`` is the number of parts that are not checked yet.
    """

    findings: Mapping[str, tuple[Marked, ...]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    gaps: tuple[Marked, ...] = ()
    waiting: int = 0

    def all(self) -> list[Marked]:
        """Return all findings in reading order, and behind them what the paper lacks."""
        return [*(marked for found in self.findings.values() for marked in found), *self.gaps]


@dataclass(frozen=True, slots=True)
class SectionReport:
    """The check of one section; offsets into its text, or into its heading."""

    placed: tuple[Placed, ...] = ()
    evidence: tuple[Evidence, ...] = ()


EMPTY = SectionReport()


class Once(Generic[T]):
    """A value that is made at its first use; who comes meanwhile waits for it."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: list[T] = []

    def __call__(self) -> T:
        """Return the value."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


class Checks:
    """Checks papers and keeps what was found.

    ``samples`` gives a user's samples as they are now; ``calendar`` is the office's own wording
    calendar, None for the one that comes with the program.
    """

    def __init__(
        self, samples: Callable[[str], Sequence[Sample]], calendar: Calendar = None
    ) -> None:
        self._samples = samples
        self._calendar = calendar
        self._kept: OrderedDict[Hashable, SectionReport | Whole] = OrderedDict()
        self._checkers: OrderedDict[Hashable, Once[Checker]] = OrderedDict()
        self._lock = threading.RLock()
        self._front = ThreadPoolExecutor(2, thread_name_prefix="check-front")
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="check")
        self._under_way: dict[Hashable, Future[SectionReport | Whole | None]] = {}
        self._wanted: dict[tuple[int, str], str] = {}
        self._last: dict[int, Whole] = {}

    def close(self) -> None:
        """End the work behind the page."""
        for pool in (self._front, self._behind):
            pool.shutdown(wait=True, cancel_futures=True)

    def warm_up(self, paper: Paper | None) -> None:
        """Read the samples, and the facts of a paper, before they are needed."""
        if paper is None:
            self._samples("")
        else:
            self._checker(paper)

    def forget(self) -> None:
        """Forget all, since the samples have changed."""
        with self._lock:
            self._kept.clear()
            self._checkers.clear()

    def paper(self, paper: Paper, first: str = "", seconds: float = AT_ONCE_SECONDS) -> Checked:
        """Check a paper, the section ``first`` before the others, as far as the time goes.

        What is left goes on behind the page's back; it is there when the page asks again.
        """
        end = time.monotonic() + seconds
        views = sorted(paper.sections, key=lambda view: view.key != first)
        found = {
            view.key: self._section_soon(paper, view, view.key == first, end) for view in views
        }
        waiting = sum(1 for report in found.values() if report is None)
        reports = {key: report or EMPTY for key, report in found.items()}
        # The whole goes on behind the page; what it showed of the other sections stays meanwhile.
        whole = None if waiting else self._whole_soon(paper, reports)
        if whole:
            self._last[paper.project] = whole
        shown = whole or self._last.get(paper.project, NOTHING)
        return _checked(paper, reports, shown, waiting + (whole is None))

    def whole(self, paper: Paper) -> Checked:
        """Check all of a paper, however long it takes."""
        reports = {view.key: self._report(paper, view) for view in paper.sections}
        name = _whole_name(paper)
        kept = self._known(name)
        whole = kept if isinstance(kept, Whole) else _judged(paper, reports)
        self._keep(name, whole)
        return _checked(paper, reports, whole, 0)

    def draft(self, paper: Paper) -> Draft:
        """Return the paper as a draft with findings and evidence, offsets into its text."""
        draft, checked = draft_of(paper), self.whole(paper)
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for view, start in zip(paper.sections, body_starts(draft), strict=True):
            inside = [m.finding for m in checked.findings[view.key] if m.inside]
            findings += [moved(finding, start) for finding in inside]
            evidence += [
                replace(e, start=e.start + start, end=e.end + start)
                for e in checked.evidence[view.key]
            ]
        unused = tuple(i for gap in checked.gaps for i in gap.finding.fact_ids)
        return replace(
            draft, findings=tuple(findings), evidence=tuple(evidence), unused_facts=unused
        )

    # ------------------------------------------------------------------ one section

    def _report(self, paper: Paper, view: SectionView) -> SectionReport:
        name = _name(paper, view)
        found = self._known(name)
        if not isinstance(found, SectionReport):
            found = self._examined(paper, view) if view.text.strip() else EMPTY
            self._keep(name, found)
        return found

    def _examined(self, paper: Paper, view: SectionView) -> SectionReport:
        """Check a text under its headings: what they say (a plan, problems) decides on it."""
        head = paper.head(view)
        own = head.rfind("\n", 0, -1) + 1
        report = self._checker(paper).examine(head + view.text)
        placed = [
            (moved(f, -len(head)), True) if f.start >= len(head) else (moved(f, -own), False)
            for f in report.findings
            if f.label != "numbering" and f.start >= own
        ]
        evidence = [
            replace(e, start=e.start - len(head), end=e.end - len(head))
            for e in report.evidence
            if e.start >= len(head)
        ]
        return SectionReport(tuple(placed), tuple(evidence))

    def _checker(self, paper: Paper) -> Checker:
        def make() -> Checker:
            samples = self._samples(paper.owner)
            return Checker(paper.sheet, samples, paper.year, self._calendar)

        with self._lock:
            once = self._checkers.setdefault(_basis(paper), Once(make))
            while len(self._checkers) > KEPT_CHECKERS:
                self._checkers.popitem(last=False)
        return once()

    # ------------------------------------------------------------------ what is kept

    def _known(self, name: Hashable) -> SectionReport | Whole | None:
        with self._lock:
            return self._kept.get(name)

    def _keep(self, name: Hashable, found: SectionReport | Whole) -> None:
        with self._lock:
            self._kept[name] = found
            while len(self._kept) > KEPT_RESULTS:
                self._kept.popitem(last=False)

    def _section_soon(
        self, paper: Paper, view: SectionView, is_front: bool, end: float
    ) -> SectionReport | None:
        def make() -> SectionReport | None:
            # The text may have changed again since it was asked for.
            wanted = self._wanted.get((paper.project, view.key)) == view.text
            return self._report(paper, view) if wanted else None

        self._wanted[paper.project, view.key] = view.text
        pool = self._front if is_front else self._behind
        found = self._soon(_name(paper, view), make, pool, end)
        return found if isinstance(found, SectionReport) else None

    def _whole_soon(self, paper: Paper, reports: Mapping[str, SectionReport]) -> Whole | None:
        end = time.monotonic() + WHOLE_SECONDS
        found = self._soon(_whole_name(paper), lambda: _judged(paper, reports), self._front, end)
        return found if isinstance(found, Whole) else None

    def _soon(
        self,
        name: Hashable,
        make: Callable[[], SectionReport | Whole | None],
        pool: ThreadPoolExecutor,
        end: float,
    ) -> SectionReport | Whole | None:
        """Return what is kept under a name, or make it; None where that takes beyond ``end``."""
        with self._lock:
            if (found := self._kept.get(name)) is not None:
                return found
            work = self._under_way.get(name)
            if work is None:
                work = self._under_way[name] = pool.submit(self._made, name, make)
        try:
            return work.result(max(0.0, end - time.monotonic()))
        except WaitedTooLong:
            return None

    def _made(
        self, name: Hashable, make: Callable[[], SectionReport | Whole | None]
    ) -> SectionReport | Whole | None:
        try:
            made = make()
            if made is not None:
                self._keep(name, made)
            return made
        finally:
            with self._lock:
                self._under_way.pop(name, None)


def _basis(paper: Paper) -> tuple[object, ...]:
    """Return what a checker rests on."""
    return (paper.project, paper.facts_version, paper.year)


def _name(paper: Paper, view: SectionView) -> tuple[object, ...]:
    return (*_basis(paper), paper.head(view), view.text)


def _whole_name(paper: Paper) -> tuple[object, ...]:
    digest = hashlib.sha256(paper.settings.get("tasks", "").encode("utf-8", "replace"))
    for view in paper.sections:
        said = (view.key, view.marker, view.outline.heading, *view.outline.fact_ids, view.text)
        digest.update("\0".join(said).encode("utf-8", "replace"))
    return (*_basis(paper), digest.digest())


def _judged(paper: Paper, reports: Mapping[str, SectionReport]) -> Whole:
    return judge_whole(paper, {key: report.evidence for key, report in reports.items()})


def _checked(
    paper: Paper, reports: Mapping[str, SectionReport], whole: Whole, waiting: int
) -> Checked:
    findings: dict[str, tuple[Marked, ...]] = {}
    for view in paper.sections:
        own = reports[view.key].placed
        spans = {(f.start, f.end) for f, inside in own if inside}
        across = [p for p in whole.placed_in(view) if _is_new(p, spans)]
        findings[view.key] = _keyed(view, [*own, *across])
    evidence = {key: report.evidence for key, report in reports.items()}
    return Checked(findings, evidence, whole.gaps, waiting)


def _is_new(placed: Placed, spans: Iterable[tuple[int, int]]) -> bool:
    finding, inside = placed
    return (
        not inside
        or finding.label == "numbering"
        or all(finding.end <= start or end <= finding.start for start, end in spans)
    )


def _keyed(view: SectionView, found: Iterable[Placed]) -> tuple[Marked, ...]:
    seen: dict[str, int] = {}
    marked = []
    for finding, inside in sorted(found, key=lambda f: (f[0].start, f[0].end)):
        name = f"{view.key}|{finding.label}|{finding.text}"
        seen[name] = seen.get(name, 0) + 1
        digest = hashlib.sha256(f"{name}|{seen[name]}".encode("utf-8", "replace")).hexdigest()
        marked.append(Marked(view.key, digest[:16], finding, inside))
    return tuple(marked)
