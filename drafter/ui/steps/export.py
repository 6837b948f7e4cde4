"""Handing the paper out: the choices, the question where something is still open, the file.

A click on the export button checks the whole paper first, behind the page where that takes longer.
With nothing open the file comes. Else the page says what is open and asks; a second click on the
button with the same things still open is a yes, and gives the review copy with marks at them. Who
has chosen the review copy before has answered already.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from drafter.errors import EmptyInput, InputError
from drafter.ui.html import Html, button, el, panel
from drafter.ui.steps import writing
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change
from drafter.ui.words import Words
from drafter.ui.work.exports import FORMS
from drafter.ui.work.unsettled import Unsettled, unsettled
from drafter.ui.worklist import goto

OUTPUTS = ("export_docx", "export_note", "export_ticker")
CHOSEN = ("export_form", "export_review", "export_annex")
TICK_SECONDS = 0.4


def build(w: Words, ui: Components) -> None:
    """Lay the part out."""
    ui["export_form"] = gr.Radio(
        [(w(f"export.{form}"), form) for form in FORMS],
        value="docx",
        label=w("export.form"),
        elem_id="export-form",
    )
    ui["export_review"] = gr.Checkbox(
        label=w("export.review"), value=False, elem_id="export-review"
    )
    ui["export_annex"] = gr.Checkbox(label=w("export.annex"), value=False, elem_id="export-annex")
    ui["export_docx"] = gr.Button(
        w("export.go"), variant="primary", elem_id="export-docx", interactive=False
    )
    ui["export_note"] = Panel(elem_id="export-note")
    ui["export_ticker"] = gr.Timer(TICK_SECONDS, active=False)


def wire(on: Wiring) -> None:
    """Connect the part's events."""
    ui = on.components
    on.last([ui[name].input for name in CHOSEN], choose, CHOSEN, OUTPUTS)
    on.on([ui["export_docx"].click], ask, [*CHOSEN, "editor"], OUTPUTS)
    on.on([ui["export_ticker"].tick], watch, CHOSEN, OUTPUTS, quiet=True)


def choose(desk: Desk, form: str, review: bool, _annex: bool) -> Changes:
    """Say whether there is anything to export, and whether the page will ask first."""
    _check(form)
    w = desk.words
    page = desk.bench.page(desk.place.page)
    page.asked, page.exporting = "", False
    written = any(view.text for view in desk.paper.sections)
    still_open = _open(desk) if written else Unsettled()
    asks = bool(still_open) and not review
    said = "export.nothing" if not written else "export.open" if asks else "export.ready"
    return {
        "export_docx": change(interactive=written),
        "export_note": panel(
            el("p", w(said, n=len(still_open)), cls="warn" if asks else "hint", role="status")
        ),
        "export_ticker": change(active=False),
    }


def ask(desk: Desk, form: str, review: bool, annex: bool, text: str = "") -> Changes:
    """Give the file, or say what is still open and ask."""
    writing.keep(desk, text)
    desk.refresh()
    return _answer(desk, _check(form), bool(review), bool(annex))


def watch(desk: Desk, form: str, review: bool, annex: bool) -> Changes:
    """Go on with an export that waits for the check."""
    if not desk.bench.page(desk.place.page).exporting:
        return {"export_ticker": change(active=False)}
    return _answer(desk, _check(form), bool(review), bool(annex))


def _check(form: str) -> str:
    if form not in FORMS:
        raise InputError("请选一种导出格式")
    return form


def _open(desk: Desk) -> Unsettled:
    return unsettled(desk.paper, desk.checked, desk.ignored)


def _answer(desk: Desk, form: str, review: bool, annex: bool) -> Changes:
    if not any(view.text for view in desk.paper.sections):
        raise EmptyInput(desk.words("export.nothing"))
    page, checked = desk.bench.page(desk.place.page), desk.checked
    page.exporting = checked.waiting > 0
    if page.exporting:
        return _waiting(desk, checked.waiting)
    still_open = _open(desk)
    digest = still_open.digest()
    if review or not still_open:
        made = _file(desk, form, review, annex)
    elif page.asked == digest:
        made = _file(desk, "docx", True, annex)
    else:
        page.asked = digest
        made = _question(desk, still_open, form, annex)
    return {"export_note": made, "export_ticker": change(active=False)}


def _waiting(desk: Desk, left: int) -> dict[str, Any]:
    w, total = desk.words, len(desk.paper.sections)
    done = max(0, total - left)
    said = el("p", w("export.checking", done=done, n=total), cls="hint", role="status")
    bar = el("progress", value=done, max=total, aria_label=w("export.checking.label"))
    return {"export_note": panel(said, bar), "export_ticker": change(active=True)}


def _file(desk: Desk, form: str, review: bool, annex: bool) -> str:
    """Return what makes the page's script fetch the file, once."""
    w = desk.words
    return panel(
        el(
            "p",
            w("export.making"),
            cls="hint",
            role="status",
            data_fetch=_link(desk, form, review, annex),
            data_once=secrets.token_urlsafe(6),
            data_done=w("export.done"),
            data_failed=w("export.failed"),
        )
    )


def _link(desk: Desk, form: str, review: bool, annex: bool) -> str:
    query = {
        "form": form,
        **({"review": "1"} if review else {}),
        **({"annex": "1"} if annex else {}),
    }
    return f"/projects/{desk.project.id}/export?{urlencode(query)}"


# --------------------------------------------------------------------------- the question


def _question(desk: Desk, still_open: Unsettled, form: str, annex: bool) -> str:
    w = desk.words
    anyway = el(
        "a",
        w("export.anyway"),
        href=_link(desk, "docx", True, annex),
        id="export-anyway",
        cls="button primary",
        data_download=True,
    )
    plain = el(
        "a",
        w("export.unmarked"),
        href=_link(desk, form, False, annex),
        id="export-unmarked",
        data_download=True,
    )
    return panel(
        el("h2", w("export.ask", n=len(still_open)), id="export-ask", cls="minor"),
        el("ul", *_lines(still_open, w), cls="open-things"),
        el("p", anyway, " ", _back(still_open, w), cls="does"),
        el("p", plain, cls="hint") if form != "docx" else None,
        el("p", w("export.again"), cls="hint"),
        el(
            "p",
            cls="hint",
            role="status",
            data_done=w("export.done"),
            data_failed=w("export.failed"),
        ),
        cls="question",
    )


def _lines(still_open: Unsettled, w: Words) -> list[Html]:
    lines = [
        goto(found[0], w, w("export.kind", kind=w.get(f"label.{label}", label), n=len(found)))
        for label, found in still_open.by_label().items()
    ]
    for name in ("empty", "candidates", "busy"):
        views = getattr(still_open, name)
        if views:
            said = w(f"export.{name}", n=len(views))
            do = button(w("findings.go"), f"show:{views[0].key}")
            lines.append(el("li", said, " ", do))
    return lines


def _back(still_open: Unsettled, w: Words) -> Html:
    """Return the button that leads to the first thing that is open."""
    if still_open.findings:
        return goto(still_open.findings[0], w, "", tag="span", way=w("export.back.go"))
    views = (*still_open.empty, *still_open.candidates, *still_open.busy)
    return button(w("export.back.go"), f"show:{views[0].key}")
