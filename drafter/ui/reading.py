"""The text of the section in front with its marks: what each figure and name rests on.

Only what is marked is an element of its own; sentences are drawn as such where a clerk asks for
their colours or their locks. Of a very long section the findings are marked, and as much of what
is borne out as a browser takes easily; the rest is a click away.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from drafter.chinese.sentences import split_sentences
from drafter.domain import Evidence, Fact, FactSheet, Span
from drafter.ui.html import Html, button, el, join, panel
from drafter.ui.words import Words
from drafter.ui.work.sections import SectionView
from drafter.ui.work.whole import Marked

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
MOST_MARKS = 300
"""Marks of what is borne out; a section of 3,000 characters has about 250. They are drawn twice."""

Way = Literal["sentences", "locks", "every"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clerk reads: sentences coloured, with locks, every mark of a very long section."""

    sentences: bool = False
    locks: bool = False
    every: bool = False

    def turned(self, way: Way) -> Reading:
        """Return the reading with one of its ways turned on, or off."""
        return replace(self, **{way: not getattr(self, way)})


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
    reading: Reading = Reading(),
) -> str:
    """Return the section's text with its figures, names and findings marked.

    Pointing at a mark shows its fact and source (``data-tip``), clicking one goes to the fact.
    """
    if view is None or not view.text:
        return panel(el("p", w("provenance.none"), cls="hint"))
    borne = _borne(evidence, sheet, w)
    left_out = set() if reading.every else set(borne[MOST_MARKS:])
    items = [*borne, *_found(findings)]
    locked = set(view.extra.locked)
    sentences = []
    for span in _covering(view.text):
        inside = [item for item in items if item.start < span.end and item.end > span.start]
        drawn = [_within(item, span) for item in inside if item not in left_out]
        body = _marks(view.text[span.start : span.end], drawn)
        colour = _colour(inside) if reading.sentences else ""
        sentences.append(_sentence(body, span.text, colour, reading.locks, locked, w))
    body = el("div", *sentences, cls="marked", data_section=view.key, data_version=view.number)
    name = el("p", view.marker + view.outline.heading, cls="hint")
    return panel(name, _legend(w, reading), _more(len(borne), reading, w), body, cls="reading")


def _covering(text: str) -> list[Span]:
    """Return the sentences as stretches that leave no character out."""
    ends = [span.end for span in split_sentences(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return [Span(a, b, text[a:b]) for a, b in itertools.pairwise([0, *ends])]


def _borne(evidence: Sequence[Evidence], sheet: FactSheet, w: Words) -> list[_Item]:
    known = sheet.by_id()
    sourced = sorted((e for e in evidence if e.fact_ids), key=lambda e: e.start)
    return [
        _Item(e.start, e.end, "fact", fact_tip(e.fact_ids, known, w), e.fact_ids) for e in sourced
    ]


def _found(findings: Sequence[Marked]) -> list[_Item]:
    return [
        _Item(f.start, f.end, KINDS.get(f.label, "form"), f.message, f.fact_ids)
        for f in (marked.finding for marked in findings if marked.inside)
    ]


def _within(item: _Item, span: Span) -> _Item:
    """Return what of an item lies in a sentence, as offsets into it."""
    end = min(item.end, span.end) - span.start
    return replace(item, start=max(0, item.start - span.start), end=end)


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


def _marks(text: str, items: Sequence[_Item]) -> Html:
    cuts = sorted({0, len(text), *(i.start for i in items), *(i.end for i in items)})
    return join(*[_piece(text, a, b, items) for a, b in itertools.pairwise(cuts)])


def _colour(items: Sequence[_Item]) -> str:
    kinds = {item.kind for item in items}
    return "copy" if "copy" in kinds else "fact" if "fact" in kinds else "phrase"


def _sentence(
    body: Html, text: str, colour: str, with_lock: bool, locked: set[str], w: Words
) -> Html:
    """Return a sentence's marks, as an element of its own where it has a colour or a lock."""
    said = text.strip()
    is_locked = said in locked
    if not said or not (colour or with_lock or is_locked):
        return body
    names = ["sentence", colour, "locked" if is_locked else ""]
    lock = _lock(said, is_locked, w) if with_lock or is_locked else None
    return el("span", body, lock, cls=" ".join(filter(None, names)))


def _lock(sentence: str, is_locked: bool, w: Words) -> Html:
    return el(
        "button",
        w("lock.off") if is_locked else w("lock.on"),
        type="button",
        cls="lock",
        data_do=f"lock:{sentence[:400]}",
        aria_pressed="true" if is_locked else "false",
    )


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


def _more(borne: int, reading: Reading, w: Words) -> Html | None:
    """Return what is said of a section with more marks than are drawn at first."""
    if borne <= MOST_MARKS:
        return None
    said = w("marks.every" if reading.every else "marks.some", n=MOST_MARKS, all=borne)
    way = w("marks.fewer" if reading.every else "marks.all")
    return el("p", said, " ", button(way, "read:every"), cls="hint")


def _legend(w: Words, reading: Reading) -> Html:
    kinds = ("fact", "bad", "leak", "stale", "copy", "gap")
    marks = [el("mark", w(f"legend.{kind}"), cls=f"m-{kind}") for kind in kinds]
    ways = [
        el(
            "button",
            w(f"legend.{name}"),
            type="button",
            cls="small",
            data_do=f"read:{name}",
            aria_pressed="true" if getattr(reading, name) else "false",
        )
        for name in ("sentences", "locks")
    ]
    return el("div", *marks, *ways, cls="legend")
