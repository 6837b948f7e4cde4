"""Step 范例与章节: tasks handed down, the proposed outline, its edits, exemplar structures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.domain import Exemplar
from drafter.errors import InputError
from drafter.ui.html import Html, el, panel
from drafter.ui.panels import notices_panel
from drafter.ui.projects import project_list
from drafter.ui.steps import section
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work import plans, sheets
from drafter.ui.work.intake import PAPERS, read_text_upload

OUTPUTS = (
    "tasks_paste",
    "outline_table",
    "outline_pick",
    "outline_notes",
    "exemplars",
    "fact_pick",
    "fact_to",
)


def build(w: Words, ui: Components) -> None:
    """Lay the step out."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
            ui["tasks_paste"] = gr.Textbox(
                label=w("tasks.paste"),
                placeholder=w("tasks.hint"),
                lines=7,
                max_lines=14,
                elem_id="tasks-paste",
            )
            with gr.Row():
                ui["outline_make"] = gr.Button(
                    w("outline.make"), variant="primary", elem_id="outline-make"
                )
                ui["tasks_file"] = gr.UploadButton(
                    w("tasks.file"),
                    file_types=PAPERS,
                    elem_id="tasks-file",
                )
                ui["outline_undo"] = gr.Button(w("undo"), elem_id="outline-undo")
            ui["outline_notes"] = Panel(elem_id="outline-notes")
            _tools(w, ui)
        with gr.Column(scale=3, min_width=320):
            ui["outline_table"] = gr.Dataframe(
                headers=[w(f"outline.column.{i}") for i in range(5)],
                datatype="str",
                type="array",
                column_widths=["12%", "9%", "40%", "29%", "10%"],
                static_columns=[0],
                wrap=True,
                max_height=420,
                interactive=True,
                buttons=[],
                label=w("outline.table"),
                elem_id="outline-table",
            )
            ui["exemplars"] = Panel(elem_id="exemplars")
    ui["to_write"] = gr.Button(w("outline.next"), variant="primary", elem_id="to-write")


def _tools(w: Words, ui: Components) -> None:
    ui["outline_pick"] = gr.Dropdown([], label=w("outline.pick"), elem_id="outline-pick")
    with gr.Row():
        for name in ("up", "down", "drop"):
            ui[f"outline_{name}"] = gr.Button(
                w(f"outline.{name}"), size="sm", min_width=64, elem_id=f"outline-{name}"
            )
    with gr.Row(elem_classes="tools"):
        ui["outline_new"] = gr.Textbox(
            label=w("outline.new"), elem_id="outline-new", scale=3, min_width=160, max_length=200
        )
        ui["outline_add"] = gr.Button(
            w("outline.add"), size="sm", min_width=80, elem_id="outline-add"
        )
    with gr.Row(elem_classes="tools"):
        ui["fact_pick"] = gr.Dropdown(
            [], label=w("outline.fact"), elem_id="fact-pick", scale=3, min_width=120
        )
        ui["fact_to"] = gr.Dropdown(
            [], label=w("outline.to"), elem_id="fact-to", scale=3, min_width=120
        )
        ui["fact_move"] = gr.Button(w("outline.move"), size="sm", min_width=80, elem_id="fact-move")


def wire(on: Wiring) -> None:
    """Connect the step's events."""
    ui = on.components
    more = (*OUTPUTS, *section.OUTPUTS)
    made = (*more, "project_pick", "title", "unit", "period")
    on.on([ui["outline_make"].click], make, ["tasks_paste"], made)
    on.last([ui["tasks_paste"].blur], keep_tasks, ["tasks_paste"], ["save_state"])
    on.on([ui["tasks_file"].upload], upload, ["tasks_file"], ["tasks_paste", "save_state"])
    on.on([ui["outline_undo"].click], undo, [], more)
    on.last([ui["outline_table"].input], edit, ["outline_table", "outline_pick"], more)
    on.last([ui["outline_pick"].input], pick, ["outline_pick"], ["exemplars"])
    on.on([ui["outline_up"].click], up, ["outline_pick"], more, once="multiple")
    on.on([ui["outline_down"].click], down, ["outline_pick"], more, once="multiple")
    on.on([ui["outline_drop"].click], drop, ["outline_pick"], more)
    on.on([ui["outline_add"].click], add, ["outline_new", "outline_pick"], ["outline_new", *more])
    on.on([ui["fact_move"].click], move_fact, ["fact_pick", "fact_to", "outline_pick"], more)


# --------------------------------------------------------------------------- what it shows


def show(desk: Desk, picked: str = "") -> dict[str, Any]:
    """Return the step as the project stands."""
    plan, w = desk.paper.plan, desk.words
    keys = plan.keys
    chosen = picked if picked in keys else (keys[0] if keys else None)
    names = [(f"{v.marker}{v.outline.heading}"[:60], v.key) for v in desk.paper.sections]
    return {
        "tasks_paste": desk.paper.settings.get("tasks", ""),
        "outline_table": rows_of(desk),
        "outline_pick": change(choices=names, value=chosen),
        "outline_notes": _notes(desk),
        "exemplars": exemplars(desk, chosen or ""),
        "fact_pick": change(choices=_fact_choices(desk), value=_first_unplaced(desk)),
        "fact_to": change(choices=[(w("outline.unplaced"), ""), *names], value=chosen),
    }


def rows_of(desk: Desk) -> list[list[str]]:
    """Return the table's rows: number, level, heading, facts, length."""
    return [
        [
            view.marker,
            str(view.outline.level),
            view.outline.heading,
            plans.said_ids(view.outline.fact_ids),
            str(view.outline.length or ""),
        ]
        for view in desk.paper.sections
    ]


def _fact_choices(desk: Desk) -> list[tuple[str, str]]:
    plan = desk.paper.plan
    free = set(plan.outline.unplaced)
    facts = sorted(desk.paper.sheet, key=lambda fact: fact.id not in free)
    sign = desk.words("outline.free")
    return [(f"{sign if f.id in free else ''}{f.id} {f.text[:40]}", f.id) for f in facts[:400]]


def _first_unplaced(desk: Desk) -> str | None:
    free = desk.paper.plan.outline.unplaced
    return free[0] if free else None


def _notes(desk: Desk) -> str:
    outline, w = desk.paper.plan.outline, desk.words
    if not outline.sections:
        return panel(el("p", w("outline.none"), cls="hint"))
    known = desk.paper.sheet.by_id()
    free = [
        el("li", el("span", i, cls="tag"), f" {known[i].text}")
        for i in outline.unplaced
        if i in known
    ]
    source = outline.source.partition(":")[2]
    said = (
        w("outline.from.sample", name=source)
        if source
        else w(f"outline.from.{_base(outline.source)}")
    )
    parts = [panel(el("p", said, cls="hint"))]
    if free:
        parts.append(panel(el("h2", w("outline.unplaced.title", n=len(free))), el("ul", *free)))
    parts.append(notices_panel(outline.task_notes, w("outline.notes")))
    return "".join(parts)


def _base(source: str) -> str:
    return source if source in {"tasks", "facts"} else "facts"


def exemplars(desk: Desk, key: str) -> str:
    """Return the exemplar structures of a section, side by side."""
    w, view = desk.words, desk.paper.view(key)
    if view is None:
        return ""
    cards = [_exemplar(e, w) for e in view.outline.exemplars[:3]]
    reasons = [
        el("li", el("span", i, cls="tag"), f" {reason}")
        for i, reason in view.outline.reasons.items()
        if i in view.outline.fact_ids
    ]
    why = (
        el("details", el("summary", w("outline.reasons", n=len(reasons))), el("ul", *reasons))
        if reasons
        else None
    )
    title = el("h2", w("outline.exemplars", heading=view.outline.heading))
    body = el("div", *cards, cls="cards") if cards else el("p", w("outline.noexemplar"), cls="hint")
    return panel(title, body, why)


def _exemplar(exemplar: Exemplar, w: Words) -> Html:
    skeleton = exemplar.skeleton
    moves = [
        el(
            "li",
            el("span", move.function, cls="tag"),
            f" {move.opening}" if move.opening else None,
            f" {'、'.join(dict.fromkeys(_slot(s.kind, s.measure) for s in move.slots))}",
        )
        for move in skeleton.moves[:8]
    ]
    points = w("outline.points", name=skeleton.enumerator, n=skeleton.points)
    return el(
        "div",
        el("h3", skeleton.heading),
        el("p", w("outline.sample", name=exemplar.sample.name), cls="hint"),
        el("p", points, cls="hint") if skeleton.points else None,
        el("ol", *moves),
        cls="card",
    )


def _slot(kind: str, measure: str) -> str:
    names = {
        "figure": f"〔数{measure}〕",
        "date": "〔日期〕",
        "person": "〔姓名〕",
        "place": "〔地名〕",
        "organisation": "〔单位〕",
        "post": "〔职务〕",
        "title": "〔文件〕",
        "quote": "〔提法〕",
    }
    return names.get(kind, "〔词〕")


# --------------------------------------------------------------------------- handlers


def make(desk: Desk, tasks: str) -> Changes:
    """Propose an outline from the tasks, or from the best matching sample; texts stay."""
    from drafter import public  # noqa: PLC0415 - the public names import every room

    cleaned = clean(str(tasks or ""))[:20_000]
    sheet, _ = sheets.load_sheet(desk.project)
    plan, base = plans.load_plan(desk.project)
    lines = [line for line in cleaned.splitlines() if line.strip()]
    outline = public.make_outline(sheet, desk.library, lines or None)
    settings = desk.project.settings()
    outline = replace(outline, unit=settings.get("unit") or outline.unit)
    fresh = plans.keyed(outline, plan)
    plans.save_plan(desk.project, fresh, base)
    known = {k: settings.get(k) or v for k, v in _described(outline).items()}
    desk.project.set(tasks=cleaned, **known)
    desk.refresh()
    said = desk.words("outline.made", n=len(fresh.keys))
    shown = {**show(desk), **_front(desk), **project_list(desk), **known}
    return {**shown, "save_state": desk.saved(), "notice": notice(said, "good")}


def keep_tasks(desk: Desk, tasks: str) -> Changes:
    """Keep the pasted tasks as they are."""
    cleaned = clean(str(tasks or ""))[:20_000]
    if desk.project.settings().get("tasks", "") == cleaned:
        return {}
    desk.project.set(tasks=cleaned)
    return {"save_state": desk.saved()}


def _described(outline: Any) -> dict[str, str]:
    return {"title": outline.title, "unit": outline.unit, "period": outline.period}


def upload(desk: Desk, path: str | None) -> Changes:
    """Read a notice's text into the tasks field."""
    if not path:
        return {}
    text = clean(read_text_upload(desk.project, Path(path)))
    return {"tasks_paste": text[:20_000], "notice": notice(desk.words("tasks.read"), "good")}


def _changed(desk: Desk, plan: plans.Plan, base: int, picked: str) -> Changes:
    plans.save_plan(desk.project, plan, base)
    desk.refresh()
    return {**show(desk, picked), **_front(desk), "save_state": desk.saved()}


def _front(desk: Desk) -> dict[str, Any]:
    """Return the section list; and a section to the front, where that in front is gone."""
    if desk.paper.view(desk.place.section) is None:
        return section.show(desk)
    return section.show_list(desk)


def edit(desk: Desk, rows: Sequence[Sequence[str]], picked: str | None) -> Changes:
    """Take the edited table: headings, levels, facts, lengths."""
    plan, base = plans.load_plan(desk.project)
    sheet, _ = sheets.load_sheet(desk.project)
    cleaned = [[clean(str(cell or "")) for cell in row] for row in rows or []]
    edited = plans.edit_rows(plan, cleaned, sheet)
    if edited == plan:
        return {}
    return _changed(desk, edited, base, picked or "")


def pick(desk: Desk, key: str | None) -> Changes:
    """Show the exemplars of the picked section."""
    return {"exemplars": exemplars(desk, key or "")}


def _picked(key: str | None) -> str:
    if not key:
        raise InputError("请先选一节")
    return key


def up(desk: Desk, key: str | None) -> Changes:
    """Move the picked section up."""
    plan, base = plans.load_plan(desk.project)
    return _changed(desk, plans.move(plan, _picked(key), -1), base, str(key))


def down(desk: Desk, key: str | None) -> Changes:
    """Move the picked section down."""
    plan, base = plans.load_plan(desk.project)
    return _changed(desk, plans.move(plan, _picked(key), 1), base, str(key))


def drop(desk: Desk, key: str | None) -> Changes:
    """Take the picked section out; its text stays in the store, its facts become unplaced."""
    plan, base = plans.load_plan(desk.project)
    desk.bench.runner.stop(desk.project.id, _picked(key))
    return _changed(desk, plans.drop(plan, str(key)), base, "")


def add(desk: Desk, heading: str, after: str | None) -> Changes:
    """Add a section behind the picked one."""
    plan, base = plans.load_plan(desk.project)
    level = plan.section(after).level if after else 1
    text = " ".join(clean(str(heading or "")).split())
    fresh = plans.add(plan, text, min(level, 2), after or "")
    changes = _changed(desk, fresh, base, f"s{plan.next}")
    return {**changes, "outline_new": ""}


def move_fact(desk: Desk, fact: str | None, to: str | None, picked: str | None) -> Changes:
    """Put a fact under another section, or under none."""
    if not fact:
        raise InputError("请先选一条事实")
    plan, base = plans.load_plan(desk.project)
    return _changed(desk, plans.assign(plan, fact, to or ""), base, picked or "")


def undo(desk: Desk) -> Changes:
    """Take the last change of the outline back."""
    if desk.project.undo(plans.KIND) is None:
        return {"notice": notice(desk.words("undo.none"), "warn")}
    desk.refresh()
    return {**show(desk), **_front(desk), "save_state": desk.saved()}
