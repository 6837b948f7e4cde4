"""Several sheets of facts → one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from drafter.domain import Fact, FactSheet, Notice
from drafter.facts.conflicts import RECOMPUTED, find_conflicts


def join_sheets(sheets: Iterable[FactSheet]) -> FactSheet:
    """Return one sheet with all facts, numbered anew; sources stay, conflicts are found again.

    Notices that the facts alone do not give (a table's total, a cut-off file) are kept under the
    new numbers; unit and period are the first ones given.
    """
    given = list(sheets)
    facts: list[Fact] = []
    kept: list[Notice] = []
    without_rates: set[str] = set()
    for sheet in given:
        ids = {fact.id: f"F{len(facts) + i}" for i, fact in enumerate(sheet, 1)}
        facts += (replace(fact, id=ids[fact.id]) for fact in sheet)
        moved = [_renumbered(notice, ids) for notice in sheet.notices]
        kept += (n for n in moved if n.code not in RECOMPUTED)
        asked = {i for n in moved if n.code == "rate_missing" for i in n.fact_ids}
        from_tables = {ids[f.id] for f in sheet if f.source.place.startswith(("工作表", "表"))}
        without_rates |= from_tables - asked
    return FactSheet(
        tuple(facts),
        next((s.unit for s in given if s.unit), ""),
        next((s.period for s in given if s.period), ""),
        tuple(dict.fromkeys(tag for s in given for tag in s.tags)),
        tuple(span for s in given for span in s.not_understood),
        (*dict.fromkeys(kept), *find_conflicts(facts, without_rates, kept)),
    )


def _renumbered(notice: Notice, ids: Mapping[str, str]) -> Notice:
    """Return a notice under the new numbers, in its message too."""
    if not set(notice.fact_ids) <= set(ids):
        return replace(notice, fact_ids=())
    return replace(notice, fact_ids=tuple(ids[i] for i in notice.fact_ids))
