"""Who did what: changes, drafts, exports, things put aside; for the owner, and for administrators.

The owner of a project sees its history. An administrator sees beneath it what was done in all other
projects: who, when, what and in which, never their texts.
"""

from __future__ import annotations

from datetime import datetime

from drafter.store import AuditLine, Version
from drafter.ui.bench import Desk
from drafter.ui.html import Html, el, panel
from drafter.ui.words import Words
from drafter.ui.work.sections import KIND as SECTION

SHOWN = 80
KINDS = {SECTION, "facts", "outline"}


def show(desk: Desk) -> str:
    """Return the history as a panel."""
    w = desk.words
    lines = sorted([*_logged(desk), *_typed(desk)], key=lambda line: line.at, reverse=True)
    parts = [el("h2", w("history.project"), cls="minor"), _table(lines[:SHOWN], w)]
    if desk.is_admin and desk.bench.is_office:
        parts += [el("h2", w("history.office"), cls="minor"), _table(_office(desk), w)]
    return panel(*parts)


def _logged(desk: Desk) -> list[AuditLine]:
    return desk.project.audit(SHOWN)


def _typed(desk: Desk) -> list[AuditLine]:
    """Return the changes by hand, a burst of typing as one."""
    w, names = desk.words, {v.key: v.marker + v.outline.heading for v in desk.paper.sections}
    found: list[AuditLine] = []
    bursts: set[tuple[str, str, int]] = set()
    for kind, key, version in desk.project.revisions(3 * SHOWN):
        burst = (kind, key, version.parent)
        if kind not in KINDS or not _by_person(version) or burst in bursts:
            continue
        bursts.add(burst)
        place = names.get(key, w("history.gone")) if kind == SECTION else w(f"history.{kind}")
        detail = w("history.version", place=place, n=version.number)
        action = w.get(f"origin.{version.origin}", version.origin)
        found.append(AuditLine(version.author, action, detail, version.at))
    return found


def _by_person(version: Version) -> bool:
    return version.origin in {"hand", "import", "restore", "undo"}


def _office(desk: Desk) -> list[AuditLine]:
    titles = desk.bench.store.titles()
    return [
        AuditLine(line.user, line.action, _about(line, titles), line.at)
        for line in desk.bench.store.audit(limit=2 * SHOWN)
        if line.project != desk.project.id
    ][:SHOWN]


def _about(line: AuditLine, titles: dict[int, str]) -> str:
    title = titles.get(line.project, "") if line.project else ""
    return "：".join(part for part in (title, line.detail) if part)


def _table(lines: list[AuditLine], w: Words) -> Html:
    heads = [el("th", w(f"history.column.{i}"), scope="col") for i in range(4)]
    rows = [
        el(
            "tr",
            el("td", _clock(line.at), cls="when"),
            el("td", line.user),
            el("td", line.action),
            el("td", line.detail[:160]),
        )
        for line in lines
    ]
    table = el("table", el("thead", el("tr", *heads)), el("tbody", *rows), cls="plain")
    name = w("compare.history")
    return el("div", table, cls="scroll", tabindex="0", role="region", aria_label=name)


def _clock(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%m-%d %H:%M")
