"""The annex of evidence: sentence → figure → fact → source, on a page of its own after the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from drafter.chinese.normalise import clean
from drafter.chinese.sentences import split_sentences
from drafter.domain import Draft, Evidence, Fact, Span
from drafter.exporting.document import plain_cell
from drafter.exporting.flow import EVIDENCE_TITLE, annex_names
from drafter.exporting.profile import Profile
from drafter.exporting.review import RELATIONS
from drafter.exporting.tables import is_tall
from drafter.exporting.wordxml import Cell, Style, paragraph, run, table

HEADS = ("正文语句", "数字、名称", "事实", "出处")
SHARES = (30, 18, 32, 20)  # per cent of the block's width
NO_FACT = "没有对应的事实，请核实"
TRACED = frozenset({"figure", "date"})  # named in the annex even without a fact
CONTINUED = "\0"
Row = tuple[str, ...]
UNTRACED = frozenset({"unsupported", "placeholder"})


def annex_xml(draft: Draft, own: str, profile: Profile) -> str:
    """Return the annex: 附件 flush left on line 1, its title centred on line 3, the table."""
    names = annex_names(draft, annex=True)
    mark = "附件" if len(names) == 1 else f"附件{len(names)}"
    blank = paragraph(Style("Normal"), "")
    head = [
        paragraph(Style("GwAnnexMark"), run(mark)),
        blank,
        paragraph(Style("GwAnnexTitle"), run(EVIDENCE_TITLE)),
        blank,
    ]
    widths = [profile.width * share // 100 for share in SHARES]
    widths[-1] += profile.width - sum(widths)
    texts = [HEADS, *_rows(draft, own)]
    rows = [_head_row(), *map(_cells, texts[1:])]
    tall = {i for i, row in enumerate(texts) if is_tall(row, widths)}
    return "".join((*head, table(rows, widths, splits=tall), paragraph(Style("GwCell"), "")))


def _head_row() -> list[Cell]:
    return [plain_cell(head, "GwCellHead") for head in HEADS]


def _rows(draft: Draft, own: str) -> Iterator[Row]:
    rows = list(_evidence_rows(draft, own)) or list(_section_rows(draft))
    for first, *others in rows or [("（无）", "", "", "")]:
        yield first if first == CONTINUED else _one(first), *map(clean, others)


def _cells(row: Row) -> list[Cell]:
    merge = "continue" if row[0] == CONTINUED else ""
    first = plain_cell("" if merge else row[0], "GwCell", merge or "restart")
    return [first, *(plain_cell(text, "GwCell") for text in row[1:])]


def _one(text: str) -> str:
    return clean(text).replace("\n", "").replace("\t", " ")


def _evidence_rows(draft: Draft, own: str) -> Iterator[Row]:
    """Yield one row for the figures of a sentence that rest on the same facts.

    A sentence stands only in the first row of its own.
    """
    text = draft.text or own
    facts = draft.facts.by_id()
    sentences = split_sentences(text)
    for number, group in groupby(_placed(draft, sentences), key=lambda pair: pair[0]):
        sentence = sentences[number].text if sentences else ""
        for ids, members in groupby((e for _, e in group), key=lambda e: e.fact_ids):
            yield (sentence, *_evidence_cells(list(members), [facts[i] for i in ids if i in facts]))
            sentence = CONTINUED


def _placed(draft: Draft, sentences: Sequence[Span]) -> Iterator[tuple[int, Evidence]]:
    """Yield the evidence worth tracing, in order, with the number of its sentence."""
    place = 0
    for evidence in sorted(draft.evidence, key=lambda e: (e.start, e.end)):
        while place + 1 < len(sentences) and sentences[place].end <= evidence.start:
            place += 1
        if evidence.fact_ids or evidence.kind in TRACED or evidence.relation in UNTRACED:
            yield place, evidence


def _evidence_cells(group: Sequence[Evidence], facts: Sequence[Fact]) -> tuple[str, str, str]:
    said = "、".join(dict.fromkeys(_said(evidence) for evidence in group))
    if facts:
        told = "\n".join(f"{fact.id}　{_one(fact.text)}" for fact in facts)
        return said, told, "\n".join(dict.fromkeys(_source(fact) for fact in facts))
    open_ones = any(evidence.relation == "unsupported" for evidence in group)
    return said, NO_FACT if open_ones else RELATIONS.get(group[0].relation, NO_FACT), ""


def _said(evidence: Evidence) -> str:
    return evidence.text + (f"（{evidence.formula}）" if evidence.formula else "")


def _source(fact: Fact) -> str:
    """Return office, then file and place, each on a line of its own: the column is narrow."""
    parts = (fact.office, fact.source.file, fact.source.place)
    return "\n".join(part for part in parts if part)


def _section_rows(draft: Draft) -> Iterator[Row]:
    """Yield each section's facts, for a draft that was not examined."""
    facts = draft.facts.by_id()
    for section in draft.sections:
        said = f"{section.marker}{section.heading}"
        for fact in (facts[i] for i in section.fact_ids if i in facts):
            yield said, "", f"{fact.id}　{_one(fact.text)}", _source(fact)
            said = CONTINUED
