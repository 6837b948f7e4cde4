"""What concerns the whole page: opening, projects, and what a button inside a panel asks for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from drafter.errors import DrafterError, InputError
from drafter.ui.accounts import LOCAL_USER
from drafter.ui.bench import Bench, Desk
from drafter.ui.html import Html, button, el, panel
from drafter.ui.place import Place, parse_place
from drafter.ui.projects import project_bin, project_list
from drafter.ui.steps import batch, corpus, facts, outline, returned, review, section, writing
from drafter.ui.wiring import Changes, change, notice
from drafter.ui.words import Words, words

STEPS = {"facts", "outline", "write", "review", "batch", "corpus"}
"""The steps that an address may name, as ``?t=write``."""

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
    step = query.get("t", "")
    there = {"steps": change(selected=step)} if step in STEPS else {}
    return {**show_all(bench.desk(user, place, lang)), **there, **said}


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
        "facts_paste": desk.paper.settings.get("paste", ""),
        **outline.show(desk),
        **review.show(desk),
        **section.show(desk, desk.place.section),
    }
    return {
        **shown,
        **project_list(desk),
        **project_bin(desk),
        "batch_tasks": batch.tasks_of(desk),
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
    other = bench.desk(user, place, desk.words.lang)
    shown = {**show_all(other), **batch.show(other)}
    back = button(desk.words("project.restore"), f"restore:{number}")
    said = el("p", desk.words("project.deleted"), " ", back, cls="notice-info", role="status")
    return {**shown, "notice": panel(said)}


def _restore(desk: Desk, number: str) -> Changes:
    if not number.isdecimal():
        return {}
    project = desk.bench.store.restore_project(desk.project.user, int(number))
    place = Place(project.id, "", 0, desk.place.page)
    other = desk.bench.desk(project.user, place, desk.words.lang)
    return {**show_all(other), **batch.show(other)}


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
    return {**show_all(other), **batch.show(other)}


def go_to(step: str) -> Callable[[Desk, str], Changes]:
    """Return the handler that saves what is typed and opens the next step."""

    shows: dict[str, Callable[[Desk], Changes]] = {
        "outline": outline.show,
        "write": lambda desk: section.show(desk, desk.place.section),
        "review": review.show,
    }

    def go(desk: Desk, text: str) -> Changes:
        writing.keep(desk, text)
        desk.refresh()
        return {**shows[step](desk), "steps": change(selected=step)}

    return go


# --------------------------------------------------------------------------- commands


def command(desk: Desk, said: str, text: str) -> Changes:
    """Do what a button inside a panel asks: ``<number>|<verb>:<argument>``.

    Also a refusal answers by the order's number: the page sends the next one only then.
    """
    number, _, order = str(said or "").partition("|")
    heard = {"heard": panel(el("span", data_order=number))}
    try:
        return {**_obey(desk, order, text), **heard}
    except DrafterError as error:
        return {"notice": notice(str(error), "error"), **heard}


def _obey(desk: Desk, order: str, text: str) -> Changes:
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
    shown = {"outline": outline.show, "facts": facts.show}.get(step)
    return {**shown(desk), "steps": change(selected=step)} if shown else {}


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
    "read": section.read,
    "plain": writing.draft_plain,
    "section": _step_section,
    "restore": _restore,
    "show": _show_section,
    "step": _show_step,
    "insert": _insert,
    **{name: _returned(do) for name, do in returned.COMMANDS.items()},
    **corpus.COMMANDS,
}
