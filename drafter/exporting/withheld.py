"""公开版: the same paper without what rests on internal facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.chinese.sentences import split_sentences
from drafter.domain import Draft, DraftSection, Fact, FactSheet, Notice, Point, Span
from drafter.exporting.confidential import Secrets, secrets_of
from drafter.exporting.content import own_text

WITHHELD = "withheld"
PAUSES, STOPS = frozenset("；，、;,"), frozenset("。！？")
OPEN_HEADING = "【待补：公开版标题】"


def public_version(draft: Draft) -> Draft:
    """Return the draft without the sentences that rest on facts marked internal.

    What is left is identical, character for character, but for the mark that ends a line whose end
    was withheld. A sentence rests on an internal fact if its
    evidence does, or if it holds that fact's figures, persons or words, or a figure that can only
    be had from one; a row of a table is a sentence. A point (a line) whose only facts are internal
    is withheld whole. A title, heading or name that tells one becomes 【待补：…】, with a notice
    that blocks. Other notices name the sections touched. Findings and evidence are empty: the text
    is another one and wants a check of its own.
    """
    hidden = [fact for fact in draft.facts if fact.internal]
    if not hidden:
        return draft
    own = draft.text or own_text(draft)
    secrets = secrets_of(hidden, [fact for fact in draft.facts if not fact.internal])
    judge = _Judge(tuple(hidden), secrets, _resting(draft, own, {fact.id for fact in hidden}))
    sections = [judge.public(section) for section in draft.sections]
    made = replace(
        draft,
        title=judge.name(draft.title),
        addressee=judge.name(draft.addressee),
        unit=judge.name(draft.unit),
        annexes=tuple(judge.name(name) for name in draft.annexes),
        preamble=judge.text(draft.preamble),
        sections=tuple(sections),
        facts=_public_facts(draft),
        unused_facts=tuple(i for i in draft.unused_facts if i not in judge.ids),
        findings=(),
        evidence=(),
    )
    notices = (*_public_notices(draft, judge), *_notices(draft, made))
    return replace(made, text=own_text(made), notices=notices)


def is_public(draft: Draft) -> bool:
    """Tell whether a draft is a public version that lost something."""
    return any(notice.code == WITHHELD for notice in draft.notices)


def _public_facts(draft: Draft) -> FactSheet:
    kept = tuple(fact for fact in draft.facts if not fact.internal)
    return replace(draft.facts, facts=kept, notices=(), not_understood=())


def _public_notices(draft: Draft, judge: _Judge) -> Iterator[Notice]:
    """Yield the notices that tell of no internal fact."""
    for notice in draft.notices:
        if not judge.ids & set(notice.fact_ids) and judge.name(notice.message) == notice.message:
            yield notice


def _resting(draft: Draft, own: str, ids: set[str]) -> set[str]:
    """Return the sentences of which a figure or name has its evidence in internal facts.

    Evidence that a public fact gives as well tells nothing; a derived figure, of whatever facts,
    tells the internal ones to whom knows the others.
    """
    places = [
        e.start
        for e in draft.evidence
        if e.fact_ids
        and (set(e.fact_ids) <= ids or (e.relation == "derived" and ids & set(e.fact_ids)))
    ]
    return {s.text for s in split_sentences(own) if any(s.start <= p < s.end for p in places)}


@dataclass(frozen=True, slots=True)
class _Judge:
    """Decides sentence by sentence what may be seen."""

    hidden: Sequence[Fact]
    secrets: Secrets
    sentences: set[str]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of the internal facts."""
        return frozenset(fact.id for fact in self.hidden)

    def public(self, section: DraftSection) -> DraftSection:
        """Return a section without what is internal."""
        withheld = self._withheld_lines(section)
        lines = section.text.split("\n")
        kept = [self._line(line) if line not in withheld else "" for line in lines]
        same = kept == lines
        points = (self._point(p) for p in section.points if p.text not in withheld)
        return replace(
            section,
            heading=self.name(section.heading),
            text=section.text if same else "\n".join(filter(None, kept)),
            fact_ids=self._public_ids(section.fact_ids),
            points=tuple(p for p in points if p.text),
        )

    def name(self, text: str) -> str:
        """Return a title, heading or name, what is open in place of one that tells a secret."""
        if text in self.sentences or self.secrets.are_told_by(text):
            return OPEN_HEADING
        return text

    def _public_ids(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i not in self.ids)

    def _point(self, point: Point) -> Point:
        told = self.secrets.are_told_by(point.notice)
        return replace(
            point,
            text=self.text(point.text),
            fact_ids=self._public_ids(point.fact_ids),
            notice="" if told else point.notice,
        )

    def _withheld_lines(self, section: DraftSection) -> set[str]:
        """Return the points to withhold whole: no public fact, or no sentence that can be told."""
        gone = {p.text for p in section.points if p.fact_ids and set(p.fact_ids) <= self.ids}
        for fact in self.hidden:
            if fact.id in section.fact_ids and not self._is_told(fact, section.text):
                named = {p.text for p in section.points if fact.id in p.fact_ids}
                gone |= named or set(section.text.split("\n"))
        return gone

    def _is_told(self, fact: Fact, text: str) -> bool:
        """Tell whether some sentence is known to say this fact, so that it alone can go."""
        sentences = (span.text for span in split_sentences(text))
        return any(s in self.sentences or self.secrets.tells(s, fact) for s in sentences)

    def text(self, text: str) -> str:
        """Return a text without its internal sentences; untouched lines stay as they are."""
        return "\n".join(line for raw in text.split("\n") if (line := self._line(raw)) or not raw)

    def _line(self, line: str) -> str:
        found = split_sentences(line)
        gone = [span for span in found if self._rests_on_internal(span)]
        if gone and "\t" in line.strip():
            return ""
        return _without(line, gone) if gone else line

    def _rests_on_internal(self, sentence: Span) -> bool:
        return sentence.text in self.sentences or self.secrets.are_told_by(sentence.text)


def _without(line: str, gone: Sequence[Span]) -> str:
    """Return the line without these sentences, ended as it was ended."""
    kept, place = [], 0
    for span in gone:
        kept.append(line[place : span.start])
        place = span.end
    text = "".join((*kept, line[place:]))
    if text.rstrip()[-1:] in PAUSES and line.rstrip()[-1:] in STOPS:
        text = text.rstrip()[:-1] + line.rstrip()[-1]
    return text if text.strip() else ""


_NAMES = {"title": "题名", "addressee": "主送机关", "unit": "落款"}


def _notices(old: Draft, new: Draft) -> Iterator[Notice]:
    """Say what lost something, so that names, numbering and transitions are looked at."""
    for field, name in _NAMES.items():
        if getattr(old, field) != getattr(new, field):
            yield _renamed(name)
    if old.annexes != new.annexes:
        yield _renamed("附件名称")
    for number, (before, after) in enumerate(zip(old.sections, new.sections, strict=True), 1):
        if before.heading != after.heading:
            yield _renamed(f"第{number}个栏目的标题")
        if before.text != after.text:
            lost = "有内容" if after.text else "的内容全部"
            yield Notice(
                WITHHELD,
                f"公开版中“{after.marker}{after.heading}”{lost}未写入，请核对序号和上下文衔接。",
            )


def _renamed(name: str) -> Notice:
    return Notice(WITHHELD, f"{name}涉及内部事实，公开版中已留空，请另拟。", blocking=True)
