"""The page as a whole: header, steps, the column beside them, and what happens when it opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import gradio as gr

from drafter.errors import DrafterError, InputError
from drafter.ui.accounts import LOCAL_USER
from drafter.ui.bench import Bench, Desk
from drafter.ui.html import Html, el, panel
from drafter.ui.place import Place, parse_place
from drafter.ui.projects import project_bin, project_list
from drafter.ui.steps import batch, corpus, facts, outline, returned, review, section, writing
from drafter.ui.widgets import Panel
from drafter.ui.wiring import Changes, Components, Wiring, change, notice, user_of
from drafter.ui.words import Words, words

STEPS = ("facts", "outline", "write", "review")
HEADER = ("project_pick", "user_line")
ALL = (
    *HEADER,
    "steps",
    *facts.OUTPUTS,
    *outline.OUTPUTS,
    *section.OUTPUTS,
    *review.OUTPUTS,
    *corpus.OUTPUTS,
    "project_bin",
)
HEAD = (
    '<script src="/page/early.js"></script>'
    '<script src="/page/page.js" defer></script>'
    '<meta name="referrer" content="same-origin">'
)
FOOT = '<link rel="stylesheet" href="/page/page.css">'
"""Our rules come behind Gradio's, which are added to the head one by one."""


def theme() -> gr.themes.Base:
    """Return the page's theme: system fonts only, so that nothing is fetched from outside."""
    fonts = ["system-ui", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"]
    plain = gr.themes.Default(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="sm",
        spacing_size="sm",
        font=fonts,
        font_mono=["monospace"],
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
                _steps(w, ui)
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


def _steps(w: Words, ui: Components) -> None:
    modules: dict[str, Callable[[Words, Components], None]] = {
        "facts": facts.build,
        "outline": outline.build,
        "write": writing.build,
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
    on.on([ui["command"].change], command, ["command", "editor"], ALL, quiet=True)
    on.on([ui["to_outline"].click], _go("outline"), ["editor"], ALL)
    on.on([ui["to_write"].click], _go("write"), ["editor"], ALL)
    # What a clerk may be typing in already is not among the outputs.
    typed = {"tasks_paste", "title", "unit", "period", "fact_card"}
    for step, module in (("outline", outline), ("facts", facts)):
        shown = [name for name in module.OUTPUTS if name not in typed]
        on.on([ui[f"step_{step}"].select], module.show, [], shown, quiet=True)
    on.on(
        [ui["step_write"].select],
        lambda desk, text: writing.tick(desk, text, ""),
        ["editor"],
        section.OUTPUTS,
        quiet=True,
    )
    on.on(
        [ui["step_review"].select],
        lambda desk, view, *chosen: review.show(desk, view, chosen),
        ["compare_view", "export_form", "export_review", "export_annex"],
        review.OUTPUTS,
        quiet=True,
    )
    on.on([ui["project_delete"].click], remove, ["editor"], ALL)
    on.on([ui["project_pick"].input], switch, ["project_pick", "editor"], ALL)
    _wire_opening(page, on)


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


# --------------------------------------------------------------------------- opening


def open_page(bench: Bench, lang: str, user: str, query: dict[str, str]) -> Changes:
    """Open the project that the address names, or the last one; a new user gets the sample."""
    page = secrets.token_urlsafe(6)
    number = query.get("p", "")
    key = query.get("s", "")
    said = {"notice": ""}
    try:
        wanted = bench.store.project(user, int(number)) if number.isdecimal() else None
    except DrafterError as error:
        wanted, said = None, {"notice": notice(str(error), "error")}
    project = wanted or bench.first_project(user)
    place = parse_place(f"{project.id}.{key}.0.{page}")
    place = place if place.project else Place(project.id, "", 0, page)
    return {**show_all(bench.desk(user, place, lang)), **said}


def create(bench: Bench, lang: str, user: str, place: Place) -> Changes:
    """Create an empty project and open it at its first step."""
    count = len(bench.store.projects(user)) + 1
    title = words(lang)("project.title", n=count)
    project = bench.store.create_project(user, title, lang)
    desk = bench.desk(user, Place(project.id, "", 0, place.page), lang)
    return {**show_all(desk), "steps": change(selected="facts")}


def show_all(desk: Desk) -> dict[str, Any]:
    """Return everything of a project."""
    desk.bench.store.remember(desk.project.user, desk.project.id)
    shown = {
        **facts.show(desk),
        **outline.show(desk),
        **review.show(desk),
        **section.show(desk, desk.place.section),
    }
    return {
        **shown,
        **project_list(desk),
        **project_bin(desk),
        "user_line": user_line(desk),
        "notice": "",
    }


def remove(desk: Desk, text: str) -> Changes:
    """Take the project out of the list; it can be brought back from the notice."""
    writing.keep(desk, text)
    bench, user, number = desk.bench, desk.project.user, desk.project.id
    bench.runner.stop(number)
    bench.store.delete_project(user, number)
    place = Place(bench.first_project(user).id, "", 0, desk.place.page)
    shown = show_all(bench.desk(user, place, desk.words.lang))
    back = el(
        "button",
        desk.words("project.restore"),
        type="button",
        cls="small",
        data_do=f"restore:{number}",
    )
    said = el("p", desk.words("project.deleted"), " ", back, cls="notice-info", role="status")
    return {**shown, "notice": panel(said)}


def _restore(desk: Desk, number: str) -> Changes:
    if not number.isdecimal():
        return {}
    project = desk.bench.store.restore_project(desk.project.user, int(number))
    place = Place(project.id, "", 0, desk.place.page)
    return show_all(desk.bench.desk(project.user, place, desk.words.lang))


def user_line(desk: Desk) -> str:
    """Return the user's name, the other language, and the way out."""
    w = desk.words
    other = "/en/" if w.lang == "zh" else "/"
    where = f"{other}?p={desk.project.id}"
    out, user = desk.bench.has_accounts, desk.project.user
    return panel(
        el("span", w("user.local") if user == LOCAL_USER else user, cls="user"),
        el("a", w("language"), href=where, lang="en" if w.lang == "zh" else "zh"),
        _sign_out(w) if out else None,
    )


def _sign_out(w: Words) -> Html:
    button = el("button", w("signout"), type="submit", cls="small")
    return el("form", button, method="post", action="/logout")


def switch(desk: Desk, number: str | None, text: str) -> Changes:
    """Save what is typed, then open another project."""
    writing.keep(desk, text)
    if not str(number or "").isdecimal():
        raise InputError("请从列表里选一个项目")
    place = Place(int(str(number)), "", 0, desk.place.page)
    other = desk.bench.desk(desk.project.user, place, desk.words.lang)
    return show_all(other)


def _go(step: str) -> Callable[[Desk, str], Changes]:
    def go(desk: Desk, text: str) -> Changes:
        writing.keep(desk, text)
        shown = outline.show(desk) if step == "outline" else section.show(desk, desk.place.section)
        return {**shown, "steps": change(selected=step)}

    return go


# --------------------------------------------------------------------------- commands


def command(desk: Desk, said: str, text: str) -> Changes:
    """Do what a button inside a panel asks: ``<count>|<verb>:<argument>``."""
    _, _, order = str(said or "").partition("|")
    verb, _, argument = order.partition(":")
    if verb not in COMMANDS:
        return {}
    writing.keep(desk, text)
    return COMMANDS[verb](desk, argument)


def _fact(desk: Desk, number: str) -> Changes:
    shown = facts.show(desk, number)
    return {**shown, "steps": change(selected="facts")}


def _finding(desk: Desk, key: str) -> Changes:
    marked = next((m for m in desk.checked.all() if m.key == key), None)
    if marked is None or not marked.section:
        return {"notice": notice(desk.words("findings.gone"), "warn")}
    return {**section.show(desk, marked.section), "steps": change(selected="write")}


def _show_section(desk: Desk, key: str) -> Changes:
    return {**section.show(desk, key), "steps": change(selected="write")}


def _show_step(desk: Desk, step: str) -> Changes:
    if step != "outline":
        return {}
    return {**outline.show(desk), "steps": change(selected=step)}


def _insert(desk: Desk, number: str) -> Changes:
    return {**writing.insert(desk, number), "steps": change(selected="write")}


def _returned(do: Callable[[Desk, str], Changes]) -> Callable[[Desk, str], Changes]:
    """Show everything after a decision on the file that came back: it may touch any step."""

    def decide(desk: Desk, argument: str) -> Changes:
        changes = do(desk, argument)
        return {**show_all(desk), **changes}

    return decide


def _ignore(desk: Desk, argument: str) -> Changes:
    key, _, reason = argument.partition("|")
    return {**review.ignore(desk, key, reason), **_after_review(desk)}


def _heed(desk: Desk, key: str) -> Changes:
    return {**review.heed(desk, key), **_after_review(desk)}


def _after_review(desk: Desk) -> dict[str, Any]:
    shown = {**review.show(desk), **section.show_list(desk)}
    return {**shown, **section.show_side(desk, desk.view)}


def _step_section(desk: Desk, way: str) -> Changes:
    keys = list(desk.paper.plan.keys)
    if not keys:
        return {}
    at = keys.index(desk.place.section) if desk.place.section in keys else 0
    return section.show(desk, keys[(at + (1 if way == "next" else -1)) % len(keys)])


COMMANDS: dict[str, Callable[[Desk, str], Changes]] = {
    "fact": _fact,
    "go": _finding,
    "ignore": _ignore,
    "heed": _heed,
    "lock": writing.lock,
    "section": _step_section,
    "restore": _restore,
    "show": _show_section,
    "step": _show_step,
    "insert": _insert,
    **{name: _returned(do) for name, do in returned.COMMANDS.items()},
    **corpus.COMMANDS,
}
