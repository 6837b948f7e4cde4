"""Several sheets of facts → one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter.domain import FactSheet
from drafter.facts.conflicts import find_conflicts


def join_sheets(sheets: Iterable[FactSheet]) -> FactSheet:
    """Return one sheet with all facts, numbered anew; sources stay, conflicts are found again.

    Notices about an input (not about facts) are kept; unit and period are the first ones given.
    """
    given = list(sheets)
    facts = tuple(
        replace(fact, id=f"F{i}") for i, fact in enumerate((f for s in given for f in s), 1)
    )
    kept = tuple(n for s in given for n in s.notices if not n.fact_ids)
    return FactSheet(
        facts,
        next((s.unit for s in given if s.unit), ""),
        next((s.period for s in given if s.period), ""),
        tuple(dict.fromkeys(tag for s in given for tag in s.tags)),
        tuple(span for s in given for span in s.not_understood),
        (*kept, *find_conflicts(facts)),
    )
