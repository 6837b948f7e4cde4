"""Step 撰写: the section list, one editor, drafting, candidates, versions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import gradio as gr

from drafter.chinese.normalise import clean
from drafter.errors import Conflict, EmptyInput, InputError
from drafter.store import Details, encode
from drafter.ui import worklist
from drafter.ui.place import LOCKED
from drafter.ui.steps.section import (
    OUTPUTS,
    around,
    candidate_changes,
    found,
    seen,
    show,
    show_list,
    streamed,
)
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Desk, Wiring, change, notice
from drafter.ui.words import Words
from drafter.ui.work.sections import KIND, MAX_CHARACTERS, SectionView
from drafter.writing.composer import compose_section

QUICK = ("shorter", "longer", "other", "figures", "plain")
WITHOUT_MODEL = "figures"
MAX_INSTRUCTION = 2_000
TICK_SECONDS = 0.15
SETTLE_SECONDS = 0.25
"""So long the page waits for the composer, which is mostly done by then."""


def build(w: Words, ui: Components, *, has_model: bool = True) -> None:
    """Lay the step out; without a model, what only a model can do is shown and not active."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=220, elem_id="list-column"):
            with gr.Row(elem_classes="pair"):
                ui["draft_all"] = gr.Button(
                    w("draft.all"), variant="primary", elem_id="draft-all", min_width=90, scale=3
                )
                ui["draft_stop"] = gr.Button(
                    w("draft.stop"),
                    variant="stop",
                    elem_id="draft-stop",
                    interactive=False,
                    min_width=60,
                    scale=2,
                )
            ui["section_list"] = gr.Radio(
                [], label=w("list.label"), elem_id="section-list", container=False
            )
        with gr.Column(scale=5, min_width=320):
            _editor(w, ui)
            _instructions(w, ui, has_model)
            _versions_row(w, ui)
            ui["to_review"] = gr.Button(w("write.next"), variant="primary", elem_id="to-review")


def _editor(w: Words, ui: Components) -> None:
    with gr.Row(elem_classes="tools heading-row"):
        ui["heading"] = Panel(elem_id="heading")
        ui["draft_one"] = gr.Button(w("draft.one"), elem_id="draft-one", min_width=96)
        ui["section_undo"] = gr.Button(w("undo"), elem_id="section-undo", min_width=72)
    ui["candidate"] = Panel(elem_id="candidate")
    with gr.Row(elem_classes="tools"):
        ui["candidate_accept"] = gr.Button(
            w("candidate.accept"), variant="primary", elem_id="candidate-accept", visible=False
        )
        ui["candidate_reject"] = gr.Button(
            w("candidate.reject"), elem_id="candidate-reject", visible=False
        )
    ui["editor"] = gr.Textbox(
        label=w("editor.label"),
        placeholder=w("editor.hint"),
        lines=11,
        max_lines=24,
        interactive=True,
        autoscroll=False,
        elem_id="editor",
    )


def _instructions(w: Words, ui: Components, has_model: bool) -> None:
    with gr.Row(elem_classes="tools"):
        ui["instruction"] = gr.Textbox(
            label=w("instruction.label"),
            placeholder=w("instruction.hint" if has_model else "instruction.nomodel"),
            lines=1,
            max_lines=4,
            interactive=has_model,
            elem_id="instruction",
            scale=4,
        )
        ui["regenerate"] = gr.Button(
            w("regenerate"),
            interactive=has_model,
            elem_id="regenerate",
            min_width=110,
            scale=1,
        )
    with gr.Row(elem_classes="quick"):
        for name in QUICK:
            ui[f"quick_{name}"] = gr.Button(
                w(f"quick.{name}"),
                interactive=has_model or name == WITHOUT_MODEL,
                size="sm",
                min_width=72,
                elem_id=f"quick-{name}",
            )


def _versions_row(w: Words, ui: Components) -> None:
    with gr.Row(elem_classes="tools"):
        ui["versions"] = gr.Dropdown(
            [], label=w("versions.label"), elem_id="versions", min_width=170, scale=2
        )
        ui["restore"] = gr.Button(w("versions.restore"), elem_id="restore", min_width=90)


def wire(on: Wiring) -> None:
    """Connect the step's events."""
    ui = on.components
    rest = tuple(n for n in OUTPUTS if n != "editor")
    on.on([ui["draft_all"].click], draft_all, ["editor"], OUTPUTS)
    on.on([ui["draft_one"].click], draft_one, ["editor"], OUTPUTS)
    on.on([ui["draft_stop"].click], stop, ["editor"], OUTPUTS)
    on.on([ui["section_list"].input], select, ["section_list", "editor"], OUTPUTS, once="multiple")
    on.last([ui["editor"].change, ui["editor"].blur], save, ["editor"], rest)
    on.on([ui["section_undo"].click], undo, ["editor"], OUTPUTS)
    on.on([ui["restore"].click], restore, ["versions", "editor"], OUTPUTS)
    on.on([ui["candidate_accept"].click], accept, ["editor"], OUTPUTS)
    on.on([ui["candidate_reject"].click], reject, ["editor"], OUTPUTS)
    on.on(
        [ui["regenerate"].click],
        regenerate,
        ["instruction", "editor", "selection"],
        ("instruction", *OUTPUTS),
    )
    for name in QUICK:
        handler = mend if name == WITHOUT_MODEL else _quick(name)
        on.on([ui[f"quick_{name}"].click], handler, ["editor", "selection"], OUTPUTS)
    on.on([ui["ticker"].tick], tick, ["editor", "seen"], OUTPUTS, quiet=True)
    on.last([ui["refresh"].click], tick, ["editor", "seen"], OUTPUTS)


# --------------------------------------------------------------------------- saving


def keep(desk: Desk, text: object) -> SectionView | None:
    """Save what stands in the editor, if it is not what is stored; return the section.

    A page that has gone on to another section brings nothing newer for this one. Raises Conflict
    after keeping the typed text as a candidate: nothing is lost either way.
    """
    place = desk.place
    view = desk.paper.view(place.section)
    if view is None or place.version == LOCKED or view.busy or _is_late(desk):
        return view
    typed = clean(str(text or ""))
    if len(typed) > MAX_CHARACTERS:
        raise InputError(f"这一节超过{MAX_CHARACTERS}字：请分成几节，超出的部分没有保存")
    if typed in {view.text, _shown(desk, view)}:
        return view
    try:
        desk.save_typed(view, typed)
    except Conflict as conflict:
        desk.project.propose(
            view.key, conflict.ours, base=view.number, origin="hand", note=desk.words("conflict")
        )
        desk.refresh()
        raise
    desk.refresh()
    return desk.paper.view(place.section)


def _shown(desk: Desk, view: SectionView) -> str:
    """Return the text that the page was given: one that still holds it has typed nothing."""
    base = desk.base(view)
    return desk.project.version(KIND, view.key, base).text if base else ""


def _is_late(desk: Desk) -> bool:
    shown = desk.bench.page(desk.place.page).section
    return shown is not None and shown != f"{desk.place.project}.{desk.place.section}"


def save(desk: Desk, text: str) -> Changes:
    """Autosave. Neither the editor nor the place is touched: the clerk may have gone on."""
    before = desk.view
    try:
        view = keep(desk, text)
    except Conflict as conflict:
        view = desk.paper.view(desk.place.section)
        return {
            **candidate_changes(desk, view),
            "save_state": desk.conflicted(),
            "notice": notice(str(conflict), "warn"),
        }
    if view is None or before is None or view.number == before.number or _is_late(desk):
        return {}
    return {**show_list(desk), **around(desk, view)}


# --------------------------------------------------------------------------- handlers


def select(desk: Desk, key: str | None, text: str) -> Changes:
    """Save the section that is left, show the chosen one."""
    keep(desk, text)
    return show(desk, str(key or ""))


def _start(
    desk: Desk, keys: list[str], instruction: str = "", span: tuple[int, int] = (0, 0)
) -> Changes:
    if not len(desk.paper.sheet):
        raise EmptyInput("还没有素材：请先在“资料”里粘贴或上传素材")
    if not keys:
        raise EmptyInput("还没有章节：请先在“范例与章节”里列提纲")
    started = desk.bench.runner.start(desk.project, keys, instruction, span)
    desk.project.log("起草", f"{started}节")
    # The composer is done before the page answers; a model's words are watched from the start.
    desk.bench.runner.settle(0.0 if desk.bench.settings.has_model else SETTLE_SECONDS)
    changes = show(desk, desk.place.section)
    failed = [v.job for v in desk.paper.sections if v.key in keys and v.job and v.job.error]
    if failed:
        return {**changes, "notice": notice(failed[0].error, "error")}
    return changes


def draft_all(desk: Desk, text: str) -> Changes:
    """Draft all sections; where a person has written, the draft becomes a candidate."""
    keep(desk, text)
    return _start(desk, [view.key for view in desk.paper.sections if not view.busy])


def draft_one(desk: Desk, text: str) -> Changes:
    """Draft the section shown."""
    keep(desk, text)
    view = desk.view
    return _start(desk, [view.key] if view else [])


def draft_plain(desk: Desk, key: str) -> Changes:
    """Draft without the model: the section named, and all others that it failed."""
    failed = [view.key for view in desk.paper.sections if view.failed and not view.busy]
    if key not in failed:
        return show(desk, desk.place.section)
    started = desk.bench.runner.start(desk.project, failed, without_model=True)
    desk.project.log("不用模型起草", f"{started}节")
    desk.bench.runner.settle(SETTLE_SECONDS)
    return show(desk, desk.place.section)


def regenerate(desk: Desk, instruction: str, text: str, selection: str = "") -> Changes:
    """Write the section shown again, or what is selected of it, as the instruction says."""
    said = clean(str(instruction or "")).strip()
    if not said:
        raise EmptyInput("请先写明修改意见，例如：把第二句改得更简练")
    if len(said) > MAX_INSTRUCTION:
        raise InputError(f"修改意见超过{MAX_INSTRUCTION}字：请写短一些")
    if not desk.bench.settings.has_model:
        raise InputError("按意见重写需要模型，现在没有设置；可先手工改，或点“起草本节”重新起草")
    keep(desk, text)
    view = desk.view
    span = selected(selection, view.text) if view else (0, 0)
    return {**_start(desk, [view.key] if view else [], said, span), "instruction": ""}


def selected(said: object, text: str) -> tuple[int, int]:
    """Return the selection ``start-end`` as offsets into the text; (0, 0) where there is none."""
    match = re.fullmatch(r"(\d{1,6})-(\d{1,6})", said) if isinstance(said, str) else None
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    return (start, end) if 0 <= start < end <= len(text) else (0, 0)


def _quick(name: str) -> Any:
    def quick(desk: Desk, text: str, selection: str) -> Changes:
        return regenerate(desk, desk.words(f"quick.{name}.said"), text, selection)

    return quick


def mend(desk: Desk, text: str, _selection: str = "") -> Changes:
    """Put right what the check can put right by the facts, as a candidate; needs no model."""
    view = keep(desk, text)
    fixes = [m.finding for m in found(desk, view) if worklist.replaceable(m)]
    if view is None or not fixes:
        return {"notice": notice(desk.words("mend.none"), "info")}
    mended = view.text
    for finding in sorted(fixes, key=lambda f: -f.start):
        mended = mended[: finding.start] + finding.suggestion + mended[finding.end :]
    extra = encode(replace(view.extra, points=(), page=""))
    note = desk.words("mend.note", n=len(fixes))
    desk.project.propose(
        view.key, mended, base=view.number, origin="composer", data=extra, note=note
    )
    return show(desk, view.key)


def insert(desk: Desk, number: str) -> Changes:
    """Put a fact that the text of its section does not use behind it, as a candidate."""
    paper = desk.paper
    view = next((v for v in paper.sections if number in v.outline.fact_ids), None)
    if view is None or number not in paper.sheet.by_id():
        raise InputError("这条素材没有归入任何一节：请先在“范例与章节”里把它放到一节下")
    if view.candidate or view.busy:
        raise InputError("这一节有新稿待选或正在起草：请先处理，再补进素材")
    made = compose_section(replace(view.outline, fact_ids=(number,)), paper.sheet)
    text = "\n".join(part for part in (view.text, made.text) if part)
    data = encode(replace(view.extra, points=(), page=""))
    note = desk.words("gap.note", fact=number)
    desk.project.propose(view.key, text, base=view.number, origin="composer", data=data, note=note)
    return show(desk, view.key)


def stop(desk: Desk, text: str) -> Changes:
    """Stop all drafting of the project; what was written so far is kept."""
    keep(desk, text)
    desk.bench.runner.stop(desk.project.id)
    desk.bench.runner.settle(0.5)
    return {**show(desk, desk.place.section), "notice": notice(desk.words("draft.stopped"))}


def undo(desk: Desk, text: str) -> Changes:
    """Take the last change of the section shown back."""
    view = keep(desk, text)
    if view is None or desk.project.undo(KIND, view.key) is None:
        return {"notice": notice(desk.words("undo.none"), "warn")}
    return show(desk, view.key)


def restore(desk: Desk, number: str | None, text: str) -> Changes:
    """Bring an older version back, as a new version."""
    view = keep(desk, text)
    if view is None or not str(number or "").isdigit():
        raise InputError("请先选一个版本")
    desk.project.restore(KIND, view.key, int(str(number)), base=view.number)
    return show(desk, view.key)


def accept(desk: Desk, text: str) -> Changes:
    """Take the candidate as the text."""
    return _settle(desk, text, accepted=True)


def reject(desk: Desk, text: str) -> Changes:
    """Put the candidate aside; the text that stands stays."""
    return _settle(desk, text, accepted=False)


def _settle(desk: Desk, text: str, *, accepted: bool) -> Changes:
    view = desk.paper.view(desk.place.section)
    if view is None or view.candidate is None:
        raise InputError("这一节没有待选的新稿")
    if view.candidate.origin != "hand":
        keep(desk, text)
    desk.project.settle(view.key, accept=accepted)
    desk.project.log("采用新稿" if accepted else "放弃新稿", view.outline.heading)
    return show(desk, view.key)


def lock(desk: Desk, sentence: str) -> Changes:
    """Lock a sentence of the section shown against rewriting, or unlock it."""
    view = desk.view
    if view is None or sentence not in view.text:
        return {}
    extra = view.extra
    locked = set(extra.locked) ^ {sentence}
    data = encode(replace(extra, locked=tuple(sorted(locked))))
    origin = view.entry.version.origin if view.entry else "hand"
    desk.project.save(
        KIND, view.key, view.text, base=view.number, origin=origin, details=Details(data)
    )
    return show(desk, view.key)


def tick(desk: Desk, text: str, known: str) -> Changes:
    """Show what has changed on the server; typed text that is not saved is never touched."""
    if _is_late(desk):
        return {}
    if seen(desk) == known:
        idle = not desk.paper.busy and not desk.checked.waiting
        return {"ticker": change(active=False)} if idle else {}
    view, place = desk.view, desk.place
    if view and view.busy and place.version == LOCKED and view.key == place.section:
        return streamed(desk, view)
    if view is None or view.busy or place.version == LOCKED or view.key != place.section:
        return show(desk, place.section)
    base = desk.base(view)
    if view.number == base:
        return {**show_list(desk), **around(desk, view)}
    if clean(str(text or "")) == _shown(desk, view):
        return show(desk, view.key)
    return {**show_list(desk), "notice": notice(desk.words("elsewhere"), "warn")}
