"""Conflicts among facts, found when they come in, in the words of the clerk who settles them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from drafter.domain import Fact, Notice
from drafter.facts.observations import Observation, observe
from drafter.facts.repeats import find_contradictions, find_open_ends, find_repeats
from drafter.facts.sums import check_sums
from drafter.facts.triples import check_triples

RECOMPUTED = frozenset(
    {
        "conflict", "repeated", "state_conflict", "rate_wrong", "growth_wrong", "rate_missing",
        "triple_missing", "sum_wrong", "part_exceeds", "rest_wrong",
    }
)  # fmt: skip
"""The codes that ``find_conflicts`` finds again from the facts alone."""


def find_conflicts(facts: Sequence[Fact], without_rates: Collection[str] = ()) -> list[Notice]:
    """Return what a person should settle before drafting, in the order of the facts.

    Codes: conflict (one subject, two values), repeated, state_conflict (all done / some open),
    rate_wrong, growth_wrong, rate_missing and triple_missing (with a suggestion), sum_wrong,
    part_exceeds, rest_wrong. Each names the facts; nothing here blocks. For the facts in
    ``without_rates`` (rows of a table that has no column for rates) no rate is asked for.
    """
    observations = list(observe(facts))
    rows: dict[str, list[Observation]] = defaultdict(list)
    for o in observations:
        rows[o.fact.id].append(o)
    found = [
        *find_contradictions(observations),
        *find_repeats(facts),
        *find_open_ends(facts),
        *(notice for row in rows.values() for notice in check_triples(row)),
        *(notice for row in rows.values() for notice in check_sums(row)),
    ]
    order = {fact.id: i for i, fact in enumerate(facts)}
    asked = [
        n for n in found if n.code != "rate_missing" or not set(without_rates) >= set(n.fact_ids)
    ]
    return sorted(dict.fromkeys(asked), key=lambda notice: order[notice.fact_ids[0]])
