"""What the page shows of a section: its list line, its heading, its candidate; and notices."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from drafter.domain import Notice
from drafter.ui.html import Html, button, el, join, panel
from drafter.ui.words import Words
from drafter.ui.work.sections import Paper, SectionView
from drafter.ui.work.whole import SLOT, Marked

WHOLE = re.compile(r"\d[\d.,%]*|[A-Za-z]+|.", re.DOTALL)
"""What a difference keeps whole: 846 becomes 864, not 84-6-4 with one 4 too many."""


def state_of(view: SectionView, findings: Sequence[Marked], w: Words) -> str:
    """Return a section's state in a few words; a job's state comes first."""
    job = view.job
    if job and job.active:
        key = "state.running" if job.state == "running" else "state.queued"
        return w(key, n=len(job.partial))
    if view.candidate:
        return w("state.candidate")
    if job and view.trouble:
        return w(f"state.{job.state}")
    if not view.text:
        return w("state.container" if view.is_container else "state.empty")
    gaps = sum(1 for _ in SLOT.finditer(view.text))
    open_ones = sum(1 for m in findings if m.finding.severity != "hint") - gaps
    if open_ones > 0:
        return w("state.findings", n=open_ones)
    return w("state.gaps", n=gaps) if gaps else w("state.good")


def section_choices(
    paper: Paper, findings: Mapping[str, Sequence[Marked]], w: Words
) -> list[tuple[str, str]]:
    """Return the section list: two lines each, heading and state, with the section's key."""
    lines = []
    for view in paper.sections:
        indent = "\u3000" * (view.outline.level - 1)
        state = state_of(view, findings.get(view.key, ()), w)
        count = w("list.characters", n=len(view.text)) + " · " if view.text else ""
        lines.append(
            (f"{indent}{view.marker}{view.outline.heading}\n{indent}{count}{state}", view.key)
        )
    return lines


def heading_line(
    view: SectionView | None, findings: Sequence[Marked], w: Words, waiting: str = ""
) -> str:
    """Return the line above the editor: heading, length against target, state; what went wrong."""
    if view is None:
        go = button(w("write.outline"), "step:outline")
        return panel(el("p", w("write.none"), " ", go, cls="hint"))
    target = view.outline.length
    count = w("list.characters", n=len(view.text))
    goal = w("write.target", n=target) if target else ""
    return panel(
        el("h2", view.marker + view.outline.heading),
        el(
            "p",
            el("span", count, id="count"),
            el("span", goal) if goal else None,
            el("span", state_of(view, findings, w), cls="state"),
            cls="facts-line",
        ),
        _aside(view, waiting, w),
    )


def _aside(view: SectionView, waiting: str, w: Words) -> Html | None:
    """Return what the model is waited for, why it failed, or what it had to be helped with."""
    if view.busy:
        return el("p", waiting, cls="warn", role="status") if waiting else None
    if view.trouble:
        return _trouble(view, w)
    version = view.entry.version if view.entry else None
    note = version.note if version and version.origin in {"composer", "model"} else ""
    return el("p", note, cls="hint") if note else None


def _trouble(view: SectionView, w: Words) -> Html:
    why, partial = (view.job.error, view.job.partial) if view.job else ("", "")
    said = w("trouble", why=why.rstrip("。")) if why else w("trouble.interrupted")
    came = el("details", el("summary", w("trouble.partial")), el("p", partial, cls="passage"))
    plain = button(w("trouble.plain"), f"plain:{view.key}") if view.failed else None
    return el(
        "div",
        el("p", said, " ", plain, cls="warn", role="alert"),
        came if partial else None,
    )


# --------------------------------------------------------------------------- candidates, notes


def difference(old: str, new: str) -> Html:
    """Return the new text with what was added and taken out marked."""
    pieces = []
    before, after = WHOLE.findall(old), WHOLE.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        taken, put = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            pieces.append(join(put))
            continue
        pieces += [el("del", taken)] if taken else []
        pieces += [el("ins", put)] if put else []
    return join(*pieces)


def candidate_panel(view: SectionView | None, w: Words) -> str:
    """Return the open candidate beside the text that stands, with the difference; or nothing."""
    if view is None or view.candidate is None:
        return ""
    text, candidate = view.text, view.candidate
    head = w(f"candidate.{candidate.origin}") if candidate.origin == "hand" else w("candidate.new")
    return panel(
        el("h2", head, cls="minor"),
        el("p", candidate.note, cls="hint") if candidate.note else None,
        el(
            "div",
            el("div", el("h3", w("candidate.old")), el("p", text, cls="passage")),
            el(
                "div",
                el("h3", w("candidate.change", n=len(candidate.text))),
                el("p", difference(text, candidate.text), cls="passage"),
            ),
            cls="two",
        ),
    )


def notices_panel(notices: Iterable[Notice], title: str) -> str:
    """Return a titled list of notices, or nothing."""
    lines = [_notice(notice) for notice in notices]
    return panel(el("h2", title, cls="minor"), el("ul", *lines)) if lines else ""


def _notice(notice: Notice) -> Html:
    """Return one notice; facts it begins with stand before it once, what it suggests likewise."""
    ids = "、".join(notice.fact_ids)
    said = notice.message.removeprefix(f"{ids}：") if ids else notice.message
    suggested = notice.suggestion if notice.suggestion not in said else ""
    return el(
        "li",
        el("span", ids, cls="tag") if ids else None,
        f" {said}",
        el("span", f" {suggested}", cls="suggestion") if suggested else None,
    )
