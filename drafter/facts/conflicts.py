"""Conflicts among facts, found when they come in, in the words of the clerk who settles them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from drafter.domain import Fact, Notice
from drafter.facts.observations import Observation, observe
from drafter.facts.repeats import find_contradictions, find_open_ends, find_repeats
from drafter.facts.sums import check_sums
from drafter.facts.triples import check_triples

_MOST_FIGURES = 60  # more figures than that in one statement are no whole and its parts
_MOST_NOTICES = 300
_MOST_RATES = 12
_TOLD_BEFORE = frozenset({"conflict", "repeated"})
RECOMPUTED = frozenset(
    {
        "conflict", "repeated", "state_conflict", "rate_wrong", "growth_wrong", "rate_missing",
        "triple_missing", "sum_wrong", "part_exceeds", "rest_wrong", "more_conflicts",
    }
)  # fmt: skip
"""The codes that ``find_conflicts`` finds again from the facts alone."""


def find_conflicts(
    facts: Sequence[Fact],
    without_rates: Iterable[Collection[str]] = (),
    known: Iterable[Notice] = (),
) -> list[Notice]:
    """Return what a person should settle before drafting, in the order of the facts.

    Codes: conflict (one subject, two values), repeated, state_conflict (all done / some open),
    rate_wrong, growth_wrong, rate_missing and triple_missing (with a suggestion), sum_wrong,
    part_exceeds, rest_wrong. Each names the facts; nothing here blocks. ``without_rates`` are the
    facts of each table that has no column for rates: their rates are asked for in one notice a
    table. What a correction has replaced is compared with nothing, and what one of ``known`` calls
    a correction is not called a conflict or a repeat again.
    """
    facts = [fact for fact in facts if not fact.replaced_by]
    observations = list(observe(facts))
    rows: dict[str, list[Observation]] = defaultdict(list)
    for o in observations:
        rows[o.fact.id].append(o)
    within = [row for row in rows.values() if len(row) <= _MOST_FIGURES]
    found = [
        *find_contradictions(observations),
        *find_repeats(facts),
        *islice(find_open_ends(facts), _MOST_NOTICES),
        *(notice for row in within for notice in check_triples(row)),
        *(notice for row in within for notice in check_sums(row)),
    ]
    order = {fact.id: i for i, fact in enumerate(facts)}
    said = [set(n.fact_ids) for n in known if n.code == "correction"]
    new = [n for n in found if n.code not in _TOLD_BEFORE or set(n.fact_ids) not in said]
    asked = _one_a_table(dict.fromkeys(new), without_rates)
    unique = sorted(asked, key=lambda notice: order[notice.fact_ids[0]])
    return [*unique[:_MOST_NOTICES], *_rest(len(unique) - _MOST_NOTICES)]


def _one_a_table(found: Iterable[Notice], tables: Iterable[Collection[str]]) -> list[Notice]:
    """Put the rates that the rows of a table lack into one notice."""
    table_of = {fact_id: at for at, ids in enumerate(tables) for fact_id in ids}
    lacking: dict[int, list[Notice]] = defaultdict(list)
    others: list[Notice] = []
    for notice in found:
        at = table_of.get(notice.fact_ids[0]) if notice.code == "rate_missing" else None
        (others if at is None else lacking[at]).append(notice)
    return [*others, *map(_rates_missing, lacking.values())]


def _rates_missing(rows: Sequence[Notice]) -> Notice:
    if len(rows) == 1:
        return rows[0]
    ids = tuple(notice.fact_ids[0] for notice in rows)
    listed = "、".join(f"{n.fact_ids[0]} {n.suggestion}" for n in rows[:_MOST_RATES])
    listed += "等" if len(rows) > _MOST_RATES else ""
    return Notice(
        "rate_missing",
        f"表里有任务数和完成数，没有完成率；按两数推算{listed}，需要写时请确认。",
        fact_ids=ids,
        suggestion=listed,
    )


def _rest(more: int) -> list[Notice]:
    if more <= 0:
        return []
    return [Notice("more_conflicts", f"另有{more}处对不上没有列出，请先处理上面的，再重新核对。")]
