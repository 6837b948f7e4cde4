"""A batch of units on the server: one a project, its folder in the data folder, resumable."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafter.batch import (
    BatchEvent,
    BatchReport,
    RunOptions,
    UnitReport,
    UnitsTable,
    build_archive,
    read_report,
    read_units,
    run_batch,
)
from drafter.campaign import Campaign
from drafter.domain import Sample
from drafter.errors import DrafterError, EmptyInput, NotFound
from drafter.reading.names import safe_name
from drafter.settings import Settings
from drafter.store import Project
from drafter.ui.work.corpus import free_path

TABLES = {".xlsx", ".csv", ".tsv"}
TABLE_NAME = "table.txt"
BEAT_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as the page shows it while the batch runs and afterwards.

    ``status``: waiting, unready (its row or its files cannot be used), running, done, failed,
    skipped. ``row`` is its row in the table.
    """

    unit: str
    status: str = "waiting"
    error: str = ""
    row: int = 0
    findings: int = 0
    characters: int = 0
    nearest: str = ""
    share: float = 0.0

    @property
    def why(self) -> str:
        """Return what keeps the unit from its paper, without the row and name said beside it."""
        said = self.error.removeprefix(f"第 {self.row} 行").removeprefix(f"“{self.unit}”")
        return said.lstrip("：")


@dataclass
class Batch:
    """A batch at work or done. Lines are replaced as a whole, so a reader needs no lock."""

    folder: Path
    lines: tuple[Line, ...] = ()
    state: str = "empty"  # empty, ready, running, done, cancelled, failed
    message: str = ""
    report: BatchReport | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)


class Batches:
    """The batches of all projects; each runs in a thread of its own.

    ``office`` is the folder of the common samples; ``added`` gives those that a user works with
    beside them, or none.
    """

    def __init__(
        self, settings: Settings, office: Path, added: Callable[[str], Sequence[Sample]]
    ) -> None:
        self._settings = settings
        self._office = office
        self._added = added
        self._batches: dict[int, Batch] = {}
        self._lock = threading.Lock()

    def of(self, project: Project) -> Batch:
        """Return the project's batch; what an earlier run left is found again."""
        with self._lock:
            if project.id not in self._batches:
                folder = self._settings.home / "batches" / str(project.id)
                self._batches[project.id] = _found(Batch(folder))
            return self._batches[project.id]

    def take(self, project: Project, paths: Sequence[Path]) -> Batch:
        """Take an uploaded units table and the files that its rows name, or files still missing.

        With a table the files of the one before go; papers that are done stay, and a run takes
        over those whose row, files and samples are the same. Raises InputError.
        """
        batch = self.of(project)
        if batch.state == "running":
            raise EmptyInput("这一批还在起草：请先停止，再换单位表")
        inside = batch.folder / "in"
        table = _table_among(paths, batch.folder)
        if not table and not (batch.folder / TABLE_NAME).is_file():
            raise EmptyInput("请上传单位表（.xlsx 或 .csv），表头要有“单位”和“素材”两列")
        if table:
            shutil.rmtree(inside, ignore_errors=True)
        inside.mkdir(parents=True, exist_ok=True)
        for path in paths:
            project.keep_file(path.name, path.read_bytes())
            shutil.move(path, inside / safe_name(path.name))
        if table:
            (batch.folder / TABLE_NAME).write_text(table, encoding="utf-8")
        project.log("上传单位表" if table else "补交素材", table or paths[0].name)
        with self._lock:
            self._batches[project.id] = _found(Batch(batch.folder), is_fresh=True)
            return self._batches[project.id]

    def start(self, project: Project, tasks: Sequence[str], year: int | None) -> Batch:
        """Start the batch, or go on where it ended. Raises InputError for an unusable table."""
        batch = self.of(project)
        if batch.state == "running":
            return batch
        if batch.state == "empty":
            raise EmptyInput("请先上传单位表")
        batch.cancelled.clear()
        samples = self._samples(project, batch)
        campaign = Campaign(samples, self._settings, tuple(tasks), year)
        batch.state, batch.message = "running", ""
        threading.Thread(target=self._run, args=(project, batch, campaign), daemon=True).start()
        project.log("批量起草", f"{len(batch.lines)}个单位")
        return batch

    def _samples(self, project: Project, batch: Batch) -> Path:
        """Return a folder with the samples that single drafts of this user would follow."""
        samples = self._added(project.user)
        return _shelf(batch.folder / "samples", samples) if samples else self._office

    def archive(self, project: Project) -> bytes:
        """Return the finished papers, the risk sheet and the list of errors as a zip.

        Raises NotFound where nothing is finished.
        """
        batch = self.of(project)
        if batch.report is None:
            raise NotFound("这一批还没有结果：请先开始，等它结束")
        project.log("下载批量结果")
        return build_archive(batch.folder / "out", batch.report)

    def _run(self, project: Project, batch: Batch, campaign: Campaign) -> None:
        job = project.start_job("batch")
        project.beat(job, state="running")

        lines = {line.unit: line for line in batch.lines}
        beaten = time.monotonic()

        def heard(event: BatchEvent) -> None:
            nonlocal beaten
            if event.unit in lines:
                lines[event.unit] = _marked(lines[event.unit], event)
            now = time.monotonic()
            # A thousand units tell three things each: not every one is worth a write.
            if now - beaten >= BEAT_SECONDS:
                beaten = now
                project.beat(job)
                batch.lines = tuple(lines.values())

        try:
            options = RunOptions(
                workers=self._settings.concurrency if self._settings.has_model else 1,
                resume=True,
                settings_digest=campaign.digest(),
                is_cancelled=batch.cancelled.is_set,
            )
            table = read_units(_table(batch.folder))
            batch.report = run_batch(
                table,
                batch.folder / "out",
                draft_unit=campaign,
                on_event=heard,
                options=options,
            )
            batch.lines = _lines(table, batch.report)
            batch.state = "cancelled" if batch.cancelled.is_set() else "done"
        except DrafterError as error:
            batch.state, batch.message = "failed", str(error)
        except Exception as error:  # an edge: the thread must tell how it ended
            batch.state, batch.message = "failed", f"程序出错（{type(error).__name__}），可以再试"
            raise
        finally:
            project.beat(job, state=batch.state, error=batch.message)


def _shelf(folder: Path, samples: Sequence[Sample]) -> Path:
    """Return a folder that holds these samples; one of another content is another folder."""
    content = hashlib.sha256()
    for sample in samples:
        content.update(f"{sample.name}\0{sample.text}\0".encode("utf-8", "replace"))
    shelf = folder / content.hexdigest()[:24]
    if shelf.is_dir():
        return shelf
    shutil.rmtree(folder, ignore_errors=True)
    fresh = folder / "fresh"
    fresh.mkdir(parents=True)
    for sample in samples:
        free_path(fresh, safe_name(sample.name)).write_text(sample.text, encoding="utf-8")
    return fresh.rename(shelf)


def _table_among(paths: Sequence[Path], folder: Path) -> str:
    """Return the name of the units table among uploads, "" where rows wait for all of them."""
    waited_for = _waited_for(folder)
    tables = [
        path
        for path in paths
        if path.suffix.lower() in TABLES and safe_name(path.name) not in waited_for
    ]
    chosen = next(filter(_is_table, tables), None) or next(iter(tables), None)
    return safe_name(chosen.name) if chosen else ""


def _waited_for(folder: Path) -> str:
    """Return why rows of the table that is there cannot be used; the files are named in it."""
    with suppress(DrafterError, OSError):
        return "\n".join(row.reason for row in read_units(_table(folder)).bad_rows)
    return ""


def _is_table(path: Path) -> bool:
    try:
        read_units(path)
    except DrafterError:
        return False
    return True


def _table(folder: Path) -> Path:
    name = (folder / TABLE_NAME).read_text(encoding="utf-8")
    return folder / "in" / name


def _found(batch: Batch, *, is_fresh: bool = False) -> Batch:
    """Read what lies in the folder: the table, and the report of an earlier run.

    ``is_fresh``: files have come in since, so what failed may be done now.
    """
    if not (batch.folder / TABLE_NAME).is_file():
        return batch
    try:
        table = read_units(_table(batch.folder))
    except DrafterError as error:
        batch.message = str(error)
        return batch
    batch.report = read_report(batch.folder / "out" / "report.json")
    batch.lines = _lines(table, batch.report, is_fresh=is_fresh)
    left = any(line.status in {"waiting", "skipped"} for line in batch.lines)
    batch.state = "ready" if left or batch.report is None else "done"
    told = [notice.message for notice in table.notices]
    if batch.report is None and any((batch.folder / "out").glob(".state/*.json")):
        told.append("上次中途停了：写好的直接用上，再点“开始起草”接着做")
    batch.message = "；".join(told)
    return batch


def _lines(
    table: UnitsTable, report: BatchReport | None, *, is_fresh: bool = False
) -> tuple[Line, ...]:
    """Return the rows of a table in its order, each with what is known of it."""
    known = {unit.unit: unit for unit in report.units} if report else {}
    lines = [
        Line(row.unit or f"第 {row.row} 行", "unready", row.reason, row.row)
        for row in table.bad_rows
    ]
    for unit in table:
        line = Line(unit.name, row=unit.row)
        said = known.get(unit.name)
        if said and (said.status == "done" or not is_fresh):
            line = _line(said, unit.row)
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: line.row))


def _marked(line: Line, event: BatchEvent) -> Line:
    kinds = {"started": "running", "reused": "done"}
    status = kinds.get(event.kind, event.kind)
    return replace(line, status=status, error=event.message if status == "failed" else line.error)


def _line(unit: UnitReport, row: int) -> Line:
    return Line(
        unit.unit,
        unit.status,
        unit.error,
        row,
        sum(1 for finding in unit.findings if finding.severity != "hint"),
        unit.characters,
        unit.nearest_unit,
        unit.overlap_share,
    )
