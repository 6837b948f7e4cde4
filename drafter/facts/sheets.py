"""Several sheets of facts → one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter.domain import FactSheet


def join_sheets(sheets: Iterable[FactSheet]) -> FactSheet:
    """Return one sheet with all facts, numbered anew."""
    facts = [fact for sheet in sheets for fact in sheet]
    return FactSheet(tuple(replace(f, id=f"F{i}") for i, f in enumerate(facts, 1)))
