"""The samples that users add: looked at first, then kept as clean text in the data folder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drafter import public
from drafter.batch.state import write_atomically
from drafter.domain import Notice, Sample
from drafter.errors import EmptyInput
from drafter.reading.names import safe_name
from drafter.samples.hygiene import hygiene
from drafter.store import Project
from drafter.ui.work.intake import read_text_upload

MAX_WAITING = 50
FONTS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", "SimHei")


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample that waits for a decision; ``twin`` is the sample it repeats, if it does."""

    name: str
    sample: Sample
    warnings: tuple[Notice, ...]
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The library in figures: (name, characters, sections, warnings) a sample."""

    rows: tuple[tuple[str, int, int, int], ...]
    characters: int


class Corpus:
    """The folder of added samples, and what waits by user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: dict[str, list[Entry]] = {}
        self._lock = threading.Lock()

    def waiting(self, user: str) -> list[Entry]:
        """Return the user's samples that wait."""
        with self._lock:
            return list(self._waiting.get(user, []))

    def propose(self, project: Project, path: Path, samples: Sequence[Sample]) -> Entry:
        """Read a file as a sample and keep it waiting. Raises InputError."""
        name = safe_name(path.stem)
        text = read_text_upload(project, path)
        if not text.strip():
            raise EmptyInput("文件里没有文字，请检查内容")
        sample = public.parse_sample(text, name)
        twins = [other.name for other in samples if other.text and other.text == sample.text]
        report = hygiene([*samples, sample]).samples[-1]
        entry = Entry(name, sample, report.warnings, twins[0] if twins else "")
        with self._lock:
            entries = self._waiting.setdefault(project.user, [])
            entries[:] = [*[e for e in entries if e.name != name][-MAX_WAITING:], entry]
        return entry

    def accept(self, project: Project) -> int:
        """Keep the user's waiting samples; return how many. A repeated one is left out."""
        entries = [entry for entry in self.waiting(project.user) if not entry.twin]
        self.folder.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            write_atomically(self.folder / f"{entry.name}.txt", entry.sample.text.encode())
            project.log("收入语料库", entry.name)
        self.reject(project.user)
        return len(entries)

    def reject(self, user: str) -> None:
        """Put the user's waiting samples aside."""
        with self._lock:
            self._waiting.pop(user, None)

    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """Return the library in figures."""
        rows = tuple(
            (s.title or s.name, len(s.text), sum(1 for _ in s.walk()), len(s.warnings))
            for s in samples
        )
        return Statistics(rows, sum(row[1] for row in rows))

    def plot(self, statistics: Statistics, title: str) -> Any:
        """Return a bar chart of the samples' lengths, as a matplotlib figure."""
        import matplotlib as mpl  # noqa: PLC0415 - slow to load, only this needs it
        from matplotlib.figure import Figure  # noqa: PLC0415

        rows = sorted(statistics.rows, key=lambda row: row[1])[-25:]
        # Read when the figure is drawn, which the page does later.
        mpl.rcParams["font.sans-serif"] = [*FONTS, "DejaVu Sans"]
        figure = Figure(figsize=(7, 0.26 * max(4, len(rows)) + 0.9), layout="constrained")
        axes = figure.subplots()
        axes.barh([row[0][:18] for row in rows], [row[1] for row in rows], color="#1f4f86")
        axes.set_title(title, fontsize=11)
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right"]].set_visible(False)
        return figure
