"""The records of a batch: a unit, what came of it, and the run as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from drafter.domain import Finding, Notice, Usage
from drafter.reading import ReadDocument

Status = Literal["done", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of a units table. ``name`` is distinct within the table, ``unit`` is as written.

    ``material`` is the text of the cell, ``documents`` are the files that the cell names instead.
    ``samples`` are files of its own, ``sample_names`` names of samples in the library. ``variant``
    counts the units from 0, so that neighbours may be given different exemplars and do not come
    out alike. ``row`` is the table's row number, from 1.
    """

    name: str
    material: str = ""
    documents: tuple[ReadDocument, ...] = ()
    title: str = ""
    tasks: tuple[str, ...] = ()
    year: int | None = None
    period: str = ""
    samples: tuple[ReadDocument, ...] = ()
    sample_names: tuple[str, ...] = ()
    last_year: str = ""
    addressee: str = ""
    row: int = 0
    unit: str = ""
    variant: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that is in the unit's row; where the row stands does not count."""
        content = [
            self.name, self.material, [document.sha256 for document in self.documents], self.title,
            self.tasks, self.year, self.period, [sample.sha256 for sample in self.samples],
            self.sample_names, self.last_year, self.addressee, self.unit,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be drafted, and why (one Chinese line)."""

    row: int
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitsTable:
    """A units table as read: usable rows, unusable ones, and what else to tell."""

    units: tuple[Unit, ...]
    bad_rows: tuple[BadRow, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What the drafting of a unit hands back. ``document`` is the .docx, ``text`` the whole draft.

    ``text`` is compared with the other units' texts; ``unused_facts`` are ids.
    """

    document: bytes
    text: str
    title: str = ""
    findings: tuple[Finding, ...] = ()
    usage: Usage = field(default_factory=Usage)
    writer: str = "composer"
    unused_facts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


DraftUnit = Callable[[Unit], UnitResult]
"""Draft one unit; may raise DrafterError. Must be picklable to run on processes or a cluster."""


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's state after a run. ``file`` is relative to the output folder, "" if there is none.

    ``overlap_share`` is the part (0 to 1) of the shorter text that stands in the nearest unit's;
    ``gaps`` counts the 【待补】 in the text.
    """

    unit: str
    status: Status
    file: str = ""
    error: str = ""
    findings: tuple[Finding, ...] = ()
    nearest_unit: str = ""
    overlap_share: float = 0.0
    usage: Usage = field(default_factory=Usage)
    row: int = 0
    title: str = ""
    characters: int = 0
    unused_facts: int = 0
    writer: str = ""
    longest_overlap: str = ""
    notices: tuple[str, ...] = ()
    gaps: int = 0

    @property
    def trouble(self) -> str:
        """Where in the table a unit without a draft stands, and why it has none, each once."""
        row = f"第 {self.row} 行"
        name = "" if self.unit == row else f"{self.unit}："
        return f"{row}　{name}{self.error.removeprefix(row).lstrip('：，')}"


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit's clause about the level above, and what ``count`` other papers say in its place."""

    unit: str
    text: str
    other: str
    count: int


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A run: every unit and bad row of the table once, in the table's order."""

    units: tuple[UnitReport, ...] = ()
    notices: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    def count(self, status: Status) -> int:
        """Return how many units have this status."""
        return sum(unit.status == status for unit in self.units)

    def to_json(self) -> dict[str, Any]:
        """Return the object of report.json (design, section 4), shares rounded to 4 places."""
        return {
            "units": [unit_json(unit) for unit in self.units],
            "notices": list(self.notices),
            "differences": [asdict(difference) for difference in self.differences],
        }


@dataclass(frozen=True, slots=True)
class BatchEvent:
    """Progress. ``kind``: started, done, failed, skipped, reused, comparing, finished.

    ``finished`` of ``total`` units have an end; ``message`` is one line for a person.
    """

    kind: str
    unit: str = ""
    finished: int = 0
    total: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is done.

    ``workers`` draft side by side, on threads, or with ``processes`` on processes; ``scheduler`` is
    the address of a Dask scheduler, where the work is done in their place. With ``resume`` units
    that are finished and unchanged are taken over.
    ``allow``: wording handed down from above, which does not count as overlap. ``token_budget``: no
    unit is begun once so many tokens are spent (None: no budget). ``settings_digest``: names what
    else drafts depend on (samples, model); where it differs, resume drafts again. ``is_cancelled``
    is asked before every unit.
    """

    workers: int = 1
    processes: bool = False
    scheduler: str = ""
    resume: bool = False
    allow: tuple[str, ...] = ()
    min_run: int = 13
    token_budget: int | None = None
    settings_digest: str = ""
    is_cancelled: Callable[[], bool] = lambda: False


def unit_json(unit: UnitReport) -> Mapping[str, Any]:
    """Return the JSON object of one unit's report."""
    return {
        "unit": unit.unit,
        "status": unit.status,
        "file": unit.file,
        "error": unit.error,
        "findings": [finding_json(finding) for finding in unit.findings],
        "nearest_unit": unit.nearest_unit,
        "overlap_share": round(unit.overlap_share, 4),
        "usage": {name: getattr(unit.usage, name) for name in Usage.__slots__},
        "row": unit.row,
        "title": unit.title,
        "characters": unit.characters,
        "unused_facts": unit.unused_facts,
        "gaps": unit.gaps,
        "writer": unit.writer,
        "notices": list(unit.notices),
    }


def unit_report(said: Mapping[str, Any]) -> UnitReport:
    """Return a unit's report from its JSON object. Raises KeyError, TypeError for another shape."""
    plain = {one.name: said[one.name] for one in fields(UnitReport) if one.name in said}
    plain["findings"] = tuple(_finding(finding) for finding in said["findings"])
    plain["usage"] = Usage(**said["usage"])
    plain["notices"] = tuple(said["notices"])
    return UnitReport(**plain)


def _finding(said: Mapping[str, Any]) -> Finding:
    known = {one.name: said[one.name] for one in fields(Finding) if one.name in said}
    return Finding(**{**known, "fact_ids": tuple(said.get("fact_ids", ()))})


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding under the names of the public contract."""
    values = {name: getattr(finding, name) for name in Finding.__slots__}
    return {**values, "fact_ids": list(finding.fact_ids)}


def read_report(path: Path) -> BatchReport | None:
    """Return the report of an earlier run from its report.json; None where none can be read."""
    try:
        said = json.loads(path.read_bytes())
        units = tuple(unit_report(unit) for unit in said["units"])
        differences = tuple(Difference(**one) for one in said["differences"])
        return BatchReport(units, tuple(said["notices"]), differences)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def report_bytes(report: BatchReport) -> bytes:
    """Return report.json as UTF-8 bytes, Chinese as it stands."""
    return f"{json.dumps(report.to_json(), ensure_ascii=False, indent=2)}\n".encode()
