"""Step 核对与导出: how the paper stands, comparing, export choices; and the findings' buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.errors import InputError
from drafter.ui import compare, panels
from drafter.ui.html import el, panel
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work.exports import FORMS, take_back
from drafter.ui.work.intake import read_text_upload

OUTPUTS = ("review_summary", "export_docx", "export_note", "compare")
VIEWS = ("samples", "lastyear", "sections", "versions")
MAX_REASON = 300


def build(w: Words, ui: Components) -> None:
    """Lay the step out."""
    ui["review_summary"] = Panel(elem_id="review-summary")
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=260):
            ui["export_form"] = gr.Radio(
                [(w(f"export.{form}"), form) for form in FORMS],
                value="docx",
                label=w("export.form"),
                elem_id="export-form",
            )
            ui["export_review"] = gr.Checkbox(
                label=w("export.review"), value=False, elem_id="export-review"
            )
            ui["export_annex"] = gr.Checkbox(
                label=w("export.annex"), value=False, elem_id="export-annex"
            )
            ui["export_docx"] = gr.Button(
                w("export.go"), variant="primary", elem_id="export-docx", interactive=False
            )
            ui["export_note"] = Panel(elem_id="export-note")
            ui["export_back"] = gr.UploadButton(
                w("export.back"), file_types=[".docx"], elem_id="export-back"
            )
        with gr.Column(scale=3, min_width=320):
            ui["compare_view"] = gr.Radio(
                [(w(f"compare.{view}"), view) for view in VIEWS],
                value="samples",
                label=w("compare.label"),
                elem_id="compare-view",
            )
            ui["last_year"] = gr.UploadButton(
                w("compare.lastyear.add"),
                size="sm",
                file_types=[".docx", ".txt", ".pdf"],
                elem_id="last-year",
            )
            ui["compare"] = Panel(elem_id="compare")


def wire(on: Wiring) -> None:
    """Connect the step's events."""
    ui = on.components
    chosen = ["export_form", "export_review", "export_annex"]
    on.on(
        [ui[name].input for name in chosen],
        choose,
        chosen,
        ["export_docx", "export_note"],
        quiet=True,
    )
    on.on([ui["export_back"].upload], back, ["export_back"], [*OUTPUTS, "section_list", "seen"])
    on.on([ui["last_year"].upload], take_last_year, ["last_year"], ["compare_view", "compare"])
    on.on([ui["compare_view"].input], look, ["compare_view"], ["compare"], quiet=True)


def show(
    desk: Desk, view: str = "samples", chosen: tuple[str, bool, bool] = ("docx", False, False)
) -> dict[str, Any]:
    """Return the step as the project stands."""
    paper, w = desk.paper, desk.words
    open_ones = [m for m in desk.checked.all() if m.key not in desk.project.ignored()]
    empty = [v for v in paper.sections if not v.text]
    lines = [
        el("p", panels.summary(open_ones, w), cls="queue-head"),
        el("p", w("review.empty", n=len(empty)), cls="hint") if empty else None,
    ]
    return {
        "review_summary": panel(*lines),
        **choose(desk, *chosen),
        "compare": compare.show(desk, view),
    }


def choose(desk: Desk, form: str, review: bool, annex: bool) -> Changes:
    """Point the export button at the chosen file; nothing to export, no button."""
    if form not in FORMS:
        raise InputError("请选一种导出格式")
    paper, w = desk.paper, desk.words
    written = [view for view in paper.sections if view.text]
    query = {"form": form}
    if review:
        query["review"] = "1"
    if annex:
        query["annex"] = "1"
    link = f"/projects/{desk.project.id}/export?{urlencode(query)}"
    blocks = sum(
        1
        for m in (desk.checked.all() if written else [])
        if m.finding.severity == "block" and m.key not in desk.project.ignored()
    )
    said = (
        w("export.nothing")
        if not written
        else w("export.blocks", n=blocks)
        if blocks
        else w("export.ready")
    )
    return {
        "export_docx": change(link=link if written else None, interactive=bool(written)),
        "export_note": panel(el("p", said, cls="warn" if blocks else "hint")),
    }


def back(desk: Desk, path: str | None) -> Changes:
    """Read an edited Word file back; what changed waits as candidates."""
    if not path:
        return {}
    count = take_back(desk, Path(path))
    desk.refresh()
    said = desk.words("export.taken", n=count) if count else desk.words("export.same")
    return {**show(desk), "notice": notice(said, "good" if count else "info"), "seen": ""}


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
    return {"compare": compare.show(desk, view if view in VIEWS else "samples")}


def ignore(desk: Desk, key: str, reason: str) -> Changes:
    """Put a finding aside with a reason."""
    said = " ".join(reason.split())[:MAX_REASON]
    if not said:
        raise InputError("请写一句理由再忽略，例如：县里口径如此")
    marked = next((m for m in desk.checked.all() if m.key == key), None)
    if marked is None:
        raise InputError("这条意见已经不在了：文字可能已改动")
    desk.project.ignore(key, said)
    desk.project.log("忽略意见", f"{marked.finding.message}（理由：{said}）")
    return {}


def heed(desk: Desk, key: str) -> Changes:
    """Take a finding back into the queue."""
    desk.project.heed(key)
    return {}
