"""Runs a batch: a stream of independent units, each with a durable state."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from pathlib import Path

from drafter.batch.agreement import differences
from drafter.batch.alike import Nearest, nearest_units
from drafter.batch.pools import Pool, open_pool
from drafter.batch.record import (
    BadRow,
    BatchEvent,
    BatchReport,
    DraftUnit,
    RunOptions,
    Unit,
    UnitReport,
    UnitResult,
    UnitsTable,
    report_bytes,
)
from drafter.batch.risk import write_risk
from drafter.batch.state import Finished, State, unwritable
from drafter.errors import BudgetSpent, DrafterError, InputError, ModelDenied, StoreError
from drafter.files import write_atomically

_log = logging.getLogger(__name__)
_GO_ON = "续做时命令加 --resume，网页再点“开始起草”"
OnEvent = Callable[[BatchEvent], None]


def run_batch(
    units: UnitsTable | Iterable[Unit],
    out_dir: str | os.PathLike[str],
    *,
    draft_unit: DraftUnit,
    on_event: OnEvent | None = None,
    options: RunOptions = RunOptions(),  # noqa: B008 - frozen
) -> BatchReport:
    """Draft every unit into ``out_dir``: a .docx each, report.json and risk.xlsx.

    A unit that fails stops no other; a key or address that is refused, or a spent budget, stops the
    run, and what was not begun is skipped. Raises StoreError where the folder cannot be written,
    SettingsError where the cluster cannot be reached, InputError for units of the same name
    (``read_units`` tells them apart).
    """
    table = units if isinstance(units, UnitsTable) else UnitsTable(tuple(units))
    run = _Run(table, State(Path(out_dir), options.settings_digest), options, on_event)
    todo = run.take_over(options.resume)
    try:
        if todo:
            with open_pool(draft_unit, options) as pool:
                run.draft(todo, pool)
    except KeyboardInterrupt:
        run.write(run.report())
        raise
    report = run.report()
    run.write(report)
    return report


class _Run:
    """One run: what is finished, what failed, and why it was stopped, if it was."""

    def __init__(
        self, table: UnitsTable, state: State, options: RunOptions, on_event: OnEvent | None
    ) -> None:
        self._table = table
        self._state = state
        self._options = options
        self._on_event = on_event or (lambda _: None)
        if len({unit.name for unit in table.units}) < len(table.units):
            raise InputError("单位名称有重复，无法分开保存；请改成不同的名称")
        self._files = {unit.name: state.file_for(unit) for unit in table.units}
        self._finished: dict[str, Finished] = {}
        self._failed: dict[str, str] = {}
        self._suspects: dict[str, Unit] = {}
        self._stopped = ""
        self._tokens = 0

    def take_over(self, resume: bool) -> list[Unit]:
        """Take over what an earlier run finished; return the units that are left."""
        if not resume:
            return list(self._table.units)
        left = []
        for unit in self._table.units:
            finished = self._state.load(unit, self._files[unit.name])
            if finished is None:
                left.append(unit)
            else:
                self._finished[unit.name] = finished
                self._tell("reused", unit.name, "已完成，未重做")
        return left

    def draft(self, todo: Iterable[Unit], pool: Pool) -> None:
        """Draft the units; those that were under way when a process died again, one at a time."""
        self._stream(todo, pool, pool.window)
        self._stream(tuple(self._suspects.values()), pool, 1)

    def _stream(self, todo: Iterable[Unit], pool: Pool, window: int) -> None:
        """Keep the pool busy until all units have an end or the run is stopped."""
        waiting: dict[Future[UnitResult], Unit] = {}
        queue = iter(todo)
        while True:
            for unit in islice(self._admitted(queue), max(window - len(waiting), 0)):
                self._tell("started", unit.name)
                waiting[pool.submit(unit)] = unit
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                self._settle(future, waiting.pop(future))
            if self._stopped:
                for future in waiting:
                    future.cancel()

    def _admitted(self, queue: Iterator[Unit]) -> Iterator[Unit]:
        """Yield units while the run goes on; the questions are asked before each one."""
        while not self._stopped:
            budget = self._options.token_budget
            if self._options.is_cancelled():
                self._stopped = f"已取消，未起草；{_GO_ON}"
            elif budget is not None and self._tokens >= budget:
                self._stopped = f"本次用量已达预算（{budget} 词元），未起草；调高预算后{_GO_ON}"
            else:
                unit = next(queue, None)
                if unit is None:
                    return
                yield unit

    def _settle(self, future: Future[UnitResult], unit: Unit) -> None:
        try:
            result = future.result()
        except CancelledError:
            if not self._stopped:
                self._fail(unit, f"与集群的连接断开，没有完成；恢复后{_GO_ON}")
        except DrafterError as error:
            self._fail(unit, str(error))
            if isinstance(error, (ModelDenied, BudgetSpent)):
                self._stopped = f"已停止，未起草：{error}"
        except BrokenProcessPool:
            if unit.name in self._suspects:
                self._fail(
                    unit, f"起草时进程意外退出（可能内存不足）；请减少素材或并行数，{_GO_ON}"
                )
            self._suspects[unit.name] = unit
        except Exception as error:
            _log.exception("unit %s failed", unit.row)
            self._fail(unit, f"程序内部错误（{type(error).__name__}），请把素材发给维护人员")
        else:
            self._keep(unit, result)

    def _keep(self, unit: Unit, result: UnitResult) -> None:
        try:
            finished = self._state.save(unit, self._files[unit.name], result)
        except StoreError as error:
            self._fail(unit, str(error))
            self._stopped = f"已停止，未起草：{error}"
            return
        self._finished[unit.name] = finished
        self._tokens += result.usage.prompt_tokens + result.usage.completion_tokens
        self._tell("done", unit.name)

    def _fail(self, unit: Unit, reason: str) -> None:
        self._failed[unit.name] = reason
        self._tell("failed", unit.name, reason)

    def _tell(self, kind: str, unit: str = "", message: str = "") -> None:
        finished = len(self._finished) + len(self._failed)
        self._on_event(BatchEvent(kind, unit, finished, len(self._table), message))

    def report(self) -> BatchReport:
        """Return the report of all rows in the table's order, with nearest units."""
        self._tell("comparing")
        texts = {name: finished.text for name, finished in self._finished.items()}
        options = self._options
        handed_down = {task for unit in self._table.units for task in unit.tasks}
        nearest = nearest_units(texts, options.min_run, (*options.allow, *sorted(handed_down)))
        reports = [self._unit_report(unit, nearest) for unit in self._table.units]
        reports += [_bad_row_report(row) for row in self._table.bad_rows]
        notices = tuple(notice.message for notice in self._table.notices)
        ordered = tuple(sorted(reports, key=lambda report: report.row))
        return BatchReport(ordered, notices, differences(texts))

    def _unit_report(self, unit: Unit, nearest: Mapping[str, Nearest]) -> UnitReport:
        finished = self._finished.get(unit.name)
        if finished is None:
            failed = self._failed.get(unit.name)
            if failed is not None:
                return UnitReport(unit.name, "failed", error=failed, row=unit.row)
            return UnitReport(unit.name, "skipped", error=self._stopped or "未起草", row=unit.row)
        alike = nearest.get(unit.name, Nearest("", 0.0, ""))
        return replace(
            finished.report,
            nearest_unit=alike.unit,
            overlap_share=alike.share,
            longest_overlap=alike.longest,
        )

    def write(self, report: BatchReport) -> None:
        """Write report.json and risk.xlsx. Raises StoreError."""
        folder = self._state.folder
        try:
            write_atomically(folder / "report.json", report_bytes(report))
            write_atomically(folder / "risk.xlsx", write_risk(report))
        except OSError as error:
            raise StoreError(unwritable(folder, error)) from error
        self._tell("finished")


def _bad_row_report(row: BadRow) -> UnitReport:
    return UnitReport(row.unit or f"第 {row.row} 行", "failed", error=row.reason, row=row.row)
