"""Writing one section: by the composer, or by the model where one is set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from drafter import public
from drafter.domain import DraftSection, Outline
from drafter.settings import Settings
from drafter.ui.work.runner import Running, WriteOne
from drafter.ui.work.sections import Paper, SectionView
from drafter.writing.events import Event, StopWriting

if TYPE_CHECKING:
    from drafter.model import Endpoint


def writer(settings: Settings) -> WriteOne:
    """Return what writes one section under these settings; the model is connected at first use."""
    endpoint = _once(settings)

    def write_one(paper: Paper, view: SectionView, running: Running) -> DraftSection:
        empty = DraftSection(view.outline.heading, view.outline.level, "")
        if _is_container(paper, view):
            return empty
        outline = replace(paper.plan.outline, sections=(view.outline,), unplaced=())
        return _written(paper, outline, running, endpoint(), settings)

    return write_one


def _once(settings: Settings) -> Callable[[], Endpoint | None]:
    made: list[Endpoint] = []

    def endpoint() -> Endpoint | None:
        if not settings.has_model:
            return None
        if not made:
            from drafter.model import connect  # noqa: PLC0415 - only with a model

            made.append(connect(settings))
        return made[0]

    return endpoint


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


def _is_container(paper: Paper, view: SectionView) -> bool:
    """Tell whether a section without facts has its text in its subsections."""
    at = paper.plan.index(view.key)
    below = paper.plan.outline.sections[at + 1 : at + 2]
    return not view.outline.fact_ids and bool(below) and below[0].level > view.outline.level


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
            self._running.say(text)
        elif event.kind == "waiting":
            self._running.waiting = event.text
        if self._running.stopped.is_set() and event.kind not in {"section", "finding"}:
            raise StopWriting
