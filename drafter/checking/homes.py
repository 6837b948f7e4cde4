"""Where the figures of a draft's clauses come from, and what is set against another fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from drafter.checking.context import Clause, Mention, clause_at
from drafter.checking.factindex import FactIndex, Line
from drafter.domain import Evidence, Finding

_DIGIT = re.compile("[\\d一二三四五六七八九十百千万]")


def lines_of(
    sources: Mapping[int, Mention], evidence: Iterable[Evidence], index: FactIndex
) -> dict[int, Line]:
    """Return for a figure's start the fact that it comes from, or is worked out of alone."""
    alone = (e for e in evidence if e.relation == "derived" and len(e.fact_ids) == 1)
    found = {e.start: index.by_id[e.fact_ids[0]] for e in alone}
    return found | {at: index.lines[m.line] for at, m in sources.items()}


def is_told_already(finding: Finding, others: Sequence[Finding], clauses: Sequence[Clause]) -> bool:
    """Tell whether a figure or a person of its clause is already set against the same fact."""
    clause = clause_at(clauses, finding.start)
    return clause is not None and any(
        f.label in ("altered_number", "wrong_entity")
        and clause.start <= f.start < clause.end
        and f.fact_ids == finding.fact_ids
        for f in others
    )


def homes_of(
    text: str, clauses: Sequence[Clause], evidence: Iterable[Evidence]
) -> dict[int, set[str]]:
    """Return, by the begin of a clause, the facts that its figures of weight come from."""
    homes: dict[int, set[str]] = {}
    for figure in evidence:
        said = text[figure.start : figure.end] if figure.kind == "figure" else ""
        weighty = len(_DIGIT.findall(said)) > 1
        clause = clause_at(clauses, figure.start) if weighty else None
        if clause is not None and figure.fact_ids and figure.relation != "unsupported":
            homes.setdefault(clause.start, set()).update(figure.fact_ids)
    return homes


def is_at_home(finding: Finding, homes: dict[int, set[str]], clauses: Sequence[Clause]) -> bool:
    """Tell whether a clause is set against a fact that its figures come from, if any do."""
    clause = clause_at(clauses, finding.start)
    home = homes.get(clause.start) if clause else None
    return not home or not finding.fact_ids or not home.isdisjoint(finding.fact_ids)
