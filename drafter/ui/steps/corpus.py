"""语料库: add samples after looking at their hygiene report; what the library holds, in figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from drafter.domain import Sample
from drafter.errors import DrafterError
from drafter.ui.html import Html, button, el, panel
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work.corpus import Added, Entry
from drafter.ui.work.intake import PAPERS, refusal

OUTPUTS = (
    "corpus_report",
    "corpus_accept",
    "corpus_share",
    "corpus_reject",
    "corpus_table",
    "corpus_plot",
)
SHOWN_WARNINGS = 12
SHOWN_ROWS = 80
SHOWN_BARS = 25


def build(w: Words, ui: Components) -> None:
    """Lay the part out."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
            ui["corpus_add"] = gr.File(
                label=w("corpus.add"),
                file_count="multiple",
                file_types=PAPERS,
                height=96,
                elem_id="corpus-add",
            )
            hint = panel(el("p", w("corpus.none"), cls="hint"))
            ui["corpus_report"] = Panel(hint, elem_id="corpus-report")
            _decision(w, ui)
        with gr.Column(scale=3, min_width=320):
            ui["corpus_table"] = Panel(elem_id="corpus-table")
            ui["corpus_plot"] = Panel(elem_id="corpus-plot")


def _decision(w: Words, ui: Components) -> None:
    ui["corpus_share"] = gr.Checkbox(
        label=w("corpus.share"), value=False, visible=False, elem_id="corpus-share"
    )
    with gr.Row(elem_classes="tools"):
        ui["corpus_accept"] = gr.Button(
            w("corpus.accept"), variant="primary", visible=False, elem_id="corpus-accept"
        )
        ui["corpus_reject"] = gr.Button(w("corpus.reject"), visible=False, elem_id="corpus-reject")


def wire(on: Wiring) -> None:
    """Connect the part's events."""
    ui = on.components
    sent = ["corpus_add", *OUTPUTS]
    on.on([ui["corpus_add"].upload], upload, ["corpus_add"], sent, once="multiple")
    on.on([ui["corpus_accept"].click], accept, ["corpus_share"], OUTPUTS)
    on.on([ui["corpus_reject"].click], reject, [], OUTPUTS)
    on.on([ui["step_corpus"].select], show, [], OUTPUTS)


def show(desk: Desk) -> dict[str, Any]:
    """Return the library's figures and the samples that wait for a decision."""
    # An empty list says nothing here: an upload under way may just be filling it.
    waiting = _waiting(desk) if desk.bench.corpus.waiting(desk.project.user) else {}
    return {**waiting, **_holdings(desk)}


# --------------------------------------------------------------------------- what waits


def _waiting(desk: Desk) -> dict[str, Any]:
    entries = desk.bench.corpus.waiting(desk.project.user)
    w = desk.words
    cards = [_card(entry, w) for entry in entries]
    report = panel(*cards) if cards else panel(el("p", w("corpus.none"), cls="hint"))
    return {
        "corpus_report": report,
        "corpus_accept": change(visible=bool(entries)),
        "corpus_share": change(visible=bool(entries) and desk.bench.is_office),
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


# --------------------------------------------------------------------------- what is there


@dataclass(frozen=True, slots=True)
class Holding:
    """A sample of the library in figures; ``added`` where a person added it."""

    title: str
    characters: int
    sections: int
    warnings: int
    added: Added | None


def _holdings(desk: Desk) -> dict[str, Any]:
    w = desk.words
    added = {a.name: a for a in desk.bench.corpus.added(desk.project.user)}
    found = [_holding(sample, added.get(sample.name)) for sample in desk.library.samples]
    # What people added comes first: only that can be changed here.
    found.sort(key=lambda holding: holding.added is None)
    return {"corpus_table": _table(found, desk), "corpus_plot": _plot(found, w)}


def _holding(sample: Sample, added: Added | None) -> Holding:
    sections = sum(1 for _ in sample.walk())
    title = sample.title or sample.name
    return Holding(title, len(sample.text), sections, len(sample.warnings), added)


def _table(holdings: Sequence[Holding], desk: Desk) -> str:
    w = desk.words
    rows = [_row(holding, desk) for holding in holdings[:SHOWN_ROWS]]
    heads = [el("th", w(f"corpus.column.{i}"), scope="col") for i in range(5)]
    total = sum(holding.characters for holding in holdings)
    head = w("corpus.total", n=len(holdings), characters=total)
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows), cls="plain")
    more = len(holdings) - SHOWN_ROWS
    return panel(
        el("h2", head),
        el("div", table, cls="scroll", tabindex="0", role="region", aria_label=head),
        el("p", w("corpus.more", n=more), cls="hint") if more > 0 else None,
    )


def _row(holding: Holding, desk: Desk) -> Html:
    figures = (holding.characters, holding.sections, holding.warnings)
    return el(
        "tr",
        el("td", holding.title),
        *[el("td", str(figure), cls="figure") for figure in figures],
        el("td", *_belongs(holding.added, desk)),
    )


def _belongs(added: Added | None, desk: Desk) -> list[Html]:
    """Return whose a sample is, and what this user may do with it."""
    w = desk.words
    if added is None:
        return [el("span", w("corpus.builtin"))]
    said, does = ("corpus.shared", "own") if added.shared else ("corpus.own", "share")
    parts = [el("span", w(said))] if desk.bench.is_office else []
    if added.mine and desk.bench.is_office:
        parts.append(button(w(f"corpus.{does}.do"), f"sample-{does}:{added.name}"))
    if added.mine or desk.is_admin:
        parts.append(button(w("corpus.drop"), f"sample-drop:{added.name}"))
    return parts


def _plot(holdings: Sequence[Holding], w: Words) -> str:
    """Return a bar chart of the samples' lengths; drawn by the browser, so nothing waits for it."""
    longest = sorted(holdings, key=lambda holding: -holding.characters)[:SHOWN_BARS]
    if not longest:
        return ""
    most = max(holding.characters for holding in longest) or 1
    bars = [
        el(
            "li",
            el("span", holding.title, cls="name"),
            el("span", cls="bar", style=f"width:{holding.characters / most * 60:.1f}%"),
            el("span", str(holding.characters), cls="figure"),
        )
        for holding in longest
    ]
    return panel(el("h2", w("corpus.plot"), cls="minor"), el("ul", *bars, cls="bars"))


# --------------------------------------------------------------------------- handlers


def upload(desk: Desk, paths: Sequence[str] | None) -> Changes:
    """Read samples and show their report; nothing is taken in before the clerk accepts."""
    bad = []
    for path in desk.fresh(paths):
        try:
            desk.bench.corpus.propose(desk.project, path, desk.library)
        except DrafterError as error:
            bad.append(refusal(path, error))
    shown = {**_waiting(desk), "corpus_add": None}
    return {**shown, "notice": notice("；".join(bad), "error")} if bad else shown


def accept(desk: Desk, shared: bool = False) -> Changes:
    """Take the waiting samples into the library: for this user, or for the whole office."""
    everybodys = bool(shared) or not desk.bench.is_office
    count = desk.bench.corpus.accept(desk.project, shared=everybodys)
    desk.bench.forget_libraries()
    return {
        **show(desk),
        **_waiting(desk),
        "notice": notice(desk.words("corpus.accepted", n=count), "good"),
    }


def reject(desk: Desk) -> Changes:
    """Put the waiting samples aside."""
    desk.bench.corpus.reject(desk.project.user)
    return _waiting(desk)


def drop(desk: Desk, name: str) -> Changes:
    """Take an added sample out of the library."""
    desk.bench.corpus.remove(desk.project, name, anybodys=desk.is_admin)
    return _changed(desk, desk.words("corpus.dropped", name=name))


def _sharing(shared: bool) -> Callable[[Desk, str], Changes]:
    def share(desk: Desk, name: str) -> Changes:
        desk.bench.corpus.share(desk.project, name, shared=shared)
        said = "corpus.shared.done" if shared else "corpus.own.done"
        return _changed(desk, desk.words(said, name=name))

    return share


def _changed(desk: Desk, said: str) -> Changes:
    desk.bench.forget_libraries()
    return {**_holdings(desk), "notice": notice(said, "good")}


COMMANDS: dict[str, Callable[[Desk, str], Changes]] = {
    "sample-drop": drop,
    "sample-share": _sharing(True),
    "sample-own": _sharing(False),
}
