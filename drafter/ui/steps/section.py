"""What step 撰写 shows of a project: the list, the section in front, what is beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from drafter.store import Version
from drafter.ui import panels, reading, worklist
from drafter.ui.html import el, panel
from drafter.ui.place import LOCKED
from drafter.ui.wiring import Desk, change
from drafter.ui.words import Words
from drafter.ui.work.returned import load_returned
from drafter.ui.work.sections import KIND, SectionView
from drafter.ui.work.whole import Marked

LIST = ("section_list", "ticker", "draft_stop", "seen")
EDITOR = (
    "heading",
    "editor",
    "candidate",
    "candidate_accept",
    "candidate_reject",
    "versions",
    "save_state",
)
SIDE = ("findings", "provenance")
OUTPUTS = (*LIST, *EDITOR, *SIDE)
SHOWN_VERSIONS = 40


def show(desk: Desk, key: str = "") -> dict[str, Any]:
    """Return the whole step at a section; the editor gets the text as stored."""
    desk.refresh()
    paper = desk.paper
    view = paper.view(key) or desk.view
    busy = view is not None and view.busy
    place = replace(
        desk.place,
        section=view.key if view else "",
        version=LOCKED if busy else (view.number if view else 0),
    )
    desk.place = place
    desk.bench.page(place.page).section = f"{place.project}.{place.section}"
    live = live_text(desk, view) if view else ""
    return {
        "place": str(place),
        **show_list(desk, place.section),
        **around(desk, view),
        "editor": change(
            value=live,
            interactive=view is not None and not busy,
            placeholder=desk.words("editor.hint" if view else "write.none"),
        ),
    }


def streamed(desk: Desk, view: SectionView) -> dict[str, Any]:
    """Return what changes while words come in, and no more."""
    list_changes = show_list(desk)
    return {
        **{name: list_changes[name] for name in ("section_list", "seen")},
        "heading": panels.heading_line(view, (), desk.words, _waited_for(desk, view)),
        "editor": change(value=live_text(desk, view)),
    }


def show_list(desk: Desk, chosen: str = "") -> dict[str, Any]:
    """Return the section list and what tells whether work goes on.

    ``chosen`` is marked as the section in front. Without it the mark stays where it is: a click on
    another section may be under way.
    """
    paper = desk.paper
    choices = panels.section_choices(paper, open_findings(desk), desk.words)
    mark = {"value": chosen} if chosen else {} if paper.sections else {"value": None}
    return {
        "section_list": change(choices=choices, **mark),
        "ticker": change(active=paper.busy or desk.checked.waiting > 0),
        "draft_stop": change(interactive=paper.busy),
        "seen": seen(desk),
    }


def around(desk: Desk, view: SectionView | None) -> dict[str, Any]:
    """Return what stands around the editor: heading, candidate, versions, save state, side."""
    return {
        "heading": panels.heading_line(
            view, found(desk, view), desk.words, _waited_for(desk, view)
        ),
        **candidate_changes(desk, view),
        "versions": _versions(desk, view),
        "save_state": desk.saved(view),
        **show_side(desk, view),
    }


def candidate_changes(desk: Desk, view: SectionView | None) -> dict[str, Any]:
    """Return the candidate, if one is open, and its two buttons."""
    waiting = view is not None and view.candidate is not None
    return {
        "candidate": panels.candidate_panel(view, desk.words),
        "candidate_accept": change(visible=waiting),
        "candidate_reject": change(visible=waiting),
    }


def show_side(desk: Desk, view: SectionView | None) -> dict[str, Any]:
    """Return findings and marked text."""
    paper, w = desk.paper, desk.words
    if view is None or not any(v.text for v in paper.sections):
        nothing = panel(el("p", w("findings.later"), cls="hint"))
        later = reading.provenance(None, (), (), paper.sheet, w)
        return {"findings": nothing, "provenance": later}
    checked = desk.checked
    way = desk.bench.page(desk.place.page).reading
    borne = checked.evidence.get(view.key, ())
    marks = reading.provenance(view, borne, found(desk, view), paper.sheet, w, way)
    return {"findings": show_queue(desk, view), "provenance": marks}


def read(desk: Desk, way: str) -> dict[str, Any]:
    """Turn a way of reading the marked text on or off: colours, locks, every mark."""
    page = desk.bench.page(desk.place.page)
    if way in {"sentences", "locks", "every"}:
        page.reading = page.reading.turned(cast(reading.Way, way))
    return {"provenance": show_side(desk, desk.view)["provenance"]}


def show_queue(desk: Desk, view: SectionView | None) -> str:
    """Return the work queue: the leaders' comments, then the findings."""
    paper, w = desk.paper, desk.words
    comments = worklist.comment_lines(load_returned(desk.project)[0].comments, paper, w)
    now = view.key if view else ""
    ignored = desk.ignored
    return comments + worklist.findings_panel(paper, desk.checked.all(), ignored, now, w)


def open_findings(desk: Desk) -> dict[str, list[Marked]]:
    """Return the findings by section that nobody put aside; none while a job writes."""
    paper = desk.paper
    if paper.busy or not any(view.text for view in paper.sections):
        return {}
    ignored = desk.ignored
    return {
        key: [m for m in found if m.key not in ignored]
        for key, found in desk.checked.findings.items()
    }


def found(desk: Desk, view: SectionView | None) -> list[Marked]:
    """Return the open findings of a section."""
    return open_findings(desk).get(view.key, []) if view else []


def _waited_for(desk: Desk, view: SectionView | None) -> str:
    running = desk.bench.runner.partial(desk.project.id, view.key) if view else None
    return running.waiting if running else ""


def live_text(desk: Desk, view: SectionView) -> str:
    """Return the text to show: what a job has written so far, or what is stored."""
    running = desk.bench.runner.partial(desk.project.id, view.key)
    if not view.busy:
        return view.text
    partial = running.partial if running else (view.job.partial if view.job else "")
    return partial or view.text


def _versions(desk: Desk, view: SectionView | None) -> Any:
    if view is None or not view.number:
        return change(choices=[], value=None)
    w = desk.words
    choices = [
        (_version_line(v, w, view.number), str(v.number))
        for v in bursts(desk.project.steps(KIND, view.key))[:SHOWN_VERSIONS]
    ]
    return change(choices=choices, value=str(view.number))


def bursts(history: list[Version]) -> list[Version]:
    """Return the history without the steps inside a burst of typing."""
    kept: list[Version] = []
    for version in history:
        same = kept and kept[-1].origin == version.origin == "hand"
        if not (same and kept[-1].parent == version.parent):
            kept.append(version)
    return kept


def _version_line(version: Version, w: Words, now: int) -> str:
    origin = w.get(f"origin.{version.origin}", version.origin)
    sign = w("versions.now") if version.number == now else ""
    note = f" {version.note}" if version.note else ""
    clock = datetime.fromisoformat(version.at).astimezone().strftime("%m-%d %H:%M")
    return f"{w('versions.line', n=version.number)} {clock} {origin}{note}{sign}"


def seen(desk: Desk) -> str:
    """Return in one line what the page has been shown; another line means something changed."""
    parts = [
        f"{v.key}:{v.number}:{v.candidate.id if v.candidate else 0}:"
        f"{v.job.state if v.job else ''}:{len(live_text(desk, v)) if v.busy else 0}"
        for v in desk.paper.sections
    ]
    waiting = _waited_for(desk, desk.view) if desk.paper.busy else str(desk.checked.waiting)
    return "|".join([desk.place.section, *parts, waiting])
