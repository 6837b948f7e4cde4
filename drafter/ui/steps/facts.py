"""Step 资料: paste, upload, see and edit the facts; conflicts and what is still missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.domain import Fact, FactSheet, Notice
from drafter.errors import DrafterError, EmptyInput
from drafter.planning import ask_list
from drafter.planning.asklist import Question
from drafter.ui.html import el, panel
from drafter.ui.panels import notices_panel
from drafter.ui.projects import project_list
from drafter.ui.reading import source_of
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, notice
from drafter.ui.words import Words
from drafter.ui.work import plans, sheets
from drafter.ui.work.intake import READABLE, read_upload, refusal

MAX_FILES = 50
TITLE_SLOTS = {"unit": "【待补：单位名称】", "period": "【待补：年份】"}
"""What a proposed title leaves open (``planning.title``), by the field that fills it."""
_YEAR = re.compile(r"20\d\d")
MAX_PASTE = 400_000
OUTPUTS = ("facts_table", "facts_notes", "facts_count", "unit", "period", "title", "fact_card")


def build(w: Words, ui: Components) -> None:
    """Lay the step out."""
    with gr.Row(equal_height=False):
        _intake(w, ui)
        _description(w, ui)
    _table(w, ui)
    with gr.Row():
        ui["to_outline"] = gr.Button(
            w("facts.next"), variant="primary", elem_id="to-outline", scale=4
        )
        ui["project_delete"] = gr.Button(
            w("project.delete"), elem_id="project-delete", scale=1, min_width=110
        )
    ui["project_bin"] = Panel(elem_id="project-bin")


def _intake(w: Words, ui: Components) -> None:
    with gr.Column(scale=3, min_width=320):
        ui["facts_paste"] = gr.Textbox(
            label=w("facts.paste"),
            placeholder=w("facts.paste.hint"),
            lines=6,
            max_lines=18,
            elem_id="facts-paste",
        )
        with gr.Row():
            ui["facts_add"] = gr.Button(w("facts.add"), variant="primary", elem_id="facts-add")
            ui["facts_undo"] = gr.Button(w("undo"), elem_id="facts-undo")
        ui["facts_file"] = gr.File(
            label=w("facts.file"),
            file_count="multiple",
            file_types=READABLE,
            height=96,
            elem_id="facts-file",
        )


def _description(w: Words, ui: Components) -> None:
    with gr.Column(scale=2, min_width=300):
        ui["title"] = gr.Textbox(label=w("title"), elem_id="title", max_length=200)
        with gr.Row():
            for name in ("unit", "period"):
                ui[name] = gr.Textbox(
                    label=w(name),
                    placeholder=w(f"{name}.hint"),
                    elem_id=name,
                    max_length=60,
                    min_width=120,
                )
        ui["facts_notes"] = Panel(elem_id="facts-notes")


def _table(w: Words, ui: Components) -> None:
    ui["facts_count"] = Panel(elem_id="facts-count")
    ui["fact_card"] = Panel(elem_id="fact-card")
    ui["facts_table"] = gr.Dataframe(
        headers=[w(f"facts.column.{i}") for i in range(6)],
        datatype="str",
        type="array",
        column_widths=["6%", "52%", "11%", "11%", "12%", "8%"],
        static_columns=[0, 4, 5],
        wrap=True,
        max_height=460,
        interactive=True,
        buttons=[],
        label=w("facts.table"),
        elem_id="facts-table",
    )


def wire(on: Wiring) -> None:
    """Connect the step's events."""
    ui = on.components
    more = ("save_state", *OUTPUTS)
    on.on([ui["facts_add"].click], add, ["facts_paste"], ["facts_paste", *more])
    sent = ["facts_file", *more]
    on.on([ui["facts_file"].upload], upload, ["facts_file"], sent, once="multiple")
    on.last([ui["facts_paste"].blur], keep_paste, ["facts_paste"], ["save_state"])
    on.on([ui["facts_undo"].click], undo, [], more)
    on.last([ui["facts_table"].input], edit, ["facts_table"], more)
    about = ("title", "unit", "period")
    told = ["save_state", "project_pick", "title", "period"]
    on.last([ui[name].blur for name in about], describe, about, told)


def show(desk: Desk, focus: str = "") -> dict[str, Any]:
    """Return the step as the project stands; ``focus`` is a fact to show as a card."""
    paper = desk.paper
    sheet, settings = paper.sheet, paper.settings
    return {
        "facts_table": rows_of(sheet, desk.words),
        **_notes(desk),
        "unit": settings.get("unit", sheet.unit),
        "period": settings.get("period", sheet.period),
        "title": settings.get("title", ""),
        "fact_card": fact_card(desk, focus),
    }


def rows_of(sheet: FactSheet, w: Words) -> list[list[str]]:
    """Return the table's rows: id, text, heading it stood under, office, source, state."""
    known = sheet.by_id()
    return [
        [
            fact.id,
            fact.text,
            fact.section_hint,
            fact.office,
            " ".join(p for p in (fact.source.file, fact.source.place) if p),
            _state_of(fact, known, w),
        ]
        for fact in sheet
    ]


def _state_of(fact: Fact, known: Mapping[str, Fact], w: Words) -> str:
    if fact.replaced_by in known:
        return w("fact.replaced", fact=fact.replaced_by)
    return w(f"fact.{fact.state}")


def _notes(desk: Desk) -> dict[str, Any]:
    sheet, w = desk.paper.sheet, desk.words
    lost = [
        Notice("not_understood", w("facts.line", text=span.text[:80]))
        for span in sheet.not_understood
    ]
    questions = ask_list(desk.paper.plan.outline, replace(sheet, notices=()))
    asked = [Notice("ask", _question(q, w)) for q in questions]
    parts = [
        notices_panel(sheet.notices, w("facts.conflicts", n=len(sheet.notices))),
        notices_panel(lost, w("facts.lost", n=len(lost))),
        notices_panel(asked, w("facts.missing", n=len(asked))),
    ]
    said = "facts.count" if sheet.tags else "facts.untagged" if len(sheet) else "facts.none"
    count = w(said, n=len(sheet), tags=len(sheet.tags))
    return {"facts_notes": "".join(parts), "facts_count": panel(el("p", count, cls="hint"))}


def _question(question: Question, w: Words) -> str:
    said = w("facts.ask", heading=question.heading, asked=question.asked)
    return said + (w("facts.office", office=question.office) if question.office else "")


def fact_card(desk: Desk, number: str) -> str:
    """Return one fact with its source and its section, or nothing."""
    fact = desk.paper.sheet.by_id().get(number)
    if fact is None:
        return ""
    w, plan = desk.words, desk.paper.plan
    homes = [s.heading for s in plan.outline.sections if fact.id in s.fact_ids]
    return panel(
        el("p", el("strong", fact.id), " ", fact.text),
        el("p", w("facts.source", source=source_of(fact, w)), cls="hint"),
        el("p", w("facts.used", where="、".join(homes) or w("outline.unplaced")), cls="hint"),
        cls="card",
    )


# --------------------------------------------------------------------------- handlers


def add(desk: Desk, text: str) -> Changes:
    """Read pasted lines into facts."""
    cleaned = clean(str(text or ""))
    if not cleaned.strip():
        raise EmptyInput("粘贴框是空的：请先粘贴各办报来的素材，一行一条")
    from drafter import public  # noqa: PLC0415 - the public names import every room

    unit, period = _unit_and_period(desk)
    new = public.parse_facts(cleaned, unit, period)
    changes = _take(desk, [new])
    desk.project.set(paste="")
    return {**changes, "facts_paste": ""}


def keep_paste(desk: Desk, text: str) -> Changes:
    """Keep what was pasted and is not read yet, so that no lost page takes it away."""
    cleaned = clean(str(text or ""))[:MAX_PASTE]
    if desk.project.settings().get("paste", "") == cleaned:
        return {}
    desk.project.set(paste=cleaned)
    return {"save_state": desk.saved()}


def upload(desk: Desk, paths: Sequence[str] | None) -> Changes:
    """Read uploaded files into facts; a file that cannot be read does not stop the others."""
    chosen = desk.fresh(paths)
    if len(chosen) > MAX_FILES:
        raise EmptyInput(f"一次最多上传{MAX_FILES}个文件：请分几次")
    read, bad = [], []
    for path in chosen:
        try:
            read.append(read_upload(desk.project, path, *_unit_and_period(desk)))
        except DrafterError as error:
            bad.append(refusal(path, error))
    changes = _take(desk, read) if read else {}
    if bad:
        changes = {**changes, "notice": notice("；".join(bad), "error")}
    return {**changes, "facts_file": None}


def _unit_and_period(desk: Desk) -> tuple[str, str]:
    settings = desk.project.settings()
    return settings.get("unit", ""), settings.get("period", "")


def _take(desk: Desk, new: Sequence[FactSheet]) -> dict[str, Any]:
    sheet, base = sheets.load_sheet(desk.project)
    before = len(sheet)
    for one in new:
        sheet = sheets.append(sheet, one)
    if len(sheet) == before and not any(one.not_understood for one in new):
        said = desk.words("facts.nothing")
        return {**show(desk), "notice": notice(said, "warn")}
    sheets.save_sheet(desk.project, sheet, base, "import")
    _follow(desk)
    said = desk.words("facts.added", n=len(sheet) - before)
    return {**show(desk), "notice": notice(said, "good"), "save_state": desk.saved()}


def _follow(desk: Desk) -> None:
    """Let the outline know of new and dropped facts."""
    plan, base = plans.load_plan(desk.project)
    if base:
        sheet, _ = sheets.load_sheet(desk.project)
        plans.save_plan(desk.project, plans.with_facts(plan, sheet), base)
    desk.refresh()


def edit(desk: Desk, rows: Sequence[Sequence[str]]) -> Changes:
    """Take the edited table; an emptied text drops the fact."""
    sheet, base = sheets.load_sheet(desk.project)
    cleaned = [[clean(str(cell or "")) for cell in row] for row in rows or []]
    edited = sheets.edit(sheet, cleaned)
    if edited == sheet:
        return {}
    sheets.save_sheet(desk.project, edited, base)
    same_rows = [f.id for f in edited] == [row[0] for row in cleaned]
    _follow(desk)
    shown = show(desk)
    if same_rows:
        shown.pop("facts_table")
    return {**shown, "save_state": desk.saved()}


def undo(desk: Desk) -> Changes:
    """Take the last change of the facts back."""
    if desk.project.undo(sheets.KIND) is None:
        return {"notice": notice(desk.words("undo.none"), "warn")}
    _follow(desk)
    return {**show(desk), "save_state": desk.saved()}


def describe(desk: Desk, title: str, unit: str, period: str) -> Changes:
    """Keep title, unit and period; what the title left open for them is filled in."""
    values = {"title": title, "unit": unit, "period": period}
    cleaned = {k: " ".join(clean(str(v or "")).split())[:200] for k, v in values.items()}
    if _YEAR.fullmatch(cleaned["period"]):
        cleaned["period"] += "年"
    filled = cleaned["title"]
    for name, slot in TITLE_SLOTS.items():
        filled = filled.replace(slot, cleaned[name] or slot)
    cleaned["title"] = filled
    changed = {k: v for k, v in cleaned.items() if k != "unit" and v != values[k]}
    if all(desk.project.settings().get(k, "") == v for k, v in cleaned.items()):
        return {}
    desk.project.set(**cleaned)
    desk.refresh()
    return {"save_state": desk.saved(), **project_list(desk), **changed}
