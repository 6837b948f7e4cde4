"""Where units are drafted: here, on threads, on processes, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from drafter.batch.record import DraftUnit, RunOptions, Unit, UnitResult
from drafter.errors import SettingsError

_CONNECT_SECONDS = 10
_AHEAD = 2


class Here(Executor):
    """An executor that does the work at once, in the calling thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: D102
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Pool:
    """An executor, the drafting function in the form it wants, and how many units to hand it."""

    executor: Executor
    draft_unit: Any
    window: int

    def submit(self, unit: Unit) -> Future[UnitResult]:
        """Hand over one unit."""
        return self.executor.submit(work, self.draft_unit, unit)


def work(draft_unit: DraftUnit, unit: Unit) -> UnitResult:
    """Draft one unit and take its time; the same function here, in a process and on a cluster."""
    started = time.perf_counter()
    result = draft_unit(unit)
    if result.usage.seconds:
        return result
    return replace(result, usage=replace(result.usage, seconds=time.perf_counter() - started))


@contextmanager
def open_pool(draft_unit: DraftUnit, options: RunOptions) -> Iterator[Pool]:
    """Open the pool a run asks for. Raises SettingsError where the cluster cannot be reached."""
    workers = max(options.workers, 1)
    if options.scheduler:
        with _cluster(draft_unit, options.scheduler) as pool:
            yield pool
    elif workers == 1 and not options.processes:
        yield Pool(Here(), draft_unit, 1)
    else:
        executor = _local(workers, options.processes)
        try:
            yield Pool(executor, draft_unit, workers * _AHEAD)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)


def _local(workers: int, processes: bool) -> Executor:
    if not processes:
        return ThreadPoolExecutor(workers, thread_name_prefix="batch")
    return Processes(workers)


class Processes(Executor):
    """A pool of processes that is replaced when one of them dies.

    Processes are spawned, not forked: threads of the parent may hold locks.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, multiprocessing.get_context("spawn"))

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: D102
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._new_pool()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: D102
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _cluster(draft_unit: DraftUnit, scheduler: str) -> Iterator[Pool]:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        hint = "用集群批量起草需要安装 distributed：pip install 'township-drafter[cluster]'"
        raise SettingsError(hint) from error
    try:
        client = distributed.Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SettingsError(f"连不上集群调度器“{scheduler}”；请核对地址，或不用集群运行") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise SettingsError(f"集群“{scheduler}”上没有工作进程；请先启动 dask worker")
        shared = client.scatter(draft_unit, broadcast=True, hash=False)
        yield Pool(client.get_executor(pure=False), shared, threads * _AHEAD)
