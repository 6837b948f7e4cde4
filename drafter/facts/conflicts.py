"""Conflicts among facts, found when they come in, in the words of the clerk who settles them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from drafter.domain import Fact, Notice
from drafter.facts.observations import Observation, observe
from drafter.facts.repeats import find_contradictions, find_open_ends, find_repeats
from drafter.facts.sums import check_sums
from drafter.facts.triples import check_triples

_MOST_FIGURES = 60  # more figures than that in one statement are no whole and its parts
_MOST_NOTICES = 300
RECOMPUTED = frozenset(
    {
        "conflict", "repeated", "state_conflict", "rate_wrong", "growth_wrong", "rate_missing",
        "triple_missing", "sum_wrong", "part_exceeds", "rest_wrong", "more_conflicts",
    }
)  # fmt: skip
"""The codes that ``find_conflicts`` finds again from the facts alone."""


def find_conflicts(
    facts: Sequence[Fact], without_rates: Collection[str] = (), known: Iterable[Notice] = ()
) -> list[Notice]:
    """Return what a person should settle before drafting, in the order of the facts.

    Codes: conflict (one subject, two values), repeated, state_conflict (all done / some open),
    rate_wrong, growth_wrong, rate_missing and triple_missing (with a suggestion), sum_wrong,
    part_exceeds, rest_wrong. Each names the facts; nothing here blocks. For the facts in
    ``without_rates`` (rows of a table that has no column for rates) no rate is asked for; what
    one of ``known`` calls a correction is not called a conflict or a repeat again.
    """
    observations = list(observe(facts))
    rows: dict[str, list[Observation]] = defaultdict(list)
    for o in observations:
        rows[o.fact.id].append(o)
    within = [row for row in rows.values() if len(row) <= _MOST_FIGURES]
    found = [
        *find_contradictions(observations),
        *find_repeats(facts),
        *find_open_ends(facts),
        *(notice for row in within for notice in check_triples(row)),
        *(notice for row in within for notice in check_sums(row)),
    ]
    order = {fact.id: i for i, fact in enumerate(facts)}
    spared = set(without_rates)
    said = [set(n.fact_ids) for n in known if n.code == "correction"]
    asked = [
        n
        for n in found
        if not (n.code == "rate_missing" and spared.issuperset(n.fact_ids))
        and not (n.code in {"conflict", "repeated"} and set(n.fact_ids) in said)
    ]
    unique = sorted(dict.fromkeys(asked), key=lambda notice: order[notice.fact_ids[0]])
    return [*unique[:_MOST_NOTICES], *_rest(len(unique) - _MOST_NOTICES)]


def _rest(more: int) -> list[Notice]:
    if more <= 0:
        return []
    return [Notice("more_conflicts", f"另有{more}处对不上没有列出，请先处理上面的，再重新核对。")]
