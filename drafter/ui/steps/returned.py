"""The edited Word file that came back: its differences one by one, its comments as work to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from drafter.errors import InputError
from drafter.ui.html import Html, button, el, panel
from drafter.ui.panels import difference
from drafter.ui.steps import section
from drafter.ui.wiring import Changes, Desk, notice
from drafter.ui.words import Words
from drafter.ui.work import returned
from drafter.ui.work.exports import take_back
from drafter.ui.work.returned import Comment, Part, Returned


def show(desk: Desk) -> dict[str, Any]:
    """Return what is still to be decided of the file that came back; nothing where nothing is."""
    found, _ = returned.load_returned(desk.project)
    return {"returned": _panel(found, desk.words)}


def _panel(found: Returned, w: Words) -> str:
    parts = found.open_parts()
    if not parts:
        return ""
    comments: dict[str, list[Comment]] = {}
    for comment in found.open_comments():
        comments.setdefault(comment.key, []).append(comment)
    many = [
        button(w("returned.all"), "returned-accept:all", "small strong"),
        button(w("returned.none"), "returned-reject:all"),
    ]
    return panel(
        el("h2", w("returned.title", name=found.name, n=len(parts)), cls="minor"),
        el("p", *many, cls="does"),
        *[_part(part, comments.get(part.key, []) if part.key else [], w) for part in parts],
        cls="returned",
    )


def _part(part: Part, comments: list[Comment], w: Words) -> Html:
    heading = part.heading or part.old_heading
    kind = "papertitle" if part.kind == "title" else part.kind
    name = w(f"returned.{kind}", heading=heading)
    renamed = part.kind == "changed" and part.heading != part.old_heading
    does = [
        button(w("returned.accept"), f"returned-accept:{part.number}", "small strong"),
        button(w("returned.reject"), f"returned-reject:{part.number}"),
    ]
    return el(
        "section",
        el("h3", name),
        el("p", w("returned.heading"), difference(part.old_heading, part.heading))
        if renamed
        else None,
        el("p", difference(part.old, part.text), cls="passage") if part.old != part.text else None,
        *[el("p", f"{c.author}：{c.text}", cls="comment") for c in comments],
        el("p", *does, cls="does"),
        cls="card",
    )


# --------------------------------------------------------------------------- handlers


def take(desk: Desk, path: str | None) -> Changes:
    """Read an edited Word file back and show what it says otherwise."""
    if not path:
        return {}
    found = take_back(desk, Path(path))
    w = desk.words
    shown = {**show(desk), "findings": section.show_queue(desk, desk.view)}
    if not found.parts and not found.comments:
        return {**shown, "notice": notice(w("export.same"))}
    said = w("returned.read", n=len(found.parts), k=len(found.comments))
    return {**shown, "notice": notice(said, "good")}


def accept(desk: Desk, which: str) -> Changes:
    """Take one difference over, or all that are open."""
    found, _ = returned.load_returned(desk.project)
    waiting = 0
    numbers = _numbers(found, which)
    for number in numbers:
        waiting += returned.accept(desk.project, number) == "candidate"
    desk.refresh()
    w = desk.words
    said = w("returned.accepted", n=len(numbers))
    more = w("returned.waiting", n=waiting) if waiting else ""
    return {**show(desk), "notice": notice(said + more, "warn" if waiting else "good")}


def reject(desk: Desk, which: str) -> Changes:
    """Leave one difference aside, or all that are open."""
    found, _ = returned.load_returned(desk.project)
    for number in _numbers(found, which):
        returned.reject(desk.project, number)
    return show(desk)


def _numbers(found: Returned, which: str) -> list[int]:
    if which == "all":
        return [part.number for part in found.open_parts()]
    if not which.isdecimal():
        raise InputError("请选一处改动")
    return [int(which)]


def comment_done(desk: Desk, index: str) -> Changes:
    """Tick a comment off."""
    if not index.isdecimal():
        raise InputError("请选一条批注")
    returned.settle_comment(desk.project, int(index))
    return {}


COMMANDS: dict[str, Callable[[Desk, str], Changes]] = {
    "returned-accept": accept,
    "returned-reject": reject,
    "comment-done": comment_done,
}
