"""The page as a whole: header, steps, the column beside them, and what happens when it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr

from drafter.errors import DrafterError
from drafter.ui.assets import address
from drafter.ui.bench import Bench
from drafter.ui.html import el, panel
from drafter.ui.orders import command, create, go_to, open_page, remove, switch
from drafter.ui.place import Place, parse_place
from drafter.ui.steps import batch, corpus, facts, outline, review, section, writing
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Handler, Wiring, notice, user_of
from drafter.ui.words import Words, words

STEPS = ("facts", "outline", "write", "review")
HEADER = ("project_pick", "user_line")
ALL = (
    *HEADER,
    "steps",
    "facts_paste",
    *facts.OUTPUTS,
    *outline.OUTPUTS,
    *section.OUTPUTS,
    *review.OUTPUTS,
    *corpus.OUTPUTS,
    *batch.OUTPUTS,
    "batch_tasks",
    "project_bin",
)
AT_ONCE = ("early.js", "calls.js")
"""Scripts that are there before anything of Gradio's."""
DEFERRED = ("orders.js", "marks.js", "files.js", "panels.js", "page.js")
"""Scripts that work on the page, each with what the ones before it offer."""
HEAD = "".join(
    [
        *(f'<script src="{address(name)}"></script>' for name in AT_ONCE),
        *(f'<script src="{address(name)}" defer></script>' for name in DEFERRED),
        '<meta name="referrer" content="same-origin">',
    ]
)
FOOT = f'<link rel="stylesheet" href="{address("page.css")}">'
"""Our rules come behind Gradio's, which are added to the head one by one."""


def theme() -> gr.themes.Base:
    """Return the page's theme: system fonts only, so that nothing is fetched from outside."""
    # Tables are set in font_mono, and "monospace" is NSimSun on a Chinese Windows.
    fonts = ["system-ui", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"]
    plain = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="sm",
        spacing_size="sm",
        font=fonts,
        font_mono=fonts,
    )
    return plain.set(
        body_background_fill="#f4f6f9",
        block_label_text_color="#34404d",
        block_title_text_color="#34404d",
        block_title_text_weight="600",
        block_info_text_color="#4a5664",
        input_placeholder_color="#66717e",
        button_primary_background_fill="#1f4f86",
        button_primary_background_fill_hover="#173d69",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_hover="#e8f0f9",
        button_secondary_text_color="#1d2733",
        button_secondary_border_color="#b9c3cf",
        button_cancel_background_fill="#ffffff",
        button_cancel_background_fill_hover="#fdeceb",
        button_cancel_text_color="#a3241c",
        button_cancel_border_color="#a3241c",
        button_border_width="1px",
        button_large_text_size="14px",
        button_large_text_weight="500",
        button_large_padding="7px 14px",
        button_small_padding="5px 10px",
        button_small_text_size="13px",
        checkbox_label_background_fill_selected="#e8f0f9",
        checkbox_background_color_selected="#1f4f86",
        link_text_color="#1f4f86",
    )


def build_page(bench: Bench, lang: str) -> gr.Blocks:
    """Return the page in one language."""
    w = words(lang)
    ui: Components = {}
    with gr.Blocks(
        title=w("name"), analytics_enabled=False, delete_cache=(3600, 86400), fill_width=True
    ) as page:
        _header(w, ui)
        with gr.Row(equal_height=False, elem_id="desk"):
            with gr.Column(scale=8, min_width=320, elem_id="main"):
                _steps(w, ui, bench.settings.has_model)
            with gr.Column(scale=3, min_width=300, elem_id="side"):
                gr.Markdown(f"## {w('findings.title')}", elem_classes="side-title")
                ui["findings"] = Panel(elem_id="findings")
                gr.Markdown(f"## {w('provenance.title')}", elem_classes="side-title")
                ui["provenance"] = Panel(elem_id="provenance")
        _hidden(w, ui)
        _wire(page, ui, bench, lang)
    return page


def _header(w: Words, ui: Components) -> None:
    with gr.Row(elem_id="header", equal_height=True):
        Panel(panel(el("h1", w("name")), el("p", w("motto"), cls="motto")), elem_id="brand")
        ui["project_pick"] = gr.Dropdown(
            [], label=w("project"), elem_id="project-pick", scale=2, min_width=220
        )
        ui["project_new"] = gr.Button(
            w("project.new"), size="sm", elem_id="project-new", min_width=96
        )
        ui["save_state"] = Panel(elem_id="save-state")
        ui["user_line"] = Panel(elem_id="user-line")
    ui["notice"] = Panel(elem_id="notice")


def _steps(w: Words, ui: Components, has_model: bool) -> None:
    modules: dict[str, Callable[[Words, Components], None]] = {
        "facts": facts.build,
        "outline": outline.build,
        "write": partial(writing.build, has_model=has_model),
        "review": review.build,
        "batch": batch.build,
        "corpus": corpus.build,
    }
    with gr.Tabs(elem_id="steps") as ui["steps"]:
        for step, build in modules.items():
            with gr.Tab(w(f"step.{step}"), id=step, elem_id=f"step-{step}") as ui[f"step_{step}"]:
                build(w, ui)


def _hidden(w: Words, ui: Components) -> None:
    for name in ("place", "command", "seen", "selection"):
        ui[name] = gr.Textbox(
            label=w(f"hidden.{name}"), visible="hidden", elem_id=name, container=False
        )
    ui["heard"] = Panel(visible="hidden", elem_id="heard")
    ui["refresh"] = gr.Button(w("hidden.refresh"), visible="hidden", elem_id="refresh")
    ui["ticker"] = gr.Timer(writing.TICK_SECONDS, active=False)


def _wire(page: gr.Blocks, ui: Components, bench: Bench, lang: str) -> None:
    on = Wiring(ui, bench, lang)
    facts.wire(on)
    outline.wire(on)
    writing.wire(on)
    review.wire(on)
    batch.wire(on)
    corpus.wire(on)
    # The page sends one order after the other; none may be dropped while one is just ending.
    on.on(
        [ui["command"].change],
        command,
        ["command", "editor"],
        ["heard", *ALL],
        once="multiple",
        quiet=True,
    )
    on.on([ui["to_outline"].click], go_to("outline"), ["editor"], ALL)
    on.on([ui["to_write"].click], go_to("write"), ["editor"], ALL)
    on.on([ui["to_review"].click], go_to("review"), ["editor"], ALL)
    # What a clerk may be typing in already is not among the outputs.
    typed = {"tasks_paste", "title", "unit", "period", "fact_card"}
    for step, module in (("outline", outline), ("facts", facts)):
        shown = [name for name in module.OUTPUTS if name not in typed]
        on.last([ui[f"step_{step}"].select], _cleared(module.show), [], shown)
    on.last(
        [ui["step_write"].select],
        _cleared(lambda desk, text: writing.tick(desk, text, "")),
        ["editor"],
        section.OUTPUTS,
    )
    on.last(
        [ui["step_review"].select],
        _cleared(lambda desk, view, *chosen: review.show(desk, view, chosen)),
        ["compare_view", "export_form", "export_review", "export_annex"],
        review.OUTPUTS,
    )
    on.on([ui["project_delete"].click], remove, ["editor"], ALL)
    picked = ["project_pick", "editor"]
    on.on([ui["project_pick"].input], switch, picked, ALL, once="multiple")
    _wire_opening(page, on)


def _cleared(show: Handler) -> Handler:
    """Return a handler that clears the notice of the step before, unless it has one of its own."""
    return lambda *values: {"notice": "", **show(*values)}


def _wire_opening(page: gr.Blocks, on: Wiring) -> None:
    """Opening and creating need no project, so they do not go through a desk."""
    names = ["place", "notice", *ALL]
    outputs = [on.components[name] for name in names]

    def run(make: Callable[[str, Place, gr.Request], Changes]) -> Callable[..., Any]:
        def handler(request: gr.Request, place: object) -> list[Any]:
            try:
                changes = make(user_of(request), parse_place(place), request)
            except DrafterError as error:
                changes = {"notice": notice(str(error), "error")}
            return on.updates(changes, names)

        return handler

    def opened(user: str, _place: Place, request: gr.Request) -> Changes:
        return open_page(on.bench, on.lang, user, dict(request.query_params))

    def created(user: str, place: Place, _request: gr.Request) -> Changes:
        return create(on.bench, on.lang, user, place)

    plain = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
    page.load(run(opened), [on.components["place"]], outputs, **plain)
    on.components["project_new"].click(run(created), [on.components["place"]], outputs, **plain)
