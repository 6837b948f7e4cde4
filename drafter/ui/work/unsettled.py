"""What is still open in a paper when somebody wants to hand it in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from drafter.ui.work.checks import Checked
from drafter.ui.work.sections import Paper, SectionView
from drafter.ui.work.whole import Marked

ASKED = {"block", "confirm"}
"""Severities that a person has to settle; hints are never asked about."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Open findings, sections without a text, new texts to choose, sections being drafted."""

    findings: tuple[Marked, ...] = ()
    empty: tuple[SectionView, ...] = ()
    candidates: tuple[SectionView, ...] = ()
    busy: tuple[SectionView, ...] = ()

    def __bool__(self) -> bool:
        return any((self.findings, self.empty, self.candidates, self.busy))

    def __len__(self) -> int:
        return sum(map(len, (self.findings, self.empty, self.candidates, self.busy)))

    def by_label(self) -> dict[str, list[Marked]]:
        """Return the findings by kind, in reading order."""
        found: dict[str, list[Marked]] = {}
        for marked in self.findings:
            found.setdefault(marked.finding.label, []).append(marked)
        return found

    def digest(self) -> str:
        """Return a short name of all that is open: the same things have the same name."""
        views = (*self.empty, *self.candidates, *self.busy)
        names = [*(m.key for m in self.findings), *(f"{v.key}:{v.number}" for v in views)]
        return hashlib.sha256("|".join(names).encode()).hexdigest()[:16]


def unsettled(paper: Paper, checked: Checked, ignored: dict[str, str]) -> Unsettled:
    """Return what is open; what a person has put aside with a reason is settled."""
    findings = tuple(
        m for m in checked.all() if m.finding.severity in ASKED and m.key not in ignored
    )
    views = paper.sections
    return Unsettled(
        findings,
        tuple(v for v in views if not v.text and not v.busy and not v.is_container),
        tuple(v for v in views if v.candidate),
        tuple(v for v in views if v.busy),
    )
