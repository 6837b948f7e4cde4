"""公开版: the same paper without what rests on internal facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.chinese.sentences import split_sentences
from drafter.domain import Draft, DraftSection, Fact, FactSheet, Notice, Point, Span
from drafter.exporting.content import own_text

WITHHELD = "withheld"
SHARED = 6  # characters that a fact must have to be told by its words
ALIKE = 70.0  # per cent of a fact's characters that a sentence which says it has in a row


def public_version(draft: Draft) -> Draft:
    """Return the draft without the sentences that rest on facts marked internal.

    What is left is identical, character for character. A sentence rests on an internal fact if its
    evidence does, or if it holds that fact's figure or words; a point (a line) whose only facts are
    internal is withheld whole. Notices name the sections touched. Findings and evidence are empty:
    the text is another one and wants a check of its own.
    """
    secret = [fact for fact in draft.facts if fact.internal]
    if not secret:
        return draft
    own = draft.text or own_text(draft)
    judge = _Judge(secret, tuple(draft.facts), _spans(draft, own, secret))
    sections = [judge.public(section) for section in draft.sections]
    preamble = judge.text(draft.preamble)
    made = replace(
        draft,
        preamble=preamble,
        sections=tuple(sections),
        facts=_public_facts(draft),
        unused_facts=tuple(i for i in draft.unused_facts if i not in judge.ids),
        findings=(),
        evidence=(),
        notices=(*_public_notices(draft, judge.ids), *_notices(draft.sections, sections, judge)),
    )
    return replace(made, text=own_text(made))


def _public_facts(draft: Draft) -> FactSheet:
    kept = tuple(fact for fact in draft.facts if not fact.internal)
    return replace(draft.facts, facts=kept, notices=(), not_understood=())


def _public_notices(draft: Draft, ids: frozenset[str]) -> Iterator[Notice]:
    """Yield the notices that tell of no internal fact."""
    return (notice for notice in draft.notices if not ids & set(notice.fact_ids))


def _spans(draft: Draft, own: str, secret: Iterable[Fact]) -> set[str]:
    """Return the sentences whose evidence is internal and nothing else."""
    ids = {fact.id for fact in secret}
    places = [e.start for e in draft.evidence if e.fact_ids and set(e.fact_ids) <= ids]
    sentences = split_sentences(own)
    return {s.text for s in sentences if any(s.start <= place < s.end for place in places)}


@dataclass(frozen=True, slots=True)
class _Judge:
    """Decides sentence by sentence what may be seen."""

    secret: Sequence[Fact]
    facts: Sequence[Fact]
    sentences: set[str]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of the internal facts."""
        return frozenset(fact.id for fact in self.secret)

    def public(self, section: DraftSection) -> DraftSection:
        """Return a section without what is internal."""
        withheld = self._withheld_lines(section)
        lines = section.text.split("\n")
        kept = [self._line(line) if line not in withheld else "" for line in lines]
        same = kept == lines
        points = (self._point(p) for p in section.points if p.text not in withheld)
        return replace(
            section,
            text=section.text if same else "\n".join(filter(None, kept)),
            fact_ids=self._public_ids(section.fact_ids),
            points=tuple(p for p in points if p.text),
        )

    def _public_ids(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in self.ids)

    def _point(self, point: Point) -> Point:
        return replace(point, text=self.text(point.text), fact_ids=self._public_ids(point.fact_ids))

    def _withheld_lines(self, section: DraftSection) -> set[str]:
        """Return the points to withhold whole: no public fact, or no sentence that can be told."""
        gone = {p.text for p in section.points if p.fact_ids and set(p.fact_ids) <= self.ids}
        for fact in self.secret:
            if fact.id in section.fact_ids and not self._is_told(fact, section.text):
                named = {p.text for p in section.points if fact.id in p.fact_ids}
                gone |= named or set(section.text.split("\n"))
        return gone

    def _is_told(self, fact: Fact, text: str) -> bool:
        """Tell whether some sentence is known to say this fact, so that it alone can go."""
        sentences = (span.text for span in split_sentences(text))
        return any(s in self.sentences or self._holds(s, fact) for s in sentences)

    def text(self, text: str) -> str:
        """Return a text without its internal sentences; untouched lines stay as they are."""
        return "\n".join(line for raw in text.split("\n") if (line := self._line(raw)) or not raw)

    def _line(self, line: str) -> str:
        found = split_sentences(line)
        gone = [span for span in found if self._rests_on_internal(span)]
        return _without(line, gone) if gone else line

    def _rests_on_internal(self, sentence: Span) -> bool:
        if sentence.text in self.sentences:
            return True
        return any(self._holds(sentence.text, fact) for fact in self.secret)

    def _holds(self, sentence: str, fact: Fact) -> bool:
        """Tell whether a sentence says what the fact says: its figures, or its words."""
        figures = [f.text for f in fact.figures if len(f.text) > 1 and not self._is_public(f.text)]
        if any(_stands_in(figure, sentence) for figure in figures):
            return True
        if len(fact.text) < SHARED:
            return False
        from rapidfuzz import fuzz  # noqa: PLC0415 - only where something is internal

        return fuzz.partial_ratio(fact.text, sentence) >= ALIKE

    def is_told_by(self, heading: str) -> bool:
        """Tell whether a heading itself says an internal fact."""
        return any(self._holds(heading, fact) for fact in self.secret)

    def _is_public(self, figure: str) -> bool:
        return any(figure in fact.text for fact in self.facts if not fact.internal)


def _stands_in(figure: str, text: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(figure)}", text) is not None


def _without(line: str, gone: Sequence[Span]) -> str:
    """Return the line without these sentences; a line left with a marker alone is gone wholly."""
    kept, place = [], 0
    for span in gone:
        kept.append(line[place : span.start])
        place = span.end
    text = "".join((*kept, line[place:]))
    return text if text.strip() else ""


def _notices(
    old: Sequence[DraftSection], new: Sequence[DraftSection], judge: _Judge
) -> Iterator[Notice]:
    """Say which sections lost something, so that numbering and transitions are looked at."""
    for before, after in zip(old, new, strict=True):
        if judge.is_told_by(before.heading):
            yield Notice(
                WITHHELD, f"标题“{before.heading}”涉及内部事实，公开前请改写。", blocking=True
            )
        if before.text == after.text:
            continue
        lost = "的内容全部" if not after.text else "有内容"
        yield Notice(
            WITHHELD,
            f"公开版中“{before.marker}{before.heading}”{lost}未写入，请核对序号和上下文衔接。",
        )
