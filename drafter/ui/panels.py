"""What the page shows of a section: its list line, its marked text, its findings, its candidate."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drafter.chinese.sentences import split_sentences
from drafter.domain import Evidence, Fact, FactSheet, Notice
from drafter.ui.html import Html, button, el, join, panel
from drafter.ui.words import Words
from drafter.ui.work.sections import Paper, SectionView
from drafter.ui.work.whole import SLOT, Marked

SIGNS = {"block": "■", "confirm": "▲", "hint": "○"}
KINDS = {
    "invented_number": "bad",
    "altered_number": "bad",
    "wrong_unit": "bad",
    "wrong_entity": "bad",
    "invented_title": "bad",
    "contradiction": "bad",
    "leaked_from_sample": "leak",
    "stale_formulation": "stale",
    "overlap": "copy",
    "placeholder": "gap",
}
RANK = ("bad", "leak", "gap", "stale", "copy", "form", "fact")
SHOWN_FINDINGS = 60
REPLACEABLE = {"altered_number", "wrong_unit"}
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
        return w("state.empty")
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
    return el("div", el("p", said, cls="warn", role="alert"), came if partial else None)


# --------------------------------------------------------------------------- marked text


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    kind: str
    tip: str
    facts: tuple[str, ...] = ()


def provenance(
    view: SectionView | None,
    evidence: Sequence[Evidence],
    findings: Sequence[Marked],
    sheet: FactSheet,
    w: Words,
) -> str:
    """Return the section's text with its figures, names and findings marked, sentence by sentence.

    Pointing at a mark shows its fact and source (``data-tip``), clicking one goes to the fact.
    """
    if view is None or not view.text:
        return panel(el("p", w("provenance.none"), cls="hint"))
    items = _items(evidence, findings, sheet, w)
    locked = set(view.extra.locked)
    sentences = [
        _sentence(view.text, span.start, span.end, items, locked, w)
        for span in _covering(view.text)
    ]
    body = el("div", *sentences, cls="marked", data_section=view.key, data_version=view.number)
    return panel(_legend(w), body, cls="reading")


def _covering(text: str) -> list[_Item]:
    """Return the sentences as stretches that leave no character out."""
    found, at = [], 0
    for span in split_sentences(text):
        found.append(_Item(at, span.end, "", ""))
        at = span.end
    if at < len(text):
        found.append(_Item(at, len(text), "", ""))
    return found


def _items(
    evidence: Sequence[Evidence], findings: Sequence[Marked], sheet: FactSheet, w: Words
) -> list[_Item]:
    known = sheet.by_id()
    items = [
        _Item(e.start, e.end, "fact", fact_tip(e.fact_ids, known, w), e.fact_ids)
        for e in evidence
        if e.fact_ids
    ]
    for marked in findings:
        finding = marked.finding
        if marked.inside:
            kind = KINDS.get(finding.label, "form")
            items.append(_Item(finding.start, finding.end, kind, finding.message, finding.fact_ids))
    return items


def fact_tip(ids: Iterable[str], known: Mapping[str, Fact], w: Words) -> str:
    """Return the facts behind a span in words: id, text, source."""
    said = [
        f"{fact.id} {fact.text}（{source_of(fact, w)}）"
        for i in ids
        if (fact := known.get(i)) is not None
    ]
    return "\n".join(said[:3])


def source_of(fact: Fact, w: Words) -> str:
    """Return where a fact comes from: office, file, place."""
    parts = (fact.office, fact.source.file, fact.source.place)
    return " ".join(part for part in parts if part) or w("facts.unknown")


def _sentence(
    text: str, start: int, end: int, items: Sequence[_Item], locked: set[str], w: Words
) -> Html:
    inside = [item for item in items if item.start < end and item.end > start]
    cuts = sorted(
        {start, end}
        | {max(start, item.start) for item in inside}
        | {min(end, item.end) for item in inside}
    )
    pieces = [_piece(text, a, b, inside) for a, b in itertools.pairwise(cuts)]
    sentence = text[start:end].strip()
    is_locked = sentence in locked
    kinds = {item.kind for item in inside}
    colour = "copy" if "copy" in kinds else "fact" if "fact" in kinds else "phrase"
    lock = el(
        "button",
        w("lock.off") if is_locked else w("lock.on"),
        type="button",
        cls="lock",
        data_do=f"lock:{sentence[:400]}",
        aria_pressed="true" if is_locked else "false",
    )
    body = join(*pieces)
    name = f"sentence {colour}{' locked' if is_locked else ''}"
    return el("span", body, lock if sentence else None, cls=name)


def _piece(text: str, start: int, end: int, items: Sequence[_Item]) -> Html:
    here = [item for item in items if item.start < end and item.end > start]
    part = text[start:end]
    if not here:
        return join(part)
    kind = min((item.kind for item in here), key=RANK.index)
    facts = tuple(dict.fromkeys(i for item in here for i in item.facts))
    tip = "\n".join(dict.fromkeys(item.tip for item in here if item.tip))
    return el(
        "mark",
        part,
        cls=f"m-{kind}",
        data_tip=tip,
        data_fact=facts[0] if facts else None,
        data_do=f"fact:{facts[0]}" if facts else None,
        tabindex="0",
        role="button" if facts else "note",
        aria_label=f"{part}：{tip}",
    )


def _legend(w: Words) -> Html:
    kinds = ("fact", "bad", "leak", "stale", "copy", "gap")
    marks = [el("mark", w(f"legend.{kind}"), cls=f"m-{kind}") for kind in kinds]
    toggles = [
        el(
            "button",
            w(f"legend.{name}"),
            type="button",
            cls="small",
            data_do=f"toggle:{name}",
            aria_pressed="false",
        )
        for name in ("sentences", "locks")
    ]
    return el("div", *marks, *toggles, cls="legend")


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
    lines = [
        el(
            "li",
            el("span", "、".join(n.fact_ids), cls="tag") if n.fact_ids else None,
            f" {n.message}",
            el("span", f" {n.suggestion}", cls="suggestion") if n.suggestion else None,
        )
        for n in notices
    ]
    return panel(el("h2", title, cls="minor"), el("ul", *lines)) if lines else ""
