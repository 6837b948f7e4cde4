"""Step 核对与导出: how the paper stands, comparing, export choices; and the findings' buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.errors import InputError
from drafter.ui import compare, history, worklist
from drafter.ui.html import el, panel
from drafter.ui.steps import export, returned
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring
from drafter.ui.words import Words
from drafter.ui.work.intake import PAPERS, read_text_upload

OUTPUTS = ("review_summary", *export.OUTPUTS, "returned", "compare")
VIEWS = ("samples", "lastyear", "sections", "versions", "history")
MAX_REASON = 300


def build(w: Words, ui: Components) -> None:
    """Lay the step out."""
    ui["review_summary"] = Panel(elem_id="review-summary")
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=260):
            export.build(w, ui)
            ui["export_back"] = gr.UploadButton(
                w("export.back"), file_types=[".docx"], elem_id="export-back"
            )
        with gr.Column(scale=3, min_width=320):
            ui["returned"] = Panel(elem_id="returned")
            ui["compare_view"] = gr.Radio(
                [(w(f"compare.{view}"), view) for view in VIEWS],
                value="samples",
                label=w("compare.label"),
                elem_id="compare-view",
            )
            ui["last_year"] = gr.UploadButton(
                w("compare.lastyear.add"),
                size="sm",
                file_types=PAPERS,
                elem_id="last-year",
            )
            ui["compare"] = Panel(elem_id="compare")


def wire(on: Wiring) -> None:
    """Connect the step's events."""
    ui = on.components
    export.wire(on)
    on.on([ui["export_back"].upload], returned.take, ["export_back"], ["returned", "findings"])
    on.on([ui["last_year"].upload], take_last_year, ["last_year"], ["compare_view", "compare"])
    on.last([ui["compare_view"].input], look, ["compare_view"], ["compare"])


def show(
    desk: Desk, view: str = "samples", chosen: tuple[str, bool, bool] = ("docx", False, False)
) -> dict[str, Any]:
    """Return the step as the project stands."""
    paper, w = desk.paper, desk.words
    open_ones = [m for m in desk.checked.all() if m.key not in desk.ignored]
    empty = [v for v in paper.sections if not v.text and not v.is_container]
    written = any(v.text for v in paper.sections)
    lines = [
        el(
            "p",
            worklist.summary(open_ones, w) if written else w("findings.later"),
            cls="queue-head",
        ),
        el("p", w("review.empty", n=len(empty)), cls="hint") if written and empty else None,
    ]
    return {
        "review_summary": panel(*lines),
        **export.choose(desk, *chosen),
        **returned.show(desk),
        "compare": _view(desk, view),
    }


def _view(desk: Desk, view: str) -> str:
    return history.show(desk) if view == "history" else compare.show(desk, view)


def take_last_year(desk: Desk, path: str | None) -> Changes:
    """Keep last year's text to compare with; it is never a source of facts."""
    if not path:
        return {}
    text = clean(read_text_upload(desk.project, Path(path)))
    kept = desk.project.entry(compare.LAST_YEAR)
    desk.project.save(compare.LAST_YEAR, "", text, base=kept.number if kept else 0, origin="import")
    return {"compare_view": "lastyear", "compare": compare.show(desk, "lastyear")}


def look(desk: Desk, view: str) -> Changes:
    """Show another comparison."""
    return {"compare": _view(desk, view if view in VIEWS else "samples")}


def ignore(desk: Desk, key: str, reason: str) -> Changes:
    """Put a finding aside with a reason."""
    said = " ".join(reason.split())[:MAX_REASON]
    if not said:
        raise InputError("请写一句理由再忽略，例如：县里口径如此")
    marked = next((m for m in desk.checked.all() if m.key == key), None)
    if marked is None:
        raise InputError("这条意见已经不在了：文字可能已改动")
    desk.project.ignore(key, said)
    desk.refresh()
    desk.project.log("忽略意见", f"{marked.finding.message}（理由：{said}）")
    return {}


def heed(desk: Desk, key: str) -> Changes:
    """Take a finding back into the queue."""
    desk.project.heed(key)
    desk.refresh()
    return {}
