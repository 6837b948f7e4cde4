"""The sections of a project: their texts, the draft they make, and what the check finds in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drafter.domain import Draft, DraftSection, FactSheet, OutlineSection, Point
from drafter.store import Candidate, Details, Entry, Job, Project, decode, encode
from drafter.ui.work.plans import Plan, load_plan
from drafter.ui.work.sheets import load_sheet
from drafter.writing.numbering import markers
from drafter.writing.write import full_text, numbered, preamble_of

KIND = "section"
MAX_CHARACTERS = 60_000
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Extra:
    """What is kept beside a section's text. ``locked`` are sentences no rewriting may change."""

    fact_ids: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    locked: tuple[str, ...] = ()
    page: str = ""  # the page that typed this version


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as the page shows it: heading, text, version, state of work."""

    key: str
    marker: str
    outline: OutlineSection
    entry: Entry | None
    candidate: Candidate | None = None
    job: Job | None = None
    is_container: bool = False  # without facts of its own: its text stands in its subsections

    @property
    def text(self) -> str:
        """Return the newest text, "" where nothing was written."""
        return self.entry.text if self.entry else ""

    @property
    def number(self) -> int:
        """Return the newest version's number, 0 where nothing was written."""
        return self.entry.number if self.entry else 0

    @property
    def extra(self) -> Extra:
        """Return what is kept beside the text."""
        data = self.entry.version.data if self.entry else ""
        return decode(Extra, data) if data else Extra()

    @property
    def busy(self) -> bool:
        """Tell whether a job writes it now."""
        return self.job is not None and self.job.active

    @property
    def trouble(self) -> str:
        """Return why the last draft failed, "" where none did or a text has come since."""
        job = self.job
        if job is None or job.state not in ("failed", "interrupted"):
            return ""
        at = datetime.fromisoformat(self.entry.version.at).timestamp() if self.entry else 0.0
        return job.error or job.state if job.heartbeat >= at else ""

    @property
    def failed(self) -> bool:
        """Tell whether the last draft failed; a rewriting by an instruction is none."""
        job = self.job
        return job is not None and job.state == "failed" and not job.data and bool(self.trouble)

    def typed_by(self, page: str) -> bool:
        """Tell whether the newest version was typed in this page."""
        return self.entry is not None and bool(page) and self.extra.page == page

    @property
    def by_hand(self) -> bool:
        """Tell whether a person has had a hand in the text that stands."""
        origin = self.entry.version.origin if self.entry else ""
        return bool(self.text) and origin not in {"composer", "model"}


@dataclass(frozen=True, slots=True)
class Paper:
    """All of a project as read at one time."""

    project: int
    owner: str
    plan: Plan
    sheet: FactSheet
    facts_version: int
    sections: tuple[SectionView, ...]
    settings: dict[str, str]

    @property
    def year(self) -> int | None:
        """Return the year the paper is about, as far as period, title or outline say it."""
        for text in (self.settings.get("period", ""), self.plan.outline.period, self.title):
            found = _YEAR.search(text)
            if found:
                return int(found.group(1))
        return None

    @property
    def title(self) -> str:
        """Return the paper's title."""
        return self.settings.get("title", "") or self.plan.outline.title

    def view(self, key: str) -> SectionView | None:
        """Return a section by its key."""
        return next((view for view in self.sections if view.key == key), None)

    def head(self, view: SectionView) -> str:
        """Return a section's heading line, with those it stands under before it."""
        lines, level = [f"{view.marker}{view.outline.heading}\n"], view.outline.level
        for above in reversed(self.sections[: self.plan.index(view.key)]):
            if above.outline.level < level:
                lines.append(f"{above.marker}{above.outline.heading}\n")
                level = above.outline.level
        return "".join(reversed(lines))

    @property
    def busy(self) -> bool:
        """Tell whether any job is at work."""
        return any(view.busy for view in self.sections)


def load_paper(project: Project) -> Paper:
    """Read plan, facts, sections, candidates and jobs of a project."""
    plan, _ = load_plan(project)
    sheet, facts_version = load_sheet(project)
    entries, candidates = project.entries(KIND), project.candidates()
    jobs = {job.section: job for job in project.jobs() if job.kind == "draft"}
    marks = markers(section.level for section in plan.outline.sections)
    above = containers(plan.outline.sections)
    views = tuple(
        SectionView(key, mark, section, entries.get(key), candidates.get(key), jobs.get(key), holds)
        for key, mark, section, holds in zip(
            plan.keys, marks, plan.outline.sections, above, strict=True
        )
    )
    return Paper(project.id, project.user, plan, sheet, facts_version, views, project.settings())


def containers(sections: Sequence[OutlineSection]) -> list[bool]:
    """Tell of each section whether it has no facts of its own and stands over the one after it."""
    following = [*(section.level for section in sections[1:]), 0]
    return [
        not section.fact_ids and below > section.level
        for section, below in zip(sections, following, strict=False)
    ]


def save_text(
    project: Project,
    view: SectionView,
    text: str,
    *,
    base: int,
    page: str = "",
    amend: bool = False,
) -> Entry:
    """Save what a person typed over version ``base``. Raises Conflict."""
    extra = replace(view.extra, points=(), page=page)
    return project.save(
        KIND, view.key, text, base=base, origin="hand", details=Details(encode(extra), amend=amend)
    )


def draft_of(paper: Paper) -> Draft:
    """Put the sections together as they stand, not yet checked."""
    sections = numbered([_drafted(view) for view in paper.sections])
    unit = paper.settings.get("unit", "") or paper.plan.outline.unit
    outline = replace(paper.plan.outline, title=paper.title, unit=unit)
    preamble = paper.settings.get("preamble", preamble_of(outline))
    text = full_text(outline.title, preamble, sections)
    used = {number for section in sections for number in section.fact_ids}
    origins = {view.entry.version.origin for view in paper.sections if view.entry}
    return Draft(
        title=outline.title,
        sections=sections,
        text=text,
        preamble=preamble,
        unused_facts=tuple(fact.id for fact in paper.sheet if fact.id not in used),
        facts=paper.sheet,
        writer="model" if "model" in origins else "composer",
        unit=unit or paper.sheet.unit,
        addressee=paper.settings.get("addressee", ""),
        issue_date=paper.settings.get("issue_date", ""),
        annexes=tuple(paper.settings.get("annexes", "").splitlines()),
    )


def first_draft_of(project: Project, paper: Paper) -> Draft:
    """Return the paper with each section as it was first written, to compare with."""
    firsts = []
    for view in paper.sections:
        first = Entry(KIND, view.key, project.version(KIND, view.key, 1)) if view.number else None
        firsts.append(replace(view, entry=first))
    return draft_of(replace(paper, sections=tuple(firsts)))


def _drafted(view: SectionView) -> DraftSection:
    extra, outline = view.extra, view.outline
    ids = extra.fact_ids or outline.fact_ids
    return DraftSection(outline.heading, outline.level, view.text, ids, view.marker, extra.points)
