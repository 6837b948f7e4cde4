"""The work queue: leaders' comments, findings, what the paper lacks; each with its ways to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from drafter.ui.html import Html, button, el, panel
from drafter.ui.words import Words
from drafter.ui.work.returned import Comment
from drafter.ui.work.sections import Paper
from drafter.ui.work.whole import FRAME, UNANSWERED, UNUSED, Marked

SIGNS = {"block": "■", "confirm": "▲", "hint": "○"}
SHOWN_FINDINGS = 60
REPLACEABLE = {"altered_number", "wrong_unit"}


def findings_panel(
    paper: Paper, findings: Sequence[Marked], ignored: Mapping[str, str], now: str, w: Words
) -> str:
    """Return the work queue: what to look at, section by section, the section ``now`` first."""
    open_ones = [m for m in findings if m.key not in ignored]
    open_ones.sort(key=lambda m: m.section != now)
    names = {view.key: view.marker + view.outline.heading for view in paper.sections}
    shown = open_ones[:SHOWN_FINDINGS]
    lines = [_finding(m, names.get(m.section, w("findings.front")), w) for m in shown]
    more = len(open_ones) - len(shown)
    aside = [m for m in findings if m.key in ignored]
    return panel(
        el("p", summary(open_ones, w), cls="queue-head"),
        el("ol", *lines, cls="queue") if lines else None,
        el("p", w("findings.more", n=more), cls="hint") if more > 0 else None,
        _put_aside(aside, ignored, w) if aside else None,
    )


def comment_lines(comments: Sequence[Comment], paper: Paper, w: Words) -> str:
    """Return the comments of an edited paper that are to be worked off, with their places."""
    lines = [
        _comment(index, comment, paper, w)
        for index, comment in enumerate(comments)
        if not comment.done
    ]
    if not lines:
        return ""
    return panel(
        el("p", w("comments.title", n=len(lines)), cls="queue-head"), el("ul", *lines, cls="queue")
    )


def _comment(index: int, comment: Comment, paper: Paper, w: Words) -> Html:
    view = paper.view(comment.key)
    at = view.text.find(comment.anchor) if view and comment.anchor else -1
    go = button(w("findings.go"), f"go:{comment.key}") if view else None
    return el(
        "li",
        el("span", f"◆ {comment.author or w('comments.nobody')}", cls="tag"),
        el("q", comment.anchor[:40]) if comment.anchor else None,
        el("p", comment.text),
        el("span", go, button(w("comments.done"), f"comment-done:{index}"), cls="does"),
        cls="finding comment",
        data_section=comment.key,
        data_go=f"show:{comment.key}",
        data_start=at if at >= 0 else None,
        data_end=at + len(comment.anchor) if at >= 0 else None,
    )


def summary(findings: Sequence[Marked], w: Words) -> str:
    """Return how many findings of each severity are open."""
    if not findings:
        return w("findings.none")
    counts = {s: sum(1 for m in findings if m.finding.severity == s) for s in SIGNS}
    said = [f"{SIGNS[s]} {w('severity.' + s)} {n}" for s, n in counts.items() if n]
    return "　".join(said)


def _finding(marked: Marked, section: str, w: Words) -> Html:
    finding = marked.finding
    label = w.get(f"label.{finding.label}", finding.label)
    clipped = finding.text if len(finding.text) <= 40 else finding.text[:40] + "…"
    return el(
        "li",
        el("span", f"{SIGNS[finding.severity]} {label}", cls="tag"),
        el("q", clipped) if clipped else None,
        el("span", section, cls="where"),
        el("p", finding.message),
        el("p", w("findings.instead", text=finding.suggestion), cls="suggestion")
        if finding.suggestion
        else None,
        el("span", *_does(marked, w), cls="does"),
        cls=f"finding {finding.severity}",
        **_place(marked),
        data_fix=finding.suggestion if replaceable(marked) else None,
    )


def _does(marked: Marked, w: Words) -> list[Html]:
    """Return the buttons of a finding: put right, go to its place, put aside."""
    number = next(iter(marked.finding.fact_ids), "")
    ways = [("findings.go", f"go:{marked.key}")]
    if marked.finding.label == UNUSED:
        ways = [("gap.insert", f"insert:{number}")] if marked.section else []
        ways.append(("gap.fact", f"fact:{number}"))
    elif marked.finding.label == UNANSWERED:
        ways = [("gap.outline", "step:outline")]
    elif marked.finding.label == FRAME:
        ways = [("gap.frame", "step:facts")]
    elif replaceable(marked):
        ways.insert(0, ("findings.fix", f"fix:{marked.key}"))
    ways.append(("findings.ignore", f"ignore:{marked.key}"))
    return [button(w(name), do) for name, do in ways]


def _place(marked: Marked) -> dict[str, str | int | None]:
    """Return the attributes by which the page's script finds a finding's place."""
    return {
        "data_start": marked.finding.start if marked.inside else None,
        "data_end": marked.finding.end if marked.inside else None,
        "data_section": marked.section,
        "data_key": marked.key,
    }


def goto(marked: Marked, w: Words, said: str, *, tag: str = "li", way: str = "") -> Html:
    """Return a line with a button that leads to a finding's place."""
    go = button(way or w("findings.go"), _way(marked))
    return el(tag, said, " ", go, cls="finding-line", **_place(marked))


def _way(marked: Marked) -> str:
    finding = marked.finding
    if finding.label == UNUSED:
        return f"fact:{finding.fact_ids[0]}"
    steps = {UNANSWERED: "step:outline", FRAME: "step:facts"}
    return steps.get(finding.label, f"go:{marked.key}")


def replaceable(marked: Marked) -> bool:
    """Tell whether the suggestion can stand in the text's place as it is."""
    finding = marked.finding
    return marked.inside and bool(finding.suggestion) and finding.label in REPLACEABLE


def _put_aside(findings: Sequence[Marked], ignored: Mapping[str, str], w: Words) -> Html:
    lines = [
        el(
            "li",
            el("q", m.finding.text[:40]),
            el("span", w("findings.reason", reason=ignored[m.key])),
            button(w("findings.heed"), f"heed:{m.key}"),
        )
        for m in findings
    ]
    return el(
        "details",
        el("summary", w("findings.aside", n=len(findings))),
        el("ul", *lines, cls="queue"),
    )
