"""The project list in the header."""

from __future__ import annotations

import re
from typing import Any

from drafter.store import ProjectInfo
from drafter.ui.bench import Desk
from drafter.ui.html import el, panel
from drafter.ui.wiring import change
from drafter.ui.words import LANGUAGES, words

SHOWN = 60
SLOT = re.compile(r"【待[^】]*】")


def project_list(desk: Desk) -> dict[str, Any]:
    """Return the list with the project that is open chosen."""
    infos = desk.bench.store.projects(desk.project.user)
    choices = [(name_of(info), str(info.id)) for info in infos]
    return {"project_pick": change(choices=choices, value=str(desk.project.id))}


def name_of(info: ProjectInfo) -> str:
    """Return a project's name: that of its paper, once it has one, in place of a number."""
    defaults = tuple(words(lang)("project.title", n="") for lang in LANGUAGES)
    paper = info.settings.get("title", "")
    if not paper or not info.title.startswith(defaults):
        return info.title
    # A title with open slots names nothing: two such projects would look the same.
    return paper if "【待" not in paper else f"{info.title}（{SLOT.sub('', paper).strip()}）"


def project_bin(desk: Desk) -> dict[str, Any]:
    """Return the deleted projects, each with a button that brings it back."""
    w = desk.words
    infos = desk.bench.store.projects(desk.project.user, deleted=True)
    lines = [
        el(
            "li",
            name_of(info),
            " ",
            el(
                "button",
                w("project.restore"),
                type="button",
                cls="small",
                aria_label=f"{w('project.restore')} {name_of(info)}",
                data_do=f"restore:{info.id}",
            ),
        )
        for info in infos[:SHOWN]
    ]
    said = el("summary", w("project.bin", n=len(infos)))
    return {"project_bin": panel(el("details", said, el("ul", *lines))) if lines else ""}
