"""Drafting as work on the server: it goes on when the page is closed, and can be stopped.

Each section is one job in the store. The text so far is kept in memory for the page that watches,
and in the store twice a second for a restart.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from drafter.domain import DraftSection
from drafter.errors import Conflict, DrafterError
from drafter.store import Details, Project, encode
from drafter.ui.work.sections import KIND, Extra, Paper, SectionView, load_paper

FLUSH_SECONDS = 0.5


@dataclass
class Running:
    """One job at work. ``partial`` is replaced as a whole, so it can be read without a lock."""

    project: Project
    section: str
    job: int
    instruction: str = ""
    span: tuple[int, int] = (0, 0)  # what of the text is to be rewritten; (0, 0): all of it
    without_model: bool = False
    click: object = None  # the same for all sections that one click started
    partial: str = ""
    waiting: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    flushed: float = 0.0

    def say(self, text: str) -> None:
        """Take the text so far; to the store only now and then."""
        self.partial = text
        now = time.monotonic()
        if now - self.flushed >= FLUSH_SECONDS:
            self.flushed = now
            self.project.beat(self.job, partial=text)


WriteOne = Callable[[Paper, SectionView, Running], DraftSection]
"""Write one section; calls ``running.say`` as text comes, ends early when ``running.stopped``."""


class Runner:
    """The pool of writers. ``write_one`` does the work and raises DrafterError."""

    def __init__(self, write_one: WriteOne, workers: int = 4) -> None:
        self._write_one = write_one
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="draft")
        self._running: dict[tuple[int, str], Running] = {}
        self._futures: list[Future[None]] = []
        self._lock = threading.Lock()

    def start(
        self,
        project: Project,
        keys: Sequence[str],
        instruction: str = "",
        span: tuple[int, int] = (0, 0),
        without_model: bool = False,
    ) -> int:
        """Start a job for each section that has none at work; return how many were started."""
        click = object()
        with self._lock:
            fresh = [key for key in keys if (project.id, key) not in self._running]
            for key in fresh:
                job = project.start_job("draft", key, instruction)
                running = Running(project, key, job, instruction, span, without_model, click)
                self._running[project.id, key] = running
                self._futures.append(self._pool.submit(self._run, running))
            self._futures = [future for future in self._futures if not future.done()]
        return len(fresh)

    def stop(self, project: int, key: str = "") -> int:
        """Stop a section's job, or all of a project; what was written so far is kept."""
        with self._lock:
            chosen = [
                running
                for (number, section), running in self._running.items()
                if number == project and key in ("", section)
            ]
        for running in chosen:
            running.stopped.set()
        return len(chosen)

    def partial(self, project: int, key: str) -> Running | None:
        """Return the work on a section that is under way here."""
        return self._running.get((project, key))

    def settle(self, seconds: float) -> None:
        """Wait a moment for work to end: short work is then done before the page answers."""
        with self._lock:
            futures = list(self._futures)
        wait(futures, timeout=seconds)

    def close(self) -> None:
        """Stop all work and wait for it."""
        with self._lock:
            for running in self._running.values():
                running.stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, running: Running) -> None:
        project = running.project
        try:
            if running.stopped.is_set():
                project.beat(running.job, state="stopped")
                return
            project.beat(running.job, state="running")
            self._write(running)
        except DrafterError as error:
            project.beat(running.job, state="failed", error=str(error), partial=running.partial)
        except Exception as error:  # an edge: a job must not die silently
            told = f"程序出错（{type(error).__name__}）：已有文字都在，请重试"
            project.beat(running.job, state="failed", error=told, partial=running.partial)
            raise
        finally:
            with self._lock:
                self._running.pop((project.id, running.section), None)

    def _write(self, running: Running) -> None:
        paper = load_paper(running.project)
        view = paper.view(running.section)
        if view is None:
            running.project.beat(running.job, state="stopped")
            return
        written = self._write_one(paper, view, running)
        stopped = running.stopped.is_set()
        note = (
            "未写完，已停止"
            if stopped
            else running.instruction and f"按意见：{running.instruction}"
        )
        keep(running.project, view, written, note[:200])
        running.project.beat(
            running.job, state="stopped" if stopped else "done", partial=written.text
        )


def keep(project: Project, view: SectionView, written: DraftSection, note: str = "") -> None:
    """Keep a written section: as the text where no person had a hand in it, else as a candidate."""
    if not written.text.strip():
        return
    origin = "model" if any(p.origin == "model" for p in written.points) else "composer"
    extra = Extra(written.fact_ids, written.points, view.extra.locked)
    data, said = encode(extra), note or _notices(written)
    # With an instruction, a stop or a person's words in the text, a person decides.
    if view.by_hand or view.extra.locked or (note and view.text):
        if written.text != view.text:
            _propose(project, view, written.text, origin, data, said)
        return
    try:
        details = Details(data, said)
        project.save(KIND, view.key, written.text, base=view.number, origin=origin, details=details)
    except Conflict:
        _propose(project, view, written.text, origin, data, said)


def _propose(
    project: Project, view: SectionView, text: str, origin: str, data: str, note: str
) -> None:
    project.propose(view.key, text, base=view.number, origin=origin, data=data, note=note)


def _notices(written: DraftSection) -> str:
    return "；".join(dict.fromkeys(p.notice for p in written.points if p.notice))[:300]
