"""Writing one section: by the composer, or by the model where one is set."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from drafter import public
from drafter.chinese.sentences import split_sentences
from drafter.domain import DraftSection, Outline, Point
from drafter.errors import ModelAnswerInvalid, ModelError, SettingsError
from drafter.settings import Settings
from drafter.ui.work.runner import Running, WriteOne
from drafter.ui.work.sections import Paper, SectionView
from drafter.writing.editing import Edit, rewrite_section
from drafter.writing.events import Event, StopWriting

if TYPE_CHECKING:
    from drafter.model import Endpoint

ALIKE = 0.5
BLANK = "＿"
_HANDLE = re.compile(r"〔F\d[^〔〕\n]{0,60}〕")
_BEGUN = re.compile(r"〔[^〔〕\n]{0,60}$", re.MULTILINE)


def writer(settings: Settings) -> WriteOne:
    """Return what writes one section under these settings; the model is connected at first use."""
    line = ModelLine(settings)

    def write_one(paper: Paper, view: SectionView, running: Running) -> DraftSection:
        if view.is_container:
            return DraftSection(view.outline.heading, view.outline.level, "")
        try:
            written = _write(paper, view, running, line)
        except ModelError:
            line.failed(running.click)
            raise
        if any(point.notice for point in written.points):
            line.failed(running.click)
        return written

    return write_one


def _write(paper: Paper, view: SectionView, running: Running, line: ModelLine) -> DraftSection:
    endpoint = None if running.without_model else line.endpoint(running.click)
    if running.instruction:
        return _rewritten(paper, view, running, endpoint, line.settings)
    outline = replace(paper.plan.outline, sections=(view.outline,), unplaced=())
    written = _written(paper, outline, running, endpoint, line.settings)
    return replace(written, text=with_locked(written.text, view.extra.locked))


class ModelLine:
    """The connection to the model, one for all sections and users: its limits hold for all.

    An endpoint that failed is given up for a while, and its budget may be spent. Who clicks again
    has perhaps put it right, so the next click gets a new connection; the sections of one click
    share theirs.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._endpoint: Endpoint | None = None
        self._failed: object = None

    def endpoint(self, click: object) -> Endpoint | None:
        """Return the endpoint, None where no model is set. Raises SettingsError."""
        if not self.settings.has_model:
            return None
        from drafter.model import connect  # noqa: PLC0415 - only with a model

        with self._lock:
            if self._endpoint is None or self._failed not in (None, click):
                self._endpoint, self._failed = connect(self.settings), None
            return self._endpoint

    def failed(self, click: object) -> None:
        """Tell that a call of this click failed."""
        with self._lock:
            self._failed = click


def _written(
    paper: Paper,
    outline: Outline,
    running: Running,
    endpoint: Endpoint | None,
    settings: Settings,
) -> DraftSection:
    draft = public.write(
        paper.sheet,
        outline,
        (),
        endpoint.ask if endpoint else None,
        paper.year,
        sealed=settings.sealed,
        on_event=Ear(running),
    )
    return draft.sections[0]


def _rewritten(
    paper: Paper,
    view: SectionView,
    running: Running,
    endpoint: Endpoint | None,
    settings: Settings,
) -> DraftSection:
    """Write a section again by an instruction; locked sentences stay to the letter."""
    if endpoint is None:
        raise SettingsError("按意见重写需要模型，现在没有设置")
    ids = view.extra.fact_ids or view.outline.fact_ids
    old = DraftSection(view.outline.heading, view.outline.level, view.text, ids, view.marker)
    start, end = running.span
    edit = Edit(running.instruction, start, end, view.extra.locked, sealed=settings.sealed)
    made = rewrite_section(old, edit, endpoint.ask, paper.sheet, Ear(running))[0]
    if not made.changed:
        raise ModelAnswerInvalid(
            made.notice or "模型没有给出可用的改写，原文没有动，可换个说法再试"
        )
    point = Point(made.text, ids, "model", made.model, made.prompt_version, made.notice)
    return replace(old, text=made.text, points=(point,))


def with_locked(text: str, locked: Sequence[str]) -> str:
    """Return a fresh text with the locked sentences in it to the letter.

    Each takes the place of the sentence most like it, or comes last where none is alike.
    """
    for sentence in locked:
        if sentence in text:
            continue
        spans = split_sentences(text)
        likeness = [SequenceMatcher(None, s.text, sentence).ratio() for s in spans]
        best = max(range(len(spans)), key=likeness.__getitem__, default=-1)
        if best >= 0 and likeness[best] >= ALIKE:
            span = spans[best]
            text = text[: span.start] + sentence + text[span.end :]
        else:
            text = f"{text.rstrip()}\n{sentence}".strip()
    return text


def legible(text: str) -> str:
    """Return words as they come, with a blank where the program will put a figure or a name."""
    return _HANDLE.sub(BLANK, _BEGUN.sub("", text))


class Ear:
    """Hears a run: shows its points as they come, and stops it when the clerk says so."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._points: dict[int, str] = {}

    def __call__(self, event: Event) -> None:
        """Take one event; raises StopWriting when the job is to stop."""
        if event.kind == "delta":
            self._points[event.point] = self._points.get(event.point, "") + event.text
        elif event.kind == "point":
            self._points[event.point] = event.text
        if event.kind in {"delta", "point"}:
            text = "\n".join(self._points[n] for n in sorted(self._points))
            self._running.say(legible(text))
        elif event.kind == "waiting":
            self._running.waiting = event.text
        if self._running.stopped.is_set() and event.kind not in {"section", "finding"}:
            raise StopWriting
