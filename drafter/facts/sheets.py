"""Several sheets of facts → one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from drafter.domain import Fact, FactSheet, Notice, Span
from drafter.facts.conflicts import RECOMPUTED, find_conflicts

_ID = re.compile(r"F\d+")


def join_sheets(sheets: Iterable[FactSheet]) -> FactSheet:
    """Return one sheet with all facts, numbered anew; sources stay, conflicts are found again.

    Notices that the facts alone do not give (a table's total, a cut-off file) are kept under the
    new numbers; unit and period are the first ones given. Facts of a sheet that says no period
    (a table under a paper's title) hold for the one period that the others name.
    """
    given = _without_headings(list(sheets))
    periods = {sheet.period for sheet in given if sheet.period}
    shared = periods.pop() if len(periods) == 1 else ""
    facts: list[Fact] = []
    kept: list[Notice] = []
    tables: list[tuple[str, ...]] = []
    for sheet in given:
        ids = {fact.id: f"F{len(facts) + i}" for i, fact in enumerate(sheet, 1)}
        facts += (
            replace(
                fact,
                id=ids[fact.id],
                period=fact.period or (sheet.period or shared),
                replaced_by=ids.get(fact.replaced_by, ""),
            )
            for fact in sheet
        )
        moved = [_renumbered(notice, ids) for notice in sheet.notices]
        kept += (n for n in moved if n.code not in RECOMPUTED)
        tables += (n.fact_ids for n in moved if n.code == "rate_missing" and len(n.fact_ids) > 1)
    return FactSheet(
        tuple(facts),
        next((s.unit for s in given if s.unit), ""),
        next((s.period for s in given if s.period), ""),
        tuple(dict.fromkeys(tag for s in given for tag in s.tags)),
        tuple(span for s in given for span in s.not_understood),
        (*dict.fromkeys(kept), *find_conflicts(facts, tables, kept)),
    )


def _without_headings(sheets: Sequence[FactSheet]) -> list[FactSheet]:
    """Take out the bare names that other facts stand under: 二、就业 over a table in a paper."""
    hints = {fact.section_hint for sheet in sheets for fact in sheet}
    found = []
    for sheet in sheets:
        named = [f for f in sheet if f.text in hints and not f.figures and f.section_hint != f.text]
        spans = tuple(Span(f.source.start, f.source.end, f.text) for f in named)
        kept = tuple(fact for fact in sheet if fact not in named)
        found.append(replace(sheet, facts=kept, not_understood=(*sheet.not_understood, *spans)))
    return found


def _renumbered(notice: Notice, ids: Mapping[str, str]) -> Notice:
    """Return a notice under the new numbers, in its message too."""
    if not set(notice.fact_ids) <= set(ids):
        return replace(notice, fact_ids=())
    new = {i: ids[i] for i in notice.fact_ids}  # F4 may be a cell's name as well
    message = _ID.sub(lambda m: new.get(m[0], m[0]), notice.message)
    return replace(notice, fact_ids=tuple(ids[i] for i in notice.fact_ids), message=message)
