"""The project list in the header."""

from __future__ import annotations

from typing import Any

from drafter.store import ProjectInfo
from drafter.ui.bench import Desk
from drafter.ui.wiring import change
from drafter.ui.words import LANGUAGES, words


def project_list(desk: Desk) -> dict[str, Any]:
    """Return the list with the project that is open chosen."""
    infos = desk.bench.store.projects(desk.project.user)
    choices = [(name_of(info), str(info.id)) for info in infos]
    return {"project_pick": change(choices=choices, value=str(desk.project.id))}


def name_of(info: ProjectInfo) -> str:
    """Return a project's name: that of its paper, once it has one, in place of a number."""
    defaults = tuple(words(lang)("project.title", n="") for lang in LANGUAGES)
    paper = info.settings.get("title", "")
    return paper if paper and info.title.startswith(defaults) else info.title
