"""Columns of a table whose figures have no measure anywhere: asked for once a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.domain import Fact, Notice, Table
from drafter.facts.grids import Layout
from drafter.facts.table_cells import is_share, is_total
from drafter.facts.totals import called
from drafter.facts.units import counts_nothing


def check_measures(table: Table, layout: Layout, facts: Sequence[Fact]) -> Iterator[Notice]:
    """Yield one notice that names the columns without a measure; ``facts`` are the table's.

    改厕 over 120 may be 户 or 座: nothing in the table says so, and no paper can leave it out.
    """
    names = [
        column.name
        for column in layout.of("figure")
        if not column.measure and not is_share(column.name) and not counts_nothing(column.name)
    ]
    found: dict[str, None] = {}
    ids: dict[str, None] = {}
    plain = [fact for fact in facts if not is_total(fact.text.partition("：")[0])]
    for fact in plain if names else ():
        for figure in fact.figures:
            before = fact.text[: figure.start]
            name = next((name for name in names if before.endswith(name)), None)
            if figure.dimension == "number" and not figure.unit and name is not None:
                found[name] = ids[fact.id] = None
    if not found:
        return
    listed = "、".join(f"“{name}”" for name in found) if all(found) else "有的数字"
    yield Notice(
        "measure_missing",
        f"{called(table)}里{listed}没有写计量单位（户、人、万元一类），请补上。",
        fact_ids=tuple(ids),
    )
