"""批量: a table of units, one paper each; state by unit, what failed and why, a zip at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.ui.html import Html, el, panel
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work.batches import Batch, Line
from drafter.ui.work.intake import READABLE

OUTPUTS = (
    "batch_table",
    "batch_note",
    "batch_start",
    "batch_stop",
    "batch_zip",
    "batch_ticker",
)
TICK_SECONDS = 0.6
SHOWN_TROUBLE = 200


def build(w: Words, ui: Components) -> None:
    """Lay the part out."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
            _order(w, ui)
        with gr.Column(scale=3, min_width=320):
            _progress(w, ui)
    ui["batch_ticker"] = gr.Timer(TICK_SECONDS, active=False)


def _order(w: Words, ui: Components) -> None:
    """What is handed in: the table with its files, the tasks, and when to begin."""
    ui["batch_file"] = gr.File(
        label=w("batch.file"),
        file_count="multiple",
        file_types=READABLE,
        height=96,
        elem_id="batch-file",
    )
    ui["batch_tasks"] = gr.Textbox(
        label=w("batch.tasks"),
        placeholder=w("batch.tasks.hint"),
        lines=4,
        max_lines=10,
        elem_id="batch-tasks",
    )
    with gr.Row(elem_classes="tools"):
        for name, variant, width in (
            ("start", "primary", 110),
            ("stop", "stop", 90),
            ("zip", "secondary", 110),
        ):
            ui[f"batch_{name}"] = gr.Button(
                w(f"batch.{name}"),
                variant=variant,
                elem_id=f"batch-{name}",
                interactive=False,
                min_width=width,
            )


def _progress(w: Words, ui: Components) -> None:
    """What has come of it, unit by unit; what needs a person stands above."""
    ui["batch_note"] = Panel(elem_id="batch-note")
    ui["batch_table"] = gr.Dataframe(
        headers=[w(f"batch.column.{i}") for i in range(6)],
        datatype="str",
        type="array",
        column_widths=["20%", "10%", "9%", "9%", "20%", "32%"],
        wrap=True,
        max_height=520,
        interactive=False,
        buttons=[],
        label=w("batch.table"),
        elem_id="batch-table",
    )


def wire(on: Wiring) -> None:
    """Connect the part's events."""
    ui = on.components
    sent = ["batch_file", *OUTPUTS]
    on.on([ui["batch_file"].upload], upload, ["batch_file"], sent, once="multiple")
    on.on([ui["batch_start"].click], start, ["batch_tasks"], OUTPUTS)
    on.last([ui["batch_tasks"].blur], keep_tasks, ["batch_tasks"], ["save_state"])
    on.on([ui["batch_stop"].click], stop, [], OUTPUTS)
    on.on([ui["batch_ticker"].tick, ui["step_batch"].select], show, [], OUTPUTS, quiet=True)


def show(desk: Desk) -> dict[str, Any]:
    """Return the batch as it stands."""
    w = desk.words
    batch = desk.bench.batches.of(desk.project)
    running = batch.state == "running"
    link = f"/projects/{desk.project.id}/batch"
    done = batch.report is not None
    return {
        "batch_table": [_row(line, w) for line in batch.lines],
        "batch_note": _note(batch, w),
        "batch_start": change(interactive=not running and batch.state != "empty"),
        "batch_stop": change(interactive=running),
        "batch_zip": change(interactive=done, link=link if done else None),
        "batch_ticker": change(active=running),
    }


def _row(line: Line, w: Words) -> list[str]:
    nearest = f"{line.nearest} {line.share:.0%}" if line.nearest else ""
    return [
        line.unit,
        w.get(f"batch.{line.status}", line.status),
        str(line.characters or ""),
        str(line.findings) if line.status == "done" and line.characters else "",
        nearest,
        line.why,
    ]


def _note(batch: Batch, w: Words) -> str:
    if batch.state == "empty":
        if batch.message:
            return panel(el("p", batch.message, cls="warn"))
        return panel(el("p", w("batch.none"), cls="hint"), _example(w))
    counts = Counter(line.status for line in batch.lines)
    text = w(
        f"batch.state.{batch.state}",
        n=len(batch.lines),
        done=counts["done"],
        bad=counts["failed"] + counts["unready"],
        left=counts["waiting"] + counts["skipped"] + counts["running"],
    )
    more = el("p", batch.message, cls="warn") if batch.message else None
    return panel(el("p", text, cls="queue-head"), more, _trouble(batch.lines, w))


def _trouble(lines: Sequence[Line], w: Words) -> Html | None:
    """Return the units that wait for somebody, and for what."""
    stuck = [line for line in lines if line.status in {"unready", "failed"}]
    if not stuck:
        return None
    said = [el("li", el("strong", line.unit), f" {line.why}") for line in stuck[:SHOWN_TROUBLE]]
    more = len(stuck) - len(said)
    return el(
        "details",
        el("summary", w("batch.trouble", n=len(stuck))),
        el("ul", *said, el("li", w("batch.more", n=more)) if more else None, cls="scroll"),
        open=True,
    )


def _example(w: Words) -> Html:
    """Return a units table as it should look."""
    heads = el("tr", *[el("th", w(f"batch.example.{i}"), scope="col") for i in (0, 1)])
    rows = [el("tr", *[el("td", w(f"batch.example.{i + k}")) for k in (0, 1)]) for i in (2, 4)]
    return el("table", el("thead", heads), el("tbody", *rows), cls="plain")


def upload(desk: Desk, paths: Sequence[str] | None) -> Changes:
    """Take a units table and the files its rows name."""
    chosen = desk.fresh(paths)
    if not chosen:
        return {}
    desk.bench.batches.take(desk.project, chosen)
    return {**show(desk), "batch_file": None}


def tasks_of(desk: Desk) -> str:
    """Return the tasks of all units as they were last given."""
    return desk.project.settings().get("batch_tasks", "")


def keep_tasks(desk: Desk, tasks: str) -> Changes:
    """Keep the tasks: a batch that goes on without them would be drafted anew."""
    cleaned = clean(str(tasks or ""))[:20_000]
    if tasks_of(desk) == cleaned:
        return {}
    desk.project.set(batch_tasks=cleaned)
    return {"save_state": desk.saved()}


def start(desk: Desk, tasks: str) -> Changes:
    """Start the batch, or go on where it stopped."""
    keep_tasks(desk, tasks)
    lines = [line for line in tasks_of(desk).splitlines() if line.strip()]
    batch = desk.bench.batches.start(desk.project, lines, desk.paper.year)
    return {**show(desk), "notice": notice(desk.words("batch.started", n=len(batch.lines)))}


def stop(desk: Desk) -> Changes:
    """Ask the batch to stop: units under way are finished, the others wait."""
    desk.bench.batches.of(desk.project).cancelled.set()
    return {**show(desk), "notice": notice(desk.words("batch.stopping"))}
