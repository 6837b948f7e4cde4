"""An edited .docx against the one before, in words: what changed, who remarked, what to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from drafter.domain import Finding
from drafter.exporting.align import differences
from drafter.exporting.readback import Edited
from drafter.exporting.rebuild import Change
from drafter.reports import JsonObject, findings_report

KINDS = {"changed": "修改", "added": "增加", "removed": "删去"}
SHOWN = 12  # characters of unchanged text left beside a change


def typed(findings: Sequence[Finding], edited: Edited) -> list[Finding]:
    """Return the findings that lie on paragraphs which somebody changed or added."""
    text = edited.draft.text
    lines = {line.strip() for change in edited.changes for line in change.new.split("\n")}
    return [finding for finding in findings if _line_of(finding, text) in lines]


def _line_of(finding: Finding, text: str) -> str:
    start = text.rfind("\n", 0, finding.start) + 1
    end = text.find("\n", finding.start)
    return text[start : end if end >= 0 else len(text)].strip()


def report(edited: Edited, findings: Sequence[Finding]) -> JsonObject:
    """Return the JSON object: changes, remarks, the text, all findings, those on what was typed."""
    return {
        "changes": [asdict(change) for change in edited.changes],
        "remarks": [asdict(remark) for remark in edited.remarks],
        "text": edited.draft.text,
        "findings": findings_report(findings),
        "findings_in_changes": findings_report(typed(findings, edited)),
    }


def lines(edited: Edited) -> Iterator[str]:
    """Yield what was changed and remarked, a line each."""
    yield f"改动 {len(edited.changes)} 处，批注 {len(edited.remarks)} 条。"
    for change in edited.changes:
        yield f"  [{KINDS[change.kind]}] {change.section}：{_shown(change)}"
    for remark in edited.remarks:
        words = " ".join(remark.text.split())
        place = f"（针对“{remark.anchor}”）" if remark.anchor else ""
        yield f"  [批注] {remark.author}：{words}{place}"


def _shown(change: Change) -> str:
    """Return a change on one line: what went in 〔删：〕, what came in 〔增：〕."""
    if change.kind != "changed":
        return " ".join((change.new or change.old).split())
    pieces = differences(" ".join(change.old.split()), " ".join(change.new.split()))
    marks = {"-": "〔删：{}〕", "+": "〔增：{}〕"}
    return "".join(
        marks[kind].format(piece) if kind in marks else _shortened(piece) for kind, piece in pieces
    )


def _shortened(text: str) -> str:
    if len(text) <= 2 * SHOWN + 1:
        return text
    return f"{text[:SHOWN]}…{text[-SHOWN:]}"
