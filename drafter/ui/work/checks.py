"""Checking a paper section by section: what was checked once is not checked again.

The section in front of the clerk is checked at once, the others within the time that is left, and
the rest behind the page's back: neither a long paper nor a long list of facts is waited for.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import dataclass, replace

from drafter.checking.checker import Checker, Report
from drafter.checking.form import check_form
from drafter.domain import Draft, Evidence, Finding, Sample
from drafter.ui.work.sections import Paper, SectionView, draft_of

KEPT_REPORTS = 4_000
KEPT_CHECKERS = 8
AT_ONCE_SECONDS = 0.2
EMPTY = Report((), ())


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding with the section it lies in ("" for the title) and its lasting key.

    Offsets are into the section's text; ``inside`` is False where it lies in the heading.
    """

    section: str
    key: str
    finding: Finding
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of a paper by section. ``waiting`` sections are not checked yet."""

    findings: dict[str, tuple[Marked, ...]]
    evidence: dict[str, tuple[Evidence, ...]]
    waiting: int = 0

    def all(self) -> list[Marked]:
        """Return all findings in reading order."""
        return [marked for found in self.findings.values() for marked in found]


class Checks:
    """Checks papers and keeps what was found; ``samples`` gives the samples as they are now."""

    def __init__(self, samples: Callable[[], Sequence[Sample]]) -> None:
        self._samples = samples
        self._reports: OrderedDict[tuple[object, str], Report] = OrderedDict()
        self._checkers: OrderedDict[object, Checker] = OrderedDict()
        self._lock = threading.RLock()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="check")
        self._under_way: dict[tuple[object, str], Future[Report | None]] = {}
        self._wanted: dict[tuple[int, str], str] = {}

    def close(self) -> None:
        """End the work behind the page."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def warm_up(self, paper: Paper | None) -> None:
        """Read the samples, and the facts of a paper, before they are needed."""
        if paper is None:
            self._samples()
        else:
            self._checker(paper)

    def forget(self) -> None:
        """Forget all, since the samples have changed."""
        with self._lock:
            self._reports.clear()
            self._checkers.clear()

    def paper(self, paper: Paper, first: str = "", seconds: float = AT_ONCE_SECONDS) -> Checked:
        """Check a paper, the section ``first`` before the others, as far as the time goes.

        What is left goes on behind the page's back; it is there when the page asks again.
        """
        end = time.monotonic() + seconds
        found: dict[str, Report] = {}
        waiting = 0
        for view in sorted(paper.sections, key=lambda v: v.key != first):
            report = self._known(paper, view.text) or self._begun(paper, view, end)
            waiting += report is None
            found[view.key] = report or EMPTY
        return self._checked(paper, found, waiting)

    def whole(self, paper: Paper) -> Checked:
        """Check all of a paper, however long it takes."""
        return self.paper(paper, seconds=3600.0)

    def draft(self, paper: Paper) -> Draft:
        """Return the paper as a draft with findings and evidence, offsets into its text."""
        draft, checked = draft_of(paper), self.whole(paper)
        starts = body_starts(draft)
        findings: list[Finding] = []
        evidence: list[Evidence] = []
        for view, start in zip(paper.sections, starts, strict=True):
            inside = [m.finding for m in checked.findings[view.key] if m.inside]
            findings += [_moved(f, start) for f in inside]
            evidence += [
                replace(e, start=e.start + start, end=e.end + start)
                for e in checked.evidence[view.key]
            ]
        return replace(draft, findings=tuple(findings), evidence=tuple(evidence))

    # ------------------------------------------------------------------ one text

    def _report(self, paper: Paper, text: str) -> Report:
        found = self._known(paper, text)
        if found is None:
            found = self._checker(paper).examine(text) if text.strip() else EMPTY
            with self._lock:
                self._reports[self._name(paper), text] = found
                while len(self._reports) > KEPT_REPORTS:
                    self._reports.popitem(last=False)
        return found

    def _known(self, paper: Paper, text: str) -> Report | None:
        with self._lock:
            return self._reports.get((self._name(paper), text))

    def _checker(self, paper: Paper) -> Checker:
        name = self._name(paper)
        with self._lock:
            if name not in self._checkers:
                made = Checker(paper.sheet, self._samples(), paper.year)
                self._checkers[name] = made
                while len(self._checkers) > KEPT_CHECKERS:
                    self._checkers.popitem(last=False)
            return self._checkers[name]

    def _name(self, paper: Paper) -> tuple[object, ...]:
        return (paper.project, paper.facts_version, paper.year)

    def _begun(self, paper: Paper, view: SectionView, end: float) -> Report | None:
        """Begin to check a section and wait for it until ``end``."""
        place = (paper.project, view.key)
        name = (self._name(paper), view.text)
        with self._lock:
            self._wanted[place] = view.text
            work = self._under_way.get(name)
            if work is None:
                work = self._pool.submit(self._work, paper, view, place)
                self._under_way[name] = work
        try:
            return work.result(max(0.0, end - time.monotonic()))
        except WaitedTooLong:
            return None

    def _work(self, paper: Paper, view: SectionView, place: tuple[int, str]) -> Report | None:
        """Check a section, unless its text has changed again since it was asked for."""
        try:
            if self._wanted.get(place) != view.text:
                return None
            return self._report(paper, view.text)
        finally:
            with self._lock:
                self._under_way.pop((self._name(paper), view.text), None)

    # ------------------------------------------------------------------ the whole

    def _checked(self, paper: Paper, found: dict[str, Report], waiting: int) -> Checked:
        findings: dict[str, tuple[Marked, ...]] = {}
        form = _form_findings(paper)
        for view in paper.sections:
            own = found[view.key].findings
            inside = [(f, True) for f in own if not _is_numbering(f)]
            inside += form.get(view.key, [])
            findings[view.key] = _keyed(view, inside)
        evidence = {key: report.evidence for key, report in found.items()}
        return Checked(findings, evidence, waiting)


def body_starts(draft: Draft) -> list[int]:
    """Return where the body of each section starts in the draft's text."""
    found, at = [], len(draft.title)
    for section in draft.sections:
        line = f"{section.marker}{section.heading}"
        at = draft.text.find(line, at) + len(line)
        at = draft.text.find(section.text, at) if section.text else at
        found.append(at)
        at += len(section.text)
    return found


def _form_findings(paper: Paper) -> dict[str, list[tuple[Finding, bool]]]:
    """Return what only the whole shows: numbering over all sections."""
    draft = draft_of(paper)
    starts = body_starts(draft)
    found: dict[str, list[tuple[Finding, bool]]] = {}
    for finding in check_form(draft.text):
        at = max((i for i, start in enumerate(starts) if start <= finding.start), default=-1)
        if not _is_numbering(finding) or at < 0:
            continue
        start, text = starts[at], draft.sections[at].text
        inside = finding.end <= start + len(text)
        key = paper.sections[at if inside or at + 1 == len(starts) else at + 1].key
        moved = _moved(finding, -start) if inside else finding
        found.setdefault(key, []).append((moved, inside))
    return found


def _is_numbering(finding: Finding) -> bool:
    return finding.label == "numbering"


def _keyed(view: SectionView, found: Iterable[tuple[Finding, bool]]) -> tuple[Marked, ...]:
    seen: dict[str, int] = {}
    marked = []
    for finding, inside in sorted(found, key=lambda f: (f[0].start, f[0].end)):
        name = f"{view.key}|{finding.label}|{finding.text}"
        seen[name] = seen.get(name, 0) + 1
        digest = hashlib.sha256(f"{name}|{seen[name]}".encode("utf-8", "replace")).hexdigest()
        marked.append(Marked(view.key, digest[:16], finding, inside))
    return tuple(marked)


def _moved(finding: Finding, by: int) -> Finding:
    return replace(finding, start=finding.start + by, end=finding.end + by)
