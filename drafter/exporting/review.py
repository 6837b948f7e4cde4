"""The review copy: a Word comment on each finding, and one on the title with unused facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from drafter.chinese.normalise import clean
from drafter.domain import Draft, Evidence, Fact, Finding
from drafter.exporting.content import Paragraph, place_in_own
from drafter.exporting.profile import Profile
from drafter.exporting.wordxml import HINT, Marks, Raw, Style, W, fill, paragraph, run

SEVERITIES = {"block": "必须改正", "confirm": "请核对", "hint": "提示"}
RELATIONS = {
    "exact": "与事实一致",
    "equal": "与事实等值",
    "approximate": "与事实的约数相符",
    "derived": "由事实推算",
    "fixed_term": "固定表述",
    "placeholder": "待补",
    "unsupported": "没有依据",
}


@dataclass(slots=True)
class Notes:
    """Comments in order (id is the place in the list), and where they lie, by paragraph start."""

    texts: list[list[str]] = field(default_factory=list)
    marks: dict[int, Marks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Note:
    start: int
    end: int
    lines: list[str]


def review(draft: Draft, own: str, profile: Profile, printed: Iterable[Paragraph]) -> Notes:
    """Return the comments of a review copy, each anchored to exactly its characters.

    ``printed`` are the paragraphs with the line ends that the paper gives them, in order.
    """
    notes = [*_unused_note(draft), *_finding_notes(draft)]
    if profile.comment_facts:
        notes += _fact_notes(draft)
    ordered = sorted(notes, key=lambda note: (note.start, note.end))
    return _anchored(draft, own, ordered, [p for p in printed if p.start >= 0])


def _unused_note(draft: Draft) -> Iterator[_Note]:
    """Yield a comment on the title that lists the facts which the paper does not have."""
    facts = draft.facts.by_id()
    unused = [fact_line(facts[i]) for i in draft.unused_facts if i in facts]
    if unused:
        title = draft.title.strip()
        start = max(draft.text.find(title), 0)
        told = f"【{SEVERITIES['confirm']}】有{len(unused)}条素材没有写进正文："
        yield _Note(start, start + len(title), [told, *unused])


def _finding_notes(draft: Draft) -> Iterator[_Note]:
    facts = draft.facts.by_id()
    for finding in draft.findings:
        yield _Note(finding.start, finding.end, _finding_lines(finding, facts))


def _finding_lines(finding: Finding, facts: dict[str, Fact]) -> list[str]:
    lines = [f"【{SEVERITIES[finding.severity]}】{finding.message}"]
    lines += [f"依据 {fact_line(facts[i])}" for i in finding.fact_ids if i in facts]
    if finding.sample:
        lines.append(f"样本：{finding.sample}")
    if finding.suggestion:
        lines.append(f"建议：{finding.suggestion}")
    return lines


def _fact_notes(draft: Draft) -> Iterator[_Note]:
    facts = draft.facts.by_id()
    for evidence in draft.evidence:
        known = [facts[i] for i in evidence.fact_ids if i in facts]
        if known:
            lines = [_relation(evidence), *(f"依据 {fact_line(fact)}" for fact in known)]
            yield _Note(evidence.start, evidence.end, lines)


def _relation(evidence: Evidence) -> str:
    relation = RELATIONS.get(evidence.relation, evidence.relation)
    formula = f"（{evidence.formula}）" if evidence.formula else ""
    return f"“{evidence.text}”{relation}{formula}"


def fact_line(fact: Fact) -> str:
    """Return a fact with its number and its source."""
    return f"{fact.id}：{fact.text}（{source_line(fact)}）"


def source_line(fact: Fact) -> str:
    """Return where a fact comes from: office, file, place."""
    parts = (fact.office, fact.source.file, fact.source.place)
    return "，".join(part for part in parts if part)


def _anchored(draft: Draft, own: str, notes: Iterable[_Note], placed: Sequence[Paragraph]) -> Notes:
    starts = [p.offset(0) for p in placed]
    result = Notes()
    for number, note in enumerate(notes):
        start, end = place_in_own(draft, own, note.start, note.end)
        first = placed[max(bisect_right(starts, start) - 1, 0)]
        last = placed[max(bisect_right(starts, max(end - 1, start)) - 1, 0)]
        result.texts.append(note.lines)
        _anchor(result, number, (first, start), (last, end))
    return result


def _anchor(
    notes: Notes, number: int, begin: tuple[Paragraph, int], end: tuple[Paragraph, int]
) -> None:
    """Mark begin and end; a span without characters takes its whole paragraph."""
    (first, start), (last, stop) = begin, end
    at, to = first.index(start), last.index(stop)
    if first is last and at >= to:
        at, to = 0, len(first.text)
    at = min(at, max(len(first.text) - 1, 0))
    notes.marks.setdefault(first.offset(0), Marks()).begin.setdefault(at, []).append(number)
    notes.marks.setdefault(last.offset(0), Marks()).end.setdefault(max(to, 1), []).append(number)


def comments_xml(notes: Notes, profile: Profile, created: str) -> str:
    """Return word/comments.xml."""
    inside = "".join(
        fill(
            "comment.xml",
            id=number,
            author=profile.author,
            initials=profile.author[:1],
            date=created,
            paragraphs=Raw(_comment_body(lines)),
        ).strip()
        for number, lines in enumerate(notes.texts)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:comments xmlns:w="{W}">{inside}</w:comments>'


_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'


def _comment_body(lines: Iterable[str]) -> str:
    made: list[str] = []
    for line in lines:
        content = ("" if made else _REFERENCE) + run(clean(line).replace("\n", " "))
        made.append(paragraph(Style("CommentText"), content))
    return "".join(made)


__all__ = ["HINT", "Notes", "comments_xml", "fact_line", "review", "source_line"]
