"""The annex of evidence: sentence → figure → fact → source, on a page of its own after the text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafter.chinese.normalise import clean
from drafter.chinese.sentences import split_sentences
from drafter.domain import Draft, Evidence, Fact
from drafter.exporting.document import plain_cell
from drafter.exporting.flow import EVIDENCE_TITLE, annex_names
from drafter.exporting.profile import Profile
from drafter.exporting.review import RELATIONS, source_line
from drafter.exporting.wordxml import Cell, Style, paragraph, run, table

HEADS = ("正文语句", "数字、名称", "事实", "出处")
SHARES = (33, 18, 31, 18)  # per cent of the block's width
NO_FACT = "没有对应的事实，请核实"


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
    rows = [_head_row(), *_rows(draft, own)]
    return "".join((*head, table(rows, widths), paragraph(Style("GwCell"), "")))


def _head_row() -> list[Cell]:
    return [plain_cell(head, "GwCellHead") for head in HEADS]


def _rows(draft: Draft, own: str) -> Iterator[list[Cell]]:
    rows = list(_evidence_rows(draft, own)) or list(_section_rows(draft))
    for row in rows or [("（无）", "", "", "")]:
        merge = "continue" if row[0] == CONTINUED else ""
        first = plain_cell("" if merge else _one(row[0]), "GwCell", merge or "restart")
        yield [first, *(plain_cell(clean(text), "GwCell") for text in row[1:])]


CONTINUED = "\0"
Row = tuple[str, str, str, str]


def _one(text: str) -> str:
    return clean(text).replace("\n", "").replace("\t", " ")


def _evidence_rows(draft: Draft, own: str) -> Iterator[Row]:
    """Yield one row a piece of evidence; a sentence stands only in the first row of its own."""
    text = draft.text or own
    facts = draft.facts.by_id()
    sentences = split_sentences(text)
    place = 0
    numbered: list[tuple[int, Evidence]] = []
    for evidence in sorted(draft.evidence, key=lambda e: (e.start, e.end)):
        while place + 1 < len(sentences) and sentences[place].end <= evidence.start:
            place += 1
        numbered.append((place, evidence))
    for number, group in groupby(numbered, key=lambda pair: pair[0]):
        sentence = sentences[number].text if sentences else ""
        for _, evidence in group:
            yield (sentence, *_evidence_cells(evidence, facts))
            sentence = CONTINUED


def _evidence_cells(evidence: Evidence, facts: dict[str, Fact]) -> tuple[str, str, str]:
    known = [facts[i] for i in evidence.fact_ids if i in facts]
    said = evidence.text
    if evidence.formula:
        said = f"{said}\n（{evidence.formula}）"
    if not known:
        reason = RELATIONS.get(evidence.relation, NO_FACT)
        return said, NO_FACT if evidence.relation == "unsupported" else reason, ""
    return (
        said,
        "\n".join(f"{fact.id}　{_one(fact.text)}" for fact in known),
        "\n".join(source_line(fact) for fact in known),
    )


def _section_rows(draft: Draft) -> Iterator[Row]:
    """Yield each section's facts, for a draft that was not examined."""
    facts = draft.facts.by_id()
    for section in draft.sections:
        said = f"{section.marker}{section.heading}"
        for fact in (facts[i] for i in section.fact_ids if i in facts):
            yield said, "", f"{fact.id}　{_one(fact.text)}", source_line(fact)
            said = CONTINUED
