"""The compare views: against the samples, section by section, and version against version."""

from __future__ import annotations

from drafter.comparing import overlaps, standing_wording
from drafter.ui.bench import Desk
from drafter.ui.html import Html, el, panel
from drafter.ui.panels import difference
from drafter.ui.work.sections import KIND, draft_of

SHOWN = 30
LAST_YEAR = "lastyear"


def show(desk: Desk, view: str) -> str:
    """Return a compare view as a panel."""
    if not any(v.text for v in desk.paper.sections):
        return panel(el("p", desk.words("compare.nothing"), cls="hint"))
    views = {
        "samples": _samples,
        "lastyear": _last_year,
        "sections": _sections,
        "versions": _versions,
    }
    return views[view](desk)


def _samples(desk: Desk) -> str:
    w = desk.words
    text = draft_of(desk.paper).text
    free = el("p", w("compare.standing"), cls="hint")
    found = desk.library.overlaps(text, allow=standing_wording())
    if not found:
        return panel(el("p", w("compare.samples.none"), cls="hint"), free)
    covered = len({i for o in found for i in range(o.start, o.end)})
    share = w("compare.share", share=f"{covered / max(1, len(text)):.1%}", n=len(found))
    lines = [
        el(
            "tr",
            el("td", el("q", text[o.start : o.end][:60])),
            el("td", str(o.end - o.start)),
            el("td", str(o.sample)),
        )
        for o in sorted(found, key=lambda o: o.start - o.end)[:SHOWN]
    ]
    heads = [w("compare.text"), w("compare.length"), w("compare.sample")]
    return panel(el("p", share), free, _table(heads, lines))


def _last_year(desk: Desk) -> str:
    w, entry = desk.words, desk.project.entry(LAST_YEAR)
    if entry is None or not entry.text:
        return panel(el("p", w("compare.lastyear.none"), cls="hint"))
    text = draft_of(desk.paper).text
    found = overlaps(text, {"": entry.text}, allow=standing_wording())
    covered = len({i for o in found for i in range(o.start, o.end)})
    share = w("compare.lastyear.share", share=f"{covered / max(1, len(text)):.1%}", n=len(found))
    rows = [
        el("tr", el("td", el("q", text[o.start : o.end][:80])), el("td", str(o.end - o.start)))
        for o in sorted(found, key=lambda o: o.start - o.end)[:SHOWN]
    ]
    table = _table([w("compare.text"), w("compare.length")], rows) if rows else None
    return panel(el("p", share), el("p", w("compare.standing"), cls="hint"), table)


def _sections(desk: Desk) -> str:
    w = desk.words
    rows = []
    for view in desk.paper.sections:
        figures = len(desk.checked.evidence.get(view.key, ()))
        used = len(view.outline.fact_ids)
        rows.append(
            el(
                "tr",
                el("td", view.marker + view.outline.heading),
                el("td", str(len(view.text))),
                el("td", str(view.outline.length or "")),
                el("td", str(used)),
                el("td", str(figures)),
            )
        )
    heads = [w(f"compare.section.{i}") for i in range(5)]
    return panel(_table(heads, rows))


def _versions(desk: Desk) -> str:
    w = desk.words
    parts = []
    for view in desk.paper.sections:
        if view.number <= 1:
            continue
        before = desk.project.version(KIND, view.key, 1)
        parts.append(el("h2", w("compare.first", heading=view.marker + view.outline.heading)))
        parts.append(el("p", difference(before.text, view.text), cls="passage"))
    return panel(*parts) if parts else panel(el("p", w("compare.versions.none"), cls="hint"))


def _table(heads: list[str], rows: list[Html]) -> Html:
    head = el("thead", el("tr", *[el("th", h, scope="col") for h in heads]))
    return el("table", head, el("tbody", *rows), cls="plain")
