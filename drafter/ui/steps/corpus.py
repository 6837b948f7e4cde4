"""语料库: add samples after looking at their hygiene report; what the library holds, in figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from drafter.errors import DrafterError
from drafter.ui.html import Html, el, panel
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work.corpus import Entry, Statistics

OUTPUTS = ("corpus_report", "corpus_accept", "corpus_reject", "corpus_table", "corpus_plot")
SHOWN_WARNINGS = 12


def build(w: Words, ui: Components) -> None:
    """Lay the part out."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
            ui["corpus_add"] = gr.File(
                label=w("corpus.add"),
                file_count="multiple",
                file_types=[".docx", ".txt", ".pdf", ".html", ".md"],
                height=96,
                elem_id="corpus-add",
            )
            ui["corpus_report"] = Panel(elem_id="corpus-report")
            with gr.Row(elem_classes="tools"):
                ui["corpus_accept"] = gr.Button(
                    w("corpus.accept"),
                    variant="primary",
                    visible=False,
                    elem_id="corpus-accept",
                )
                ui["corpus_reject"] = gr.Button(
                    w("corpus.reject"), visible=False, elem_id="corpus-reject"
                )
        with gr.Column(scale=3, min_width=320):
            ui["corpus_table"] = Panel(elem_id="corpus-table")
            ui["corpus_plot"] = gr.Plot(label=w("corpus.plot"), elem_id="corpus-plot")


def wire(on: Wiring) -> None:
    """Connect the part's events."""
    ui = on.components
    on.on([ui["corpus_add"].upload], upload, ["corpus_add"], ["corpus_add", *OUTPUTS])
    on.on([ui["corpus_accept"].click], accept, [], OUTPUTS)
    on.on([ui["corpus_reject"].click], reject, [], OUTPUTS)
    on.on([ui["step_corpus"].select], show, [], OUTPUTS)


def show(desk: Desk) -> dict[str, Any]:
    """Return the library's figures and the samples that wait for a decision."""
    corpus = desk.bench.corpus
    statistics = corpus.statistics(desk.bench.library.samples)
    # An empty list says nothing here: an upload under way may just be filling it.
    waiting = _waiting(desk) if corpus.waiting(desk.project.user) else {}
    return {
        **waiting,
        "corpus_table": _table(statistics, desk.words),
        "corpus_plot": corpus.plot(statistics, desk.words("corpus.plot")),
    }


def _waiting(desk: Desk) -> dict[str, Any]:
    entries = desk.bench.corpus.waiting(desk.project.user)
    w = desk.words
    cards = [_card(entry, w) for entry in entries]
    report = panel(*cards) if cards else panel(el("p", w("corpus.none"), cls="hint"))
    return {
        "corpus_report": report,
        "corpus_accept": change(visible=bool(entries)),
        "corpus_reject": change(visible=bool(entries)),
    }


def _card(entry: Entry, w: Words) -> Html:
    sample = entry.sample
    headings = [section.marker + section.heading for section in sample.sections]
    warnings = [
        el("li", ("■ " if warning.blocking else "▲ ") + warning.message)
        for warning in entry.warnings[:SHOWN_WARNINGS]
    ]
    more = len(entry.warnings) - SHOWN_WARNINGS
    return el(
        "div",
        el("h2", sample.title or entry.name),
        el("p", w("corpus.card", name=entry.name, n=len(sample.text), k=len(headings)), cls="hint"),
        el("p", w("corpus.twin", name=entry.twin), cls="warn") if entry.twin else None,
        el("details", el("summary", w("corpus.headings")), el("p", "　".join(headings))),
        el("h3", w("corpus.warnings", n=len(entry.warnings))) if warnings else None,
        el("ul", *warnings) if warnings else el("p", w("corpus.clean"), cls="hint"),
        el("p", w("findings.more", n=more), cls="hint") if more > 0 else None,
        cls="card",
    )


def _table(statistics: Statistics, w: Words) -> str:
    rows = [
        el("tr", el("td", name), el("td", str(characters)), el("td", str(sections)),
           el("td", str(warnings)))
        for name, characters, sections, warnings in statistics.rows
    ]  # fmt: skip
    heads = [el("th", w(f"corpus.column.{i}"), scope="col") for i in range(4)]
    head = w("corpus.total", n=len(statistics.rows), characters=statistics.characters)
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows), cls="plain")
    return panel(
        el("h2", head), el("div", table, cls="scroll", tabindex="0", role="region", aria_label=head)
    )


# --------------------------------------------------------------------------- handlers


def upload(desk: Desk, paths: Sequence[str] | None) -> Changes:
    """Read samples and show their report; nothing is taken in before the clerk accepts."""
    bad = []
    for path in paths or []:
        try:
            desk.bench.corpus.propose(desk.project, Path(path), desk.bench.library.samples)
        except DrafterError as error:
            bad.append(f"{Path(path).name}：{error}")
    shown = {**_waiting(desk), "corpus_add": None}
    return {**shown, "notice": notice("；".join(bad), "error")} if bad else shown


def accept(desk: Desk) -> Changes:
    """Take the waiting samples into the library."""
    count = desk.bench.corpus.accept(desk.project)
    desk.bench.forget_library()
    return {
        **show(desk),
        **_waiting(desk),
        "notice": notice(desk.words("corpus.accepted", n=count), "good"),
    }


def reject(desk: Desk) -> Changes:
    """Put the waiting samples aside."""
    desk.bench.corpus.reject(desk.project.user)
    return _waiting(desk)
